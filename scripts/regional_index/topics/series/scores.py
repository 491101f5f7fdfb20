"""Tables of the open series."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region
from regional_index.render import (
    CHANGE_PLACE,
    Cell,
    Column,
    Links,
    Table,
    bar_style,
    change_cell,
    computed_cell,
    element,
    escape,
    fill,
    is_missing,
    join_sentences,
    marked,
    of_open_series,
    open_years,
    rows_of,
    show_score,
    year_place,
)
from regional_index.render.macros import macro
from regional_index.topics.series.changes import explain_mark, mark_change
from regional_index.topics.series.ranks import show_place, show_range, show_rank_range

PARTIAL_MARK = "*"
YEARS = "years"
"""Last part of the address of the page with the scores of all years, below that of an index."""


@macro()
def table_open(facts: Facts, links: Links, index: str) -> Table:
    """All regions in all years: rank, the newest score, the change of rank where there are two years, older scores."""
    word = facts.word
    years = facts.framework.years
    columns = [Column(word("table.rank"), numeric=True, key="rank", best="low")]
    columns += [Column(word("table.region"), key="region")]
    recent = facts.recent_years
    columns += [
        Column(str(year), numeric=True, key=str(year), in_page=year in recent, place=year_place(year, years[-1]))
        for year in reversed(years)
    ]
    if facts.open.has_movement:
        since = facts.sentence("table.rank_since", first=facts.first_year)
        columns += [Column(since, numeric=True, key="change", place=CHANGE_PLACE)]
    rows = []
    regions = [str(region) for region in facts.open.scores(index).index]
    for region in regions:
        scores = [score_cell(facts, links, index, region, year, bar=year == years[-1]) for year in reversed(years)]
        moved = movement_cells(facts, index, region, "rank_change", 0)
        rows.append([rank_cell(facts, index, region), links.region(region), *scores, *moved])
    caption = facts.sentence("caption.open", index=links.name(index), years=open_years(facts))
    origin = of_open_series(facts, facts.node(index).code)
    return Table(
        f"open-{index}",
        caption,
        tuple(columns),
        rows_of(rows),
        origin,
        regions=tuple(regions),
        tools="open",
        note=join_sentences(facts, [_older_years(facts, links, index), explain_mark(facts, rows)]),
    )


@macro()
def table_years(facts: Facts, links: Links, index: str) -> Table:
    """All regions in all years, where these are too many for the page of the index: the score alone."""
    years = tuple(reversed(facts.framework.years))
    columns = (Column(facts.word("table.region")), *(Column(str(year), numeric=True) for year in years))
    rows = [
        [
            links.region(str(region)),
            *(computed_cell(facts.open.score_or_nan(index, str(region), year)) for year in years),
        ]
        for region in facts.open.scores(index).index
    ]
    caption = facts.sentence("caption.open", index=links.name(index), years=open_years(facts))
    return Table("", caption, columns, rows_of(rows), of_open_series(facts, facts.node(index).code))


def _older_years(facts: Facts, links: Links, index: str) -> Markup:
    """Where the years are that a page has no room for; nothing where it shows all."""
    if facts.recent_years == facts.framework.years:
        return Markup("")
    title = facts.sentence("page.years_title", index=links.name(index))
    page = element("a", title, href=links.to(f"{links.node_path(index)}{YEARS}/"))
    return fill(facts, "open.older_years", count=len(facts.recent_years), page=page)


def rank_cell(facts: Facts, index: str, region: str, year: int | None = None) -> Cell:
    """A rank with the range it has when the method varies, where one is known."""
    rank = facts.open.rank_or_nan(index, region, facts.year(year))
    if is_missing(rank):
        return Cell()
    return Cell(rank, show_rank_range(facts, index, region, year), show_range(facts, index, region, year))


def movement_cells(facts: Facts, index: str, region: str, column: str, decimals: int) -> list[Cell]:
    """The cell with a change from the first year to the last; none where there are no two years to compare."""
    if not facts.open.has_movement:
        return []
    cell = change_cell(facts.open.movement.loc[(index, region), column], decimals)
    return [mark_change(facts, cell, index, region) if column == "rank_change" else cell]


def score_cell(
    facts: Facts, links: Links, index: str, region: str, year: int | None = None, *, bar: bool = False
) -> Cell:
    """A score that leads to its receipt, marked where it leaves out something that others include."""
    score = facts.open.score_or_nan(index, region, facts.year(year))
    if is_missing(score):
        return Cell()
    shown = links.receipt(show_score(score), index, region, year)
    drawn = facts.open.score_scale(index).bar(score) if bar else None
    is_partial = region in facts.open.partly_scored(index, year)
    return marked(Cell(score, shown, bar=drawn), PARTIAL_MARK if is_partial else "", facts.word("status.partial"))


@macro()
def leaders_list(facts: Facts, links: Links, index: str, count: int) -> Markup:
    """The best regions of an index with the ranges of their ranks, their scores and bars."""
    scores, scale = facts.open.scores(index)["score"], facts.open.score_scale(index)
    items = [
        element("li", *_leader(facts, links, index, region), style=bar_style(scale.bar(scores[region.code])))
        for region in facts.open.leaders(index, count)
    ]
    return element("ol", *items, class_="ri-leaders")


def _leader(facts: Facts, links: Links, index: str, region: Region) -> list[Markup]:
    between = show_range(facts, index, region.code)
    span = [element("small", between, class_="ri-num")] if between else []
    score = element("span", score_cell(facts, links, index, region.code).html, class_="ri-num")
    return [links.region(region.code), *span, score]


@macro()
def score_or_dash(facts: Facts, links: Links, index: str, region: str) -> Markup:
    """Score of the last year, marked where it is partial, or a dash."""
    return escape(score_cell(facts, links, index, facts.evaluated_region(region).code).html)


@macro()
def rank_or_dash(facts: Facts, index: str, region: str) -> Markup:
    """Rank of the last year in words with its range, or nothing."""
    return escape(show_place(facts, index, facts.evaluated_region(region).code))
