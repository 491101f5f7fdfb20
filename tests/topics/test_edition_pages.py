"""What follows from the published edition, on pages: where contradictions are shown, and what is said of a region."""

from dataclasses import replace
from pathlib import Path

import pytest

from regional_index.cache import Cache
from regional_index.charts import Drawings
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Claim, Decision
from regional_index.pages import PageWriter
from regional_index.topics.all import catalogue
from tests.computed import build_facts

REASON = "The list cannot be right."


def drawings_of(facts: Facts) -> Drawings:
    """A drawing for every chart there is; none is made."""
    return Drawings(dict.fromkeys(catalogue(facts), lambda: pytest.fail("made")), Cache(Path("nowhere")))


@pytest.fixture
def second(second_facts: Facts) -> PageWriter:
    """A writer for the second index, without templates."""
    return PageWriter(second_facts, drawings_of(second_facts), {})


# ---- the second index


def test_a_template_can_ask_whether_there_is_a_chart(second: PageWriter) -> None:
    """An index that no claim is about has none of the edition."""
    assert second.macros["has_chart"]("harbour-edition")
    assert not second.macros["has_chart"]("density-edition")


def test_a_verdict_can_be_quoted_in_prose(second: PageWriter) -> None:
    """Word and reason; links go from the page that is written."""
    second.current_page = "shore.md"
    assert second.macros["verdict_word"]("harbour-mean") == "holds"
    assert 'href="../claims/#harbour-total"' in str(second.macros["verdict_reason"]("harbour-mean"))


@pytest.mark.parametrize("macro", ["table_edition", "table_weights", "weights", "conflicts"])
def test_an_unknown_index_is_refused(second: PageWriter, macro: str) -> None:
    """By every macro that takes one."""
    with pytest.raises(LookupFailed, match="harbor"):
        second.macros[macro]("harbor")


@pytest.mark.parametrize("macro", ["table_region_edition", "region_known"])
def test_an_unknown_region_is_refused(second: PageWriter, macro: str) -> None:
    """By every macro that takes one."""
    with pytest.raises(LookupFailed, match="Atlantis"):
        second.macros[macro]("Atlantis")


def test_a_page_without_contradictions_has_no_empty_list(second: PageWriter) -> None:
    """The second index agrees with itself."""
    assert second.macros["conflicts"]() == ""


def test_a_contradiction_between_indices_stands_on_the_pages_of_both(second_facts: Facts) -> None:
    """Elm cannot be ahead of Arden's harbour with a shore of at most 70."""
    sides = {"greater": {"index": "shore", "regions": ("E5",)}, "less": {"index": "harbour", "regions": ("A1",)}}
    added = [
        Claim("shore-ahead", "shore", "comparison", "shore-1", details=sides),
        Claim("shore-low", "shore", "band", "shore-1", regions=("E5",), details={"lower": "60", "upper": "70"}),
    ]
    claims = second_facts.edition.claims | {claim.id: claim for claim in added}
    edition = replace(second_facts.edition, claims=claims, set_aside={"shore-ahead": Decision("shore-ahead", REASON)})
    facts = build_facts(replace(second_facts.declared, edition=edition))
    writer = PageWriter(facts, {}, {})
    for index in ("harbour", "shore"):
        assert REASON in str(writer.macros["conflicts"](index))
    assert writer.macros["conflicts"]("traffic") == ""
