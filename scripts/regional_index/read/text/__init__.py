"""A report as people write it, in Word, Markdown or plain text: its sentences, and the claims that can be read in them.

How a language says what claims say is data: `words/sentences/<language>.yml`.
"""

from regional_index.read.text.documents import SUFFIXES, Paragraph, read_paragraphs
from regional_index.read.text.mentions import Phrases, read_phrases
from regional_index.read.text.sentences import ReadClaim, Sentence, first_year, read_sentences

__all__ = [
    "SUFFIXES", "Paragraph", "Phrases", "ReadClaim", "Sentence", "first_year", "read_paragraphs", "read_phrases",
    "read_sentences",
]  # fmt: skip
