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
    rounded = scores["score"].astype(float).round(DECIMALS_OF_NOISE)
    ranks = rounded.groupby([scores["year"], scores["index"]]).rank(method="min", ascending=False)
    return scores.assign(rank=ranks.astype("Int64"))


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
    # The same sum in another order differs in its last bits; that is no difference of score.
    rounded = np.moveaxis(np.round(np.asarray(scores, dtype=float), DECIMALS_OF_NOISE), axis, -1)
    fields = pd.DataFrame(rounded.reshape(-1, rounded.shape[-1]) if rounded.size else np.empty((0, 1)))
    ranks = fields.rank(axis=1, method="min", ascending=False).to_numpy()
    return np.moveaxis(ranks.reshape(rounded.shape), -1, axis)
