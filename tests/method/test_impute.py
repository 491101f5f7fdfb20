"""Imputation: each rule by hand, against plain loops and closed forms, by properties; what is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regional_index.framework import Framework
from regional_index.method.impute import Imputed, impute
from regional_index.method.index import compute_index
from regional_index.method.rules import CannotCompute, em, make_rule
from tests.method.varied import framework_of, node, panel_of

NAN = float("nan")
Given = str | Mapping[str, Any]
YEARS = (2018, 2019, 2021, 2022)
GROUPS = pd.DataFrame({"area": ["east", "east", "west", None, "west"]}, index=list("ABCDE"))


def framework_for(columns: Sequence[str], rule: Given, own: Mapping[str, Given] | None = None) -> Framework:
    """A framework of these indicators, filled by a rule; some have rules of their own."""
    of_indicators = {code: {"impute": make_rule("impute", given)} for code, given in (own or {}).items()}
    top = node("all", **dict.fromkeys(columns, 1.0))
    return framework_of(top, of_indicators, years=YEARS, impute=make_rule("impute", rule))


def fill(panel: pd.DataFrame, rule: Given, membership: pd.DataFrame | None = GROUPS, **own: Given) -> Imputed:
    return impute(panel, framework_for(list(panel.columns), rule, own), membership)


def filled_values(rule: Given, values: Sequence[float], years: Sequence[int] = YEARS) -> list[float]:
    """One indicator, region by region."""
    return fill(panel_of({"x": values}, years), rule).panel["x"].tolist()


CONSTANT = {"rule": "constant", "value": 7}
GROUP_MEAN = {"rule": "group-mean", "group": "area"}
GROUP_MEDIAN = {"rule": "group-median", "group": "area"}


# By hand -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("none", [1, NAN, 5], [1, NAN, 5]),
        ("mean", [1, NAN, 2, 6, NAN], [1, 3, 2, 6, 3]),  # (1 + 2 + 6) / 3
        ("median", [1, NAN, 2, 6, NAN], [1, 2, 2, 6, 2]),
        ("median", [1, NAN, 2, 6, 9], [1, 4, 2, 6, 9]),  # halfway between 2 and 6
        ("mean", [NAN] * 3, [NAN] * 3),
        ("median", [NAN] * 3, [NAN] * 3),
        ("median", [NAN, 4, NAN], [4, 4, 4]),
        (CONSTANT, [1, NAN, NAN], [1, 7, 7]),
        # A and B are east, C and E west, D is nowhere.
        (GROUP_MEAN, [1, NAN, 4, NAN, 8], [1, 1, 4, NAN, 8]),
        (GROUP_MEAN, [1, 3, NAN, 100, 8], [1, 3, 8, 100, 8]),
        (GROUP_MEAN, [NAN, NAN, 4, 5, NAN], [NAN, NAN, 4, 5, 4]),  # nothing to fill east from
        (GROUP_MEDIAN, [1, NAN, NAN, NAN, 8], [1, 1, 8, NAN, 8]),
    ],
)
def test_gaps_of_one_year_are_filled_as_worked_out_by_hand(
    rule: Given, values: list[float], expected: list[float]
) -> None:
    """Regions A to E."""
    assert filled_values(rule, values, (2022,)) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("last-observation", [NAN, 4, 4, 10, 1, 1, 1, 1]),
        # 2021 is two of the three years from 4 to 10: 4 + 6 x 2/3.
        ("linear", [NAN, 4, 8, 10, 1, NAN, NAN, NAN]),
        # Of every year: B has 1 in 2018; A has 4 in 2019 and 10 in 2022; nobody has 2021.
        ("mean", [1, 4, NAN, 10, 1, 4, NAN, 10]),
        ("median", [1, 4, NAN, 10, 1, 4, NAN, 10]),
        (CONSTANT, [7, 4, 7, 10, 1, 7, 7, 7]),
        (GROUP_MEAN, [1, 4, NAN, 10, 1, 4, NAN, 10]),
    ],
)
def test_gaps_of_several_years_are_filled_as_worked_out_by_hand(rule: Given, expected: list[float]) -> None:
    """A has 4 in 2019 and 10 in 2022, B has 1 in 2018; there is no 2020."""
    values = [NAN, 4, NAN, 10, 1, NAN, NAN, NAN]
    assert filled_values(rule, values) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_several_gaps_between_two_values_lie_on_one_line() -> None:
    """From 2 in 2018 to 10 in 2022 it is 2 a year, also past the year that there is no row of."""
    assert filled_values("linear", [2, NAN, NAN, 10]) == [2, 4, 8, 10]


def test_a_second_variable_is_filled_by_the_regression_of_the_complete_rows() -> None:
    """x is complete, y is missing at the end: the greatest likelihood is that of the regression (Anderson 1957).

    Complete rows: means 3 and 4, deviations -2, -1, 0, 1, 2 and -2, -1, 1, 0, 2, so the slope is (4 + 1 + 0 + 0 + 4) /
    10 = 0.9. Of x = 8, y is 4 + 0.9 x 5 = 8.5; of x = 0 it is 4 - 0.9 x 3 = 1.3.
    """
    panel = panel_of({"x": [1, 2, 3, 4, 5, 8, 0], "y": [2, 3, 5, 4, 6, NAN, NAN]})
    found = fill(panel, {"rule": "em", "tolerance": 1e-13, "iterations": 5000}).panel["y"]
    assert found.tolist() == pytest.approx([2, 3, 5, 4, 6, 8.5, 1.3], abs=1e-9)


# Which rule, and what is said ----------------------------------------------------------------------------------------


def test_an_indicator_with_a_rule_of_its_own_moves_no_other() -> None:
    panel = panel_of({"a": [1, NAN, 5], "b": [1, NAN, 5], "c": [1, NAN, 5], "d": [1, 2, 3]})
    found = fill(panel, "mean", b="none", c=CONSTANT)
    assert found.panel.loc[("B", 2022)].tolist() == pytest.approx([3, NAN, 7, 2], nan_ok=True)
    assert found.rules == {"a": "mean", "b": "none", "c": "constant", "d": "mean"}
    assert found.filled.loc[("B", 2022)].tolist() == [True, False, True, False]
    assert found.filled.to_numpy().sum() == 2


def test_other_rules_of_its_own_do_not_take_away_an_indicators_imputation() -> None:
    """Its own treatment or normalisation leaves it filled as the method says.

    B is filled by the mean of 1, 5 and 9, which is 5: by min-max 50 of 100, and second of the four ranks.
    """
    values = {"a": [1.0, NAN, 5.0, 9.0], "b": [1.0, NAN, 5.0, 9.0]}
    long = panel_of(values).stack().rename("value").rename_axis(["region", "year", "indicator"]).reset_index()
    own = {"b": {"treat": make_rule("treat", "log"), "normalise": make_rule("normalise", "rank")}}
    rule = make_rule("impute", "mean")
    results = compute_index(long, framework_of(node("all", a=1, b=1), own, years=(2022,), impute=rule))
    assert results.values.loc[("B", 2022)].isna().all()
    assert results.imputation.panel.loc[("B", 2022)].tolist() == [5, 5]
    assert results.imputation.rules == {"a": "mean", "b": "mean"}
    assert results.normalised.loc[("B", 2022)].tolist() == [50, 2]
    assert not results.scores["partial"].any()


def test_indicators_with_equal_rules_of_their_own_are_estimated_together() -> None:
    """Two indicators under `em` know of each other only, not of the third."""
    random = np.random.default_rng(2)
    x = random.normal(size=12)
    panel = panel_of(
        {"a": x.tolist(), "b": (x * 2 + random.normal(0, 0.1, 12)).tolist(), "c": random.normal(size=12).tolist()}
    )
    panel.iloc[0, 1] = NAN
    panel.iloc[3, 2] = NAN
    found = fill(panel, "mean", a="em", b="em")
    alone = fill(panel[["a", "b"]], "em")
    assert found.panel.iloc[0, 1] == pytest.approx(alone.panel.iloc[0, 1], abs=1e-12)
    assert abs(found.panel.iloc[0, 1] - 2 * x[0]) < 0.5
    assert found.panel.iloc[3, 2] == pytest.approx(np.nanmean(panel["c"]))


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["group-mean", "group-median"])
@pytest.mark.parametrize(
    ("membership", "expected"), [(GROUPS, "one of area"), (None, "there is none"), (GROUPS[[]], "there is none")]
)
def test_an_unknown_grouping_is_refused_wherever_it_is_named(
    name: str, membership: pd.DataFrame | None, expected: str
) -> None:
    """Also for indicators without gaps; every place is named."""
    panel = panel_of({"a": [1, NAN, 5], "b": [1, 2, 5], "c": [1, 2, 3]})
    with pytest.raises(CannotCompute) as refused:
        fill(panel, {"rule": name, "group": "coast"}, membership, c={"rule": name, "group": "cost"})
    assert [(each.step, each.indicator, each.found) for each in refused.value.findings] == [
        ("impute", "a", 'the group "coast"'), ("impute", "b", 'the group "coast"'), ("impute", "c", 'the group "cost"'),
    ]  # fmt: skip
    assert all(expected in each.expected for each in refused.value.findings)


def em_problem(columns: Mapping[str, Sequence[float]], **options: Any) -> str:
    with pytest.raises(CannotCompute) as refused:
        fill(panel_of(columns), {"rule": "em", **options})
    assert [(each.step, each.indicator) for each in refused.value.findings] == [("impute", code) for code in columns]
    return str(refused.value.findings[0])


def test_what_em_cannot_estimate_is_refused_with_the_reason() -> None:
    few = {"a": [1, 2, 3, 4], "b": [1, 3, 2, NAN]}
    assert "em with 3 complete rows of 2 indicators (a, b); expected more than 3 regions" in em_problem(few)
    nothing = {"a": [1, 2, 3, 4, 5.0], "b": [NAN] * 5}
    assert "em with 0 complete rows" in em_problem(nothing)
    constant = {"a": [1, 2, 5, 4, 9], "b": [2, 2, 2, 2, NAN]}
    assert "the same in every complete row (b); expected indicators that vary" in em_problem(constant)
    made_of = {"a": [1, 2, 5, 4, 3, 7], "b": [2, 4, 10, 8, 6, NAN]}
    assert "one is made of others (a, b)" in em_problem(made_of)
    slow = {"a": [1, 2, 5, 4, 3, NAN, 2], "b": [2, 3, 8, 8, 5, 2, NAN]}
    assert "em that still moved by" in em_problem(slow, iterations=1)
    assert "in round 1 (a, b)" in em_problem(slow, iterations=1)


def test_em_without_gaps_asks_for_nothing() -> None:
    """Constant columns and few rows do not matter where there is nothing to fill."""
    panel = panel_of({"a": [1, 1], "b": [2, 3]})
    pd.testing.assert_frame_equal(fill(panel, "em").panel, panel)


# Expectation-maximisation --------------------------------------------------------------------------------------------


def random_rows(seed: int, rows: int = 40, columns: int = 4, gaps: float = 0.15) -> np.ndarray:
    random = np.random.default_rng(seed)
    mixed = random.normal(size=(rows, columns)) @ random.normal(size=(columns, columns)) * 10 + 100
    mixed[random.random(mixed.shape) < gaps] = np.nan
    mixed[: columns + 3] = random.normal(size=(columns + 3, columns)) * 10 + 100
    return mixed


def plain_em(rows: np.ndarray, rounds: int = 3000) -> np.ndarray:
    """Row by row, as in the textbook (Little and Rubin 2002, section 11.2.2)."""
    rows = rows[~np.isnan(rows).all(axis=1)]
    whole = rows[~np.isnan(rows).any(axis=1)]
    mean, covariance = whole.mean(axis=0), np.cov(whole, rowvar=False, bias=True)
    filled = rows.copy()
    for _ in range(rounds):
        added = np.zeros_like(covariance)
        for row, known in zip(filled, rows, strict=True):
            m, p = np.isnan(known), ~np.isnan(known)
            if m.any():
                slope = np.linalg.solve(covariance[np.ix_(p, p)], covariance[np.ix_(p, m)])
                row[m] = mean[m] + (known[p] - mean[p]) @ slope
                added[np.ix_(m, m)] += covariance[np.ix_(m, m)] - covariance[np.ix_(m, p)] @ slope
        new = filled.mean(axis=0)
        moved = np.abs(new - mean).max()
        mean, covariance = new, (filled - new).T @ (filled - new) / len(rows) + added / len(rows)
        if moved < 1e-13:
            break
    return filled


@pytest.mark.parametrize("seed", range(4))
def test_em_agrees_with_the_textbook_row_by_row(seed: int) -> None:
    rows = random_rows(seed)
    rows[30] = np.nan
    found = em.impute_em(rows, iterations=5000, tolerance=1e-13)
    assert np.isnan(found[30]).all()
    there = ~np.isnan(rows).all(axis=1)
    np.testing.assert_allclose(found[there], plain_em(rows), rtol=1e-9)


def observed_likelihood(rows: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> float:
    """Of what is there, up to a constant."""
    total = 0.0
    for row in rows:
        p = ~np.isnan(row)
        inner, deviation = covariance[np.ix_(p, p)], row[p] - mean[p]
        total -= np.linalg.slogdet(inner)[1] / 2 + deviation @ np.linalg.solve(inner, deviation) / 2
    return total


@pytest.mark.parametrize("seed", range(3))
def test_the_likelihood_of_em_never_falls(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all rows that have a value, the complete ones among them, by the estimate of every round."""
    rows = random_rows(seed, rows=30, columns=3, gaps=0.25)
    rounds: list[tuple[np.ndarray, np.ndarray]] = []
    expect = em._expect
    monkeypatch.setattr(
        em, "_expect", lambda broken, mean, covariance, batches: (
            rounds.append((mean, covariance)), expect(broken, mean, covariance, batches),
        )[1],
    )  # fmt: skip
    em.impute_em(rows, iterations=2000, tolerance=1e-10)
    whole = rows[~np.isnan(rows).any(axis=1)]
    unit = (rows - whole.mean(axis=0)) / whole.std(axis=0)
    course = np.array([observed_likelihood(unit, *estimate) for estimate in rounds])
    assert len(course) > 5
    assert (np.diff(course) >= -1e-9).all()
    assert course[-1] > course[0]
    # No small step from the end leads higher.
    mean, covariance = rounds[-1]
    for step in (1e-3, -1e-3):
        assert observed_likelihood(unit, mean + step, covariance) < course[-1]
        assert observed_likelihood(unit, mean, covariance * (1 + step)) < course[-1]


