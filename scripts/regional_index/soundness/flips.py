"""Least change of the weights of a mean with which two regions change places."""

from collections.abc import Callable
from itertools import combinations_with_replacement, pairwise

import numpy as np
import pandas as pd
from scipy.optimize import brentq, minimize

from regional_index.errors import DataError, LookupFailed, Problem
from regional_index.framework import Rule
from regional_index.method.rank import DECIMALS_OF_NOISE
from regional_index.method.rules import aggregation_by

# Differences below it, next to the values they are of, are rounding.
ROUNDING = 1e-12
# How far past level a search must come, next to the spread of the values, so that the way back crosses level.
MARGIN = 1e-10
LEAST_WEIGHT = 1e-9
FIXED_COLUMNS = ("first", "second", "gap", "possible", "distance", "largest_change", "raised", "lowered", "exact")


def order_values(children: np.ndarray, rule: Rule) -> np.ndarray:
    """Values whose weighted arithmetic mean puts regions in the same order as the mean that the rule makes.

    x for arithmetic means, ln x for geometric, -1/x for harmonic, x^p for generalised means (-x^p where p is
    negative). Where a mean is zero as soon as one child is, the value of that child is -infinity.

    Args:
        children: Scores of the children, any shape; missing stays missing.
        rule: Of aggregation.

    Raises:
        LookupFailed: The rule is no mean, so no weights put regions in a linear order.
        DataError: A child is negative where the mean has no value for it.
    """
    power = aggregation_by(rule).power(rule.options)
    if power is None:
        raise LookupFailed(f'scores by the rule "{rule.name}" do not follow weights in a straight line; means do')
    values = np.asarray(children, dtype=float)
    if power == 1:
        return values
    if (values < 0).any():
        raise DataError([_negative(rule, float(np.nanmin(values)))])
    with np.errstate(divide="ignore"):
        return np.log(values) if power == 0 else np.sign(power) * values**power


def _negative(rule: Rule, value: float) -> Problem:
    remedy = "normalise to a scale without negative scores, or aggregate by the arithmetic mean"
    return Problem("data/framework.yml", "method.aggregate", f"{rule.name} of {value:g}", "no negative scores", remedy)


