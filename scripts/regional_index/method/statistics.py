"""Moments of many samples at once: skewness and kurtosis as Excel gives them, missing values skipped."""

from dataclasses import dataclass
from math import prod

import numpy as np

# Deviations of so many cells stay in the processor's cache while their powers are summed.
CELLS_AT_ONCE = 32_768


@dataclass(frozen=True)
class Moments:
    """Moments of samples, in units of the range of each: powers of nothing larger than 1 neither overflow nor vanish.

    All arrays have one entry for each sample.

    Attributes:
        count: How many values are not missing.
        least: Smallest value; NaN where there is none.
        greatest: Largest value; NaN where there is none.
        mean: Mean value; NaN where there is none.
        second: Mean square of deviations from the mean, divided by range²; 0 for a constant sample.
        third: Mean cube, divided by range³.
        fourth: Mean fourth power, divided by range⁴.
    """

    count: np.ndarray
    least: np.ndarray
    greatest: np.ndarray
    mean: np.ndarray
    second: np.ndarray
    third: np.ndarray
    fourth: np.ndarray

    @property
    def skewness(self) -> np.ndarray:
        """Skewness of type 2 of every sample: see `skewness_of`."""
        return skewness_of(self.count, self.second, self.third)

    @property
    def kurtosis(self) -> np.ndarray:
        """Excess kurtosis of type 2 of every sample: see `kurtosis_of`."""
        return kurtosis_of(self.count, self.second, self.fourth)

    @property
    def constant(self) -> np.ndarray:
        """Whether there are values, all of them the same."""
        return self.least == self.greatest


def skewness_of(count: np.ndarray, second: np.ndarray, third: np.ndarray) -> np.ndarray:
    """Skewness of type 2, `g1 sqrt(n(n-1)) / (n-2)`, from mean powers of deviations in any unit.

    NaN for fewer than 3 values and for values that are all the same.
    """
    count = np.where((count >= 3) & (second > 0), count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return third / second**1.5 * np.sqrt(count * (count - 1)) / (count - 2)


def kurtosis_of(count: np.ndarray, second: np.ndarray, fourth: np.ndarray) -> np.ndarray:
    """Excess kurtosis of type 2, `((n+1) g2 + 6) (n-1) / ((n-2)(n-3))`, from mean powers of deviations in any unit.

    NaN for fewer than 4 values and for values that are all the same.
    """
    count = np.where((count >= 4) & (second > 0), count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return ((count + 1) * (fourth / second**2 - 3) + 6) * (count - 1) / ((count - 2) * (count - 3))


def find_moments(samples: np.ndarray) -> Moments:
    """Moments of every row.

    Args:
        samples: Shape (samples, cells); NaN where missing.
    """
    samples = np.ascontiguousarray(samples, dtype=float)
    rows = max(1, CELLS_AT_ONCE // max(samples.shape[1], 1))
    parts = [_moments_of_block(samples[start : start + rows]) for start in range(0, max(len(samples), 1), rows)]
    return Moments(*np.concatenate(parts, axis=1))


def _moments_of_block(block: np.ndarray) -> np.ndarray:
    missing = np.isnan(block)
    count = block.shape[1] - np.count_nonzero(missing, axis=1)
    some = np.where(count > 0, 1.0, np.nan)
    least = np.fmin.reduce(block, axis=1, initial=np.inf) * some
    greatest = np.fmax.reduce(block, axis=1, initial=-np.inf) * some
    spread = greatest - least
    # Counted from the least value, or a mean of 1e9 would take the digits of deviations of 1.
    unit = (block - least[:, None]) / np.where(spread > 0, spread, 1.0)[:, None]
    unit[missing] = 0.0
    cells = np.maximum(count, 1)
    mean = unit.sum(axis=1) / cells
    unit -= mean[:, None]
    unit[missing] = 0.0
    square = unit * unit
    powers = [
        np.einsum("ij,ij->i", left, right) / cells for left, right in ((unit, unit), (square, unit), (square, square))
    ]
    return np.stack([count, least, greatest, least + mean * spread, *powers])


def skewness(array: np.ndarray, axis: int = 0) -> np.ndarray:
    """Skewness of type 2 (that of Excel) along an axis, missing values skipped.

    Args:
        array: Any shape with at least one axis; NaN where missing.
        axis: The axis that is summed over; by default every column is a sample.

    Returns:
        The shape without that axis; NaN for fewer than 3 values and for values that are all the same.

    Examples:
        >>> skewness(np.array([[1.0, 5.0], [2.0, 5.0], [np.nan, 5.0], [6.0, 5.0]])).round(6)
        array([1.457863,      nan])
    """
    samples, shape = _as_rows(array, axis)
    return find_moments(samples).skewness.reshape(shape)


def kurtosis(array: np.ndarray, axis: int = 0) -> np.ndarray:
    """Excess kurtosis of type 2 (that of Excel) along an axis, missing values skipped.

    Args:
        array: Any shape with at least one axis; NaN where missing.
        axis: The axis that is summed over; by default every column is a sample.

    Returns:
        The shape without that axis; NaN for fewer than 4 values and for values that are all the same.

    Examples:
        >>> kurtosis(np.array([[1.0], [2.0], [3.0], [10.0]])).round(6)
        array([3.228])
    """
    samples, shape = _as_rows(array, axis)
    return find_moments(samples).kurtosis.reshape(shape)


def _as_rows(array: np.ndarray, axis: int) -> tuple[np.ndarray, tuple[int, ...]]:
    last = np.moveaxis(np.asarray(array, dtype=float), axis, -1)
    return last.reshape(prod(last.shape[:-1]), last.shape[-1]), last.shape[:-1]
