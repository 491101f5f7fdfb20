"""Benefit of the doubt against its dual, its definition solved row by row, and numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from regional_index.method.rules.dea import weigh_benefit_of_the_doubt

HAND = np.array([[4.0, 1.0], [2.0, 2.0], [2.0, 1.0]])
positive = arrays(float, st.tuples(st.integers(3, 9), st.integers(2, 4)), elements=st.floats(0.5, 100))


def score(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Sum of weight x score over what is present."""
    return (weights * np.nan_to_num(scores)).sum(axis=1)


def solve_by_definition(scores: np.ndarray, least: float, most: float) -> np.ndarray:
    """The programme as it is written, one after the other, without any of the shortcuts."""
    filled, found = np.nan_to_num(scores), []
    for own, present in zip(filled, ~np.isnan(scores), strict=True):
        above = max(most, 1 / max(present.sum(), 1))
        single = np.diag(own)[present]
        rows = np.vstack([filled, least * own - single, single - above * own])
        right = np.append(np.full(len(filled), 100.0), np.zeros(2 * present.sum()))
        found.append(-linprog(-own, rows, right, bounds=[(0, None if one else 0) for one in present]).fun)
    return np.array(found)


def make_scores(rows: int, children: int, *, missing: float = 0.0, zero: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(rows + children)
    scores = random.uniform(1, 100, (rows, children))
    scores[random.random(scores.shape) < zero] = 0.0
    scores[random.random(scores.shape) < missing] = np.nan
    return scores


def test_scores_weights_and_shares_by_hand() -> None:
    """East: 4 a + b = 100 and 2 a + 2 b = 100, so 16.67 and 33.33. With less than 2/3 for a, South passes North."""
    weights, shares = weigh_benefit_of_the_doubt(HAND, 0.0, 1.0)
    assert score(HAND, weights) == pytest.approx([100, 100, 200 / 3], abs=1e-9)
    assert weights[2] == pytest.approx([50 / 3, 100 / 3], abs=1e-9)
    assert shares == pytest.approx(np.array([[2 / 3, 1 / 3], [1 / 3, 2 / 3], [1 / 2, 1 / 2]]), abs=1e-9)


def test_limits_of_shares_by_hand() -> None:
    """At most 0.6 for a: North gives b 0.4, with which South has 0.6 / 2 + 0.4 x 2 = 1.1 times as much."""
    weights, shares = weigh_benefit_of_the_doubt(HAND, 0.4, 1.0)
    assert score(HAND, weights)[0] == pytest.approx(100 / 1.1, abs=1e-9)
    assert shares[0] == pytest.approx([0.6, 0.4], abs=1e-9)


def test_who_lacks_a_child_is_judged_by_the_other_alone() -> None:
    """2 of the best 4; the missing child has no weight, and counts as 0 in the peer of the others."""
    scores = np.array([[4.0, 1.0], [2.0, 2.0], [2.0, np.nan], [np.nan, 3.0], [np.nan, np.nan]])
    weights, shares = weigh_benefit_of_the_doubt(scores, 0.0, 1.0)
    assert score(scores, weights)[2:] == pytest.approx([50, 100, 0], abs=1e-9)
    assert shares[2:] == pytest.approx(np.array([[1, 0], [0, 1], [0, 0]]), abs=1e-12)
    assert (weights[np.isnan(scores)] == 0).all()


def test_a_greatest_share_gives_way_where_too_few_children_are_present() -> None:
    """Two of three children share half and half rather than nothing at all."""
    scores = np.array([[4.0, 4.0, 4.0], [2.0, 1.0, np.nan], [1.0, 1.0, 1.0]])
    weights, shares = weigh_benefit_of_the_doubt(scores, 0.0, 0.4)
    assert shares[1] == pytest.approx([0.5, 0.5, 0.0], abs=1e-12)
    assert score(scores, weights) == pytest.approx([100, 100 / 3, 25], abs=1e-9)


def test_a_score_of_0_cannot_have_a_share() -> None:
    """With a least share, or where the others may not fill its place, the best score is 0; it is no failure."""
    scores = np.array([[4.0, 0.0], [2.0, 2.0], [3.0, 1.0]])
    for least, most in ((0.1, 1.0), (0.0, 0.8)):
        weights, shares = weigh_benefit_of_the_doubt(scores, least, most)
        assert (weights[0] == 0).all()
        assert shares.sum(axis=1) == pytest.approx([0, 1, 1])
    assert score(scores, weigh_benefit_of_the_doubt(scores, 0.0, 1.0)[0])[0] == pytest.approx(100)


@pytest.mark.parametrize(
    ("rows", "children", "least", "most", "missing", "zero"),
    [
        (40, 4, 0.0, 1.0, 0.0, 0.0), (40, 4, 0.1, 0.5, 0.0, 0.0), (40, 4, 0.1, 0.5, 0.2, 0.0),
        (40, 4, 0.0, 0.4, 0.2, 0.1), (30, 8, 0.05, 0.3, 0.1, 0.0), (40, 3, 0.2, 1.0, 0.1, 0.1),
        (20, 1, 0.0, 1.0, 0.1, 0.0),
    ],
)  # fmt: skip
def test_scores_are_those_of_the_definition_solved_row_by_row(
    rows: int, children: int, least: float, most: float, missing: float, zero: float
) -> None:
    scores = make_scores(rows, children, missing=missing, zero=zero)
    weights, shares = weigh_benefit_of_the_doubt(scores, least, most)
    np.testing.assert_allclose(score(scores, weights), solve_by_definition(scores, least, most), rtol=0, atol=1e-9)
    assert (np.nan_to_num(scores) @ weights.T).max() <= 100 + 1e-9
    assert (weights >= 0).all()
    scoring = shares.sum(axis=1) > 0
    above = np.maximum(most, 1 / np.maximum((~np.isnan(scores)).sum(axis=1), 1))
    assert (shares <= above[:, None] + 1e-9).all()
    assert (shares >= least - 1e-9)[scoring[:, None] & ~np.isnan(scores)].all()
    own = weights * np.nan_to_num(scores)
    np.testing.assert_allclose(
        own[scoring] / own[scoring].sum(axis=1, keepdims=True), shares[scoring], rtol=0, atol=1e-9
    )


def test_of_several_best_weightings_the_one_nearest_to_equal_shares_is_taken() -> None:
    """Of many random shares that are best for the best row, none is nearer to equal."""
    scores = make_scores(30, 3)
    weights, shares = weigh_benefit_of_the_doubt(scores, 0.0, 1.0)
    best = np.flatnonzero(score(scores, weights) > 100 - 1e-9)
    assert len(best) > 3
    random = np.random.default_rng(0).dirichlet(np.ones(3), 20_000)
    for row in best:
        allowed = random[((scores / scores[row]) @ random.T).max(axis=0) <= 1]
        if len(allowed):
            assert ((shares[row] - 1 / 3) ** 2).sum() <= ((allowed - 1 / 3) ** 2).sum(axis=1).min() + 1e-9


@settings(max_examples=20)
@given(positive, st.data())
def test_neither_the_order_of_rows_nor_the_unit_of_a_child_matters(scores: np.ndarray, data: st.DataObject) -> None:
    """Also for the weights, although several are often best."""
    weights, shares = weigh_benefit_of_the_doubt(scores, 0.05, 0.9)
    order = data.draw(st.permutations(range(len(scores))))
    again, its_shares = weigh_benefit_of_the_doubt(scores[order], 0.05, 0.9)
    assert (again == weights[order]).all()
    assert (its_shares == shares[order]).all()
    units = np.array(data.draw(st.lists(st.floats(0.01, 100), min_size=scores.shape[1], max_size=scores.shape[1])))
    rescaled = weigh_benefit_of_the_doubt(scores * units, 0.05, 0.9)[0]
    np.testing.assert_allclose(score(scores * units, rescaled), score(scores, weights), rtol=0, atol=1e-7)
