"""What is quoted and what follows from it, as others read it, on the real data and on the second index."""

from typing import Any

import pytest

from regional_index.facts import Facts
from tests.downloads.reading import document

FIELDS = {
    "id", "index", "kind", "regions", "value", "details", "place", "verdict", "set_aside", "conflicts_with", "note",
    "tried", "noticed", "reading", "remark",
}  # fmt: skip
BOTH = pytest.mark.parametrize("name", ["api", "second_api"])


@pytest.fixture
def claims(request: pytest.FixtureRequest, name: str) -> dict[str, dict[str, Any]]:
    """Every claim of one of the two indices, by id."""
    return {claim["id"]: claim for claim in document(request.getfixturevalue(name), "claims.json")}


@pytest.fixture(scope="module")
def audit(api: dict[str, bytes]) -> dict[str, Any]:
    """The audit of the real edition."""
    return document(api, "audit.json")


# ---- claims


def test_every_claim_has_its_fields_and_its_place(api: dict[str, bytes], real_facts: Facts) -> None:
    """In the order of the edition, values as printed."""
    claims = document(api, "claims.json")
    assert [claim["id"] for claim in claims] == list(real_facts.edition.claims)
    for claim in claims:
        assert set(claim) == FIELDS
        assert set(claim["place"]) == {"section", "paragraph"}
        assert claim["index"] in real_facts.framework.nodes
        assert set(claim["regions"]) <= set(real_facts.regions.evaluated)
    by_id = {claim["id"]: claim for claim in claims}
    assert by_id["industry-score-guangdong"]["value"] == "68.96"
    assert by_id["industry-score-guangdong"]["regions"] == ["440000"]


def test_what_only_some_kinds_have_is_in_details(api: dict[str, bytes]) -> None:
    """Tiers as lists of codes, thresholds, sides."""
    claims = document(api, "claims.json")
    tiers = next(claim["details"]["tiers"] for claim in claims if claim["kind"] == "tiers")
    assert all(code.isdigit() for tier in tiers for code in tier)
    assert all("threshold" in claim["details"] for claim in claims if claim["kind"] == "above")


def test_the_remark_is_what_the_data_file_notes(api: dict[str, bytes], real_facts: Facts) -> None:
    """The note is ours to make; the remark a person wrote."""
    remarks = {claim["id"]: claim["remark"] for claim in document(api, "claims.json")}
    assert remarks == {name: claim.note for name, claim in real_facts.edition.claims.items()}
    assert any(remarks.values())


@BOTH
def test_every_claim_has_a_verdict(claims: dict[str, dict[str, Any]]) -> None:
    """One of three; only what is contradicted is set aside, and conflicts with something."""
    for claim in claims.values():
        assert claim["verdict"] in {"holds", "contradicted", "untestable"}
        assert bool(claim["conflicts_with"]) == (claim["verdict"] == "contradicted")
        assert isinstance(claim["set_aside"], bool)
        assert claim["verdict"] == "contradicted" or not claim["set_aside"]
        assert 0 <= claim["noticed"] <= claim["tried"]


@BOTH
def test_conflicts_are_mutual(claims: dict[str, dict[str, Any]]) -> None:
    """Nobody conflicts with itself, or with a claim that is not there."""
    pairs = {(name, other) for name, claim in claims.items() for other in claim["conflicts_with"]}
    assert {(other, name) for name, other in pairs} == pairs
    assert all(name != other and other in claims for name, other in pairs)


@BOTH
def test_a_note_is_one_sentence_of_plain_text(claims: dict[str, dict[str, Any]], name: str) -> None:
    """With a full stop at its end and nowhere else but within numbers."""
    stop = {"api": "。", "second_api": "."}[name]
    for claim in claims.values():
        assert claim["note"].endswith(stop), claim["note"]
        assert not {"<", ">"} & set(claim["note"]), claim["note"]
        assert stop not in claim["note"][:-1] or stop == ".", claim["note"]
        assert ". " not in claim["note"], claim["note"]


def test_claims_that_are_set_aside_are_those_of_the_data_file(api: dict[str, bytes], real_facts: Facts) -> None:
    """No more, no fewer."""
    aside = {claim["id"] for claim in document(api, "claims.json") if claim["set_aside"]}
    assert aside == set(real_facts.edition.set_aside)
    assert aside


