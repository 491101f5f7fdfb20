"""What a change of rank and score came from: parts that add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.method.decompose import COLUMNS, SWITCHES, YearState, decompose_movement

seeds = st.integers(0, 10_000)
SCORE_PARTS = ["score_own", "score_method", "score_coverage"]


def mean(figures: pd.DataFrame) -> pd.DataFrame:
    """Two nodes: the mean of what is there, and the first column."""
    return pd.DataFrame({"all": figures.mean(axis=1), "first": figures.iloc[:, 0]})


def weighted(figures: pd.DataFrame) -> pd.DataFrame:
    """Another method: the first column counts double."""
    doubled = pd.concat([figures, figures.iloc[:, [0]]], axis=1)
    return pd.DataFrame({"all": doubled.mean(axis=1) * 0.9, "first": figures.iloc[:, 0]})


def table_of(seed: int, gaps: float = 0.0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    values = random.integers(0, 12, (6, 3)).astype(float)
    return pd.DataFrame(values, list("uvwxyz"), list("abc")).mask(random.random(values.shape) < gaps)


def ranks(figures: pd.DataFrame) -> pd.DataFrame:
    return mean(figures).round(9).rank(method="min", ascending=False)


def test_a_movement_by_hand() -> None:
    """x rises from 3 to 6 past y, and z rises past both: x is still second.

    Ranks of x: 2 with nothing thrown; 1 with its own figures alone (6, 4, 1); 3 with the others' alone (3, 4, 9)
    - and 2 with both (6, 4, 9). Own: ((2 - 1) + (3 - 2)) / 2 = 1; others: ((2 - 3) + (1 - 2)) / 2 = -1.
    """
    before, after = (pd.DataFrame({"a": values}, list("xyz")) for values in ([3.0, 4, 1], [6.0, 4, 9]))
    found = decompose_movement(YearState(before, mean), YearState(after, mean)).set_index(["region", "index"])
    assert found.loc[("x", "all"), ["rank_change", *SWITCHES]].tolist() == pytest.approx([0, 1, -1, 0, 0])
    assert found.loc[("x", "all"), ["score_change", *SCORE_PARTS]].tolist() == pytest.approx([3, 3, 0, 0])
    assert found.columns.tolist() == COLUMNS


def test_a_change_of_method_by_hand() -> None:
    """The same figures: 10 and 0 against 4 and 8. Means 5 and 6; with a counting double 6.67 and 5.33."""
    figures = pd.DataFrame({"a": [10.0, 4], "b": [0.0, 8]}, ["x", "y"])
    found = decompose_movement(YearState(figures, mean), YearState(figures, weighted)).set_index(["region", "index"])
    assert found.loc[("x", "all"), ["rank_change", *SWITCHES]].tolist() == [1, 0, 0, 1, 0]
    assert found.loc[("x", "all"), SCORE_PARTS].tolist() == pytest.approx([0, 1, 0])


def test_a_change_of_coverage_by_hand() -> None:
    """x no longer tells b, where it had 0: its mean rises from 5 to 10."""
    before = pd.DataFrame({"a": [10.0, 6], "b": [0.0, 6]}, ["x", "y"])
    after = before.mask(before == 0)
    found = decompose_movement(YearState(before, mean), YearState(after, mean)).set_index(["region", "index"])
    assert found.loc[("x", "all"), ["rank_change", *SWITCHES]].tolist() == [1, 0, 0, 0, 1]
    assert found.loc[("x", "all"), ["score_change", *SCORE_PARTS]].tolist() == [5, 0, 0, 5]


def test_a_figure_that_counts_as_missing_does_not_count() -> None:
    """The pattern may say more than the gaps do."""
    figures = pd.DataFrame({"a": [10.0, 6], "b": [0.0, 6]}, ["x", "y"])
    state = YearState(figures, mean, missing=figures == 0)
    found = decompose_movement(YearState(figures, mean), state).set_index(["region", "index"])
    assert found.loc[("x", "all"), ["rank_change", "coverage", "score_coverage"]].tolist() == [1, 1, 5]


@given(seeds, st.sampled_from([0.0, 0.15]), st.booleans())
def test_parts_add_up_to_the_change(seed: int, gaps: float, same_method: bool) -> None:
    before, after = table_of(seed, gaps), table_of(seed + 1, gaps)
    last = YearState(after, mean if same_method else weighted)
    found = decompose_movement(YearState(before, mean), last)
    told = found[found["note"] == ""]
    assert told[[*SWITCHES]].sum(axis=1).to_numpy() == pytest.approx(told["rank_change"].to_numpy(), abs=1e-9)
    assert told[SCORE_PARTS].sum(axis=1).to_numpy() == pytest.approx(told["score_change"].to_numpy(), abs=1e-9)
    if same_method:
        assert (told[["method", "score_method"]] == 0).all(axis=None)
        change = (ranks(before) - ranks(after)).stack()
        assert told.set_index(["region", "index"])["rank_change"].to_dict() == change.dropna().to_dict()
    if not gaps:
        assert (told[["coverage", "score_coverage"]] == 0).all(axis=None)


@given(seeds)
def test_the_way_back_is_the_negative(seed: int) -> None:
    first, last = YearState(table_of(seed, 0.1), mean), YearState(table_of(seed + 1, 0.1), weighted)
    numbers = [name for name in COLUMNS if name != "note"]
    there, back = decompose_movement(first, last)[numbers], decompose_movement(last, first)[numbers]
    np.testing.assert_allclose(there, -back, atol=1e-12)


def test_no_change_has_no_parts() -> None:
    state = YearState(table_of(3, 0.2), mean)
    found = decompose_movement(state, state)
    told = found[found["note"] == ""]
    assert len(told)
    assert (told.drop(columns=["region", "index", "note"]) == 0).all(axis=None)


@given(seeds)
def test_own_figures_alone_are_all_of_ones_movement(seed: int) -> None:
    before = table_of(seed)
    after = before.copy()
    after.loc["w"] = table_of(seed + 1).loc["w"]
    found = decompose_movement(YearState(before, mean), YearState(after, mean))
    own = found[found["region"] == "w"]
    assert own["own"].tolist() == own["rank_change"].tolist()
    others = found[found["region"] != "w"]
    assert (others["own"] == 0).all()
    assert others["others"].tolist() == others["rank_change"].tolist()


@given(seeds)
def test_the_order_of_regions_does_not_matter(seed: int) -> None:
    before, after = table_of(seed, 0.1), table_of(seed + 1, 0.1)
    found = decompose_movement(YearState(before, mean), YearState(after, weighted))
    shuffled = [frame.sample(frac=1, random_state=seed) for frame in (before, after)]
    other = decompose_movement(YearState(shuffled[0], mean), YearState(shuffled[1], weighted))
    keys = ["region", "index"]
    pd.testing.assert_frame_equal(
        found.sort_values(keys, ignore_index=True), other.sort_values(keys, ignore_index=True)
    )


def test_regions_and_indicators_that_come_or_go_are_coverage() -> None:
    """A newcomer in front costs the others a rank, by coverage; itself it has no rank before."""
    before = pd.DataFrame({"a": [3.0, 2]}, ["x", "y"])
    after = pd.DataFrame({"a": [3.0, 2, 9], "b": [3.0, 2, 9]}, ["x", "y", "new"])
    found = decompose_movement(YearState(before, mean), YearState(after, mean)).set_index(["region", "index"])
    assert found.loc[("x", "all"), ["rank_change", *SWITCHES]].tolist() == [-1, 0, 0, 0, -1]
    assert found.loc[("new", "all"), "note"] == "no score before"
    assert np.isnan(found.loc[("new", "all"), "rank_change"])
    back = decompose_movement(YearState(after, mean), YearState(before, mean)).set_index(["region", "index"])
    assert back.loc[("new", "all"), "note"] == "no score after"


def test_steps_between_without_a_score_leave_parts_missing_and_say_so() -> None:
    """The later method needs both figures, the earlier coverage has one."""

    def strict(figures: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame({"all": figures.mean(axis=1).where(figures.notna().all(axis=1))})

    before = pd.DataFrame({"a": [3.0, 2], "b": [np.nan, 1]}, ["x", "y"])
    after = pd.DataFrame({"a": [3.0, 2], "b": [1.0, 1]}, ["x", "y"])
    found = decompose_movement(YearState(before, mean), YearState(after, strict)).set_index(["region", "index"])
    assert found.loc[("x", "all"), "note"] == "no score at a step between, so no parts"
    assert found.loc[("x", "all"), "score_change"] == -1
    assert np.isnan(found.loc[("x", "all"), "own"])


def test_scores_that_differ_in_their_last_bits_share_a_rank() -> None:
    before = pd.DataFrame({"a": [0.3, 0.1]}, ["x", "y"])
    after = pd.DataFrame({"a": [0.1 + 0.2, 0.3]}, ["x", "y"])
    found = decompose_movement(YearState(before, mean), YearState(after, mean)).set_index(["region", "index"])
    assert found.loc[("y", "all"), ["rank_change", "own"]].tolist() == [1, 1]


def test_frames_given_are_not_changed() -> None:
    before, after = table_of(1, 0.2), table_of(2, 0.2)
    copies = before.copy(), after.copy()
    decompose_movement(YearState(before, mean), YearState(after, mean))
    pd.testing.assert_frame_equal(before, copies[0])
    pd.testing.assert_frame_equal(after, copies[1])
