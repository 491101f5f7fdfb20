"""Which regions resemble each other, and where each is strong and weak."""

import numpy as np
import pandas as pd

from regional_index.method.rank import DECIMALS_OF_NOISE


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
    """The indicators on which each region stands best and worst among the regions, by the Global Innovation Index.

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
