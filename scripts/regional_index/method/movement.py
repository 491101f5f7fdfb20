"""How scores and ranks move between two years."""

import pandas as pd

from regional_index.method.rank import rank_scores


def change_between(scores: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Change of score and rank of every region and index from one year to another.

    Ranks are compared among the regions that have a score in both years, so that nobody climbs because another region
    has left, or falls because one has come.

    Args:
        scores: Long frame `region, year, index, score, rank`.
        first: The earlier year.
        last: The later year.

    Returns:
        Long frame `region, index, score_first, score_last, rank_first, rank_last, score_change, rank_change`. The first
        ranks are those of the series, among all regions of their year; `rank_change` is positive where the region has
        climbed. Changes are missing where either score is. Empty where both years are the same: nothing is compared
        with itself.
    """
    columns = ["region", "index", "score", "rank"]
    before = scores.loc[(scores["year"] == first) & (first != last), columns]
    after = scores.loc[scores["year"] == last, columns]
    both = before.merge(after, on=["region", "index"], suffixes=("_first", "_last"), validate="one_to_one")
    both["score_change"] = both["score_last"] - both["score_first"]
    compared = both["score_change"].notna()
    ranks = {
        end: rank_scores(both.assign(year=end, score=both[f"score_{end}"].where(compared)))["rank"]
        for end in ("first", "last")
    }
    both["rank_change"] = ranks["first"] - ranks["last"]
    return both
