"""Tables of the open series."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.markup import MISSING, Links, element, is_missing
from regional_index.narrative import open_years, show_range, show_rank_range
from regional_index.tables.grid import Cell, Column, change_cell, computed_cell, number_cell, render_table
from regional_index.tables.ranking import render_ranking
from regional_index.tables.treatment import value_cell


def table_open(facts: Facts, links: Links, index: str) -> Markup:
    """All regions in all years: rank, the score of every year, and the change of rank where there are two years."""
    word = facts.word
    years = facts.framework.years
    columns = [Column(word("table.rank"), numeric=True, key="rank", best="low")]
    columns += [Column(word("table.region"), key="region")]
    columns += [Column(str(year), numeric=True, key=str(year)) for year in reversed(years)]
    if facts.has_movement:
        columns += [Column(word("table.rank_change"), numeric=True, key="change")]
    rows = []
    regions = [str(region) for region in facts.scores(index).index]
    for region in regions:
        scores = [score_cell(facts, links, index, region, year, bar=year == years[-1]) for year in reversed(years)]
        moved = movement_cells(facts, index, region, "rank_change", 0)
        rows.append([rank_cell(facts, index, region), links.region(region), *scores, *moved])
    caption = facts.sentence("caption.open", index=links.name(index), years=open_years(facts))
    return render_ranking(facts, "open", columns, regions, rows, caption)


def table_indicators(facts: Facts, links: Links, index: str) -> Markup:
    """Raw values of every indicator of a sub-index in the last year that any has; what was filled in is marked."""
    codes = list(facts.node(index).indicators)
    there = facts.results.imputed[codes].dropna(how="all").index.get_level_values("year")
    year = max(there, default=facts.last_year)
    columns = [Column(facts.word("table.region"), key="region")] + [
        Column(
            Markup("{}<br>{}").format(links.indicator(code), element("small", facts.indicator(code).unit)),
            numeric=True, key=code, label=site_name(facts.indicator(code).name),
            best="high" if facts.indicator(code).direction > 0 else "low",
        )
        for code in codes
    ]  # fmt: skip
    regions = [str(region) for region in facts.scores(index).index]
    rows = [[links.region(region), *(value_cell(facts, code, region, year) for code in codes)] for region in regions]
    caption = facts.sentence("caption.indicators", index=links.name(index), year=year)
    return render_ranking(facts, "values", columns, regions, rows, caption)


def table_frame(frame: pd.DataFrame, decimals: Mapping[str, int], caption: str) -> Markup:
    """The rows and columns of any frame: the data behind a chart; whole numbers of the type `Int64` are ranks."""
    numeric = [pd.api.types.is_numeric_dtype(frame[title]) for title in frame.columns]
    columns = [
        Column(title, numeric=is_number, best="low" if frame[title].dtype == "Int64" else "high")
        for title, is_number in zip(frame.columns, numeric, strict=True)
    ]
    rows = [
        [
            number_cell(value, decimals.get(title, 0)) if is_number else Cell(MISSING if is_missing(value) else value)
            for title, value, is_number in zip(frame.columns, row, numeric, strict=True)
        ]
        for row in frame.itertuples(index=False)
    ]
    return render_table(columns, rows, caption=caption)


def rank_cell(facts: Facts, index: str, region: str, year: int | None = None) -> Cell:
    """A rank with the range it has when the method varies, where one is known."""
    cell = number_cell(facts.scores(index, year).loc[region, "rank"], 0)
    if cell.sort is None:
        return cell
    shown, span = show_rank_range(facts, index, region, year), show_range(facts, index, region, year)
    return replace(cell, content=shown, beside=span)


def movement_cells(facts: Facts, index: str, region: str, column: str, decimals: int) -> list[Cell]:
    """The cell with a change from the first year to the last; none where there are no two years to compare."""
    return [change_cell(facts.movement.loc[(index, region), column], decimals)] if facts.has_movement else []


def score_cell(
    facts: Facts, links: Links, index: str, region: str, year: int | None = None, *, bar: bool = False
) -> Cell:
    """A score that leads to its receipt, marked where it leaves out something that others include."""
    score = facts.score_or_nan(index, region, facts.year(year))
    cell = computed_cell(score)
    if cell.sort is None:
        return cell
    marked = region in facts.partly_scored(index, year)
    mark = element("abbr", "*", title=facts.word("status.partial")) if marked else Markup("")
    cell = replace(cell, content=links.receipt(cell.content, index, region, year) + mark)
    return replace(cell, bar=facts.score_scale(index).bar(float(score))) if bar else cell
