"""Chart of the ranks of some regions over the years, among those of all others."""

from typing import Literal

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import LIMIT, records, spread_down, tips
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.topics.chart_words import (
    credit,
    first_and_last,
    listed,
    missing_note,
    sentences,
    shortened_note,
    whole_number,
)
from regional_index.topics.series.charts.compare import (
    COLOURS,
    IS_CHOSEN,
    ORDER,
    SHAPES,
    by_choice,
    chosen_parameter,
    leading_regions,
)
from regional_index.topics.series.charts.years import rank_table, table_of_ranks

HEIGHT = 279
LINE = 15  # pixels between two labels
MOST = 2


def _indices(facts: Facts) -> list[str]:
    """The first two indices that have several years, where there is anything to compare."""
    if len(leading_regions(facts)) < 2:
        return []
    codes = [node.code for node in facts.framework.indices if node.code in facts.open.ranked_nodes]
    return [code for code in codes if len(facts.open.scored_years(code)) > 1][:MOST]


@chart_kind(for_each("{}-compare-years", _indices))
def chart_compare_years(facts: Facts, code: str) -> Figure:
    """Ranks of all regions in an index over all years, one line each; the chosen ones stand out."""
    ranks = rank_table(facts, code)
    sources = facts.framework.sources_below(code)
    leader = facts.open.leaders(code, 1)[0]
    words = {"index": site_name(facts.node(code).name), "first": facts.first_year, "last": facts.last_year}
    words |= {"leader": leader.name, "before": whole_number(ranks.loc[leader.code, facts.first_year])}
    words |= {"regions": listed(facts, [region.code for region in leading_regions(facts)])}
    words |= {"leading": site_name(facts.node(facts.open.ranked_nodes[0]).name)}
    note = shortened_note(facts, len(ranks))
    missing = missing_note(facts, ranks.index[ranks[facts.last_year].isna()])
    return Figure(
        id=f"{code}-compare-years",
        title=facts.sentence("chart.compare_years.title", **words),
        description=sentences(facts, facts.sentence("chart.compare_years.description", **words), missing, note),
        chart=_draw(facts, ranks),
        table=table_of_ranks(facts, ranks),
        sources=sources,
        credit=credit(facts, sources, note),
        status=facts.word("chart.status_computed"),
        decimals={str(year): 0 for year in facts.framework.years},
    )


def _draw(facts: Facts, ranks: pd.DataFrame) -> Chart:
    shown = first_and_last(list(ranks.index))
    years = [str(year) for year in ranks.columns]
    rows = [
        {"region": facts.regions[str(code)].label, "year": str(year), "rank": int(rank), "faint": code in shown}
        for code, line in ranks.iterrows()
        for year, rank in line.dropna().items()
    ]
    last = max(int(ranks.max().max()), 2)
    down = {"title": None, "axis": None, "scale": alt.Scale(domain=[last, 1], nice=False)}
    x = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(type="point", padding=0, domain=years),
        axis=alt.Axis(orient="top", offset=8),
    )
    titles = {field: facts.word(f"chart.{field}") for field in ("region", "year", "rank")}
    every = alt.Chart(records(rows)).encode(x, alt.Y("rank:Q", **down), alt.Detail("region:N"), tooltip=tips(**titles))
    chosen = every.transform_filter(IS_CHOSEN).transform_calculate(order=ORDER)
    tinted = chosen.encode(color=by_choice(alt.Color, COLOURS))
    gap = LINE / HEIGHT * (last - 1)
    ends = []
    sides: list[tuple[str, Literal["left", "right"], int, str]] = [
        (years[0], "right", -9, "'' + datum.rank"),
        (years[-1], "left", 9, "datum.rank + ' ' + datum.region"),
    ]
    for year, align, dx, label in sides:
        end = chosen.transform_filter(f"datum.year === '{year}'").transform_calculate(label=label)
        text = spread_down(end, "rank", gap, "order").mark_text(align=align, dx=dx, fontWeight="bold", limit=LIMIT)
        ends.append(text.encode(alt.Y("place:Q", **down), alt.Text("label:N")))
    return (
        alt.layer(
            every.transform_filter(f"datum.faint && !({IS_CHOSEN})").mark_line(strokeWidth=0.8, opacity=0.5),
            tinted.mark_line(strokeWidth=2.5),
            tinted.mark_point(size=60, stroke=colour("surface")).encode(shape=by_choice(alt.Shape, SHAPES)),
            *ends,
        )
        .properties(height=HEIGHT)
        .add_params(chosen_parameter(facts))
    )
