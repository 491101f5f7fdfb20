"""Settings of the script of the compare page: where the data are, and the words to show them with."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, fold, site_name
from regional_index.render import Column, Links, Table, element, lines, of_open_series, rows_of
from regional_index.render.macros import macro
from regional_index.topics.charts import ChartBlock
from regional_index.topics.method.treatment import used_cell
from regional_index.topics.series.charts.compare import leading_regions
from regional_index.topics.series.regions import index_name, score_and_rank

DATA = "api/v1/compare.json"
WORDS = {
    "year": "table.year",
    "place": "rank.place",
    "range": "rank.range",
    "neighbour": "portrait.neighbour",
    "separator_list": "list.separator",
    "mean": "compare.mean",
    "above": "compare.above",
    "first": "compare.first",
    "unranked": "compare.unranked",
    "out_of_reach": "compare.out_of_reach",
    "points": "indicator.points",
    "step": "compare.step",
    "limit": "next.limit",
    "missing": "next.missing",
    "failed": "compare.failed",
    "unknown_year": "compare.unknown_year",
    "gaps": "compare.gaps",
    "steps": "compare.steps",
    "partial": "status.partial",
    "indicator": "table.indicator",
    "neighbours": "compare.neighbours",
    "region": "table.region",
    "filled_from": "value.filled_from",
    "filled": "value.filled",
}


@macro()
def compare_charts(charts: ChartBlock, facts: Facts) -> Markup | None:
    """The charts of the compare page next to each other; none where there are no two regions to compare."""
    names = ["compare", *(f"{node.code}-compare-years" for node in facts.framework.indices)]
    found = [name for name in names if charts.has(name)]
    drawn = [charts.chart(name, half=len(found) > 1) for name in found]
    return element("div", *drawn, class_="ri-compared", style=f"--ri-columns:{len(drawn)}") if drawn else None


@macro(needs="neighbours")
def compare_data(facts: Facts, links: Links) -> Markup:
    """An empty element that says where the data of the compare page are, and in which words to show them."""
    words = {f"data_{name}": facts.word(key) for name, key in WORDS.items()}
    names = {code: links.name(code) for code in facts.open.computed_nodes}
    names |= {code: site_name(facts.indicator(code).name) for code in facts.framework.used_indicators}
    labels = [element("i", name, data_name=code) for code, name in names.items()]
    years = ",".join(str(year) for year in facts.framework.years)
    return element(
        "div",
        *labels,
        hidden=True,
        data_compare_data=links.to(DATA),
        data_years=years,
        data_leaders=",".join(region.slug for region in leading_regions(facts)),
        data_search_exclude=True,
        **words,
    )


@macro()
def table_compare(facts: Facts, links: Links) -> Table:
    """Indices, and indicators with values, as rows, all regions as columns: what the compare page shows a choice of."""
    regions = [facts.regions[code] for code in facts.regions.evaluated]
    columns = [Column(facts.word("table.index"))]
    columns += [Column(region.name, numeric=True, shown=_region_heading(links, region)) for region in regions]
    rows = []
    for index in facts.framework.nodes:
        cells = [score_and_rank(facts, links, index, region.code, bar=True) for region in regions]
        rows.append([index_name(facts, links, index), *cells])
    indicators = facts.framework.used_indicators if facts.has_table("cells") else ()
    codes = tuple({"data_code": code} for code in (*facts.framework.nodes, *indicators))
    for code in indicators:
        declared = facts.indicator(code)
        name = lines(links.indicator(code), element("small", declared.unit))
        rows.append([name, *(used_cell(facts, code, region.code) for region in regions)])
    caption = facts.sentence("caption.compare", year=facts.last_year)
    origin = of_open_series(facts)
    return Table("compare", caption, tuple(columns), rows_of(rows), origin, attributes=codes, sortable=False)


def _region_heading(links: Links, region: Region) -> Markup:
    return element(
        "span",
        links.region(region.code),
        data_region=region.slug,
        data_label=region.label,
        data_names="|".join(fold(name) for name in region.all_names),
    )
