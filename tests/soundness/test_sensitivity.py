"""Sensitivity of ranks to each choice: inert choices, single choices, and cases whose indices are known."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze.sobol import analyze

from regional_index.errors import DataError
from regional_index.soundness.sensitivity import (
    SobolIndices,
    analyse_sensitivity,
    make_design,
    mean_move,
    sobol_indices,
)
from tests.method.varied import framework_of, node, panel_of, random_panel, rules

NUMBERS = list(SobolIndices._fields)
Function = Callable[[np.ndarray], np.ndarray]
TWO_RULES = rules("normalise", {"rule": "min-max", "lower": 1}, "rank")


def analyse(panel: pd.DataFrame, **robustness: Any) -> pd.DataFrame:
    framework = framework_of(normalise=TWO_RULES[0], robustness={"base": 64, **robustness})
    return analyse_sensitivity(panel, framework)


def mean_of(found: pd.DataFrame, index: str = "all") -> pd.DataFrame:
    """The factors' indices for the mean move of ranks."""
    return found[(found["index"] == index) & (found["output"] == "mean")].set_index("factor")


def test_there_is_a_row_for_every_node_output_and_factor() -> None:
    found = analyse(random_panel(5), noise=0.3, normalise=TWO_RULES)
    assert set(found.columns) == {"index", "output", "factor", *NUMBERS}
    assert len(found) == 3 * (1 + 5) * 2
    assert found["output"].unique().tolist() == ["mean", *"ABCDE"]
    assert found["factor"].unique().tolist() == ["weights", "normalise"]


@pytest.mark.parametrize("base", [16, 64])
def test_a_choice_between_two_names_of_the_same_has_exactly_0(base: int) -> None:
    """Distance to the maximum, 1 - (max - x) / (max - min), is min-max by another formula."""
    same = rules("normalise", "min-max", "distance-to-maximum")
    framework = framework_of(
        normalise=same[0], robustness={"base": base, "normalise": same, "noise": 0.5, "leave_out": True}
    )  # fmt: skip
    found = analyse_sensitivity(random_panel(9), framework)
    inert = found[found["factor"] == "normalise"]
    assert (inert[NUMBERS] == 0).all(axis=None)
    assert (mean_of(found).drop("normalise")["total"] > 0).all()


def test_the_only_choice_that_matters_has_all_of_the_variance() -> None:
    """Sub-indices of one indicator each, so that noise below the top moves nothing; normalisation does."""
    top = node("all", node("left", a=1.0), node("right", c=1.0))
    framework = framework_of(
        top, normalise=TWO_RULES[0],
        robustness={"base": 1024, "normalise": TWO_RULES, "noise": 0.3, "noise_levels": (2,)},
    )  # fmt: skip
    found = mean_of(analyse_sensitivity(random_panel(9)[["a", "c"]], framework))
    assert found.loc["normalise", ["first", "total"]].tolist() == pytest.approx([1, 1], abs=0.1)
    assert (found.loc["weights", NUMBERS] == 0).all()


def test_a_rank_that_does_not_vary_has_0() -> None:
    """Noise below `left` does not move a region that is first in both of its indicators."""
    panel = panel_of({code: [9, 5, 1] for code in "abcd"})
    found = analyse(panel, noise=0.4)
    assert (found[NUMBERS] == 0).all(axis=None)


def test_the_total_is_no_less_than_the_first_order_but_for_chance() -> None:
    found = analyse(random_panel(9), base=512, noise=0.4, normalise=TWO_RULES, leave_out=True)
    assert (found["total"] > found["first"] - 0.15).all()
    assert (found["first_lower"] <= found["first"]).all()
    assert (found["total"] <= found["total_upper"]).all()
    assert (found["total"] >= 0).all()
    assert not found[NUMBERS].isna().any(axis=None)
    by_output = found.groupby(["index", "output"])["first"].sum()
    assert (by_output < 1.3).all()


