"""Sentences of the site's language with gaps for data."""

from collections.abc import Iterable

from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.markup import escape, join_words


def fill(facts: Facts, key: str, **gaps: object) -> Markup:
    """The sentence under this key of `data/words.yml`, its gaps filled with escaped data.

    Raises:
        LookupFailed: There is no such sentence, or it has a gap that is not given.
    """
    template = Markup(escape_html(facts.word(key)))
    try:
        return template.format(**{name: escape(value) for name, value in gaps.items()})
    except (KeyError, IndexError, ValueError) as error:
        raise LookupFailed(f'data/words.yml: "{key}" has a gap {error}; there are {", ".join(gaps)}') from error


def join_sentences(facts: Facts, sentences: Iterable[object]) -> Markup:
    """Sentences one after the other, with what the site's language puts between them; empty ones are left out."""
    return join_words([said for said in sentences if said], facts.word("list.sentences"))


def cite(facts: Facts, source_id: str) -> Markup:
    """A source as the site's language cites it: publisher and title."""
    source = facts.project.sources[source_id]
    return fill(facts, "source.citation", publisher=source.publisher, title=source.title)
