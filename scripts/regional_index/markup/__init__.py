"""How numbers, names and addresses are written into a page. Everything that comes from data is escaped here."""

from regional_index.markup.html import attributes, element, escape, join_words
from regional_index.markup.links import Links, page_url
from regional_index.markup.numbers import MISSING, round_half_up, show_change, show_number, show_printed

__all__ = [
    "MISSING", "Links", "attributes", "element", "escape", "join_words", "page_url", "round_half_up",
    "show_change", "show_number", "show_printed",
]  # fmt: skip
