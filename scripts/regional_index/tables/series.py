"""Tables of the open series."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.markup import MISSING, SCORE_DECIMALS, Links, element, is_missing
from regional_index.narrative import show_range, show_rank_range
from regional_index.tables.grid import Cell, Column, change_cell, number_cell, render_table
from regional_index.tables.ranking import render_ranking
from regional_index.tables.treatment import value_cell


def table_open(facts: Facts, links: Links, index: str) -> Markup:
    """All regions in all years: rank and change of rank, and the score of every year."""
    word = facts.word
    years = facts.framework.years
    columns = [Column(word("table.rank"), numeric=True, key="rank"), Column(word("table.region"), key="region")]
    columns += [Column(str(year), numeric=True, key=str(year)) for year in reversed(years)]
    columns += [Column(word("table.rank_change"), numeric=True, key="change")]
    rows = []
    regions = [str(region) for region in facts.scores(index).index]
    for region in regions:
        scores = [score_cell(facts, links, index, region, year, bar=year == years[-1]) for year in reversed(years)]
        moved = facts.movement.loc[(index, region), "rank_change"]
        place = rank_cell(facts, index, region)
        rows.append([place, links.region(region), *scores, change_cell(moved, 0)])
    caption = facts.sentence("caption.open", index=links.name(index), first=years[0], last=years[-1])
    return render_ranking(facts, "open", columns, regions, rows, caption)


def table_indicators(facts: Facts, links: Links, index: str) -> Markup:
    """Raw values of the last year for every indicator of a sub-index; what was filled in is marked."""
    codes = list(facts.node(index).indicators)
    columns = [Column(facts.word("table.region"), key="region")] + [
        Column(
            Markup("{}<br>{}").format(links.indicator(code), element("small", facts.indicator(code).unit)),
            numeric=True, key=code, label=site_name(facts.indicator(code).name),
        )
        for code in codes
    ]  # fmt: skip
    regions = [str(region) for region in facts.scores(index).index]
    rows = [
        [links.region(region), *(value_cell(facts, code, region, facts.last_year) for code in codes)]
        for region in regions
    ]
    caption = facts.sentence("caption.indicators", index=links.name(index), year=facts.last_year)
    return render_ranking(facts, "values", columns, regions, rows, caption)


def table_frame(frame: pd.DataFrame, decimals: Mapping[str, int], caption: str) -> Markup:
    """The rows and columns of any frame: the data behind a chart."""
    numeric = [pd.api.types.is_numeric_dtype(frame[title]) for title in frame.columns]
    columns = [Column(title, numeric=is_number) for title, is_number in zip(frame.columns, numeric, strict=True)]
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


def score_cell(
    facts: Facts, links: Links, index: str, region: str, year: int | None = None, *, bar: bool = False
) -> Cell:
    """A score that leads to its receipt, marked where it leaves out something that others include."""
    score = facts.score_or_nan(index, region, facts.year(year))
    cell = number_cell(score, SCORE_DECIMALS)
    if cell.sort is None:
        return cell
    marked = region in facts.partly_scored(index, year)
    mark = element("abbr", "*", title=facts.word("status.partial")) if marked else Markup("")
    cell = replace(cell, content=links.receipt(cell.content, index, region, year) + mark)
    return replace(cell, bar=facts.score_scale(index).bar(float(score))) if bar else cell
