"""The table of values that a person has looked at, and how it is read on a phone."""

from dataclasses import replace

from regional_index.facts import Facts
from regional_index.framework import Correction
from regional_index.render import Links
from tests.topics.test_tables import Grid, written

ALIKE = "Counted anew."
ENTRIES = (
    Correction("waiting_time", "A1", 2031, 37.0, "keep", "Storms.", ""),
    Correction("cargo", "B2", 2031, 60.0, "keep", ALIKE, ""),
    Correction("cargo", "A1", 2030, 100.0, "keep", ALIKE, ""),
    Correction("cargo", "A1", 2031, 110.0, "keep", ALIKE, ""),
)


def table_of(facts: Facts) -> str:
    facts = replace(facts, declared=replace(facts.declared, corrections=ENTRIES))
    return written("table_corrections", facts, Links(facts, lambda: "data.md"))


def test_rows_are_in_order_and_equal_decisions_are_one_row(second_facts: Facts) -> None:
    """By indicator, region and year, the newest first; the reason comes before the value."""
    rows = [[cell.strip() for cell in row] for row in Grid(table_of(second_facts)).rows]
    assert rows[0] == ["Indicator", "Island", "Year", "Decision", "Reason", "Value"]
    assert [row[:3] for row in rows[1:]] == [
        ["Cargo", "Arden, Brill", "2031"], ["Cargo", "Arden", "2030"], ["Waiting time", "Arden", "2031"],
    ]  # fmt: skip
    assert rows[1][4] == ALIKE
    assert rows[1][5].startswith("110 ")
    assert ", 60 " in rows[1][5]


def test_its_rows_are_stacked_on_a_phone(second_facts: Facts) -> None:
    """The reason would be off the screen."""
    assert "ri-table--stacked" in table_of(second_facts)
    links = Links(second_facts, lambda: "data.md")
    assert "ri-table--stacked" not in written("table_sources", second_facts, links)
