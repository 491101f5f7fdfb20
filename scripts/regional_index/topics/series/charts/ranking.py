"""All regions in the order of one index: a bar each, the score at its end, the range of its rank in a column."""

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.theme import EDGES, RAMP, ROW, by_region, classes, records, tips
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_score
from regional_index.topics.chart_words import (
    PARTIAL,
    credit,
    extremes,
    first_and_last,
    has_edition,
    listed,
    missing_note,
    no_score,
    sentences,
    shortened_note,
    shown_score,
    whole_number,
)


def earlier_years(kind: str) -> Callable[[Facts], Mapping[str, tuple[str, int]]]:
    """The charts of a kind in years before the last one, by id."""
    return lambda facts: {
        chart_id(facts, code, kind, year): (code, year)
        for code in facts.open.ranked_nodes
        for year in facts.open.scored_years(code)
        if year != facts.last_year
    }


def chart_id(facts: Facts, code: str, kind: str, year: int) -> str:
    """The id of a chart in a year: that of the chart in the last one is without it."""
    return f"{code}-{kind}" if year == facts.last_year else f"{code}-{kind}-{year}"


def years_of_chart(facts: Facts, code: str, kind: str) -> Mapping[str, str]:
    """Labels by id: the years of the open series, the last first, and the edition where there is a chart of it."""
    found = {
        chart_id(facts, code, kind, year): facts.sentence("chart.variant_open", year=year)
        for year in reversed(facts.open.scored_years(code))
    }
    if kind == "ranking" and has_edition(facts, code):
        found[f"{code}-edition"] = facts.framework.edition_name
    return found if len(found) > 1 else {}


def ranking_table(facts: Facts, index: str, frame: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
    """Rank with its range, region and score, in the order of the chart."""
    table = pd.DataFrame(
        {
            facts.word("chart.rank"): frame["rank"].astype("Int64").array,
            facts.word("chart.region"): [facts.regions[region].name for region in frame.index],
            facts.word("chart.score"): frame["score"].to_numpy(),
        }
    )
    if facts.soundness.is_declared:
        ends = [facts.soundness.rank_range(index, str(region), year) or (pd.NA, pd.NA) for region in frame.index]
        for name, column in zip(("lower", "upper"), zip(*ends, strict=True), strict=True):
            table[facts.word(f"chart.ranges.{name}")] = pd.array(column, dtype="Int64")
    return table


@chart_kind(for_each("{}-ranking", lambda facts: facts.open.ranked_nodes), earlier_years("ranking"))
def chart_ranking(facts: Facts, code: str, year: int | None = None) -> Figure:
    """Bars of an index in a year, best first; regions without a score are last."""
    year = facts.year(year)
    frame = facts.open.scores(code, year)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": year}
    partial = listed(facts, [region for region in frame.index if region in facts.open.partly_scored(code, year)])
    notes = (
        facts.sentence("chart.partial_note", mark=PARTIAL, regions=partial) if partial else "",
        missing_note(facts, frame.index[frame["score"].isna()]),
        shortened_note(facts, len(frame)),
    )
    description = facts.sentence("chart.ranking.description", **words, **extremes(facts, frame["score"]))
    ranges = facts.word("chart.ranking.ranges") if facts.soundness.is_declared else ""
    return Figure(
        id=chart_id(facts, code, "ranking", year),
        title=facts.sentence("chart.ranking.title", **words),
        description=sentences(facts, description, ranges, *notes),
        chart=_draw(facts, code, year, frame),
        table=ranking_table(facts, code, frame, year),
        sources=sources,
        credit=credit(facts, sources, *notes),
        status=facts.word("chart.status_computed"),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.score"): SCORE_DECIMALS},
        variants=years_of_chart(facts, code, "ranking"),
    )


def _draw(facts: Facts, code: str, year: int, frame: pd.DataFrame) -> Chart:
    bounds = facts.open.classes(code)
    rows = [_row(facts, code, year, str(region), line) for region, line in frame.to_dict("index").items()]
    base = alt.Chart(records(first_and_last(rows))).encode(
        by_region(),
        tooltip=tips(region=facts.word("chart.region"), shown=facts.word("chart.shown"), rank=facts.word("chart.rank")),
    )
    # Ranks are in a column of their own, between the names and the bars.
    score = alt.X("score:Q", axis=None, scale=alt.Scale(range=[26, alt.expr("width")]))
    bars = base.mark_bar(strokeWidth=0.8).encode(
        score,
        fill=alt.Fill(**classes("score", bounds, RAMP), legend=None),
        stroke=alt.Stroke(**classes("score", bounds, EDGES), legend=None),
    )
    ends = base.mark_text(
        align=alt.expr("datum.score < 0 ? 'right' : 'left'"), dx=alt.expr("datum.score < 0 ? -5 : 5")
    ).encode(score, alt.Text("shown:N"))
    missing = base.mark_text(align="left", style="muted", x=30).encode(alt.Text("shown:N"))
    ranks = base.mark_text(align="right", style="muted", x=18).encode(alt.Text("rank:N"))
    spans = base.mark_text(align="right", style="muted", x="width", dx=92).encode(alt.Text("span:N"))
    layers = [ranks, bars, ends, missing.transform_filter("!isValid(datum.score)")]
    if any(row["span"] for row in rows):
        layers.append(spans)
    return alt.layer(*layers).properties(height=alt.Step(ROW))


def _row(facts: Facts, code: str, year: int, region: str, line: dict[str, Any]) -> dict[str, Any]:
    row = {"region": facts.regions[region].label, "score": None, "rank": MISSING, "span": ""}
    if is_missing(line["score"]):
        return row | {"shown": no_score(facts, code, region, year)}
    ends = facts.soundness.rank_range(code, region, year)
    return row | {
        "score": shown_score(line["score"]),
        "rank": whole_number(line["rank"]),
        "span": facts.sentence("rank.span", lower=ends[0], upper=ends[1]) if ends else "",
        "shown": show_score(line["score"]) + (PARTIAL if region in facts.open.partly_scored(code, year) else ""),
    }
