"""Means of groups of regions, and what moved between two years."""

import pandas as pd

from regional_index.compute.groups import summarise_groups
from regional_index.compute.movement import change_between


def test_groups_give_mean_share_and_spread() -> None:
    """Two regions inland with 10 and 30, one outside any group with 60: share 40 of 100."""
    scores = pd.DataFrame({"region": ["a", "b", "c"], "year": 1, "index": "x", "score": [10.0, 30.0, 60.0]})
    summary = summarise_groups(scores, pd.Series({"a": "inland", "b": "inland"}))
    row = summary.iloc[0]
    assert (row["mean"], row["share"], row["least"], row["greatest"], row["count"]) == (20.0, 0.4, 10.0, 30.0, 2)


def test_a_climb_is_positive_and_a_missing_year_stays_missing() -> None:
    """From rank 3 to rank 1 is +2; who has no first score has no change."""
    scores = pd.DataFrame(
        {
            "region": ["a", "b", "a", "b"], "year": [1, 1, 2, 2], "index": "x",
            "score": [5.0, None, 9.0, 7.0], "rank": pd.array([3, None, 1, 2], dtype="Int64"),
        }
    )  # fmt: skip
    change = change_between(scores, 1, 2).set_index("region")
    assert change.loc["a", "rank_change"] == 2
    assert change.loc["a", "score_change"] == 4.0
    assert pd.isna(change.loc["b", "rank_change"])
