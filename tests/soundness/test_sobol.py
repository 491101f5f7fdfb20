"""Sobol indices of functions whose indices are known, and against another implementation."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze.sobol import analyze

from regional_index.soundness import sobol
from regional_index.soundness.sobol import make_design, sobol_indices, split_runs

Function = Callable[[np.ndarray], np.ndarray]


def ishigami(u: np.ndarray) -> np.ndarray:
    """sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, x uniform between -pi and pi."""
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def linear(u: np.ndarray) -> np.ndarray:
    """1 u1 + 2 u2 + 4 u3 + 0 u4: parts of the variance 1/21, 4/21, 16/21, 0."""
    return u @ np.array([1.0, 2.0, 4.0, 0.0])


def runs_of(function: Function, factors: int, base: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Results of A, B and A_B, one output."""
    return split_runs(function(make_design(factors, base, seed))[:, None], base)


def test_the_design_is_a_then_b_then_a_with_one_column_of_b() -> None:
    design = make_design(3, 8, seed=1)
    a, b, mixed = split_runs(design, 8)
    assert mixed.shape == (3, 8, 3)
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


def test_a_seed_gives_its_design_again() -> None:
    assert make_design(3, 8, seed=1).tobytes() == make_design(3, 8, seed=1).tobytes()
    assert make_design(3, 8, seed=1).tobytes() != make_design(3, 8, seed=2).tobytes()


