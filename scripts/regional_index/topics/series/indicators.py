"""Tables of the open series."""

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import Column, Links, Table, element, lines, of_open_series, rows_of
from regional_index.render.macros import macro
from regional_index.topics.method.treatment import value_cell


@macro(needs="cells")
def table_indicators(facts: Facts, links: Links, index: str) -> Table:
    """Raw values of every indicator of a sub-index in the last year that any has; what was filled in is marked."""
    codes = list(facts.node(index).indicators)
    there = facts.results.imputed[codes].dropna(how="all").index.get_level_values("year")
    year = max(there, default=facts.last_year)
    columns = [Column(facts.word("table.region"), key="region")] + [
        Column(
            f"{site_name(facts.indicator(code).name)} {facts.indicator(code).unit}", numeric=True, key=code,
            shown=lines(links.indicator(code), element("small", facts.indicator(code).unit)),
            best="high" if facts.indicator(code).direction > 0 else "low",
        )
        for code in codes
    ]  # fmt: skip
    regions = [str(region) for region in facts.open.scores(index).index]
    rows = [[links.region(region), *(value_cell(facts, code, region, year) for code in codes)] for region in regions]
    caption = facts.sentence("caption.indicators", index=links.name(index), year=year)
    name, origin = f"indicators-{index}", of_open_series(facts, facts.node(index).code)
    return Table(name, caption, tuple(columns), rows_of(rows), origin, regions=tuple(regions), tools="values")
