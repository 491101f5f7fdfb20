"""Summaries of results: groups of regions, changes over time, similar regions, strengths, effective weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.rank import DECIMALS_OF_NOISE, rank_scores


def summarise_groups(scores: pd.DataFrame, membership: pd.Series) -> pd.DataFrame:
    """Mean, share of the total and spread of every index in every group and year.

    Args:
        scores: Long frame with `region, year, index, score`.
        membership: Group of each region, indexed by region; regions that are not in it are left out.

    Returns:
        Long frame `group, year, index, count, mean, share, least, greatest`: `count` of regions with a score,
        `share` of the sum of all regions' scores (0-1; missing where that sum is 0), `least` and `greatest` score in
        the group.
    """
    grouped = (
        scores.assign(group=scores["region"].map(membership))
        .dropna(subset=["group", "score"])
        .groupby(["index", "year", "group"], sort=False)["score"]
        .agg(count="count", mean="mean", total="sum", least="min", greatest="max")
        .reset_index()
    )
    everything = scores.groupby(["index", "year"])["score"].sum().rename("everything").reset_index()
    joined = grouped.merge(everything, on=["index", "year"], how="left")
    joined["share"] = joined["total"] / joined["everything"].where(joined["everything"] != 0)
    return joined[["group", "year", "index", "count", "mean", "share", "least", "greatest"]]


@dataclass(frozen=True)
class Marks:
    """Reference values for comparison, in the unit of the indicator.

    Attributes:
        best: The best value, NaN where there is none.
        means: By group, the unweighted mean over its regions that have a value.
    """

    best: float
    means: pd.Series


def find_marks(values: pd.Series, membership: pd.Series, direction: int = 1) -> Marks:
    """The best value, and the mean of each group of regions.

    Args:
        values: One value for each region, indexed by region; NaN where missing.
        membership: Group of each region, indexed by region; those that are not in it are in no mean.
        direction: 1 where more is better, -1 where less is.

    Examples:
        >>> values = pd.Series({"north": 4.0, "south": 10.0, "east": 8.0})
        >>> marks = find_marks(values, pd.Series({"north": "cold", "east": "cold"}))
        >>> marks.best, marks.means.to_dict()
        (10.0, {'cold': 6.0})
    """
    best = values.max() if direction > 0 else values.min()
    groups = membership.reindex(values.index)
    return Marks(float(best), values.groupby(groups).mean())


def base_years(years: Sequence[int]) -> tuple[int, ...]:
    """The years with which the last one is compared: the first, and the one before it; none where there is one year.

    Examples:
        >>> base_years([2019, 2020, 2021]), base_years([2019, 2020]), base_years([2019])
        ((2019, 2020), (2019,), ())
    """
    return tuple(dict.fromkeys((years[0], years[-2]))) if len(years) > 1 else ()


def change_between(scores: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Change of score and rank of every region and index from one year to another.

    Ranks are compared among the regions that have a score in both years, so that a region does not climb because
    another has left, or fall because one has come.

    Args:
        scores: Long frame `region, year, index, score, rank`.
        first: The earlier year.
        last: The later year.

    Returns:
        Long frame `region, index, score_first, score_last, rank_first, rank_last, score_change, rank_change`. The first
        ranks are those of the series, among all regions of their year; `rank_change` is positive where the region has
        climbed. Changes are missing where either score is. Empty where both years are the same: nothing is compared
        with itself.
    """
    columns = ["region", "index", "score", "rank"]
    before = scores.loc[(scores["year"] == first) & (first != last), columns]
    after = scores.loc[scores["year"] == last, columns]
    both = before.merge(after, on=["region", "index"], suffixes=("_first", "_last"), validate="one_to_one")
    both["score_change"] = both["score_last"] - both["score_first"]
    compared = both["score_change"].notna()
    ranks = {
        end: rank_scores(both.assign(year=end, score=both[f"score_{end}"].where(compared)))["rank"]
        for end in ("first", "last")
    }
    both["rank_change"] = ranks["first"] - ranks["last"]
    return both


