"""The least and greatest score and place that the claims allow a region.

Regions of which every claim says the same have the same bounds, and within such a class one may be taken to be no
better than the one before it (see `rows`): the first has the greatest score of the class, the last the least.
"""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pandas as pd

from regional_index.claims.rows import find_classes, sort_classes, write_sheet
from regional_index.claims.sheet import GAP, Sheet, cell
from regional_index.claims.solver import Programme, Solution, SolverError
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


def find_bounds(claims: Sequence[Claim], universe: Universe, index: str) -> pd.DataFrame:
    """Bounds of every region's score and place in one index.

    Args:
        claims: All claims that bear on the index; they must be able to hold together.
        universe: What they speak about.
        index: Its code.

    Returns:
        Frame indexed by region with `lower, upper, rank_lower, rank_upper`.
    """
    sheet = write_sheet(claims, universe)
    classes = find_classes(claims, universe)
    sheet.sum_of(index, universe.regions)  # every cell is there, whether or not a claim needs it
    sort_classes(sheet, index, classes)
    behind = _surely_behind(sheet, index)
    programme = Programme(sheet)
    rows = {}
    for members in classes:
        first, last = (sheet.score(index, members[place]) for place in (0, -1))
        lower = _needed(programme.least(last)).bound
        upper = _needed(programme.greatest(first)).bound
        best, worst = (_rank_bound(sheet, index, members[place], classes, behind, best=place == 0) for place in (0, -1))
        rows |= dict.fromkeys(members, (lower, upper, best, worst))
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["lower", "upper", "rank_lower", "rank_upper"])
    return frame.loc[list(universe.regions)]


def _surely_behind(sheet: Sheet, index: str) -> Mapping[str, frozenset[str]]:
    """The regions that are behind each region because the claims say so, directly or by way of others."""
    graph: dict[str, set[str]] = {region: set() for region in sheet.universe.regions}
    own = {cell(index, region): region for region in graph}
    for row in sheet.rows:
        terms = {factor: own.get(variable) for variable, factor in row.expression.items()}
        if row.strict and row.lower == GAP and len(row.expression) == 2 and terms.get(1.0) and terms.get(-1.0):
            graph[str(terms[1.0])].add(str(terms[-1.0]))
    # Regions that are behind are closed before those ahead of them.
    closed: dict[str, frozenset[str]] = {}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise SolverError(
            f"the claims cannot all hold; they put regions ahead of each other: {error.args[1]}"
        ) from None
    for region in order:
        closed[region] = frozenset(graph[region]).union(*(closed[other] for other in graph[region]))
    return closed


def _rank_bound(
    sheet: Sheet,
    index: str,
    region: str,
    classes: list[list[str]],
    behind: Mapping[str, frozenset[str]],
    *,
    best: bool,
) -> int:
    """The best or worst place: one more than the fewest or most regions that can be ahead."""
    extended = sheet.copy()
    ahead = extended.ahead_of(index, region)
    for other, switch in ahead.items():
        if other in behind[region]:
            extended.bounds[switch] = (0.0, 0.0)
        elif region in behind[other]:
            extended.bounds[switch] = (1.0, 1.0)
    fixed = [extended.bounds[switch] for switch in ahead.values()]
    if all(lower == upper for lower, upper in fixed):
        return round(sum(lower for lower, _ in fixed)) + 1
    for members in classes:
        switches = [ahead[member] for member in members if member != region]
        for first, second in pairwise(switches):
            extended.require({first: 1.0, second: -1.0}, lower=0)
    counted = dict.fromkeys(ahead.values(), 1.0)
    programme = Programme(extended)
    found = _needed(programme.least(counted) if best else programme.greatest(counted))
    return round(found.value) + 1


def _needed(solution: Solution | None) -> Solution:
    if solution is None:
        raise SolverError("the claims cannot all hold; bounds need a set of claims that can")
    return solution
