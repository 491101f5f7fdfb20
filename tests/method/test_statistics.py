"""Skewness and kurtosis of many samples: by hand, against SciPy, by properties; and the rows of a panel."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regional_index.method import statistics
from regional_index.method.panel import complete, cube, frame, years_of
from regional_index.method.statistics import find_moments, kurtosis, skewness

NAN = float("nan")
# Whole numbers, so that equal values stay equal and steps are not lost in rounding.
samples = st.lists(st.one_of(st.integers(-1000, 1000).map(float), st.just(NAN)), min_size=1, max_size=15)


# By hand -------------------------------------------------------------------------------------------------------------


def test_skewness_by_hand() -> None:
    """Of 1, 2, 6: mean 3, deviations -2, -1, 3, squares 14, cubes 18.

    g1 = (18 / 3) / (14 / 3)^1.5 and type 2 is g1 x sqrt(3 x 2) / 1.
    """
    expected = 6 / (14 / 3) ** 1.5 * 6**0.5
    assert skewness(np.array([1.0, 2, 6])) == pytest.approx(expected, abs=1e-12)
    assert skewness(np.array([1.0, NAN, 2, NAN, 6])) == pytest.approx(expected, abs=1e-12)


def test_kurtosis_by_hand() -> None:
    """Of 1, 2, 3, 10: mean 4, deviations -3, -2, -1, 6: squares 50, fourth powers 81 + 16 + 1 + 1296 = 1394.

    g2 = (1394 / 4) / (50 / 4)^2 - 3 = 2.2304 - 3 = -0.7696; type 2: (5 x -0.7696 + 6) x 3 / (2 x 1) = 3.228.
    """
    assert kurtosis(np.array([1.0, 2, 3, 10])) == pytest.approx(3.228, abs=1e-12)


def test_moments_are_in_units_of_the_range() -> None:
    """Of 2, 4, 12: mean 6, deviations -4, -2, 6, range 10: squares 56, cubes 144, fourth powers 1568."""
    found = find_moments(np.array([[2.0, NAN, 4.0, 12.0]]))
    assert [found.count[0], found.least[0], found.greatest[0], found.mean[0]] == [3, 2, 12, 6]
    powers = [found.second[0], found.third[0], found.fourth[0]]
    assert powers == pytest.approx([56 / 3e2, 144 / 3e3, 1568 / 3e4], abs=1e-15)
    assert not found.constant[0]


def test_too_few_values_and_equal_values_have_no_shape() -> None:
    """Skewness needs 3 values, kurtosis 4, and both values that differ."""
    columns = np.array([[1, 1, 1, 7, NAN], [2, 2, 2, 7, NAN], [NAN, 3, 4, 7, NAN], [NAN, NAN, 9, 7, NAN]], dtype=float)
    assert np.isnan(skewness(columns)).tolist() == [True, False, False, True, True]
    assert np.isnan(kurtosis(columns)).tolist() == [True, True, False, True, True]
    moments = find_moments(columns.T)
    assert moments.constant.tolist() == [False, False, False, True, False]
    assert moments.count.tolist() == [2, 3, 4, 4, 0]
    assert np.isnan([moments.least[4], moments.greatest[4], moments.mean[4]]).all()


# Against SciPy -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_shapes_agree_with_scipy(axis: int) -> None:
    """Along any axis of an array with gaps; of fewer than 4 values SciPy gives another kurtosis, and we none."""
    random = np.random.default_rng(5)
    array = random.lognormal(0, 1, (14, 13, 15))
    array[random.random(array.shape) < 0.1] = np.nan
    expected = [function(array, axis=axis, bias=False, nan_policy="omit") for function in (stats.skew, stats.kurtosis)]
    np.testing.assert_allclose(skewness(array, axis), expected[0], rtol=1e-10)
    np.testing.assert_allclose(kurtosis(array, axis), expected[1], rtol=1e-10, atol=1e-12)


def test_blocks_are_joined_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples that are summed a few at a time are those summed at once."""
    rows = np.random.default_rng(6).normal(size=(23, 7))
    whole = find_moments(rows)
    monkeypatch.setattr(statistics, "CELLS_AT_ONCE", 15)
    parts = find_moments(rows)
    np.testing.assert_array_equal(parts.skewness, whole.skewness)
    np.testing.assert_array_equal(parts.mean, whole.mean)
    np.testing.assert_array_equal(skewness(rows.T), whole.skewness)


