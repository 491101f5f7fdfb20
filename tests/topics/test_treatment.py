"""Tables of what the method did to values: what was filled in, and what was done about outliers."""

import re
from dataclasses import replace

import pytest

from regional_index.facts import Facts
from regional_index.method.rules import RULES
from regional_index.render import Links
from regional_index.topics.method.treatment import table_imputed, table_treated, table_treated_values
from tests.methods import as_text, compute, evaluate
from tests.reading import html_of


def links(facts: Facts) -> Links:
    """Links from the method's page."""
    return Links(facts, lambda: "methodology.md")


def tables_in(html: str) -> list[list[list[str]]]:
    """The rows of every table, the first with the titles."""
    return [
        [
            [as_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)
        ]
        for table in re.findall(r"<table.*?</table>", html)
    ]


@pytest.fixture(scope="module")
def outlier(second_facts: Facts) -> Facts:
    """The second index with cargo at Arden in 2031 far beyond all others, winsorised."""
    values = second_facts.declared.values.copy()
    chosen = (values["indicator"] == "cargo") & (values["region"] == "A1") & (values["year"] == 2031)
    values.loc[chosen, "value"] = 9000.0
    return compute(replace(second_facts.declared, values=values), treat="winsorise")


def test_where_nothing_was_done_there_is_no_table(second_facts: Facts) -> None:
    """Neither heading nor empty box."""
    assert html_of(table_imputed(second_facts, links(second_facts))) == ""
    assert html_of(table_treated(second_facts, links(second_facts))) == ""


def test_every_filled_value_is_listed_with_its_rule(second_facts: Facts) -> None:
    """Corsa's waiting time of 2031 is that of 2030; Elm's cargo takes the median of its ring, which is Dunmore."""
    facts = compute(
        second_facts.declared,
        impute={"rule": "group-median", "group": "ring"},
        indicators={"waiting_time": {"impute": "last-observation"}},
    )
    (table,) = tables_in(html_of(table_imputed(facts, links(facts))))
    assert table[0] == ["Indicator", "Island", "Year", "Imputed", "Unit", "Rule"]
    assert ["Waiting time", "Corsa", "2031", "35†", "hours", "last year that has one"] in table
    assert ["Cargo", "Elm", "2031", "35†", "thousand tonnes", "median of the group"] in table
    assert [row[0] for row in table[1:]] == [
        "Cargo", "Cargo", "Cargo per 100 residents", "Cargo per 100 residents", "Waiting time",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", sorted(RULES["impute"].keys() - {"none"}))
def test_every_rule_of_imputation_has_a_word_in_the_table(second_facts: Facts, rule: str) -> None:
    """What is printed beside a filled value."""
    assert second_facts.word(f"imputed.{rule}")


def test_treatment_says_what_was_done_and_which_values_changed(outlier: Facts) -> None:
    """Arden's 9000 takes the next value, which is 60, its own of the year before and Brill's."""
    (log,) = tables_in(html_of(table_treated(outlier, links(outlier))))
    (cells,) = tables_in(html_of(table_treated_values(outlier, links(outlier))))
    assert log[0][:3] == ["Indicator", "Decision", "Values changed"]
    cargo = next(row for row in log if row[0] == "Cargo")
    assert cargo[1:3] == ["moved to the next value", "1"]
    assert evaluate(cargo[3]) > 2 > evaluate(cargo[5])
    beaches = next(row for row in log if row[0] == "Clean beaches")
    assert beaches[1:3] == ["not changed", "0"]
    assert beaches[3:5] == beaches[5:7]
    assert ["Cargo", "Arden", "2031", "9,000", "60", "thousand tonnes"] in cells


def test_transformed_indicators_list_no_cells(second_facts: Facts) -> None:
    """All of them changed; the formula says how."""
    facts = compute(second_facts.declared, treat="log")
    (log,) = tables_in(html_of(table_treated(facts, links(facts))))
    assert {row[1].split(",")[0] for row in log[1:]} == {"logarithm"}
    assert {row[2] for row in log[1:]} == {"8", "9", "10"}


def test_treatment_by_year_has_a_row_for_every_year(second_facts: Facts) -> None:
    """Of those whose rule looks at years one by one; the others leave the year empty."""
    facts = compute(
        second_facts.declared,
        treat={"rule": "winsorise", "over": "year"},
        indicators={"waiting_time": {"treat": "box-cox"}, "cargo": {"treat": "none"}},
    )
    log = tables_in(html_of(table_treated(facts, links(facts))))[0]
    assert [row[1] for row in log if row[0] == "Clean beaches"] == ["2030", "2031"]
    assert [row[1:3] for row in log if row[0] == "Waiting time"] == [["", "Box-Cox transformation"]]
    assert not [row for row in log if row[0] == "Cargo"]
    assert {len(row) for row in log} == {len(log[0])}


def test_what_is_still_beyond_its_limit_is_said(second_facts: Facts, outlier: Facts) -> None:
    """With no cell to change nothing is done; the logarithm turns the few beaches of Arden into an outlier."""
    kept = compute(outlier.declared, treat={"rule": "winsorise", "most": 0})
    row = next(row for row in tables_in(html_of(table_treated(kept, links(kept))))[0] if row[0] == "Cargo")
    assert row[1:3] == ["beyond its limit, not changed", "0"]
    logs = compute(second_facts.declared, treat="log")
    said = {row[0]: row[1] for row in tables_in(html_of(table_treated(logs, links(logs))))[0]}
    assert said["Clean beaches"] == "logarithm, still beyond its limit"


def test_names_in_data_stay_text(outlier: Facts) -> None:
    """A script in the name of an indicator."""
    facts = compute(outlier.declared, treat="winsorise", indicators={"cargo": {"name": {"en": "<script>"}}})
    assert "<script>" not in html_of(table_treated(facts, links(facts)))
