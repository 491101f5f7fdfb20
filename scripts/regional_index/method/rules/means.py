"""Weighted means over the children present, on plain arrays; see `rules.aggregate` for the shapes."""

from collections.abc import Callable, Sequence

import numpy as np

Transform = Callable[[np.ndarray], np.ndarray]

# Powers up to e^600 can still be summed; below 0.01, x^p is so close to 1 that its differences lose digits.
LARGEST_EXPONENT, SMALLEST_POWER = 600.0, 0.01


def aggregate_arithmetic(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int = 1) -> np.ndarray:
    """Weighted arithmetic mean of the children present: sum of w x over sum of w.

    Examples:
        >>> aggregate_arithmetic([np.array([[20.0, 60.0]]), np.array([[100.0, np.nan]])], np.array([[3.0, 1.0]]))
        array([[40., 60.]])
    """
    return mean_of(children, weights, lambda child: child)


def aggregate_geometric(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int = 1) -> np.ndarray:
    """Weighted geometric mean of the children present: exp(sum of w ln x over sum of w); 0 when one of them is 0.

    A negative child makes it NaN.

    Examples:
        >>> aggregate_geometric([np.array([[4.0, 0.0]]), np.array([[9.0, 9.0]])], np.array([[1.0, 1.0]])).round(9)
        array([[6., 0.]])
    """
    return np.exp(mean_of(children, weights, np.log))


def aggregate_harmonic(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int = 1) -> np.ndarray:
    """Weighted harmonic mean of the children present: sum of w over sum of w / x; 0 when one of them is 0.

    A negative child makes it NaN.

    Examples:
        >>> aggregate_harmonic([np.array([[2.0, 0.0]]), np.array([[6.0, 6.0]])], np.array([[1.0, 1.0]])).round(9)
        array([[3., 0.]])
    """
    return 1.0 / mean_of(children, weights, lambda child: 1.0 / _not_negative(child))


def aggregate_generalised_mean(
    children: Sequence[np.ndarray], weights: np.ndarray, *, power: float, years: int = 1
) -> np.ndarray:
    """Weighted power mean of the children present: (sum of w x^p over sum of w)^(1/p).

    A negative child makes it NaN, except for p = 1.

    Args:
        children: k arrays of shape (1, n) or (d, n).
        weights: Shape (d, k).
        power: p; 1 is the arithmetic mean, 0 the geometric one, -1 the harmonic one. The lower it is, the less a high
            child makes up for a low one; from 0 down, a child of 0 makes the mean 0.
        years: Without effect.

    Examples:
        >>> aggregate_generalised_mean([np.array([[1.0]]), np.array([[7.0]])], np.array([[1.0, 1.0]]), power=2)
        array([[5.]])
    """
    named = {1.0: aggregate_arithmetic, 0.0: aggregate_geometric, -1.0: aggregate_harmonic}
    if power in named:
        return named[power](children, weights)
    if abs(power) < SMALLEST_POWER:
        return np.exp(np.log1p(mean_of(children, weights, lambda child: np.expm1(power * np.log(child)))) / power)
    if abs(power) * _greatest_logarithm(children) > LARGEST_EXPONENT:
        return _mean_of_great_powers(children, weights, power)
    return mean_of(children, weights, lambda child: _not_negative(child) ** power) ** (1.0 / power)


def multiply(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The product of two matrices, of numbers or of yes and no, as floats.

    Not `@`: its threads wait for each other where another process has one of the cores, and the order in which they
    sum, so the last bits, depends on how many there are.

    Examples:
        >>> multiply(np.array([[1.0, 2.0]]), np.array([[True, False], [True, True]]))
        array([[3., 2.]])
    """
    return np.einsum("mk,kn->mn", left, right, dtype=float, casting="safe")


def mean_of(children: Sequence[np.ndarray], weights: np.ndarray, forward: Transform) -> np.ndarray:
    """Sum of w f(x) over sum of w, over the children present; NaN where none of positive weight is.

    Children that are the same in all draws cost one matrix product.

    Args:
        children: k arrays of shape (1, n) or (d, n), NaN where missing.
        weights: Shape (d, k).
        forward: f; infinite where the mean is to be so, NaN where x has no such mean.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        if len(weights) > 1 and all(len(child) == 1 for child in children):
            total, weight = _sums_by_product(np.concatenate(children), weights, forward)
        else:
            total, weight = _sums_by_child(children, weights, forward)
        return np.divide(total, weight, out=total)


def shape_of(children: Sequence[np.ndarray], weights: np.ndarray) -> tuple[int, int]:
    """Shape (d, n) of what children and weights make together."""
    return max(len(array) for array in (weights, *children)), children[0].shape[1]


def columns_of(weights: np.ndarray) -> np.ndarray:
    """The weights child by child: shape (k, d, 1)."""
    return weights.T[:, :, None]


def _sums_by_product(children: np.ndarray, weights: np.ndarray, forward: Transform) -> tuple[np.ndarray, np.ndarray]:
    missing = np.isnan(children)
    values = np.where(missing, 0.0, forward(children))
    odd = ~np.isfinite(values)
    total = multiply(weights, np.where(odd, 0.0, values))
    for value in (np.inf, -np.inf, np.nan) if odd.any() else ():
        # 0 x infinity is no number, yet a child of weight 0 is no child: these cells enter by themselves.
        alike = np.isnan(values) if np.isnan(value) else values == value
        total[multiply(weights, alike) > 0] = value
    return total, multiply(weights, ~missing) if missing.any() else weights.sum(axis=1, keepdims=True)


def _sums_by_child(
    children: Sequence[np.ndarray], weights: np.ndarray, forward: Transform
) -> tuple[np.ndarray, np.ndarray]:
    # One child after the other, so that a sum has the same bits wherever its region is in the array.
    total, present = np.zeros(shape_of(children, weights)), np.zeros(shape_of(children, weights))
    for child, weight in zip(children, columns_of(weights), strict=True):
        here = np.where(np.isnan(child), 0.0, weight)
        total += np.where(here > 0, here * forward(child), 0.0)
        present += here
    return total, present


def _not_negative(child: np.ndarray) -> np.ndarray:
    return np.where(child < 0, np.nan, child)


def _greatest_logarithm(children: Sequence[np.ndarray]) -> float:
    """The greatest |ln x| of all positive children."""
    positive = [child[(child > 0) & np.isfinite(child)] for child in children]
    ends = [end for child in positive if child.size for end in (child.min(), child.max())]
    return float(np.abs(np.log(ends)).max(initial=0.0))


def _mean_of_great_powers(children: Sequence[np.ndarray], weights: np.ndarray, power: float) -> np.ndarray:
    """Draw by draw, relative to the greatest child (the least where p < 0): its power is 1, and no other is above."""
    means = np.full(shape_of(children, weights), np.nan)
    further = np.fmax if power > 0 else np.fmin
    for draw, mean in enumerate(means):
        weight = weights[min(draw, len(weights) - 1)]
        used = [k for k, own in enumerate(weight) if own > 0]
        if not used:
            continue
        rows = [children[k][min(draw, len(children[k]) - 1)] for k in used]
        extreme = further.reduce(rows)
        extreme = np.where(extreme > 0, extreme, 1.0)
        relative = [(row / extreme)[None] for row in rows]
        powers = mean_of(relative, weight[None, used], lambda child: _not_negative(child) ** power)
        mean[:] = extreme * powers[0] ** (1.0 / power)
    return means
