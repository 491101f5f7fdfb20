"""Skewness and kurtosis of many samples at once, as Excel gives them; missing values are skipped."""

import numpy as np
import pandas as pd


def skewness(samples: np.ndarray) -> np.ndarray:
    """Skewness of type 2, `g1 sqrt(n(n-1)) / (n-2)`, of every row.

    Args:
        samples: Shape (samples, cells); NaN where missing.

    Returns:
        Shape (samples,); NaN for fewer than 3 values and for values that are all the same.

    Examples:
        >>> skewness(np.array([[1.0, 2, np.nan, 6], [5, 5, 5, 5]])).round(6)
        array([1.457863,      nan])
    """
    return _in_units_of_range(samples).skew(axis=1).to_numpy()


def kurtosis(samples: np.ndarray) -> np.ndarray:
    """Excess kurtosis of type 2, `((n+1) g2 + 6) (n-1) / ((n-2)(n-3))`, of every row.

    Args:
        samples: Shape (samples, cells); NaN where missing.

    Returns:
        Shape (samples,); NaN for fewer than 4 values and for values that are all the same.

    Examples:
        >>> kurtosis(np.array([[1.0, 2, 3, 10]])).round(6)
        array([3.228])
    """
    return _in_units_of_range(samples).kurt(axis=1).to_numpy()


def _in_units_of_range(samples: np.ndarray) -> pd.DataFrame:
    # Powers of numbers from 0 to 1 neither overflow nor vanish, and no digits are lost to a large mean.
    least, greatest = (reduce(samples, axis=1, keepdims=True) for reduce in (np.fmin.reduce, np.fmax.reduce))
    spread = np.where(greatest > least, greatest - least, np.nan)
    return pd.DataFrame((samples - least) / spread)
