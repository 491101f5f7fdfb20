"""Claims that touch a contradiction without being part of it are marked, and counted apart."""

from dataclasses import replace

import pytest

from regional_index.claims.findings import Conflict
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.render import Links
from regional_index.topics.edition.audit import summarise_audit
from regional_index.topics.edition.claim_text import describe_claim, name_claim
from regional_index.topics.edition.verdicts import verdict_badge
from tests.changed_facts import with_findings

CONFLICTS = (
    Conflict(("harbour-top", "speed-top")),
    Conflict(("harbour-total", "harbour-top", "harbour-mean"), overlaps=True),
)


@pytest.fixture(scope="module")
def involving(second_facts: Facts) -> Facts:
    """A contradiction of two claims, one of which is in a further set with two others."""
    return with_findings(second_facts, audit=replace(second_facts.study.audit, conflicts=CONFLICTS))


def test_a_claim_of_a_further_set_has_a_second_badge(involving: Facts) -> None:
    """It agrees with the others, but not with all that the page names as impossible together."""
    assert verdict_badge(involving, "harbour-total").striptags() == "holds also involved"
    assert "involved" not in verdict_badge(involving, "harbour-top")


def test_they_are_counted_apart(second_facts: Facts, involving: Facts) -> None:
    assert "2 more cannot all be true together with some of these" in summarise_audit(involving)
    assert "more cannot" not in summarise_audit(second_facts)


@pytest.mark.parametrize(("threshold", "name"), [("mean", "list above the mean"), ("20", "list above 20")])
def test_a_list_is_named_by_its_threshold(second_facts: Facts, threshold: str, name: str) -> None:
    """Two lists of an index are told apart."""
    claim = Claim("list", "harbour", "above", "harbour-1", regions=("A1",), details={"threshold": threshold})
    assert name_claim(claim, second_facts) == name


def test_a_list_of_one_is_a_rank(second_facts: Facts) -> None:
    """The first one region in this order is no list."""
    claim = Claim("one", "harbour", "top", "harbour-1", regions=("A1",), details={"size": "1", "ordered": True})
    said = describe_claim(claim, second_facts, Links(second_facts, lambda: "claims.md"))
    assert said.striptags() == "First of the Harbour index: Arden"
