"""Normalisation: each rule by hand, against SciPy, by properties; what is refused, and what is noted."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from regional_index.framework import Framework, Indicator, Method, Rule
from regional_index.method.normalise import Normalised, fit, normalise
from regional_index.method.rules import CannotCompute, make_rule

NAN = float("nan")
Given = str | Mapping[str, Any]


def rule_of(given: Given) -> Rule:
    return make_rule("normalise", given)


def framework_of(own: Mapping[str, tuple[Given | None, int]], method: Given = "min-max") -> Framework:
    """A framework whose indicators have these rules (None: that of the method) and directions."""
    indicators = {
        code: Indicator(
            code, {"en": code}, "", "level", direction, 1, "", "", "", code, normalise=rule_of(rule) if rule else None
        )
        for code, (rule, direction) in own.items()
    }
    return Framework({"en": ""}, "", 0, (), Method(normalise=rule_of(method)), (), (), (), indicators)


def panel_of(columns: Mapping[str, Sequence[float]], years: Sequence[int] = (2021,)) -> pd.DataFrame:
    """A panel of regions a, b, c …; values are region by region, the years of each one after the other."""
    count = len(next(iter(columns.values()))) // len(years)
    rows = pd.MultiIndex.from_product([[chr(97 + i) for i in range(count)], years], names=["region", "year"])
    return pd.DataFrame({code: np.asarray(values, dtype=float) for code, values in columns.items()}, index=rows)


def run(rule: Given, values: Sequence[float], direction: int = 1, years: Sequence[int] = (2021,)) -> Normalised:
    """Normalise one indicator `x`."""
    return normalise(panel_of({"x": values}, years), framework_of({"x": (rule, direction)}))


def scores_of(rule: Given, values: Sequence[float], direction: int = 1, years: Sequence[int] = (2021,)) -> list[float]:
    return run(rule, values, direction, years).panel["x"].tolist()


def notes_of(result: Normalised) -> list[tuple[Any, ...]]:
    return list(result.notes.itertuples(index=False, name=None))


def problems_of(rule: Given, values: Sequence[float], direction: int = 1, years: Sequence[int] = (2021,)) -> list[str]:
    """What is said when one indicator is refused."""
    with pytest.raises(CannotCompute) as refused:
        run(rule, values, direction, years)
    assert {(each.step, each.indicator) for each in refused.value.findings} == {("normalise", "x")}
    return [str(each) for each in refused.value.findings]


def with_options(name: str, **options: Any) -> dict[str, Any]:
    return {"rule": name, **options}


# Each rule by hand ---------------------------------------------------------------------------------------------------

TARGET = with_options("distance-to-target", target=30)
LESS_IS_BETTER_TARGET = with_options("distance-to-target", target=20)
REFERENCE = with_options("distance-to-reference", region="b")
POSTS = with_options("goalposts", worst=20, best=30)
LOG_POSTS = with_options("goalposts", worst=1, best=1000, log=True)
CLASSES = with_options("categorical", scores={1: 0, 2: 60, "3": 100})


@pytest.mark.parametrize(
    ("rule", "direction", "values", "expected"),
    [
        ("none", 1, [10, NAN, -40], [10, NAN, -40]),
        ("none", -1, [10, NAN, -40], [-10, NAN, 40]),
        ("min-max", 1, [10, 20, NAN, 50], [0, 25, NAN, 100]),
        ("min-max", -1, [10, 20, NAN, 50], [100, 75, NAN, 0]),
        (with_options("min-max", lower=1, upper=5), 1, [10, 20, 50], [1, 2, 5]),
        (with_options("min-max", lower=1, upper=5), -1, [10, 20, 50], [5, 4, 1]),
        ("z-score", 1, [10, 20, NAN, 30], [40, 50, NAN, 60]),  # mean 20, sd 10
        ("z-score", -1, [10, 20, NAN, 30], [60, 50, NAN, 40]),
        (with_options("z-score", mean=0, sd=1), 1, [10, 20, 30], [-1, 0, 1]),
        ("rank", 1, [5, 7, NAN, 5], [1, 3, NAN, 1]),
        ("rank", -1, [5, 7, NAN, 5], [2, 1, NAN, 2]),
        (with_options("rank", ties="average"), 1, [5, 7, NAN, 5], [1.5, 3, NAN, 1.5]),
        (with_options("rank", ties="max"), 1, [5, 7, NAN, 5], [2, 3, NAN, 2]),
        ("borda", 1, [5, 7, NAN, 5], [0, 2, NAN, 0]),
        ("borda", -1, [5, 7, NAN, 5], [1, 0, NAN, 1]),
        ("percentile-rank", 1, [5, 7, NAN, 6, 5], [0, 100, NAN, 200 / 3, 0]),
        (with_options("percentile-rank", times=1), -1, [5, 7, NAN, 6], [1, 0, NAN, 0.5]),
        ("fraction-of-maximum", 1, [10, NAN, -20, 40], [25, NAN, -50, 100]),
        ("fraction-of-maximum", -1, [-10, NAN, 20, -40], [25, NAN, -50, 100]),
        ("distance-to-maximum", 1, [10, 20, NAN, 50], [0, 25, NAN, 100]),
        ("distance-to-maximum", -1, [10, 20, NAN, 50], [100, 75, NAN, 0]),
        (REFERENCE, 1, [10, 20, 40, NAN], [0, 100, 300, NAN]),  # 1 - (20 - x) / (20 - 10)
        ({**REFERENCE, "cap": True, "times": 1}, 1, [10, 20, 40, NAN], [0, 1, 1, NAN]),
        (REFERENCE, -1, [10, 20, 40, NAN], [150, 100, 0, NAN]),  # 1 - (-20 + x) / (-20 + 40)
        (TARGET, 1, [10, 20, NAN, 40], [0, 50, NAN, 150]),  # (x - 10) / (30 - 10)
        ({**TARGET, "cap": True}, 1, [10, 20, NAN, 40], [0, 50, NAN, 100]),
        (LESS_IS_BETTER_TARGET, -1, [10, 30, NAN, 40], [150, 50, NAN, 0]),  # (40 - x) / (40 - 20)
        ({**LESS_IS_BETTER_TARGET, "cap": True}, -1, [10, 30, NAN, 40], [100, 50, NAN, 0]),
        (POSTS, 1, [10, 20, 25, 30, 40, NAN], [0, 0, 50, 100, 100, NAN]),
        (with_options("goalposts", worst=30, best=20), -1, [10, 22.5, 25, 40, NAN], [100, 75, 50, 0, NAN]),
        (LOG_POSTS, 1, [0.5, 1, 10, 100, 5000, NAN], [0, 0, 100 / 3, 200 / 3, 100, NAN]),
        ({**LOG_POSTS, "worst": 1000, "best": 1}, -1, [0.5, 10, 100, 5000], [100, 200 / 3, 100 / 3, 0]),
        (CLASSES, 1, [3, 1, NAN, 2], [100, 0, NAN, 60]),
        (CLASSES, -1, [3, 1, NAN, 2], [100, 0, NAN, 60]),
    ],
)
def test_scores_are_those_worked_out_by_hand(
    rule: Given, direction: int, values: list[float], expected: list[float]
) -> None:
    """Both directions of every rule, missing values among them."""
    assert scores_of(rule, values, direction) == pytest.approx(expected, abs=1e-9, nan_ok=True)


BOTH_YEARS = [10, 100, 20, 300, 30, 500]  # a: 10, 100; b: 20, 300; c: 30, 500


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (with_options("min-max", over="year"), [0, 0, 50, 50, 100, 100]),
        ("min-max", [0, 90 / 4.9, 10 / 4.9, 290 / 4.9, 20 / 4.9, 100]),
        (with_options("z-score", over="year"), [40, 40, 50, 50, 60, 60]),
        (with_options("fraction-of-maximum", over="year"), [100 / 3, 20, 200 / 3, 60, 100, 100]),
        ("fraction-of-maximum", [2, 20, 4, 60, 6, 100]),
        (with_options("distance-to-maximum", over="year"), [0, 0, 50, 50, 100, 100]),
        (with_options("distance-to-target", target=510, over="year"), [0, 0, 2, 200 / 4.1, 4, 400 / 4.1]),
        ("rank", [1, 1, 2, 2, 3, 3]),
        ("percentile-rank", [0, 0, 50, 50, 100, 100]),
    ],
)
def test_statistics_are_of_the_panel_or_of_every_year(rule: Given, expected: list[float]) -> None:
    """Ranks are always within the year."""
    assert scores_of(rule, BOTH_YEARS, years=(2021, 2022)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # Region c in the same year: 30 in 2021, 500 in 2022; the least of the panel is 10.
        ({"region": "c"}, [0, 90 / 4.9, 50, 290 / 4.9, 100, 100]),
        ({"region": "c", "over": "year"}, [0, 0, 50, 50, 100, 100]),
        # Region c in 2021 is 30, for both years.
        ({"region": "c", "year": 2021}, [0, 450, 50, 1450, 100, 2450]),
        # The same region in 2022: a has 100, b has 300, c has 500.
        ({"year": 2022}, [0, 100, 10 / 2.9, 100, 20 / 4.9, 100]),
    ],
)
def test_the_reference_is_a_region_a_year_or_both(options: Mapping[str, Any], expected: list[float]) -> None:
    """1 - (reference - x) / (reference - min)."""
    rule = with_options("distance-to-reference", **options)
    assert scores_of(rule, BOTH_YEARS, years=(2021, 2022)) == pytest.approx(expected, abs=1e-9)


# Against SciPy -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def random_panel() -> pd.DataFrame:
    """12 regions x 3 years x 4 indicators with ties and a tenth missing."""
    random = np.random.default_rng(3)
    values = random.normal(50, 20, (36, 4)).round()
    values[random.random(values.shape) < 0.1] = np.nan
    return panel_of({f"x{k}": values[:, k].tolist() for k in range(4)}, (2020, 2021, 2022))


def test_z_scores_agree_with_scipy(random_panel: pd.DataFrame) -> None:
    framework = framework_of(dict.fromkeys(random_panel, (None, 1)), with_options("z-score", mean=0, sd=1))
    expected = stats.zscore(random_panel.to_numpy(), axis=0, ddof=1, nan_policy="omit")
    np.testing.assert_allclose(normalise(random_panel, framework).panel, expected, atol=1e-9)


@pytest.mark.parametrize("ties", ["min", "average", "max"])
@pytest.mark.parametrize("direction", [1, -1])
def test_ranks_agree_with_scipy(random_panel: pd.DataFrame, ties: str, direction: int) -> None:
    framework = framework_of(dict.fromkeys(random_panel, (None, direction)), with_options("rank", ties=ties))
    cube = random_panel.to_numpy().reshape(12, 3, 4) * direction
    expected = stats.rankdata(cube, method=ties, axis=0, nan_policy="omit").reshape(36, 4)
    np.testing.assert_array_equal(normalise(random_panel, framework).panel, expected)


# What traps others ---------------------------------------------------------------------------------------------------


def test_a_fraction_of_a_maximum_that_would_put_the_worst_first_is_refused() -> None:
    """With less better, -10 / -5 = 2 for the worse of 10 and 5: direction would be ignored."""
    (problem,) = problems_of("fraction-of-maximum", [5, 10], -1)
    assert "x: the best value is 5, direction -1" in problem
    assert "distance-to-maximum" in problem


def test_a_rule_of_its_own_changes_neither_missing_values_nor_other_indicators() -> None:
    """Rules side by side give what each gives alone."""
    rules: dict[str, Given | None] = {"a": None, "b": "z-score", "c": "rank", "d": None, "e": POSTS, "f": "borda"}
    values = {code: [3.0 * k, NAN, 7.0, 25.0] for k, code in enumerate(rules)}
    own = {code: (rule, 1 if rule else -1) for code, rule in rules.items()}
    together = normalise(panel_of(values), framework_of(own))
    for code, rule in rules.items():
        alone = scores_of(rule or "min-max", values[code], own[code][1])
        assert np.isnan(alone[1])
        assert together.panel[code].tolist() == pytest.approx(alone, abs=1e-12, nan_ok=True)
    assert list(together.panel.columns) == list(rules)


def test_indicators_with_goalposts_of_their_own_keep_them() -> None:
    """Rules that differ only in numbers are carried out in one call; each column must have its own."""
    first, second = with_options("goalposts", worst=0, best=10), with_options("goalposts", worst=9, best=1, times=1)
    own = {"a": (first, 1), "b": (second, -1)}
    found = normalise(panel_of({"a": [5, 10], "b": [5, 3]}), framework_of(own)).panel
    assert found["a"].tolist() == [50, 100]
    assert found["b"].tolist() == [0.5, 0.75]


@pytest.mark.parametrize("rule", ["min-max", "z-score", "distance-to-maximum", REFERENCE])
def test_values_that_are_all_equal_have_no_score_and_a_note(rule: Given) -> None:
    """Neither a silent gap nor, from the rounding of a mean, a random score."""
    result = run(rule, [0.1, 0.1, 0.1, NAN, 0.1, 0.1, 0.1])
    assert result.panel["x"].isna().all()
    assert notes_of(result) == [("x", "", 0, "constant")]


def test_a_year_of_equal_values_is_noted_with_its_year() -> None:
    result = run(with_options("z-score", over="year"), [1, 5, 2, 5, 3, 5], years=(2021, 2022))
    assert result.panel["x"].tolist() == pytest.approx([40, NAN, 50, NAN, 60, NAN], nan_ok=True)
    assert notes_of(result) == [("x", "", 2022, "constant")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("none", 5), ("rank", 1), ("borda", 0), ("percentile-rank", 0), ("fraction-of-maximum", 100),
        (with_options("distance-to-target", target=10), 0), (with_options("goalposts", worst=0, best=10), 50),
    ],
)  # fmt: skip
def test_equal_values_have_the_score_that_the_formula_gives_where_it_gives_one(rule: Given, expected: float) -> None:
    result = run(rule, [5, 5, 5])
    assert result.panel["x"].tolist() == [expected] * 3
    assert result.notes.empty


@pytest.mark.parametrize(
    "rule", ["none", "min-max", "z-score", "rank", "percentile-rank", "fraction-of-maximum", POSTS]
)
def test_an_indicator_without_values_is_noted(rule: Given) -> None:
    result = run(rule, [NAN, NAN, NAN])
    assert result.panel["x"].isna().all()
    assert notes_of(result) == [("x", "", 0, "no values")]


def test_a_year_without_values_is_noted_where_the_year_counts() -> None:
    result = run("rank", [1, NAN, 2, NAN], years=(2021, 2022))
    assert result.panel["x"].tolist() == pytest.approx([1, NAN, 2, NAN], nan_ok=True)
    assert notes_of(result) == [("x", "", 2022, "no values")]
    assert run("min-max", [1, NAN, 2, NAN], years=(2021, 2022)).notes.empty


def test_a_reference_that_is_the_worst_gives_no_score_and_a_note() -> None:
    result = run(with_options("distance-to-reference", region="a"), [1, 2, 3])
    assert result.panel["x"].isna().all()
    assert notes_of(result) == [("x", "", 2021, "the reference is not better than the worst value")]


def test_a_reference_worse_than_the_worst_of_the_year_never_turns_the_order() -> None:
    """Of 2022 all values are above the reference of 2021, so that reference - min is negative."""
    rule = with_options("distance-to-reference", region="a", year=2021, over="year")
    result = run(rule, [3, 5, 1, 6, 4, 7], years=(2021, 2022))
    assert result.panel["x"].tolist() == pytest.approx([100, NAN, 0, NAN, 150, NAN], nan_ok=True)
    assert notes_of(result) == [("x", "", 2022, "the reference is not better than the worst value")]


def test_a_region_without_a_value_in_the_reference_year_is_noted() -> None:
    """Every region is its own reference: b has none, and a's is the least value of all."""
    result = run(with_options("distance-to-reference", year=2021), [1, 2, NAN, 4, 3, 5], years=(2021, 2022))
    assert result.panel["x"].tolist() == pytest.approx([NAN, NAN, NAN, NAN, 100, 200], nan_ok=True)
    assert sorted(notes_of(result)) == [
        ("x", "a", 0, "the reference is not better than the worst value"),
        ("x", "b", 0, "no reference value"),
    ]


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "values", "direction", "said"),
    [
        (with_options("goalposts", worst=5, best=5), [1, 2], 1, "x: worst 5, best 5; expected best above worst, as"),
        (with_options("goalposts", worst=9, best=5), [1, 2], 1, "indicator is 1; exchange them"),
        (with_options("goalposts", worst=5, best=9), [1, 2], -1, "indicator is -1; exchange them"),
        ({**LOG_POSTS, "worst": 0}, [1, 2], 1, "expected goalposts above 0"),
        (LOG_POSTS, [5, 0, -3.5, NAN], 1, "x: 0 (b, 2021), -3.5 (c, 2021); expected values above 0"),
        (CLASSES, [1, 2.5, 4, NAN], 1, "x: 2.5 (b, 2021), 4 (c, 2021); expected one of 1, 2, 3"),
        ("fraction-of-maximum", [-5, 0, NAN], 1, "x: the best value is 0, direction 1; expected a best value above 0"),
        (with_options("distance-to-target", target=10), [10, 20], 1, "above the least value, which is 10"),
        (with_options("distance-to-target", target=30), [10, 20], -1, "below the greatest value, which is 20"),
        ("distance-to-reference", [1, 2], 1, "x: neither region nor year"),
        (with_options("distance-to-reference", region="z"), [1, 2], 1, 'x: region "z"; expected a region that is in'),
        (with_options("distance-to-reference", year=1999), [1, 2], 1, "x: year 1999; expected a year that is in the"),
        (REFERENCE, [1, NAN, 2], 1, "x: b has no value in 2021"),
        ("z-score", [1, NAN], 1, "x: 1 value; expected at least 2 values"),
        ("percentile-rank", [1, NAN], 1, "x: 1 value in 2021; expected at least 2 values"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_go_with_the_data_is_refused(
    rule: Given, values: list[float], direction: int, said: str
) -> None:
    """With the place, what was found, what was expected and what to do."""
    (problem,) = problems_of(rule, values, direction)
    assert said in problem


def test_a_year_that_does_not_go_with_the_rule_is_named() -> None:
    (problem,) = problems_of(with_options("z-score", over="year"), [1, 1, 2, NAN], years=(2021, 2022))
    assert "x: 1 value in 2022" in problem
    (problem,) = problems_of(
        with_options("distance-to-target", target=5, over="year"), [1, 7, 2, 9], years=(2021, 2022)
    )
    assert "which is 7 in 2022" in problem
    (problem,) = problems_of(REFERENCE, [1, 2, 3, NAN], years=(2021, 2022))
    assert "x: b has no value in 2022" in problem
    (problem,) = problems_of(with_options("distance-to-reference", year=2021), [NAN, 2, NAN, 3], years=(2021, 2022))
    assert "x: no region has a value in 2021" in problem


def test_all_findings_are_named_at_once_with_their_indicator() -> None:
    """Two indicators with rules of their own, and two with that of the method."""
    own = {"a": (LOG_POSTS, 1), "b": (with_options("goalposts", worst=1, best=1), 1), "c": (None, 1), "d": (None, 1)}
    values = panel_of({"a": [0, 1], "b": [1, 2], "c": [-1, -2], "d": [0, 0]})
    with pytest.raises(CannotCompute) as refused:
        normalise(values, framework_of(own, "fraction-of-maximum"))
    assert [each.indicator for each in refused.value.findings] == ["a", "b", "c", "d"]
    assert [each.found[0] for each in refused.value.findings] == ["a", "b", "c", "d"]


def test_many_wrong_values_are_counted_after_the_first_ten() -> None:
    (problem,) = problems_of(LOG_POSTS, [-1] * 14)
    assert "(j, 2021) and 4 more;" in problem


# The numbers of the formulas -----------------------------------------------------------------------------------------


def test_the_numbers_are_in_the_unit_of_the_indicator_and_their_ends_turned() -> None:
    """Where less is better the greatest value is the worst, and scores `lower`."""
    row = run(with_options("min-max", lower=1, upper=5), [10, 20, 50], -1).parameters.loc[("x", 0)]
    assert row["rule"] == "min-max"
    assert row[["min", "max", "worst", "best", "lower", "upper"]].tolist() == [10, 50, 50, 10, 1, 5]
    assert row[["n", "mean", "sd", "target", "reference"]].isna().all()


@pytest.mark.parametrize(
    ("rule", "direction", "ends"),
    [
        ("min-max", 1, [10, 40, 0, 100]),
        ("distance-to-maximum", -1, [40, 10, 0, 100]),
        ("fraction-of-maximum", 1, [0, 40, 0, 100]),
        ({**REFERENCE, "year": 2021}, -1, [40, 20, 0, 100]),
        ({**TARGET, "times": 1}, 1, [10, 30, 0, 1]),
        (LESS_IS_BETTER_TARGET, -1, [40, 20, 0, 100]),
        (POSTS, 1, [20, 30, 0, 100]),
        (LOG_POSTS, 1, [1, 1000, 0, 100]),
    ],
)
def test_every_rule_with_two_ends_says_what_scores_least_and_most(
    rule: Given, direction: int, ends: list[float]
) -> None:
    """`worst` scores `lower` and `best` scores `upper`; the same scale scores them so."""
    panel = panel_of({"x": [10, 20, 40]})
    scale = fit(panel, framework_of({"x": (rule, direction)}))
    worst, best, lower, upper = scale.parameters.loc[("x", 0), ["worst", "best", "lower", "upper"]]
    assert [worst, best, lower, upper] == ends
    assert scale.apply(panel_of({"x": [worst, best, NAN]}))["x"].tolist()[:2] == pytest.approx([lower, upper])


def test_numbers_of_every_year_stand_under_their_year() -> None:
    """Columns in the order of the panel, years ascending; year 0 is the whole panel."""
    by_year = with_options("z-score", over="year")
    own: dict[str, tuple[Given | None, int]] = {"x": (by_year, 1), "w": (None, 1), "r": ("rank", 1)}
    panel = panel_of(dict.fromkeys(own, BOTH_YEARS), (2021, 2022))
    found = normalise(panel, framework_of(own)).parameters
    assert found.index.tolist() == [("x", 2021), ("x", 2022), ("w", 0), ("r", 2021), ("r", 2022)]
    assert found.loc["x", ["n", "mean", "sd"]].to_numpy().tolist() == [[3, 20, 10], [3, 300, 200]]
    assert found["n"].tolist() == pytest.approx([3, 3, NAN, 3, 3], nan_ok=True)


# Other values on the same scale --------------------------------------------------------------------------------------


def test_other_values_are_scored_on_the_fitted_scale() -> None:
    """Beyond the fitted ends min-max goes on, goalposts hold."""
    own: dict[str, tuple[Given | None, int]] = {"m": (None, 1), "g": (POSTS, 1)}
    scale = fit(panel_of({"m": [10, 20], "g": [10, 20]}), framework_of(own))
    other = scale.apply(panel_of({"m": [5, 25, NAN], "g": [5, 45, 25]}, (1999,)))
    assert other["m"].tolist() == pytest.approx([-50, 150, NAN], nan_ok=True)
    assert other["g"].tolist() == [0, 100, 50]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # 2021 has 10, 20, 30, 30.
        ("rank", [1, 2, 3, 5]),
        (with_options("rank", ties="max"), [1, 2, 4, 5]),
        (with_options("rank", ties="average"), [1, 2, 3.5, 5]),
        ("borda", [0, 1, 2, 4]),
        ("percentile-rank", [0, 100 / 3, 200 / 3, 100]),
        (with_options("min-max", over="year"), [-25, 25, 100, 500]),
        # (x - 1) / (20 - 1): the least value of the panel is 1, b has 20 in 2021.
        (with_options("distance-to-reference", region="b"), [400 / 19, 1400 / 19, 2900 / 19, 10900 / 19]),
    ],
)
def test_values_of_another_year_are_scored_by_the_year_asked_for(rule: Given, expected: list[float]) -> None:
    """A rank counts how many of that year are worse."""
    panel = panel_of({"x": [10, 1, 20, 2, 30, 3, 30, 5]}, (2021, 2022))
    scale = fit(panel, framework_of({"x": (rule, 1)}))
    later = panel_of({"x": [5, 15, 30, 110]}, (2022,))
    assert scale.apply(later, year=2021)["x"].tolist() == pytest.approx(expected)


