"""Weights that make correlations with the index equal, or as near as weights of at least 0 can."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regional_index.method.rules import correlation as weight_correlation
from regional_index.method.rules.correlation import correlations_with_index, weigh_correlation

U, V, Z = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [1, -1, -1, 1]], dtype=float)


def make_scores(children: int, seed: int, *, rows: int = 40) -> np.ndarray:
    """Children that move together and against each other in any way, in different units."""
    random = np.random.default_rng(seed)
    mixed = random.normal(size=(rows, children)) @ random.normal(size=(children, children))
    return mixed * random.uniform(1, 50, children)


def spread(scores: np.ndarray, weights: np.ndarray) -> float:
    return float(correlations_with_index(scores, weights).var())


def free_weights(scores: np.ndarray) -> np.ndarray:
    """The inverse of the covariances times the standard deviations, which may be negative."""
    free = np.linalg.solve(np.cov(scores.T), scores.std(axis=0, ddof=1))
    return free / free.sum()


def test_uncorrelated_children_weigh_by_the_inverse_of_their_spread() -> None:
    """Twice the spread, half the weight: correlations 1 / sqrt(2) both."""
    scores = np.column_stack([U, 2 * V])
    assert weigh_correlation(scores) == pytest.approx([2 / 3, 1 / 3], abs=1e-12)
    assert correlations_with_index(scores, weigh_correlation(scores)) == pytest.approx([np.sqrt(0.5)] * 2, abs=1e-12)


def test_correlations_with_the_index_are_pearsons() -> None:
    scores, weights = make_scores(4, 3), np.array([0.1, 0.2, 0.3, 0.4])
    expected = [np.corrcoef(column, scores @ weights)[0, 1] for column in scores.T]
    assert correlations_with_index(scores, weights) == pytest.approx(expected, abs=1e-12)


def test_three_children_by_hand() -> None:
    """u and v correlate with nothing but the third, by r: a + r c = 1 and 2 r a + c = 1 for weights a, a, c."""
    r = np.sqrt(1 / 6)
    c = (1 - 2 * r) / (1 - 2 * r * r)
    scores = np.column_stack([U, V, (U + V + 2 * Z) / np.sqrt(6)])
    assert weigh_correlation(scores) == pytest.approx(
        np.array([1 - r * c, 1 - r * c, c]) / (2 - 2 * r * c + c), abs=1e-12
    )


def test_three_children_by_hand_that_would_take_a_negative_weight() -> None:
    """As above with r = 1 / sqrt(3): 1 - 2 r < 0, so the third has no weight, and the others the same by symmetry."""
    scores = np.column_stack([U, V, (U + V + Z) / np.sqrt(3)])
    assert free_weights(scores[:, [0, 1]]).min() > 0 > free_weights(scores).min()
    weights = weigh_correlation(scores)
    assert weights == pytest.approx([0.5, 0.5, 0.0], abs=1e-9)
    assert correlations_with_index(scores, weights) == pytest.approx([np.sqrt(1 / 2)] * 2 + [np.sqrt(2 / 3)], abs=1e-9)


@settings(max_examples=50)
@given(st.integers(2, 7), st.integers(0, 10_000))
def test_correlations_are_equal_wherever_weights_of_at_least_0_can_make_them(children: int, seed: int) -> None:
    """Then the weights are those of the formula, too."""
    scores = make_scores(children, seed)
    free = free_weights(scores)
    assume(free.min() > 0 and np.linalg.cond(np.corrcoef(scores.T)) < 1e6)
    weights = weigh_correlation(scores)
    assert np.ptp(correlations_with_index(scores, weights)) < 1e-9
    np.testing.assert_allclose(weights, free, rtol=0, atol=1e-8)


@pytest.mark.parametrize(("children", "seed"), [(3, 0), (3, 5), (4, 2), (5, 4), (7, 1), (9, 2), (10, 1), (14, 2)])
def test_otherwise_no_random_weights_are_nearer_to_equal_correlations(children: int, seed: int) -> None:
    """Nor equal weights; none is negative, and the search has not stopped where it began."""
    scores = make_scores(children, seed)
    assert free_weights(scores).min() < 0
    weights = weigh_correlation(scores)
    random = np.random.default_rng(0).dirichlet(np.full(children, 0.5), 2000) / scores.std(axis=0)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert np.isfinite(weights).all()
    best = min(spread(scores, one) for one in [np.ones(children), 1 / scores.std(axis=0), *random])
    assert spread(scores, weights) <= best + 1e-12


@settings(max_examples=20)
@given(st.integers(2, 6), st.integers(0, 10_000))
def test_the_constrained_optimum_is_stationary(children: int, seed: int) -> None:
    """No small step from it, that keeps all weights at 0 or more, brings correlations nearer to each other."""
    scores = make_scores(children, seed)
    weights, sizes = weigh_correlation(scores), 1 / scores.std(axis=0)
    here = spread(scores, weights)
    for child in range(children):
        for step in (1e-4, -1e-4):
            moved = weights.copy()
            moved[child] = max(0.0, moved[child] + step * sizes[child] / sizes.sum())
            assert spread(scores, moved) >= here - 1e-10


@pytest.mark.parametrize("children", [4, 6, 8])
def test_the_search_for_many_children_finds_what_trying_all_sets_finds(
    children: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(8):
        scores = make_scores(children, seed)
        exact = weigh_correlation(scores)
        with monkeypatch.context() as patch:
            patch.setattr(weight_correlation, "ALL_SETS_UP_TO", 0)
            np.testing.assert_allclose(weigh_correlation(scores), exact, rtol=0, atol=1e-9)


def test_children_that_say_the_same_share_what_one_would_weigh() -> None:
    """Where correlations can be equal, and where they cannot; there is no inverse in either."""
    equal = weigh_correlation(np.column_stack([U, U, V]))
    assert equal == pytest.approx([0.25, 0.25, 0.5], abs=1e-9)
    scores = make_scores(3, 0)
    assert free_weights(scores).min() < 0
    once, twice = weigh_correlation(scores), weigh_correlation(np.column_stack([scores, scores]))
    assert twice[:3] + twice[3:] == pytest.approx(once, abs=1e-9)
    assert twice[:3] == pytest.approx(twice[3:], abs=1e-9)


def test_exact_opposites_have_weights_and_no_constant_index() -> None:
    """Equal weights would make the index the same everywhere, which nothing correlates with."""
    for size in (1, 6):
        scores = np.column_stack([U, -U] + [V] * (size - 1) + [Z] * (size - 1))
        weights = weigh_correlation(scores)
        assert (weights >= 0).all()
        assert np.isfinite(correlations_with_index(scores, weights)).all()