def test_a_region_without_a_score_has_no_indices() -> None:
    panel = random_panel(6, years=(2022,))
    panel.loc["C", ["a", "b"]] = np.nan
    found = analyse(panel, noise=0.4).set_index(["index", "output"])
    assert found.loc[("left", "C"), NUMBERS].isna().all(axis=None)
    assert found.loc[("right", "C"), NUMBERS].notna().all(axis=None)
    assert mean_of(found.reset_index(), "left")[NUMBERS].notna().all(axis=None)


def test_ranks_move_by_their_mean_distance_from_the_nominal_ones() -> None:
    """|2-1|, |1-2|, 0 and no score; then |3-1|, 0, one without a rank in this run, and no score."""
    nominal = np.array([1.0, 2.0, 3.0, np.nan])
    ranks = np.array([[2, 1, 3, np.nan], [3, 2, np.nan, np.nan]])
    assert mean_move(ranks, nominal).tolist() == [2 / 3, 1.0]


def test_a_seed_gives_its_indices_again() -> None:
    panel = random_panel(6)
    first, again, other = (analyse(panel, noise=0.4, leave_out=True, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


@pytest.mark.parametrize("robustness", [{"noise": 0.3, "base": 0}, {"noise": 0.0, "base": 64}])
def test_without_a_design_or_a_choice_there_are_no_indices(robustness: dict[str, Any]) -> None:
    found = analyse(random_panel(5), **robustness)
    assert found.empty
    assert set(NUMBERS) <= set(found.columns)


def test_rows_that_are_no_power_of_two_are_refused() -> None:
    with pytest.raises(DataError, match=r"robustness.base: found 100; expected a power of two.*write 64"):
        analyse(random_panel(5), noise=0.3, base=100)


def ishigami(u: np.ndarray) -> np.ndarray:
    """sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, x uniform between -pi and pi."""
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def linear(u: np.ndarray) -> np.ndarray:
    """1 u1 + 2 u2 + 4 u3 + 0 u4: parts of the variance 1/21, 4/21, 16/21, 0."""
    return u @ np.array([1.0, 2.0, 4.0, 0.0])


def indices_of(function: Function, factors: int, base: int, **given: int) -> SobolIndices:
    return sobol_indices(function(make_design(factors, base, 1))[:, None], base, **given)


def test_the_design_is_a_then_b_then_a_with_one_column_of_b() -> None:
    design = make_design(3, 8, seed=1)
    a, b, *mixed = design.reshape(5, 8, 3)
    for factor in range(3):
        others = [k for k in range(3) if k != factor]
        np.testing.assert_array_equal(mixed[factor][:, others], a[:, others])
        np.testing.assert_array_equal(mixed[factor][:, factor], b[:, factor])
    assert (a != b).all()


def test_every_column_of_the_design_is_balanced() -> None:
    """Of a Sobol sequence of 64 points, one is in each 64th of every axis."""
    design = make_design(5, 64, seed=9)
    for part in (design[:64], design[64:128]):
        for column in part.T:
            assert sorted((column * 64).astype(int)) == list(range(64))
    assert ((design >= 0) & (design < 1)).all()


def test_indices_of_the_ishigami_function_are_the_known_ones() -> None:
    """First 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Saltelli et al. 2008, Global Sensitivity Analysis)."""
    found = indices_of(ishigami, 3, 8192)
    np.testing.assert_allclose(found.first[:, 0], [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found.total[:, 0], [0.5576, 0.4424, 0.2437], atol=0.02)


def test_indices_worked_out_by_hand() -> None:
    """Two rows, one factor. Sum of all six results 12, centre 2: y_A -2, 2; y_B 0, 2; y_AB -1, -1.

    V = (4 + 4 + 0 + 4) / 4 - (2 / 4)² = 2.75; first (0 x 1 + 2 x -3) / 2 / V; total (1 + 9) / 2 / 2V.
    """
    found = sobol_indices(np.array([[0.0], [4.0], [2.0], [4.0], [1.0], [1.0]]), 2)
    assert found.first[0, 0] == pytest.approx(-3 / 2.75, abs=1e-12)
    assert found.total[0, 0] == pytest.approx(2.5 / 2.75, abs=1e-12)


@pytest.mark.parametrize(("function", "factors"), [(ishigami, 3), (linear, 4)])
def test_estimates_are_those_of_salib(function: Function, factors: int) -> None:
    """SALib estimates from the same runs, in its own order: a row of A, its mixed rows, its row of B."""
    results = function(make_design(factors, 512, 1))[:, None]
    y_a, y_b, *y_ab = results.reshape(-1, 512)
    theirs = np.stack([y_a, *y_ab, y_b], axis=1).ravel()
    problem = {"num_vars": factors, "names": [str(k) for k in range(factors)], "bounds": [[0, 1]] * factors}
    expected = analyze(problem, theirs, calc_second_order=False, num_resamples=2000, seed=3)
    found = sobol_indices(results, 512, resamples=2000)
    np.testing.assert_allclose(found.first[:, 0], expected["S1"], atol=1e-9)
    np.testing.assert_allclose(found.total[:, 0], expected["ST"], atol=1e-9)
    halves = (found.first_upper - found.first_lower)[:, 0] / 2, (found.total_upper - found.total_lower)[:, 0] / 2
    np.testing.assert_allclose(halves[0], expected["S1_conf"], rtol=0.15, atol=1e-6)
    np.testing.assert_allclose(halves[1], expected["ST_conf"], rtol=0.15, atol=1e-6)


@pytest.mark.parametrize("constant", [0.0, 5.0, 0.1, 1e9])
def test_what_does_not_vary_has_indices_of_0(constant: float) -> None:
    """Not NaN; and a mean of tenths that differs in the last bit is still no variance."""
    found = indices_of(lambda u: np.full(len(u), constant) * (1 + 1e-15 * (u[:, 0] > 0.5)), 2, 16)
    assert not found.first.any()
    assert not found.total_upper.any()


def test_a_row_with_a_missing_run_is_left_out_for_that_output() -> None:
    results = np.repeat(ishigami(make_design(3, 64, 1))[:, None], 2, axis=1)
    results[3, 1], results[4 * 64 + 10, 1] = np.nan, np.nan
    found = sobol_indices(results, 64)
    rows = np.delete(np.arange(64), [3, 10])
    expected = sobol_indices(results.reshape(5, 64, 2)[:, rows, :1].reshape(-1, 1), 62)
    np.testing.assert_allclose(found.first[:, 1], expected.first[:, 0], atol=1e-12)
    np.testing.assert_allclose(found.total[:, 1], expected.total[:, 0], atol=1e-12)
    assert not np.isnan(found.first_lower).any()
    results[:64, 1] = np.nan
    assert np.isnan(sobol_indices(results, 64).total_upper[:, 1]).all()


def test_an_interval_holds_its_estimate_and_narrows_with_the_rows() -> None:
    few, many = (indices_of(ishigami, 3, base) for base in (128, 2048))
    for found in (few, many):
        assert (found.first_lower <= found.first).all()
        assert (found.first <= found.first_upper).all()
        assert (found.total_lower <= found.total).all()
        assert (found.total <= found.total_upper).all()
    assert ((many.total_upper - many.total_lower) < (few.total_upper - few.total_lower)).all()


@given(st.floats(-1e3, 1e3), st.floats(0.1, 100))
def test_neither_a_shift_nor_a_scale_matters(shift: float, scale: float) -> None:
    results = ishigami(make_design(3, 32, 1))[:, None]
    found = sobol_indices(shift + scale * results, 32, resamples=5)
    expected = sobol_indices(results, 32, resamples=5)
    np.testing.assert_allclose(found.first, expected.first, atol=1e-8)
    np.testing.assert_allclose(found.total, expected.total, atol=1e-8)
