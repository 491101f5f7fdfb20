"""What claims speak about: indices, regions, groups of regions, and the range that scores keep to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regional_index.framework import SCORE_RANGE, Edition, Framework, Regions


@dataclass(frozen=True)
class Universe:
    """Every cell that there is.

    Attributes:
        indices: Codes, top indices before their sub-indices.
        regions: Codes of the evaluated regions.
        members: Codes of the regions of a group, by the name of the group.
        lowest: What no score falls short of.
        highest: What no score exceeds.
    """

    indices: tuple[str, ...]
    regions: tuple[str, ...]
    members: Mapping[str, frozenset[str]]
    lowest: float = 0.0
    highest: float = 100.0

    @property
    def width(self) -> float:
        """How far two scores can be apart."""
        return self.highest - self.lowest

    def members_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The regions of several groups together, in their own order."""
        together = frozenset().union(*(self.members[name] for name in names))
        return tuple(region for region in self.regions if region in together)

    def others(self, named: Iterable[str]) -> tuple[str, ...]:
        """The regions that are not among these."""
        known = set(named)
        return tuple(region for region in self.regions if region not in known)


def in_year(index: str, year: int | str) -> str:
    """The name under which a table or a sheet has the scores of an index in another year than its own.

    Examples:
        >>> in_year("supply", 2021)
        'supply 2021'
    """
    return f"{index} {year}"


def universe_of(edition: Edition | None, framework: Framework, regions: Regions) -> Universe:
    """The cells of a published edition; without one, scores go from 0 to 100."""
    lowest, highest = edition.score_range if edition else SCORE_RANGE
    return Universe(tuple(framework.nodes), regions.evaluated, regions.members, lowest, highest)
