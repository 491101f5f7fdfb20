"""The completed table of the published edition: what was published, what is estimated, what the claims allow."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, named_or_counted, sentences, whole_number, widest
from regional_index.figures.legend import Entry, draw_legend, draw_sign, legend_height
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, Scale, bands, linear
from regional_index.figures.text import SMALL, text_width
from regional_index.figures.ticks import ticks_with_room
from regional_index.framework import site_name
from regional_index.markup import (
    SCORE_DECIMALS,
    is_missing,
    show_estimate,
    show_number,
    show_printed,
    show_score,
)

ROW, HEAD, BOTTOM = 16, 24, 18
RANK_RIGHT, NAME_LEFT = 16, 22
BOLD = 1.06  # bold digits are a little wider


def chart_edition(facts: Facts, code: str) -> Figure:
    """Every region's score in one index of the edition, published or estimated, and the interval it must lie in."""
    frame = _in_order(facts.edition_scores(code))
    words = {"index": site_name(facts.node(code).name), "edition": facts.edition.edition}
    sources = (facts.edition.source,)
    note = facts.sentence("chart.edition.note") if _has(frame, "estimated") else ""
    return Figure(
        id=f"{code}-edition",
        title=facts.sentence("chart.edition.title", **words),
        description=sentences(facts, *_describe(facts, frame, words), note),
        chart=_draw(facts, code, frame),
        table=_table(facts, frame),
        estimates=(facts.word("chart.edition.estimate"),),
        sources=sources,
        credit=credit(facts, sources, note, computed=False),
        decimals=_decimals(facts),
    )


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Best first as given; regions without a score last, by the best place they can have."""
    scored = frame["score"].notna()
    return pd.concat([frame[scored], frame[~scored].sort_values("rank_lower", kind="stable", na_position="last")])


def _has(frame: pd.DataFrame, status: str) -> bool:
    return bool((frame["status"] == status).any())


def _describe(facts: Facts, frame: pd.DataFrame, words: dict[str, Any]) -> list[str]:
    """How many scores are published and estimated, who leads or may lead, whose score is known least."""
    counts = {status: int((frame["status"] == status).sum()) for status in ("published", "estimated")}
    said = [facts.sentence("chart.edition.description", **words, **counts, count=len(frame))]
    first = frame[(frame["rank_lower"] == 1).fillna(value=False)]
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
    """One row a region; published scores and estimates in columns of their own, for they are not equally exact."""
    published = frame["status"] == "published"
    columns = {
        "chart.rank": frame["rank"].where(frame["rank_lower"] == frame["rank_upper"]),
        "chart.region": pd.Series([facts.regions[str(code)].name for code in frame.index], index=frame.index),
        "chart.score": frame["score"].where(published),
        "chart.edition.estimate": frame["score"].where(~published),
        "chart.edition.lower": frame["lower"],
        "chart.edition.upper": frame["upper"],
        "chart.edition.best": frame["rank_lower"],
        "chart.edition.worst": frame["rank_upper"],
        "chart.edition.status": frame["status"].map(lambda name: _status_word(facts, name)),
    }
    return pd.DataFrame({facts.word(key): column for key, column in columns.items()}).reset_index(drop=True)


def _status_word(facts: Facts, status: str) -> str:
    words = {"published": "chart.edition.published", "estimated": "chart.edition.estimated"}
    return facts.word(words.get(status, "chart.not_published"))


def _decimals(facts: Facts) -> dict[str, int]:
    exact = dict.fromkeys(("chart.score", "chart.edition.lower", "chart.edition.upper"), SCORE_DECIMALS)
    whole = dict.fromkeys(("chart.rank", "chart.edition.best", "chart.edition.worst"), 0)
    found = exact | whole | {"chart.edition.estimate": SCORE_DECIMALS}
    return {facts.word(key): decimals for key, decimals in found.items()}


def _draw(facts: Facts, code: str, frame: pd.DataFrame) -> Any:
    rows = [_row(facts, str(region), line) for region, line in frame.iterrows()]
    entries = _legend(facts, rows)
    top = legend_height(entries) + HEAD
    canvas = Canvas(WIDTH, top + ROW * len(rows) + BOTTOM)
    y = At("region", bands([row["region"] for row in rows], top, canvas.height - BOTTOM))
    left = NAME_LEFT + widest(row["region"] for row in rows) + 9
    score_right = WIDTH - max(widest((row["places"] for row in rows), SMALL), _head_width(facts, "edition.places")) - 8
    numbers = max(BOLD * widest(row["shown"] for row in rows), _head_width(facts, "score"))
    low, high = _ends(rows)
    scale = linear(low, high, left, score_right - numbers - 11)
    draw_legend(canvas, entries)
    _draw_frame(facts, canvas, scale, top, score_right)
    _draw_mean(facts, canvas, code, scale, top)
    _draw_names(canvas, rows, y)
    _draw_scores(canvas, rows, score_right, y)
    _draw_marks(facts, canvas, rows, scale, y)
    return canvas.chart()


def _row(facts: Facts, code: str, line: pd.Series) -> dict[str, Any]:
    """Everything that the line of one region shows, as plain text and numbers."""
    best, worst = line["rank_lower"], line["rank_upper"]
    is_open = not is_missing(best) and best != worst
    numbers = {name: None if is_missing(line[name]) else float(line[name]) for name in ("score", "lower", "upper")}
    return {
        "region": facts.regions[code].name,
        "status": line["status"],
        "state": _status_word(facts, line["status"]),
        "rank": whole_number(line["rank"]),
        "rank_guessed": is_open and not is_missing(line["rank"]),
        "places": f"{best}–{worst}" if is_open else "",
        "shown": _shown(facts, line),
        "span": f"{show_score(line['lower'])}–{show_score(line['upper'])}",
        **numbers,
    }


def _shown(facts: Facts, line: pd.Series) -> str:
    """A score as printed, or about how high it is."""
    if is_missing(line["score"]):
        return facts.word("chart.not_published")
    if line["status"] == "published":
        return show_number(line["score"], int(line["decimals"]))
    return facts.sentence("chart.edition.about", score=show_estimate(line["score"], line["lower"], line["upper"]))


def _ends(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """From 0, or the least score where some are below, to the greatest score that is possible."""
    known = [row[name] for row in rows for name in ("lower", "score", "upper") if row[name] is not None]
    return min([0.0, *known]), max([*known, 0.0])


def _head_width(facts: Facts, key: str) -> float:
    return text_width(facts.word(f"chart.{key}"), SMALL)


def _legend(facts: Facts, rows: Sequence[dict[str, Any]]) -> list[Entry]:
    """The signs that occur."""
    entries = [
        Entry(status, facts.word(f"chart.edition.{status}"), estimate=status == "estimated")
        for status in ("published", "estimated")
        if any(row["status"] == status for row in rows)
    ]
    return entries + ([Entry("interval", facts.word("chart.edition.interval"))] if _wide(rows) else [])


def _wide(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows whose score is not known exactly."""
    return [row for row in rows if row["lower"] is not None and row["upper"] > row["lower"]]


