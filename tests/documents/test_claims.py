"""What is quoted and what follows from it, as others read it: `claims.json`, `context.json`, `audit.json`."""

from typing import Any

import pytest

from regional_index.downloads.api import CHANGES, FIELDS, VERDICTS
from regional_index.framework import Edition
from tests.documents.conftest import MORE_CLAIMS, REASON
from tests.reading import document

Made = tuple[Edition, dict[str, bytes]]
WRONG, TOTAL, MEAN = "harbour-mean-again", "harbour-total", "harbour-mean"


@pytest.fixture(scope="module")
def edition(contradicted: Made) -> Edition:
    return contradicted[0]


@pytest.fixture(scope="module")
def claims(contradicted: Made) -> dict[str, dict[str, Any]]:
    """Every claim by its id."""
    return {claim["id"]: claim for claim in document(contradicted[1], "claims.json")}


@pytest.fixture(scope="module")
def audit(contradicted: Made) -> dict[str, Any]:
    return document(contradicted[1], "audit.json")


# ---- claims


def test_every_claim_has_its_fields_and_its_place(claims: dict[str, dict[str, Any]], edition: Edition) -> None:
    """In the order of the edition; every field is explained."""
    assert list(claims) == list(edition.claims)
    assert all(set(claim) == set(FIELDS["claims.json"]) for claim in claims.values())
    arden = claims["harbour-score-arden"]
    assert (arden["index"], arden["kind"], arden["regions"]) == ("harbour", "score", ["A1"])
    assert arden["place"] == {"section": "Harbours", "paragraph": 3}


def test_values_are_as_printed(claims: dict[str, dict[str, Any]]) -> None:
    """With the zeros at their ends; what states no figure has none."""
    assert claims["harbour-score-arden"]["value"] == "72.50"
    assert claims[TOTAL]["value"] == "200.0"
    assert not claims["harbour-above"]["value"]


def test_what_only_some_kinds_have_is_in_details(claims: dict[str, dict[str, Any]]) -> None:
    """Tiers as lists of codes, thresholds, sides."""
    assert claims["harbour-tiers"]["details"]["tiers"] == [["A1", "B2"], ["D4"]]
    assert claims["harbour-above"]["details"]["threshold"] == "mean"
    assert set(claims["shore-comparison"]["details"]) >= {"greater", "less"}


def test_the_remark_is_what_the_data_file_notes(claims: dict[str, dict[str, Any]], edition: Edition) -> None:
    """The note is ours to make; the remark a person wrote."""
    assert {name: claim["remark"] for name, claim in claims.items()} == {
        name: claim.note for name, claim in edition.claims.items()
    }
    assert claims[WRONG]["remark"] == MORE_CLAIMS[0]["note"]


def test_what_is_contradicted_names_what_contradicts_it(claims: dict[str, dict[str, Any]]) -> None:
    """And is left out only by a decision; a second set with the same claim adds no second conflict."""
    aside = {name for name, claim in claims.items() if claim["set_aside"]}
    assert aside == {WRONG}
    conflicts = {name: claim["conflicts_with"] for name, claim in claims.items() if claim["conflicts_with"]}
    assert conflicts == {TOTAL: [WRONG], WRONG: [TOTAL]}
    assert {name for name, claim in claims.items() if claim["verdict"] == "contradicted"} == set(conflicts)


def test_every_claim_has_a_verdict_and_says_why(claims: dict[str, dict[str, Any]]) -> None:
    """One of three, in one sentence of plain text with a full stop at its end."""
    for name, claim in claims.items():
        assert claim["verdict"] in VERDICTS, name
        assert claim["note"].endswith("."), name
        assert ". " not in claim["note"], name
        assert not {"<", ">"} & set(claim["note"]), name
        assert 0 <= claim["noticed"] <= claim["tried"], name


def test_only_shares_are_read_as_rounded_or_truncated(claims: dict[str, dict[str, Any]]) -> None:
    assert {name: claim["reading"] for name, claim in claims.items() if claim["reading"]} == {
        "harbour-share": "rounded",
        "harbour-count-share": "rounded",
    }


# ---- context


def test_context_figures_keep_unit_relation_and_place(contradicted: Made, edition: Edition) -> None:
    """Whether or not a source is named."""
    over, between = document(contradicted[1], "context.json")
    assert [over["id"], between["id"]] == list(edition.context)
    assert (over["relation"], over["value"], over["unit"]) == ("over", "1200", "ships")
    assert not over["attributed_to"]
    assert (between["value"], between["upper"], between["regions"]) == ("30", "40", ["F6"])
    assert between["attributed_to"] == "Guild of Pilots"
    assert between["place"] == {"section": "Trends", "paragraph": 8}


# ---- audit


def test_the_audit_counts_the_verdicts_of_the_claims(claims: dict[str, dict[str, Any]], audit: dict[str, Any]) -> None:
    """The two files agree."""
    verdicts = [claim["verdict"] for claim in claims.values()]
    assert audit["verdicts"] == {verdict: verdicts.count(verdict) for verdict in VERDICTS}


def test_every_conflict_says_what_is_left_out_why_and_what_would_fix_it(audit: dict[str, Any]) -> None:
    """A set that shares claims with one before it needs no change of its own."""
    first, second = audit["conflicts"]
    assert [set(conflict["claims"]) for conflict in (first, second)] == [{TOTAL, WRONG}, {MEAN, WRONG}]
    assert [conflict["overlaps"] for conflict in (first, second)] == [False, True]
    assert first["mends"] == [{"claim": WRONG, "part": "value", "stated": "45.0", "needed": "40.0"}]
    assert second["mends"] == []
    assert first["set_aside"] == second["set_aside"] == [{"claim": WRONG, "reason": REASON}]


def test_the_self_test_adds_up(claims: dict[str, dict[str, Any]], audit: dict[str, Any]) -> None:
    """By change, by claim, and in all."""
    found = audit["self_test"]
    for count in ("tried", "noticed"):
        assert found[count] == sum(change[count] for change in found["changes"])
        assert found[count] == sum(claim[count] for claim in claims.values())
    assert 0 < found["noticed"] < found["tried"]
    assert {change["change"] for change in found["changes"]} <= set(CHANGES)


def test_weights_that_fit_the_totals_are_listed_in_steps(audit: dict[str, Any]) -> None:
    """(240 + 160) / 2 is 200; the coarse steps and the fine ones find the same."""
    coarse, fine = audit["weights"]
    for found, steps in ((coarse, 20), (fine, 100)):
        assert (found["index"], found["parts"], found["steps"]) == ("harbour", ["traffic", "speed"], steps)
        assert (found["tried"], found["fit_totals"]) == (steps - 1, 1)
        assert found["vectors"] == [[steps // 2, steps // 2]]


def test_the_assumed_range_of_scores_is_said(audit: dict[str, Any], edition: Edition) -> None:
    """An assumption of the bounds, from the data file."""
    lowest, highest = edition.score_range
    assert audit["score_range"] == {"lowest": lowest, "highest": highest}
    assert (audit["edition"], audit["year"]) == (edition.edition, edition.data_year)


def test_without_contradictions_and_totals_the_lists_are_empty(second_results: dict[str, bytes]) -> None:
    audit = document(second_results, "audit.json")
    assert audit["conflicts"] == audit["weights"] == []
