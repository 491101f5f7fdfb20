"""Claims against a table worked out by hand: agree, disagree, or cannot be tested for want of a score."""

from typing import Any

import pytest

from regional_index.claims.against import Finding, check_against
from regional_index.claims.kinds import KINDS
from regional_index.framework import Claim

from .worked import UNIVERSE, claim, table_of

# Sum 150, mean 30; a and d are on the coast.
SCORES = (10, 50, 40, 30, 20)
COAST_BELOW = {"relation": "below", "threshold": "30"}

TRUE = [
    claim("score", "50.0", "b"),
    claim("rank", "2", "c"),
    claim("total", "150"),
    claim("mean", "30.0"),
    claim("order", regions="bda"),
    claim("order", regions="cd", starts_at="2"),
    claim("top", regions="cb", size="2", ordered=False),
    claim("above", regions="bc", threshold="mean", exhaustive=True),
    claim("below", regions="a", threshold="20", exhaustive=False),
    claim("count", "2", relation="above", threshold="mean"),
    claim("count_share", "40", relation="above", threshold="mean"),
    claim("sum", "60", "ab"),
    claim("share", "60", "bc", of="total"),
    claim("share", "33.3", "a", of=("a", "e")),
    claim("group_mean", "15", group=COAST_BELOW, size="2"),
    claim("band", regions="cd", lower="30", upper="40"),
    claim("tiers", tiers=(("b",), ("c", "d")), rest=True),
    claim("group_count", "1", "d", within="3", group_name="coast"),
    claim("comparison", greater={"index": "x", "regions": ("c",)}, less={"index": "x", "mean": True}),
]


def look(said: Claim, *scores: float | None, **others: tuple[float | None, ...]) -> Finding:
    """What is found of one claim."""
    (finding,) = check_against([said], table_of(x=scores or SCORES, **others), UNIVERSE)
    return finding


def test_every_kind_is_tried_below() -> None:
    assert {said.kind for said in TRUE} == set(KINDS)


@pytest.mark.parametrize("said", TRUE, ids=lambda said: said.kind)
def test_a_true_claim_of_every_kind_agrees(said: Claim) -> None:
    assert look(said).holds is True


@pytest.mark.parametrize(
    ("said", "number", "regions"),
    [
        (claim("score", "50.1", "b"), 50, ""),
        (claim("rank", "3", "c"), 2, ""),
        (claim("mean", "31"), 30, ""),
        (claim("order", regions="dba"), None, "bda"),
        (claim("order", regions="dc", starts_at="2"), None, "cd"),
        (claim("above", regions="bd", threshold="mean", exhaustive=True), None, "bc"),
        (claim("below", regions="c", threshold="30", exhaustive=False), None, "ea"),
        (claim("count", "3", relation="above", threshold="mean"), 2, "bc"),
        (claim("count_share", "50", relation="at_most", threshold="30"), 60, "dea"),
        (claim("share", "61", "bc", of="total"), 60, ""),
        (claim("group_mean", "15", group=COAST_BELOW, size="3"), 15, "ea"),
        (claim("group_mean", "15", group={"relation": "above", "threshold": "60"}), None, ""),
        (claim("band", regions="bcd", lower="30", upper="40"), None, "b"),
        (claim("tiers", tiers=("d", "cb")), None, "dcb"),
        (claim("group_count", "2", "d", within="3", group_name="coast"), 1, "d"),
        (
            claim("comparison", greater={"index": "x", "regions": ("e",)}, less={"index": "x", "mean": True}),
            None,
            "e",
        ),
    ],
)
def test_a_false_one_comes_with_what_the_table_has(said: Claim, number: float | None, regions: str) -> None:
    """The number, and the regions best first; of a band, tiers or a comparison those that are out of place."""
    finding = look(said)
    assert (finding.holds, finding.number, finding.regions) == (False, number, tuple(regions))


NEEDS_ALL: list[tuple[str, dict[str, Any]]] = [
    ("rank", {"value": "1", "regions": "b"}),
    ("total", {"value": "150"}),
    ("mean", {"value": "30"}),
    ("top", {"regions": "b", "size": "1", "ordered": False}),
    ("above", {"regions": "b", "threshold": "mean", "exhaustive": False}),
    ("above", {"regions": "b", "threshold": "45", "exhaustive": True}),
    ("count", {"value": "1", "relation": "above", "threshold": "45"}),
    ("order", {"regions": "bc", "starts_at": "1"}),
    ("share", {"value": "33", "regions": "b", "of": "total"}),
    ("sum", {"value": "50", "group": {"relation": "above", "threshold": "45"}}),
    ("tiers", {"tiers": ("b", "c"), "rest": True}),
    ("comparison", {"greater": {"index": "x", "regions": ("b",)}, "less": {"index": "x", "mean": True}}),
]
NEEDS_NAMED: list[tuple[str, dict[str, Any]]] = [
    ("score", {"value": "50", "regions": "b"}),
    ("order", {"regions": "bcd"}),
    ("above", {"regions": "b", "threshold": "45", "exhaustive": False}),
    ("sum", {"value": "90", "regions": "bc"}),
    ("share", {"value": "62.5", "regions": "b", "of": ("b", "d")}),
    ("group_mean", {"value": "45", "regions": "bc"}),
    ("band", {"regions": "bc", "lower": "40"}),
    ("tiers", {"tiers": ("b", "c")}),
    ("comparison", {"greater": {"index": "x", "regions": ("b",)}, "less": {"index": "x", "regions": ("d",)}}),
]


@pytest.mark.parametrize(("kind", "said"), NEEDS_ALL)
def test_without_one_score_a_claim_about_all_regions_cannot_be_tested(kind: str, said: dict[str, Any]) -> None:
    """The region without a score is named."""
    finding = look(claim(kind, **said), None, 50, 40, 30, 20)
    assert (finding.holds, finding.number, finding.regions) == (None, None, ("a",))


@pytest.mark.parametrize(("kind", "said"), NEEDS_NAMED)
def test_a_claim_that_named_regions_decide_is_tested_without_the_others(kind: str, said: dict[str, Any]) -> None:
    """But not without a score of theirs."""
    assert look(claim(kind, **said), None, 50, 40, 30, 20).holds is True
    finding = look(claim(kind, **said), 10, None, 40, 30, 20)
    assert (finding.holds, finding.regions) == (None, ("b",))


def test_an_index_without_any_score_lacks_all_regions() -> None:
    finding = look(claim("mean", "30", index="y"))
    assert (finding.holds, finding.regions) == (None, UNIVERSE.regions)


def test_a_comparison_of_two_indices_names_the_regions_that_lack_either() -> None:
    said = claim("comparison", greater={"index": "x", "mean": True}, less={"index": "y", "mean": True})
    finding = look(said, *SCORES, y=(1, None, 3, 4, 5))
    assert (finding.holds, finding.regions) == (None, ("b",))


def test_there_is_a_finding_for_each_claim_in_their_order() -> None:
    found = check_against(TRUE, table_of(x=SCORES), UNIVERSE)
    assert [finding.claim for finding in found] == TRUE