def test_indices_of_the_ishigami_function_are_the_known_ones() -> None:
    """First 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Saltelli et al. 2008, Global Sensitivity Analysis)."""
    found = sobol_indices(*runs_of(ishigami, 3, 8192))
    np.testing.assert_allclose(found.first[:, 0], [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found.total[:, 0], [0.5576, 0.4424, 0.2437], atol=0.02)


def test_indices_of_a_linear_function_are_shares_of_its_variance() -> None:
    found = sobol_indices(*runs_of(linear, 4, 4096))
    np.testing.assert_allclose(found.first[:, 0], np.array([1, 4, 16, 0]) / 21, atol=0.005)
    np.testing.assert_allclose(found.total[:, 0], np.array([1, 4, 16, 0]) / 21, atol=0.005)


def test_indices_worked_out_by_hand() -> None:
    """Two rows, one factor. Sum of all six results 12, centre 2: y_A -2, 2; y_B 0, 2; y_AB -1, -1.

    V = (4 + 4 + 0 + 4) / 4 - (2 / 4)² = 2.75; first (0 x 1 + 2 x -3) / 2 / V; total (1 + 9) / 2 / 2V.
    """
    found = sobol_indices(np.array([[0.0], [4.0]]), np.array([[2.0], [4.0]]), np.array([[[1.0], [1.0]]]))
    assert found.variance.tolist() == [2.75]
    assert found.first[0, 0] == pytest.approx(-3 / 2.75, abs=1e-12)
    assert found.total[0, 0] == pytest.approx(2.5 / 2.75, abs=1e-12)


@pytest.mark.parametrize(("function", "factors"), [(ishigami, 3), (linear, 4)])
def test_estimates_are_those_of_salib(function: Function, factors: int) -> None:
    """SALib estimates from the same runs, in its own order: a row of A, its mixed rows, its row of B."""
    y_a, y_b, y_ab = runs_of(function, factors, 512)
    theirs = np.stack([y_a[:, 0], *y_ab[:, :, 0], y_b[:, 0]], axis=1).ravel()
    problem = {"num_vars": factors, "names": [str(k) for k in range(factors)], "bounds": [[0, 1]] * factors}
    expected = analyze(problem, theirs, calc_second_order=False, num_resamples=2000, seed=3)
    found = sobol_indices(y_a, y_b, y_ab, resamples=2000)
    np.testing.assert_allclose(found.first[:, 0], expected["S1"], atol=1e-9)
    np.testing.assert_allclose(found.total[:, 0], expected["ST"], atol=1e-9)
    halves = (found.first_upper - found.first_lower)[:, 0] / 2, (found.total_upper - found.total_lower)[:, 0] / 2
    np.testing.assert_allclose(halves[0], expected["S1_conf"], rtol=0.15, atol=1e-6)
    np.testing.assert_allclose(halves[1], expected["ST_conf"], rtol=0.15, atol=1e-6)


def test_a_factor_without_effect_has_exactly_0() -> None:
    found = sobol_indices(*runs_of(linear, 4, 64))
    for each in (found.first, found.total, found.first_lower, found.first_upper, found.total_lower, found.total_upper):
        assert each[3, 0] == 0


@pytest.mark.parametrize("constant", [0.0, 5.0, 0.1, 1e9])
def test_what_does_not_vary_has_indices_of_0(constant: float) -> None:
    """Not NaN; and a mean of tenths that differs in the last bit is still no variance."""
    found = sobol_indices(*runs_of(lambda u: np.full(len(u), constant) * (1 + 1e-15 * (u[:, 0] > 0.5)), 2, 16))
    assert found.variance.tolist() == [0.0]
    assert not found.first.any()
    assert not found.total_upper.any()


def test_a_row_with_a_missing_run_is_left_out_for_that_output() -> None:
    y_a, y_b, y_ab = (np.repeat(y, 2, axis=-1) for y in runs_of(ishigami, 3, 64))
    y_a[3, 1], y_ab[2, 10, 1] = np.nan, np.nan
    found = sobol_indices(y_a, y_b, y_ab)
    rows = np.delete(np.arange(64), [3, 10])
    expected = sobol_indices(y_a[rows][:, :1], y_b[rows][:, :1], y_ab[:, rows][:, :, :1])
    assert found.rows.tolist() == [64, 62]
    np.testing.assert_allclose(found.first[:, 1], expected.first[:, 0], atol=1e-12)
    np.testing.assert_allclose(found.total[:, 1], expected.total[:, 0], atol=1e-12)
    assert not np.isnan(found.first_lower).any()


def test_an_interval_holds_its_estimate_and_narrows_with_the_rows() -> None:
    few, many = (sobol_indices(*runs_of(ishigami, 3, base)) for base in (128, 2048))
    for found in (few, many):
        assert (found.first_lower <= found.first).all()
        assert (found.first <= found.first_upper).all()
        assert (found.total_lower <= found.total).all()
        assert (found.total <= found.total_upper).all()
    assert ((many.total_upper - many.total_lower) < (few.total_upper - few.total_lower)).all()


def test_intervals_come_again_with_their_seed() -> None:
    runs = runs_of(ishigami, 3, 64)
    again = [sobol_indices(*runs, seed=seed).first_lower.tobytes() for seed in (1, 1, 2)]
    assert again[0] == again[1] != again[2]


def test_outputs_are_analysed_alike_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = split_runs(np.stack([function(make_design(4, 64, 1)) for function in (ishigami, linear)], axis=1), 64)
    whole = sobol_indices(*runs)
    monkeypatch.setattr(sobol, "NUMBERS", 1)
    parts = sobol_indices(*runs)
    np.testing.assert_allclose(parts.total_upper, whole.total_upper, atol=1e-12)
    np.testing.assert_allclose(parts.first, whole.first, atol=1e-12)


@given(st.floats(-1e3, 1e3), st.floats(0.1, 100))
def test_neither_a_shift_nor_a_scale_matters(shift: float, scale: float) -> None:
    runs = runs_of(ishigami, 3, 32)
    found = sobol_indices(*(shift + scale * y for y in runs), resamples=5)
    expected = sobol_indices(*runs, resamples=5)
    np.testing.assert_allclose(found.first, expected.first, atol=1e-8)
    np.testing.assert_allclose(found.total, expected.total, atol=1e-8)
