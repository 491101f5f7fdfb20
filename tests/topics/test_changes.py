"""Changes of rank that are not certain: marked in tables, said in sentences, counted on the page on robustness."""

import re
from dataclasses import replace

import pytest

from regional_index.facts import Facts
from regional_index.render import Links, Table
from regional_index.topics.series.changes import answer_changes, biggest_moves, what_changed
from regional_index.topics.series.portrait import movement, table_decomposition
from regional_index.topics.series.regions import table_region_indices
from regional_index.topics.series.scores import table_open


@pytest.fixture(scope="module")
def undrawn_facts(second_facts: Facts) -> Facts:
    """The second index where nothing is varied."""
    framework = replace(second_facts.framework, robustness=None)
    return replace(second_facts, declared=replace(second_facts.declared, framework=framework))


def links(facts: Facts) -> Links:
    return Links(facts, lambda: "index.md")


def marked_rows(table: Table) -> list[str]:
    """The first text of every row that has a mark."""
    rows = [row for row in table.rows if any(cell.note == "?" for cell in row)]
    return [next(cell.value for cell in row if isinstance(cell.value, str)) for row in rows]


def test_uncertain_changes_have_a_mark_that_is_explained_below(second_facts: Facts) -> None:
    """In harbour all three changes are uncertain, the fourth rank stays. The mark says by itself what it means."""
    table = table_open(second_facts, links(second_facts), "harbour")
    assert marked_rows(table) == ["Arden", "Brill", "Dunmore"]
    assert "with ? is not certain: it goes this way in fewer than 95% of the computations" in table.note
    cell = next(cell for cell in table.rows[0] if cell.note == "?")
    assert str(cell.html) == '<span class="ri-unsure">+2</span><abbr title="change not certain">?</abbr>'
    assert cell.value == 2


def test_certain_changes_have_none(second_facts: Facts) -> None:
    """Those of density hold in every draw."""
    table = table_open(second_facts, links(second_facts), "density")
    assert marked_rows(table) == []
    assert not table.note


def test_tables_of_a_region_mark_the_same(second_facts: Facts) -> None:
    for make in (table_region_indices, table_decomposition):
        table = make(second_facts, links(second_facts), "Dunmore")
        assert marked_rows(table) == ["Harbour index"], make.__name__
        assert "is not certain" in table.note


def test_the_answer_counts_and_names_what_is_certain(second_facts: Facts) -> None:
    said = {code: answer_changes(second_facts, links(second_facts), code).striptags() for code in ("harbour", "goods")}
    assert said["harbour"] == "From 2030 to 2031, 3 regions have another rank; none of these changes is certain."
    assert said["goods"] == "From 2030 to 2031, no rank has changed."
    assert answer_changes(second_facts, links(second_facts), "density").striptags() == (
        "From 2030 to 2031, 2 regions have another rank; 2 of these changes are certain. "
        "Certain to have risen: Corsa (+1). Certain to have fallen: Dunmore (\u22121)."
    )


def test_names_of_the_answer_are_links(second_facts: Facts) -> None:
    said = answer_changes(second_facts, links(second_facts), "density")
    assert len(re.findall(r'<a href="[^"]*regions/', said)) == 2


def test_where_nothing_is_varied_nothing_is_marked(undrawn_facts: Facts) -> None:
    table = table_open(undrawn_facts, links(undrawn_facts), "harbour")
    assert marked_rows(table) == []
    assert not table.note
    assert "certain" not in movement(undrawn_facts, links(undrawn_facts), "Arden")


def test_the_biggest_moves_are_the_certain_ones_with_their_reason(second_facts: Facts) -> None:
    """Those of density, of one indicator, need no reason; where none is certain, that is said."""
    assert biggest_moves(second_facts, links(second_facts), "density").striptags() == (
        "From 2030 to 2031: 1 region has risen, 1 of them for certain: Corsa (+1). "
        "1 region has fallen, 1 of them for certain: Dunmore (\u22121)."
    )
    said = biggest_moves(second_facts, links(second_facts), "harbour").striptags()
    assert re.search(
        r": 1 region has risen, none for certain: Arden \(\+2; mainly [A-Z][a-z ]+\)\. 2 regions have fallen", said
    )
    assert biggest_moves(second_facts, links(second_facts), "goods").striptags() == (
        "From 2030 to 2031: No region has risen. No region has fallen."
    )


def test_of_many_moves_the_greatest_and_the_certain_ones_are_named(second_facts: Facts) -> None:
    """All rose; the only certain one is named though it rose least, and the others named are marked."""
    changed = second_facts.tables["rank_changes"].copy()
    rows = changed.index[(changed["index"] == "density") & (changed["base_year"] == 2030)]
    changed.loc[rows, "rank_change"] = range(len(rows), 0, -1)
    changed.loc[rows, "rose"], changed.loc[rows[-1], "rose"] = 0.5, 1.0
    facts = replace(second_facts, tables={**second_facts.tables, "rank_changes": changed})
    said = biggest_moves(facts, links(facts), "density").striptags()
    assert f"{len(rows)} regions have risen, 1 of them for certain: " in said
    assert re.findall(r"\(\+(\d\??)\)", said) == ["5?", "4?", "3?", "1"]


def test_a_reason_whose_series_breaks_says_so(second_facts: Facts) -> None:
    """Whatever the reason is: each indicator is said to break in the last year."""
    declared = second_facts.declared
    broken = {code: replace(each, breaks={2031: "new survey"}) for code, each in declared.framework.indicators.items()}
    framework = replace(declared.framework, indicators=broken)
    facts = replace(second_facts, declared=replace(declared, framework=framework))
    assert ", whose series breaks in 2031" in biggest_moves(facts, links(facts), "harbour")
    assert ", whose series breaks in 2031" in what_changed(facts, links(facts), "Arden")
    assert "breaks" not in biggest_moves(second_facts, links(second_facts), "harbour")


def test_what_changed_says_rank_score_certainty_and_reason(second_facts: Facts) -> None:
    said = what_changed(second_facts, links(second_facts), "Arden").striptags()
    assert "Harbour index (Totals) from rank 3 (31.67) in 2030 to rank 1 (71.67) in 2031, up 2 (not certain)." in said
    assert re.search(r"Mainly because of [a-zA-Z ]+, which added [0-9.]+ points more", said)
    assert "Shore index has rank 5 in 2031 as in 2030; its score went from 0.00 to 20.00." in said


def test_what_cannot_be_compared_is_not_said_to_have_changed(second_facts: Facts) -> None:
    """Elm has no harbour score; nor is anything said where the results hold no changes."""
    assert what_changed(second_facts, links(second_facts), "Elm").striptags().startswith("Shore index")
    without = {name: table for name, table in second_facts.tables.items() if name != "rank_changes"}
    facts = replace(second_facts, tables=without)
    assert what_changed(facts, links(facts), "Arden") == biggest_moves(facts, links(facts), "harbour") == ""


def test_where_nothing_is_varied_moves_are_said_without_certainty(undrawn_facts: Facts) -> None:
    said = biggest_moves(undrawn_facts, links(undrawn_facts), "density").striptags()
    assert said == "From 2030 to 2031: 1 region has risen: Corsa (+1). 1 region has fallen: Dunmore (\u22121)."
