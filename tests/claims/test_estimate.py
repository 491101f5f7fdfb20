"""Estimates keep to every claim, are nearest to what is expected, and are judged on what is known."""

import numpy as np
import pandas as pd
import pytest

from regional_index.claims import estimate as estimates
from regional_index.claims import nearest
from regional_index.claims.bounds import find_bounds
from regional_index.claims.estimate import RULES, Known, estimate, find_known, leave_one_out, share_kept
from regional_index.claims.nearest import Expectation, find_nearest
from regional_index.claims.sheet import Sheet
from regional_index.claims.solver import SolverError
from regional_index.claims.writing import write_sheet
from regional_index.framework import Claim
from tests.claims.worked import UNIVERSE, claim

OTHER = pd.Series({"a": 50.0, "b": 40.0, "c": 30.0, "d": 20.0, "e": 10.0})


def known_of(claims: list[Claim], kept: float = 0.9) -> Known:
    """What a rule may use, from claims about x."""
    return Known(find_bounds(claims, UNIVERSE, "x"), OTHER, kept)


def estimate_x(claims: list[Claim], known: Known, rule: str) -> pd.Series:
    """Estimates of x alone."""
    return estimate(claims, UNIVERSE, {"x": known}, rule)["x"]


def nearest_to_other(sheet: Sheet) -> pd.Series:
    """The scores of x that are nearest to the other series."""
    return find_nearest(sheet, {"x": Expectation(OTHER, pd.DataFrame(index=OTHER.index), {}, {})})["x"]


def test_the_nearest_table_to_one_that_is_allowed_is_that_table() -> None:
    sheet = write_sheet([claim("total", "150.0")], UNIVERSE)
    assert nearest_to_other(sheet).to_dict() == pytest.approx(OTHER.to_dict(), abs=1e-4)


def test_a_total_shifts_all_scores_alike() -> None:
    """10 more, shared by five: 2 each, less the rounding of the total."""
    sheet = write_sheet([claim("total", "160.00")], UNIVERSE)
    shifted = nearest_to_other(sheet) - OTHER
    assert shifted.to_list() == pytest.approx([1.999] * 5, abs=1e-4)


def test_two_regions_that_must_change_places_meet_half_way() -> None:
    found = nearest_to_other(write_sheet([claim("order", "", "ba")], UNIVERSE))
    assert found["a"] == pytest.approx(45, abs=1e-3)
    assert found["b"] > found["a"]


def test_sides_of_a_threshold_are_chosen_so_that_little_changes() -> None:
    """Three are to be above 25: a, b and c already are. Four: d goes up, being nearest."""
    three = write_sheet([claim("count", "3", relation="above", threshold="25")], UNIVERSE)
    assert nearest_to_other(three).to_dict() == pytest.approx(OTHER.to_dict(), abs=1e-4)
    four = write_sheet([claim("count", "4", relation="above", threshold="25")], UNIVERSE)
    moved = nearest_to_other(four)
    assert moved["d"] == pytest.approx(25, abs=1e-3)
    assert moved["e"] == pytest.approx(10, abs=1e-3)


def test_claims_that_cannot_hold_have_no_nearest_table() -> None:
    claims = [claim("score", "10", "a", name="ten"), claim("score", "20", "a", name="twenty")]
    with pytest.raises(SolverError):
        nearest_to_other(write_sheet(claims, UNIVERSE))


def test_a_solver_that_stops_early_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = nearest.clarabel.DefaultSettings

    def impatient() -> object:
        made = settings()
        made.max_iter = 1
        return made

    monkeypatch.setattr(nearest.clarabel, "DefaultSettings", impatient)
    with pytest.raises(SolverError, match="Clarabel stopped"):
        nearest_to_other(write_sheet([claim("order", "", "ba")], UNIVERSE))


def test_scaling_finds_the_line_through_what_is_known() -> None:
    """a and e are published as twice the other series less 5; the rest follows."""
    claims = [
        claim("score", "95.000", "a", name="a"),
        claim("score", "15.000", "e", name="e"),
        claim("total", "275.000"),
    ]
    found = estimate_x(claims, known_of(claims), "scaled")
    assert found.to_list() == pytest.approx([95, 75, 55, 35, 15], abs=0.1)


def test_the_middle_of_an_interval() -> None:
    claims = [claim("band", "", "abcde", lower="10", upper="30")]
    assert estimate_x(claims, known_of(claims), "middle").to_list() == pytest.approx([20] * 5, abs=1e-4)


def test_the_curve_falls_by_the_same_share_from_place_to_place() -> None:
    claims = [claim("order", "", "abcde", starts_at="1"), claim("score", "80.0", "a")]
    found = estimate_x(claims, known_of(claims, kept=0.5), "curve")
    assert found.to_list() == pytest.approx([80, 40, 20, 10, 5], rel=0.01)