def test_the_fitted_values_score_as_before_and_single_years_as_in_the_panel(random_panel: pd.DataFrame) -> None:
    """Each row's own year is the default."""
    rules: list[Given | None] = [with_options("z-score", over="year"), "percentile-rank", None, "rank"]
    framework = framework_of({code: (rule, -1) for code, rule in zip(random_panel, rules, strict=True)})
    scale = fit(random_panel, framework)
    whole = scale.apply(random_panel)
    pd.testing.assert_frame_equal(whole, normalise(random_panel, framework).panel)
    for year in (2020, 2021, 2022):
        rows = random_panel.index.get_level_values("year") == year
        pd.testing.assert_frame_equal(scale.apply(random_panel[rows]), whole[rows])
        pd.testing.assert_frame_equal(scale.apply(random_panel[rows], year=year), whole[rows])


def test_a_reference_of_its_own_follows_the_region_not_the_row() -> None:
    """b alone, and regions in another order, keep their references."""
    panel = panel_of({"x": [1, 2, 4, 6, 3, 9]}, (2021, 2022))
    scale = fit(panel, framework_of({"x": (with_options("distance-to-reference", year=2022), 1)}))
    whole = scale.apply(panel)
    turned = panel.loc[["c", "b"]]
    pd.testing.assert_frame_equal(scale.apply(turned), whole.loc[["c", "b"]])
    with pytest.raises(ValueError, match="no reference for the region z"):
        scale.apply(turned.rename(index={"c": "z"}, level="region"))


