"""Implied importance on functions of which it is known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import make_smoothing_spline

from regional_index.soundness.importance import fit_spline, implied_importance


def children_of(seed: int, rows: int, count: int = 3) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(random.uniform(-1, 1, size=(rows, count)), columns=[f"c{number}" for number in range(count)])


def test_shares_of_independent_children_are_those_of_their_variances() -> None:
    """3, 2 and 1 times uniform numbers have 9, 4 and 1 fourteenths of the variance."""
    children = children_of(1, 20_000)
    found = implied_importance(children @ np.array([3.0, 2.0, 1.0]), children)
    expected = pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.015)
    assert found["linear"].tolist() == expected
    assert found["nonlinear"].tolist() == expected
    assert found["share"].tolist() == expected
    assert found["share"].sum() == pytest.approx(1)


def test_what_is_not_linear_is_seen() -> None:
    """y = a² + sin(3b): variance of a² is 4/45, of sin(3b) 1/2 - sin(6)/12; a has no linear part."""
    children = children_of(2, 20_000, 2)
    found = implied_importance(children["c0"] ** 2 + np.sin(3 * children["c1"]), children)
    square, wave = 4 / 45, 1 / 2 - np.sin(6) / 12
    assert found["nonlinear"].tolist() == pytest.approx([square / (square + wave), wave / (square + wave)], abs=0.015)
    assert found.loc[0, "linear"] < 0.001


def test_31_regions_do_not_make_an_inert_child_important() -> None:
    """On average 1/30 by chance alone; a spline that follows the noise makes several times that."""
    found = []
    for seed in range(100):
        children = children_of(seed, 31, 2)
        scores = children["c0"] + np.random.default_rng(seed + 1000).normal(0, 0.3, 31)
        found.append(implied_importance(scores, children)["nonlinear"].tolist())
    important, inert = np.mean(found, axis=0)
    assert inert < 0.06
    assert np.quantile(np.array(found)[:, 1], 0.95) < 0.25
    assert important > 0.7


def test_the_spline_agrees_with_that_of_scipy_where_rows_are_many() -> None:
    random = np.random.default_rng(4)
    x = np.sort(random.uniform(0, 1, 400))
    y = np.sin(4 * x) + random.normal(0, 0.2, 400)
    y = y - y.mean()
    assert fit_spline(x, y) == pytest.approx(make_smoothing_spline(x, y)(x), abs=0.06)


@settings(max_examples=12)
@given(st.integers(0, 10_000))
def test_neither_scale_nor_order_matters(seed: int) -> None:
    children = children_of(seed, 31)
    scores = np.exp(children["c0"]) + children["c1"]
    found = implied_importance(scores, children)
    scaled = implied_importance(1000 * scores - 5, 0.01 * children + 3)
    shuffled = children.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(found, scaled, atol=1e-6, rtol=1e-6)
    pd.testing.assert_frame_equal(found, implied_importance(scores.loc[shuffled.index], shuffled), atol=1e-6, rtol=1e-6)


def test_what_has_no_importance_says_why() -> None:
    children = children_of(5, 10).assign(flat=3.0, few=[1.0, 2.0, 3.0, 4.0, *[np.nan] * 6])
    found = implied_importance(children["c0"], children)
    found = found.set_index("part")
    assert found.loc["flat", ["linear", "nonlinear", "share", "note"]].tolist() == [0, 0, 0, "constant"]
    assert found.loc["few", "note"] == "4 rows have both; 5 are needed"
    assert np.isnan(found.loc["few", "nonlinear"])
    level = implied_importance(pd.Series(1.0, children.index), children)
    assert level.loc[0, "note"] == "the score is constant"
    assert level["nonlinear"].isna().all()


def test_a_child_with_two_values_has_the_ratio_of_its_two_means() -> None:
    """Means 1 and 4 make a variance of 2.25 between them; within each it is 1."""
    child = pd.DataFrame({"c": [0.0] * 4 + [1.0] * 4})
    scores = pd.Series([0.0, 2, 0, 2, 3, 5, 3, 5])
    found = implied_importance(scores, child)
    assert found.loc[0, "nonlinear"] == pytest.approx(2.25 / 3.25)
