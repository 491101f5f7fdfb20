"""Tables about single regions."""

from dataclasses import replace

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, site_name
from regional_index.render import (
    CHANGE_PLACE,
    SCORE_DECIMALS,
    Cell,
    Column,
    Links,
    Table,
    element,
    is_missing,
    join_words,
    lines,
    number_cell,
    of_edition,
    of_open_series,
    rows_of,
    show_number,
    show_printed,
    year_place,
)
from regional_index.render.macros import macro
from regional_index.topics.series.changes import explain_mark
from regional_index.topics.series.ranks import show_place, show_rank_range
from regional_index.topics.series.scores import movement_cells, rank_cell, score_cell


@macro()
def table_regions(facts: Facts, links: Links) -> Table:
    """Every evaluated region: its score and rank in the top indices, and its groups."""
    word, tops, groups = facts.word, facts.framework.indices, facts.framework.groups
    columns = [Column(word("table.region"), key="region")]
    columns += [Column(site_name(group.name), key=group.code, place=1) for group in groups]
    for top in tops:
        columns.append(Column(links.name(top.code), numeric=True, key=top.code))
        shown = lines(word("table.rank"), element("small", top.short))
        title = f"{top.short} {word('table.rank')}"
        columns.append(Column(title, numeric=True, key=f"{top.code}-rank", shown=shown, best="low"))
    rows = []
    for code in facts.regions.evaluated:
        region = facts.regions[code]
        row: list[Cell | Markup] = [links.region(code)]
        row += [Cell(region.groups.get(group.code) or None) for group in groups]
        for top in tops:
            row += [score_cell(facts, links, top.code, code, bar=True), rank_cell(facts, top.code, code)]
        rows.append(row)
    caption = facts.sentence("caption.regions", year=facts.last_year)
    origin, regions = of_open_series(facts), facts.regions.evaluated
    return Table("regions", caption, tuple(columns), rows_of(rows), origin, regions=regions, tools="regions")


@macro()
def table_region_indices(facts: Facts, links: Links, region: str) -> Table:
    """One region in every index: the open series, and what the edition, if there is one, states."""
    found = facts.evaluated_region(region)
    code = found.code
    word, edition = facts.word, facts.framework.edition_name
    published = ("caption.published_score", "caption.published_rank") if facts.has_edition else ()
    since = facts.sentence("table.rank_since", first=facts.first_year)
    columns = (
        Column(word("table.index")),
        *(Column(facts.sentence(key, edition=edition), numeric=True, place=1) for key in published),
        Column(facts.sentence("caption.open_score", year=facts.last_year), numeric=True),
        Column(facts.sentence("caption.open_rank", year=facts.last_year), numeric=True),
        *([Column(since, numeric=True)] if facts.open.has_movement else ()),
    )
    rows = []
    for index in facts.framework.nodes:
        rows.append(
            [
                index_name(facts, links, index),
                *(_published_cells(facts, links, index, code) if facts.has_edition else ()),
                score_cell(facts, links, index, code, bar=True),
                rank_cell(facts, index, code),
                *movement_cells(facts, index, code, "rank_change", 0),
            ]
        )
    caption = facts.sentence("caption.region_indices", region=found.name)
    origin = of_edition(facts) + of_open_series(facts)
    note, name = explain_mark(facts, rows), f"region-indices-{found.slug}"
    return Table(name, caption, columns, rows_of(rows), origin, sortable=False, note=note)


