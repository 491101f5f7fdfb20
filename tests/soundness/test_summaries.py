"""What draws come to: quantiles, tiers and pairs, against NumPy and against counting by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regional_index.soundness import summaries
from regional_index.soundness.draws import ABSENT
from regional_index.soundness.summaries import rank_quantiles, score_quantiles, shares_ahead, tier_probabilities

LEVELS = (0.05, 0.5, 0.95)
some_scores = arrays(float, st.tuples(st.integers(1, 40), st.integers(1, 6)), elements=st.floats(-1e6, 1e6))
some_ranks = arrays(
    np.int16, st.tuples(st.integers(1, 40), st.integers(1, 6)), elements=st.sampled_from([1, 2, 3, 4, 5, 6, ABSENT])
)


@given(some_scores)
def test_quantiles_of_scores_are_those_of_numpy(scores: np.ndarray) -> None:
    np.testing.assert_allclose(score_quantiles(scores, LEVELS), np.quantile(scores, LEVELS, axis=0), atol=1e-9)


@given(some_scores, st.integers(0, 2**32 - 1))
def test_quantiles_of_scores_skip_what_is_missing(scores: np.ndarray, seed: int) -> None:
    scores = np.where(np.random.default_rng(seed).random(scores.shape) < 0.3, np.nan, scores)
    for column, found in zip(scores.T, score_quantiles(scores, LEVELS).T, strict=True):
        present = column[~np.isnan(column)]
        expected = np.quantile(present, LEVELS) if len(present) else np.full(3, np.nan)
        np.testing.assert_allclose(found, expected, atol=1e-9)


def test_without_draws_there_are_no_quantiles_of_scores() -> None:
    assert np.isnan(score_quantiles(np.empty((0, 2)), LEVELS)).all()


@given(some_ranks)
def test_quantiles_of_ranks_are_ranks_that_occurred(ranks: np.ndarray) -> None:
    for column, found in zip(ranks.T, rank_quantiles(ranks, LEVELS).T, strict=True):
        present = column[column != ABSENT]
        if len(present):
            assert found.tolist() == np.quantile(present, LEVELS, method="inverted_cdf").tolist()
            assert set(found) <= set(present.astype(float))
        else:
            assert np.isnan(found).all()


def test_a_quantile_of_ranks_is_no_rank_too_high_for_rounding() -> None:
    """0.05 x 140 is 7.000000000000001 in floating point; the 7th rank of 140 is the one."""
    assert rank_quantiles(np.arange(1, 141, dtype=np.int16)[:, None], [0.05]).tolist() == [[7.0]]


def test_cells_are_summed_up_alike_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(3)
    scores, ranks = generator.random((50, 7)), generator.integers(1, 8, (50, 7)).astype(np.int16)
    whole = score_quantiles(scores, LEVELS), rank_quantiles(ranks, LEVELS)
    monkeypatch.setattr(summaries, "TOGETHER", 100)
    np.testing.assert_array_equal(score_quantiles(scores, LEVELS), whole[0])
    np.testing.assert_array_equal(rank_quantiles(ranks, LEVELS), whole[1])


def test_tiers_count_the_ranks_up_to_their_last_one() -> None:
    """Of ranks 1, 3, 3, 6 and a missing one: a quarter in 1-2, a half in 3-5, a quarter behind."""
    ranks = np.array([[1], [3], [3], [6], [ABSENT]], dtype=np.int16)
    assert tier_probabilities(ranks, [2, 5]).ravel().tolist() == [0.25, 0.5, 0.25]


@given(some_ranks)
def test_probabilities_of_tiers_sum_to_1(ranks: np.ndarray) -> None:
    total = tier_probabilities(ranks, [1, 4]).sum(axis=0)
    ranked = (ranks != ABSENT).any(axis=0)
    np.testing.assert_allclose(total[ranked], 1, atol=1e-12)
    assert np.isnan(total[~ranked]).all()


@given(some_ranks)
def test_shares_ahead_are_those_of_counting_pairs(ranks: np.ndarray) -> None:
    found = shares_ahead(ranks)
    for i in range(ranks.shape[1]):
        for j in range(ranks.shape[1]):
            both = [(x, y) for x, y in ranks[:, [i, j]] if ABSENT not in (x, y)]
            count = sum(1.0 if x < y else 0.5 if x == y else 0.0 for x, y in both)
            expected = count / len(both) if both else np.nan
            np.testing.assert_allclose(found[i, j], expected, atol=1e-12)


@given(some_ranks)
def test_ahead_and_behind_make_1(ranks: np.ndarray) -> None:
    total = shares_ahead(ranks) + shares_ahead(ranks).T
    np.testing.assert_allclose(total[~np.isnan(total)], 1, atol=1e-12)
