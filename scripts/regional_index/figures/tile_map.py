"""A map of equal tiles: every region has one, those not evaluated are hatched, those without a score outlined."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import (
    class_paint,
    credit,
    extremes,
    missing_note,
    sentences,
    variant_id,
    variants_of,
    whole_number,
    widest,
)
from regional_index.figures.model import Figure
from regional_index.figures.palette import CLASSES, EDGED_CLASSES, colour
from regional_index.figures.ranking import ranking_table
from regional_index.figures.scale import At, linear
from regional_index.figures.text import SMALL
from regional_index.figures.ticks import show_tick
from regional_index.framework import Region, site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_number, show_score

GAP = 0.06  # of a tile
HATCH_STEP = 0.18
LARGEST_TILE = 64
LEGEND_HEIGHT, LEGEND_LINE = 26, 17


def chart_map(facts: Facts, code: str, year: int | None = None) -> Figure:
    """Tiles of all regions, coloured by the class of their score in a year."""
    year = facts.year(year)
    frame = facts.open.scores(code, year)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": year}
    outside = [region.name for region in facts.regions.values() if not region.evaluated]
    description = facts.sentence("chart.map.description", **words, **extremes(facts, frame["score"]))
    hatched = facts.sentence("chart.map.hatched", regions=facts.word("chart.list").join(outside)) if outside else ""
    missing = missing_note(facts, frame.index[frame["score"].isna()])
    return Figure(
        id=variant_id(facts, f"{code}-map", year),
        title=facts.sentence("chart.map.title", **words),
        description=sentences(facts, description, missing, hatched),
        chart=_draw(facts, facts.open.score_scale(code).bounds, frame[["score", "rank"]]),
        table=ranking_table(facts, code, frame, year),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.score"): SCORE_DECIMALS},
        variants=variants_of(facts, code, "map"),
    )


def empty_rectangles(tiles: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """All rectangles without a tile as (column, row, columns, rows), largest first, then topmost, leftmost.

    Examples:
        >>> empty_rectangles({(1, 2), (2, 1), (2, 2)})
        [(1, 1, 1, 1)]
    """
    columns, rows = max(c for c, _ in tiles), max(r for _, r in tiles)
    found = [
        (column, row, width, height)
        for column in range(1, columns + 1)
        for row in range(1, rows + 1)
        for width in range(1, columns - column + 2)
        for height in range(1, rows - row + 2)
        if not any(column <= c < column + width and row <= r < row + height for c, r in tiles)
    ]
    return sorted(found, key=lambda r: (-r[2] * r[3], r[1], r[0]))


def _draw(facts: Facts, bounds: Sequence[float], frame: pd.DataFrame) -> Any:
    scores, ranks = frame["score"].to_dict(), frame["rank"].map(whole_number).to_dict()
    tiles = {region.tile for region in facts.regions.values() if region.tile}
    columns, rows = max(c for c, _ in tiles), max(r for _, r in tiles)
    size = min(WIDTH / columns, LARGEST_TILE)
    legend = _Legend(facts, bounds, with_missing=any(is_missing(score) for score in scores.values()))
    place = next((r for r in empty_rectangles(tiles) if legend.fits(r[2] * size, r[3] * size)), None)
    top = 0 if place else legend.height + 10
    canvas = Canvas(WIDTH, top + rows * size)
    x = linear(1, columns + 1, 0, columns * size)
    y = linear(1, rows + 1, top, top + rows * size)
    _draw_tiles(facts, canvas, bounds, scores, ranks, x, y)
    legend.draw(canvas, (place[0] - 1) * size if place else 0, (place[1] - 1) * size if place else 0)
    return canvas.chart()


def _draw_tiles(
    facts: Facts,
    canvas: Canvas,
    bounds: Sequence[float],
    scores: dict[str, float],
    ranks: dict[str, str],
    x: Any,
    y: Any,
) -> None:
    rows: list[dict[str, Any]] = [
        _tile(bounds, region, scores.get(region.code)) | {"rank": ranks.get(region.code, MISSING)}
        for region in facts.regions.values()
    ]
    box: dict[str, Any] = {"x": At("left", x), "x2": At("right", x), "y": At("top", y), "y2": At("bottom", y)}
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "shown", "rank")}
    coloured = [row for row in rows if row["state"] == "scored"]
    canvas.add("rect", coloured, **box, fill="@fill", stroke="@edge", strokeWidth=0.8, tips=tips)
    outlined = [row for row in rows if row["state"] == "missing"]
    canvas.add("rect", outlined, **box, stroke="other", strokeDash=[3, 2])
    hatched = [row for row in rows if row["state"] == "outside"]
    lines = [line for row in hatched for line in hatch_lines(row["left"], row["top"], row["right"] - row["left"])]
    canvas.add("rule", lines, **box, stroke="hatch", strokeWidth=0.8)
    middle = At("middle", x)
    halo: dict[str, Any] = {"fill": "surface", "stroke": "surface", "strokeWidth": 4}
    canvas.add("text", hatched, text="region", x=middle, y=At("centre", y), dy=-7, **halo)
    canvas.add("text", rows, text="region", x=middle, y=At("centre", y), dy=-7, fill="@on")
    numbered = [row for row in rows if row["state"] != "outside"]
    canvas.add("text", numbered, text="shown", x=middle, y=At("centre", y), dy=9, fill="@on", fontSize=SMALL)


def hatch_lines(left: float, top: float, size: float) -> list[dict[str, float]]:
    """Diagonals across a square, as `left, top, right, bottom` of each, rising to the right."""
    count = round(2 * size / HATCH_STEP)
    offsets = [2 * size * step / count for step in range(1, count)]
    return [
        {
            "left": left + max(0.0, offset - size),
            "top": top + min(size, offset),
            "right": left + min(size, offset),
            "bottom": top + max(0.0, offset - size),
        }
        for offset in offsets
    ]


def _tile(bounds: Sequence[float], region: Region, score: float | None) -> dict[str, Any]:
    column, row = region.tile or (1, 1)
    half = GAP / 2
    place = {"left": column + half, "right": column + 1 - half, "top": row + half, "bottom": row + 1 - half}
    place |= {"middle": column + 0.5, "centre": row + 0.5, "region": region.label}
    if not region.evaluated:
        return place | {"state": "outside", "shown": "", "on": colour("muted"), "centre": row + 0.5 + 7 / 48}
    if is_missing(score):
        return place | {"state": "missing", "shown": show_number(None, 0), "on": colour("muted")}
    paint = {key: colour(token) for key, token in class_paint(bounds, float(score or 0)).items()}
    return place | {"state": "scored", "shown": show_score(score), **paint}


class _Legend:
    """Classes as a strip with the thresholds below its joints, then what hatching and outlines mean."""

    def __init__(self, facts: Facts, thresholds: Sequence[float], *, with_missing: bool) -> None:
        self.thresholds = [show_tick(threshold) for threshold in thresholds]
        self.title = facts.word("chart.score")
        self.notes = [("hatched", facts.word("chart.not_evaluated"))] if _any_outside(facts) else []
        self.notes += [("outlined", facts.word("chart.not_published"))] if with_missing else []
        self.step = max(25, widest(self.thresholds, SMALL) + 6)
        self.width = max(self.step * (len(self.thresholds) + 1), 20 + widest((n for _, n in self.notes), SMALL))
        self.height = 18 + LEGEND_HEIGHT + LEGEND_LINE * len(self.notes)

    def fits(self, width: float, height: float) -> bool:
        return self.width <= width - 6 and self.height <= height - 6

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        left, top = left + 1, top + 1
        canvas.add("text", text=self.title, x=left, y=top + 8, align="left", fontSize=SMALL, fill="muted")
        count = len(self.thresholds) + 1
        for number in range(count):
            token = round(number * (CLASSES - 1) / max(count - 1, 1))
            start = left + number * self.step
            style: dict[str, Any] = {
                "fill": f"class{token}",
                "stroke": "edge" if token in EDGED_CLASSES else f"class{token}",
            }
            box: dict[str, Any] = {"x": start, "x2": start + self.step - 1.5, "y": top + 17, "y2": top + 27}
            canvas.add("rect", **box, **style, strokeWidth=0.8)
        for number, shown in enumerate(self.thresholds, start=1):
            style: dict[str, Any] = {"fontSize": SMALL, "fill": "muted"}
            canvas.add("text", text=shown, x=left + number * self.step - 0.75, y=top + 36, **style)
        for number, (kind, note) in enumerate(self.notes):
            self._draw_note(canvas, kind, note, left, top + 18 + LEGEND_HEIGHT + number * LEGEND_LINE)

    @staticmethod
    def _draw_note(canvas: Canvas, kind: str, note: str, left: float, top: float) -> None:
        if kind == "outlined":
            box: dict[str, Any] = {"x": left, "x2": left + 12, "y": top + 2, "y2": top + 14}
            canvas.add("rect", **box, stroke="other", strokeDash=[3, 2])
        else:
            for line in hatch_lines(0, 0, 0.6):
                ends: dict[str, Any] = {"x": left + line["left"] * 20, "x2": left + line["right"] * 20}
                ends |= {"y": top + 2 + line["top"] * 20, "y2": top + 2 + line["bottom"] * 20}
                canvas.add("rule", **ends, stroke="hatch", strokeWidth=0.8)
        canvas.add("text", text=note, x=left + 18, y=top + 8, align="left", fontSize=SMALL, fill="muted")


def _any_outside(facts: Facts) -> bool:
    return any(not region.evaluated for region in facts.regions.values())
