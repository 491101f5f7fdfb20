"""From raw value to contribution: every indicator of a sub-index for one region and year."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Indicator
from regional_index.markup import (
    MISSING,
    SCORE_DECIMALS,
    Links,
    element,
    is_missing,
    show_number,
)
from regional_index.narrative import find_parts, rule_of_level, show_plain, show_weight, show_worked_score
from regional_index.tables.grid import Cell, Column, number_cell, render_table
from regional_index.tables.treatment import filled_cell, treated_cell

# Rules for which a weight counts only in being positive.
WITHOUT_WEIGHTS = ("weakest-link",)
SUMS = ("arithmetic", "own-weights")


def table_steps(facts: Facts, links: Links, index: str, region: str, year: int | None = None) -> Markup:
    """Every indicator of a sub-index with its value, what was done to it, the formula of its score, and its weight.

    Columns for what was filled in and for what was treated are there where anything was; contributions are there
    where scores are sums of them.

    Raises:
        LookupFailed: The index has no indicators of its own, or something is unknown.
    """
    if not facts.node(index).indicators:
        raise LookupFailed(f'index "{index}" has no indicators of its own')
    code, chosen = facts.evaluated_region(region).code, facts.year(year)
    columns = _columns(facts, links, index, code, chosen)
    names = list(facts.results.weights[index].index)
    rows = [[cell(str(name)) for _, cell in columns] for name in names]
    caption = facts.sentence("caption.steps", index=links.name(index), region=facts.region(code).name, year=chosen)
    return render_table([column for column, _ in columns], rows, caption=caption, sortable=False)


def _columns(
    facts: Facts, links: Links, index: str, region: str, year: int
) -> Sequence[tuple[Column, Callable[[str], Cell | Markup]]]:
    """Every column with what stands in it for an indicator."""
    word, results, cell = facts.word, facts.results, (region, year)
    parts, rule = find_parts(facts, index, region, year), rule_of_level(facts, "aggregate", index).name
    names = list(results.weights[index].index)

    def weight(name: str) -> Cell:
        return Cell(show_weight(parts.weights[name]) if name in parts.weights else MISSING)

    def contribution(name: str) -> Cell:
        product = parts.weights[name] * parts.scores[name] if name in parts.weights else None
        return number_cell(product, SCORE_DECIMALS)

    columns: list[tuple[Column, Callable[[str], Cell | Markup]]] = [
        (Column(word("table.indicator")), lambda name: _named(facts, links, name)),
        (Column(word("table.value"), numeric=True), lambda name: _value(facts, name, region, year)),
    ]
    if results.imputation.filled.loc[cell, names].any():
        columns.append(
            (Column(word("table.filled"), numeric=True), lambda name: filled_cell(facts, name, region, year))
        )
    if results.treatment.changed.loc[cell, names].any():
        columns.append(
            (Column(word("table.treated"), numeric=True), lambda name: treated_cell(facts, name, region, year))
        )
    columns += [
        (
            Column(word("table.formula"), wide=True),
            lambda name: show_worked_score(facts, name, region, year) or MISSING,
        ),
        (
            Column(word("table.normalised"), numeric=True),
            lambda name: number_cell(results.normalised.loc[cell, name], SCORE_DECIMALS),
        ),
    ]
    if rule not in WITHOUT_WEIGHTS:
        columns.append((Column(word("table.weight"), numeric=True), weight))
    if rule in SUMS:
        columns.append((Column(word("table.contribution"), numeric=True), contribution))
    return columns


def _named(facts: Facts, links: Links, name: str) -> Markup:
    return Markup("{}<br>{}").format(links.indicator(name), element("small", facts.indicator(name).unit))


def _value(facts: Facts, name: str, region: str, year: int) -> Cell:
    """The value in its own unit; below it how it was divided."""
    declared = facts.indicator(name)
    shown = number_cell(facts.results.values.loc[(region, year), name], declared.decimals)
    division = _division(facts, declared, region, year)
    return Cell(Markup("{}<br>{}").format(shown.content, element("small", division))) if division else shown


def _division(facts: Facts, declared: Indicator, region: str, year: int) -> str:
    """The numbers that are divided; nothing where there is no division, or what is divided is no indicator itself."""
    if declared.per is None or declared.file not in facts.framework.indicators:
        return ""
    parts = [facts.indicator(declared.file), facts.indicator(declared.per.indicator)]
    values = [facts.indicator_values(part.code).get((region, year)) for part in parts]
    if any(is_missing(value) for value in values):
        return ""
    dividend, divisor = (show_number(value, part.decimals) for value, part in zip(values, parts, strict=True))
    times = "" if declared.per.scale == 1 else f" × {show_plain(declared.per.scale)}"
    return f"{dividend} ÷ {divisor}{times}"
