"""How numbers, names and addresses are written into a page. Everything that comes from data is escaped here."""

from regional_index.markup.html import attributes, element, escape, join_words
from regional_index.markup.links import RECEIPT, Links, page_url, receipt_anchor
from regional_index.markup.numbers import (
    MISSING,
    SCORE_DECIMALS,
    MaybeNumber,
    decimals_to_show,
    drop_noise,
    is_missing,
    round_half_up,
    round_up,
    show_change,
    show_fixed,
    show_number,
    show_percent,
    show_printed,
    show_quantity,
    show_score,
)

__all__ = [
    "MISSING", "RECEIPT", "SCORE_DECIMALS", "Links", "MaybeNumber", "attributes", "decimals_to_show",
    "drop_noise", "element", "escape", "is_missing", "join_words", "page_url", "receipt_anchor", "round_half_up",
    "round_up", "show_change", "show_fixed", "show_number", "show_percent", "show_printed", "show_quantity",
    "show_score",
]  # fmt: skip
