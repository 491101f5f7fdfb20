"""Receipts on paper: what is printed adds up to what is printed elsewhere, in every year, by every kind of rule."""

import re
from decimal import Decimal

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.markup import Links, is_missing, show_score
from regional_index.markup.numbers import round_half_up
from regional_index.pages.receipt import list_receipts
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


@pytest.mark.parametrize("facts_of", ["real_facts", "second_facts"])
def test_contributions_add_up_to_the_printed_score(facts_of: str, request: pytest.FixtureRequest) -> None:
    """With exactly the digits that are printed, for every region, index and year."""
    facts: Facts = request.getfixturevalue(facts_of)
    for region in facts.regions.evaluated:
        html = receipts(facts, region)
        scores = [
            show_score(facts.score_or_nan(index, region, year))
            for index in facts.framework.nodes
            for year in reversed(facts.framework.years)
            if not is_missing(facts.score_or_nan(index, region, year))
        ]
        found = tables(html)
        assert len(found) == len(scores)
        for (rows, foot), score in zip(found, scores, strict=True):
            added = sum((number(row[-1]) for row in rows if row[-1] != "—"), Decimal(0))
            assert round_half_up(added, 2) == number(score) == round_half_up(number(foot[-1]), 2)


def test_the_formula_gives_the_printed_score_of_the_indicator(real_facts: Facts) -> None:
    """To the digits that are printed, not to two alone."""
    html = receipts(real_facts, "贵州")
    checked = 0
    for rows, _ in tables(html):
        for row in rows:
            formula = next((cell for cell in row[1:] if "÷" in cell), "")
            if formula:
                assert evaluate(formula) == pytest.approx(float(number(row[-3])), abs=2e-4), row
                checked += 1
    assert checked > 50


def test_weights_are_rescaled_where_something_is_missing(real_facts: Facts) -> None:
    """西藏 publishes no software revenue: employment carries the whole weight, if that is enough for a score."""
    html = receipts(real_facts, "西藏")
    rescaled = as_text(" ".join(re.findall(r"<small>[^<]*0\.\d+</small>", html)))
    lacking = [code for code in real_facts.computed_nodes if real_facts.partly_scored(code, 2022)]
    assert ("0." in rescaled) == any(
        real_facts.region("西藏").code in real_facts.partly_scored(code, 2022) for code in lacking
    )


def test_every_value_says_who_published_it(real_facts: Facts) -> None:
    """Status, and a link to the source."""
    html = receipts(real_facts, "广东")
    rows = [row for row in re.findall(r"<tr>.*?</tr>", html) if "../../../data/#source-" in row]
    assert len(rows) == len(real_facts.framework.used_indicators) * len(real_facts.framework.years)
    assert all(real_facts.word("status.published") in row for row in rows)


@pytest.mark.parametrize("rule", ["geometric", "copeland", "weakest-link", "mazziotta-pareto", "harmonic"])
def test_rules_that_are_no_sums_have_no_contributions(second_facts: Facts, rule: str) -> None:
    """Their line says how the parts make the score."""
    facts = compute(second_facts.project, aggregate=rule)
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