def test_a_scale_is_not_applied_to_what_it_does_not_fit() -> None:
    """Other columns, another year, values without a logarithm."""
    panel = panel_of({"x": [1, 2]})
    scale = fit(panel, framework_of({"x": ("rank", 1)}))
    with pytest.raises(ValueError, match="for the columns x"):
        scale.apply(panel.rename(columns={"x": "y"}))
    with pytest.raises(ValueError, match="for the years 2021"):
        scale.apply(panel, year=1999)
    with pytest.raises(CannotCompute, match="0 "):
        fit(panel, framework_of({"x": (LOG_POSTS, 1)})).apply(panel * 0)


# Properties ----------------------------------------------------------------------------------------------------------

# Whole numbers, so that a step of 1 is never lost in rounding.
values_of_regions = st.lists(
    st.one_of(st.integers(-1000, 1000).map(float), st.just(NAN)), min_size=4, max_size=12
).filter(lambda values: len({value for value in values if value == value}) >= 2)
directions = st.sampled_from([1, -1])
ANY_SIGN = ["none", "min-max", "z-score", "rank", "borda", "percentile-rank", "distance-to-maximum"]
FROM_0_TO_100 = ["min-max", "distance-to-maximum", "percentile-rank", "goalposts"]


@pytest.mark.parametrize("rule", [*ANY_SIGN, "goalposts"])
@settings(max_examples=20)
@given(values=values_of_regions, direction=directions)
def test_more_is_never_worse_and_missing_stays_missing(rule: str, values: list[float], direction: int) -> None:
    """Better values have better scores, equal values equal ones."""
    posts = with_options("goalposts", worst=-300 * direction, best=300 * direction)
    scores = np.array(scores_of(posts if rule == "goalposts" else rule, values, direction))
    turned = np.array(values) * direction
    assert (np.isnan(scores) == np.isnan(turned)).all()
    order = np.argsort(turned)[: np.count_nonzero(~np.isnan(turned))]
    steps, rises = np.diff(scores[order]), np.diff(turned[order]) > 0
    assert (steps[~rises] == 0).all()
    assert (steps[rises] >= 0).all() if rule == "goalposts" else (steps[rises] > 0).all()
    if rule in FROM_0_TO_100:
        assert np.nanmin(scores) >= 0
        assert np.nanmax(scores) <= 100


