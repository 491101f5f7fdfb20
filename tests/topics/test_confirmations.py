"""Figures that looked strange and were confirmed, as pages show them."""

from dataclasses import replace

import pytest

from regional_index.facts import Facts
from regional_index.framework import Confirmation
from regional_index.read import read_declarations
from regional_index.render import Links
from tests.conftest import SECOND
from tests.topics.test_tables import Grid, written

GROWTH = Confirmation(
    "growth", "cargo", 2031, ("A1",), (("cargo", 2030), ("cargo", 2031)), (60.0, 110.25), "Harbour master",
    "2032-06-01", "A new quay.",
)  # fmt: skip
EXCHANGED = Confirmation(
    "exchanged", "cargo", 2030, ("A1", "B2"), (("cargo", 2030),), (60.0, None), "Bureau", "2031-06-01"
)


def rows_of(facts: Facts, indicator: str = "") -> list[list[str]]:
    """The cells of all rows below the heading."""
    return Grid(written("table_confirmations", facts, Links(facts, lambda: "indicators/x.md"), indicator)).rows[1:]


def with_confirmations(facts: Facts, *confirmed: Confirmation) -> Facts:
    return replace(facts, declared=replace(facts.declared, confirmations=confirmed))


def test_what_people_declare_has_what_they_confirmed(second_facts: Facts) -> None:
    """With figures and without them."""
    (known,) = second_facts.declared.confirmations
    assert (known.file, known.year, known.by) == ("residents", 2031, "Bureau")
    assert read_declarations(SECOND).confirmations == (known,)


def test_who_confirmed_what_and_why_is_said(second_facts: Facts) -> None:
    """Of a whole column the years alone."""
    (row,) = rows_of(second_facts)
    assert row[:4] == ["Residents", "all regions", "column equal to another year", "all figures of 2030, 2031"]
    assert row[4].startswith("Nobody was counted in 2031;")
    assert row[5:] == ["Bureau 2032-05-02"]


def test_single_values_are_shown_as_they_were_found(second_facts: Facts) -> None:
    """The newest year first; a place is named where there are several."""
    facts = with_confirmations(second_facts, EXCHANGED, GROWTH)
    assert [(row[1], row[3]) for row in rows_of(facts)] == [
        ("Arden", "2030: 60 thousand tonnes; 2031: 110.25 thousand tonnes"),
        ("Arden, Brill", "Arden 2030: 60 thousand tonnes; Brill 2030: no figure"),
    ]


@pytest.mark.parametrize(("indicator", "found"), [("residents", 1), ("cargo_per_resident", 1), ("cargo", 0)])
def test_an_indicator_has_those_about_its_files(second_facts: Facts, indicator: str, found: int) -> None:
    assert written("table_confirmations", second_facts, Links(second_facts, str), indicator).count("Bureau") == found


def test_there_is_nothing_where_nothing_was_confirmed(second_facts: Facts) -> None:
    facts = with_confirmations(second_facts)
    assert written("table_confirmations", facts, Links(facts, str)) == ""


def test_names_that_are_gone_stay_as_they_were_written(second_facts: Facts) -> None:
    gone = replace(GROWTH, file="barrels", regions=("Atlantis",), columns=(("barrels", 2030), ("barrels", 2031)))
    (row,) = rows_of(with_confirmations(second_facts, gone))
    assert row[:2] + row[3:4] == ["barrels", "Atlantis", "2030: 60; 2031: 110.25"]
