"""Sensitivity of ranks to each choice: inert choices, single choices, and cases whose indices are known."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.errors import DataError, LookupFailed
from regional_index.soundness import sensitivity
from regional_index.soundness.draws import ABSENT
from regional_index.soundness.sensitivity import COLUMNS, analyse_sensitivity, rank_moves
from tests.method.varied import framework_of, levels, node, panel_of, random_panel, rules

NUMBERS = list(COLUMNS[4:-1])
TWO_RULES = rules("normalise", {"rule": "min-max", "lower": 1}, "rank")


def analyse(panel: pd.DataFrame, *, given: dict[str, Any] | None = None, **robustness: Any) -> pd.DataFrame:
    framework = framework_of(normalise=TWO_RULES[0], robustness={"base": 64, **robustness})
    return analyse_sensitivity(panel, framework, **(given or {}))


def mean_of(found: pd.DataFrame, index: str = "all") -> pd.DataFrame:
    """The factors' indices for the mean move of ranks."""
    return found[(found["index"] == index) & (found["output"] == "mean")].set_index("factor")


def test_there_is_a_row_for_every_node_output_and_factor() -> None:
    found = analyse(random_panel(5), noise=0.3, normalise=TWO_RULES)
    assert tuple(found.columns) == COLUMNS
    assert len(found) == 3 * (1 + 5) * 2
    assert found["output"].unique().tolist() == ["mean", *"ABCDE"]
    assert found["factor"].unique().tolist() == ["weights", "normalise"]
    assert (found["measure"] == "rank").all()


@pytest.mark.parametrize("base", [16, 64])
def test_a_choice_between_two_names_of_the_same_has_exactly_0(base: int) -> None:
    """Distance to the maximum, 1 - (max - x) / (max - min), is min-max by another formula."""
    same = rules("normalise", "min-max", "distance-to-maximum")
    framework = framework_of(
        normalise=same[0], robustness={"base": base, "normalise": same, "noise": 0.5, "leave_out": True}
    )  # fmt: skip
    found = analyse_sensitivity(random_panel(9), framework)
    inert = found[found["factor"] == "normalise"]
    assert (inert[NUMBERS] == 0).all(axis=None)
    assert (mean_of(found).drop("normalise")["total"] > 0).all()


def test_the_only_choice_that_matters_has_all_of_the_variance() -> None:
    """Sub-indices of one indicator each, so that noise below the top moves nothing; normalisation does."""
    top = node("all", node("left", a=1.0), node("right", c=1.0))
    framework = framework_of(
        top, normalise=TWO_RULES[0],
        robustness={"base": 1024, "normalise": TWO_RULES, "noise": 0.3, "noise_levels": (2,)},
    )  # fmt: skip
    found = mean_of(analyse_sensitivity(random_panel(9)[["a", "c"]], framework))
    assert found.loc["normalise", ["first", "total"]].tolist() == pytest.approx([1, 1], abs=0.1)
    assert (found.loc["weights", NUMBERS] == 0).all()


def test_what_does_not_vary_has_0_and_a_note() -> None:
    """Noise below `left` does not move a region that is first in both of its indicators."""
    panel = panel_of({code: [9, 5, 1] for code in "abcd"})
    found = analyse(panel, noise=0.4)
    assert (found[NUMBERS] == 0).all(axis=None)
    assert (found["note"] == "does not vary").all()


def test_the_total_is_no_less_than_the_first_order_but_for_chance() -> None:
    found = analyse(random_panel(9), base=512, noise=0.4, normalise=TWO_RULES, leave_out=True)
    assert (found["total"] > found["first"] - 0.15).all()
    assert (found["first_lower"] <= found["first"]).all()
    assert (found["total"] <= found["total_upper"]).all()
    assert (found["total"] >= 0).all()
    assert not found[NUMBERS].isna().any(axis=None)
    by_output = found.groupby(["index", "output"])["first"].sum()
    assert (by_output < 1.3).all()


def test_nobody_without_a_score_is_analysed() -> None:
    panel = random_panel(6, years=(2022,))
    panel.loc["C", ["a", "b"]] = np.nan
    found = analyse(panel, noise=0.4).set_index(["index", "output"])
    assert found.loc[("left", "C"), NUMBERS].isna().all(axis=None)
    assert found.loc[("left", "C"), "note"] == "no score"
    assert found.loc[("right", "C"), NUMBERS].notna().all(axis=None)
    assert mean_of(found.reset_index(), "left")[NUMBERS].notna().all(axis=None)


