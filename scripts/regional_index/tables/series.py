"""Tables of the open series."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.markup import MISSING, SCORE_DECIMALS, Links, element, is_missing
from regional_index.tables.grid import Cell, Column, change_cell, number_cell, render_table


def table_open(facts: Facts, links: Links, index: str) -> Markup:
    """All regions in all years: rank and change of rank, and the score of every year."""
    word = facts.word
    years = facts.framework.years
    columns = [Column(word("table.rank"), numeric=True), Column(word("table.region"))]
    columns += [Column(str(year), numeric=True) for year in reversed(years)]
    columns += [Column(word("table.rank_change"), numeric=True)]
    rows = []
    for region, last in facts.scores(index).iterrows():
        scores = [score_cell(facts, index, str(region), year, bar=year == years[-1]) for year in reversed(years)]
        moved = facts.movement.loc[(index, region), "rank_change"]
        rows.append([number_cell(last["rank"], 0), links.region(str(region)), *scores, change_cell(moved, 0)])
    caption = facts.sentence("caption.open", index=links.name(index), first=years[0], last=years[-1])
    return render_table(columns, rows, caption=caption)


def table_indicators(facts: Facts, links: Links, index: str) -> Markup:
    """Raw values of the last year for every indicator of a sub-index."""
    codes = list(facts.node(index).indicators)
    columns = [Column(facts.word("table.region"))] + [
        Column(
            Markup("{}<br>{}").format(links.indicator(code), element("small", facts.indicator(code).unit)), numeric=True
        )
        for code in codes
    ]
    rows = [
        [
            links.region(str(region)),
            *(
                number_cell(facts.results.values.loc[(region, facts.last_year), code], facts.indicator(code).decimals)
                for code in codes
            ),
        ]
        for region in facts.scores(index).index
    ]
    caption = facts.sentence("caption.indicators", index=links.name(index), year=facts.last_year)
    return render_table(columns, rows, caption=caption)


def table_steps(facts: Facts, links: Links, index: str, region: str, year: int | None = None) -> Markup:
    """From raw value to contribution: every indicator of a sub-index for one region and year."""
    if not facts.node(index).indicators:
        raise LookupFailed(f'index "{index}" has no indicators of its own')
    code, year = facts.evaluated_region(region).code, facts.year(year)
    word = facts.word
    titles = ["indicator", "value", "worst", "best", "normalised", "weight", "contribution"]
    columns = [Column(word(f"table.{title}"), numeric=title != "indicator") for title in titles]
    weights = facts.results.weights[index]
    scores = facts.results.normalised.loc[(code, year), list(weights.index)]
    present = weights.where(scores.notna()).sum()
    rows = []
    for name, weight in weights.items():
        declared = facts.indicator(str(name))
        posts = facts.results.goalposts.loc[str(name)]
        used = weight / present if not is_missing(scores[name]) else None
        rows.append(
            [
                Markup("{}<br>{}").format(links.indicator(str(name)), element("small", declared.unit)),
                number_cell(facts.results.values.loc[(code, year), str(name)], declared.decimals),
                number_cell(posts["worst"], declared.decimals),
                number_cell(posts["best"], declared.decimals),
                number_cell(scores[name], SCORE_DECIMALS),
                number_cell(used, 4),
                number_cell(None if used is None else scores[name] * used, SCORE_DECIMALS),
            ]
        )
    caption = facts.sentence("caption.steps", index=links.name(index), region=facts.region(region).name, year=year)
    return render_table(columns, rows, caption=caption, sortable=False)


def table_frame(
    frame: pd.DataFrame, decimals: Mapping[str, int], caption: str, estimates: Collection[str] = ()
) -> Markup:
    """Any frame as it stands: the data behind a chart; columns of estimates can be hidden."""
    numeric = [pd.api.types.is_numeric_dtype(frame[title]) for title in frame.columns]
    columns = [Column(title, numeric=is_number) for title, is_number in zip(frame.columns, numeric, strict=True)]
    rows = [
        [
            _frame_cell(value, decimals.get(title, 0), is_number=is_number, is_estimate=title in estimates)
            for title, value, is_number in zip(frame.columns, row, numeric, strict=True)
        ]
        for row in frame.itertuples(index=False)
    ]
    return render_table(columns, rows, caption=caption)


def _frame_cell(value: Any, decimals: int, *, is_number: bool, is_estimate: bool) -> Cell:
    if not is_number:
        return Cell(MISSING if is_missing(value) else value)
    cell = number_cell(value, decimals)
    hidden = is_estimate and not is_missing(value)
    return replace(cell, content=element("span", cell.content, class_="ri-estimate")) if hidden else cell


def score_cell(facts: Facts, index: str, region: str, year: int | None = None, *, bar: bool = False) -> Cell:
    """A score, marked where it leaves out something that the scores of other regions include."""
    marked = region in facts.partly_scored(index, year)
    mark = element("abbr", "*", title=facts.word("status.partial")) if marked else Markup("")
    return number_cell(facts.scores(index, year).loc[region, "score"], SCORE_DECIMALS, bar=bar, mark=mark)
