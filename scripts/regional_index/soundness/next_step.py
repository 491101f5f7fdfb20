"""Next steps: the value of one indicator alone with which a region would gain a place: arithmetic, not advice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize.elementwise import find_root

from regional_index.framework import SHARE_TOLERANCE, Framework, at_depth
from regional_index.method.impute import impute
from regional_index.method.index import Results, compute_from_panel
from regional_index.method.normalise import fit
from regional_index.method.rank import DECIMALS_OF_NOISE
from regional_index.method.rules import IMPUTE, NORMALISE, WEIGH
from regional_index.method.treat import treat
from regional_index.soundness.draws import Weighed, climb, weigh_anew

COLUMNS = ["index", "region", "rank", "above", "gap", "indicator", "value", "needed", "change", "percent", "status"]
PERCENT = 100.0
# Of the way from the value now to the limit.
PRECISION = 1e-12
# Less than this is no lead, nor is one that the rounding of scores takes away.
NOISE = 1e-12
# The lead of a region that has no score: behind all others, and a number that can be calculated with.
FAR_BEHIND = -1e9


def next_steps(
    results: Results, framework: Framework, year: int, membership: pd.DataFrame | None = None
) -> pd.DataFrame:
    """For every region, index and indicator below it: the least change of that indicator alone that gains a place.

    One value of one year changes, in the unit that the index computes with, after any division; all other values
    stay. All that follows from it is computed again: where a scale depends on the value, it moves for all regions. A
    place is gained when at least one region that was ahead is not any more; with the smallest change the two scores
    are equal, and any more puts the region in front. The value is changed no further than to the best that any region
    had in any year, or to the declared best value where that is better: what this does not reach is said to be out of
    reach. Where only listed values have a score, it becomes the nearest of these that gains a place.

    Args:
        results: What was computed.
        framework: Tree, indicators and method.
        year: The year whose ranks count.
        membership: As in `compute_index`.

    Returns:
        Long frame in the order of tree, regions and indicators: `index, region, rank` (now), `above` (the region with
        the nearest greater score, the first in order among equals), `gap` (points to it), `indicator, value` (now, or
        what the method fills the gap with),
        `needed` (the value that gains a place), `change` (the difference), `percent` (of the value; missing where that
        is 0) and `status`: `reached`, `limit` (out of reach) or `missing` (there is no value to change). Regions that
        are first or without rank have no rows.
    """
    regions = [str(region) for region in results.normalised.index.get_level_values("region").unique()]
    behind = _those_behind(results, framework, year, regions)
    # What a score was computed with is what would have to be another: also a value that fills a gap.
    used = results.values.where(results.values.notna(), results.imputation.panel)
    values = used.xs(year, level="year").reindex(regions)
    tables = []
    for code in framework.used_indicators:
        above = [node for node, index in enumerate(framework.nodes) if code in framework.indicators_below(index)]
        cases = behind[behind["node"].isin(above)].assign(indicator=code, needed=np.nan)
        cases["value"] = values[code].to_numpy(dtype=float)[cases["at"]]
        there = cases["value"].notna()
        if there.any():
            changed = ChangedValue(results, framework, year, code, membership)
            limit, listed = _limit(results, framework, code), _listed(framework, code)
            cases.loc[there, "needed"] = _find_needed(changed, cases[there], limit, listed)
        tables.append(cases)
    table = pd.concat(tables, ignore_index=True).sort_values(["node", "at"], kind="stable", ignore_index=True)
    table["change"] = table["needed"] - table["value"]
    table["percent"] = table["change"] / table["value"].abs().where(table["value"] != 0) * PERCENT
    table["status"] = np.where(table["needed"].notna(), "reached", np.where(table["value"].isna(), "missing", "limit"))
    return table[COLUMNS]


class ChangedValue:
    """The scores of a year with another value of one indicator in one region; only what follows from it is computed."""

    def __init__(
        self, results: Results, framework: Framework, year: int, code: str, membership: pd.DataFrame | None = None
    ) -> None:
        self._results, self._framework, self._membership, self._code = results, framework, membership, code
        self._index = results.normalised.index
        self._years = self._index.get_level_values("year").nunique()
        self._of_year = np.flatnonzero(self._index.get_level_values("year") == year)
        screening, method = framework.method.screen.options, framework.method
        imputing = [IMPUTE[framework.rule_of("impute", code).name] for code in framework.used_indicators]
        zeros_exclude = screening.get("then") == "exclude" and screening.get("zeros") == "missing"
        self._columns_are_tied = any(rule.joins_columns for rule in imputing) or zeros_exclude
        self._weights_follow = any(WEIGH[rule.name].from_scores for rule in method.weight)
        above = [index for index in framework.nodes if code in framework.indicators_below(index)]
        self._children = {index: tuple(framework.nodes[index].child_weights) for index in above}
        self._rules = {index: at_depth(method.aggregate, framework.depths[index]) for index in above}
        scores = results.scores["score"].to_numpy(dtype=float).reshape(len(framework.nodes), -1)
        columns = [*zip(framework.nodes, scores, strict=True), *results.normalised.items()]
        self._now = {name: np.asarray(column, dtype=float)[None] for name, column in columns}

    def scores(self, at: np.ndarray, values: np.ndarray, nodes: Sequence[str]) -> np.ndarray:
        """Scores of all regions, once for each try.

        Args:
            at: The position of the region whose value changes, for every try.
            values: What it becomes.
            nodes: The node above the indicator whose scores are wanted, for every try.

        Returns:
            Shape (tries, regions).
        """
        rows = self._of_year[at]
        if self._columns_are_tied:
            made = [
                self._by_whole_method(row, value, node) for row, value, node in zip(rows, values, nodes, strict=True)
            ]
        elif self._weights_follow:
            tries = self._normalise(rows, values)
            known = ({**self._now, self._code: each[None]} for each in tries)
            made = [
                climb(self._children, self._rules, one, self._weigh_anew, years=self._years)[node][0, self._of_year]
                for one, node in zip(known, nodes, strict=True)
            ]
        else:
            now = {name: column[:, self._of_year] for name, column in self._now.items()}
            known = {**now, self._code: self._normalise(rows, values)[:, self._of_year]}
            by_node = climb(self._children, self._rules, known, self._weigh_as_now, years=1)
            made = [by_node[node][number] for number, node in enumerate(nodes)]
        return np.array(made)

    def _normalise(self, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Scores of the indicator, shape (tries, rows): a column for each try, all by the rules of this indicator."""
        tries = [str(number) for number in range(len(rows))]
        column = self._results.screening.panel[self._code].to_numpy(dtype=float)
        columns = np.repeat(column[:, None], len(rows), axis=1)
        columns[rows, np.arange(len(rows))] = values
        framework = replace(self._framework, indicators=dict.fromkeys(tries, self._framework.indicator(self._code)))
        panel = pd.DataFrame(columns, index=self._index, columns=tries)
        treated = treat(impute(panel, framework, self._membership).panel, framework).panel
        return fit(treated, framework).apply(treated).to_numpy().T

    def _weigh_as_now(self, code: str, parts: list[np.ndarray]) -> Weighed:
        weights = self._results.weights[code].reindex(self._children[code]).to_numpy(dtype=float)
        return weights[None], None, self._lacks_weight(code, weights, parts)

    def _weigh_anew(self, code: str, parts: list[np.ndarray]) -> Weighed:
        """Weights that follow from scores follow from those of all years."""
        weights, own = weigh_anew(self._framework, self._index, code, parts)
        without = self._lacks_weight(code, weights, parts)
        return (weights if own is None else np.ones_like(weights))[None], own, without

    def _lacks_weight(self, code: str, weights: np.ndarray, parts: list[np.ndarray]) -> np.ndarray:
        """Mask of rows where too little of the weight of a node is present for a score."""
        share = at_depth(self._framework.method.minimum_weight_share, self._framework.depths[code])
        present = sum(weight * ~np.isnan(part) for weight, part in zip(weights, parts, strict=True))
        return present < share - SHARE_TOLERANCE

    def _by_whole_method(self, row: int, value: float, node: str) -> np.ndarray:
        panel = self._results.values.copy()
        panel.iloc[row, panel.columns.get_loc(self._code)] = value
        scores = compute_from_panel(panel, self._framework, self._membership).scores
        return scores.loc[scores["index"] == node, "score"].to_numpy()[self._of_year]