def test_rows_of_the_design_without_a_score_are_said() -> None:
    """Geometric means of z-scores around 0."""
    z_score = rules("normalise", {"rule": "z-score", "mean": 0.0})[0]
    rules_of_level = (levels("arithmetic"), levels("geometric"))
    framework = framework_of(normalise=z_score, robustness={"base": 64, "noise": 0.2, "aggregate": rules_of_level})
    found = analyse_sensitivity(random_panel(7), framework)
    assert found["note"].str.fullmatch(r"\d+ of 64 rows of the design left out, for want of a score").any()
    assert not found.loc[~found["note"].isin(["no score"]), NUMBERS].isna().any(axis=None)


def test_ranks_move_by_their_mean_distance_from_the_nominal_ones() -> None:
    """|2-1|, |1-2|, 0 and nobody; then |3-1|, 0, one without a rank in this run, and nobody."""
    nominal = np.array([1.0, 2.0, 3.0, np.nan])
    ranks = np.array([[2, 1, 3, ABSENT], [3, 2, ABSENT, ABSENT]], dtype=np.int16)
    moves, own = rank_moves(ranks, nominal)
    assert moves.tolist() == [2 / 3, 1.0]
    np.testing.assert_array_equal(own, [[2, 1, 3, np.nan], [3, 2, np.nan, np.nan]])


def test_scores_are_analysed_on_request() -> None:
    """A score of `all` between `left` and `right`: noise on weights is all there is."""
    found = analyse(random_panel(5), given={"scores": True}, noise=0.3, noise_levels=(1,))
    scores = found[(found["measure"] == "score") & (found["index"] == "all")]
    assert scores["output"].tolist() == list("ABCDE")
    np.testing.assert_allclose(scores["total"], 1, atol=0.25)
    below = found[(found["measure"] == "score") & (found["index"] == "left")]
    assert (below["note"] == "does not vary").all()


@pytest.mark.parametrize(
    "different", [{"normalise": TWO_RULES}, {"aggregate": (levels("arithmetic"), levels("copeland"))}]
)
def test_scores_on_different_scales_are_not_analysed(different: dict[str, Any]) -> None:
    found = analyse(random_panel(5), given={"scores": True}, noise=0.3, **different)
    assert (found["measure"] == "rank").all()


def test_a_seed_gives_its_indices_again() -> None:
    panel = random_panel(6)
    first, again, other = (analyse(panel, noise=0.4, leave_out=True, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_little_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = random_panel(6)
    whole = analyse(panel, noise=0.4, leave_out=True)
    monkeypatch.setattr(sensitivity, "BLOCK_BYTES", 1)
    monkeypatch.setattr(sensitivity, "RUNS", 50)
    pd.testing.assert_frame_equal(analyse(panel, noise=0.4, leave_out=True), whole)


@settings(max_examples=10)
@given(st.integers(0, 2**32 - 1), st.permutations(list("ABCDE")))
def test_the_order_of_regions_is_irrelevant(seed: int, order: list[str]) -> None:
    panel = random_panel(5, seed=seed)
    keys = ["index", "output", "factor"]
    one, other = (
        analyse(each, noise=0.3, leave_out=True, base=16).set_index(keys) for each in (panel, panel.loc[order])
    )
    pd.testing.assert_frame_equal(one, other.loc[one.index], rtol=0, atol=1e-9)


def test_the_year_and_the_nodes_are_those_asked_for() -> None:
    panel = random_panel(5)
    last = analyse(panel, given={"nodes": ["left"]}, noise=0.3)
    named = analyse(panel, given={"nodes": ["left"], "year": 2022}, noise=0.3)
    earlier = analyse(panel, given={"nodes": ["left"], "year": 2021}, noise=0.3)
    assert last["index"].unique().tolist() == ["left"]
    pd.testing.assert_frame_equal(last, named)
    assert not last.equals(earlier)
    with pytest.raises(LookupFailed, match="unknown year 1999"):
        analyse(panel, given={"year": 1999}, noise=0.3)


def test_every_step_of_the_work_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 x (2 + 2) = 256 runs, 100 at a time."""
    monkeypatch.setattr(sensitivity, "RUNS", 100)
    totals, steps = [], []

    def progress(items: Any, total: int) -> Any:
        totals.append(total)
        return (steps.append(1) for _ in items)

    analyse(random_panel(5), given={"progress": progress}, noise=0.3, leave_out=True)
    assert totals == [3]
    assert len(steps) == 3


@pytest.mark.parametrize("robustness", [{"noise": 0.3, "base": 0}, {"noise": 0.0, "base": 64}])
def test_without_a_design_or_a_choice_there_are_no_indices(robustness: dict[str, Any]) -> None:
    found = analyse(random_panel(5), **robustness)
    assert found.empty
    assert tuple(found.columns) == COLUMNS


def test_rows_that_are_no_power_of_two_are_refused() -> None:
    with pytest.raises(DataError, match=r"robustness.base: found 100; expected a power of two.*write 64"):
        analyse(random_panel(5), noise=0.3, base=100)
