"""All regions and all indices at once: a cell each, coloured by class, with the score in short."""

from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind
from regional_index.charts.palette import CLASSES
from regional_index.charts.theme import BOLD, EDGES, ON_RAMP, RAMP, bold_names, over_columns, records, tips
from regional_index.facts import Facts
from regional_index.framework import Node, site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_fixed, show_score
from regional_index.topics.chart_words import (
    credit,
    extremes,
    first_and_last,
    score_class,
    sentences,
    shortened_note,
    sources_of,
)

ROW = 17
# On a scale shorter than this scores need one decimal to differ, or two.
WIDE, NARROW = 10, 1


def _subjects(facts: Facts) -> dict[str, tuple[()]]:
    return {"heat-map": ()} if facts.framework.indices[0].code in facts.open.ranked_nodes else {}


@chart_kind(_subjects)
def chart_heat_map(facts: Facts) -> Figure:
    """Regions in the order of the first index, all indices of the tree; what is not computed stays outlined."""
    first = facts.framework.indices[0].code
    order = facts.open.scores(first)["score"]
    codes = list(facts.framework.nodes)
    scores = pd.DataFrame({code: _scores(facts, code).reindex(order.index) for code in codes})
    empty = [site_name(facts.node(code).name) for code in codes if code not in facts.open.computed_nodes]
    names = facts.word("chart.list").join(empty)
    notes = (facts.sentence("chart.heat_map.empty", names=names) if names else "", shortened_note(facts, len(order)))
    sources = sources_of(facts, facts.framework.indices)
    words = {"year": facts.last_year, "index": site_name(facts.node(first).name)}
    words["indices"] = len(facts.open.computed_nodes)
    description = facts.sentence("chart.heat_map.description", **words, **extremes(facts, order))
    return Figure(
        id="heat-map",
        title=facts.sentence("chart.heat_map.title", **words),
        description=sentences(facts, description, *notes),
        chart=_draw(facts, scores),
        table=_table(facts, scores),
        sources=sources,
        credit=credit(facts, sources, *notes),
        status=facts.word("chart.status_computed"),
        decimals={site_name(facts.node(code).name): SCORE_DECIMALS for code in codes},
    )


def _scores(facts: Facts, code: str) -> pd.Series:
    if code in facts.open.computed_nodes:
        return facts.open.scores(code)["score"]
    return pd.Series(float("nan"), index=list(facts.regions.evaluated))


def _table(facts: Facts, scores: pd.DataFrame) -> pd.DataFrame:
    table = scores.rename(columns={code: site_name(facts.node(code).name) for code in scores}).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in scores.index])
    return table


def _draw(facts: Facts, scores: pd.DataFrame) -> Chart:
    shorts = [facts.node(str(code)).short for code in scores]
    tops = [node.short for node in facts.framework.indices]
    decimals = {str(code): _decimals(facts, str(code), scores[code].dropna()) for code in scores}
    rows = [
        _cell(facts, str(region), facts.node(str(code)), scores.loc[region, code], decimals[str(code)])
        for region in first_and_last(list(scores.index))
        for code in scores
    ]
    base = alt.Chart(records(rows)).encode(
        alt.X(
            "index:N",
            sort=None,
            title=None,
            scale=alt.Scale(domain=shorts, paddingInner=0.05),
            axis=alt.Axis(**over_columns(shorts, {row["region"] for row in rows}), labelFontWeight=BOLD),
        ),
        alt.Y("region:N", sort=None, title=None, scale=alt.Scale(paddingInner=0.1)),
        tooltip=tips(
            region=facts.word("chart.region"), index=facts.word("chart.index"), exact=facts.word("chart.exact")
        ),
    )
    scored, domain = base.transform_filter("isValid(datum.class)"), list(range(CLASSES))
    cells = scored.mark_rect(strokeWidth=0.6).encode(
        color=alt.Color("class:O", legend=None, scale=alt.Scale(domain=domain, range=RAMP)),
        stroke=alt.Stroke("class:O", legend=None, scale=alt.Scale(domain=domain, range=EDGES)),
    )
    numbers = scored.mark_text(fontSize=11, limit=alt.expr("bandwidth('x')")).encode(
        alt.Text("shown:N"), fill=alt.Fill("class:O", legend=None, scale=alt.Scale(domain=domain, range=ON_RAMP))
    )
    empty = base.transform_filter("!isValid(datum.class)")
    dashes = empty.mark_text(style="small").encode(alt.Text("shown:N"))
    return (
        alt.layer(cells, empty.mark_rect(style="empty"), dashes, numbers)
        .properties(height=alt.Step(ROW))
        .add_params(bold_names(tops))
    )


def _decimals(facts: Facts, code: str, scores: pd.Series) -> int:
    """As many as tell scores apart on their scale; none for whole numbers."""
    low, high = facts.open.score_scale(code).ends
    return 0 if (scores == scores.round()).all() else sum(high - low < step for step in (WIDE, NARROW))


def _cell(facts: Facts, region: str, node: Node, score: float, decimals: int) -> dict[str, Any]:
    place = {"region": facts.regions[region].label, "index": node.short, "exact": show_score(score), "class": None}
    if is_missing(score):
        return place | {"shown": MISSING if node.code in facts.open.computed_nodes else ""}
    bounds = facts.open.score_scale(node.code).bounds
    return place | {"shown": show_fixed(score, decimals), "class": score_class(bounds, score)}
