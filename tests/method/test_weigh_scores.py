"""Weights by principal component, entropy and CRITIC, against numbers by hand and other implementations."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regional_index.method.rules import WEIGH
from regional_index.method.rules.weigh_scores import (
    first_component,
    is_constant,
    weigh_critic,
    weigh_entropy,
    weigh_pca,
)

# Three columns that are uncorrelated with each other, of mean 0.
U, V, Z = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [1, -1, -1, 1]], dtype=float)
SIX = np.array([[62.0, 14, 80], [35, 48, 71], [88, 30, 12], [20, 75, 44], [51, 9, 96], [73, 66, 27]])
RULES = [weigh_pca, weigh_entropy, weigh_critic]
many = arrays(
    float, st.tuples(st.integers(4, 12), st.integers(2, 5)), elements=st.floats(1, 100).map(lambda x: round(x, 3))
)


def test_squared_loadings_by_hand() -> None:
    """u and u + v correlate with 1 / sqrt(2), z with neither: loadings (1, 1, 0) / sqrt(2)."""
    scores = np.column_stack([U, U + V, Z])
    component = first_component(scores)
    assert weigh_pca(scores) == pytest.approx([0.5, 0.5, 0.0], abs=1e-12)
    assert component.loadings == pytest.approx([np.sqrt(0.5), np.sqrt(0.5), 0.0], abs=1e-12)
    assert component.explained == pytest.approx((1 + np.sqrt(0.5)) / 3, abs=1e-12)


def test_a_child_that_runs_against_the_others_has_no_negative_weight() -> None:
    """Its loading is negative; the part of the component that it accounts for is not."""
    scores = np.column_stack([U, U + V, -U - Z])
    component = first_component(scores)
    assert component.loadings.sum() > 0
    assert component.loadings.min() < -0.1
    assert (weigh_pca(scores) > 0.1).all()


def test_squared_loadings_are_those_of_the_singular_value_decomposition() -> None:
    """Of centred and scaled scores; scikit-learn 1.9.1 has the same numbers."""
    scaled = (SIX - SIX.mean(axis=0)) / SIX.std(axis=0, ddof=1)
    _, values, directions = np.linalg.svd(scaled)
    assert weigh_pca(SIX) == pytest.approx(directions[0] ** 2, abs=1e-12)
    assert weigh_pca(SIX) == pytest.approx([0.03585061091838374, 0.38453378110674863, 0.5796156079748676], abs=1e-12)
    assert first_component(SIX).explained == pytest.approx(values[0] ** 2 / (values**2).sum(), abs=1e-12)


def test_uncorrelated_children_weigh_the_same() -> None:
    """Each component explains a third, and any could be called the first: none takes all of the weight."""
    assert weigh_pca(np.column_stack([U, 5 * V, Z])) == pytest.approx([1 / 3] * 3, abs=1e-12)


def test_loadings_that_cancel_out_have_a_sign_all_the_same() -> None:
    """Two children that oppose each other."""
    scores = np.column_stack([U, -U - V / 2])
    assert first_component(scores).loadings == pytest.approx([np.sqrt(0.5), -np.sqrt(0.5)], abs=1e-12)


def test_entropy_by_hand() -> None:
    """Shares 1/4, 1/4, 1/2 have the entropy 1.5 ln 2, shares 0, 1/2, 1/2 have ln 2, of at most ln 3."""
    ratio = np.log(2) / np.log(3)
    expected = np.array([1 - 1.5 * ratio, 1 - ratio])
    scores = np.array([[1.0, 0.0], [1.0, 4.0], [2.0, 4.0]])
    assert weigh_entropy(scores) == pytest.approx(expected / expected.sum(), abs=1e-12)


def test_entropy_as_another_implementation_has_it() -> None:
    """Numbers of pymcdm 1.4.0."""
    assert weigh_entropy(SIX) == pytest.approx(
        [0.19982144437825572, 0.44624201959997395, 0.3539365360217704], abs=1e-12
    )


def test_entropy_is_exact_for_scores_that_hardly_differ() -> None:
    """For small d, (1 + d) ln(1 + d) - d is nearly d²/2, so twice the spread counts four times."""
    scores = 1000 + np.column_stack([U, 2 * U]) * 1e-3
    assert weigh_entropy(scores) == pytest.approx([0.2, 0.8], abs=1e-7)
    assert weigh_entropy(1 + np.column_stack([U, 2 * U]) * 1e-3) == pytest.approx([0.2, 0.8], abs=1e-6)


def test_a_constant_child_has_no_weight_by_entropy() -> None:
    """Exactly 0, also a column of zeros or one that rounding alone moves; the others as if it were absent."""
    for column in (np.full(6, 7.0), np.zeros(6), np.array([0.3, 0.1 + 0.2] * 3)):
        weights = weigh_entropy(np.column_stack([SIX, column]))
        assert weights[3] == 0
        assert (weights[:3] == weigh_entropy(SIX)).all()


def test_critic_by_hand() -> None:
    """Rescaled: sd 1/2, 1/sqrt(3), 1/2; the first and third oppose each other, the second goes with neither."""
    scores = np.array([[0.0, 0.0, 9.0], [5.0, 1.0, 8.0], [10.0, 0.0, 7.0]])
    expected = np.array([0.5 * (1 + 2), np.sqrt(1 / 3) * 2, 0.5 * (1 + 2)])
    assert weigh_critic(scores) == pytest.approx(expected / expected.sum(), abs=1e-12)


def test_critic_as_another_implementation_has_it() -> None:
    """Numbers of pymcdm 1.4.0."""
    assert weigh_critic(SIX) == pytest.approx([0.3039052218379332, 0.3544354318495206, 0.34165934631254624], abs=1e-12)


def test_critic_gives_two_that_say_the_same_less() -> None:
    """Their conflict is with the third alone."""
    weights = weigh_critic(np.column_stack([U, U, V]))
    assert weights == pytest.approx([0.25, 0.25, 0.5], abs=1e-12)


@pytest.mark.parametrize("rule", RULES)
@given(factors=st.lists(st.floats(0.01, 100), min_size=3, max_size=3))
def test_the_unit_of_a_child_is_irrelevant(rule: object, factors: list[float]) -> None:
    np.testing.assert_allclose(rule(SIX * factors), rule(SIX), rtol=0, atol=1e-9)  # pyright: ignore


def test_what_is_constant_is_found_despite_rounding() -> None:
    scores = np.array([[0.3, 0.0, 1e9, np.nan, 1.0], [0.1 + 0.2, 0.0, 1e9 + 1, 2.0, 1.0 + 1e-9]])
    assert is_constant(scores).tolist() == [True, True, False, True, False]


@pytest.mark.parametrize("rule", ["pca", "correlation", "entropy", "critic", "benefit-of-the-doubt"])
def test_scores_that_can_be_weighed_have_no_problems(rule: str) -> None:
    """Three complete rows are enough."""
    assert list(WEIGH[rule].check_scores("top", pd.DataFrame(SIX[:3], columns=["a", "b", "c"]))) == []


def test_all_problems_come_at_once_and_say_what_to_do() -> None:
    """A child below 0 and a constant one."""
    frame = pd.DataFrame(SIX - [30, 0, 0], columns=["a", "b", "c"]).assign(c=4.0)
    constant, negative = WEIGH["benefit-of-the-doubt"].check_scores("top", frame)
    assert str(constant) == (
        "found top: the same score everywhere: c 4; expected scores that differ for "
        "benefit-of-the-doubt; leave it out, or choose another rule for this level, such as equal"
    )
    assert str(negative) == (
        "found top: a goes down to -10; expected scores of at least 0 for "
        "benefit-of-the-doubt; normalise to scores that begin at 0, such as min-max, or choose another rule for this "
        "level"
    )


def test_a_child_that_varies_only_where_another_is_missing_is_constant() -> None:
    """What counts are the rows that the weights come from."""
    frame = pd.DataFrame({"a": [1.0, 1.0, 1.0, 5.0], "b": [1.0, 2.0, 3.0, np.nan]})
    assert "a 1" in next(iter(WEIGH["pca"].check_scores("top", frame))).found
