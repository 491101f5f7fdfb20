"""Pages of indicators, on the second index: one in the tree, one outside it, with gaps, with one year."""

import re
from dataclasses import replace
from typing import Any

import pytest

from regional_index.facts import Facts
from regional_index.framework import Correction
from regional_index.pages import PageWriter, make_pages
from regional_index.render import Home, Links
from regional_index.topics.all import catalogue
from tests.changed_facts import with_tables
from tests.computed import Undrawn, build_facts
from tests.conftest import SECOND
from tests.methods import as_text
from tests.topics.test_tables import Grid, written

PARTS = {path.stem: path.read_text() for path in (SECOND / "docs" / "_parts").glob("*.md")}


def said(macro: str, facts: Facts, *given: object) -> str:
    """What a macro writes, as text."""
    return as_text(written(macro, facts, Links(facts, lambda: "indicators/x.md"), *given))


def rows_of_table(facts: Facts, indicator: str) -> dict[str, list[str]]:
    """The cells of each row of the table of values by its first cell."""
    grid = Grid(written("table_indicator", facts, Links(facts, lambda: "indicators/x.md"), indicator))
    return {row[0]: row[1:] for row in grid.rows}


def with_indicator(facts: Facts, code: str, **changes: Any) -> Facts:
    """Facts computed from a framework that declares an indicator otherwise."""
    framework = facts.framework
    indicators = {**framework.indicators, code: replace(framework.indicator(code), **changes)}
    return build_facts(replace(facts.declared, framework=replace(framework, indicators=indicators)))


@pytest.fixture(scope="module")
def one_year(second_facts: Facts) -> Facts:
    """Clean beaches of 2031 alone."""
    values = second_facts.declared.values.copy()
    gone = (values["indicator"] == "clean_beaches") & (values["year"] == 2030)
    values.loc[gone, ["value", "status"]] = [float("nan"), "not_published"]
    return build_facts(replace(second_facts.declared, values=values))


def test_the_answer_names_the_first_the_sum_and_the_growth(second_facts: Facts) -> None:
    """Cargo of 2031: 110 + 60 + 20 + 35 = 225, of which 205 in the first three; 60 + 35 + 10 + 30 = 135 in 2030."""
    assert said("indicator_answer", second_facts, "cargo") == (
        "Highest in 2031: Arden, 110 thousand tonnes. Sum over 4 regions: 225 thousand tonnes. "
        "The first 3 (Arden, Brill, Dunmore) have 91.1% of it. The sum grew by 66.7% from 2030 (sum over 4 islands)."
    )


def test_of_what_cannot_be_summed_the_median_is_said(second_facts: Facts) -> None:
    """Less waiting is better, and an index has no unit."""
    answer = said("indicator_answer", second_facts, "waiting_time")
    assert answer.startswith("Best in 2031: Elm, 5; less is better. Median of the regions: ")
    assert "Sum" not in answer
    assert "%" not in answer


def test_nothing_is_compared_across_a_break(second_facts: Facts) -> None:
    broken = with_indicator(second_facts, "cargo", breaks={2031: "Counted in another way."})
    assert "grew" not in said("indicator_answer", broken, "cargo")
    assert said("series_notes", broken, "", "cargo") == "Cargo: Counted in another way."


def test_one_year_is_compared_with_nothing(one_year: Facts) -> None:
    assert "2030" not in said("indicator_answer", one_year, "clean_beaches")
    rows = rows_of_table(one_year, "clean_beaches")
    assert next(iter(rows.values())) == ["2031", "Rank in 2031"]
    assert "indicator-clean_beaches-years" not in catalogue(one_year)


def test_regions_of_equal_value_are_all_first(second_facts: Facts) -> None:
    """Counted where a list would be long."""
    measured = second_facts.declared.values.copy()
    measured.loc[(measured["indicator"] == "cargo") & measured["value"].notna(), "value"] = 40
    level = build_facts(replace(second_facts.declared, values=measured))
    assert said("indicator_answer", level, "cargo").startswith("Highest in 2031: 4 islands, 40 ")


def test_the_table_begins_with_the_newest_year_its_ranks_and_changes(second_facts: Facts) -> None:
    rows = rows_of_table(second_facts, "cargo")
    assert rows["Arden"] == ["110", "1", "+83.3%", "60"]
    assert rows["Dunmore"] == ["35", "3", "+16.7%", "30"]
    assert rows["Elm"] == ["not published", "—", "—", "not published"]
    assert list(rows)[-1] == "Sum of those that have figures"
    assert rows["Sum of those that have figures"] == ["225", "", "", "135"]