# Against plain loops -------------------------------------------------------------------------------------------------


numbers = st.one_of(st.integers(-1000, 1000).map(float), st.just(NAN))


@st.composite
def panels(draw: st.DrawFn, years: Sequence[int] = YEARS) -> pd.DataFrame:
    """Panels of at most five regions and two indicators, about half of the cells missing."""
    regions = draw(st.integers(1, 5))
    size = regions * len(years)
    columns = {code: draw(st.lists(numbers, min_size=size, max_size=size)) for code in "xy"}
    return panel_of(columns, years)


# Properties ----------------------------------------------------------------------------------------------------------

SIMPLE = ["none", "mean", "median", CONSTANT, GROUP_MEAN, GROUP_MEDIAN, "last-observation", "linear"]


def em_panel(seed: int) -> pd.DataFrame:
    return panel_of(dict(zip("abcd", random_rows(seed, rows=24).T, strict=True)), YEARS)


@pytest.mark.parametrize("rule", [*SIMPLE, {"rule": "em", "iterations": 5000}], ids=str)
@settings(max_examples=15)
@given(st.integers(0, 999))
@example(902)  # one of its rows has no value, besides the last
def test_exactly_the_filled_cells_are_flagged(rule: Given, seed: int) -> None:
    """By `em`, every gap of a row that has a value is filled."""
    panel = em_panel(seed)
    panel.iloc[-1] = NAN
    found = fill(panel, rule)
    np.testing.assert_array_equal(found.filled, panel.isna() & found.panel.notna())
    assert found.filled.dtypes.astype(str).eq("bool").all()
    if isinstance(rule, Mapping) and rule["rule"] == "em":
        pd.testing.assert_series_equal(found.panel.notna().all(axis=1), panel.notna().any(axis=1))


def test_regions_that_the_groups_do_not_list_are_in_none() -> None:
    """Groups listed in another order, with regions that the panel does not have, and without A."""
    membership = pd.DataFrame({"area": ["west", "west", "east", "east"]}, index=["Z", "C", "Y", "B"])
    panel = panel_of({"x": [NAN, 3, NAN, 5], "y": [1, NAN, 8, NAN]})
    found = fill(panel, GROUP_MEAN, membership).panel
    np.testing.assert_array_equal(found, [[NAN, 1], [3, NAN], [NAN, 8], [5, NAN]])
