"""Statements of a published edition: claims about its indices, context figures, trends, and the place of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from regional_index.errors import LookupFailed

SCORE_RANGE = (0.0, 100.0)
"""Between which scores are where an edition does not say."""


@dataclass(frozen=True)
class Place:
    """A paragraph of the source: its section and its number among all paragraphs."""

    id: str
    section: str
    paragraph: int
    summary: str


@dataclass(frozen=True)
class Claim:
    """One checkable statement about an index.

    `value` is text, so that the decimals which the publication printed survive. What else a kind needs
    (threshold, size, tiers …) is in `details`, under the keys of the schema.
    """

    id: str
    index: str
    kind: str
    place: str
    value: str = ""
    regions: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class ContextFigure:
    """A figure that the publication quotes and that is not about an index."""

    id: str
    about: str
    value: str
    unit: str
    relation: str
    place: str
    upper: str = ""
    year: str = ""
    attributed_to: str = ""
    regions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Trend:
    """A shift that the publication expects, from one state to another, and the figures it gives for it."""

    id: str
    place: str
    shift_from: str
    shift_to: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """A person's decision to set a claim aside because it contradicts others, and why."""

    claim: str
    reason: str


@dataclass(frozen=True)
class Edition:
    """All that is recorded of one published edition; regions are codes.

    `score_range` is what no score of the edition falls short of and what none exceeds; `file` is its path,
    relative to the project.
    """

    edition: str
    data_year: int
    source: str
    places: Mapping[str, Place]
    claims: Mapping[str, Claim]
    context: Mapping[str, ContextFigure]
    trends: Mapping[str, Trend]
    score_range: tuple[float, float] = SCORE_RANGE
    set_aside: Mapping[str, Decision] = field(default_factory=dict)
    file: str = ""

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id.

        Raises:
            LookupFailed: There is none.
        """
        return _get(self.claims, claim_id, "claim")

    def figure(self, figure_id: str) -> ContextFigure:
        """The context figure with this id.

        Raises:
            LookupFailed: There is none.
        """
        return _get(self.context, figure_id, "context figure")

    def trend(self, trend_id: str) -> Trend:
        """The trend with this id.

        Raises:
            LookupFailed: There is none.
        """
        return _get(self.trends, trend_id, "trend")

    def claims_about(self, *, index: str = "", region: str = "") -> tuple[Claim, ...]:
        """The claims about an index, or that name a region, in the order of the file."""
        return tuple(
            claim
            for claim in self.claims.values()
            if (not index or claim.index == index) and (not region or region in named_regions(claim))
        )


def named_regions(claim: Claim) -> tuple[str, ...]:
    """Codes of all regions that a claim names; those that another is said to exceed are not what it is about."""
    inner = [code for tier in claim.details.get("tiers", ()) for code in tier]
    inner += claim.details.get("greater", {}).get("regions", ())
    return tuple(dict.fromkeys([*claim.regions, *inner]))


def named_indices(claim: Claim) -> tuple[str, ...]:
    """Codes of all indices that a claim is about: more than one where it compares."""
    sides = [claim.details.get(side, {}).get("index", claim.index) for side in ("greater", "less")]
    return tuple(dict.fromkeys([claim.index, *sides]))


def _get(table: Mapping[str, Any], key: str, what: str) -> Any:
    if key in table:
        return table[key]
    near = [known for known in table if key.split("-")[0] in known][:8]
    raise LookupFailed(f'unknown {what} "{key}"' + (f"; similar: {', '.join(near)}" if near else ""))
