"""Pages' text about the open series: indices, regions and indicators, and how sure their scores are."""

from regional_index.topics.series import (
    coherence,
    compare,
    indicators,
    inline,
    next_steps,
    portrait,
    regions,
    robustness,
    scores,
    stated,
    weighting,
)

__all__ = [
    "coherence",
    "compare",
    "indicators",
    "inline",
    "next_steps",
    "portrait",
    "regions",
    "robustness",
    "scores",
    "stated",
    "weighting",
]
