"""Screening: shares by hand, thresholds, and what is left out stays out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from regional_index.framework import Framework
from regional_index.method.impute import impute
from regional_index.method.index import compute_index
from regional_index.method.rules import make_rule
from regional_index.method.screen import screen
from tests.method.varied import framework_of, node, panel_of

NAN = float("nan")

# A has everything, B three of four (one of them 0), C one of four, D nothing.
PANEL = panel_of(
    {"a": [1, 0, 5, NAN], "b": [2, 3, NAN, NAN], "c": [3, NAN, NAN, NAN], "d": [4, 6, NAN, NAN]},
)


def availability(**options: object) -> Framework:
    """The tree `all` = `left` (a, b) + `right` (c, d), screened."""
    return framework_of(years=(2022,), screen=make_rule("screen", {"rule": "availability", **options}))


# By hand -------------------------------------------------------------------------------------------------------------


def test_shares_are_of_all_indicators_and_of_those_below_every_node() -> None:
    """B has both of `left` and d of `right`: 3/4, 2/2 and 1/2."""
    found = screen(PANEL, framework_of())
    assert found.available.tolist() == [1, 0.75, 0.25, 0]
    assert found.by_node.to_dict("list") == {"all": [1, 0.75, 0.25, 0], "left": [1, 1, 0.5, 0], "right": [1, 0.5, 0, 0]}
    assert found.zeros.tolist() == [0, 0.25, 0, 0]
    assert found.available.index.equals(PANEL.index)


def test_without_a_rule_everything_is_enough_and_stays() -> None:
    found = screen(PANEL, framework_of())
    assert found.enough.tolist() == [True] * 4
    pd.testing.assert_frame_equal(found.panel, PANEL)


@pytest.mark.parametrize(
    ("options", "enough"),
    [
        ({}, [True, True, False, False]),  # half of all by default
        ({"least": 0.75}, [True, True, False, False]),  # being equal is enough
        ({"least": 0.76}, [True, False, False, False]),
        ({"least": 0}, [True, True, True, True]),
        ({"least": 0, "least_by_node": 0.5}, [True, True, False, False]),  # C has nothing of `right`
        ({"least": 0, "least_by_node": 0.51}, [True, False, False, False]),  # B has half of it
        ({"least": 0.6, "zeros": "missing"}, [True, False, False, False]),  # B's a is 0: 2/4
        ({"least": 0.5, "least_by_node": 0.5, "zeros": "missing"}, [True, True, False, False]),
    ],
)
def test_what_is_enough_is_what_reaches_every_threshold(options: dict[str, object], enough: list[bool]) -> None:
    found = screen(PANEL, availability(**options))
    assert found.enough.tolist() == enough
    pd.testing.assert_frame_equal(found.panel, PANEL)  # flagged only


def test_zeros_that_count_as_missing_are_still_values() -> None:
    """They are not there for the count, and go on as 0."""
    found = screen(PANEL, availability(zeros="missing", then="exclude"))
    assert found.available.tolist() == [1, 0.5, 0.25, 0]
    assert found.zeros.tolist() == [0, 0.25, 0, 0]
    assert found.panel.loc[("B", 2022), "a"] == 0


def test_two_thirds_written_with_four_decimals_admits_two_of_three() -> None:
    """0.6667 is slightly more than 2/3."""
    framework = framework_of(
        node("all", a=1, b=1, c=1),
        screen=make_rule("screen", {"rule": "availability", "least": 0.6667, "least_by_node": 0.6667}),
    )
    panel = panel_of({"a": [1, 1], "b": [2, NAN], "c": [NAN, NAN]})
    assert screen(panel, framework).enough.tolist() == [True, False]


def test_an_indicator_under_two_nodes_counts_once_and_weights_do_not_count() -> None:
    """All: a of a, b = 1/2, though a stands twice and weighs 9; `other` has a alone."""
    top = node("all", node("first", a=9.0, b=1.0), node("other", a=1.0))
    found = screen(panel_of({"a": [1], "b": [NAN]}), framework_of(top))
    assert found.available.tolist() == [0.5]
    assert found.by_node.to_dict("list") == {"all": [0.5], "first": [0.5], "other": [1]}


def test_a_node_without_indicators_is_not_judged() -> None:
    framework = framework_of(
        node("all", node("full", a=1.0), node("empty")),
        screen=make_rule("screen", {"rule": "availability", "least_by_node": 1}),
    )
    found = screen(panel_of({"a": [1]}), framework)
    assert found.by_node.columns.tolist() == ["all", "full"]
    assert found.enough.tolist() == [True]


# What is left out ----------------------------------------------------------------------------------------------------


def test_rows_without_enough_are_emptied_and_only_those() -> None:
    """Of the years of a region each for itself: A has enough in 2021 alone, B in 2022 alone."""
    panel = panel_of({"a": [1, 2, NAN, 4], "b": [5, NAN, 7, 8]}, (2021, 2022))
    framework = framework_of(
        node("all", a=1, b=1), screen=make_rule("screen", {"rule": "availability", "least": 0.9, "then": "exclude"})
    )
    found = screen(panel, framework)
    assert found.enough.tolist() == [True, False, False, True]
    expected = [[1, 5], [NAN, NAN], [NAN, NAN], [4, 8]]
    np.testing.assert_array_equal(found.panel.to_numpy(), expected)
    assert found.available.tolist() == [1, 0.5, 0.5, 1]  # as measured


@pytest.mark.parametrize(
    "rule",
    [
        "mean", "median", {"rule": "constant", "value": 3}, {"rule": "group-mean", "group": "area"},
        {"rule": "group-median", "group": "area"}, "last-observation", "linear",
    ],
)  # fmt: skip
def test_what_is_left_out_is_not_brought_back_by_imputation(rule: str | dict[str, object]) -> None:
    """B of 2021 and C have too little; filled from others, they would be ranked for figures of others."""
    nan = NAN
    values = {
        "a": [1, 2, 3, 3, 1, 5, nan, nan, nan, 7, 8, 9], "b": [2, 3, 4, 5, nan, 6, 1, nan, 2, 9, 7, 8],
        "c": [5, 4, 3, 3, nan, 3, nan, nan, nan, nan, 1, 2],
    }  # fmt: skip
    measured = panel_of(values, (2020, 2021, 2022))
    long = measured.stack().rename("value").rename_axis(["region", "year", "indicator"]).reset_index()
    options = {"rule": "availability", "least": 0.6, "then": "exclude"}
    framework = framework_of(
        node("all", a=1, b=1, c=1), years=(2020, 2021, 2022),
        screen=make_rule("screen", options), impute=make_rule("impute", rule),
    )  # fmt: skip
    membership = pd.DataFrame({"area": "one"}, index=list("ABCD"))
    results = compute_index(long, framework, membership)
    out = ~results.screening.enough
    assert out[out].index.tolist() == [("B", 2021), *(("C", year) for year in (2020, 2021, 2022))]
    assert results.imputation.panel[out].isna().all(axis=None)
    assert not results.imputation.filled[out].any(axis=None)
    scores = results.scores.set_index(["region", "year"])["score"]
    assert scores[out[out].index].isna().all()
    assert scores[out[~out].index].notna().all()


def test_an_empty_row_is_filled_where_nothing_is_left_out() -> None:
    """Flagged only, or not judged at all: the rule of imputation decides."""
    panel = panel_of({"a": [1, NAN, 3], "b": [4, NAN, 8]})
    for rule in ("none", {"rule": "availability", "then": "flag"}):
        chosen = {"screen": make_rule("screen", rule), "impute": make_rule("impute", "mean")}
        framework = framework_of(node("all", a=1, b=1), None, None, (2022,), **chosen)
        screened = screen(panel, framework)
        assert impute(screened.panel, framework).panel.loc[("B", 2022)].tolist() == [2, 6]


# Properties ----------------------------------------------------------------------------------------------------------

cells = st.lists(
    st.lists(st.sampled_from([NAN, 0.0, 1.0, 2.0]), min_size=4, max_size=4), min_size=1, max_size=8
)  # fmt: skip
thresholds = st.sampled_from([0, 0.25, 0.5, 0.75, 1])
