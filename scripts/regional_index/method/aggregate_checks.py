"""Where a rule of aggregation has no value for the children it is given, in words."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regional_index.errors import Problem
from regional_index.framework.method import Rule
from regional_index.method.aggregate_rules import AGGREGATE

FILE, PLACE = "data/framework.yml", "method.aggregate"
MEANS = {"geometric": "geometric mean", "harmonic": "harmonic mean", "generalised-mean": "generalised mean"}


def check_children(code: str, rule: Rule, children: pd.DataFrame, weights: pd.Series) -> list[Problem]:
    """Problems where children of positive weight are present and the rule gives no score.

    Args:
        code: The node.
        rule: Its rule of aggregation.
        children: Scores of its children; rows (region, year), a complete panel or some rows of one.
        weights: By code of the child, 0 or more.

    Returns:
        One problem for each child with negative scores under a mean that has none (with the lowest score, its region
        and year), one for a mean that is not above 0 under the penalty of Mazziotta and Pareto.
    """
    used = children[[child for child in children if weights[child] > 0]]
    arrays = [used[child].to_numpy(dtype=float)[None] for child in used]
    if rule.name == "copeland" or not arrays:
        return []
    score = AGGREGATE[rule.name](arrays, weights[used.columns].to_numpy(dtype=float)[None], years=1, **rule.options)
    failed = used[np.isnan(score[0]) & used.notna().any(axis=1).to_numpy()]
    if rule.name == "mazziotta-pareto":
        return list(_without_variation(code, failed, weights))
    return list(_negatives(code, rule, failed))


def _negatives(code: str, rule: Rule, failed: pd.DataFrame) -> Iterator[Problem]:
    for child in failed:
        negative = failed[child][failed[child] < 0]
        if len(negative):
            mean = MEANS[rule.name]
            yield _problem(
                f"{mean} of a negative in {code}: {child} is {_lowest(negative)}",
                f"children that are 0 or more, as the {mean} of a negative number is not defined",
                "normalise to scores of 0 or more (min-max, goalposts), or aggregate this level by arithmetic",
            )


def _without_variation(code: str, failed: pd.DataFrame, weights: pd.Series) -> Iterator[Problem]:
    if failed.empty:
        return
    shares = failed.notna() * weights[failed.columns]
    means = (failed.fillna(0.0) * shares).sum(axis=1) / shares.sum(axis=1)
    yield _problem(
        f"no coefficient of variation in {code}: the mean of its children is {_lowest(means)}",
        "a mean above 0, as the penalty divides by it",
        "normalise to positive scores (z-score with mean 100 and sd 10), or aggregate this level by arithmetic",
    )


def _lowest(values: pd.Series) -> str:
    (region, year), more = values.idxmin(), len(values) - 1
    return f"{values.min():g} for region {region} in {year}" + (f", and {more} more" if more else "")


def _problem(found: str, expected: str, remedy: str) -> Problem:
    return Problem(FILE, PLACE, found, expected, remedy)
