"""Treatment of outliers: each rule by hand, against plain loops and SciPy, by properties; what is only noted."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from regional_index.framework import Rule
from regional_index.method.rules import make_rule
from regional_index.method.rules.box_cox import find_power, shift_to_positive, transform_box_cox, transform_log
from regional_index.method.rules.winsorise import winsorise
from regional_index.method.treat import Treated, treat, treat_samples
from tests.method.varied import framework_of, node, panel_of

NAN = float("nan")
Given = str | Mapping[str, Any]


def rule_of(name: str = "winsorise", **options: Any) -> Rule:
    return make_rule("treat", {"rule": name, **options})


def treated_panel(
    panel: pd.DataFrame, rule: Given, own: Mapping[str, Mapping[str, Any]] | None = None, **method: Any
) -> Treated:
    """The panel treated by a rule; some indicators have settings of their own."""
    years = panel.index.get_level_values("year").unique()
    top = node("all", **dict.fromkeys(panel.columns, 1.0))
    return treat(panel, framework_of(top, own, years=list(years), treat=make_rule("treat", rule), **method))


def run(rule: Rule, values: Sequence[float]) -> tuple[list[float], dict[str, Any]]:
    """One sample treated, and its line in the log."""
    treated, changed, log = treat_samples(np.array([values], dtype=float), rule)
    assert changed.sum() == log.loc[0, "cells"]
    return treated[0].tolist(), log.to_dict("records")[0]


# Passing -------------------------------------------------------------------------------------------------------------


def test_a_skewed_sample_with_thin_tails_passes() -> None:
    """17 times 0 and 3 times 1: p = 0.15, g1 = 0.7 / sqrt(0.1275) = 1.960, type 2 x sqrt(20 x 19) / 18 = 2.123.

    g2 = (1 - 6 x 0.1275) / 0.1275 = 1.843, of type 2 (21 x 1.843 + 6) x 19 / (18 x 17) = 2.776, below 3.5.
    """
    treated, line = run(rule_of(), [0] * 17 + [1] * 3)
    assert treated == [0] * 17 + [1] * 3
    assert [line["skewness_before"], line["kurtosis_before"]] == pytest.approx([2.123, 2.776], abs=1e-3)
    assert (line["applied"], line["cells"], line["passed"], line["note"]) == ("none", 0, True, "")


# Winsorising by hand -------------------------------------------------------------------------------------------------

TO_20 = list(range(1, 21))


@pytest.mark.parametrize(
    ("options", "values", "expected", "cells"),
    [
        ({}, [*TO_20, 99], [*TO_20, 20], 1),
        ({}, [*TO_20, -99], [*TO_20, 1], 1),
        ({}, [99, *TO_20, NAN], [20, *TO_20, NAN], 1),
        # After 200 becomes 99 both are too far still; then both become 20.
        ({}, [*TO_20, 99, 200], [*TO_20, 20, 20], 2),
        # Both ties move or none does.
        ({}, [*TO_20, 99, 99], [*TO_20, 20, 20], 2),
        ({"most": 1}, [*TO_20, 99, 99], [*TO_20, 99, 99], 0),
        # The first step is within the limit, the second would be 2 cells.
        ({"most": 1}, [*TO_20, 99, 200], [*TO_20, 99, 99], 1),
        ({"most": 0}, [*TO_20, 99], [*TO_20, 99], 0),
        # 300 becomes 99, then three cells would have to move (kurtosis 3.44).
        ({"most": 2, "kurtosis": 3}, [*TO_20, 99, 99, 300], [*TO_20, 99, 99, 99], 1),
    ],
)
def test_outliers_take_the_next_value_within_the_limit(
    options: dict[str, Any], values: list[float], expected: list[float], cells: int
) -> None:
    treated, line = run(rule_of(**options), values)
    assert treated == pytest.approx(expected, nan_ok=True)
    assert line["cells"] == cells
    assert line["applied"] == ("winsorise" if cells else "none")
    assert line["passed"] == (line["note"] == "")
    assert line["passed"] == (np.nanmax(treated) == 20)


def test_a_sample_of_two_values_is_not_made_constant() -> None:
    """Nine times 0 and once 10: mean 1, squares 90, cubes 720, fourth powers 6570.

    g1 = 72 / 9^1.5 = 8/3, type 2 x sqrt(90) / 8 = 3.162; g2 = 657/81 - 3 = 46/9, type 2 (11 x 46/9 + 6) x 9 / 56 = 10.
    """
    treated, line = run(rule_of(), [0] * 9 + [10])
    assert treated == [0] * 9 + [10]
    assert [line["skewness_before"], line["kurtosis_before"]] == pytest.approx([10**0.5, 10], abs=1e-12)
    assert (line["applied"], line["cells"], line["passed"], line["note"]) == ("none", 0, False, "still skewed")


def test_both_ends_are_looked_at_after_every_step() -> None:
    """First 500 becomes 20, then the sample is skewed downwards, and -300 becomes 1."""
    treated, line = run(rule_of(), [*TO_20, 500, -300])
    assert treated == [*TO_20, 20, 1]
    assert line["cells"] == 2
    treated, line = run(rule_of(most=1), [*TO_20, 500, -300])
    assert treated == [*TO_20, 20, -300]
    assert line["cells"] == 1


def test_the_limits_are_those_of_the_rule() -> None:
    values = [*TO_20, 35]  # skewness 1.18, kurtosis 2.53
    assert run(rule_of(), values)[0] == values
    assert run(rule_of(skewness=1, kurtosis=1), values)[0] == [*TO_20, 20]
    assert run(rule_of(skewness=1, kurtosis=99), values)[0] == values


# Transforming by hand ------------------------------------------------------------------------------------------------

FAR = [*range(18), 500.0, 1000.0]


def test_what_winsorising_does_not_mend_is_transformed_from_its_original() -> None:
    """One cell may move: 500 and 500 are still too far. ln(x - 0 + 0.01 x 1000): ln 10 to ln 1010, and ln 510."""
    treated, line = run(rule_of(most=1, then="log"), FAR)
    assert treated == pytest.approx([np.log(x + 10) for x in FAR], abs=1e-12)
    assert (line["applied"], line["cells"]) == ("log", 20)
    assert line["skewness_after"] == pytest.approx(stats.skew(treated, bias=False), abs=1e-9)
    assert run(rule_of(most=1), FAR)[0] == [*FAR[:-1], 500]
    assert run(rule_of(most=2, then="log"), FAR)[0] == [*range(18), 17, 17]
    assert run(rule_of(most=0, then="box-cox"), FAR)[1]["applied"] == "box-cox"


def test_the_logarithm_is_of_the_shifted_values() -> None:
    """-50, 0, 50: the shift is 50 + 0.01 x 100."""
    treated, line = run(rule_of("log"), [-50, 0, NAN, 50])
    assert treated == pytest.approx([0, np.log(51), NAN, np.log(101)], abs=1e-12, nan_ok=True)
    assert (line["applied"], line["cells"], line["note"]) == ("log", 3, "fewer than 4 values")


def test_the_power_makes_powers_of_normal_values_normal_again() -> None:
    """e to the power of normal values wants λ = 0 exactly; squares and reciprocals of nearly normal ones 0.5 and -1."""
    steps = stats.norm.ppf((np.arange(99) + 0.5) / 99)
    assert find_power(np.exp(steps)) == pytest.approx(0, abs=1e-9)
    assert find_power((steps + 10) ** 2) == pytest.approx(0.5, abs=0.02)
    assert find_power(1 / (steps + 10)) == pytest.approx(-1, abs=0.05)
    treated = transform_box_cox(np.exp(steps)[None])[0]
    np.testing.assert_allclose(treated, steps, atol=1e-7)


@pytest.mark.parametrize("seed", range(12))
def test_box_cox_agrees_with_scipy(seed: int) -> None:
    """No lower likelihood than the λ that SciPy finds, which is the same up to its tolerance."""
    random = np.random.default_rng(seed)
    values = [random.lognormal(1, 1, 40), random.gamma(2, 3, 31), random.uniform(1, 5, 25), random.weibull(3, 50) + 0.1]
    for x in values:
        ours, theirs = find_power(x), float(stats.boxcox_normmax(x, method="mle"))
        assert ours == pytest.approx(theirs, abs=1e-5)
        assert stats.boxcox_llf(ours, x) >= stats.boxcox_llf(theirs, x) - 1e-10
        gaps = np.insert(x, 3, np.nan)[None]
        np.testing.assert_allclose(transform_box_cox(gaps)[0], special.boxcox(gaps[0], ours), rtol=1e-12)


def test_box_cox_of_values_that_are_not_positive_is_of_the_shifted_ones() -> None:
    for least in (0.0, -3.0):
        values = np.array([[least, 5, 1, 9, 30, NAN]])
        expected = transform_box_cox(shift_to_positive(values))
        np.testing.assert_array_equal(transform_box_cox(values), expected)
        np.testing.assert_allclose(expected[0, :-1], stats.boxcox(shift_to_positive(values)[0, :-1])[0], rtol=1e-5)


@pytest.mark.parametrize(
    "values",
    [
        [1000, 1001, 1002, 1010, 1300], [1e9, 1e9 + 100, 1e9 + 200, 1e9 + 9000], [1e-300, 1e-200, 1.0, 1e300],
        [1e300, 2e300, 9e300, 9.1e300], [1.0, 1 + 1e-15, 1 + 2e-15, 1.5], [1, 1, 1, 2],
        [1e-300, 2e-300, 3e-300, 1e-290],
    ],
)  # fmt: skip
@pytest.mark.parametrize("transform", [transform_log, transform_box_cox])
def test_unsuitable_values_are_still_numbers_in_their_order(transform: Any, values: list[float]) -> None:
    """Where the best power would be out of reach, the nearest that keeps values apart is taken."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = transform(np.array([values]))[0]
    assert np.isfinite(found).all()
    assert (np.diff(found) >= 0).all()
    assert found[-1] > found[0]