def smallest_flip(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The nearest weights after which the second of two regions is level with the first.

    Minimises the distance to the weights under sum = 1, weights >= 0 and the mean of the second not below that of the
    first, each over the children it has. With the same children that is a projection, and exact. With different ones
    the weights at which the two are level lie on a curve: they are searched for, and others may be nearer.

    Args:
        first: Values of the children of the region ahead, as `order_values` gives them; NaN where it has none.
        second: Of the region behind.
        weights: As they are; they sum to 1. A child of weight 0 is absent, and stays so.

    Returns:
        The weights; those given where the second is not behind. Nothing where no weights put the first behind, or
        none were found.
    """
    there = weights > 0
    if np.isneginf(first[there]).any():
        return weights.copy()
    free = there & ~np.isneginf(second)
    solve = _project_level if has_same_children(first, second, weights) else _search_level
    level = solve(first[free], second[free], weights[free])
    if level is None:
        return None
    found = np.zeros_like(weights)
    found[free] = level
    return found


def has_same_children(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> bool:
    """Whether two regions have the same of the children that have weight."""
    return bool((np.isnan(first) == np.isnan(second))[weights > 0].all())


def _project_level(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The projection of weights + t (second - first) on the weights there can be, for the t at which both are level."""
    # A child that neither has says nothing about their order.
    difference = np.nan_to_num(second - first)
    size = np.abs(np.nan_to_num(first)).max(initial=0.0)
    span = np.abs(difference).max(initial=0.0)
    start = weights if np.isclose(weights.sum(), 1, rtol=0, atol=ROUNDING) else project(weights)
    if len(weights) and difference @ start >= 0:
        return start
    if difference.max(initial=0.0) <= ROUNDING * max(span, size):
        return None

    def moved(share: float) -> np.ndarray:
        return project(weights + share * difference / span)

    enough = 1.0
    while difference @ moved(enough) < 0:
        enough *= 2
    return moved(brentq(lambda share: difference @ moved(share), 0.0, enough, xtol=1e-16))


def project(point: np.ndarray) -> np.ndarray:
    """The nearest weights to a point: the nearest point with sum 1 and nothing negative."""
    ordered = np.sort(point)[::-1]
    excess = (np.cumsum(ordered) - 1) / np.arange(1, len(point) + 1)
    return np.maximum(point - excess[ordered > excess][-1], 0)


def _search_level(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The nearest found by sequential quadratic programming from many sides, each followed back to where it is level.

    With a and b the values, A and B the children each has, sum_B(w b) sum_A(w) - sum_A(w a) sum_B(w) has the sign of
    the second's mean less the first's: a quadratic form of the weights.
    """
    if np.isnan(first).all() or np.isnan(second).all():
        return None
    start = project(weights)
    least, most = np.nanmin([first, second]), np.nanmax([first, second])
    # Only differences count, and the search runs best near 1.
    one, two = (np.nan_to_num((values - least) / (most - least or 1.0)) for values in (first, second))
    form = np.outer(two, ~np.isnan(first)) - np.outer(one, ~np.isnan(second))

    def lead(point: np.ndarray) -> float:
        return float(point @ form @ point)

    if lead(start) >= 0:
        return start
    towards = [(one + two) / 2 for one, two in combinations_with_replacement(np.eye(len(start)), 2)]
    found = []
    for side in [start, *(share * end + (1 - share) * start for end in towards for share in (0.5, 0.95))]:
        result = minimize(
            lambda point: ((point - weights) ** 2).sum(),
            side,
            jac=lambda point: 2 * (point - weights),
            bounds=[(0.0, 1.0)] * len(side),
            constraints=[
                {"type": "eq", "fun": lambda point: point.sum() - 1, "jac": np.ones_like},
                {"type": "ineq", "fun": lambda point: lead(point) - MARGIN, "jac": lambda at: (form + form.T) @ at},
            ],
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 200},
        )
        point = np.clip(result.x, 0, None)
        point /= point.sum()
        if lead(point) >= 0 and min(point @ ~np.isnan(first), point @ ~np.isnan(second)) > LEAST_WEIGHT:
            found.append(_back_to_level(lead, start, point))
    return min(found, key=lambda point: float(((point - weights) ** 2).sum()), default=None)


def _back_to_level(lead: Callable[[np.ndarray], float], start: np.ndarray, point: np.ndarray) -> np.ndarray:
    share = brentq(lambda part: lead((1 - part) * start + part * point), 0, 1, xtol=1e-15)
    level = (1 - share) * start + share * point
    return level if lead(level) >= 0 else point


def flip_neighbours(children: pd.DataFrame, weights: pd.Series, rule: Rule, scores: pd.Series) -> pd.DataFrame:
    """For every two neighbours in a ranking, the smallest change of weights that brings them level.

    Args:
        children: Scores of the children of one node in one year; regions as rows.
        weights: Weights of the children, which need not sum to 1; those of 0 stay 0.
        rule: How the node is aggregated: a mean.
        scores: Scores of the node by region. Regions without one are not ranked.

    Returns:
        A row for each pair, from the top down: `first`, `second` (the region behind), `gap` of their scores,
        `possible` (false: the first is at least as good on every child), `distance` (Euclidean), `largest_change` of
        a single weight, `raised` and `lowered` (the children whose weights change most; empty where none does),
        `exact`, and for each child `weight_<code>`. Where it is not possible the numbers are missing. Whether a
        region has enough children to be scored is not decided again with the new weights.

    Raises:
        LookupFailed: The rule is no mean.
        DataError: A child is negative where the mean has no value for it.
    """
    shares = weights / weights.sum()
    values = pd.DataFrame(order_values(children[shares.index].to_numpy(), rule), children.index)
    ranked = scores.dropna().round(DECIMALS_OF_NOISE).sort_values(ascending=False, kind="stable").index
    rows = []
    for first, second in pairwise(ranked):
        pair = values.loc[first].to_numpy(), values.loc[second].to_numpy(), shares.to_numpy()
        row = _describe(smallest_flip(*pair), shares, exact=has_same_children(*pair))
        rows.append({"first": first, "second": second, "gap": scores[first] - scores[second], **row})
    return pd.DataFrame(rows, columns=[*FIXED_COLUMNS, *(f"weight_{code}" for code in shares.index)])


def _describe(weights: np.ndarray | None, shares: pd.Series, *, exact: bool) -> dict[str, object]:
    if weights is None:
        return {"possible": False, "raised": "", "lowered": "", "exact": True}
    change = weights - shares
    return {
        "possible": True,
        "distance": float(np.linalg.norm(change)),
        "largest_change": change.abs().max(),
        "raised": change.idxmax() if change.max() > ROUNDING else "",
        "lowered": change.idxmin() if change.min() < -ROUNDING else "",
        "exact": exact,
        **{f"weight_{code}": weight for code, weight in zip(shares.index, weights, strict=True)},
    }
