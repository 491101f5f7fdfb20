"""What a region is compared with: peers and nearest profiles side by side, expected scores next to those there are."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.facts import Facts
from regional_index.framework import Expectation
from regional_index.model import TABLES
from regional_index.render import Links
from regional_index.topics.series.expectation import (
    expectation_answer,
    expectation_of,
    peers,
    table_expected,
    table_peers,
)

# Of harbour, whose scores are 71.67, 51.67, 50 and 28.33, all but one with a difference that is easy to follow.
EXPECTED = [("harbour", "A1", 61.67, 10.0, 1, 0.64), ("harbour", "D4", -4.0, 32.33, 4, 0.64)]
PEERS = [("A1", "C3", 0.1), ("A1", "D4", 0.2)]


def links(facts: Facts) -> Links:
    return Links(facts, lambda: "index.md")


@pytest.fixture(scope="module")
def facts(second_facts: Facts) -> Facts:
    """The second index with an expectation, and what might have been computed of it."""
    declared = Expectation("cargo_per_resident", ("cargo_per_resident", "residents"))
    framework = replace(second_facts.framework, expectation=declared)
    planted = {
        "peers": pd.DataFrame(PEERS, columns=list(TABLES["peers"].columns)),
        "expected": pd.DataFrame(EXPECTED, columns=list(TABLES["expected"].columns)),
    }
    tables = {**second_facts.tables, **planted}
    return replace(second_facts, declared=replace(second_facts.declared, framework=framework), tables=tables)


def test_peers_are_named_with_their_ranks(facts: Facts) -> None:
    said = peers(facts, links(facts), "Arden").striptags()
    ranks = facts.values.standings("cargo_per_resident", 2031)["value_rank"]
    assert f"(rank {ranks['A1']:.0f} in 2031)" in said
    assert said.endswith(f"the closest are Corsa (rank {ranks['C3']:.0f}), Dunmore (rank {ranks['D4']:.0f}).")


def test_the_table_says_why_each_region_is_compared(facts: Facts) -> None:
    """The region itself, then its peers, then those of the nearest profile; one may be both."""
    table = table_peers(facts, links(facts), "Arden")
    assert table is not None
    reasons = {row[0].value: str(row[1].value) for row in table.rows}
    nearest = {region.name for region, _ in facts.open.neighbours("Arden")}
    assert list(reasons)[:3] == ["Arden", "Corsa", "Dunmore"]
    assert set(reasons) == {"Arden", "Corsa", "Dunmore", *nearest}
    assert {name for name, why in reasons.items() if "scores of sub-indices" in why} == nearest
    assert {name for name, why in reasons.items() if "Cargo per 100 residents" in why} == {"Corsa", "Dunmore"}
    assert table.rows[0][3].value == facts.values.value("residents", "Arden")


def test_what_is_expected_is_next_to_what_there_is(facts: Facts) -> None:
    said = expectation_of(facts, links(facts), "Arden").striptags()
    assert "one would expect 61.67 and rank 1; it has 71.67 and rank 1, 10.00 more. This accounts for 64%" in said
    assert said.endswith("It is arithmetic and says nothing of causes.")
    assert "beyond" not in said


def test_an_expected_score_beyond_all_scores_says_so(facts: Facts) -> None:
    assert "so only ranks are compared" in expectation_of(facts, links(facts), "Dunmore").striptags()


def test_the_answer_names_both_ends(facts: Facts) -> None:
    said = expectation_answer(facts, links(facts), "harbour").striptags()
    assert "Dunmore (+32.33) is furthest above and Arden (+10.00) furthest below" in said


def test_the_greatest_difference_comes_first(facts: Facts) -> None:
    table = table_expected(facts, links(facts), "harbour")
    assert table is not None
    assert [row[0].value for row in table.rows] == ["Dunmore", "Arden"]
    assert [row[1].value for row in table.rows] == [32.33, 10.0]
    assert "2 regions" in str(table.note)


def test_where_nothing_is_known_nothing_is_printed(facts: Facts, second_facts: Facts) -> None:
    """Neither where nothing is declared, nor of an index or region without rows."""
    assert expectation_of(facts, links(facts), "Elm") == peers(facts, links(facts), "Elm") == ""
    assert table_peers(facts, links(facts), "Elm") is None
    assert table_expected(facts, links(facts), "shore") is None
    assert expectation_answer(facts, links(facts), "shore") == ""
    undeclared = replace(second_facts.declared, framework=replace(second_facts.framework, expectation=None))
    unknown = {name: table for name, table in facts.tables.items() if name not in ("peers", "expected")}
    for other in (replace(facts, declared=undeclared), replace(facts, tables=unknown)):
        assert peers(other, links(other), "Arden") == expectation_of(other, links(other), "Arden") == ""
        assert expectation_answer(other, links(other), "harbour") == ""
        assert table_peers(other, links(other), "Arden") is table_expected(other, links(other), "harbour") is None
