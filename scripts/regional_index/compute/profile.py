"""Which regions resemble each other."""

import numpy as np
import pandas as pd


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
