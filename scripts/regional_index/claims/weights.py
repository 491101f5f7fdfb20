"""Which weights may have been used? An inference from the claims, not something that the publication states."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regional_index.claims.kinds.base import interval_of
from regional_index.claims.readings import Interval
from regional_index.claims.sheet import Sheet, add_up
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.claims.writing import write_sheet
from regional_index.framework import Claim

COARSE, FINE = 20, 100


@dataclass(frozen=True)
class WeightStudy:
    """The weights in whole steps with which an index can be the weighted mean of its sub-indices.

    Attributes:
        index: Code of the index.
        parts: Codes of its sub-indices.
        steps: How many steps make the whole: 20 for steps of 5 %, 100 for steps of 1 %.
        tried: How many weightings there are, every sub-index having one step at least.
        fit_totals: How many agree with the published totals to their rounding.
        fit_all: Those of them with which all claims can hold, in steps by the order of `parts`.
    """

    index: str
    parts: tuple[str, ...]
    steps: int
    tried: int
    fit_totals: int
    fit_all: tuple[tuple[int, ...], ...]

    def shares(self, weights: Sequence[int]) -> dict[str, float]:
        """Weights as parts of 1, by sub-index."""
        return {part: weight / self.steps for part, weight in zip(self.parts, weights, strict=True)}


def study_weights(
    claims: Sequence[Claim], universe: Universe, index: str, parts: tuple[str, ...], steps: int
) -> WeightStudy | None:
    """Try every weighting in whole steps; nothing where a total is not published, for then too many would fit."""
    totals = {claim.index: interval_of(claim) for claim in claims if claim.kind == "total"}
    if not {index, *parts} <= totals.keys():
        return None
    grid = list(_grid(len(parts), steps))
    fitting = [weights for weights in grid if _fits(weights, [totals[part] for part in parts], totals[index])]
    about = [claim for claim in claims if claim.index in {index, *parts}]
    sheet = write_sheet(about, universe)
    possible = [
        weights for weights in fitting if Programme(link(sheet, index, _shares(parts, weights, steps))).is_feasible()
    ]
    return WeightStudy(index, parts, steps, len(grid), len(fitting), tuple(possible))


def link(sheet: Sheet, index: str, weights: Mapping[str, float]) -> Sheet:
    """The sheet with every region's index as the weighted mean of its sub-indices: x = sum of w·x over the parts."""
    linked = sheet.copy()
    for region in sheet.universe.regions:
        parts = [(-weight, linked.score(part, region)) for part, weight in weights.items()]
        linked.require(add_up((1.0, linked.score(index, region)), *parts), 0, 0)
    return linked


def _shares(parts: Sequence[str], weights: Sequence[int], steps: int) -> dict[str, float]:
    return {part: weight / steps for part, weight in zip(parts, weights, strict=True)}


def _grid(parts: int, steps: int) -> Iterator[tuple[int, ...]]:
    """All ways to share out whole steps, at least one to each part."""
    if parts == 1:
        yield (steps,)
        return
    for first in range(1, steps - parts + 2):
        for rest in _grid(parts - 1, steps - first):
            yield (first, *rest)


def _fits(weights: Sequence[int], parts: Sequence[Interval], whole: Interval) -> bool:
    steps = sum(weights)
    lower = sum(weight * part.lower for weight, part in zip(weights, parts, strict=True)) / steps
    upper = sum(weight * part.upper for weight, part in zip(weights, parts, strict=True)) / steps
    return lower <= whole.upper and whole.lower <= upper
