"""Which weights may have been used? An inference from the claims, not something that the publication states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from regional_index.claims.findings import WeightStudy
from regional_index.claims.kinds.base import interval_of
from regional_index.claims.readings import Interval
from regional_index.claims.rows import write_sheet
from regional_index.claims.sheet import Sheet, Variable, add_up
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

COARSE, FINE = 20, 100


def study_weights(
    claims: Sequence[Claim], universe: Universe, index: str, parts: tuple[str, ...], steps: int
) -> WeightStudy | None:
    """Try every weighting in whole steps; nothing where a total is not published, for then too many would fit."""
    totals = {claim.index: interval_of(claim) for claim in claims if claim.kind == "total"}
    if not {index, *parts} <= totals.keys():
        return None
    grid = _grid(len(parts), steps)
    fitting = grid[_fit(grid, [totals[part] for part in parts], totals[index])].tolist()
    sheet = write_sheet([claim for claim in claims if claim.index in {index, *parts}], universe)
    study = WeightStudy(index, parts, steps, len(grid), len(fitting), ())
    linked = (link(sheet, index, study.shares(weights)) for weights in fitting)
    possible = [tuple(weights) for weights, own in zip(fitting, _are_feasible(linked), strict=True) if own]
    return replace(study, fit_all=tuple(possible))


def link(sheet: Sheet, index: str, weights: Mapping[str, float]) -> Sheet:
    """The sheet with every region's index as the weighted mean of its sub-indices: x = sum of w·x over the parts."""
    linked = sheet.copy()
    for region in sheet.universe.regions:
        parts = [(-weight, linked.score(part, region)) for part, weight in weights.items()]
        linked.require(add_up((1.0, linked.score(index, region)), *parts), 0, 0)
    return linked


def _grid(parts: int, steps: int) -> np.ndarray:
    """All ways to share out whole steps, at least one to each part; shape (ways, parts)."""
    cuts = np.array(list(combinations(range(1, steps), parts - 1)), dtype=int).reshape(-1, parts - 1)
    return np.diff(cuts, axis=1, prepend=0, append=steps)


def _fit(grid: np.ndarray, parts: Sequence[Interval], whole: Interval) -> np.ndarray:
    """Whether the mean of the totals of the parts can be the total of the whole, for every row of weights."""
    steps = grid.sum(axis=1)
    lower, upper = (
        sum(w * end for w, end in zip(grid.T, ends, strict=True)) / steps for ends in zip(*parts, strict=True)
    )
    return (lower <= whole.upper) & (whole.lower <= upper)


def _are_feasible(sheets: Iterable[Sheet]) -> Iterator[bool]:
    """Whether there is a table for each of some sheets that differ little: mostly one with the last one's switches."""
    switches: dict[Variable, tuple[float, float]] = {}
    for sheet in sheets:
        table = Programme(replace(sheet, bounds=sheet.bounds | switches)).least({}) if switches else None
        table = table or Programme(sheet).least({})
        if table is not None:
            found = {name: float(round(table.values[name])) for name in sheet.binaries}
            switches = {name: (on, on) for name, on in found.items()}
        yield table is not None
