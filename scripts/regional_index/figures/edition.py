"""The published edition: scores that were published, and the intervals that the claims allow the others."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, named_or_counted, sentences, widest
from regional_index.figures.legend import Entry, draw_legend, draw_sign, legend_height
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, Scale, bands, linear
from regional_index.figures.text import SMALL, text_width
from regional_index.figures.ticks import ticks_with_room
from regional_index.framework import site_name
from regional_index.render import SCORE_DECIMALS, show_number, show_printed, show_score

ROW, HEAD, BOTTOM = 16, 24, 18
BETWEEN = 7  # pixels from ranks to names
BOLD = 1.06  # bold digits are a little wider


def chart_edition(facts: Facts, code: str) -> Figure:
    """Every region's score in one index of the edition, or the interval in which it must be."""
    frame = facts.published.ranking(code)
    words = {"index": site_name(facts.node(code).name), "edition": facts.framework.edition_name}
    sources = (facts.edition.source,)
    note = facts.sentence("chart.edition.note") if (frame["status"] != "published").any() else ""
    return Figure(
        id=f"{code}-edition",
        title=facts.sentence("chart.edition.title", **words),
        description=sentences(facts, *_describe(facts, frame, words), note),
        chart=_draw(facts, code, frame),
        table=_table(facts, frame),
        sources=sources,
        credit=credit(facts, sources, note, computed=False),
        decimals=_decimals(facts),
    )


def _describe(facts: Facts, frame: pd.DataFrame, words: dict[str, Any]) -> list[str]:
    """Says how many scores are published, which region leads or may lead, whose score is known least."""
    published = int((frame["status"] == "published").sum())
    counts = {"count": len(frame), "published": published, "not_published": len(frame) - published}
    said = [facts.sentence("chart.edition.description", **words, **counts)]
    first = frame[frame["rank_lower"] == 1]
    named = named_or_counted(facts, [str(code) for code in first.index])
    if len(first) and (first["rank_upper"] == 1).all():
        is_published = (first["status"] == "published").all()
        key = "chart.edition.leader" if is_published else "chart.edition.leader_open"
        said.append(facts.sentence(key, regions=named, score=_shown(facts, first.iloc[0])))
    elif len(first):
        said.append(facts.sentence("chart.edition.contenders", regions=named))
    ends = frame[["lower", "upper"]].astype(float).round(SCORE_DECIMALS)
    widths = (ends["upper"] - ends["lower"]).round(SCORE_DECIMALS)
    if widths.max() > 0:
        codes = [str(code) for code in frame.index[widths == widths.max()]]
        gaps = {"regions": named_or_counted(facts, codes), "width": show_score(widths.max())}
        said.append(facts.sentence("chart.edition.widest", **gaps))
    return said


def _table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    """One row a region, with the scores and ranks that are stated, and the intervals."""
    columns = {
        "chart.rank": frame["rank"].astype("Int64"),
        "chart.region": pd.Series([facts.regions[str(code)].name for code in frame.index], index=frame.index),
        "chart.score": frame["score"],
        "chart.edition.lower": frame["lower"],
        "chart.edition.upper": frame["upper"],
        "chart.edition.best": frame["rank_lower"].astype("Int64"),
        "chart.edition.worst": frame["rank_upper"].astype("Int64"),
        "chart.edition.status": frame["status"].map(lambda name: _status_word(facts, name)),
    }
    return pd.DataFrame({facts.word(key): column for key, column in columns.items()}).reset_index(drop=True)


def _status_word(facts: Facts, status: str) -> str:
    return facts.word("chart.edition.published" if status == "published" else "chart.not_published")


def _decimals(facts: Facts) -> dict[str, int]:
    exact = dict.fromkeys(("chart.score", "chart.edition.lower", "chart.edition.upper"), SCORE_DECIMALS)
    whole = dict.fromkeys(("chart.rank", "chart.edition.best", "chart.edition.worst"), 0)
    return {facts.word(key): decimals for key, decimals in (exact | whole).items()}


