"""Step: from indicators to sub-indices to indices. A rule of aggregation is entered in `AGGREGATE`."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from regional_index.framework import Framework

# A share of 2/3 written as 0.6667 must admit two children of three.
SHARE_TOLERANCE = 1e-4


def aggregate_tree(normalised: pd.DataFrame, weights: dict[str, pd.Series], framework: Framework) -> pd.DataFrame:
    """Score every node of the tree from the leaves upwards.

    A node is computed where the weight of its children that have a score is at least the declared share;
    the weights present are then rescaled to 1 and the score is flagged as partial.

    Args:
        normalised: Panel of indicator scores; rows (region, year).
        weights: Weights of the children of every node, summing to 1.
        framework: Tree and method.

    Returns:
        Long frame `region, year, index, score, weight_present, partial`, nodes in tree order. `partial` is true
        where something is missing below the node, at any depth.
    """
    scores = normalised.copy()
    partial = normalised.isna()
    weight_present = pd.DataFrame(index=normalised.index)
    aggregate = AGGREGATE[framework.method.aggregate]
    for code in reversed(list(framework.nodes)):
        children = list(weights[code].index)
        present = (scores[children].notna() * weights[code]).sum(axis=1)
        enough = present >= framework.method.minimum_weight_share - SHARE_TOLERANCE
        scores[code] = aggregate(scores[children], weights[code]).where(enough & (present > 0))
        weight_present[code] = present
        partial[code] = partial[children].any(axis=1) | (present < 1 - SHARE_TOLERANCE)
    return _lengthen(scores, weight_present, partial, list(framework.nodes))


def aggregate_arithmetic(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted arithmetic mean of the children present: sum of w x score over sum of w."""
    present = scores.notna()
    total_weight = (present * weights).sum(axis=1).replace(0.0, np.nan)
    return (scores.fillna(0.0) * weights).sum(axis=1) / total_weight


def _lengthen(
    scores: pd.DataFrame, weight_present: pd.DataFrame, partial: pd.DataFrame, nodes: list[str]
) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "index": code,
                "score": scores[code],
                "weight_present": weight_present[code],
                "partial": partial[code],
            }
        ).reset_index()
        for code in nodes
    ]
    return pd.concat(parts, ignore_index=True)[["region", "year", "index", "score", "weight_present", "partial"]]


AGGREGATE: dict[str, Callable[[pd.DataFrame, pd.Series], pd.Series]] = {"arithmetic": aggregate_arithmetic}
