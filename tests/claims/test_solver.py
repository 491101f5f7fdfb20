"""A programme is solved to the end or not at all; claims are switched on and off."""

import random
from collections.abc import Iterable
from math import inf, nan

import highspy
import pytest

from regional_index.claims.rows import write_sheet
from regional_index.claims.sheet import Sheet, cell
from regional_index.claims.solver import Programme, SolverError
from regional_index.framework import Claim

from .claims_from_table import derive_claims, random_case
from .worked import UNIVERSE, claim

A = {cell("x", "a"): 1.0}
TEN, TWENTY = claim("score", "10", "a", name="ten"), claim("score", "20", "a", name="twenty")
COUNT = claim("count", "2", relation="at_least", threshold="mean")
Status = highspy.HighsModelStatus


def programme_of(*claims: Claim) -> Programme:
    """Claims as a programme in which region a has a score, whatever they say."""
    return Programme(sheet_of(claims))


def sheet_of(claims: Iterable[Claim]) -> Sheet:
    """The rows of claims."""
    sheet = write_sheet(claims, UNIVERSE)
    sheet.score("x", "a")
    return sheet


def hard_programme() -> Programme:
    """Claims that presolve alone does not settle."""
    universe, table = random_case(69)
    rng = random.Random(1)
    return Programme(write_sheet([c for _ in range(3) for c in derive_claims(table, universe, rng, 14)], universe))


def range_of(programme: Programme) -> tuple[float, float] | None:
    """The least and the greatest score of region a, if there is a table."""
    least, greatest = programme.least(A), programme.greatest(A)
    if least is None or greatest is None:
        return None
    return round(least.bound, 3), round(greatest.bound, 3)


def test_the_best_value_comes_with_a_table_that_has_it() -> None:
    """The greatest score under a total of 30 is all of it."""
    total = claim("total", "30.0")
    found = programme_of(total).greatest(A)
    assert found is not None
    assert found.value == found.bound == pytest.approx(30.05)
    assert found.values[cell("x", "a")] == pytest.approx(30.05)
    assert [found.values[cell("x", region)] for region in "bcde"] == pytest.approx([0] * 4)


def test_one_programme_is_solved_for_one_objective_after_the_other() -> None:
    """None of them is left over from the one before."""
    programme = programme_of(claim("total", "30.0"), TEN)
    b = {cell("x", "b"): 1.0}
    for _ in range(2):
        assert range_of(programme) == (9.5, 10.5)
        greatest = programme.greatest(b)
        assert greatest is not None
        assert greatest.value == pytest.approx(20.55)
        assert programme.is_feasible()


@pytest.mark.parametrize("more", [[], [COUNT]], ids=["linear", "with yes or no"])
def test_where_no_table_is_possible_there_is_no_solution(more: list[Claim]) -> None:
    """Nothing, instead of a number."""
    programme = programme_of(TEN, TWENTY, *more)
    assert not programme.is_feasible()
    assert programme.least(A) is None
    assert programme.greatest(A) is None


def test_no_choice_of_yes_and_no_is_no_solution_either() -> None:
    """Not everybody is above the mean."""
    assert not programme_of(claim("count", "5", relation="above", threshold="mean")).is_feasible()


def test_what_is_proved_is_no_better_than_what_was_found() -> None:
    """With yes-or-no variables the bound is the solver's, on the safe side of the value."""
    programme = hard_programme()
    objective = {cell("x", "a"): 1.0}
    least, greatest = programme.least(objective), programme.greatest(objective)
    assert least is not None
    assert greatest is not None
    assert least.bound <= least.value + 1e-6
    assert greatest.bound >= greatest.value - 1e-6
    assert least.value == pytest.approx(least.bound, abs=1e-5)


@pytest.mark.parametrize(
    "option", [{"time_limit": 0.0}, {"mip_max_nodes": 0}, {"mip_max_leaves": 0}], ids=lambda option: next(iter(option))
)
def test_a_solver_that_stops_early_is_an_error(option: dict[str, float]) -> None:
    """Whatever it has found until then."""
    programme = hard_programme()
    for name, value in option.items():
        programme._highs.setOptionValue(name, value)
    with pytest.raises(SolverError, match="HiGHS stopped with status"):
        programme.least(A)


