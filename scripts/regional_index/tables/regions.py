"""Tables about single regions."""

from dataclasses import replace

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, fold, site_name
from regional_index.markup import MISSING, SCORE_DECIMALS, Links, element, is_missing, show_printed
from regional_index.narrative import show_place
from regional_index.tables.grid import Cell, Column, number_cell, render_table
from regional_index.tables.ranking import render_ranking
from regional_index.tables.series import movement_cells, rank_cell, score_cell


def table_regions(facts: Facts, links: Links) -> Markup:
    """Every evaluated region: its groups, and its score and rank in the top indices."""
    word, tops, groups = facts.word, facts.framework.indices, facts.framework.groups
    columns = [Column(word("table.region"), key="region")]
    columns += [Column(site_name(group.name), key=group.code) for group in groups]
    for top in tops:
        columns.append(Column(links.name(top.code), numeric=True, key=top.code))
        title = Markup("{}<br>{}").format(word("table.rank"), element("small", top.short))
        label = f"{top.short} {word('table.rank')}"
        columns.append(Column(title, numeric=True, key=f"{top.code}-rank", label=label, best="low"))
    rows = []
    for code in facts.regions.evaluated:
        region = facts.regions[code]
        row: list[Cell | object] = [links.region(code)]
        row += [region.groups.get(group.code) or MISSING for group in groups]
        for top in tops:
            row += [score_cell(facts, links, top.code, code, bar=True), rank_cell(facts, top.code, code)]
        rows.append(row)
    caption = facts.sentence("caption.regions", year=facts.last_year)
    return render_ranking(facts, "regions", columns, facts.regions.evaluated, rows, caption)


def table_region_indices(facts: Facts, links: Links, region: str) -> Markup:
    """One region in every index: what the edition, if there is one, states, and the open series."""
    code = facts.evaluated_region(region).code
    word, edition = facts.word, facts.framework.edition_name
    published = ("caption.published_score", "caption.published_rank") if facts.has_edition else ()
    columns = [
        Column(word("table.index")),
        *(Column(facts.sentence(key, edition=edition), numeric=True) for key in published),
        Column(facts.sentence("caption.open_score", year=facts.last_year), numeric=True),
        Column(facts.sentence("caption.open_rank", year=facts.last_year), numeric=True),
        *([Column(word("table.rank_change"), numeric=True)] if facts.has_movement else ()),
    ]
    rows = []
    for index in facts.framework.nodes:
        rows.append(
            [
                _index_name(facts, links, index),
                *(_published_cells(facts, links, index, code) if facts.has_edition else ()),
                score_cell(facts, links, index, code, bar=True),
                rank_cell(facts, index, code),
                *movement_cells(facts, index, code, "rank_change", 0),
            ]
        )
    caption = facts.sentence("caption.region_indices", region=facts.region(region).name)
    return render_table(columns, rows, caption=caption, sortable=False)


def table_region_years(facts: Facts, links: Links, region: str) -> Markup:
    """One region's score and rank in every index and year of the open series."""
    code = facts.evaluated_region(region).code
    columns = [Column(facts.word("table.index"))]
    columns += [Column(str(year), numeric=True) for year in facts.framework.years]
    columns += [Column(facts.word("table.change"), numeric=True)] if facts.has_movement else []
    rows = []
    for index in facts.computed_nodes:
        cells = [_with_rank(facts, links, index, code, year) for year in facts.framework.years]
        change = movement_cells(facts, index, code, "score_change", SCORE_DECIMALS)
        rows.append([_index_name(facts, links, index), *cells, *change])
    caption = facts.sentence("caption.region_years", region=facts.region(region).name)
    return render_table(columns, rows, caption=caption, sortable=False)


def table_compare(facts: Facts, links: Links) -> Markup:
    """Indices, and indicators with values, as rows, all regions as columns: what the compare page shows a choice of."""
    regions = [facts.regions[code] for code in facts.regions.evaluated]
    columns = [Column(facts.word("table.index"))]
    columns += [Column(_region_heading(links, region), numeric=True) for region in regions]
    rows = []
    for index in facts.framework.nodes:
        cells = [_with_rank(facts, links, index, region.code, bar=True) for region in regions]
        rows.append([_index_name(facts, links, index), *cells])
    indicators = facts.framework.used_indicators if facts.has_table("cells") else ()
    codes = [{"data_code": code} for code in (*facts.framework.nodes, *indicators)]
    for code in indicators:
        declared = facts.indicator(code)
        values = facts.results.values[code].xs(facts.last_year, level="year")
        name = Markup("{}<br>{}").format(links.indicator(code), element("small", declared.unit))
        rows.append([name, *(number_cell(values[region.code], declared.decimals) for region in regions)])
    caption = facts.sentence("caption.compare", year=facts.last_year)
    return render_table(columns, rows, caption=caption, row_attributes=codes, sortable=False)


def _index_name(facts: Facts, links: Links, index: str) -> Markup:
    top = index in {node.code for node in facts.framework.indices}
    return element("strong", links.index(index)) if top else element("span", links.index(index), class_="ri-sub")


def _published_cells(facts: Facts, links: Links, index: str, region: str) -> list[Cell]:
    """Score and rank as the edition states them."""
    stated = facts.published_scores(index).loc[region]
    nothing, claim = Cell(facts.word("status.not_published")), stated["claim"]
    score = Cell(links.claim(claim, show_printed(facts.edition.claim(claim).value))) if claim else nothing
    return [score, nothing if is_missing(stated["rank"]) else number_cell(stated["rank"], 0)]


def _with_rank(
    facts: Facts, links: Links, index: str, region: str, year: int | None = None, *, bar: bool = False
) -> Cell:
    cell = score_cell(facts, links, index, region, year, bar=bar)
    if cell.sort is None:
        return cell
    place = show_place(facts, index, region, year)
    shown = Markup("{} {}").format(cell.content, element("small", place, class_="ri-place"))
    return replace(cell, content=shown, beside=Markup("{} {}").format(cell.beside, place))


def _region_heading(links: Links, region: Region) -> Markup:
    return element(
        "span",
        links.region(region.code),
        data_region=region.slug,
        data_names="|".join(fold(name) for name in region.all_names),
    )