def _those_behind(results: Results, framework: Framework, year: int, regions: list[str]) -> pd.DataFrame:
    """A row for every node and region that can gain a place: what is known before any indicator is looked at.

    Columns `index, region, rank, above, gap` as in `next_steps`; `node` and `at` are the positions of node and region,
    `ahead` says how many regions are ahead.
    """
    of_year = results.scores[results.scores["year"] == year]
    ranks = of_year.set_index(["index", "region"])["rank"]
    wide = of_year.pivot(index="index", columns="region", values="score").reindex(columns=regions)
    rows = []
    for node, index in enumerate(framework.nodes):
        scores = wide.loc[index].to_numpy(dtype=float)
        rounded = scores.round(DECIMALS_OF_NOISE)
        for at, region in enumerate(regions):
            ahead = np.flatnonzero(rounded > rounded[at])
            if len(ahead):
                nearest = ahead[np.argmin(rounded[ahead])]
                gap = scores[nearest] - scores[at]
                rows.append((index, region, int(ranks[index, region]), regions[nearest], gap, node, at, len(ahead)))
    return pd.DataFrame(rows, columns=[*COLUMNS[:5], "node", "at", "ahead"])


def _find_needed(changed: ChangedValue, cases: pd.DataFrame, limit: float, listed: list[float]) -> np.ndarray:
    """The value of one indicator that gains a place in each of some cases; missing where it is out of reach."""
    value = cases["value"].to_numpy(dtype=float)

    def lead(case: np.ndarray, needed: np.ndarray) -> np.ndarray:
        of = cases.iloc[case]
        scores = changed.scores(of["at"].to_numpy(), needed, list(of["index"]))
        return _leads(scores, of["at"].to_numpy(), of["ahead"].to_numpy())

    if listed:
        near = np.array([sorted(listed, key=lambda each: abs(each - one)) for one in value]).reshape(-1, len(listed))
        gains = lead(np.repeat(np.arange(len(cases)), len(listed)), near.ravel()).reshape(near.shape) > 0
        return np.where(gains.any(axis=1), near[np.arange(len(cases)), gains.argmax(axis=1)], np.nan)
    found = find_root(
        lambda share, case: lead(case, value[case] + share * (limit - value[case])),
        (np.zeros(len(cases)), np.ones(len(cases))),
        args=(np.arange(len(cases)),),
        tolerances={"xatol": PRECISION, "xrtol": 0.0, "fatol": 0.0, "frtol": 0.0},
    )
    shares = np.select([end > 0 for end in found.f_bracket], found.bracket, np.nan)
    return value + shares * (limit - value)


