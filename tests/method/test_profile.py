"""Nearest profiles, strengths and weaknesses."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.method.describe import nearest_profiles, strengths_and_weaknesses

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


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_strengths_stand_above_weaknesses_and_order_is_irrelevant(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    scores = pd.DataFrame(random.integers(0, 6, size=(7, 9)).astype(float), list("tuvwxyz"), list("abcdefghi"))
    scores = scores.mask(random.random(scores.shape) < 0.1)
    found = strengths_and_weaknesses(scores, count)
    shuffled = strengths_and_weaknesses(scores.sample(frac=1, random_state=seed), count)
    keys = ["region", "indicator"]
    pd.testing.assert_frame_equal(
        found.sort_values(keys, ignore_index=True), shuffled.sort_values(keys, ignore_index=True)
    )
    for region, rows in found.groupby("region"):
        by_kind = rows.groupby("kind")["percentile"]
        if by_kind.ngroups == 2:
            assert by_kind.min()["strength"] > by_kind.max()["weakness"], region
    assert not found.duplicated(keys).any()


def test_the_nearest_profile_comes_first() -> None:
    scores = pd.DataFrame({"a": [0.0, 3, 1], "b": [0.0, 4, np.nan]}, REGIONS)
    assert nearest_profiles(scores, "north", count=2).to_dict() == {"east": 1.0, "south": pytest.approx(12.5**0.5)}
