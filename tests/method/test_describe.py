"""Groups, movements, strengths and similar regions: worked by hand."""

import numpy as np
import pandas as pd
import pytest

from regional_index.method.describe import change_between, nearest_profiles, strengths_and_weaknesses, summarise_groups
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


REGIONS = ["north", "south", "east"]


def told(table: pd.DataFrame, region: str) -> dict[str, str]:
    rows = table[table["region"] == region]
    return dict(zip(rows["indicator"], rows["kind"], strict=True))


def test_strengths_and_weaknesses_by_hand() -> None:
    """North is first, second, second and last; with one of each, both seconds are nothing."""
    scores = pd.DataFrame({"a": [9.0, 1, 5], "b": [5.0, 9, 1], "c": [5.0, 1, 9], "d": [0.0, 5, 9]}, REGIONS)
    found = strengths_and_weaknesses(scores, 1)
    assert found[found["region"] == "north"].to_numpy().tolist() == [
        ["north", "a", 1.0, "strength"], ["north", "d", 0.0, "weakness"],
    ]  # fmt: skip
    assert told(found, "south") == {"b": "strength", "a": "weakness", "c": "weakness"}


def test_ties_at_the_threshold_all_count() -> None:
    scores = pd.DataFrame({"a": [9.0, 1, 5], "b": [9.0, 1, 5], "c": [9.0, 5, 1], "d": [1.0, 5, 9]}, REGIONS)
    assert told(strengths_and_weaknesses(scores, 1), "north") == dict.fromkeys("abc", "strength") | {"d": "weakness"}


def test_what_would_be_both_is_neither() -> None:
    """East is in the middle of everything."""
    scores = pd.DataFrame({"a": [9.0, 1, 5], "b": [9.0, 1, 5]}, REGIONS)
    assert told(strengths_and_weaknesses(scores, 1), "east") == {}


def test_tied_scores_share_the_better_percentile() -> None:
    """Ranks 1, 1, 3 of 3: percentiles 1, 1, 0; differences of rounding are ties."""
    scores = pd.DataFrame({"a": [0.1 + 0.2, 0.3, 0.1], "b": [0.1, 0.2, 0.3]}, REGIONS)
    found = strengths_and_weaknesses(scores, 1)
    assert found.loc[(found["region"] == "south") & (found["indicator"] == "a"), "percentile"].tolist() == [1.0]


def test_percentiles_are_among_the_regions_that_have_the_indicator() -> None:
    scores = pd.DataFrame({"a": [9.0, 1, np.nan], "b": [1.0, 2, 3]}, REGIONS)
    found = strengths_and_weaknesses(scores, 1).set_index(["region", "indicator"])["percentile"]
    assert found["north", "a"] == 1
    assert found["south", "a"] == 0
    assert ("east", "a") not in found.index


def test_an_indicator_equal_everywhere_is_nobodys_strength() -> None:
    scores = pd.DataFrame({"flat": [50.0, 50, 50], "a": [1.0, 2, 3], "b": [3.0, 2, 1]}, REGIONS)
    assert "flat" not in set(strengths_and_weaknesses(scores, 1)["indicator"])


def test_no_more_than_half_of_the_indicators_are_asked_for() -> None:
    """Ten of four would make everything a strength and a weakness."""
    scores = pd.DataFrame({"a": [9.0, 1, 5], "b": [8.0, 1, 9], "c": [1.0, 5, 9], "d": [5.0, 1, 9]}, REGIONS)
    found = told(strengths_and_weaknesses(scores, 10), "north")
    assert found["a"] == "strength"
    assert found["c"] == "weakness"


def test_a_first_rank_is_a_strength_in_any_case() -> None:
    """Of everything that north leads, the first two alone would be strengths of a region that is behind in one."""
    scores = pd.DataFrame({"a": [9.0, 1, 5], "b": [9.0, 1, 5]}, REGIONS)
    assert told(strengths_and_weaknesses(scores, 1), "north") == {}
    assert told(strengths_and_weaknesses(scores, 1, first_ranks=1), "north") == {"a": "strength", "b": "strength"}
    assert told(strengths_and_weaknesses(scores[["a"]], 1, first_ranks=1), "north") == {"a": "strength"}


def test_the_nearest_profile_comes_first() -> None:
    scores = pd.DataFrame({"a": [0.0, 3, 1], "b": [0.0, 4, np.nan]}, REGIONS)
    assert nearest_profiles(scores, "north", count=2).to_dict() == {"east": 1.0, "south": pytest.approx(12.5**0.5)}
