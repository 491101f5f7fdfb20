"""Step: rank scores within each index and year."""

import numpy as np
import pandas as pd

DECIMALS_OF_NOISE = 9


def rank_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Add `rank`: 1 for the highest unrounded score, equal scores share the better rank, missing has none.

    Args:
        scores: Long frame with at least `year, index, score`, rows in any order.

    Returns:
        The frame with a column `rank` (nullable whole number).

    Examples:
        >>> frame = pd.DataFrame({"year": 1, "index": "a", "score": [5.0, 9.0, 5.0, None]})
        >>> rank_scores(frame)["rank"].tolist()
        [2, 1, 2, <NA>]
    """
    years, _ = pd.factorize(scores["year"])
    indices, names = pd.factorize(scores["index"])
    descending = _descending(scores["score"].to_numpy(dtype=float, na_value=np.nan))
    absent = np.isnan(descending) | (years < 0) | (indices < 0)
    contests = years * len(names) + indices + 1
    contests[absent] = 0
    # All contests are ranked in one sort by score and one, which keeps that order, by contest. Numbers of few bytes
    # are sorted by their digits, in linear time.
    order = np.argsort(descending)
    contests = contests[order].astype(np.min_scalar_type(contests.max(initial=0)))
    by_contest = np.argsort(contests, kind="stable")
    order, contests = order[by_contest], contests[by_contest]
    first = _differs(contests)
    ranks = np.ones(len(scores), dtype=np.int64)
    ranks[order] = _starts(first | _differs(descending[order])) - _starts(first) + 1
    return scores.assign(rank=pd.arrays.IntegerArray(ranks, absent))


def ranks_of(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    """Ranks of many fields of regions at once: of draws, years, indices.

    Args:
        scores: Any shape; the regions that are ranked with each other lie along `axis`. NaN where missing.
        axis: The axis of the regions.

    Returns:
        Ranks of the same shape, as floats: 1 for the highest score, equal scores share the lower number ("1224"),
        NaN where the score is missing. Scores are equal when they are so after rounding to nine decimals.

    Examples:
        >>> ranks_of(np.array([[5.0, 9.0, 5.0, np.nan, 1.0], [1.0, 2.0, 3.0, 4.0, 5.0]]))
        array([[ 2.,  1.,  2., nan,  4.],
               [ 5.,  4.,  3.,  2.,  1.]])
    """
    descending = np.moveaxis(_descending(np.asarray(scores, dtype=float)), axis, -1)
    rows = descending.reshape(-1, descending.shape[-1]) if descending.size else descending.reshape(0, 1)
    flat, regions = rows.ravel(), rows.shape[1]
    order = np.argsort(rows, axis=-1)
    order += np.arange(0, flat.size, regions)[:, None]
    ranks = np.empty(flat.size)
    ranks[order] = _starts(_differs(flat[order])) + 1
    ranks[np.isnan(flat)] = np.nan
    return np.moveaxis(ranks.reshape(descending.shape), -1, axis)


def _descending(scores: np.ndarray) -> np.ndarray:
    # The same sum in another order differs in its last bits; that is no difference of score.
    rounded = np.round(scores, DECIMALS_OF_NOISE)
    return np.negative(rounded, out=rounded)


def _differs(values: np.ndarray) -> np.ndarray:
    """Where an entry, along the last axis, differs from the one before it; the first one always does."""
    differs = np.ones(values.shape, dtype=bool)
    np.not_equal(values[..., 1:], values[..., :-1], out=differs[..., 1:])
    return differs


def _starts(first: np.ndarray) -> np.ndarray:
    """For every entry, along the last axis, the position at which its run began."""
    positions = np.arange(first.shape[-1])
    if first.all():
        return np.broadcast_to(positions, first.shape)
    return np.maximum.accumulate(np.where(first, positions, 0), axis=-1)
