"""All regions in the order of one index: a bar each, the score at its end."""

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
    whole_number,
    widest,
)
from regional_index.figures.model import Figure
from regional_index.figures.palette import colour
from regional_index.figures.scale import At, bands, linear
from regional_index.framework import site_name
from regional_index.markup import MISSING, SCORE_DECIMALS, is_missing, show_score

ROW = 16


def chart_ranking(facts: Facts, code: str) -> Figure:
    """Bars of an index in its last year, best first; regions without a score stand last and are outlined."""
    frame = facts.scores(code)
    lacking = facts.partly_scored(code)
    partial = [region for region in frame.index if region in lacking]
    missing = frame.index[frame["score"].isna()]
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    description = facts.sentence("chart.ranking.description", **words, **extremes(facts, frame["score"]))
    notes = partial_note(facts, partial), missing_note(facts, missing)
    return Figure(
        id=f"{code}-ranking",
        title=facts.sentence("chart.ranking.title", **words),
        description=sentences(facts, description, *notes),
        chart=_draw(facts, frame, partial),
        table=ranking_table(facts, frame),
        sources=sources,
        credit=credit(facts, sources, *notes),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.score"): SCORE_DECIMALS},
    )


def ranking_table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    """Rank, region and score as they stand in the chart."""
    return pd.DataFrame(
        {
            facts.word("chart.rank"): frame["rank"].astype("Int64").array,
            facts.word("chart.region"): [facts.regions[region].name for region in frame.index],
            facts.word("chart.score"): frame["score"].to_numpy(),
        }
    )


def _draw(facts: Facts, frame: pd.DataFrame, partial: list[str]) -> Any:
    rows = [_row(facts, region, line, partial) for region, line in frame.to_dict("index").items()]
    scored, missing = (
        [row for row in rows if row["score"] is not None],
        [r for r in rows if r["score"] is None],
    )
    left = 22 + widest(row["region"] for row in rows) + 7
    right = WIDTH - 6 - widest(row["shown"] for row in scored)
    canvas = Canvas(WIDTH, ROW * len(rows))
    y = At("region", bands([row["region"] for row in rows], 0, canvas.height, 0.36))
    x = At("score", linear(0, max(row["score"] for row in scored), left, right))
    canvas.add("text", rows, text="rank", x=16, y=y, align="right", fill="muted")
    canvas.add("text", rows, text="region", x=22, y=y, align="left")
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "shown", "rank")}
    canvas.add("bar", scored, x=x, y=y, fill="@fill", stroke="@edge", strokeWidth=0.8, tips=tips)
    canvas.add("text", scored, text="shown", x=x, y=y, align="left", dx=5)
    canvas.add("text", missing, text="shown", x=left, y=y, align="left", fill="muted")
    return canvas.chart()


def _row(facts: Facts, code: str, line: dict, partial: list[str]) -> dict:
    region = facts.regions[code].name
    if is_missing(line["score"]):
        return {"region": region, "score": None, "rank": MISSING, "shown": facts.word("chart.not_published")}
    paint = class_paint(facts, line["score"])
    return {
        "region": region,
        "score": line["score"],
        "rank": whole_number(line["rank"]),
        "shown": show_score(line["score"]) + (PARTIAL if code in partial else ""),
        "fill": colour(paint["fill"]),
        "edge": colour(paint["edge"]),
    }
