"""How little the weights of a mean would have to change for two regions to change places."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from regional_index.errors import DataError, LookupFailed, Problem
from regional_index.framework import Rule
from regional_index.method.rank import DECIMALS_OF_NOISE
from regional_index.soundness.partial_flips import nearest_level

# Differences below it, next to the values they are of, are rounding.
ROUNDING = 1e-12
FIXED_COLUMNS = ("first", "second", "gap", "possible", "distance", "largest_change", "raised", "lowered", "exact")


@dataclass(frozen=True)
class Flip:
    """The nearest weights at which the second of two regions is no longer behind.

    Attributes:
        weights: They sum to 1; none is negative.
        distance: Euclidean distance from the weights as they are.
        exact: False where it was searched for rather than solved for: none nearer was found.
    """

    weights: np.ndarray
    distance: float
    exact: bool = True


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
    powers = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
    power = rule.options.get("power", powers.get(rule.name))
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


def smallest_flip(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> Flip | None:
    """The smallest change of weights after which the second of two regions is level with the first.

    Minimises the squared distance to the weights under sum = 1, weights >= 0 and weights @ (second - first) >= 0.
    The solution is the projection of weights + t (second - first) on the weights there can be, for the one t at which
    the two are level: exact, for any number of children.

    Args:
        first: Values of the children of the region ahead, as `order_values` gives them; NaN where it has none.
        second: Of the region behind, which must have the same children.
        weights: As they are; they sum to 1. A child of weight 0 is absent, and stays so.

    Returns:
        The weights; those given where the second is not behind. Nothing where the first is at least as good on
        every child, so that no weights put it behind.
    """
    there = weights > 0
    if np.isneginf(first[there]).any():
        return Flip(weights.copy(), 0.0)
    free = there & ~np.isneginf(second)
    # A child that neither has says nothing about their order.
    difference = np.nan_to_num(second[free] - first[free], nan=0.0)
    if free.sum() == there.sum() and difference @ weights[free] >= 0:
        return Flip(weights.copy(), 0.0)
    span = np.abs(difference).max(initial=0.0)
    if difference.max(initial=0.0) <= ROUNDING * max(span, np.nan_to_num(np.abs(first[free])).max(initial=0.0)):
        return None
    found = np.zeros_like(weights)
    found[free] = _project_level(weights[free], difference / span)
    return Flip(found, float(np.linalg.norm(found - weights)))


def _project_level(weights: np.ndarray, difference: np.ndarray) -> np.ndarray:
    """The nearest weights with difference @ weights >= 0; the largest difference is positive."""
    if difference @ project(weights) >= 0:
        return project(weights)
    low, high = 0.0, 1.0
    while difference @ project(weights + high * difference) < 0:
        low, high = high, 2 * high
    for _ in range(100):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        behind = difference @ project(weights + middle * difference) < 0
        low, high = (middle, high) if behind else (low, middle)
    return project(weights + high * difference)


def project(point: np.ndarray) -> np.ndarray:
    """The nearest weights to a point: the nearest point with sum 1 and nothing negative."""
    ordered = np.sort(point)[::-1]
    excess = (np.cumsum(ordered) - 1) / np.arange(1, len(point) + 1)
    return np.maximum(point - excess[ordered > excess][-1], 0)


def partial_flip(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> Flip | None:
    """As `smallest_flip`, for two regions that do not have the same children.

    The mean of each is over the children it has, so the weights at which they are level lie on a curve, and are
    searched for (`partial_flips.nearest_level`). The weights returned do bring them level; `exact` is False, for
    others that are nearer cannot be ruled out. Nothing where none were found.
    """
    there = weights > 0
    if np.isneginf(first[there]).any():
        return Flip(weights.copy(), 0.0, exact=False)
    free = there & ~np.isneginf(second)
    start = project(weights[free]) if free.any() else weights[free]
    level = nearest_level(first[free], second[free], weights[free], start)
    if level is None:
        return None
    found = np.zeros_like(weights)
    found[free] = level
    return Flip(found, float(np.linalg.norm(found - weights)), exact=False)


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
        region has enough children to be scored is not asked anew with the new weights.

    Raises:
        LookupFailed: The rule is no mean.
        DataError: A child is negative where the mean has no value for it.
    """
    shares = weights / weights.sum()
    values = pd.DataFrame(order_values(children[shares.index].to_numpy(), rule), children.index)
    ranked = scores.dropna().round(DECIMALS_OF_NOISE).sort_values(ascending=False, kind="stable").index
    rows = []
    for first, second in pairwise(ranked):
        flip = _flip(values.loc[first].to_numpy(), values.loc[second].to_numpy(), shares.to_numpy())
        rows.append({"first": first, "second": second, "gap": scores[first] - scores[second], **_told(flip, shares)})
    columns = [*FIXED_COLUMNS, *(f"weight_{code}" for code in shares.index)]
    return pd.DataFrame(rows, columns=columns)


def _flip(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> Flip | None:
    same = (np.isnan(first) == np.isnan(second))[weights > 0].all()
    return smallest_flip(first, second, weights) if same else partial_flip(first, second, weights)


def _told(flip: Flip | None, shares: pd.Series) -> dict[str, object]:
    if flip is None:
        return {"possible": False, "raised": "", "lowered": "", "exact": True}
    change = pd.Series(flip.weights, shares.index) - shares
    return {
        "possible": True,
        "distance": flip.distance,
        "largest_change": change.abs().max(),
        "raised": change.idxmax() if change.max() > ROUNDING else "",
        "lowered": change.idxmin() if change.min() < -ROUNDING else "",
        "exact": flip.exact,
        **{f"weight_{code}": value for code, value in zip(shares.index, flip.weights, strict=True)},
    }