def nearest_profiles(scores: pd.DataFrame, region: str, *, count: int) -> pd.Series:
    """The regions whose scores are closest to those of one region.

    Distance is the root mean squared difference over the columns that both have, so that a region with one
    missing score still compares.

    Args:
        scores: Regions as rows, sub-indices as columns, scores 0-100.
        region: The row to compare with.
        count: How many neighbours.

    Returns:
        Distances in points of score, by region, nearest first; equal distances in the order of the rows.

    Raises:
        KeyError: The region is not a row.
    """
    differences = scores.drop(index=region) - scores.loc[region]
    distances = np.sqrt((differences**2).mean(axis=1)).dropna()
    return distances.sort_values(kind="stable").head(count)


def strengths_and_weaknesses(normalised_year: pd.DataFrame, count: int = 10, *, first_ranks: int = 0) -> pd.DataFrame:
    """The indicators on which each region is best and worst among the regions, by the Global Innovation Index.

    Scores become percentile ranks (n - rank) / (n - 1) among the n regions that have the indicator. Strengths of a
    region are the indicators whose percentile rank is at least its `count`-th largest, weaknesses those at most its
    `count`-th smallest, so that ties can make more of them (WIPO, Global Innovation Index 2023, appendix on economy
    profiles; there `count` is 10 of 80 indicators and `first_ranks` is 3).

    Args:
        normalised_year: Regions as rows, indicators as columns, more is better.
        count: How many of each; for a region with fewer than twice as many indicators, half of those it has.
        first_ranks: An indicator on which a region has this rank or a better one is a strength in any case.

    Returns:
        Long frame `region, indicator, percentile, kind` (`strength` or `weakness`): regions in the order of the
        rows; for each, strengths from the best down, then weaknesses from the worst up. What would be both is
        neither. An indicator on which all regions are equal, or that one region alone has, takes no part.
    """
    scores = normalised_year.round(DECIMALS_OF_NOISE)
    scores = scores.loc[:, scores.max() > scores.min()]
    ranks = scores.rank(method="min", ascending=False)
    percentiles = (scores.count() - ranks) / (scores.count() - 1)
    parts = [
        _extremes(region, percentiles.loc[region].dropna(), ranks.loc[region] <= first_ranks, count)
        for region in percentiles.index
    ]
    found = [row for part in parts for row in part]
    return pd.DataFrame(found, columns=["region", "indicator", "percentile", "kind"])


def _extremes(region: str, percentiles: pd.Series, sure: pd.Series, count: int) -> list[tuple[str, str, float, str]]:
    number = min(count, len(percentiles) // 2)
    ordered = np.sort(percentiles.to_numpy())
    high, low = (ordered[-number], ordered[number - 1]) if number > 0 else (np.inf, -np.inf)
    strong, weak, sure = percentiles >= high, percentiles <= low, sure[percentiles.index]
    strengths = percentiles[(strong & ~weak) | sure].sort_values(ascending=False, kind="stable")
    weaknesses = percentiles[weak & ~strong & ~sure].sort_values(kind="stable")
    kinds = {"strength": strengths, "weakness": weaknesses}
    return [(region, code, value, kind) for kind, found in kinds.items() for code, value in found.items()]


def effective_weights(weights: Mapping[str, pd.Series], framework: Framework) -> pd.DataFrame:
    """Weights in the index at the top: the product of the weights on the way down.

    What is declared as not computed weighs nothing; the others share its weight in proportion.

    Args:
        weights: For every node, the weights of its children, summing to 1.
        framework: Tree.

    Returns:
        Index `code` (a node or indicator, in tree order), columns `top` (code of the index at the top) and `weight` (1
        for the top itself). What is several times below the same top has the sum of its weights there; what is below
        several tops has a row for each.
    """
    found: dict[tuple[str, str], float] = {}

    def descend(top: str, code: str, weight: float) -> None:
        found[top, code] = found.get((top, code), 0.0) + weight
        if code in framework.nodes:
            computed = weights[code].where([not is_left_out(str(child)) for child in weights[code].index], 0.0)
            for child, share in computed.items():
                descend(top, str(child), weight * float(share) / (float(computed.sum()) or 1.0))

    def is_left_out(code: str) -> bool:
        return code in framework.nodes and bool(framework.nodes[code].not_computed)

    for node in framework.indices:
        descend(node.code, node.code, 1.0)
    tops, codes = zip(*found, strict=True) if found else ((), ())
    return pd.DataFrame(
        {"top": pd.Series(tops, dtype="str").array, "weight": list(found.values())},
        index=pd.Index(codes, name="code", dtype="str"),
    )
