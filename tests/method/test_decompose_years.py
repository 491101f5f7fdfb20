"""Movements between two years of a computed series; and all steps of a series of many years, one after the other."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.framework import Framework, Node
from regional_index.method.decompose import COLUMNS, SWITCHES, decompose_years
from regional_index.method.index import Results, compute_index
from regional_index.method.rules import make_rule
from tests.method.varied import NODES, framework_of, levels, node, panel_of, random_panel, rules

NAN = float("nan")
SCORE_PARTS = ["score_own", "score_method", "score_coverage"]
POSTS = {"rule": "goalposts", "worst": 0, "best": 10}


def long_of(panel: pd.DataFrame) -> pd.DataFrame:
    """A panel as raw values; every indicator has its own file."""
    return panel.stack().rename("value").rename_axis(["region", "year", "indicator"]).reset_index()


def compute(
    panel: pd.DataFrame, top: Node | None = None, own: Mapping[str, Mapping[str, Any]] | None = None, **method: Any
) -> tuple[Results, Framework]:
    years = tuple(panel.index.get_level_values("year").unique())
    framework = framework_of(top, own, years=years, **method)
    return compute_index(long_of(panel), framework), framework


def movement(panel: pd.DataFrame, **method: Any) -> pd.DataFrame:
    """Of one index that is its one indicator x, from 2021 to 2022."""
    results, framework = compute(panel, node("all", x=1.0), **method)
    return decompose_years(results, framework, 2021, 2022).set_index("region")


# By hand -------------------------------------------------------------------------------------------------------------


def test_a_movement_within_a_fixed_scale_by_hand() -> None:
    """A rises from 3 to 6 past B (4), and C from 1 to 9 past both: A is second before and after.

    By its own figures it gains a place ((2 - 1) + (3 - 2)) / 2, by those of others it loses one. 3 more are 30 of 100.
    """
    panel = panel_of({"x": [3, 6, 4, 4, 1, 9]}, (2021, 2022))
    found = movement(panel, normalise=make_rule("normalise", POSTS))
    assert found.columns.tolist() == ["index", *COLUMNS]
    assert found.loc["A", ["rank_change", *SWITCHES]].tolist() == pytest.approx([0, 1, -1, 0, 0])
    assert found.loc["A", ["score_change", *SCORE_PARTS]].tolist() == pytest.approx([30, 30, 0, 0])
    assert found.loc["B", ["rank_change", *SWITCHES]].tolist() == pytest.approx([-2, 0, -2, 0, 0])
    assert found["score_change"].tolist() == pytest.approx([30, 0, 80])


def test_what_a_scale_of_every_year_moves_is_the_methods_part() -> None:
    """C has 5 in both years: half of what is best in 2021 and a quarter in 2022; it falls below D, which has 5 to 6."""
    panel = panel_of({"x": [0, 0, 10, 20, 5, 5, 4, 6]}, (2021, 2022))
    found = movement(panel, normalise=make_rule("normalise", {"rule": "min-max", "over": "year"}))
    assert found.loc["C", ["score_change", *SCORE_PARTS]].tolist() == pytest.approx([-25, 0, -25, 0])
    # D: 40 to 30. Its own two more are 20 of 2021 and 10 of 2022, 15 on average; the scale takes (20 + 30) / 2.
    assert found.loc["D", ["score_change", *SCORE_PARTS]].tolist() == pytest.approx([-10, 15, -25, 0])
    # A common scale moves nobody past another: C falls by D's figures alone.
    assert found.loc["C", ["rank_change", *SWITCHES]].tolist() == pytest.approx([-1, 0, -1, 0, 0])
    whole = movement(panel, normalise=make_rule("normalise", "min-max"))
    assert (whole["score_method"] == 0).all()
    assert whole.loc["C", "score_change"] == 0


def test_figures_that_come_and_go_are_coverage() -> None:
    """A is told y in 2022 only, and has 0 there: its mean falls from 8 to 4. B has no figures in 2021."""
    panel = panel_of({"x": [8, 8, NAN, 5, 2, 2], "y": [NAN, 0, NAN, 5, 2, 2]}, (2021, 2022))
    results, framework = compute(
        panel, node("all", x=1.0, y=1.0), normalise=make_rule("normalise", POSTS), minimum_weight_share=(0.5,)
    )
    found = decompose_years(results, framework, 2021, 2022).set_index("region")
    assert found.loc["A", ["score_change", *SCORE_PARTS]].tolist() == pytest.approx([-40, 0, 0, -40])
    assert found.loc["B", "note"] == "no score before"
    assert found.loc["B", COLUMNS[:-1]].isna().all()
    assert decompose_years(results, framework, 2022, 2021).set_index("region").loc["B", "note"] == "no score after"


@pytest.mark.parametrize(
    "method",
    [
        {"aggregate": rules("aggregate", "copeland")},
        {"aggregate": rules("aggregate", "arithmetic", "copeland")},
        {"weight": rules("weight", "benefit-of-the-doubt")},
        {"weight": rules("weight", "declared", "benefit-of-the-doubt")},
    ],
    ids=str,
)
def test_scores_that_are_not_a_regions_own_affair_have_no_parts(method: dict[str, Any]) -> None:
    results, framework = compute(random_panel(), **method)
    found = decompose_years(results, framework, 2021, 2022)
    assert found.empty
    assert found.columns.tolist() == ["region", "index", *COLUMNS]


def test_a_step_without_a_score_leaves_the_change_without_parts() -> None:
    """By the scale of 2021 the figures of 2022 are far below 0, of which there is no geometric mean."""
    panel = panel_of({"x": [50, 5, 90, 9, 70, 1], "y": [90, 1, 50, 9, 60, 5]}, (2021, 2022))
    yearly = make_rule("normalise", {"rule": "min-max", "lower": 1, "over": "year"})
    results, framework = compute(
        panel, node("all", x=1.0, y=1.0), normalise=yearly, aggregate=rules("aggregate", "geometric")
    )
    found = decompose_years(results, framework, 2021, 2022)
    assert set(found["note"]) == {"no score at a step between, so no parts"}
    assert found["score_change"].notna().all()


# Every method --------------------------------------------------------------------------------------------------------

METHODS: list[dict[str, Any]] = [
    {},
    {"normalise": make_rule("normalise", {"rule": "z-score", "over": "year"})},
    {"normalise": make_rule("normalise", "percentile-rank"), "weight": rules("weight", "equal")},
    {"normalise": make_rule("normalise", {"rule": "distance-to-reference", "region": "A", "over": "year"})},
    {"normalise": make_rule("normalise", {"rule": "min-max", "lower": 1}), "aggregate": levels("geometric")},
    {
        "normalise": make_rule("normalise", {"rule": "z-score", "mean": 100}),
        "weight": rules("weight", "pca"), "aggregate": rules("aggregate", "mazziotta-pareto"),
    },
    {"impute": make_rule("impute", "mean"), "treat": make_rule("treat", {"rule": "winsorise", "over": "year"})},
    {
        "screen": make_rule("screen", {"rule": "availability", "least": 0.6, "then": "exclude"}),
        "impute": make_rule("impute", "median"), "treat": make_rule("treat", "box-cox"),
        "normalise": make_rule("normalise", {"rule": "min-max", "over": "year"}),
    },
]  # fmt: skip


@pytest.mark.parametrize("method", METHODS, ids=lambda method: ",".join(method) or "default")
@settings(max_examples=5)
@given(seed=st.integers(0, 9999), gaps=st.sampled_from([0.0, 0.15]))
def test_parts_add_up_to_the_change_of_the_scores_that_were_computed(
    method: dict[str, Any], seed: int, gaps: float
) -> None:
    """For every node, whatever the steps; and the way back is the negative."""
    panel = random_panel(9, (2020, 2021, 2022), seed, gaps)
    panel.loc["A"] = panel.loc["A"].fillna(2.5).to_numpy()  # a reference needs a value
    own = {"b": {"direction": -1}, "c": {"normalise": make_rule("normalise", "min-max")}}
    results, framework = compute(panel, None, own, **method)
    before = results.treatment.panel.copy(deep=True)
    found = decompose_years(results, framework, 2020, 2022).set_index(["region", "index"])
    assert set(found.index) == {(region, code) for region in "ABCDEFGHI" for code in NODES}
    scores = results.scores.set_index(["year", "region", "index"])
    first, last = (scores.loc[year].reindex(found.index) for year in (2020, 2022))
    np.testing.assert_allclose(found["score_change"], last["score"] - first["score"], atol=1e-9)
    change = (first["rank"].astype("Float64") - last["rank"].astype("Float64")).to_numpy(dtype=float, na_value=NAN)
    told = found["score_change"].notna().to_numpy()
    np.testing.assert_array_equal(found["rank_change"][told], change[told])
    whole = found[found["note"] == ""]
    np.testing.assert_allclose(whole[[*SWITCHES]].sum(axis=1), whole["rank_change"], atol=1e-9)
    np.testing.assert_allclose(whole[SCORE_PARTS].sum(axis=1), whole["score_change"], atol=1e-9)
    back = decompose_years(results, framework, 2022, 2020).set_index(["region", "index"])
    np.testing.assert_allclose(back[COLUMNS[:-1]], -found[COLUMNS[:-1]], atol=1e-9)
    pd.testing.assert_frame_equal(results.treatment.panel, before)


@settings(max_examples=6)
@given(st.integers(0, 9999))
def test_the_order_of_the_values_does_not_matter(seed: int) -> None:
    """Neither to any step nor to the parts."""
    panel = random_panel(6, (2021, 2022), seed, 0.1)
    framework = framework_of(
        impute=make_rule("impute", "mean"), treat=make_rule("treat", "winsorise"),
        normalise=make_rule("normalise", {"rule": "z-score", "over": "year"}),
    )  # fmt: skip
    values = long_of(panel)
    found, other = (compute_index(each, framework) for each in (values, values.sample(frac=1, random_state=seed)))
    pd.testing.assert_frame_equal(found.scores, other.scores)
    parts, other_parts = (decompose_years(each, framework, 2021, 2022) for each in (found, other))
    pd.testing.assert_frame_equal(parts, other_parts)


# All steps -----------------------------------------------------------------------------------------------------------


def test_an_indicator_that_is_the_same_everywhere_is_said_to_be_and_never_scores() -> None:
    """Neither 0 nor infinity: it is noted by the treatment and by the scale, and the index does without it."""
    panel = random_panel(6)
    panel["b"] = 7.0
    results, _ = compute(panel, treat=make_rule("treat", {"rule": "winsorise", "then": "log"}))
    note = results.treatment.log.set_index("indicator").loc["b", "note"]
    assert note == "constant"
    assert results.normalised["b"].isna().all()
    assert "b" in results.normalisation.notes["indicator"].tolist()
    left = results.scores[results.scores["index"] == "left"]
    assert left["partial"].all()
    assert left["score"].notna().all()
