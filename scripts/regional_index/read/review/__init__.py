"""What is strange in a year's values, and what people confirmed of it in `data/review/`.

`panel` says how far a value is from what was to be expected, `findings` and `cells` what is strange,
`decisions` what is confirmed.
"""

from regional_index.read.review.cells import find_magnitudes, growth_of, order_regions, ranks_of
from regional_index.read.review.decisions import (
    FOLDER,
    Confirmation,
    Review,
    check_review,
    confirm,
    read_confirmations,
    review_path,
    write_review,
    years_under_review,
)
from regional_index.read.review.findings import GRAVE, KINDS, Finding, find_exchanged
from regional_index.read.review.panel import Panel, deviate, make_panels
from regional_index.read.review.sentences import Namer

__all__ = [
    "FOLDER", "GRAVE", "KINDS", "Confirmation", "Finding", "Namer", "Panel", "Review", "check_review", "confirm",
    "deviate", "find_exchanged", "find_magnitudes", "growth_of", "make_panels", "order_regions", "ranks_of",
    "read_confirmations", "review_path", "write_review", "years_under_review",
]  # fmt: skip
