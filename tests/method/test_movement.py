"""Means of groups of regions, and what moved between two years."""

import numpy as np
import pandas as pd
import pytest

from regional_index.method.describe import change_between, summarise_groups
from regional_index.method.rank import rank_scores


def series(*years: dict[str, float]) -> pd.DataFrame:
    """Scores of one index by year, from 1 on, ranked."""
    rows = [(region, year, "x", score) for year, scores in enumerate(years, 1) for region, score in scores.items()]
    return rank_scores(pd.DataFrame(rows, columns=["region", "year", "index", "score"]))


def test_groups_give_mean_share_and_spread() -> None:
    """Two regions inland with 10 and 30, one outside any group with 60: share 40 of 100."""
    scores = pd.DataFrame({"region": ["a", "b", "c"], "year": 1, "index": "x", "score": [10.0, 30.0, 60.0]})
    summary = summarise_groups(scores, pd.Series({"a": "inland", "b": "inland"}))
    row = summary.iloc[0]
    assert (row["mean"], row["share"], row["least"], row["greatest"], row["count"]) == (20.0, 0.4, 10.0, 30.0, 2)


@pytest.mark.parametrize(("scores", "share"), [([3, -1, 2], 0.5), ([1, -1, 0], np.nan), ([0, 0, 0], np.nan)])
def test_a_sum_of_0_has_no_shares(scores: list[float], share: float) -> None:
    """Victories less defeats add up to it; a share of it would be infinite."""
    table = series(dict(zip("abc", map(float, scores), strict=True)))
    summary = summarise_groups(table, pd.Series({"a": "inland", "b": "inland", "c": "coast"})).set_index("group")
    assert summary.loc["inland", "share"] == pytest.approx(share, nan_ok=True)


def test_a_climb_is_positive_and_a_missing_year_stays_missing() -> None:
    """From rank 3 to rank 1 is +2; a region that has no first score has no change."""
    scores = series({"a": 5.0, "b": float("nan"), "c": 6.0, "d": 7.0}, {"a": 9.0, "b": 8.0, "c": 6.0, "d": 7.0})
    change = change_between(scores, 1, 2).set_index("region")
    assert change.loc["a", "rank_change"] == 2
    assert change.loc["a", "score_change"] == 4.0
    assert pd.isna(change.loc["b", "rank_change"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"left": 9.0, "a": 8.0, "b": 7.0}, {"left": float("nan"), "a": 7.0, "b": 6.0}),
        ({"left": 9.0, "a": 8.0, "b": 7.0}, {"a": 7.0, "b": 6.0}),
        ({"come": float("nan"), "a": 8.0, "b": 7.0}, {"come": 9.0, "a": 9.0, "b": 8.0}),
    ],
)
def test_nobody_moves_because_another_region_left_or_came(before: dict[str, float], after: dict[str, float]) -> None:
    """a stays ahead of b, whoever else has a score in one of the years only."""
    change = change_between(series(before, after), 1, 2).set_index("region")
    assert change.loc[["a", "b"], "rank_change"].tolist() == [0, 0]
    assert change["rank_change"].count() == 2


def test_each_index_has_regions_of_its_own_to_compare() -> None:
    """In x the first has left; in y all stay and two change places."""
    x = series({"first": 9.0, "a": 8.0, "b": 7.0}, {"first": float("nan"), "a": 5.0, "b": 6.0})
    y = series({"first": 9.0, "a": 8.0, "b": 7.0}, {"first": 9.0, "a": 6.0, "b": 9.5}).assign(index="y")
    change = change_between(pd.concat([x, y]), 1, 2).set_index(["index", "region"])["rank_change"]
    assert change["x"].dropna().to_dict() == {"a": -1, "b": 1}
    assert change["y"].to_dict() == {"first": -1, "a": -1, "b": 2}


def test_a_year_is_not_compared_with_itself() -> None:
    """With one year there is no change, not one of 0."""
    change = change_between(series({"a": 8.0, "b": 7.0}), 1, 1)
    assert change.empty
    assert "rank_change" in change
