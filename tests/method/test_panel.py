"""Skewness and kurtosis of many samples: by hand, against SciPy, in any unit; and the rows of a panel."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from regional_index.method.panel import complete, cube, frame, years_of
from regional_index.method.rules.skewness import kurtosis, skewness

NAN = float("nan")


def test_skewness_and_kurtosis_by_hand() -> None:
    """Of 1, 2, 6: deviations -2, -1, 3, so g1 = (18 / 3) / (14 / 3)^1.5 and type 2 is g1 x sqrt(3 x 2) / 1.

    Of 1, 2, 3, 10: deviations -3, -2, -1, 6, so g2 = (1394 / 4) / (50 / 4)^2 - 3 = -0.7696; type 2 is
    (5 x -0.7696 + 6) x 3 / (2 x 1) = 3.228.
    """
    assert skewness(np.array([[1.0, NAN, 2, NAN, 6]])) == pytest.approx(6 / (14 / 3) ** 1.5 * 6**0.5, abs=1e-12)
    assert kurtosis(np.array([[1.0, 2, 3, 10]])) == pytest.approx(3.228, abs=1e-12)


def test_too_few_values_and_equal_values_have_no_shape() -> None:
    """Skewness needs 3 values, kurtosis 4, and both values that differ."""
    rows = np.array([[1, 2, NAN, NAN], [1, 2, 3, NAN], [1, 2, 4, 9], [7] * 4, [0.1] * 4, [NAN] * 4], dtype=float)
    assert np.isnan(skewness(rows)).tolist() == [True, False, False, True, True, True]
    assert np.isnan(kurtosis(rows)).tolist() == [True, True, False, True, True, True]


@pytest.mark.parametrize(("factor", "shift"), [(1, 0), (-1, 0), (1e-200, 0), (1e200, 0), (1.0, 2.0**40)])
def test_shapes_agree_with_scipy_in_any_unit(factor: float, shift: float) -> None:
    """Fourth powers of 1e200 overflow, those of 1e-200 vanish, and a mean of 1e12 takes the digits of deviations."""
    random = np.random.default_rng(5)
    rows = random.lognormal(4, 1, (40, 15)).round()
    rows[random.random(rows.shape) < 0.1] = np.nan
    expected = [function(rows, axis=1, bias=False, nan_policy="omit") for function in (stats.skew, stats.kurtosis)]
    found = rows * factor + shift
    np.testing.assert_allclose(skewness(found), expected[0] * np.sign(factor), rtol=1e-9)
    np.testing.assert_allclose(kurtosis(found), expected[1], rtol=1e-9, atol=1e-12)


def test_a_panel_is_put_region_by_region_and_its_gaps_become_rows() -> None:
    """South has no 2021; north comes first because it is first."""
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


def test_a_region_that_is_there_twice_in_a_year_is_refused() -> None:
    rows = pd.MultiIndex.from_tuples([("north", 2022), ("north", 2022)], names=["region", "year"])
    with pytest.raises(ValueError, match="north"):
        complete(pd.DataFrame({"a": [1.0, 2]}, index=rows))
