"""How scores and ranks move between two years."""

import pandas as pd


def change_between(scores: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Change of score and rank of every region and index from one year to another.

    Args:
        scores: Long frame `region, year, index, score, rank`.
        first: The earlier year.
        last: The later year.

    Returns:
        Long frame `region, index, score_first, score_last, rank_first, rank_last, score_change, rank_change`;
        `rank_change` is positive where the region has climbed. Missing where either year is.
    """
    columns = ["region", "index", "score", "rank"]
    before = scores.loc[scores["year"] == first, columns]
    after = scores.loc[scores["year"] == last, columns]
    both = before.merge(after, on=["region", "index"], suffixes=("_first", "_last"), validate="one_to_one")
    both["score_change"] = both["score_last"] - both["score_first"]
    both["rank_change"] = both["rank_first"] - both["rank_last"]
    return both