def _draw(facts: Facts, code: str, frame: pd.DataFrame) -> Any:
    rows = [_row(facts, str(region), line) for region, line in frame.iterrows()]
    stated, unstated = ([row for row in rows if (row["status"] == "published") is so] for so in (True, False))
    entries = _legend(facts, stated, unstated)
    top = legend_height(entries) + HEAD
    canvas = Canvas(WIDTH, top + ROW * len(rows) + BOTTOM)
    y = At("region", bands([row["region"] for row in rows], top, canvas.height - BOTTOM))
    rank_right = max(widest(row["places"] for row in rows), _head_width(facts, "rank"))
    left = rank_right + BETWEEN + widest(row["region"] for row in rows) + 9
    numbers = max(
        BOLD * widest(row["shown"] for row in stated), widest((row["shown"] for row in unstated), SMALL),
        _head_width(facts, "score"),
    )  # fmt: skip
    low = min([0.0, *(row["lower"] for row in rows)])
    scale = linear(low, max([0.0, *(row["upper"] for row in rows)]), left, WIDTH - numbers - 11)
    draw_legend(canvas, entries)
    _draw_frame(facts, canvas, scale, top, rank_right)
    _draw_mean(facts, canvas, code, scale, top)
    canvas.add("text", rows, text="places", x=rank_right, y=y, align="right")
    canvas.add("text", rows, text="region", x=rank_right + BETWEEN, y=y, align="left")
    canvas.add("text", stated, text="shown", x=WIDTH, y=y, align="right", fontWeight="bold")
    canvas.add("text", unstated, text="shown", x=WIDTH, y=y, align="right", fill="muted", fontSize=SMALL)
    tips = {"region": "region", "places": "rank", "shown": "score", "state": "edition.status"}
    tips = {field: facts.word(f"chart.{key}") for field, key in tips.items()}
    draw_sign(canvas, "interval", unstated, x=At("lower", scale), x2=At("upper", scale), y=y, tips=tips)
    draw_sign(canvas, "published", stated, x=At("lower", scale), y=y, tips=tips)
    return canvas.chart()


def _row(facts: Facts, code: str, line: pd.Series) -> dict[str, Any]:
    """Everything that the line of one region shows, as plain text and numbers."""
    return {
        "region": facts.regions[code].label,
        "status": line["status"],
        "state": _status_word(facts, line["status"]),
        "places": _show_ends(facts, (show_number(line[end], 0) for end in ("rank_lower", "rank_upper"))),
        "shown": _shown(facts, line),
        "lower": float(line["lower"]),
        "upper": float(line["upper"]),
    }


def _shown(facts: Facts, line: pd.Series) -> str:
    """A score as printed, or the ends of its interval."""
    if line["status"] == "published":
        return show_number(line["score"], int(line["decimals"]))
    return _show_ends(facts, (show_score(line[end]) for end in ("lower", "upper")))


def _show_ends(facts: Facts, ends: Iterable[str]) -> str:
    """The ends of an interval as far as they differ."""
    return facts.word("list.to").join(dict.fromkeys(ends))


def _head_width(facts: Facts, key: str) -> float:
    return text_width(facts.word(f"chart.{key}"), SMALL)


def _legend(facts: Facts, stated: Sequence[dict[str, Any]], unstated: Sequence[dict[str, Any]]) -> list[Entry]:
    """The signs that occur."""
    signs = {"published": stated, "interval": unstated}
    return [Entry(sign, facts.word(f"chart.edition.{sign}")) for sign, rows in signs.items() if rows]


def _draw_frame(facts: Facts, canvas: Canvas, scale: Scale, top: float, rank_right: float) -> None:
    """Grid with its numbers, and the titles of the columns on both sides."""
    small: dict[str, Any] = {"fill": "muted", "fontSize": SMALL, "y": top - 11}
    canvas.add("text", text=facts.word("chart.rank"), x=rank_right, align="right", **small)
    canvas.add("text", text=facts.word("chart.score"), x=WIDTH, align="right", **small)
    ticks = ticks_with_room(scale, WIDTH - _head_width(facts, "score") - 6)
    grid = {"y": top - 3, "y2": canvas.height - BOTTOM, "stroke": "grid", "strokeWidth": 0.7}
    canvas.add("rule", ticks, x=At("tick", scale), **grid)
    canvas.add("text", ticks, text="shown", x=At("tick", scale), **small)


def _draw_mean(facts: Facts, canvas: Canvas, code: str, scale: Scale, top: float) -> None:
    """A line at the mean, if a claim states it and no decision sets the claim aside."""
    claims = [claim for claim in facts.edition.claims_about(index=code) if claim.kind == "mean"]
    claims = [claim for claim in claims if claim.id not in facts.edition.set_aside]
    if not claims:
        return
    x, floor = scale.pixel(float(claims[0].value)), canvas.height - BOTTOM
    canvas.add("rule", x=x, x2=x, y=top - 3, y2=floor + 4, stroke="muted", strokeWidth=1, strokeDash=[4, 3])
    text = facts.sentence("chart.mean_short", score=show_printed(claims[0].value))
    half = text_width(text, SMALL) / 2
    middle = min(max(x, half), WIDTH - half)
    canvas.add("text", text=text, x=middle, y=canvas.height - 7, fill="muted", fontSize=SMALL)
