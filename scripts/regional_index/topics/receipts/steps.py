"""Tables of a receipt: every indicator of a sub-index, from raw value to contribution, for one region and year."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import floor, fsum, log10

from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Indicator
from regional_index.render import (
    MISSING,
    SCORE_DECIMALS,
    Cell,
    Column,
    Links,
    Table,
    computed_cell,
    decimals_to_show,
    drop_noise,
    element,
    is_missing,
    lines,
    number_cell,
    of_open_series,
    round_half_up,
    rows_of,
    show_number,
)
from regional_index.render.macros import macro
from regional_index.topics.method.rule_text import show_exactly, show_plain
from regional_index.topics.method.rules_in_use import aggregation_at
from regional_index.topics.method.treatment import filled_cell, treated_cell
from regional_index.topics.receipts.worked_index import Parts, find_parts, show_weight
from regional_index.topics.receipts.worked_score import show_worked_score

# Decimals of contributions: so many that a reader can add them up, more where their sum is close to a half.
LEAST_DECIMALS, MOST_DECIMALS = 4, 9


# Decimals of a value on a receipt; a small one has as many digits.
RAW_DECIMALS = RAW_DIGITS = 6


STATUS_WORDS = {
    "published": "status.published",
    "calculated": "status.calculated",
    "not_published": "status.not_published",
    "excluded": "status.exclude",
    "not_yet": "status.not_yet",
    "no_figure": "status.no_figure",
}


@macro(needs="steps")
def table_steps(
    facts: Facts, links: Links, index: str, region: str, year: int | None = None, *, receipt: bool = False
) -> Table:
    """Every indicator of a sub-index with its value, what was done to it, the formula of its score, and its weight.

    Columns for what was filled in and for what was treated are there where anything was; contributions are there
    where scores are sums of them.

    Args:
        facts: What was computed.
        links: Links from the page.
        index: Code of the sub-index.
        region: By any of its names.
        year: The data year, the last one by default.
        receipt: With the status and source of every value, as many decimals as the sum needs, and the sum.

    Raises:
        LookupFailed: The index has no indicators of its own, or something is unknown.
    """
    if not facts.node(index).indicators:
        raise LookupFailed(f'index "{index}" has no indicators of its own')
    found, chosen = facts.evaluated_region(region), facts.year(year)
    code, parts = found.code, find_parts(facts, index, found.code, chosen)
    is_sum = aggregation_at(facts, index).is_sum
    decimals = decimals_of_sum(parts) if receipt else SCORE_DECIMALS
    columns = _columns(facts, links, index, code, chosen, parts, decimals, receipt=receipt)
    names = [str(name) for name in facts.results.weights[index].index]
    rows = [[cell(name) for _, cell in columns] for name in names]
    caption = facts.sentence("caption.steps", index=links.name(index), region=facts.region(code).name, year=chosen)
    foot = _foot(facts, parts, decimals, len(columns)) if receipt and is_sum and parts.scores else ()
    name, origin = f"steps-{index}-{found.slug}-{chosen}", of_open_series(facts, index)
    titles = tuple(column for column, _ in columns)
    return Table(name, caption, titles, rows_of(rows), origin, sortable=False, foot=foot)


def table_parts(facts: Facts, links: Links, index: str, region: str, year: int | None = None) -> Table:
    """Every sub-index of an index with its score, its weight, and what it adds to the score where that is a sum.

    Args:
        facts: What was computed.
        links: Links from the page.
        index: Code of an index that is made of others.
        region: By any of its names.
        year: The data year, the last one by default.

    Raises:
        LookupFailed: The index is not made of other indices, or something is unknown.
    """
    if not facts.node(index).children:
        raise LookupFailed(f'index "{index}" is not made of other indices')
    code, chosen = facts.evaluated_region(region).code, facts.year(year)
    parts, rule = find_parts(facts, index, code, chosen), aggregation_at(facts, index)
    decimals, word = decimals_of_sum(parts), facts.word
    columns = [Column(word("table.child")), Column(word("table.score"), numeric=True)]
    columns += [Column(word("table.weight"), numeric=True)] if rule.uses_weights else []
    columns += [Column(word("table.contribution"), numeric=True)] if rule.is_sum else []
    rows = []
    for child in (str(child) for child in facts.results.weights[index].index):
        score = computed_cell(facts.open.score_or_nan(child, code, chosen), decimals)
        linked = links.receipt(score.html, child, code, chosen) if score.value is not None else None
        cells = [
            replace(score, shown=linked),
            _weight(facts, parts, index, child),
            _contribution(parts, child, decimals),
        ]
        rows.append([links.index(child), *cells[: len(columns) - 1]])
    caption = facts.sentence("caption.steps", index=links.name(index), region=facts.regions[code].name, year=chosen)
    foot = _foot(facts, parts, decimals, len(columns)) if rule.is_sum and parts.scores else ()
    return Table("", caption, tuple(columns), rows_of(rows), of_open_series(facts, index), sortable=False, foot=foot)


def decimals_of_sum(parts: Parts) -> int:
    """Number of decimals with which printed contributions sum to the printed score, rounded."""
    products = [parts.weights[code] * score for code, score in parts.scores.items()]
    total = fsum(products)
    wanted = decimals_to_show(drop_noise(total), SCORE_DECIMALS)
    shown = round_half_up(total, wanted)
    for decimals in range(LEAST_DECIMALS, MOST_DECIMALS):
        printed = sum((round_half_up(product, decimals) for product in products), Decimal(0))
        if round_half_up(printed, wanted) == shown == round_half_up(round_half_up(total, decimals), wanted):
            return decimals
    return MOST_DECIMALS


def _foot(facts: Facts, parts: Parts, decimals: int, columns: int) -> tuple[Cell, ...]:
    total = fsum(parts.weights[code] * score for code, score in parts.scores.items())
    weight = show_weight(fsum(parts.weights.values()))
    before = [Cell(facts.word("receipt.sum")), *[Cell("")] * (columns - 3)]
    return (*before, Cell(weight), computed_cell(total, decimals))


def _weight(facts: Facts, parts: Parts, index: str, code: str, *, say: bool = True) -> Cell:
    """The weight that is used; below it, if that is to be said, the declared one where it was another."""
    if code not in parts.weights:
        return Cell()
    weight = float(parts.weights[code])
    shown, declared = show_weight(weight), show_weight(facts.results.weights[index][code])
    if not say or shown == declared or index in facts.results.own_weights:
        return Cell(weight, shown)
    before = facts.sentence("receipt.rescaled", weight=declared)
    return Cell(weight, lines(shown, element("small", before)), note=before)


def _contribution(parts: Parts, code: str, decimals: int) -> Cell:
    product = parts.weights[code] * parts.scores[code] if code in parts.weights else None
    return computed_cell(product, decimals)


def _columns(
    facts: Facts, links: Links, index: str, region: str, year: int, parts: Parts, decimals: int, *, receipt: bool
) -> Sequence[tuple[Column, Callable[[str], Cell | Markup | str]]]:
    """Every column with its cell for an indicator."""
    word, rule = facts.word, aggregation_at(facts, index)
    names = [str(name) for name in facts.results.weights[index].index]

    def value(name: str) -> Cell:
        cell = _value(facts, name, region, year, RAW_DECIMALS if receipt else 0)
        return replace(cell, shown=lines(cell.html, *_origin(facts, links, name, region, year))) if receipt else cell

    columns: list[tuple[Column, Callable[[str], Cell | Markup | str]]] = [
        (Column(word("table.indicator")), lambda name: _named(facts, links, name)),
        (Column(word("table.value"), numeric=True, wide=receipt), value),
    ]
    if any(facts.values.cell("filled", name, region, year) for name in names):
        columns.append(
            (Column(word("table.filled"), numeric=True), lambda name: filled_cell(facts, name, region, year))
        )
    if any(facts.values.cell("changed", name, region, year) for name in names):
        columns.append(
            (Column(word("table.treated"), numeric=True), lambda name: treated_cell(facts, name, region, year))
        )
    columns += [
        (
            Column(word("table.formula"), wide=True),
            lambda name: show_worked_score(facts, name, region, year, decimals) or MISSING,
        ),
        (
            Column(word("table.normalised"), numeric=True),
            lambda name: computed_cell(facts.values.cell("normalised", name, region, year), decimals),
        ),
    ]
    if rule.uses_weights:
        columns.append(
            (Column(word("table.weight"), numeric=True), lambda name: _weight(facts, parts, index, name, say=receipt))
        )
    if rule.is_sum:
        columns.append(
            (Column(word("table.contribution"), numeric=True), lambda name: _contribution(parts, name, decimals))
        )
    return columns


def _named(facts: Facts, links: Links, name: str) -> Markup:
    return lines(links.indicator(name), element("small", facts.indicator(name).unit))


def _origin(facts: Facts, links: Links, name: str, region: str, year: int) -> list[Markup]:
    """Whether a value was published, and by whom, with a link to what the page of data says of the source."""
    status = element("small", facts.word(STATUS_WORDS[facts.values.value_status(name, region, year)]))
    sources = facts.framework.sources_of_indicator(name)
    named = [
        element("a", facts.declared.sources[source].publisher, href=links.to(f"data/#source-{source}"))
        for source in sources
    ]
    return [status, element("small", lines(*dict.fromkeys(named)))]


def _value(facts: Facts, name: str, region: str, year: int, most: int) -> Cell:
    """The value in its own unit with up to so many decimals as it has; below it how it was divided."""
    declared, value = facts.indicator(name), facts.values.cell("value", name, region, year)
    shown = number_cell(value, declared.decimals)
    if most > declared.decimals and not is_missing(value):
        enough = max(most, RAW_DIGITS - 1 - floor(log10(abs(value)))) if value else most
        shown = Cell(float(value), show_exactly(value, declared.decimals, enough))
    division = _division(facts, declared, region, year)
    if not division:
        return shown
    return replace(shown, shown=lines(shown.html, element("small", division)), note=division)


def _division(facts: Facts, declared: Indicator, region: str, year: int) -> str:
    """The numbers that are divided; nothing where there is no division, or what is divided is no indicator itself."""
    if declared.per is None or declared.file not in facts.framework.indicators:
        return ""
    parts = [facts.indicator(declared.file), facts.indicator(declared.per.indicator)]
    values = [facts.values.raw_value(part.code, region, year) for part in parts]
    if any(is_missing(value) for value in values):
        return ""
    dividend, divisor = (show_number(value, part.decimals) for value, part in zip(values, parts, strict=True))
    times = "" if declared.per.scale == 1 else f" × {show_plain(declared.per.scale)}"
    return f"{dividend} ÷ {divisor}{times}"
