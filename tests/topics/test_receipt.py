"""Receipts on paper: what is printed adds up to what is printed elsewhere, in every year, by every kind of rule."""

import re
from decimal import Decimal

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.render import Links, is_missing, round_half_up, show_score
from regional_index.topics.receipts.receipts import list_receipts
from tests.methods import as_text, compute, evaluate

ADDRESS = "https://example.org/"
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)


def receipts(facts: Facts, region: str) -> str:
    """All receipts of a region as HTML."""
    page = f"regions/{facts.region(region).slug}/receipt.md"
    return list_receipts(facts, Links(facts, lambda: page), region, ADDRESS)


def cells(row: str) -> list[str]:
    """The text of the cells of a table row; of cells with lines below each other the first line."""
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
    return [as_text(cell.split("<br>")[0]) for cell in found]


def tables(html: str) -> list[tuple[list[list[str]], list[str]]]:
    """Rows of the body, and the cells of the row that sums up, of every table."""
    found = []
    for table in TABLE.findall(html):
        body = re.search(r"<tbody>(.*?)</tbody>", table, re.DOTALL)
        foot = re.search(r"<tfoot>(.*?)</tfoot>", table, re.DOTALL)
        assert body
        rows = [cells(row) for row in re.findall(r"<tr>.*?</tr>", body[1], re.DOTALL)]
        found.append((rows, cells(foot[1]) if foot else []))
    return found


def number(text: str) -> Decimal:
    """A number as printed."""
    return Decimal(text.replace(",", "").replace("−", "-"))


def check_contributions(facts: Facts) -> None:
    """Contributions add up to the printed score, with exactly the digits that are printed."""
    for region in facts.regions.evaluated:
        html = receipts(facts, region)
        scores = [
            show_score(facts.open.score_or_nan(index, region, year))
            for index in facts.framework.nodes
            for year in reversed(facts.framework.years)
            if not is_missing(facts.open.score_or_nan(index, region, year))
        ]
        found = tables(html)
        assert len(found) == len(scores)
        for (rows, foot), score in zip(found, scores, strict=True):
            added = sum((number(row[-1]) for row in rows if row[-1] != "—"), Decimal(0))
            decimals = -int(number(score).as_tuple().exponent)  # more of them where two would show 0
            assert round_half_up(added, decimals) == number(score) == round_half_up(number(foot[-1]), decimals)


def test_contributions_add_up_to_the_printed_score(second_facts: Facts) -> None:
    """For every region, index and year."""
    check_contributions(second_facts)


def test_the_formula_gives_the_printed_score_of_the_indicator(second_facts: Facts) -> None:
    """To the digits that are printed, not to two alone."""
    check_formulas(second_facts, "Brill")


def check_formulas(facts: Facts, region: str) -> None:
    """The printed formulas of a region give the printed scores of its indicators."""
    html = receipts(facts, region)
    checked = 0
    for rows, _ in tables(html):
        for row in rows:
            formula = next((cell for cell in row[1:] if "÷" in cell), "")
            if formula:
                assert evaluate(formula) == pytest.approx(float(number(row[-3])), abs=2e-4), row
                checked += 1
    assert checked >= len(facts.framework.years)


@pytest.mark.parametrize(("region", "rescaled"), [("Corsa", True), ("Brill", False)])
def test_weights_are_rescaled_where_something_is_missing(second_facts: Facts, region: str, rescaled: bool) -> None:
    """Corsa's waiting time of 2031 is left out: the beaches carry the whole weight."""
    html = receipts(second_facts, region)
    assert ("0." in as_text(" ".join(re.findall(r"<small>[^<]*0\.\d+</small>", html)))) is rescaled


def test_every_value_says_who_published_it(second_facts: Facts) -> None:
    """Status, and a link to the source; waiting time counts in two indices."""
    html = receipts(second_facts, "Arden")
    rows = [row for row in re.findall(r"<tr>.*?</tr>", html) if "../../../data/#source-" in row]
    used = sum(len(node.indicators) for node in second_facts.framework.walk())
    assert len(rows) == used * len(second_facts.framework.years)
    assert all(second_facts.word("status.published") in row for row in rows)


@pytest.mark.parametrize("rule", ["geometric", "copeland", "weakest-link", "mazziotta-pareto", "harmonic"])
def test_rules_that_are_no_sums_have_no_contributions(second_facts: Facts, rule: str) -> None:
    """Their line says how the parts make the score."""
    facts = compute(second_facts.declared, aggregate=rule)
    html = receipts(facts, "Arden")
    assert facts.word("table.contribution") not in html
    assert "<tfoot>" not in html
    assert "ri-formula" in html


def test_the_code_keeps_its_lines(second_facts: Facts) -> None:
    """Line breaks are written so that the block stays on one line of Markdown."""
    html = receipts(second_facts, "Arden")
    codes = re.findall(r"<code>(.*?)</code>", html)
    assert codes
    assert all("import pandas as pd&#10;" in code for code in codes)
    assert all("\n" not in section for section in html.split("\n\n"))


def test_only_regions_that_take_part_have_receipts(second_facts: Facts) -> None:
    """Fogholm is shown, but not evaluated."""
    with pytest.raises(LookupFailed):
        receipts(second_facts, "Fogholm")
