"""Ranks in a long frame and in arrays: ties, gaps, order, and SciPy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from regional_index.method.rank import rank_scores, ranks_of

NAN = np.nan
few_values = st.sampled_from([0.0, -0.0, 1.0, 2.5, 2.5 + 1e-12, -3.0, 1e6, NAN])
fields = arrays.arrays(float, arrays.array_shapes(min_dims=1, max_dims=3, max_side=6), elements=few_values)


def test_ranks_are_those_worked_out_by_hand() -> None:
    """1224: two with 8 share rank 2, the next one has rank 4; who has no score has no rank."""
    assert ranks_of(np.array([8.0, 9.0, NAN, 1.0, 8.0])) == pytest.approx([2, 1, NAN, 4, 2], nan_ok=True)
    frame = pd.DataFrame({"year": 1, "index": "a", "score": [8.0, 9.0, NAN, 1.0, 8.0]})
    assert rank_scores(frame)["rank"].tolist() == [2, 1, pd.NA, 4, 2]


def test_a_long_frame_is_ranked_within_index_and_year() -> None:
    """Rows of different indices and years may lie in any order."""
    frame = pd.DataFrame(
        {"year": [2, 1, 2, 1, 2], "index": ["a", "a", "b", "a", "a"], "score": [1.0, 5.0, 0.0, 6.0, 3.0]},
        index=[10, 3, 3, 7, 1],
    )
    ranked = rank_scores(frame)
    assert ranked["rank"].tolist() == [2, 2, 1, 1, 1]
    assert ranked.index.tolist() == frame.index.tolist()
    assert str(ranked["rank"].dtype) == "Int64"
    assert "rank" not in frame


def test_the_same_sum_in_another_order_shares_a_rank() -> None:
    """A difference in the last bits is no difference; one in the eighth decimal is."""
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    assert ranks_of(np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1])).tolist() == [1, 1]
    assert ranks_of(np.array([0.6, 0.6 + 1e-8])).tolist() == [2, 1]
    assert rank_scores(pd.DataFrame({"year": 1, "index": "a", "score": [0.6, 0.6 + 1e-11]}))["rank"].tolist() == [1, 1]


def test_nothing_to_rank_is_no_error() -> None:
    """An empty frame, a field without regions, and one without scores."""
    empty = pd.DataFrame({"year": [], "index": [], "score": []})
    assert rank_scores(empty)["rank"].tolist() == []
    assert ranks_of(np.empty((3, 0))).shape == (3, 0)
    assert ranks_of(np.empty((0, 3))).shape == (0, 3)
    assert np.isnan(ranks_of(np.full((2, 3), NAN))).all()


@given(fields, st.data())
def test_ranks_of_any_axis_are_those_of_scipy(scores: np.ndarray, data: st.DataObject) -> None:
    """`scipy.stats.rankdata` with method "min" on the negative of the rounded scores."""
    axis = data.draw(st.integers(-scores.ndim, scores.ndim - 1))
    kept = scores.copy()
    expected = stats.rankdata(-np.round(scores, 9), method="min", axis=axis, nan_policy="omit")
    np.testing.assert_array_equal(ranks_of(scores, axis), expected)
    np.testing.assert_array_equal(scores, kept)
