"""One region from raw figures to the top index: every step with its numbers."""

from collections.abc import Callable

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.render import Links, Table, element, fill, is_missing
from regional_index.render.macros import macro
from regional_index.topics.method.rule_text import show_share
from regional_index.topics.receipts.steps import table_steps
from regional_index.topics.receipts.worked_index import show_worked_index


@macro(needs="steps")
def worked_example(facts: Facts, links: Links, show: Callable[[Table], Markup], region: str, top: str) -> Markup:
    """One region from raw figures to the top index, through every step that the framework declares.

    Args:
        facts: What was computed.
        links: Links from the page.
        show: Writes a table with links to its files.
        region: By any of its names.
        top: Code of the index to arrive at.

    Raises:
        LookupFailed: Something is unknown, or the region has no score in that index.
    """
    code, year = facts.evaluated_region(region).code, facts.last_year
    start = fill(facts, "block.example_values", region=facts.region(code).name, year=year, index=links.index(top))
    parts = [element("p", start), *_screening(facts, code, year), *_steps_below(facts, links, show, top, code, year)]
    return Markup("\n\n").join(parts)


def _screening(facts: Facts, region: str, year: int) -> list[Markup]:
    """Say how much data the region has, where the method asks for some."""
    if facts.framework.method.screen.name == "none":
        return []
    screening = facts.results.screening
    key = "example.enough" if screening["enough"].loc[(region, year)] else "example.not_enough"
    available = show_share(float(screening["available"].loc[(region, year)]))
    return [element("p", fill(facts, key, region=facts.region(region).name, year=year, available=available))]


def _steps_below(
    facts: Facts, links: Links, show: Callable[[Table], Markup], index: str, region: str, year: int
) -> list[Markup]:
    """The blocks that lead to the score of an index, those of the indices below it first."""
    node = facts.node(index)
    remarks, line = show_worked_index(facts, links, index, region, year)
    told = [element("p", remarks)] if remarks else []
    result = [*told, element("p", line, class_="ri-formula")]
    if node.indicators:
        return [show(table_steps(facts, links, index, region, year)), *result]
    below = [
        block
        for child in node.children
        if not is_missing(facts.open.score_or_nan(child.code, region, year))
        for block in _steps_below(facts, links, show, child.code, region, year)
    ]
    return [*below, element("p", fill(facts, "block.example_top", index=links.index(index))), *result]
