"""Single steps, their edge cases, and properties that hold for any data."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.compute import compute_index
from regional_index.compute.aggregate import aggregate_arithmetic, aggregate_tree
from regional_index.compute.groups import summarise_groups
from regional_index.compute.movement import change_between
from regional_index.compute.normalise import find_goalposts, goalposts_of_panel, normalise_min_max
from regional_index.compute.profile import nearest_profiles
from regional_index.compute.rank import rank_scores
from regional_index.compute.weight import weigh
from regional_index.framework import Project

numbers = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


def test_what_is_divided_by_0_is_missing_and_no_goalpost(tiny_project: Project) -> None:
    """Infinity would be the best there is, and score all others 0; so would 0 / 0 be no number."""
    values = tiny_project.values
    emptied = (values["indicator"] == "residents") & (values["region"] == "1")
    results = compute_index(values.assign(value=values["value"].mask(emptied, 0.0)), tiny_project.framework)
    assert results.values["turnover_per_head"].xs("1").isna().all()
    assert results.goalposts.loc["turnover_per_head"].tolist() == [20, 30]


def test_an_indicator_that_is_the_same_everywhere_has_no_score() -> None:
    """Zero range must not become infinity."""
    panel = pd.DataFrame({"flat": [5.0, 5.0]})
    assert normalise_min_max(panel, goalposts_of_panel(panel))["flat"].isna().all()


def test_less_is_better_turns_the_goalposts(tiny_project: Project) -> None:
    """With direction -1 the largest value is the worst goalpost and scores 0."""
    framework = tiny_project.framework
    turned = {**framework.indicators, "coverage": replace(framework.indicators["coverage"], direction=-1)}
    panel = pd.DataFrame({"coverage": [40.0, 90.0]})
    goalposts = find_goalposts(panel, replace(framework, indicators=turned))
    assert goalposts.loc["coverage"].tolist() == [90.0, 40.0]
    assert normalise_min_max(panel, goalposts)["coverage"].tolist() == [100.0, 0.0]


def test_weights_are_rescaled_to_one(tiny_project: Project) -> None:
    """3 : 1 becomes 0.75 : 0.25."""
    assert weigh(tiny_project.framework)["supply"].to_dict() == {"size": 0.75, "skill": 0.25}


def test_an_index_below_the_declared_share_is_not_computed(tiny_project: Project) -> None:
    """With a share of 0.8 the 0.75 that East has is not enough."""
    method = replace(tiny_project.framework.method, minimum_weight_share=0.8)
    framework = replace(tiny_project.framework, method=method)
    panel = pd.DataFrame(
        {"turnover": [50.0], "patents": [np.nan], "coverage": [10.0], "turnover_per_head": [20.0]},
        index=pd.MultiIndex.from_tuples([("3", 2022)], names=["region", "year"]),
    )
    scores = aggregate_tree(panel, weigh(framework), framework).set_index("index")["score"]
    assert pd.isna(scores["supply"])
    assert scores["use"] == 15.0


def test_two_thirds_written_with_four_decimals_admits_two_of_three() -> None:
    """0.6667 is slightly more than 2/3; the tolerance must not shut out two of three equal children."""
    from regional_index.compute.aggregate import SHARE_TOLERANCE

    assert 0.6667 - SHARE_TOLERANCE <= 2 / 3


@given(st.lists(numbers, min_size=2, max_size=30))
def test_normalised_scores_keep_the_order_and_span_0_to_100(values: list[float]) -> None:
    """Min-max is monotone, and its ends are 0 and 100 wherever the values differ."""
    panel = pd.DataFrame({"x": values})
    scores = normalise_min_max(panel, goalposts_of_panel(panel))["x"]
    if max(values) == min(values):
        assert scores.isna().all()
    else:
        assert scores.min() == 0.0
        assert scores.max() == pytest.approx(100.0)
        assert (scores.iloc[np.argsort(values, kind="stable")].diff().dropna() >= -1e-9).all()


@given(st.lists(st.floats(0, 100), min_size=2, max_size=8), st.data())
def test_a_mean_lies_between_its_children_and_ignores_the_missing(scores: list[float], data: st.DataObject) -> None:
    """The arithmetic mean over what is present, whatever the weights."""
    weights = pd.Series(data.draw(st.lists(st.floats(0.1, 10), min_size=len(scores), max_size=len(scores))))
    frame = pd.DataFrame([scores])
    frame.loc[0, 0] = np.nan
    mean = aggregate_arithmetic(frame, weights)[0]
    assert min(scores[1:]) - 1e-9 <= mean <= max(scores[1:]) + 1e-9


@given(st.lists(numbers, min_size=1, max_size=20))
def test_ranks_do_not_depend_on_the_order_of_regions(values: list[float]) -> None:
    """Reversing the rows reverses the ranks with them."""
    frame = pd.DataFrame({"year": 1, "index": "a", "score": values})
    assert rank_scores(frame)["rank"].tolist()[::-1] == rank_scores(frame[::-1])["rank"].tolist()


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


def test_the_nearest_profile_is_the_one_with_the_smallest_difference() -> None:
    """A missing score is left out of the comparison, not taken as zero."""
    scores = pd.DataFrame({"x": [10.0, 12.0, 50.0], "y": [10.0, np.nan, 11.0]}, index=["me", "near", "far"])
    assert nearest_profiles(scores, "me", count=2).round(6).to_dict() == {"near": 2.0, "far": 28.293109}


def test_the_same_sum_in_another_order_is_the_same_score() -> None:
    """A third of 7 + 7 + 21 and of 7 + 21 + 7 differ in the last bits; their regions share a rank."""
    third = 1 / 3
    scores = [
        7 * third + 7 * third + 21 * third,
        7 * third + 21 * third + 7 * third,
        21 * third + 7 * third + 7 * third,
    ]
    assert len(set(scores)) > 1
    frame = pd.DataFrame({"year": 1, "index": "a", "score": scores})
    assert rank_scores(frame)["rank"].tolist() == [1, 1, 1]
