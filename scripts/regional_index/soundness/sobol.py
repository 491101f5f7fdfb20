"""Sobol indices: what part of the variance of a result each factor accounts for, from a design A, B, A_B^i."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from regional_index.method.products import multiply

RESAMPLES = 1000
INTERVAL = (0.025, 0.975)
# What is no more than this part of the largest result comes from rounding.
NOISE = 1e-12
# Resamples drawn at once, and numbers held at once for the intervals: 16 MB.
AT_ONCE, NUMBERS = 100, 2**21


@dataclass(frozen=True)
class SobolIndices:
    """First-order and total indices with the ends of their 95 % intervals, each of shape (factors, outputs).

    Attributes:
        variance: Of every output, shape (outputs,); all its indices are 0 where it is 0.
        rows: Rows of the design that entered, shape (outputs,).
    """

    first: np.ndarray
    total: np.ndarray
    first_lower: np.ndarray
    first_upper: np.ndarray
    total_lower: np.ndarray
    total_upper: np.ndarray
    variance: np.ndarray
    rows: np.ndarray


def make_design(factors: int, base: int, seed: int) -> np.ndarray:
    """Runs of a scrambled Sobol sequence in 2 x factors dimensions: A, then B, then A with one column of B each.

    Args:
        factors: At least one.
        base: Rows of A, a power of two.
        seed: Of the scrambling.

    Returns:
        Numbers in [0, 1), shape (base x (factors + 2), factors).

    Examples:
        >>> make_design(3, 8, seed=1).shape
        (40, 3)
    """
    from scipy.stats import qmc  # takes as long to import as all of pandas; a cached study does without

    points = qmc.Sobol(2 * factors, scramble=True, rng=seed).random(base)
    # A point that is rounded up to 1 would be beyond the last option.
    points = np.minimum(points, np.nextafter(1.0, 0.0))
    a, b = points[:, :factors], points[:, factors:]
    mixed = np.repeat(a[None], factors, axis=0)
    each = np.arange(factors)
    mixed[each, :, each] = b.T
    return np.concatenate([a, b, mixed.reshape(-1, factors)])


def split_runs(results: np.ndarray, base: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Results of the runs of `make_design`, first axis, as those of A, B (base, ...) and A_B (factors, base, ...)."""
    mixed = results[2 * base :]
    return results[:base], results[base : 2 * base], mixed.reshape(-1, base, *results.shape[1:])


def sobol_indices(
    y_a: np.ndarray, y_b: np.ndarray, y_ab: np.ndarray, *, seed: int = 0, resamples: int = RESAMPLES
) -> SobolIndices:
    """First-order and total Sobol indices with bootstrap intervals.

    First order: mean(y_B (y_ABi - y_A)) / V (Saltelli et al. 2010); total: mean((y_A - y_ABi)^2) / 2V (Jansen 1999);
    V is the variance of A and B together, divided by their number, not one less. Results are centred by their mean
    over all runs before, for the first estimator is biased otherwise. A factor that changes nothing has exactly 0.

    Args:
        y_a: Results of A, shape (n, outputs); NaN where a run has none: its row is left out for this output.
        y_b: Results of B, the same shape.
        y_ab: Results of A with the column of one factor from B, shape (factors, n, outputs).
        seed: Of the resampling.
        resamples: How often rows are drawn with replacement for the intervals (2.5 and 97.5 % quantiles).
    """
    outputs = y_a.shape[1]
    step = max(1, NUMBERS // (max(resamples, len(y_a)) * len(y_ab)))
    starts = range(0, outputs, step)
    pieces = [
        _indices(y_a[:, k : k + step], y_b[:, k : k + step], y_ab[:, :, k : k + step], seed, resamples) for k in starts
    ]
    return SobolIndices(*(np.concatenate(parts, axis=-1) for parts in zip(*pieces, strict=True)))


def _indices(y_a: np.ndarray, y_b: np.ndarray, y_ab: np.ndarray, seed: int, resamples: int) -> tuple[np.ndarray, ...]:
    """The fields of `SobolIndices`, for some of the outputs."""
    valid = ~np.isnan(y_a + y_b + y_ab.sum(axis=0))
    largest = np.abs(np.where(valid, np.stack([y_a, y_b]), 0.0)).max(axis=(0, 1))
    runs = (len(y_ab) + 2) * np.maximum(valid.sum(axis=0), 1)
    centre = np.where(valid, y_a + y_b + y_ab.sum(axis=0), 0.0).sum(axis=0) / runs
    y_a, y_b, y_ab = (np.where(valid, y - centre, 0.0) for y in (y_a, y_b, y_ab))
    terms = _Terms(valid.astype(float), y_a + y_b, y_a**2 + y_b**2, y_b * (y_ab - y_a), (y_a - y_ab) ** 2)
    noise = (NOISE * largest) ** 2
    first, total, variance = terms.estimate(np.ones((1, len(y_a))), noise)
    counts = _resample(len(y_a), resamples, seed)
    drawn = [terms.estimate(some, noise)[:2] for some in counts]
    ends = [np.quantile(np.concatenate(each), INTERVAL, axis=0) for each in zip(*drawn, strict=True)]
    return first[0], total[0], *ends[0], *ends[1], variance[0], valid.sum(axis=0)


@dataclass(frozen=True)
class _Terms:
    """What the estimators sum over the rows of the design; shape (n, outputs) or (factors, n, outputs)."""

    rows: np.ndarray
    sums: np.ndarray
    squares: np.ndarray
    products: np.ndarray
    differences: np.ndarray

    def estimate(self, counts: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """First, total (samples, factors, outputs) and variance (samples, outputs), rows counted so often.

        Args:
            counts: Shape (samples, n).
            noise: A variance up to which an output does not vary, shape (outputs,).
        """
        rows = np.maximum(multiply(counts, self.rows), 1.0)
        variance = multiply(counts, self.squares) / (2 * rows) - (multiply(counts, self.sums) / (2 * rows)) ** 2
        variance = np.where(variance > noise, variance, 0.0)
        divisor = (rows * np.where(variance > 0, variance, np.inf))[:, None]
        first, total = (
            np.stack([multiply(counts, of_factor) for of_factor in term], axis=1)
            for term in (self.products, self.differences)
        )
        return first / divisor, total / (2 * divisor), variance


def _resample(rows: int, resamples: int, seed: int) -> Iterator[np.ndarray]:
    """How often every row is in a sample drawn with replacement; shape (samples, rows), some samples at a time."""
    generator = np.random.default_rng(seed)
    for start in range(0, resamples, AT_ONCE):
        samples = min(AT_ONCE, resamples - start)
        drawn = generator.integers(rows, size=(samples, rows)) + rows * np.arange(samples)[:, None]
        yield np.bincount(drawn.ravel(), minlength=samples * rows).reshape(samples, rows).astype(float)