def test_only_shares_are_read_as_rounded_or_truncated(api: dict[str, bytes]) -> None:
    """501.60 of 589.29 is 85.119 %, printed as 85.11 %; 572.02 of 659.72 is 86.706 %, printed as 86.71 %."""
    claims = document(api, "claims.json")
    readings = {claim["id"]: claim["reading"] for claim in claims}
    assert readings["scale-share-above-mean"] == "truncated"
    assert readings["data-share-above-mean"] == "rounded"
    assert {claim["kind"] for claim in claims if claim["reading"]} == {"share", "count_share"}
    assert set(readings.values()) == {"truncated", "rounded", None}


# ---- context


def test_context_figures_keep_unit_relation_and_place(api: dict[str, bytes], real_facts: Facts) -> None:
    """Whether or not a source is named."""
    figures = document(api, "context.json")
    assert [figure["id"] for figure in figures] == list(real_facts.edition.context)
    fields = {"id", "about", "relation", "value", "upper", "unit", "year", "regions", "attributed_to", "place", "note"}
    assert all(set(figure) == fields for figure in figures)


# ---- audit


def test_the_audit_counts_the_verdicts_of_the_claims(api: dict[str, bytes], audit: dict[str, Any]) -> None:
    """The two files agree."""
    verdicts = [claim["verdict"] for claim in document(api, "claims.json")]
    assert audit["verdicts"] == {verdict: verdicts.count(verdict) for verdict in audit["verdicts"]}
    assert sum(audit["verdicts"].values()) == len(verdicts)


def test_every_conflict_says_who_is_set_aside_and_why(audit: dict[str, Any], real_facts: Facts) -> None:
    """And what would mend it; sets that overlap others need no mend of their own."""
    assert audit["conflicts"]
    for conflict in audit["conflicts"]:
        assert set(conflict["claims"]) <= set(real_facts.edition.claims)
        assert conflict["set_aside"]
        for decision in conflict["set_aside"]:
            assert decision["claim"] in conflict["claims"]
            assert decision["reason"] == real_facts.edition.set_aside[decision["claim"]].reason
        assert all(mend["claim"] in conflict["claims"] for mend in conflict["mends"])


def test_conflicts_that_overlap_no_other_are_those_of_the_claims(api: dict[str, bytes], audit: dict[str, Any]) -> None:
    """Each claim of the set names all the others."""
    beside = {claim["id"]: set(claim["conflicts_with"]) for claim in document(api, "claims.json")}
    apart = [set(conflict["claims"]) for conflict in audit["conflicts"] if not conflict["overlaps"]]
    assert {name: others for name, others in beside.items() if others} == {
        name: claims - {name} for claims in apart for name in claims
    }


def test_the_self_test_adds_up(api: dict[str, bytes], audit: dict[str, Any]) -> None:
    """By change, by claim, and in all."""
    for count in ("tried", "noticed"):
        by_change = sum(change[count] for change in audit["self_test"]["changes"])
        assert audit["self_test"][count] == by_change == sum(c[count] for c in document(api, "claims.json"))
    assert 0 < audit["self_test"]["noticed"] < audit["self_test"]["tried"]


def test_weights_add_up_to_all_steps(audit: dict[str, Any], real_facts: Facts) -> None:
    """Of both indices with sub-indices, in coarse and fine steps, with at least one step for each sub-index."""
    assert [(entry["index"], entry["steps"]) for entry in audit["weights"]] == [
        ("industry", 20), ("industry", 100), ("application", 20), ("application", 100),
    ]  # fmt: skip
    for entry in audit["weights"]:
        assert entry["parts"] == [child.code for child in real_facts.node(entry["index"]).children]
        assert len(entry["vectors"]) <= entry["fit_totals"] <= entry["tried"]
        assert all(sum(vector) == entry["steps"] and min(vector) >= 1 for vector in entry["vectors"])
        assert all(len(vector) == len(entry["parts"]) for vector in entry["vectors"])


def test_the_assumed_range_of_scores_is_said(audit: dict[str, Any], real_facts: Facts) -> None:
    """An assumption of the bounds, from the data file."""
    lowest, highest = real_facts.edition.score_range
    assert audit["score_range"] == {"lowest": lowest, "highest": highest}
    assert (audit["edition"], audit["year"]) == ("2020", 2019)


def test_the_second_index_has_an_audit_too(second_api: dict[str, bytes]) -> None:
    """Without contradictions, and without totals to infer weights from."""
    audit = document(second_api, "audit.json")
    assert audit["conflicts"] == audit["weights"] == []
