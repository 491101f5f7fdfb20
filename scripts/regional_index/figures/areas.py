"""Chart of groups of regions: a strip for each group, with its mean and its best region."""

from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, widest
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, bands, linear
from regional_index.figures.text import SIZE, SMALL, text_width
from regional_index.figures.ticks import ticks_with_room
from regional_index.framework import site_name
from regional_index.render import SCORE_DECIMALS, show_score

ROW, TOP, BOTTOM = 58, 2, 20


def chart_areas(facts: Facts, code: str) -> Figure:
    """Scores by group of the first grouping: a tick for every region, a thick one for the mean."""
    group = facts.framework.groups[0]
    scores = _grouped_scores(facts, code)
    table = _table(facts, scores)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year, "group": site_name(group.name)}
    means = table.set_index(site_name(group.name))[facts.word("chart.mean")].sort_values(ascending=False, kind="stable")
    description = facts.sentence("chart.areas.description",
        **words, leader=means.index[0], leader_mean=show_score(means.iloc[0]),
        last=means.index[-1], last_mean=show_score(means.iloc[-1]), best=facts.open.leaders(code, 1)[0].name,
    )  # fmt: skip
    return Figure(
        id=f"{code}-areas",
        title=facts.sentence("chart.areas.title", **words),
        description=description,
        chart=_draw(facts, code, scores),
        table=table,
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={facts.word(f"chart.{key}"): SCORE_DECIMALS for key in ("mean", "least", "greatest")}
        | {facts.word("chart.count"): 0},
    )


def _grouped_scores(facts: Facts, code: str) -> dict[str, pd.Series]:
    """Scores by group, best first; groups without any score are left out."""
    group = facts.framework.groups[0]
    membership = facts.membership(group.code)
    scores = facts.open.scores(code)["score"].dropna()
    found = {
        name: scores[[region for region in scores.index if membership.get(region) == name]] for name in group.order
    }
    return {name: chosen for name, chosen in found.items() if len(chosen)}


def _table(facts: Facts, scores: dict[str, pd.Series]) -> pd.DataFrame:
    columns = {
        site_name(facts.framework.groups[0].name): list(scores),
        facts.word("chart.count"): [len(chosen) for chosen in scores.values()],
        facts.word("chart.mean"): [chosen.mean() for chosen in scores.values()],
        facts.word("chart.greatest"): [chosen.max() for chosen in scores.values()],
        facts.word("chart.best"): [facts.regions[str(chosen.index[0])].name for chosen in scores.values()],
        facts.word("chart.least"): [chosen.min() for chosen in scores.values()],
    }
    return pd.DataFrame(columns)


def _draw(facts: Facts, code: str, scores: dict[str, pd.Series]) -> Any:
    groups = [{"group": name, "note": _count(facts, chosen)} for name, chosen in scores.items()]
    left = max(widest(scores), widest((row["note"] for row in groups), SMALL)) + 10
    canvas = Canvas(WIDTH, TOP + ROW * len(scores) + BOTTOM)
    y = At("group", bands(list(scores), TOP, canvas.height - BOTTOM, 0))
    x = At("score", linear(*facts.open.score_scale(code).ends, left, WIDTH - 10))
    _draw_axis(canvas, x)
    canvas.add("rule", groups, x=left, x2=WIDTH - 10, y=y, stroke="grid")
    canvas.add("text", groups, text="group", x=0, y=y, align="left", dy=-7)
    canvas.add("text", groups, text="note", x=0, y=y, align="left", dy=8, fill="muted", fontSize=SMALL)
    dots = [
        {"group": name, "score": score, "shown": show_score(score), "region": facts.regions[str(code)].label}
        for name, chosen in scores.items()
        for code, score in chosen.items()
    ]
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "shown")}
    canvas.add("tick", dots, x=x, y=y, size=12, thickness=1.4, fill="other", tips=tips)
    means = [{"group": name, "score": chosen.mean(), "text": _mean(facts, chosen)} for name, chosen in scores.items()]
    canvas.add("tick", means, x=x, y=y, size=22, thickness=3.5, fill="ink")
    _draw_labels(canvas, means, x, y, left, dy=-19, style={"fontWeight": "bold"})
    best = [next(dot for dot in dots if dot["group"] == name) for name in scores]
    canvas.add("tick", best, x=x, y=y, size=14, thickness=2, fill="class3")
    labels = [{**dot, "text": f"{dot['region']} {dot['shown']}"} for dot in best]
    _draw_labels(canvas, labels, x, y, left, dy=20, style={"fill": "class3"})
    return canvas.chart()


def _draw_axis(canvas: Canvas, x: At) -> None:
    ticks = [{"score": tick["tick"], "shown": tick["shown"]} for tick in ticks_with_room(x.scale, WIDTH)]
    canvas.add("rule", ticks, x=x, y=TOP, y2=canvas.height - BOTTOM, stroke="grid", strokeWidth=0.7)
    canvas.add("text", ticks, text="shown", x=x, y=canvas.height - 9, fill="muted", fontSize=SMALL)


def _draw_labels(
    canvas: Canvas, rows: list[dict[str, Any]], x: At, y: At, left: float, *, dy: float, style: dict
) -> None:
    """Labels centred on their marks, or against an edge where they would leave the plot."""
    sides: dict[str, list[dict[str, Any]]] = {"left": [], "center": [], "right": []}
    for row in rows:
        place, half = x.scale.pixel(row["score"]), text_width(row["text"], SIZE) / 2
        sides["right" if place + half > WIDTH else "left" if place - half < left else "center"].append(row)
    for align, chosen in sides.items():
        if chosen:
            edge: Any = {"left": left, "center": x, "right": WIDTH}[align]
            canvas.add("text", chosen, text="text", x=edge, y=y, dy=dy, align=align, **style)


def _count(facts: Facts, chosen: pd.Series) -> str:
    return facts.sentence("chart.count_short", count=len(chosen))


def _mean(facts: Facts, chosen: pd.Series) -> str:
    return facts.sentence("chart.mean_short", score=show_score(chosen.mean()))
