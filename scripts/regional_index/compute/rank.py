"""Step: rank scores within each index and year."""

import pandas as pd

DECIMALS_OF_NOISE = 9


def rank_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Add `rank`: 1 for the highest unrounded score, equal scores share the better rank, missing has none.

    Args:
        scores: Long frame with at least `year, index, score`.

    Returns:
        The frame with a column `rank` (nullable whole number).

    Examples:
        >>> frame = pd.DataFrame({"year": 1, "index": "a", "score": [5.0, 9.0, 5.0, None]})
        >>> rank_scores(frame)["rank"].tolist()
        [2, 1, 2, <NA>]
    """
    # The same sum in another order differs in its last bits; that is no difference of score.
    comparable = scores["score"].round(DECIMALS_OF_NOISE)
    ranks = comparable.groupby([scores["year"], scores["index"]], sort=False).rank(method="min", ascending=False)
    return scores.assign(rank=ranks.astype("Int64"))