def test_the_fall_is_fitted_to_published_scores_with_published_places() -> None:
    claims = [claim("score", text, region, name=region) for region, text in (("a", "80"), ("b", "40"), ("c", "20"))]
    assert share_kept(claims) == 1.0
    assert share_kept([*claims, claim("top", "", "abc", size="3", ordered=True)]) == pytest.approx(0.5)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_keeps_to_the_claims(rule: str) -> None:
    claims = [
        claim("total", "150.0"),
        claim("score", "60.0", "c"),
        claim("above", "", "cb", threshold="mean", exhaustive=True),
        claim("count", "2", relation="below", threshold="15"),
    ]
    bounds = find_bounds(claims, UNIVERSE, "x")
    found = estimate_x(claims, Known(bounds, OTHER, 0.9), rule)
    assert found.sum() == pytest.approx(150, abs=0.06)
    assert (found >= bounds["lower"] - 1e-4).all()
    assert (found <= bounds["upper"] + 1e-4).all()
    assert int((found < 15).sum()) == 2


def test_a_region_that_the_other_series_lacks_gets_an_estimate() -> None:
    claims = [claim("total", "150.0")]
    bounds = find_bounds(claims, UNIVERSE, "x")
    for rule in RULES:
        found = estimate_x(claims, Known(bounds, OTHER.replace(50.0, np.nan), 0.9), rule)
        assert found.notna().all()
        nothing = Known(bounds, OTHER * np.nan, 0.9)
        assert estimate_x(claims, nothing, rule).sum() == pytest.approx(150, abs=0.06)


def test_leaving_one_out_does_not_use_it() -> None:
    """Published 90, but the line through the others says 50."""
    claims = [
        claim("score", "90.0", "a", name="a"),
        *(claim("score", f"{OTHER[region]:.1f}", region, name=region) for region in "bcde"),
    ]
    [left] = [one for one in leave_one_out(claims, UNIVERSE, {"x": OTHER}, ["scaled"]) if one.region == "a"]
    assert (left.published, left.rule) == (90.0, "scaled")
    assert left.estimated == pytest.approx(50, abs=0.2)


def test_other_processes_leave_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order, with the same numbers; nothing is left out here."""
    claims = [claim("score", f"{OTHER[region]:.1f}", region, name=region) for region in "abcde"]
    here = leave_one_out(claims, UNIVERSE, {"x": OTHER})
    monkeypatch.setattr(estimates, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(estimates, "find_known", lambda *_: pytest.fail("left out here"))
    assert leave_one_out(claims, UNIVERSE, {"x": OTHER}) == here
    assert len(here) == 5 * len(RULES)


def test_no_estimate_is_better_than_a_score_that_is_ahead_of_it_by_its_rounding_alone() -> None:
    """Printed 30, in place 2: the first is just above 30, not above the 29.5 that 30 may have been rounded from."""
    claims = [claim("score", "30", "b"), claim("order", "", "ab", starts_at="1"), claim("total", "100")]
    bounds = find_bounds(claims, UNIVERSE, "x")
    found = estimate_x(claims, Known(bounds, OTHER * 0, 0.9), "scaled")
    assert found["b"] == pytest.approx(30, abs=1e-6)
    assert found["a"] > 30


def test_indices_that_claims_compare_are_estimated_together() -> None:
    """All of y are ahead of all of x, though the other series says the same of both: they meet in the middle."""
    sides = {"greater": {"index": "y", "regions": tuple("abcde")}, "less": {"index": "x", "regions": tuple("abcde")}}
    claims = [claim("comparison", **sides), claim("mean", "30", index="y", name="y"), claim("mean", "30", name="x")]
    assert find_known(claims[:1], UNIVERSE, {"x": OTHER, "y": OTHER}, 0.9) == {}
    known = find_known(claims, UNIVERSE, {"x": OTHER, "y": OTHER}, 0.9)
    found = estimate(claims, UNIVERSE, known, "scaled")
    assert found["y"].min() > found["x"].max()
    assert found["y"].mean() == pytest.approx(30, abs=0.51)


def test_sides_are_chosen_by_the_sum_of_squares() -> None:
    """Two of e 10, d 20 and c 24 must be above 30: moving d and c costs 10² + 6², whatever the absolute distances."""
    expected = pd.Series({"a": 50.0, "b": 40.0, "c": 24.0, "d": 20.0, "e": 10.0})
    sheet = write_sheet([claim("count", "4", relation="above", threshold="30")], UNIVERSE)
    found = find_nearest(sheet, {"x": Expectation(expected, pd.DataFrame(index=expected.index), {}, {})})["x"]
    assert found.round(2).to_list() == pytest.approx([50, 40, 30, 30, 10], abs=0.01)


def test_many_squares_of_small_moves_are_nearer_than_one_of_a_large_one() -> None:
    """A sum of 60 for a and b, 30 less than expected: both give way by 15, not one of them by 30."""
    expected = pd.Series({"a": 45.0, "b": 45.0, "c": 30.0, "d": 20.0, "e": 10.0})
    claims = [claim("sum", "60.0", "ab"), claim("count", "3", relation="above", threshold="25")]
    sheet = write_sheet(claims, UNIVERSE)
    found = find_nearest(sheet, {"x": Expectation(expected, pd.DataFrame(index=expected.index), {}, {})})["x"]
    assert found["a"] == pytest.approx(30, abs=0.1)
    assert found["b"] == pytest.approx(30, abs=0.1)
