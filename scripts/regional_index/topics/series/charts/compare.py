"""Chart of some regions in every index: a strip each, all regions as dots, the chosen ones with marks of their own."""

from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind
from regional_index.charts.palette import colour
from regional_index.charts.theme import BOLD, IS_HALF, NAME_ROOM, bold_names, by_region, records, tips
from regional_index.facts import Facts
from regional_index.framework import Region, site_name
from regional_index.render import SCORE_DECIMALS, is_missing, show_score
from regional_index.topics.chart_words import (
    credit,
    first_and_last,
    listed,
    sentences,
    shortened_note,
    sources_of,
    whole_number,
)

STRIP = 31
# The parameter of the specification that lists the labels of the chosen regions, and how a mark knows its own.
CHOSEN = "chosen"
ORDER = f"indexof({CHOSEN}, datum.region)"
IS_CHOSEN = f"{ORDER} >= 0"
COLOURS = [colour(token) for token in ("accent", "class3", "ink", "fourth")]
# Room for the names of the leaders, which are a column on the right of the strips.
BRIEF = alt.expr(f"{NAME_ROOM} * 0.6")
SHAPES = ["circle", "square", "triangle-up", "diamond"]


def _subjects(facts: Facts) -> dict[str, tuple[()]]:
    return {"compare": ()} if len(leading_regions(facts)) > 1 else {}


def leading_regions(facts: Facts) -> list[Region]:
    """The two best regions of the first index that has scores: what is compared as long as nothing is chosen."""
    codes = facts.open.ranked_nodes
    return facts.open.leaders(codes[0], 2) if codes else []


@chart_kind(_subjects)
def chart_compare(facts: Facts) -> Figure:
    """Scores of all regions in all indices in the last year; lines lead from the chosen regions to the best."""
    codes = facts.open.ranked_nodes
    order = list(facts.open.scores(codes[0]).index)
    sources = sources_of(facts, facts.framework.indices)
    note = shortened_note(facts, len(order))
    words = {"year": facts.last_year, "index": site_name(facts.node(codes[0]).name)}
    leaders = listed(facts, [region.code for region in leading_regions(facts)])
    return Figure(
        id="compare",
        title=facts.sentence("chart.compare.title", **words),
        description=sentences(facts, facts.sentence("chart.compare.description", **words, regions=leaders), note),
        chart=_draw(facts, first_and_last(order)),
        table=_table(facts, order),
        sources=sources,
        credit=credit(facts, sources, note),
        status=facts.word("chart.status_computed"),
        decimals={site_name(facts.node(code).name): SCORE_DECIMALS for code in codes},
    )


def _table(facts: Facts, order: list[str]) -> pd.DataFrame:
    scores = {site_name(facts.node(c).name): facts.open.scores(c)["score"].loc[order] for c in facts.open.ranked_nodes}
    table = pd.DataFrame(scores).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[code].name for code in order])
    return table


def chosen_parameter(facts: Facts) -> alt.Parameter:
    """The parameter with the leaders, which a page sets to what its reader chooses."""
    return alt.param(name=CHOSEN, value=[region.label for region in leading_regions(facts)])


def by_choice(channel: Any, values: list[str], *, named: bool = False) -> Any:
    """A channel that tells the chosen regions apart.

    Args:
        channel: Of an encoding.
        values: In the order of the choice, which a field `order` has; they begin again where more are chosen.
        named: Whether a legend names the regions.
    """
    legend = alt.Legend(
        title=None,
        columns=alt.expr(f"{IS_HALF} ? 2 : 4"),
        values=alt.expr(f"sequence(length({CHOSEN}))"),
        labelExpr=f"{CHOSEN}[datum.value]",
        labelLimit=alt.expr(f"{NAME_ROOM} * ({IS_HALF} ? 1 : 0.6)"),
    )
    scale = alt.Scale(domain=list(range(2 * len(values))), range=2 * values)
    return channel("order:N", scale=scale, legend=legend if named else None)


def _rows(facts: Facts, shown: list[str]) -> list[dict[str, Any]]:
    """A row for each region in each index; `place` is the score, or its share of the scale where scales differ."""
    rows = []
    for code in facts.open.ranked_nodes:
        start, end = (0.0, 1.0) if _scale(facts) else facts.open.score_scale(code).ends
        frame = facts.open.scores(code)
        rows += [
            {"index": site_name(facts.node(code).name), "region": facts.regions[region].label,
             "place": None if is_missing(score) else (score - start) / (end - start), "shown": show_score(score),
             "rank": whole_number(rank), "faint": region in shown}
            for region, score, rank in zip(frame.index, frame["score"], frame["rank"], strict=True)
        ]  # fmt: skip
    return rows


def _scale(facts: Facts) -> tuple[float, float] | None:
    """The scale that all indices share, if they do."""
    scales = {facts.open.score_scale(code).ends for code in facts.open.ranked_nodes}
    return scales.pop() if len(scales) == 1 else None


def _leaders(facts: Facts, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best place in each index, and who has it."""
    found = []
    for code in facts.open.ranked_nodes:
        name, ranks = site_name(facts.node(code).name), facts.open.scores(code)["rank"]
        best = max(row["place"] for row in rows if row["index"] == name and row["place"] is not None)
        first = [str(region) for region in ranks.index[ranks == 1]]
        tied = facts.sentence("chart.count_short", count=len(first))
        label = facts.regions[first[0]].label if len(first) == 1 else tied
        found.append({"index": name, "best": best, "leader": label})
    return found


def _draw(facts: Facts, shown: list[str]) -> Chart:
    rows, scale = _rows(facts, shown), _scale(facts)
    tops = [site_name(node.name) for node in facts.framework.indices]
    x = {"title": None, "axis": alt.Axis(offset=2) if scale else None}
    x |= {"scale": alt.Scale(domain=list(scale or (0, 1)), nice=False, zero=False)}
    y = by_region("index", labelFontWeight=BOLD)
    titles = {field: facts.word(f"chart.{field}") for field in ("index", "region", "shown", "rank")}
    every = alt.Chart(records(rows)).encode(alt.X("place:Q", **x), y, tooltip=tips(**titles))
    others = every.transform_filter(f"datum.faint && !({IS_CHOSEN})")
    gaps = every.transform_joinaggregate(best="max(place)", groupby=["index"]).transform_filter(IS_CHOSEN)
    chosen = every.transform_filter(IS_CHOSEN).transform_calculate(order=ORDER)
    leaders = alt.Chart(records(_leaders(facts, rows))).encode(y)
    best = alt.X("best:Q", **x)
    return (
        alt.layer(
            leaders.mark_rule(color=colour("grid")).encode(best, x2=alt.value(0)),
            gaps.mark_rule(strokeWidth=1.4).encode(x2="best:Q"),
            others.mark_point(filled=False, size=18, color=colour("other"), opacity=0.6),
            leaders.mark_tick(color=colour("ink"), size=13, thickness=2).encode(best),
            leaders.mark_text(style="small", align="left", x="width", dx=12, limit=BRIEF).encode(alt.Text("leader:N")),
            chosen.mark_point(size=100, stroke=colour("surface")).encode(
                color=by_choice(alt.Color, COLOURS, named=True), shape=by_choice(alt.Shape, SHAPES, named=True)
            ),
        )
        .properties(height=alt.Step(STRIP))
        .add_params(chosen_parameter(facts), bold_names(tops))
    )
