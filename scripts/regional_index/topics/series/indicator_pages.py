"""The page of an indicator: its answer, its values, and where it enters."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Indicator, site_name
from regional_index.render import (
    CHANGE_PLACE,
    MISSING,
    Cell,
    Column,
    Links,
    MaybeNumber,
    Table,
    element,
    fill,
    is_missing,
    join_sentences,
    join_words,
    lines,
    marked,
    name_lens,
    number_cell,
    of_indicators,
    of_open_series,
    rows_of,
    share_cell,
    show_change,
    show_number,
    show_percent,
    show_quantity,
    show_years,
    year_cell,
    year_place,
)
from regional_index.render.macros import macro
from regional_index.render.numbers import CLOSE_SIGNS
from regional_index.topics.data import direction_of, quality_flags
from regional_index.topics.edition.claim_text import list_regions
from regional_index.topics.series.inline import over

MOST_LISTED = 3
CALCULATED_MARK = "‡"
PERCENT = "%"


@macro(needs="indicator_ranks")
def indicator_answer(facts: Facts, links: Links, indicator: str) -> Markup:
    """The newest year of an indicator in sentences: who is first, the sum or the median, the growth from before."""
    declared, years = facts.indicator(indicator), facts.values.years(indicator)
    if not years:
        return fill(facts, "indicator.no_values")
    return join_sentences(facts, _answer(facts, links, declared, years[-1]))


def _answer(facts: Facts, links: Links, declared: Indicator, year: int) -> Iterator[Markup]:
    frame = facts.values.standings(declared.code, year).dropna(subset=["value"])
    best = "most" if declared.direction > 0 else "least"
    yield fill(
        facts,
        f"indicator.{best}",
        year=year,
        regions=name_leaders(facts, links, frame),
        value=_shown(facts, declared, frame["value"].iloc[0], year),
    )
    before = year - 1
    compares = before in facts.values.years(declared.code) and year not in declared.breaks
    if not facts.framework.is_additive(declared.code):
        medians = {each: facts.values.median(declared.code, each) for each in ((year, before) if compares else (year,))}
        shown = {each: _shown(facts, declared, median, each) for each, median in medians.items()}
        yield fill(facts, "indicator.median", value=shown[year])
        if compares:
            yield fill(facts, "indicator.median_before", year=before, value=shown[before])
        return
    total = facts.values.total(declared.code, year)
    yield fill(facts, "indicator.sum", count=int(total["count"]), value=_shown(facts, declared, total["sum"], year))
    if total["count"] > MOST_LISTED and total["sum"] > 0:
        regions, share = facts.values.largest(declared.code, MOST_LISTED, year)
        largest = list_regions([region.code for region in regions], facts, links)
        yield fill(facts, "indicator.largest", places=MOST_LISTED, regions=largest, share=show_percent(share, 1))
    if compares:
        growth, count = facts.values.growth(declared.code, before, year)
        if not is_missing(growth):
            direction = "grew" if growth >= 0 else "fell"
            shown = show_number(100 * abs(growth), 1) + "%"
            yield fill(facts, f"indicator.{direction}", year=before, change=shown, over=over(facts, "sum", count))


def name_leaders(facts: Facts, links: Links, frame: pd.DataFrame) -> Markup:
    """The regions with the best value, linked; how many they are where a list would be long."""
    first = [str(code) for code in frame.index[frame["value_rank"] == 1]]
    if len(first) > MOST_LISTED:
        return fill(facts, "chart.count_short", count=len(first))
    return list_regions(first, facts, links)


@macro()
def indicator_use(facts: Facts, links: Links, indicator: str) -> Markup:
    """Which years of an indicator enter no index, whether it enters one at all, and what is divided by it."""
    return join_sentences(facts, _uses(facts, links, facts.indicator(indicator)))


def _uses(facts: Facts, links: Links, declared: Indicator) -> Iterator[Markup]:
    separator = facts.word("list.separator")
    divided = [code for code, each in facts.framework.indicators.items() if _divisor(each) == declared.code]
    if declared.code in facts.framework.used_indicators:
        outside = [year for year in facts.values.years(declared.code) if year not in facts.framework.years]
        if outside:
            yield fill(facts, "indicator.outside", years=show_years(facts, outside), series=_series(facts))
    else:
        yield fill(facts, "indicator.context")
    if divided:
        yield fill(facts, "indicator.divides", indicators=join_words(map(links.indicator, divided), separator))


def _divisor(declared: Indicator) -> str:
    return declared.per.indicator if declared.per else ""


def _series(facts: Facts) -> str:
    return show_years(facts, facts.framework.years)


@macro(needs="indicator_ranks")
def table_indicator(facts: Facts, links: Links, indicator: str) -> Table | None:
    """Values of an indicator in all regions and years, the rank in the newest year, the change from the year before."""
    declared, years = facts.indicator(indicator), facts.values.years(indicator)
    if not years:
        return None
    word, newest = facts.word, facts.values.standings(indicator, years[-1])
    best = "high" if declared.direction > 0 else "low"
    changed = bool(newest["value_change"].notna().any())
    unit = word("indicator.points") if declared.unit == PERCENT else declared.unit
    change = "growth" if is_relative(declared) else "difference"
    title = facts.sentence(f"indicator.column_{change}", unit=unit)
    columns = [
        Column(word("table.region")),
        Column(facts.sentence("indicator.rank", year=years[-1]), numeric=True, best="low", place=CHANGE_PLACE),
        *([Column(title, numeric=True, place=CHANGE_PLACE)] if changed else []),
        *(Column(str(year), numeric=True, best=best, place=year_place(year, years[-1])) for year in reversed(years)),
    ]
    rows = []
    for region, line in newest.iterrows():
        code = str(region)
        values = [_value_cell(facts, declared, code, year) for year in reversed(years)]
        change_cells = [_change(declared, line)] if changed else []
        rows.append([links.region(code), number_cell(line["value_rank"], 0), *change_cells, *values])
    caption = facts.sentence("caption.indicator", indicator=site_name(declared.name), unit=declared.unit)
    return Table(
        f"indicator-{indicator}",
        caption,
        tuple(columns),
        rows_of(rows),
        of_indicators(facts, [indicator]),
        foot=_foot(facts, declared, years, changed=changed),
        note=_marks(facts, declared, years),
    )


def is_relative(declared: Indicator) -> bool:
    """Whether a change is shown in percent of the value before; of what is in percent itself, or signed, it is not."""
    return declared.kind in ("count", "amount", "ratio") and declared.unit not in CLOSE_SIGNS


def _change(declared: Indicator, line: pd.Series) -> Cell:
    value = 100 * line["value_growth"] if is_relative(declared) else line["value_change"]
    if is_missing(value):
        return Cell()
    relative = is_relative(declared)
    shown = show_change(value, 1 if relative else declared.decimals)
    return Cell(float(value), shown + "%" if relative else shown)


def _value_cell(facts: Facts, declared: Indicator, region: str, year: int) -> Cell:
    """A value with its mark; in place of one that is missing, why it is."""
    value = facts.values.raw_value(declared.code, region, year)
    status = facts.values.status(declared.code).get((region, year), "not_published")
    if not is_missing(value):
        cell = number_cell(value, _decimals(facts, declared, value, year))
        return marked(cell, CALCULATED_MARK, facts.word("status.calculated")) if status == "calculated" else cell
    why = facts.word("status.exclude" if status == "excluded" else "status.not_published")
    return Cell(None, element("small", why), why)


def _foot(facts: Facts, declared: Indicator, years: tuple[int, ...], *, changed: bool) -> tuple[Cell, ...]:
    summed = facts.framework.is_additive(declared.code)
    totals = [
        facts.values.total(declared.code, year)["sum"] if summed else facts.values.median(declared.code, year)
        for year in reversed(years)
    ]
    name = facts.word("indicator.total" if summed else "indicator.middle")
    cells = [
        number_cell(total, _decimals(facts, declared, total, year))
        for total, year in zip(totals, reversed(years), strict=True)
    ]
    return (Cell(name), Cell(""), *([Cell("")] if changed else []), *cells)


def _marks(facts: Facts, declared: Indicator, years: tuple[int, ...]) -> Markup | str:
    calculated = set(years) & set(declared.calculated)
    return fill(facts, "indicator.mark", mark=CALCULATED_MARK) if calculated else ""


@macro(needs="weights")
def table_indicator_weights(facts: Facts, links: Links, indicator: str) -> Table | None:
    """The indices that an indicator enters, its weight in each and in the one at the top, and how much it bears."""
    nodes = [node.code for node in facts.framework.walk() if indicator in node.indicators]
    if not nodes:
        return None
    word = facts.word
    reading, importance = facts.framework.reading, word("table.implied_share")
    if reading:
        importance = facts.sentence("indicator.importance", lens=name_lens(facts, reading))
    columns = [
        Column(word("table.index")),
        Column(word("caption.weight_in_parent"), numeric=True, shown=lines(word("indicator.weight_here"))),
        Column(importance, numeric=True, place=2),
        Column(word("indicator.top"), in_page=False),
        Column(word("caption.weight_in_index"), numeric=True, place=1, shown=lines(word("indicator.weight_at_top"))),
    ]
    rows = []
    for code in nodes:
        top = next(each.code for each in facts.framework.indices if facts.framework.is_below(code, each.code))
        share = facts.soundness.importance(code)["share"].get(indicator) if facts.has_table("importance") else None
        weight = _percent_cell(facts.results.weights[code][indicator])
        effective = _percent_cell(facts.soundness.effective_weights[top][indicator])
        named = Markup("{} {}").format(effective.html, element("small", links.name(top), class_="ri-place"))
        rows.append([links.index(code), weight, share_cell(share), links.index(top), replace(effective, shown=named)])
    caption = facts.sentence("caption.indicator_weights", indicator=site_name(facts.indicator(indicator).name))
    origin = of_open_series(facts, *nodes)
    return Table(f"weights-of-{indicator}", caption, tuple(columns), rows_of(rows), origin, sortable=False)


def _percent_cell(weight: float) -> Cell:
    return Cell(float(weight), show_percent(weight, 1))


@macro(needs="indicator_ranks")
def table_indicator_list(facts: Facts, links: Links) -> Table:
    """Every indicator: who leads in the newest year with how much of what unit, all years, and what it enters."""
    word = facts.word
    columns = [
        Column(word("table.indicator"), wide=True),
        Column(word("indicator.newest"), numeric=True, place=2),
        Column(word("indicator.leader"), place=3),
        Column(word("indicator.leading"), numeric=True, best="none", place=1),
        Column(word("table.unit"), in_page=False),
        Column(word("table.years"), place=4),
        Column(word("indicator.enters"), wide=True, place=4),
    ]
    rows = [_list_row(facts, links, code) for code in in_page_order(facts)]
    origin = of_indicators(facts, facts.framework.indicators)
    return Table("indicators", word("caption.indicator_list"), tuple(columns), rows_of(rows), origin)


def in_page_order(facts: Facts) -> list[str]:
    """Codes of all indicators: those of the tree in its order, then the others in theirs."""
    return list(dict.fromkeys([*facts.framework.used_indicators, *facts.framework.indicators]))


def _list_row(facts: Facts, links: Links, code: str) -> list[Cell | Markup | str]:
    declared, years = facts.indicator(code), facts.values.years(code)
    nodes = [links.index(node.code) for node in facts.framework.walk() if code in node.indicators]
    enters = join_words(nodes, facts.word("list.separator")) if nodes else facts.word("direction.none")
    name = join_words(filter(None, [links.indicator(code), quality_flags(facts, code)]), " ")
    unit = declared.unit
    if not years:
        return [name, Cell(), MISSING, Cell(), unit, MISSING, enters]
    newest, frame = year_cell(years[-1]), facts.values.standings(code, years[-1])
    value = number_cell(frame["value"].iloc[0], facts.values.decimals(code, years[-1]))
    value = replace(value, shown=show_quantity(str(value.html), unit))
    return [name, newest, name_leaders(facts, links, frame), value, unit, show_years(facts, years), enters]


@macro()
def indicator_source(facts: Facts, links: Links, indicator: str) -> Markup:
    """The sources of an indicator and of what it is divided by, each with its years and a link to its terms."""
    items = []
    for name in facts.framework.sources_of_indicator(facts.indicator(indicator).code):
        source = facts.declared.sources[name]
        link = element("a", source.title, href=links.to(f"data/#source-{name}"))
        said = fill(facts, "indicator.source", publisher=source.publisher, title=link, years=source.years)
        items.append(element("li", said))
    return element("ul", *items)


@macro()
def indicator_direction(facts: Facts, indicator: str) -> Markup:
    """What is better of an indicator, more or less; that it enters no index; marks of its quality."""
    direction = element("span", facts.word(direction_of(facts, indicator)), class_="ri-tag")
    return Markup("{} {}").format(direction, quality_flags(facts, indicator))


def _shown(facts: Facts, declared: Indicator, value: float, year: int) -> Markup:
    unit = "" if declared.kind == "index" else declared.unit
    number = show_number(value, _decimals(facts, declared, value, year))
    return element("span", show_quantity(number, unit), class_="ri-num")


def _decimals(facts: Facts, declared: Indicator, value: MaybeNumber, year: int) -> int:
    """Decimals of a figure of a year, or of a median of them, which may be half a number where all are whole."""
    is_whole = is_missing(value) or float(value).is_integer()
    return facts.values.decimals(declared.code, year) if is_whole else declared.decimals