# What is only noted --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["none", "winsorise", {"rule": "winsorise", "then": "log"}, "log", "box-cox"], ids=str)
@pytest.mark.parametrize(
    ("values", "note"),
    [
        ([NAN] * 5, "no values"),
        ([7, 7, 7, 7, NAN], "constant"),
        ([NAN, NAN, 7, NAN, NAN], "constant"),
        ([1e9 + 0.1] * 5, "constant"),
        ([0] * 5, "constant"),
    ],
)
def test_what_does_not_vary_is_left_and_noted(rule: Given, values: list[float], note: str) -> None:
    """Without a warning; it has no shape, so it does not pass."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        treated, line = run(make_rule("treat", rule), values)
    np.testing.assert_array_equal(treated, values)
    assert (line["applied"], line["cells"], line["passed"], line["note"]) == ("none", 0, False, note)
    assert np.isnan(
        [line[f"{shape}_{when}"] for shape in ("skewness", "kurtosis") for when in ("before", "after")]
    ).all()


@pytest.mark.parametrize(("name", "applied"), [("winsorise", "none"), ("log", "log"), ("box-cox", "none")])
def test_three_values_have_no_kurtosis_to_be_judged_by(name: str, applied: str) -> None:
    treated, line = run(rule_of(name), [1, 2, 1000, NAN])
    assert (line["applied"], line["note"]) == (applied, "fewer than 4 values")
    if applied == "none":
        assert treated == pytest.approx([1, 2, 1000, NAN], nan_ok=True)


def test_without_treatment_the_log_still_says_what_fails() -> None:
    treated, line = run(rule_of("none"), [*TO_20, 99])
    assert treated == [*TO_20, 99]
    assert (line["rule"], line["applied"], line["passed"], line["note"]) == ("none", "none", False, "still skewed")
    assert line["skewness_before"] == line["skewness_after"] == pytest.approx(stats.skew([*TO_20, 99], bias=False))


# The panel -----------------------------------------------------------------------------------------------------------


def test_the_log_has_a_row_for_every_indicator_in_the_order_of_the_columns() -> None:
    """Rules of their own stand with their indicators; equal rules apart from each other keep their places."""
    columns = {code: [*TO_20, 99.0] for code in ("a", "b", "c", "d")}
    own = {
        "b": {"treat": rule_of("log")},
        "d": {"treat": rule_of("none")},
        "c": {"impute": make_rule("impute", "mean")},
    }
    found = treated_panel(panel_of(columns), "winsorise", own)
    assert found.log["indicator"].tolist() == ["a", "b", "c", "d"]
    assert found.log["applied"].tolist() == ["winsorise", "log", "winsorise", "none"]
    assert found.log["cells"].tolist() == [1, 21, 1, 0]
    assert found.log["year"].isna().all()
    assert found.panel.loc[("U", 2022)].tolist() == pytest.approx([20, np.log(98 * 1.01), 20, 99])
    assert found.changed.sum().tolist() == [1, 21, 1, 0]
    assert found.log.columns.tolist() == [
        "indicator", "year", "rule", "applied", "skewness_before", "kurtosis_before", "skewness_after",
        "kurtosis_after", "cells", "passed", "note",
    ]  # fmt: skip


def test_years_are_looked_at_together_or_one_by_one() -> None:
    """In 2022 all values are a hundred times those of 2021: an outlier of 2021 is none among both years.

    2021: 1 to 9 and 60 (becomes 9); 2022: 100 to 1000, skewness 0.
    """
    first, second = [*range(1, 10), 60.0], [100.0 * k for k in range(1, 11)]
    panel = panel_of({"x": np.column_stack([first, second]).ravel().tolist()}, (2021, 2022))
    whole = treated_panel(panel, "winsorise")
    pd.testing.assert_frame_equal(whole.panel, panel)
    yearly = treated_panel(panel, {"rule": "winsorise", "over": "year"})
    assert yearly.panel.xs(2021, level="year")["x"].tolist() == [*range(1, 10), 9]
    assert yearly.panel.xs(2022, level="year")["x"].tolist() == second
    assert yearly.log[["indicator", "year", "applied", "cells"]].to_numpy().tolist() == [
        ["x", 2021, "winsorise", 1], ["x", 2022, "none", 0],
    ]  # fmt: skip
    assert yearly.changed.sum().tolist() == [1]
    assert yearly.changed.loc[("J", 2021), "x"]


def test_yearly_and_whole_rules_side_by_side_keep_their_columns() -> None:
    """Each column as if it were alone."""
    random = np.random.default_rng(4)
    years = (2020, 2021, 2022)
    panel = panel_of({code: random.lognormal(0, 2, 24).tolist() for code in "abcd"}, years)
    own = {code: {"treat": rule_of("winsorise", over="year", most=2)} for code in "bd"}
    found = treated_panel(panel, {"rule": "winsorise", "then": "log"}, own)
    assert found.log["indicator"].tolist() == ["a", *"bbb", "c", *"ddd"]
    assert found.log["year"].fillna(0).tolist() == [0, *years, 0, *years]
    for code in "abcd":
        alone = treated_panel(
            panel[[code]], {"rule": "winsorise", "then": "log"}, {k: own[k] for k in own if k == code}
        )
        pd.testing.assert_frame_equal(found.panel[[code]], alone.panel)
        pd.testing.assert_frame_equal(found.changed[[code]], alone.changed)
    for year in years:
        one = treated_panel(panel.loc[(slice(None), year), ["b"]], rule_options(own["b"]["treat"]))
        pd.testing.assert_series_equal(found.panel["b"].xs(year, level="year"), one.panel["b"].xs(year, level="year"))


def rule_options(rule: Rule) -> dict[str, Any]:
    return {"rule": rule.name, **rule.options}


# Against a plain loop ------------------------------------------------------------------------------------------------


def winsorise_slowly(values: Sequence[float], most: int, skewness: float, kurtosis: float) -> list[float]:
    """One step after the other, every cell looked at each time."""
    original = np.array(values, dtype=float)
    current = original.copy()
    while True:
        there = current[~np.isnan(current)]
        kinds = np.unique(there)
        if len(there) < 4 or len(kinds) < 3:
            return current.tolist()
        skew, kurt = stats.skew(there, bias=False), stats.kurtosis(there, bias=False)
        if abs(skew) < skewness or kurt < kurtosis:
            return current.tolist()
        end, following = (kinds[-1], kinds[-2]) if skew >= 0 else (kinds[0], kinds[1])
        tried = np.where(current == end, following, current)
        if np.count_nonzero((tried != original) & ~np.isnan(original)) > most:
            return current.tolist()
        current = tried


# Few different values, and outliers that stand there several times, so that there are ties at the ends.
near = st.lists(st.one_of(st.integers(0, 4).map(float), st.just(NAN)), min_size=1, max_size=30)
far = st.tuples(st.sampled_from([50.0, 51.0, 60.0, -40.0, -45.0, 400.0, 1e6]), st.integers(1, 4))
samples = st.builds(
    lambda inner, outer: [*inner, *(value for value, times in outer for _ in range(times))],
    near,
    st.lists(far, max_size=3),
)
# Limits that no sample of whole numbers meets exactly.
limits = st.sampled_from([(2.0001, 3.5001), (0.5123, 0.4877), (1.0301, 1.4703)])


@settings(max_examples=100)
@given(samples, st.integers(0, 12), limits)
def test_winsorising_agrees_with_a_plain_loop(values: list[float], most: int, limit: tuple[float, float]) -> None:
    """And never changes more cells than the limit, ties included; present or missing, all else stays."""
    rule = rule_of(most=most, skewness=limit[0], kurtosis=limit[1])
    treated, line = run(rule, values)
    np.testing.assert_array_equal(treated, winsorise_slowly(values, most, *limit))
    assert line["cells"] == sum(x != y for x, y in zip(values, treated, strict=True) if x == x) <= most
    np.testing.assert_array_equal(np.isnan(treated), np.isnan(values))


@pytest.mark.parametrize("seed", range(3))
def test_many_samples_at_once_are_treated_each_for_itself(seed: int) -> None:
    random = np.random.default_rng(seed)
    many = random.standard_t(1.5, (60, 47)).round(1)
    many[random.random(many.shape) < 0.15] = np.nan
    found = winsorise(many, most=7, limits=(1.0301, 1.4703))
    expected = [winsorise_slowly(row, 7, 1.0301, 1.4703) for row in many]
    np.testing.assert_array_equal(found, expected)
    assert (found != many).any()


# Properties ----------------------------------------------------------------------------------------------------------

RULES_TRIED: list[Given] = [
    "none", "winsorise", {"rule": "winsorise", "then": "log"}, {"rule": "winsorise", "then": "box-cox", "most": 1},
    {"rule": "winsorise", "over": "year", "skewness": 0.5123, "kurtosis": 0.4877}, "log", "box-cox",
    {"rule": "log", "over": "year"},
]  # fmt: skip
every_rule = pytest.mark.parametrize("rule", RULES_TRIED, ids=str)


@every_rule
@settings(max_examples=15)
@given(st.integers(0, 9999), st.sampled_from([0.0, 0.2, 0.7]))
def test_changed_cells_are_flagged_and_keep_their_order(rule: Given, seed: int, gaps: float) -> None:
    """And they are counted by indicator."""
    panel = random_panel(seed, gaps)
    found = treated_panel(panel, rule)
    expected = (found.panel != panel) & panel.notna()
    pd.testing.assert_frame_equal(found.changed, expected)
    assert found.log.groupby("indicator", sort=False)["cells"].sum().tolist() == found.changed.sum().tolist()
    for (_, of_year), (_, treated) in zip(
        *(frame.groupby(level="year") for frame in (panel, found.panel)), strict=True
    ):
        for code in panel.columns:
            in_order = treated[code].to_numpy()[np.argsort(of_year[code].to_numpy(), kind="stable")]
            assert (np.diff(in_order[~np.isnan(in_order)]) >= 0).all()


def random_panel(seed: int, gaps: float) -> pd.DataFrame:
    """Three indicators of 12 regions and 2 years with outliers at either end, and one that never varies."""
    random = np.random.default_rng(seed)
    columns = {"a": random.lognormal(0, 2, 24), "b": -random.lognormal(0, 2, 24).round(), "c": np.full(24, 3.0)}
    columns["d"] = random.integers(0, 3, 24).astype(float)
    panel = panel_of(columns, (2021, 2022))
    return panel.mask(random.random(panel.shape) < gaps)
