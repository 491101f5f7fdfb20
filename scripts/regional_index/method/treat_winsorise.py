"""Winsorising: outliers take the next value, one value after the other, until the shape is good enough."""

from dataclasses import dataclass

import numpy as np

from regional_index.method.statistics import find_moments, kurtosis_of, skewness_of


def passes(skewness: np.ndarray, kurtosis: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Whether samples need no treatment: |skewness| or excess kurtosis is below its limit; no if both are missing."""
    return (np.abs(skewness) < limits[0]) | (kurtosis < limits[1])


def winsorise(samples: np.ndarray, *, most: int, skewness: float, kurtosis: float) -> np.ndarray:
    """Every row with its outliers moved inwards until it passes, or until the limit is reached.

    One step: all cells at the largest value (where skewness is 0 or more; else at the smallest) take the next value.
    A step that would leave more than `most` cells changed in all, those that tie included, is not made, nor is one
    that would leave a single value. Rows that pass already are returned as they are.

    Args:
        samples: Shape (samples, cells); NaN where missing.
        most: How many cells of a sample may be changed.
        skewness: A sample passes when its skewness, without sign, is smaller ...
        kurtosis: ... or its excess kurtosis is.

    Examples:
        >>> winsorise(np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 99]]), most=1, skewness=2, kurtosis=3.5)
        array([[1., 2., 3., 4., 5., 6., 7., 8., 8.]])
    """
    if samples.size == 0:
        return samples.copy()
    ends = _find_ends(samples, most)
    # How many cells have moved at the lower end, and at the upper: also the places of the values they moved to.
    moved = np.zeros((2, len(samples)), dtype=int)
    active = np.flatnonzero(ends.values[0, :, 0] < ends.values[1, :, 0])
    while active.size:
        before, after = moved[:, active], moved[:, active]
        shape = ends.skewness_and_kurtosis(active, before)
        side, each = (shape[0] >= 0).astype(int), np.arange(active.size)
        after[side, each] = ends.following[side, active, before[side, each]]
        low, high = ends.values[0, active, after[0]], ends.values[1, active, after[1]]
        step = (low < high) & (after.sum(axis=0) <= most) & (after != before).any(axis=0)
        step &= ~passes(*shape, (skewness, kurtosis))
        active = active[step]
        moved[:, active] = after[:, step]
    low, high = (np.take_along_axis(ends.values[side], moved[side][:, None], axis=1) for side in (0, 1))
    return np.clip(samples, low, high)


@dataclass(frozen=True)
class _Ends:
    """All that a step can change, so that it need not read every cell; the lower end first, then the upper.

    No end reaches beyond the middle: a sample with more than half of its cells at the largest value has a skewness
    below 0, so that the next step is at the other end.

    Attributes:
        values: Shape (2, samples, width): the smallest values ascending, the largest descending; then infinite.
        unit: The same from the mean of the core, in units of the range.
        following: The place of the next different value; the last place where there is none.
        inner: Shape (4, 2, samples, width): sums of the first four powers of `unit` from a place inwards to the core.
        core: Shape (4, samples): sums of those powers of all other cells.
        count: How many values there are.
    """

    values: np.ndarray
    unit: np.ndarray
    following: np.ndarray
    inner: np.ndarray
    core: np.ndarray
    count: np.ndarray

    def skewness_and_kurtosis(self, rows: np.ndarray, moved: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of some samples, with so many of their cells moved at each end (shape (2, rows))."""
        sums = self.core[:, rows]
        for side in (0, 1):
            end = self.unit[side, rows, moved[side]]
            powers = np.stack([end, end**2, end**3, end**4])
            sums = sums + self.inner[:, side, rows, moved[side]] + moved[side] * powers
        count = self.count[rows]
        first, second, third, fourth = sums / count
        # From powers about the mean of the core to powers about the mean.
        central = second - first**2
        cubed = third - 3 * first * second + 2 * first**3
        return skewness_of(count, central, cubed), kurtosis_of(
            count, central, fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4
        )


def _find_ends(samples: np.ndarray, most: int) -> _Ends:
    width = min(most, samples.shape[1] // 2) + 1
    missing = np.isnan(samples)
    smallest = np.sort(np.partition(np.where(missing, np.inf, samples), width - 1, axis=1)[:, :width], axis=1)
    largest = -np.sort(np.partition(np.where(missing, np.inf, -samples), width - 1, axis=1)[:, :width], axis=1)
    count = samples.shape[1] - np.count_nonzero(missing, axis=1)
    core_ends = _meet_in_the_middle(smallest[:, -1], largest[:, -1], largest, count)
    inside = (samples >= core_ends[0][:, None]) & (samples <= core_ends[1][:, None])
    core = find_moments(np.where(inside, samples, np.nan))
    spread = largest[:, 0] - smallest[:, 0]
    spread = np.where(spread > 0, spread, 1.0)
    scale = (core.greatest - core.least) / spread
    values = np.stack([smallest, largest])
    unit = (values - core.mean[:, None]) / spread[:, None]
    outer = np.stack([smallest < core_ends[0][:, None], largest > core_ends[1][:, None]])
    powers = np.where(outer, unit, 0.0) ** np.arange(1, 5)[:, None, None, None]
    return _Ends(
        values,
        unit,
        _find_following(values),
        np.cumsum(powers[..., ::-1], axis=-1)[..., ::-1],
        core.count * np.stack([0 * scale, core.second * scale**2, core.third * scale**3, core.fourth * scale**4]),
        count,
    )


def _meet_in_the_middle(
    lower: np.ndarray, upper: np.ndarray, largest: np.ndarray, count: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Where the core begins and ends: at the innermost values of the ends; if these overlap, at the middle value."""
    place = np.minimum(count // 2, largest.shape[1] - 1)
    middle = largest[np.arange(len(largest)), place]
    return np.where(lower > upper, middle, lower), np.where(lower > upper, middle, upper)


def _find_following(values: np.ndarray) -> np.ndarray:
    places = np.arange(values.shape[-1])
    starts = np.full(values.shape, values.shape[-1])
    starts[..., :-1] = np.where(values[..., 1:] != values[..., :-1], places[1:], values.shape[-1])
    following = np.minimum.accumulate(starts[..., ::-1], axis=-1)[..., ::-1]
    return np.where(following < values.shape[-1], following, places)