@macro()
def table_region_years(facts: Facts, links: Links, region: str) -> Table:
    """One region's score and rank in every index and year of the open series."""
    found = facts.evaluated_region(region)
    code = found.code
    columns = [Column(facts.word("table.index"))]
    columns += [
        Column(str(year), numeric=True, in_page=year in facts.recent_years, place=year_place(year, facts.last_year))
        for year in facts.framework.years
    ]
    if facts.open.has_movement:
        since = facts.sentence("table.score_since", first=facts.first_year)
        columns.append(Column(since, numeric=True, place=CHANGE_PLACE))
    rows = []
    for index in facts.open.computed_nodes:
        cells = [score_and_rank(facts, links, index, code, year, in_words=False) for year in facts.framework.years]
        change = movement_cells(facts, index, code, "score_change", SCORE_DECIMALS)
        rows.append([index_name(facts, links, index), *cells, *change])
    caption, name = facts.sentence("caption.region_years", region=found.name), f"region-years-{found.slug}"
    return Table(name, caption, tuple(columns), rows_of(rows), of_open_series(facts), sortable=False)


def index_name(facts: Facts, links: Links, index: str) -> Markup:
    """The name of an index as the first cell of a row, linked; a top index in bold."""
    top = index in {node.code for node in facts.framework.indices}
    return element("strong", links.index(index)) if top else element("span", links.index(index), class_="ri-sub")


def _published_cells(facts: Facts, links: Links, index: str, region: str) -> list[Cell]:
    """Score and rank as the edition states them."""
    stated = facts.published.scores(index).loc[region]
    nothing, claim = Cell(facts.word("status.not_published")), stated["claim"]
    printed = facts.edition.claim(claim).value if claim else ""
    score = Cell(float(printed), links.claim(claim, show_printed(printed))) if claim else nothing
    return [score, nothing if is_missing(stated["rank"]) else number_cell(stated["rank"], 0)]


def score_and_rank(
    facts: Facts,
    links: Links,
    index: str,
    region: str,
    year: int | None = None,
    *,
    bar: bool = False,
    in_words: bool = True,
) -> Cell:
    """A score with its rank, and the range of that, after it; pages write these in words or, where narrow, bare."""
    cell = score_cell(facts, links, index, region, year, bar=bar)
    if cell.value is None:
        return cell
    place = show_place(facts, index, region, year)
    written = place if in_words else show_rank_range(facts, index, region, year)
    shown = Markup("{} {}").format(cell.html, element("small", written, class_="ri-place"))
    return replace(cell, shown=shown, note=f"{cell.note} {place}".strip())


@macro()
def region_map(facts: Facts, links: Links) -> Markup:
    """All regions as tiles in their place, each leading to its page, with its ranks; nothing without tiles."""
    regions = facts.regions
    if not regions.has_map:
        return Markup("")
    tiles = [_tile(facts, links, region, *region.tile) for region in regions.values() if region.tile]
    columns = max(region.tile[0] for region in regions.values() if region.tile)
    return element(
        "ul", *tiles, class_="ri-tiles", aria_label=facts.word("block.map_label"), style=f"--ri-columns:{columns}"
    )


@macro()
def region_lists(facts: Facts, links: Links, group: str) -> Markup:
    """The regions of every member of a grouping, linked."""
    membership = facts.membership(group)
    rows = []
    for member in facts.framework.group(group).order:
        regions = [links.region(str(code)) for code, name in membership.items() if name == member]
        rows.append(element("dt", member) + element("dd", join_words(regions, facts.word("list.separator"))))
    return element("dl", *rows, class_="ri-lists")


def _tile(facts: Facts, links: Links, region: Region, column: int, row: int) -> Markup:
    place = f"grid-column:{column};grid-row:{row}"
    if not region.evaluated:
        word = facts.word("block.not_evaluated")
        label = element("span", word, class_="ri-hidden")
        return element(
            "li", element("span", region.label, " ", label), style=place, class_="ri-tiles__outside", title=word
        )
    ranks = [facts.open.rank_or_nan(top.code, region.code, facts.last_year) for top in facts.framework.indices]
    shown = " · ".join(show_number(rank, 0) for rank in ranks)
    link = element("a", region.label, " ", element("small", shown), href=links.to(f"regions/{region.slug}/"))
    return element("li", link, style=place)
