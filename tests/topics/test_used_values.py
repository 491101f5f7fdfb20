"""Tables show the value that a score was computed with, and say where it fills a gap."""

from regional_index.facts import Facts
from regional_index.render import Links
from tests.computed import build_facts
from tests.methods import as_text, declare
from tests.topics.test_tables import Grid, written


def test_a_carried_value_is_shown_with_its_year(second_facts: Facts) -> None:
    """Corsa's waiting time of the last year; the comparison and the next steps had a dash for it."""
    facts = build_facts(declare(second_facts.declared, indicators={"waiting_time": {"impute": "last-observation"}}))
    links = Links(facts, lambda: "compare.md")
    grid = Grid(written("table_compare", facts, links))
    place = next(number for number, title in enumerate(grid.rows[0]) if title.startswith("Corsa"))
    row = next(row for row in grid.rows if row[0].startswith("Waiting time"))
    assert row[place].endswith("of 2030")
    assert "of 2030" in as_text(written("table_next_steps", facts, links, "Corsa", "harbour"))


def test_another_rule_is_not_a_year(second_facts: Facts) -> None:
    facts = build_facts(declare(second_facts.declared, indicators={"waiting_time": {"impute": "mean"}}))
    assert "imputed" in as_text(written("table_compare", facts, Links(facts, lambda: "compare.md")))
