"""The first top index against the second: who leads in both, in one, in none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from regional_index.facts import Facts, ScoreScale
from regional_index.figures.canvas import Canvas
from regional_index.figures.common import credit, listed, sentences, sources_of, widest
from regional_index.figures.model import Figure
from regional_index.figures.place_labels import Box, Spot, place_labels
from regional_index.figures.scale import At, Scale, linear
from regional_index.figures.text import SIZE, SMALL, text_width
from regional_index.figures.ticks import choose_ticks, plain, show_tick
from regional_index.framework import site_name
from regional_index.render import SCORE_DECIMALS, show_score

# On a root scale from 0 to 100; on one that ends elsewhere in proportion.
ROOT_TICKS = (0, 1, 5, 10, 20, 30, 40, 50, 60, 80, 100)
MOST_TICKS = 6
ROOM = 0.1  # of the range of scores; names of quadrants are in it
LEFT, BOTTOM, TOP, EDGE = 24, 38, 20, 4
RADIUS = 3.6


@dataclass(frozen=True)
class _Plot:
    """Size of the chart and its two scales."""

    width: float
    height: float
    x: Scale
    y: Scale
    across: Sequence[float]
    upwards: Sequence[float]

    @property
    def left(self) -> float:
        return self.x.range[0]

    @property
    def frame(self) -> Box:
        return Box(self.left + 2, TOP, self.width, self.height - BOTTOM - 2)


def chart_quadrants(facts: Facts, *, narrow: bool = False) -> Figure:
    """Regions by the scores of the first two top indices in the last year, with the means as cross lines."""
    first, second = facts.framework.indices[:2]
    scores = pd.DataFrame({"x": facts.open.scores(first.code)["score"], "y": facts.open.scores(second.code)["score"]})
    scores = scores.reindex(facts.open.scores(first.code).index).dropna()
    means = scores.mean()
    place = pd.Series([_quadrant(row, means) for _, row in scores.iterrows()], index=scores.index, dtype=object)
    words = {"first": site_name(first.name), "second": site_name(second.name), "year": facts.last_year}
    sources = sources_of(facts, (first, second))
    return Figure(
        id="quadrants-narrow" if narrow else "quadrants",
        title=facts.sentence("chart.quadrants.title", **words),
        description=_describe(facts, place, words),
        chart=_draw(facts, scores, _plot(facts, scores, *((340, 380) if narrow else (720, 540)))),
        table=_table(facts, scores, place),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={site_name(first.name): SCORE_DECIMALS, site_name(second.name): SCORE_DECIMALS},
    )


def _quadrant(row: pd.Series, means: pd.Series) -> str:
    over_first, over_second = row["x"] >= means["x"], row["y"] >= means["y"]
    if over_first:
        return "both" if over_second else "first"
    return "second" if over_second else "none"


def _describe(facts: Facts, place: pd.Series, words: dict[str, Any]) -> str:
    """Says what the axes are, then a sentence on each quadrant; empty ones where one index leads alone are left out."""
    said = [facts.sentence("chart.quadrants.description", **words)]
    for name in ("both", "none", "first", "second"):
        codes = [str(code) for code in place.index[place == name]]
        if codes or name in ("both", "none"):
            key = f"chart.quadrants.{'some' if codes else 'no'}_{name}"
            said.append(facts.sentence(key, **words, count=len(codes), regions=listed(facts, codes)))
    return sentences(facts, *said)


def _table(facts: Facts, scores: pd.DataFrame, place: pd.Series) -> pd.DataFrame:
    first, second = facts.framework.indices[:2]
    return pd.DataFrame(
        {
            facts.word("chart.region"): [facts.regions[str(code)].name for code in scores.index],
            site_name(first.name): scores["x"].to_numpy(),
            site_name(second.name): scores["y"].to_numpy(),
            facts.word("chart.quadrant"): [_quadrant_name(facts, name) for name in place],
        }
    )


def _quadrant_name(facts: Facts, place: str) -> str:
    first, second = facts.framework.indices[:2]
    return facts.sentence(f"chart.quadrants.{place}", first=first.short, second=second.short)


def _plot(facts: Facts, scores: pd.DataFrame, width: float, height: float) -> _Plot:
    """Two scales with a little room beyond the least and greatest score, and the ticks on them."""
    scales = [facts.open.score_scale(node.code) for node in facts.framework.indices[:2]]
    (x, across), (y, upwards) = (_axis(scale, scores[c]) for scale, c in zip(scales, ("x", "y"), strict=True))
    left = max(LEFT, widest(map(show_tick, upwards), SMALL) + 5)
    right, floor = width - EDGE, height - BOTTOM
    return _Plot(
        width, height, replace(x, range=(left, right)), replace(y, range=(floor, TOP)), across, upwards
    )  # fmt: skip


def _axis(scale: ScoreScale, scores: pd.Series) -> tuple[Scale, list[float]]:
    """A root scale where scores begin at 0, for most of them are low; else one in equal steps."""
    least, greatest = float(scores.min()), float(scores.max())
    if _is_root(scale):
        unit = scale.ends[1] / 100
        low, high = max(0.0, least * 0.8 - 0.2 * unit), (greatest or unit) * 1.04
        ticks = [tick * unit for tick in ROOT_TICKS]
        return linear(low, high, 0, 1, "sqrt"), plain(tick for tick in ticks if low <= tick <= high)
    room = (greatest - least) * ROOM or 1.0
    low, high = least - room, greatest + room
    return linear(low, high, 0, 1), choose_ticks(low, high, "linear", MOST_TICKS)


def _is_root(scale: ScoreScale) -> bool:
    return scale.declared and scale.ends[0] == 0


def _draw(facts: Facts, scores: pd.DataFrame, plot: _Plot) -> Any:
    canvas = Canvas(plot.width, plot.height)
    x, y = At("x", plot.x), At("y", plot.y)
    _draw_axes(facts, canvas, plot, x, y)
    means = scores.mean()
    taken = _draw_means(facts, canvas, plot, means) + _draw_names(facts, canvas, plot, means)
    rows = [_row(facts, code, scores) for code in _by_importance(scores, plot)]
    first, second = facts.framework.indices[:2]
    tips = {"region": facts.word("chart.region"), "first": site_name(first.name), "second": site_name(second.name)}
    style = {"fill": "class3", "stroke": "surface", "strokeWidth": 0.8, "size": (RADIUS * 2) ** 2}
    canvas.add("point", rows, x=x, y=y, shape="circle", tips=tips, **style)
    points = [(plot.x.pixel(row["x"]), plot.y.pixel(row["y"]), row["region"]) for row in rows]
    spots = place_labels(points, size=SIZE, frame=plot.frame, taken=taken, radius=RADIUS)
    _draw_labels(canvas, rows, spots, x, y)
    return canvas.chart()


def _row(facts: Facts, code: str, scores: pd.DataFrame) -> dict[str, Any]:
    x, y = (float(scores[c][code]) for c in ("x", "y"))
    return {"region": facts.regions[code].label, "x": x, "y": y, "first": show_score(x), "second": show_score(y)}


def _by_importance(scores: pd.DataFrame, plot: _Plot) -> list[str]:
    """Regions far from the middle of the crowd first: they are asked for, and easy to label."""
    x, y = scores["x"].map(plot.x.pixel), scores["y"].map(plot.y.pixel)
    distance = ((x - x.median()) ** 2 + (y - y.median()) ** 2) ** 0.5
    return [str(code) for code in distance.sort_values(ascending=False, kind="stable").index]


def _draw_axes(facts: Facts, canvas: Canvas, plot: _Plot, x: At, y: At) -> None:
    floor = plot.height - BOTTOM
    across = [{"x": t, "shown": show_tick(t)} for t in plot.across]
    upwards = [{"y": t, "shown": show_tick(t)} for t in plot.upwards]
    canvas.add("rule", across, x=x, y=TOP, y2=floor, stroke="grid", strokeWidth=0.7)
    canvas.add("rule", upwards, y=y, x=plot.left, x2=plot.width - EDGE, stroke="grid", strokeWidth=0.7)
    small: dict[str, Any] = {"fill": "muted", "fontSize": SMALL}
    canvas.add("text", across, text="shown", x=x, y=floor + 11, **small)
    canvas.add("text", upwards, text="shown", y=y, x=plot.left - 5, align="right", **small)
    first, second = (
        facts.sentence("chart.root_axis", name=site_name(node.name)) if scale.kind == "sqrt" else site_name(node.name)
        for node, scale in zip(facts.framework.indices[:2], (plot.x, plot.y), strict=True)
    )
    canvas.add("text", text=first + " \u2192", x=plot.width - EDGE, y=floor + 28, align="right", **small)
    canvas.add("text", text="\u2191 " + second, x=0, y=8, align="left", **small)


def _draw_means(facts: Facts, canvas: Canvas, plot: _Plot, means: pd.Series) -> list[Box]:
    """Cross lines at the two means with their values; returns what the labels must not cover."""
    x, y, floor = plot.x.pixel(means["x"]), plot.y.pixel(means["y"]), plot.height - BOTTOM
    canvas.add("rule", x=x, x2=x, y=TOP, y2=floor, stroke="muted", strokeWidth=1, strokeDash=[4, 3])
    canvas.add("rule", x=plot.left, x2=plot.width - EDGE, y=y, y2=y, stroke="muted", strokeWidth=1, strokeDash=[4, 3])
    across, upwards = (facts.sentence("chart.mean_short", score=show_score(means[c])) for c in ("x", "y"))
    style: dict[str, Any] = {"fill": "muted", "fontSize": SMALL}
    canvas.add("text", text=across, x=x + 4, y=floor - 8, align="left", **style)
    canvas.add("text", text=upwards, x=plot.width - EDGE, y=y - 8, align="right", **style)
    lines = [Box(x - 1, TOP, x + 1, floor), Box(plot.left, y - 1, plot.width, y + 1)]
    width = text_width(upwards, SMALL)
    return [*lines, Box(x + 2, floor - 15, x + 6 + text_width(across, SMALL), floor),
            Box(plot.width - EDGE - width, y - 15, plot.width, y)]  # fmt: skip


def _draw_names(facts: Facts, canvas: Canvas, plot: _Plot, means: pd.Series) -> list[Box]:
    """Names of the quadrants in their outer corners."""
    x, top = plot.x.pixel(means["x"]), TOP + 10
    low = plot.y.pixel(means["y"]) + 14
    corners = {
        "both": (x + 6, top, "left"), "second": (plot.left + 6, top, "left"),
        "first": (plot.width - EDGE - 2, low, "right"), "none": (plot.left + 6, low, "left"),
    }  # fmt: skip
    taken = []
    for place, (left, level, align) in corners.items():
        name = _quadrant_name(facts, place)
        style: dict[str, Any] = {"fontWeight": "bold", "fill": "muted"}
        canvas.add("text", text=name, x=left, y=level, align=align, **style)
        width = text_width(name, SIZE) * 1.05
        start = left - width if align == "right" else left
        taken.append(Box(start, level - 8, start + width, level + 8))
    return taken


def _draw_labels(canvas: Canvas, rows: list[dict[str, Any]], spots: list[Spot | None], x: At, y: At) -> None:
    for spot in dict.fromkeys(spots):
        if spot:
            chosen = [row for row, its in zip(rows, spots, strict=True) if its == spot]
            canvas.add("text", chosen, text="region", x=x, y=y, align=spot.align, dx=spot.dx, dy=spot.dy)
