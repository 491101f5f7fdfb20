"""Verdicts, decisions and the self-test."""

from collections.abc import Iterable

import pytest

from regional_index.claims.audit import audit_edition, try_claims
from regional_index.errors import DataError
from regional_index.framework import Claim, Decision, Edition
from tests.claims.worked import UNIVERSE, claim

TOTAL, MEAN = claim("total", "100.0"), claim("mean", "20.00")
TEN, TWENTY = claim("score", "10", "a", name="ten"), claim("score", "20", "a", name="twenty")


def edition_of(claims: Iterable[Claim], *set_aside: str) -> Edition:
    """An edition with these claims, some of them set aside."""
    decisions = {name: Decision(name, "It does not fit.") for name in set_aside}
    return Edition(
        edition="1",
        data_year=2020,
        source="somewhere",
        places={},
        claims={c.id: c for c in claims},
        context={},
        trends={},
        set_aside=decisions,
        file="data/published/1.yml",
    )


def test_claims_that_give_each_other_again_hold() -> None:
    verdicts = audit_edition(edition_of([TOTAL, MEAN]), UNIVERSE).verdicts
    assert {name: verdict.verdict for name, verdict in verdicts.items()} == {"total": "holds", "mean": "holds"}
    assert verdicts["mean"].checks == verdicts["total"].checks


def test_a_claim_that_nothing_else_bears_on_cannot_be_tested() -> None:
    [verdict] = audit_edition(edition_of([claim("score", "50", "a")]), UNIVERSE).verdicts.values()
    assert (verdict.verdict, verdict.noticed) == ("untestable", 0)
    assert verdict.tried > 0


def test_both_sides_of_a_contradiction_are_named_and_one_is_set_aside() -> None:
    verdicts = audit_edition(edition_of([TEN, TWENTY], "ten"), UNIVERSE).verdicts
    assert verdicts["ten"].verdict == verdicts["twenty"].verdict == "contradicted"
    assert verdicts["ten"].conflicts_with == ("twenty",)
    assert (verdicts["ten"].set_aside, verdicts["twenty"].set_aside) == (True, False)


def test_a_contradiction_without_a_decision_is_refused_naming_the_claims_and_what_would_mend() -> None:
    with pytest.raises(DataError) as caught:
        audit_edition(edition_of([TEN, TWENTY, TOTAL]), UNIVERSE)
    [problem] = caught.value.problems
    assert problem.file == "data/published/1.yml"
    assert "ten (10), twenty (20)" in problem.found
    assert "set_aside" in problem.remedy
    assert "ten: 10 would have to be 20" in problem.remedy


def test_a_decision_that_nothing_asks_for_is_refused() -> None:
    with pytest.raises(DataError, match="set_aside, mean: found a claim that agrees"):
        audit_edition(edition_of([TOTAL, MEAN, TEN, TWENTY], "ten", "mean"), UNIVERSE)


def test_the_self_test_makes_each_claim_wrong_and_counts_what_is_noticed() -> None:
    trials = list(try_claims([TOTAL, MEAN], UNIVERSE))
    assert {trial.claim for trial in trials} == {"total", "mean"}
    assert all(trial.noticed for trial in trials if trial.change == "five")
    assert {trial.change for trial in trials} == {"five", "one", "digits"}


def test_swapped_neighbours_are_noticed_only_where_another_claim_knows_better() -> None:
    order = claim("order", "", "abc")
    known = [order, claim("score", "40", "a", name="a"), claim("score", "30", "b", name="b")]
    noticed = [trial.noticed for trial in try_claims(known, UNIVERSE) if trial.claim == "order"]
    assert noticed == [True, False]


def test_claims_that_are_set_aside_are_not_tried() -> None:
    audit = audit_edition(edition_of([TEN, TWENTY], "ten"), UNIVERSE)
    assert {trial.claim for trial in audit.trials} == {"twenty"}


def test_a_contradiction_that_is_left_by_the_decisions_is_refused() -> None:
    """Four scores of one region: with two set aside, the other two still cannot both hold."""
    scores = [claim("score", text, "a", name=text) for text in ("10", "20", "30", "40")]
    with pytest.raises(DataError, match=r"cannot all hold: (20 \(20\), 40 \(40\)|40 \(40\), 20 \(20\))"):
        audit_edition(edition_of(scores, "10", "30"), UNIVERSE)


def test_arithmetic_that_does_not_fit_tests_nothing() -> None:
    """Two are above 40, but three may be at least 40."""
    above = claim("above", "", "ab", threshold="40", exhaustive=True)
    count = claim("count", "3", relation="at_least", threshold="40")
    verdicts = audit_edition(edition_of([above, count]), UNIVERSE).verdicts
    assert verdicts["count"].checks == ()