@pytest.mark.parametrize(
    "status",
    [status for status in Status.__members__.values() if status not in (Status.kOptimal, Status.kInfeasible)],
    ids=lambda status: status.name,
)
def test_any_other_end_is_an_error(status: highspy.HighsModelStatus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only optimal is a number, only infeasible is nothing."""
    programme = programme_of(TEN)
    monkeypatch.setattr(programme._highs, "getModelStatus", lambda: status)
    for solve in (programme.least, programme.greatest):
        with pytest.raises(SolverError):
            solve(A)
    with pytest.raises(SolverError):
        programme.is_feasible()


@pytest.mark.parametrize(("factor", "bound"), [(inf, 1.0), (1.0, inf), (1.0, nan)])
def test_a_programme_that_the_solver_refuses_is_an_error(factor: float, bound: float) -> None:
    """A factor without end, a bound that is no number."""
    sheet = Sheet(UNIVERSE)
    sheet.require({**sheet.score("x", "b"), **dict.fromkeys(sheet.score("x", "a"), factor)}, lower=bound)
    with pytest.raises(SolverError, match="refused"):
        Programme(sheet)


@pytest.mark.parametrize("more", [[], [COUNT]], ids=["linear", "with yes or no"])
def test_claims_that_cannot_all_hold_are_confirmed_to_be_so_without_presolve(
    more: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Presolve is off for that once; nothing is raised."""
    programme = programme_of(TEN, TWENTY, *more)
    programme.confirm_infeasible()
    seen: list[str] = []
    monkeypatch.setattr(programme, "is_feasible", lambda: seen.append(presolve_of(programme)))
    programme.confirm_infeasible()
    assert (seen, presolve_of(programme)) == (["off"], "choose")


def test_claims_that_can_hold_after_all_are_an_error() -> None:
    """And presolve is on again."""
    programme = programme_of(TEN, COUNT)
    with pytest.raises(SolverError, match="possible without"):
        programme.confirm_infeasible()
    assert presolve_of(programme) == "choose"


def presolve_of(programme: Programme) -> str:
    """Whether HiGHS simplifies programmes before it solves them."""
    return programme._highs.getOptionValue("presolve")[1]


def test_claims_are_switched_on_and_off() -> None:
    """As often as one likes, in any order."""
    programme = programme_of(TEN, TWENTY)
    for _ in range(2):
        programme.enforce(["ten"])
        assert range_of(programme) == (9.5, 10.5)
        programme.enforce(["twenty"])
        assert range_of(programme) == (19.5, 20.5)
        programme.enforce([])
        assert range_of(programme) == (0, 100)
        programme.enforce(["ten", "twenty"])
        assert range_of(programme) is None


def test_rows_that_two_claims_share_stay_while_one_of_them_is_in_force() -> None:
    """Two counts of the same side: either alone means what it means, neither means nothing."""
    at_least = {"relation": "at_least", "threshold": "50"}
    all_five = claim("count", "5", name="all", **at_least)
    nobody = claim("count", "0", name="none", **at_least)
    programme = programme_of(all_five, nobody)
    for names, expected in (
        (["all"], (50, 100)), (["none"], (0, 49.9999)), ([], (0, 100)), (["none", "all"], None), (["all"], (50, 100)),
    ):  # fmt: skip
        programme.enforce(names)
        found = range_of(programme)
        assert found == (pytest.approx(expected, abs=1e-3) if expected else None)


def test_each_claim_switched_on_alone_is_as_if_it_were_the_only_one() -> None:
    """Also where claims share variables with others."""
    universe, table = random_case(7)
    rng = random.Random(7)
    claims = {c.id: c for c in derive_claims(table, universe, rng, 14)}
    together = Programme(write_sheet(claims.values(), universe))
    index, region = "x", universe.regions[0]
    for name, said in claims.items():
        sheet = write_sheet([said], universe)
        objective = sheet.score(index, region)
        alone = Programme(sheet)
        together.enforce([name])
        for one, other in ((alone.least, together.least), (alone.greatest, together.greatest)):
            expected, found = one(objective), other(objective)
            assert expected is not None
            assert found is not None
            assert found.value == pytest.approx(expected.value, abs=1e-5)
