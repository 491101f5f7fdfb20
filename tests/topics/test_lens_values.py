"""An indicator by every lens, on the second index: cargo, and cargo per resident."""

from dataclasses import replace

import pytest

from regional_index.facts import Facts
from regional_index.render import Links
from regional_index.results.lenses import see
from tests.changed_facts import with_tables
from tests.computed import build_facts
from tests.methods import as_text
from tests.topics.test_tables import Grid, written

ANSWER, TABLE = "lens_values_answer", "table_lens_values"


def links_of(facts: Facts) -> Links:
    return Links(facts, lambda: "indicators/x.md")


def test_the_answer_names_who_is_first_by_each_and_who_moves(second_facts: Facts) -> None:
    """Of 2031: 110, 60, 20, 35 thousand tonnes and 100, 50, 50, 100 thousand residents: 1.10, 1.20, 0.40, 0.35."""
    assert as_text(written(ANSWER, second_facts, links_of(second_facts), "cargo")) == (
        "First in 2031: Arden by Totals, 110 thousand tonnes; Brill by Per resident, 1.20 tonnes. "
        "From Totals to Per resident: Most places gained: Brill (2 to 1), Corsa (4 to 3). "
        "Most places lost: Dunmore (3 to 4), Arden (1 to 2)."
    )


def test_the_table_has_value_and_rank_by_each(second_facts: Facts) -> None:
    """In the order of the publisher's lens; what has no figure is last, with dashes."""
    html = written(TABLE, second_facts, links_of(second_facts), "cargo")
    grid = Grid(html)
    assert grid.caption == "Cargo: values and ranks by every lens, 2031"
    assert grid.rows[0][1:] == [
        "Totals (thousand tonnes)", "Totals: rank", "Per resident (tonnes)", "Per resident: rank",
        "Places moved by Per resident",
    ]  # fmt: skip
    assert grid.rows[1:] == [
        ["Arden", "110", "1", "1.10", "2", "↓1"], ["Brill", "60", "2", "1.20", "1", "↑1"],
        ["Dunmore", "35", "3", "0.35", "4", "↓1"], ["Corsa", "20", "4", "0.40", "3", "↑1"],
        ["Elm", "—", "—", "—", "—", "—"],
    ]  # fmt: skip
    assert "Per resident: tonnes, divided by Residents." in as_text(html)


@pytest.mark.parametrize("indicator", ["waiting_time", "residents", "cargo_per_resident"])
def test_there_is_nothing_where_no_lens_divides(second_facts: Facts, indicator: str) -> None:
    assert indicator not in set(second_facts.tables["lens_values"]["indicator"])
    assert [written(macro, second_facts, links_of(second_facts), indicator) for macro in (ANSWER, TABLE)] == ["", ""]


def test_there_is_nothing_on_another_lens_or_without_the_table(second_facts: Facts) -> None:
    other = replace(second_facts, declared=see(second_facts.declared, second_facts.framework.lenses[1]))
    assert written(TABLE, other, links_of(other), "cargo") == ""
    table = second_facts.tables["lens_values"]
    without = with_tables(second_facts, lens_values=table.iloc[:0])
    assert written(TABLE, without, links_of(without), "cargo") == ""


def test_the_year_is_the_newest_of_both(second_facts: Facts) -> None:
    """Nobody is counted in 2031: by resident there are figures of 2030 only; 0.60, 0.70, 0.20, 0.30."""
    values = second_facts.declared.values.copy()
    gone = (values["indicator"] == "residents") & (values["year"] == 2031)
    values.loc[gone, ["value", "status"]] = [float("nan"), "not_published"]
    facts = build_facts(replace(second_facts.declared, values=values))
    answer = as_text(written(ANSWER, facts, links_of(facts), "cargo"))
    assert answer.startswith("First in 2030: Arden by Totals, 60 thousand tonnes; Brill by Per resident, 0.70 tonnes.")


def test_values_and_ranks_are_those_of_each_lens(second_facts: Facts) -> None:
    """A row for every value that there is: four regions in two years by two lenses."""
    table = second_facts.tables["lens_values"].set_index(["lens", "region", "year"])
    assert len(table) == 16
    assert set(table["indicator"]) == {"cargo"}
    cell = table.loc[("by-resident", "B2", 2031)]
    assert (cell["value"], cell["value_rank"]) == (1.2, 1)
