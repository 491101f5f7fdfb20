"""Weights from pairwise comparisons, and their consistency."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.method.rules.ahp import (
    consistency_index,
    consistency_ratio,
    weigh_ahp,
)

ratios = st.sampled_from([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0])


@st.composite
def matrices(draw: st.DrawFn) -> np.ndarray:
    """Reciprocal matrices of 2 to 7 children, on Saaty's scale."""
    size = draw(st.integers(2, 7))
    matrix = np.eye(size)
    for i in range(size):
        for j in range(i + 1, size):
            matrix[i, j] = draw(ratios)
            matrix[j, i] = 1 / matrix[i, j]
    return matrix


def test_a_consistent_matrix_gives_back_the_weights_it_was_made_of() -> None:
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    matrix = weights[:, None] / weights
    assert weigh_ahp(matrix) == pytest.approx(weights, abs=1e-12)
    assert consistency_index(matrix) == pytest.approx(0, abs=1e-12)


def test_three_children_by_hand() -> None:
    """With c = (a12 a23 / a13)^(1/3) the largest eigenvalue is 1 + c + 1/c, its vector the geometric means of rows."""
    matrix = [[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]
    c = (3 * 2 / 5) ** (1 / 3)
    assert consistency_index(matrix) == pytest.approx((c + 1 / c - 2) / 2, abs=1e-12)
    assert consistency_ratio(matrix) == pytest.approx((c + 1 / c - 2) / 2 / 0.58, abs=1e-12)
    means = np.cbrt([15, 2 / 3, 1 / 10])
    assert weigh_ahp(matrix) == pytest.approx(means / means.sum(), abs=1e-12)


def test_four_children_as_another_implementation_has_them() -> None:
    """Numbers of pyDecision 5.1.8, `ahp_method(…, "me")`."""
    matrix = [[1, 3, 5, 1 / 2], [1 / 3, 1, 2, 1 / 4], [1 / 5, 1 / 2, 1, 1 / 6], [2, 4, 6, 1]]
    expected = [0.3129363388656772, 0.1202268940461108, 0.06785326845893955, 0.4989834986292725]
    assert weigh_ahp(matrix) == pytest.approx(expected, abs=1e-12)
    assert consistency_ratio(matrix) == pytest.approx(0.012580664511823816, abs=1e-12)


@pytest.mark.parametrize("matrix", [[[1.0]], [[1.0, 9.0], [1 / 9, 1.0]]])
def test_one_or_two_children_cannot_contradict_each_other(matrix: list[list[float]]) -> None:
    assert consistency_ratio(matrix) == 0.0
    assert weigh_ahp(matrix) == pytest.approx([1.0] if len(matrix) == 1 else [0.9, 0.1])


def test_preferences_in_a_circle_weigh_the_same_and_are_as_inconsistent_as_can_be_said() -> None:
    """a beats b beats c beats a, each twice: eigenvalue 3.5."""
    matrix = [[1, 2, 0.5], [0.5, 1, 2], [2, 0.5, 1]]
    assert weigh_ahp(matrix) == pytest.approx([1 / 3] * 3, abs=1e-12)
    assert consistency_ratio(matrix) == pytest.approx(0.25 / 0.58, abs=1e-12)


@given(matrices())
def test_weights_solve_the_eigenproblem_and_are_positive(matrix: np.ndarray) -> None:
    """A w = lambda w, with lambda at least the number of children."""
    weights = weigh_ahp(matrix)
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    greatest = len(matrix) + consistency_index(matrix) * (len(matrix) - 1)
    if len(matrix) > 2:
        np.testing.assert_allclose(matrix @ weights, greatest * weights, rtol=0, atol=1e-9)
    assert consistency_ratio(matrix) >= 0
