"""Chart of one region's ranks in the top indices over the years: small, to be next to its numbers."""

from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind
from regional_index.charts.palette import colour
from regional_index.charts.theme import LIMIT, records, spread_down, tips
from regional_index.facts import Facts
from regional_index.framework import Region, site_name
from regional_index.topics.chart_words import credit, sentences, sources_of, standings, whole_number

HEIGHT = 96
LINE = 18  # pixels between two labels
DASHES = [[1, 0], [4, 3], [1, 2]]


def _subjects(facts: Facts) -> dict[str, tuple[Region]]:
    regions = [facts.regions[code] for code in facts.regions.evaluated]
    return {f"region-{each.slug}-years": (each,) for each in regions if len(facts.framework.years) > 1}


@chart_kind(_subjects)
def chart_region_years(facts: Facts, region: Region) -> Figure:
    """Ranks of a region in the computed top indices, rank 1 on top, on a scale of all ranks."""
    codes = [node.code for node in facts.framework.indices if node.code in facts.open.computed_nodes]
    ranks = pd.DataFrame({code: _ranks(facts, code, region) for code in codes}, index=list(facts.framework.years))
    sources = sources_of(facts, facts.framework.indices)
    words = {"region": region.name, "first": facts.first_year, "last": facts.last_year}
    said = [_movement(facts, site_name(facts.node(code).name), ranks[code].dropna()) for code in codes]
    return Figure(
        id=f"region-{region.slug}-years",
        title=facts.sentence("chart.region_years.title", **words),
        description=sentences(facts, facts.sentence("chart.region_years.description", **words), *said),
        chart=_draw(facts, ranks),
        table=_table(facts, ranks),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={site_name(facts.node(code).name): 0 for code in codes},
    )


def _ranks(facts: Facts, code: str, region: Region) -> pd.Series:
    years = facts.framework.years
    ranks = [standings(facts, code, year).get(region.code, (None, None))[1] for year in years]
    return pd.Series(ranks, index=list(years), dtype="Int64")


def _movement(facts: Facts, index: str, ranks: pd.Series) -> str:
    if ranks.empty:
        return ""
    words = {"index": index, "before": whole_number(ranks.iloc[0]), "after": whole_number(ranks.iloc[-1])}
    key = "same" if ranks.iloc[0] == ranks.iloc[-1] else "rose" if ranks.iloc[-1] < ranks.iloc[0] else "fell"
    return facts.sentence(f"chart.region_years.{key}", **words)


def _table(facts: Facts, ranks: pd.DataFrame) -> pd.DataFrame:
    table = ranks.astype("Int64").rename(columns={code: site_name(facts.node(code).name) for code in ranks})
    table.insert(0, facts.word("chart.year"), [str(year) for year in ranks.index])
    return table.reset_index(drop=True)


def _draw(facts: Facts, ranks: pd.DataFrame) -> Chart:
    last = max(len(facts.regions.evaluated), 2)
    shorts = [facts.node(str(code)).short for code in ranks]
    rows: list[dict[str, Any]] = [
        {"index": short, "year": str(year), "rank": int(rank)}
        for code, short in zip(ranks, shorts, strict=True)
        for year, rank in ranks[code].dropna().items()
    ]
    years = [str(year) for year in ranks.index]
    x = alt.X("year:O", title=None, scale=alt.Scale(type="point", padding=0, domain=years), axis=alt.Axis(offset=4))
    # Labels that would cover each other are moved down: each is at least a line below the one before.
    gap = LINE / HEIGHT * (last - 1)
    down = {"axis": alt.Axis(values=[1, last], labels=False), "scale": alt.Scale(domain=[last + gap, 1], nice=False)}
    tooltip = tips(index=facts.word("chart.index"), year=facts.word("chart.year"), rank=facts.word("chart.rank"))
    base = alt.Chart(records(rows)).encode(x, alt.Y("rank:Q", title=None, **down), tooltip=tooltip)
    dashes = alt.Scale(domain=shorts, range=DASHES * len(shorts))
    lines = base.mark_line(color=colour("accent"), strokeWidth=2).encode(
        strokeDash=alt.StrokeDash("index:N", scale=dashes, legend=None)
    )
    dots = base.mark_point(size=28, color=colour("accent"))
    least = alt.Chart(records([{"rank": last, "label": facts.sentence("rank.place", rank=last)}]))
    floor = least.mark_text(style="small", x=alt.expr("width / 2"), dy=-7).encode(
        alt.Y("rank:Q", title=None, **down), alt.Text("label:N")
    )
    ends = []
    sides: Any = [(years[0], "right", -8, "'' + datum.rank")]
    sides.append((years[-1], "left", 8, "datum.rank + ' ' + datum.index"))
    for year, align, dx, label in sides:
        end = base.transform_filter(f"datum.year === '{year}'").transform_calculate(label=label)
        text = spread_down(end, "rank", gap, "index").mark_text(align=align, dx=dx, fontWeight="bold", limit=LIMIT)
        ends.append(text.encode(alt.Y("place:Q", title=None, **down), alt.Text("label:N")))
    return alt.layer(floor, lines, dots, *ends).properties(height=HEIGHT)
