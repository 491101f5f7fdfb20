"""A map of equal tiles: every region has one, those not evaluated are hatched, those without a score outlined."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.metrics import SMALL, text_width
from regional_index.charts.palette import colour
from regional_index.charts.theme import EDGES, ON_RAMP, RAMP, classes, columns, records, tips
from regional_index.facts import Facts
from regional_index.framework import Region, site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_score
from regional_index.topics.chart_words import (
    credit,
    extremes,
    missing_note,
    no_score,
    sentences,
    shown_score,
    whole_number,
)
from regional_index.topics.series.charts.ranking import chart_id, earlier_years, ranking_table, years_of_chart

TILE = 40  # pixels; its width follows that of the chart
HATCHING = "M-1,-.5L-.5,-1M-1,0L0,-1M-1,.5L.5,-1M-1,1L1,-1M-.5,1L1,-.5M0,1L1,0M.5,1L1,.5"


def _years(facts: Facts) -> Mapping[str, tuple[str, int]]:
    return earlier_years("map")(facts) if facts.regions.has_map else {}


@chart_kind(for_each("{}-map", lambda facts: facts.open.ranked_nodes if facts.regions.has_map else ()), _years)
def chart_map(facts: Facts, code: str, year: int | None = None) -> Figure:
    """Tiles of all regions, coloured by the class of their score in a year."""
    year = facts.year(year)
    frame = facts.open.scores(code, year)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": year}
    outside = facts.word("chart.list").join(region.name for region in facts.regions.values() if not region.evaluated)
    return Figure(
        id=chart_id(facts, code, "map", year),
        title=facts.sentence("chart.map.title", **words),
        description=sentences(
            facts,
            facts.sentence("chart.map.description", **words, **extremes(facts, frame["score"])),
            missing_note(facts, frame.index[frame["score"].isna()]),
            facts.sentence("chart.map.hatched", regions=outside) if outside else "",
        ),
        chart=draw_tiles(facts, _tiles(facts, code, year, frame), facts.open.classes(code), facts.word("chart.score")),
        table=ranking_table(facts, code, frame, year),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.score"): SCORE_DECIMALS},
        variants=years_of_chart(facts, code, "map"),
    )


def _tiles(facts: Facts, code: str, year: int, frame: pd.DataFrame) -> list[dict[str, Any]]:
    lines = frame.to_dict("index")
    tiled = [region for region in facts.regions.values() if region.tile]
    return [_tile(facts, code, year, region, lines.get(region.code)) for region in tiled]


def draw_tiles(
    facts: Facts,
    rows: Sequence[dict[str, Any]],
    bounds: Sequence[float],
    title: str,
    field: str = "score",
    text: str = "shown",
) -> Chart:
    """A map of tiles.

    Args:
        facts: The words of the site.
        rows: A tile each: `region, column, row`, the number that colours it, that number as `shown`, `rank`, and its
            `state`: `scored`, `missing`, or `outside` for a region that is not evaluated.
        bounds: From which number on each class but the lowest begins.
        title: Of the number.
        field: Name of the number.
        text: Name of the text below that of the region.
    """
    square = {"axis": None, "scale": alt.Scale(paddingInner=0.06)}
    base = alt.Chart(records(rows)).encode(
        alt.X("column:O", **square),
        alt.Y("row:O", **square),
        tooltip=tips(region=facts.word("chart.region"), shown=title, rank=facts.word("chart.rank")),
    )
    labels = [f"{low} – {high}" for low, high in pairwise(["", *(f"{bound:,.9g}" for bound in bounds), ""])]
    room = columns(labels, beyond=text_width(title, SMALL))
    legend = alt.Legend(title=title, format=",", columns=room, symbolType="square", symbolSize=110)
    scored = (
        base.transform_filter("datum.state === 'scored'")
        .mark_rect(strokeWidth=0.8)
        .encode(
            color=alt.Color(**classes(field, bounds, RAMP), legend=legend),
            stroke=alt.Stroke(**classes(field, bounds, EDGES), legend=None),
        )
    )
    empty = base.transform_filter("datum.state === 'missing'").mark_rect(style="empty")
    # Vega has no patterns: the hatching is a symbol as large as the tile.
    hatched = base.transform_filter("datum.state === 'outside'").mark_point(
        shape=HATCHING, filled=False, stroke=colour("hatch"), size=TILE * TILE * 0.88
    )
    fills = alt.Fill(**classes(field, bounds, ON_RAMP), legend=None)
    names = base.mark_text(dy=-7, limit=alt.expr("bandwidth('x') - 2"))
    numbers = base.mark_text(dy=9, fontSize=11, limit=alt.expr("bandwidth('x')"))
    on_class = [
        names.transform_filter("datum.state === 'scored'").encode(alt.Text("region:N"), fill=fills),
        numbers.transform_filter("datum.state === 'scored'").encode(alt.Text(f"{text}:N"), fill=fills),
    ]
    halo = {"stroke": colour("surface"), "strokeWidth": 4}
    plain = base.transform_filter("datum.state !== 'scored'").encode(alt.Text("region:N"))
    names_off = [plain.mark_text(style="muted", limit=alt.expr("bandwidth('x')"), **more) for more in (halo, {})]
    return alt.layer(scored, empty, hatched, *on_class, *names_off).properties(height=alt.Step(TILE))


def _tile(facts: Facts, code: str, year: int, region: Region, line: dict[str, Any] | None) -> dict[str, Any]:
    column, row = region.tile or (0, 0)
    tile = {"region": region.label, "column": column, "row": row, "rank": MISSING, "score": None}
    if line is None:
        return tile | {"state": "outside", "shown": facts.word("chart.not_evaluated")}
    if is_missing(line["score"]):
        return tile | {"state": "missing", "shown": no_score(facts, code, region.code, year)}
    shown = {"score": shown_score(line["score"]), "shown": show_score(line["score"])}
    return tile | {"state": "scored", "rank": whole_number(line["rank"]), **shown}
