"""All regions in the order of one index: a bar each, the score at its end."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import (
    PARTIAL,
    class_paint,
    credit,
    extremes,
    missing_note,
    partial_note,
    sentences,
    variant_id,
    variants_of,
    whole_number,
    widest,
)
from regional_index.figures.model import Figure
from regional_index.figures.palette import colour
from regional_index.figures.scale import At, bands, linear
from regional_index.framework import site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_score

ROW = 16


def chart_ranking(facts: Facts, code: str, year: int | None = None) -> Figure:
    """Bars of an index in a year, best first; regions without a score are last and outlined."""
    year = facts.year(year)
    frame = facts.open.scores(code, year)
    lacking = facts.open.partly_scored(code, year)
    partial = [region for region in frame.index if region in lacking]
    missing = frame.index[frame["score"].isna()]
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": year}
    description = facts.sentence("chart.ranking.description", **words, **extremes(facts, frame["score"]))
    notes = partial_note(facts, partial), missing_note(facts, missing)
    ranges = facts.word("chart.ranking.ranges") if facts.soundness.is_declared else ""
    return Figure(
        id=variant_id(facts, f"{code}-ranking", year),
        title=facts.sentence("chart.ranking.title", **words),
        description=sentences(facts, description, ranges, *notes),
        chart=_draw(facts, code, year, frame, partial),
        table=ranking_table(facts, code, frame, year),
        sources=sources,
        credit=credit(facts, sources, *notes),
        status=facts.word("chart.status_computed"),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.score"): SCORE_DECIMALS},
        variants=variants_of(facts, code, "ranking"),
    )


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


def _draw(facts: Facts, index: str, year: int, frame: pd.DataFrame, partial: list[str]) -> Any:
    bounds = facts.open.score_scale(index).bounds
    rows: list[dict[str, Any]] = [
        _row(facts, bounds, region, line, partial) | {"span": _span(facts, index, region, year)}
        for region, line in frame.to_dict("index").items()
    ]
    scored, missing = (
        [row for row in rows if row["score"] is not None],
        [r for r in rows if r["score"] is None],
    )
    low, high = min(0.0, *(row["score"] for row in scored)), max(0.0, *(row["score"] for row in scored))
    below = [row for row in scored if row["score"] < 0]
    above = [row for row in scored if row["score"] >= 0] if below else scored
    left = 22 + widest(row["region"] for row in rows) + 7
    start = left + (widest(row["shown"] for row in below) + 6 if below else 0)
    spans = widest(row["span"] for row in rows)
    right = WIDTH - 6 - widest(row["shown"] for row in above) - (spans + 10 if spans else 0)
    canvas = Canvas(WIDTH, ROW * len(rows))
    y = At("region", bands([row["region"] for row in rows], 0, canvas.height, 0.36))
    x = At("score", linear(low, high if high > low else 1, start, right))
    canvas.add("text", rows, text="rank", x=16, y=y, align="right", fill="muted")
    canvas.add("text", rows, text="region", x=22, y=y, align="left")
    if spans:
        canvas.add("text", rows, text="span", x=WIDTH, y=y, align="right", fill="muted")
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "shown", "rank")}
    canvas.add("bar", scored, x=x, y=y, fill="@fill", stroke="@edge", strokeWidth=0.8, tips=tips)
    canvas.add("text", above, text="shown", x=x, y=y, align="left", dx=5)
    if below:
        canvas.add("text", below, text="shown", x=x, y=y, align="right", dx=-5)
        canvas.add("rule", x=x.scale.pixel(0), x2=x.scale.pixel(0), y=0, y2=canvas.height, stroke="other")
    canvas.add("text", missing, text="shown", x=left, y=y, align="left", fill="muted")
    return canvas.chart()


def _span(facts: Facts, index: str, region: str, year: int) -> str:
    ends = facts.soundness.rank_range(index, region, year)
    return "" if ends is None else facts.sentence("rank.span", lower=ends[0], upper=ends[1])


def _row(facts: Facts, bounds: Sequence[float], code: str, line: dict, partial: list[str]) -> dict:
    region = facts.regions[code].label
    if is_missing(line["score"]):
        return {"region": region, "score": None, "rank": MISSING, "shown": facts.word("chart.not_published")}
    paint = class_paint(bounds, line["score"])
    return {
        "region": region,
        "score": line["score"],
        "rank": whole_number(line["rank"]),
        "shown": show_score(line["score"]) + (PARTIAL if code in partial else ""),
        "fill": colour(paint["fill"]),
        "edge": colour(paint["edge"]),
    }
