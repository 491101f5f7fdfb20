"""The receipts of a region: how each of its scores in the open series came about, and code that finds it again."""

from collections.abc import Sequence

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.render import (
    Links,
    element,
    escape,
    fill,
    is_missing,
    join_words,
    receipt_anchor,
    render_table,
    show_score,
)
from regional_index.render.macros import macro
from regional_index.topics.method.rule_text import describe_rule, show_formula
from regional_index.topics.method.rules_in_use import rule_of_level
from regional_index.topics.receipts.receipt_code import write_receipt_code
from regional_index.topics.receipts.steps import table_parts, table_steps
from regional_index.topics.receipts.worked_index import show_worked_index

# A line break in HTML that is on one line.
NEW_LINE = Markup("&#10;")


@macro("receipts", needs="steps")
def list_receipts(facts: Facts, links: Links, region: str, address: str) -> Markup:
    """A section for every index in which a region has a score: the last year in full, earlier years folded.

    Args:
        facts: What was computed.
        links: Links from the page.
        region: By any of its names.
        address: Of the site, for the code; with a slash at its end.

    Raises:
        LookupFailed: The region is unknown or not evaluated.
    """
    code = facts.evaluated_region(region).code
    scored = {index: _years_with_score(facts, index, code) for index in facts.framework.nodes}
    scored = {index: years for index, years in scored.items() if years}
    sections = [_section(facts, links, index, code, years, address) for index, years in scored.items()]
    ways = [element("a", links.name(index), href=f"#{index}") for index in scored]
    return element("p", join_words(ways, " · "), class_="ri-note") + Markup("\n\n") + Markup("\n\n").join(sections)


def _years_with_score(facts: Facts, index: str, region: str) -> list[int]:
    """The last first."""
    years = reversed(facts.recent_years)
    return [year for year in years if not is_missing(facts.open.score_or_nan(index, region, year))]


def _section(facts: Facts, links: Links, index: str, region: str, years: Sequence[int], address: str) -> Markup:
    last, *earlier = years
    heading = element("h2", links.name(index), id=index)
    now = _receipt(facts, links, index, region, last)
    anchored = now if last == facts.last_year else element("div", now, id=receipt_anchor(index, last, facts))
    folded = [_folded(facts, links, index, region, year) for year in earlier]
    content = [
        heading,
        _rules(facts, links, index),
        anchored,
        _code(facts, links, index, region, last, address),
        *folded,
    ]
    return element("div", *content, class_="ri-section")


def _rules(facts: Facts, links: Links, index: str) -> Markup:
    """The rule by which the parts are put together, in words and as a formula."""
    rule = rule_of_level(facts, "aggregate", index)
    said, formula = describe_rule(facts, links, "aggregate", rule), show_formula(facts, links, "aggregate", rule)
    method = element("a", facts.word("receipt.method"), href=links.to("methodology/#steps"))
    return element("p", *[part for part in (said, " ", formula, " ", method) if part], class_="ri-note")


def _receipt(facts: Facts, links: Links, index: str, region: str, year: int) -> Markup:
    """The table of the parts, what has to be said about them, and the line in which they make the score."""
    if facts.node(index).indicators:
        table = table_steps(facts, links, index, region, year, receipt=True)
    else:
        table = table_parts(facts, links, index, region, year)
    remarks, line = show_worked_index(facts, links, index, region, year)
    told = [element("p", remarks)] if remarks else []
    return Markup("").join([render_table(table), *told, element("p", line, class_="ri-formula")])


def _folded(facts: Facts, links: Links, index: str, region: str, year: int) -> Markup:
    """A year before the last; the anchor is inside, for browsers open what they are sent into."""
    said = fill(
        facts,
        "receipt.year",
        year=year,
        score=show_score(facts.open.score_or_nan(index, region, year)),
        rank=facts.open.rank(index, region, year),
    )
    inside = element("div", _receipt(facts, links, index, region, year), id=receipt_anchor(index, year, facts))
    return element("details", element("summary", said), inside, class_="ri-details")


def _code(facts: Facts, links: Links, index: str, region: str, year: int, address: str) -> Markup:
    written = write_receipt_code(facts, index, region, year, address)
    title, said = (
        facts.word("receipt.code"),
        facts.word("receipt.code_raw" if written.from_raw else "receipt.code_steps"),
    )
    shown = element("code", NEW_LINE.join(escape(line) for line in written.lines))
    code = element(
        "pre", shown, class_="ri-code", tabindex="0", role="region", aria_label=f"{links.name(index)} · {title}"
    )
    return element("details", element("summary", title), element("p", said), code, class_="ri-details")