def _draw_frame(facts: Facts, canvas: Canvas, scale: Scale, top: float, score_right: float) -> None:
    """Grid with its numbers, and what stands in the columns on the right."""
    small: dict[str, Any] = {"fill": "muted", "fontSize": SMALL, "y": top - 11}
    canvas.add("text", text=facts.word("chart.score"), x=score_right, align="right", **small)
    canvas.add("text", text=facts.word("chart.edition.places"), x=WIDTH, align="right", **small)
    ticks = ticks_with_room(scale, score_right - _head_width(facts, "score") - 6)
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


def _draw_names(canvas: Canvas, rows: list[dict[str, Any]], y: At) -> None:
    """Rank and name; a rank that the claims leave open is an estimate."""
    for guessed, token in ((False, "ink"), (True, "muted")):
        chosen = [row for row in rows if row["rank_guessed"] is guessed]
        canvas.add("text", chosen, text="rank", x=RANK_RIGHT, y=y, align="right", fill=token, estimate=guessed)
    canvas.add("text", rows, text="region", x=NAME_LEFT, y=y, align="left")


def _draw_scores(canvas: Canvas, rows: list[dict[str, Any]], score_right: float, y: At) -> None:
    looks: dict[str, dict[str, Any]] = {
        "published": {"fontWeight": "bold"},
        "estimated": {"fill": "muted", "estimate": True},
        "not_published": {"fill": "muted"},
    }
    for status, look in looks.items():
        chosen = [row for row in rows if row["status"] == status]
        canvas.add("text", chosen, text="shown", x=score_right, y=y, align="right", **look)
    open_rows = [row for row in rows if row["places"]]
    canvas.add("text", open_rows, text="places", x=WIDTH, y=y, align="right", fill="muted", fontSize=SMALL)


def _draw_marks(facts: Facts, canvas: Canvas, rows: list[dict[str, Any]], scale: Scale, y: At) -> None:
    keys = {
        "region": "region",
        "rank": "rank",
        "shown": "score",
        "span": "edition.interval",
        "places": "edition.places",
        "state": "edition.status",
    }
    tips = {field: facts.word(f"chart.{key}") for field, key in keys.items()}
    draw_sign(canvas, "interval", _wide(rows), x=At("lower", scale), x2=At("upper", scale), y=y, tips=tips)
    for status in ("published", "estimated"):
        chosen = [row for row in rows if row["status"] == status]
        draw_sign(canvas, status, chosen, x=At("score", scale), y=y, tips=tips, estimate=status == "estimated")