@pytest.mark.parametrize("rule", [rule for rule in ANY_SIGN if rule != "none"])
@settings(max_examples=20)
@given(values=values_of_regions, factor=st.floats(1e-3, 1e6), shift=st.floats(-1e3, 1e3), direction=directions)
def test_another_unit_changes_no_score(
    rule: str, values: list[float], factor: float, shift: float, direction: int
) -> None:
    """A change of scale and of zero, as from Celsius to Fahrenheit."""
    ours = scores_of(rule, values, direction)
    # The shift is in the unit of the values, or the rounding of x + shift could make different values equal.
    theirs = scores_of(rule, [(x + round(shift)) * factor for x in values], direction)
    assert theirs == pytest.approx(ours, rel=1e-9, abs=1e-8, nan_ok=True)


@pytest.mark.parametrize("rule", [*ANY_SIGN, "distance-to-target", "goalposts", "fraction-of-maximum"])
@settings(max_examples=20)
@given(values=values_of_regions)
def test_less_is_better_is_more_is_better_of_the_negative(rule: str, values: list[float]) -> None:
    """Direction first: targets and goalposts turn with the values."""
    options = {"distance-to-target": {"target": 2000}, "goalposts": {"worst": -500, "best": 700}}.get(rule, {})
    turned = {key: -value for key, value in options.items()}
    values = [*values, 1001.0]
    ours = scores_of(with_options(rule, **options), values)
    assert scores_of(with_options(rule, **turned), [-x for x in values], -1) == pytest.approx(ours, nan_ok=True)
