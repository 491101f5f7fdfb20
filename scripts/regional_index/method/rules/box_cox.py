"""Transformations of outliers: the logarithm and the Box-Cox family, both increasing."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import boxcox

SHARE_OF_RANGE = 0.01

# Beyond these powers of e, squares of x^λ leave the range of floating-point numbers, or (x^λ - 1) / λ keeps fewer than
# nine digits.
LARGEST_EXPONENT, SMALLEST_EXPONENT, LARGEST_SPREAD = 300.0, 14.0, 150.0

# With λ ln x this small, what the slope is made of is lost in rounding, and three terms of the series are exact.
SMALL_EXPONENT = 1e-4


def shift_to_positive(samples: np.ndarray) -> np.ndarray:
    """`x - min + 0.01 (max - min)` of every row: greater than 0 wherever a row has two different values.

    Args:
        samples: Shape (samples, cells); NaN where missing, and no row without a value.

    Examples:
        >>> shift_to_positive(np.array([[-50.0, 0.0, 50.0]]))
        array([[  1.,  51., 101.]])
    """
    least = np.fmin.reduce(samples, axis=1, keepdims=True)
    spread = np.fmax.reduce(samples, axis=1, keepdims=True) - least
    return samples - least + SHARE_OF_RANGE * spread


def transform_log(samples: np.ndarray) -> np.ndarray:
    """`ln(x - min + 0.01 (max - min))` of every row; it needs two different values, and no value need be positive.

    Args:
        samples: Shape (samples, cells); NaN where missing.

    Examples:
        >>> transform_log(np.array([[0.0, 99.0, 100.0]])).round(6)
        array([[0.      , 4.60517 , 4.615121]])
    """
    return np.log(shift_to_positive(samples))


def transform_box_cox(samples: np.ndarray) -> np.ndarray:
    """`(x^λ - 1) / λ` of every row, `ln x` for λ = 0; λ is the maximum-likelihood estimate of the row.

    Rows with a value of 0 or less are shifted as for the logarithm first. `find_power` says where λ ends.

    Args:
        samples: Shape (samples, cells); NaN where missing, and two different values in every row.

    Examples:
        >>> transform_box_cox(np.array([[1.0, 4.0, 9.0, 16.0, 25.0]])).round(3)
        array([[0.   , 1.778, 3.288, 4.647, 5.903]])
    """
    positive = np.where(np.fmin.reduce(samples, axis=1, keepdims=True) > 0, samples, shift_to_positive(samples))
    powers = np.array([find_power(row[~np.isnan(row)]) for row in positive])
    return boxcox(positive, powers[:, None])


def find_power(values: np.ndarray) -> float:
    """The λ of the Box-Cox transformation under which values are most like a normal distribution.

    The profile likelihood `-n/2 ln var(y) + (λ - 1) sum(ln x)` has one maximum (Kouider and Chen 1995), where its
    slope is 0. λ is used only where the transformed values can be told apart.

    Args:
        values: Greater than 0, at least two different ones.
    """
    logs = np.log(values)
    if logs.min() == logs.max():
        return 1.0  # too close to each other for their logarithms
    lowest, highest = _limits_of_power(logs)
    # Divided by their geometric mean, values have the same λ, and the second term is 0.
    logs = logs - logs.mean()
    low, high = max(-1.0, lowest), min(1.0, highest)
    while high < highest and _slope(high, logs) > 0:
        low, high = high, min(2 * high, highest)
    while low > lowest and _slope(low, logs) < 0:
        low, high = max(2 * low, lowest), low
    if _slope(low, logs) <= 0:
        return low
    return high if _slope(high, logs) >= 0 else float(brentq(_slope, low, high, args=(logs,), xtol=1e-13))


def _limits_of_power(logs: np.ndarray) -> tuple[float, float]:
    least, greatest = float(logs.min()), float(logs.max())
    mean = float(logs.mean())
    widest = LARGEST_SPREAD / max(greatest - mean, mean - least)

    def limit(largest: float) -> float:
        exponent = LARGEST_EXPONENT if largest > 0 else SMALLEST_EXPONENT
        return min(widest, exponent / abs(largest)) if largest else widest

    return -limit(-least), limit(greatest)


def _slope(power: float, logs: np.ndarray) -> float:
    """Slope of the profile likelihood at λ, up to a positive factor; `logs` have the mean 0."""
    if np.abs(power) * np.abs(logs).max() < SMALL_EXPONENT:
        grown = logs + logs**2 * (power / 2 + logs * power**2 / 6)
        change = logs**2 * (1 / 2 + logs * (power / 3 + logs * power**2 / 8))
    else:
        grown = np.expm1(power * logs) / power
        change = (logs * (1 + power * grown) - grown) / power
    deviation = grown - grown.mean()
    # Not `@`: its threads wait for each other longer than they compute.
    return -float(np.einsum("i,i", deviation, change) / np.einsum("i,i", deviation, deviation))
