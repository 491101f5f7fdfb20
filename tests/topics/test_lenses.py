"""Indices by several lenses, side by side: on every page a move is one from the publisher's lens to the other."""

import re
from dataclasses import replace

import pytest

from regional_index.facts import Facts
from regional_index.render import Links
from regional_index.results.lenses import see
from tests.methods import as_text
from tests.topics.test_tables import Grid, written


@pytest.fixture(scope="module")
def by_resident(second_facts: Facts) -> Facts:
    """Words and tables as pages of the second lens have them."""
    return replace(second_facts, declared=see(second_facts.declared, second_facts.framework.lenses[1]))


def said(macro: str, facts: Facts, *given: object) -> str:
    return written(macro, facts, Links(facts, lambda: "x.md"), *given)


def test_the_lens_of_the_page_comes_first_then_the_move(second_facts: Facts, by_resident: Facts) -> None:
    """The arrow is the same on both pages, for both say what the second lens changes."""
    own, other = (Grid(said("table_lenses", facts, "harbour")) for facts in (second_facts, by_resident))
    moved = "Places moved by Per resident"
    assert own.rows[0][1:4] == ["Totals Score", "Totals Rank", moved]
    assert other.rows[0][1:4] == ["Per resident Score", "Per resident Rank", moved]
    assert {row[0]: row[3] for row in own.rows} == {row[0]: row[3] for row in other.rows}
    assert any(re.fullmatch("[↑↓][1-9]", row[3]) for row in own.rows)
    for row in own.rows[1:]:
        ranks = [re.match(r"\d+", row[place]) for place in (2, 5)]
        if all(ranks):
            change = int(ranks[0][0]) - int(ranks[1][0])
            assert row[3] == (f"↑{change}" if change > 0 else f"↓{-change}" if change else "0")


def test_the_prose_says_what_the_second_lens_changes_on_both_pages(second_facts: Facts, by_resident: Facts) -> None:
    """From the ranges of the first to the ranks of the second, in the same words."""
    own, other = (as_text(said("lens_answer", facts, "harbour")) for facts in (second_facts, by_resident))
    assert own.startswith("By Per resident, ")
    assert other == own


def test_units_begin_with_those_of_the_page(second_facts: Facts, by_resident: Facts) -> None:
    heads = [Grid(said("table_divided", facts)).rows[0] for facts in (second_facts, by_resident)]
    assert heads == [["Indicator", "Totals", "Per resident"], ["Indicator", "Per resident", "Totals"]]
