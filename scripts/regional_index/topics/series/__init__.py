"""Pages' text about the open series: indices, regions and indicators, and how sure their scores are."""

from regional_index.topics.series import (
    changes,
    charts,
    coherence,
    compare,
    indicator_pages,
    indicators,
    inline,
    lenses,
    next_steps,
    notes,
    portrait,
    regions,
    robustness,
    scores,
    stated,
    weighting,
)

__all__ = [
    "changes",
    "charts",
    "coherence",
    "compare",
    "indicator_pages",
    "indicators",
    "inline",
    "lenses",
    "next_steps",
    "notes",
    "portrait",
    "regions",
    "robustness",
    "scores",
    "stated",
    "weighting",
]
