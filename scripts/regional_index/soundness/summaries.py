"""What thousands of draws come to: quantiles of scores and ranks, and who is ahead of whom how often."""

from collections.abc import Sequence

import numpy as np

from regional_index.soundness.draws import ABSENT

# Cells whose draws are sorted together; 16 MB of scores at 10,000 draws.
TOGETHER = 2**21


def score_quantiles(scores: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Quantiles of type 7 over draws; missing draws are skipped.

    Args:
        scores: Shape (draws, cells), NaN where missing.
        levels: Between 0 and 1.

    Returns:
        Shape (levels, cells); NaN where no draw has a score.

    Examples:
        >>> score_quantiles(np.array([[10.0], [20.0], [40.0], [np.nan]]), [0.25, 0.5])
        array([[15.],
               [20.]])
    """
    found = np.full((len(levels), scores.shape[1]), np.nan)
    for cells in _pieces(scores):
        ordered = np.sort(scores[:, cells].T, axis=1)
        last = np.maximum((~np.isnan(ordered)).sum(axis=1) - 1, 0) if ordered.size else 0
        each = np.arange(len(ordered))
        for k, level in enumerate(levels if ordered.size else ()):
            place = level * last
            below = np.floor(place).astype(int)
            low, high = ordered[each, below], ordered[each, np.minimum(below + 1, last)]
            found[k, cells] = low + (high - low) * (place - below)
    return found


def rank_quantiles(ranks: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Quantiles that are ranks themselves: the least rank that at least this share of the draws does not exceed.

    (The inverse of the empirical distribution, "inverted_cdf", type 1.) Draws without a rank are skipped.

    Args:
        ranks: Shape (draws, cells), `ABSENT` where missing.
        levels: Above 0, at most 1.

    Returns:
        Shape (levels, cells), floats; NaN where no draw has a rank.

    Examples:
        >>> rank_quantiles(np.array([[1], [2], [2], [5]], dtype=np.int16), [0.25, 0.5, 0.95])
        array([[1.],
               [2.],
               [5.]])
    """
    found = np.full((len(levels), ranks.shape[1]), np.nan)
    for cells in _pieces(ranks):
        ordered = np.sort(ranks[:, cells].T, axis=1)
        count = (ordered != ABSENT).sum(axis=1)
        for k, level in enumerate(levels):
            # 0.05 x 140 is a little more than 7, in the last bit only.
            place = np.maximum(np.ceil(np.round(level * count, 9)).astype(int) - 1, 0)
            found[k, cells] = np.where(count > 0, ordered[np.arange(len(ordered)), place], np.nan)
    return found


def tier_probabilities(ranks: np.ndarray, tiers: Sequence[int]) -> np.ndarray:
    """How often a region is in each tier.

    Args:
        ranks: Shape (draws, cells), `ABSENT` where missing.
        tiers: Last rank of every tier but the last, ascending.

    Returns:
        Shape (tiers + 1, cells), between 0 and 1, of the draws with a rank; NaN where there is none.

    Examples:
        >>> tier_probabilities(np.array([[1], [2], [2], [5]], dtype=np.int16), [1, 3]).ravel().tolist()
        [0.25, 0.5, 0.25]
    """
    count = (ranks != ABSENT).sum(axis=0)
    within = [np.zeros_like(count), *((ranks <= last).sum(axis=0) for last in tiers), count]
    return np.diff(np.stack(within), axis=0) / np.where(count > 0, count, np.nan)


def shares_ahead(ranks: np.ndarray) -> np.ndarray:
    """How often each region is ahead of each other one; a tie counts half.

    Args:
        ranks: Shape (draws, regions), `ABSENT` where missing.

    Returns:
        Shape (regions, regions): the row ahead of the column, of the draws in which both have a rank; one half of
        each with itself. NaN where there is no such draw. With its transpose it makes 1.

    Examples:
        >>> shares_ahead(np.array([[1, 2], [1, 1], [1, 2], [1, 2]], dtype=np.int16))
        array([[0.5  , 0.875],
               [0.125, 0.5  ]])
    """
    by_region = np.ascontiguousarray(ranks.T)
    regions, draws = by_region.shape
    present = by_region != ABSENT
    whole = present.all()
    both = np.full((regions, regions), float(draws))
    less = np.zeros((regions, regions))
    for i in range(regions):
        for j in range(i):
            first, second = by_region[i], by_region[j]
            if not whole:
                common = present[i] & present[j]
                first, second = first[common], second[common]
                both[i, j] = both[j, i] = len(first)
            # Counting the true entries of a flat array is many times as fast as along an axis of a larger one.
            less[i, j], less[j, i] = np.count_nonzero(first < second), np.count_nonzero(second < first)
    # A fraction of whole numbers: what was counted, without noise of a difference.
    ahead = (both + less - less.T) / np.where(both > 0, 2 * both, np.nan)
    np.fill_diagonal(ahead, np.where(present.any(axis=1), 0.5, np.nan))
    return ahead


def _pieces(array: np.ndarray) -> list[slice]:
    step = max(1, TOGETHER // max(len(array), 1))
    return [slice(start, start + step) for start in range(0, array.shape[1], step)]
