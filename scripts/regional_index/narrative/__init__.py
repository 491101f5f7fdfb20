"""Numbers, names and sentences for prose. Every number that a page prints inline comes from here."""

from regional_index.narrative.answers import published_answer, stated_of_region
from regional_index.narrative.claim_text import describe_claim, describe_place, list_regions
from regional_index.narrative.portrait import missing_scores, movement, neighbours, strengths
from regional_index.narrative.prose import Prose
from regional_index.narrative.sentences import cite, fill, show_years

__all__ = [
    "Prose", "cite", "describe_claim", "describe_place", "fill", "list_regions", "missing_scores", "movement",
    "neighbours", "published_answer", "show_years", "stated_of_region", "strengths",
]  # fmt: skip
