"""Winsorising: outliers take the next value, one value after the other, until the shape is good enough."""

import numpy as np

from regional_index.method.rules.skewness import kurtosis, skewness


def passes(samples: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Whether samples need no treatment: |skewness| or excess kurtosis is below its limit; no if both are missing."""
    return (np.abs(skewness(samples)) < limits[0]) | (kurtosis(samples) < limits[1])


def winsorise(samples: np.ndarray, *, most: int, limits: tuple[float, float]) -> np.ndarray:
    """Every row with its outliers moved inwards until it passes, or until the limit is reached.

    One step: all cells at the largest value (where skewness is 0 or more; else at the smallest) take the next value.
    A step that would leave more than `most` cells changed in all, those that tie included, is not made, nor is one
    that would leave a single value. Rows that pass already are returned as they are.

    Args:
        samples: Shape (samples, cells); NaN where missing.
        most: How many cells of a sample may be changed.
        limits: A sample passes when its skewness, without sign, is below the first, or its excess kurtosis below the
            second.

    Examples:
        >>> winsorise(np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 99]]), most=1, limits=(2, 3.5))
        array([[1., 2., 3., 4., 5., 6., 7., 8., 8.]])
    """
    treated, active = samples.copy(), np.arange(len(samples))
    low, high = np.fmin.reduce(samples, axis=1, initial=np.inf), np.fmax.reduce(samples, axis=1, initial=-np.inf)
    while active.size:
        rows, ends = samples[active], np.stack([low[active], high[active]])
        upper = skewness(treated[active]) >= 0
        following_low = np.where(rows > ends[0][:, None], rows, np.inf).min(axis=1)
        following_high = np.where(rows < ends[1][:, None], rows, -np.inf).max(axis=1)
        new_low, new_high = np.where(upper, ends[0], following_low), np.where(upper, following_high, ends[1])
        moved = ((rows < new_low[:, None]) | (rows > new_high[:, None])).sum(axis=1)
        step = (new_low < new_high) & (moved <= most) & ~passes(treated[active], limits)
        active = active[step]
        low[active], high[active] = new_low[step], new_high[step]
        treated[active] = np.clip(samples[active], low[active][:, None], high[active][:, None])
    return treated