def test_no_samples_have_no_shape() -> None:
    assert skewness(np.empty((5, 0))).shape == (0,)
    assert np.isnan(skewness(np.empty((0, 2)))).tolist() == [True, True]


@pytest.mark.parametrize(("factor", "shift"), [(1e-200, 0), (1e200, 0), (1.0, 2**40)])
def test_tiny_huge_and_distant_values_keep_their_shape(factor: float, shift: float) -> None:
    """Fourth powers of 1e200 overflow, those of 1e-200 vanish, and a mean of 1e12 takes the digits of deviations."""
    values = np.array([1.0, 2, 3, 4, 40, 7])
    assert skewness(values * factor + shift) == pytest.approx(stats.skew(values, bias=False), rel=1e-9)
    assert kurtosis(values * factor + shift) == pytest.approx(stats.kurtosis(values, bias=False), rel=1e-9)


# Properties ----------------------------------------------------------------------------------------------------------


@given(samples, st.integers(0, 99), st.floats(1e-3, 1e6), st.integers(-1000, 1000))
def test_order_unit_and_zero_of_the_scale_do_not_matter(
    values: list[float], seed: int, factor: float, shift: int
) -> None:
    array = np.array(values)
    other = (np.random.default_rng(seed).permutation(array) + shift) * factor
    assert skewness(other) == pytest.approx(skewness(array), rel=1e-7, abs=1e-9, nan_ok=True)
    assert kurtosis(other) == pytest.approx(kurtosis(array), rel=1e-7, abs=1e-9, nan_ok=True)


@given(samples)
def test_the_mirror_image_is_skewed_the_other_way(values: list[float]) -> None:
    array = np.array(values)
    assert skewness(-array) == pytest.approx(-skewness(array), abs=1e-9, nan_ok=True)
    assert kurtosis(-array) == pytest.approx(kurtosis(array), abs=1e-9, nan_ok=True)


@given(samples)
def test_missing_values_are_as_good_as_absent(values: list[float]) -> None:
    array = np.array(values)
    before = array.copy()
    assert skewness(array) == pytest.approx(skewness(array[~np.isnan(array)]), abs=1e-9, nan_ok=True)
    np.testing.assert_array_equal(array, before)


# The panel -----------------------------------------------------------------------------------------------------------


def test_a_panel_is_put_region_by_region_and_its_gaps_become_rows() -> None:
    """South has no 2021; north comes first because it stands first."""
    rows = pd.MultiIndex.from_tuples([("north", 2022), ("south", 2022), ("north", 2021)], names=["region", "year"])
    panel = complete(pd.DataFrame({"a": [1.0, 2, 3], "b": [4.0, 5, 6]}, index=rows))
    assert panel.index.tolist() == [("north", 2021), ("north", 2022), ("south", 2021), ("south", 2022)]
    assert panel["a"].tolist() == pytest.approx([3, 1, NAN, 2], nan_ok=True)
    assert years_of(panel) == 2
    array = cube(panel)
    assert array.shape == (2, 2, 2)
    assert array[0, 1].tolist() == [1, 4]
    pd.testing.assert_frame_equal(frame(array, panel), panel)
    assert complete(panel) is panel


def test_a_region_that_stands_twice_in_a_year_is_refused() -> None:
    rows = pd.MultiIndex.from_tuples([("north", 2022), ("north", 2022)], names=["region", "year"])
    with pytest.raises(ValueError, match="north"):
        complete(pd.DataFrame({"a": [1.0, 2]}, index=rows))