def _leads(scores: np.ndarray, at: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """Lead of a region over the one whose place it gains, for every try.

    Of `ahead` regions that were ahead one is not any more, when it is level with the last of them: then the lead is
    `NOISE` or more, else that less than nothing or less.

    Args:
        scores: Shape (tries, regions).
        at: The position of the region.
        ahead: How many regions were ahead of it.
    """
    tries = np.arange(len(scores))
    mine, others = scores[tries, at], np.where(np.isnan(scores), -np.inf, scores)
    others[tries, at] = -np.inf
    other = np.sort(others, axis=1)[tries, -ahead]
    leads = np.clip(mine - other, FAR_BEHIND, -FAR_BEHIND)
    gained = (leads >= -NOISE) & (mine.round(DECIMALS_OF_NOISE) >= other.round(DECIMALS_OF_NOISE))
    leads = np.where(gained, np.maximum(leads, NOISE), np.minimum(leads, -NOISE))
    return np.where(np.isnan(mine), FAR_BEHIND, leads)


def _limit(results: Results, framework: Framework, code: str) -> float:
    """The best value in the panel, or the one that the method declares best."""
    rows = results.normalisation.parameters.xs(code, level="indicator")
    ends = [*results.values[code].dropna(), *rows["best"][np.isfinite(rows["best"])]]
    return float(max(ends) if framework.indicator(code).direction > 0 else min(ends))


def _listed(framework: Framework, code: str) -> list[float]:
    """The only values that have a score, where the method lists them."""
    rule = framework.rule_of("normalise", code)
    return NORMALISE[rule.name].listed(rule.options)