def test_a_value_that_was_left_out_says_so(second_facts: Facts) -> None:
    """Corsa's waiting time of 2031; the changes of what has no additive unit are differences."""
    rows = rows_of_table(second_facts, "waiting_time")
    assert rows["Corsa"][0] == second_facts.word("status.exclude")
    assert rows["Arden"][2] == "\u22128"


def test_calculated_values_are_marked_and_the_mark_explained(second_facts: Facts) -> None:
    facts = with_indicator(second_facts, "cargo", calculated=(2031,))
    assert rows_of_table(facts, "cargo")["Arden"][::3] == ["110‡", "60"]
    assert "‡ Calculated" in said("table_indicator", facts, "cargo")


def test_years_outside_the_series_enter_no_index(second_facts: Facts) -> None:
    framework = replace(second_facts.framework, years=(2030,))
    facts = build_facts(replace(second_facts.declared, framework=framework))
    assert said("indicator_use", facts, "cargo").startswith("Figures of 2031 are on this page only")
    assert said("indicator_answer", facts, "cargo").startswith("Highest in 2031: Arden")


def test_what_is_in_no_index_says_so_and_what_is_divided_by_it(second_facts: Facts) -> None:
    use = said("indicator_use", second_facts, "residents")
    assert use == "It enters no index itself. It is the denominator of: Cargo per 100 residents."
    assert written("table_indicator_weights", second_facts, Links(second_facts, str), "residents") == ""
    assert said("indicator_use", second_facts, "cargo") == ""


def test_weights_are_those_of_every_index_that_it_enters(second_facts: Facts) -> None:
    """Waiting time is all of the speed, a third of the harbour, and a quarter of the shore."""
    links = Links(second_facts, lambda: "indicators/x.md")
    heads, *rows = Grid(written("table_indicator_weights", second_facts, links, "waiting_time")).rows
    assert heads[3] == "Effective importance (Totals)"
    assert [row[:3] for row in rows] == [
        ["Speed", "100.0%", "33.3% Harbour index"], ["Shore index", "25.0%", "25.0% Shore index"],
    ]  # fmt: skip


def test_decisions_are_those_about_its_files(second_facts: Facts) -> None:
    """A quotient rests on the file of what it is divided by."""
    entry = Correction("residents", "A1", 2031, 1.0, "keep", "Counted anew.", "")
    facts = replace(second_facts, declared=replace(second_facts.declared, corrections=(entry,)))
    links = Links(facts, lambda: "indicators/x.md")
    for code, found in {"residents": True, "cargo_per_resident": True, "cargo": False}.items():
        assert ("Counted anew." in written("table_corrections", facts, links, code)) is found, code


def test_every_indicator_has_a_page_but_in_a_release(second_facts: Facts) -> None:
    """And where there are templates."""
    paths = {f"indicators/{code}.md" for code in (*second_facts.framework.indicators, "index")}
    for home, parts, expected in (
        (Home(), PARTS, paths),
        (Home("editions/first/"), PARTS, set()),
        (Home(), {name: part for name, part in PARTS.items() if "indicator" not in name}, set()),
    ):
        extra = {"data_changed": "", "release_name": ""}
        writer = PageWriter(second_facts, Undrawn(second_facts), parts, extra, home=home)
        pages = {page.path: page.text for page in make_pages(second_facts, writer, [])}
        assert {path for path in pages if path.startswith("indicators/")} == expected
        for path in expected - {"indicators/index.md"}:
            indicator = second_facts.indicator(re.sub(r".*/|\.md", "", path))
            assert all(text in pages[path] for text in (indicator.measures, indicator.limits, indicator.unit))


def test_the_list_has_every_indicator_once(second_facts: Facts) -> None:
    rows = Grid(written("table_indicator_list", second_facts, Links(second_facts, str))).rows[1:]
    assert len(rows) == len(second_facts.framework.indicators)
    assert rows[0] == ["Cargo", "110 thousand tonnes", "2031", "Arden", "2030, 2031", "Goods"]


def test_an_indicator_without_figures_says_so(second_facts: Facts) -> None:
    tables = {name: second_facts.tables[name] for name in ("indicators", "indicator_ranks", "indicator_medians")}
    facts = with_tables(second_facts, **{name: table[table["indicator"] != "cargo"] for name, table in tables.items()})
    assert said("indicator_answer", facts, "cargo") == "There are no figures yet."
    assert written("table_indicator", facts, Links(facts, str), "cargo") == ""
    assert "Cargo" in said("table_indicator_list", facts)
