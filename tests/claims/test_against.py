"""Which scores a claim needs to be tested, and what is found."""

from typing import Any

import pytest

from regional_index.claims.against import Finding, check_against
from regional_index.framework import Claim

from .worked import UNIVERSE, claim, table_of

# Sum 150, mean 30.
SCORES = (10, 50, 40, 30, 20)


def look(said: Claim, *scores: float | None, **others: tuple[float | None, ...]) -> Finding:
    """What is found of one claim."""
    (finding,) = check_against([said], table_of(x=scores or SCORES, **others), UNIVERSE)
    return finding


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
    """True or false, with the number and the regions that the table has in place of those of the claim."""
    claims = [claim("mean", "30"), claim("above", regions="bd", threshold="mean", exhaustive=True), claim("mean", "31")]
    assert check_against(claims, table_of(x=SCORES), UNIVERSE) == [
        Finding(claims[0], True, 30), Finding(claims[1], False, None, ("b", "c")), Finding(claims[2], False, 30)
    ]  # fmt: skip
