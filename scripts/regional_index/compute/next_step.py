"""What one indicator alone would have to become for a region to gain a place: arithmetic, not advice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regional_index.compute.aggregate import aggregate_tree
from regional_index.compute.index import Results, compute_from_panel
from regional_index.compute.normalise import fit
from regional_index.compute.rank import DECIMALS_OF_NOISE
from regional_index.compute.treat import treat
from regional_index.compute.weight import FROM_SCORES
from regional_index.framework import Framework

COLUMNS = ["index", "region", "rank", "above", "gap", "indicator", "value", "needed", "change", "percent", "status"]
PERCENT = 100.0
# A search ends when what is not known is this part of the values' range, or after so many steps. A meeting is probed
# by a millionth of what is not known.
PRECISION = 1e-9
STEPS = 200
PROBE = 1e-6

Score = Callable[[str, list[tuple[str, float]]], np.ndarray]
"""Given an indicator and cases (region, value): scores of the year, shape (cases, nodes, regions)."""


def next_steps(
    results: Results, framework: Framework, year: int, membership: pd.DataFrame | None = None
) -> pd.DataFrame:
    """For every region, index and indicator below it: the least change of that indicator alone that gains a place.

    One value of one year changes, in the unit that the index computes with, after any division; all other values
    stay. The whole method runs again: where a scale depends on the value, it moves for all regions. A place is gained
    when at least one region that was ahead is not any more; with the smallest change the two scores are equal, and any
    more puts the region in front. The value is changed no further than to the best that any region had in any year, or
    to the declared best value where that is better: what this does not reach is said to be out of reach. Where only
    listed values have a score, it becomes the nearest of these that gains a place.

    Args:
        results: What was computed.
        framework: Tree, indicators and method.
        year: The year whose ranks count.
        membership: As in `compute_index`.

    Returns:
        Long frame in the order of tree, regions and indicators: `index, region, rank` (now), `above` (the region with
        the nearest greater score, the first in order among equals), `gap` (points to it), `indicator, value` (now),
        `needed` (the value that gains a place), `change` (the difference), `percent` (of the value; missing where that
        is 0) and `status`: `reached`, `limit` (out of reach) or `missing` (there is no value to change). Regions that
        are first or without rank have no rows.
    """
    now = _Now(results, framework, year)
    score = _scorer(results, framework, year, membership)
    found = [case for code in framework.used_indicators for case in _of_indicator(now, code, score)]
    table = pd.DataFrame(found, columns=COLUMNS)
    nodes = {code: k for k, code in enumerate(framework.nodes)}
    regions = {code: k for k, code in enumerate(now.regions)}
    order = pd.DataFrame({"node": table["index"].map(nodes), "region": table["region"].map(regions)})
    return table.loc[order.sort_values(["node", "region"], kind="stable").index].reset_index(drop=True)


class _Now:
    """Scores, ranks and values of the year as they are."""

    def __init__(self, results: Results, framework: Framework, year: int) -> None:
        self.framework = framework
        of_year = results.scores[results.scores["year"] == year]
        self.values = results.values
        self.year = year
        self.regions = [str(region) for region in results.values.index.get_level_values("region").unique()]
        self.nodes = list(framework.nodes)
        wide = of_year.pivot(index="index", columns="region", values="score")
        self.scores = wide.reindex(index=self.nodes, columns=self.regions).to_numpy(dtype=float)
        self.ranks = of_year.set_index(["index", "region"])["rank"]
        self.parameters = results.normalisation.parameters

    def limit(self, code: str) -> float:
        """The best value in the panel, or the one that the method declares best."""
        direction = self.framework.indicator(code).direction
        ends = [self.values[code].max() if direction > 0 else self.values[code].min()]
        rows = self.parameters[self.parameters.index.get_level_values("indicator") == code]
        ends += [best for best in rows["best"] if np.isfinite(best)]
        return float(max(ends) if direction > 0 else min(ends))

    def listed(self, code: str) -> list[float]:
        """The only values that have a score, where the method lists them."""
        rule = self.framework.rule_of("normalise", code)
        return [float(value) for value in rule.options["scores"]] if rule.name == "categorical" else []


@dataclass
class _Search:
    """Where a change is looked for: `low` does not gain a place, `high` does; as values of the indicator."""

    node: int
    region: int
    ahead: int
    low: float
    high: float
    lacking: float
    surplus: float = 0.0
    reached: bool = False
    halve: bool = False
    probed: bool = False

    def surplus_of(self, scores: np.ndarray) -> float:
        """How far the region is past the one whose place it gains; scores of all nodes and regions.

        As many were ahead as `ahead` counts: one place is gained when no more than one less are.
        """
        rounded = scores[self.node].round(DECIMALS_OF_NOISE)
        mine, others = rounded[self.region], np.delete(rounded, self.region)
        if np.isnan(mine):
            return -np.inf
        greatest = np.sort(others[~np.isnan(others)])[::-1]
        return float(np.round(mine - greatest[self.ahead - 1], DECIMALS_OF_NOISE))

    def is_open(self, width: float) -> bool:
        """Whether what is not known is still wide, and no straight line was met exactly."""
        met = self.reached and self.surplus == 0 and self.probed and not self.halve
        return self.reached and not met and abs(self.high - self.low) > PRECISION * width

    def guess(self) -> float:
        """Where a straight line would meet. Just before a meeting, to see that it is one; else the middle."""
        share = 0.5
        if self.surplus == 0 and not self.probed:
            share = 1 - PROBE
        elif self.surplus > 0 and not self.halve and np.isfinite(self.lacking):
            share = min(max(self.lacking / (self.lacking - self.surplus), PROBE), 1 - PROBE)
        return self.low + (self.high - self.low) * share

    def narrow(self, value: float, surplus: float) -> None:
        """Take in what a guess gave; halve after a line that did not, and on a flat part."""
        before, probing = abs(self.high - self.low), self.surplus == 0 and not self.probed
        if surplus >= 0:
            self.high, self.surplus = value, surplus
        else:
            self.low, self.lacking = value, surplus
        self.probed |= probing
        self.halve = surplus >= 0 if probing else self.surplus == 0 or abs(self.high - self.low) > before / 2
        if not probing and surplus == 0:
            self.probed = self.halve = False


def _of_indicator(now: _Now, code: str, score: Score) -> Iterator[list[object]]:
    """The rows of one indicator, for all indices above it."""
    values = now.values.xs(now.year, level="year")[code].reindex(now.regions)
    cases = list(_cases(now, code, values))
    searches = [search for search, _ in cases if search]
    if listed := now.listed(code):
        _try_listed(now, code, searches, listed, score)
    else:
        _search(now, code, searches, score)
    for search, row in cases:
        if search is None:
            yield [*row, np.nan, np.nan, np.nan, np.nan, "missing"]
        elif not search.reached:
            yield [*row, values.iloc[search.region], np.nan, np.nan, np.nan, "limit"]
        else:
            value, needed = float(values.iloc[search.region]), search.high
            percent = (needed - value) / abs(value) * PERCENT if value else np.nan
            yield [*row, value, needed, needed - value, percent, "reached"]


def _cases(now: _Now, code: str, values: pd.Series) -> Iterator[tuple[_Search | None, list[object]]]:
    """For each index above an indicator and each region that can gain a place: the search, and how its row begins."""
    rounded = now.scores.round(DECIMALS_OF_NOISE)
    for node, index in enumerate(now.nodes):
        if code not in now.framework.indicators_below(index):
            continue
        for region, name in enumerate(now.regions):
            ahead = np.flatnonzero(rounded[node] > rounded[node, region])
            if not len(ahead):
                continue
            nearest = ahead[np.argmin(rounded[node, ahead])]
            gap = now.scores[node, nearest] - now.scores[node, region]
            start = [index, name, int(now.ranks[index, name]), now.regions[nearest], gap, code]
            value = values.iloc[region]
            yield None if np.isnan(value) else _Search(node, region, len(ahead), value, value, -gap), start


def _try_listed(now: _Now, code: str, searches: list[_Search], listed: list[float], score: Score) -> None:
    """Of the listed values that gain a place, take the one nearest to the value now."""
    tries = [(search, value) for search in searches for value in sorted(listed, key=lambda v: abs(v - search.low))]
    asked = [(now.regions[search.region], value) for search, value in tries]
    for (search, value), scores in zip(tries, score(code, asked), strict=True):
        if not search.reached and search.surplus_of(scores) >= 0:
            search.high, search.reached = value, True


def _search(now: _Now, code: str, searches: list[_Search], score: Score) -> None:
    """Find every change, all at once: first whether the limit is enough, then the least that is."""
    limit = now.limit(code)
    searches = [search for search in searches if search.low != limit]
    asked = [(now.regions[search.region], limit) for search in searches]
    width = abs(float(now.values[code].max() - now.values[code].min())) or 1.0
    for search, scores in zip(searches, score(code, asked), strict=True):
        surplus = search.surplus_of(scores)
        if surplus >= 0:
            search.high, search.surplus, search.reached = limit, surplus, True
    for _ in range(STEPS):
        open_ones = [search for search in searches if search.is_open(width)]
        if not open_ones:
            return
        guesses = [(now.regions[search.region], search.guess()) for search in open_ones]
        for search, (_, value), scores in zip(open_ones, guesses, score(code, guesses), strict=True):
            search.narrow(value, search.surplus_of(scores))


def _scorer(results: Results, framework: Framework, year: int, membership: pd.DataFrame | None) -> Score:
    """How to score changed values: by column where nothing ties columns together, else by the whole method."""
    alone = framework.method.screen.name == "none" and not results.own_weights
    alone &= not any(rule.name in FROM_SCORES for rule in framework.method.weight)
    regions = list(results.values.index.get_level_values("region").unique())

    def by_column(code: str, cases: list[tuple[str, float]]) -> np.ndarray:
        columns = [_normalised_column(results.imputation.panel, framework, code, year, case) for case in cases]
        return _aggregate(results, framework, code, year, np.array(columns).reshape(len(cases), len(regions)))

    def by_method(code: str, cases: list[tuple[str, float]]) -> np.ndarray:
        tables = []
        for region, value in cases:
            panel = results.values.copy()
            panel.loc[(region, year), code] = value
            scores = compute_from_panel(panel, framework, membership).scores
            wide = scores[scores["year"] == year].pivot(index="index", columns="region", values="score")
            tables.append(wide.reindex(index=list(framework.nodes), columns=regions).to_numpy(dtype=float))
        return np.array(tables).reshape(len(cases), len(framework.nodes), len(regions))

    def score(code: str, cases: list[tuple[str, float]]) -> np.ndarray:
        by_itself = alone and framework.rule_of("impute", code).name == "none"
        return (by_column if by_itself else by_method)(code, cases)

    return score


def _normalised_column(
    panel: pd.DataFrame, framework: Framework, code: str, year: int, case: tuple[str, float]
) -> np.ndarray:
    """Scores of one indicator in the year, with one value changed."""
    column = panel[[code]].copy()
    column.loc[(case[0], year), code] = case[1]
    if framework.rule_of("treat", code).name != "none":
        column = treat(column, framework).panel
    return fit(column, framework).apply(column).xs(year, level="year")[code].to_numpy()


def _aggregate(results: Results, framework: Framework, code: str, year: int, columns: np.ndarray) -> np.ndarray:
    """Scores of all nodes where one column of the year is replaced; cases are laid out as years, which do not mix.

    Args:
        results: What was computed.
        framework: Tree and method.
        code: Whose column it is.
        year: The year.
        columns: Its normalised scores, shape (cases, regions).

    Returns:
        Shape (cases, nodes, regions).
    """
    base = results.normalised.xs(year, level="year")
    cases = range(len(columns))
    rows = pd.MultiIndex.from_product([base.index, cases], names=["region", "year"])
    panel = pd.DataFrame(np.repeat(base.to_numpy(), len(columns), axis=0), index=rows, columns=base.columns)
    panel[code] = columns.T.ravel()
    scores = aggregate_tree(panel, results.weights, framework).scores["score"].to_numpy(dtype=float)
    return scores.reshape(len(framework.nodes), len(base), len(columns)).transpose(2, 0, 1)
