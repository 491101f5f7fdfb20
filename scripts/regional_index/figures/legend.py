"""Marks of published scores, intervals and ranges in every chart, and the legend that explains them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.palette import CLASSES, EDGED_CLASSES, PALETTE
from regional_index.figures.text import SMALL, text_width


def class_style(place: int) -> dict[str, Any]:
    """Style of a mark of a class of the ramp; classes close to the surface have an edge."""
    token = f"class{place}"
    return {"fill": token, "stroke": "edge" if place in EDGED_CLASSES else token, "strokeWidth": 0.6}


# Mark and style of each sign. Bars are so thin that a dot of either kind stands out on them.
SIGNS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "published": ("point", {"fill": "class3", "stroke": "surface", "strokeWidth": 0.8, "size": 52}),
    "interval": ("rule", {"stroke": "other", "strokeWidth": 2}),
    "span": ("rule", {"stroke": "other", "strokeWidth": 1}),
    "possible": ("point", {"fill": "class3", "fillOpacity": 0.72, "size": 34}),
    "only": ("point", {"stroke": "ink", "strokeWidth": 2, "size": 90}),
    "median": ("tick", {"fill": "ink", "size": 13, "thickness": 1.8, "orient": "vertical"}),
    "error": ("rule", {"stroke": "ink", "strokeWidth": 1}),
    "alone": ("rect", {"fill": "class3", "stroke": "class3", "strokeWidth": 1}),
    "together": ("rect", {"fill": "surface", "stroke": "class3", "strokeWidth": 1}),
    "reverse": ("rect", {"fill": "surface", "stroke": "ink", "strokeWidth": 1}),
    "unknown": ("rect", {"stroke": "other", "strokeDash": [2, 2], "strokeWidth": 0.7}),
    **{f"class{n}": ("rect", class_style(n)) for n in range(CLASSES)},
}
LINE, MIDDLE = 15, 8
SIGN_WIDTH, BETWEEN = 16, 12


class Entry(NamedTuple):
    """A sign and what it means."""

    sign: str
    text: str


def draw_sign(canvas: Canvas, sign: str, rows: Sequence[Mapping[str, Any]] | None = None, **more: Any) -> None:
    """Add marks that look as this sign does everywhere."""
    mark, style = SIGNS[sign]
    shape = {"shape": "circle"} if mark == "point" else {}
    canvas.add(mark, rows, **shape, **style, **more)


def text_token(sign: str) -> str:
    """The colour of text on a sign that covers an area."""
    return f"on-{sign}" if f"on-{sign}" in PALETTE else "muted" if sign == "unknown" else "ink"


def legend_height(entries: Sequence[Entry], width: float = WIDTH) -> float:
    """Height of the legend at the top of the canvas, in pixels."""
    return LINE * (max((line for _, line in _places(entries, width)), default=-1) + 1)


def legend_width(entries: Sequence[Entry]) -> float:
    """Width of the widest entry: how narrow a legend can be."""
    return max((_width(entry) for entry in entries), default=0.0)


def draw_legend(canvas: Canvas, entries: Sequence[Entry], top: float = 0, width: float = WIDTH) -> None:
    """Signs with their meaning side by side at the left edge of the canvas, on as many lines as they need."""
    for entry, (left, line) in zip(entries, _places(entries, width), strict=True):
        y = top + MIDDLE + LINE * line
        draw_sign(canvas, entry.sign, **_ends(entry.sign, left, y))
        style = {"align": "left", "fill": "muted", "fontSize": SMALL}
        canvas.add("text", text=entry.text, x=left + SIGN_WIDTH, y=y, **style)


def _ends(sign: str, left: float, y: float) -> dict[str, Any]:
    """Position of the sign of an entry."""
    mark = SIGNS[sign][0]
    if mark == "rule":
        return {"x": left, "x2": left + SIGN_WIDTH - 4, "y": y}
    if mark == "rect":
        return {"x": left + 1, "x2": left + SIGN_WIDTH - 4, "y": y - 4.5, "y2": y + 4.5}
    return {"x": left + 5, "y": y}


def _places(entries: Sequence[Entry], width: float) -> list[tuple[float, int]]:
    """Left edge and line of each entry."""
    places, left, line = [], 0.0, 0
    for entry in entries:
        if left and left + _width(entry) > width:
            left, line = 0.0, line + 1
        places.append((left, line))
        left += _width(entry) + BETWEEN
    return places


def _width(entry: Entry) -> float:
    return SIGN_WIDTH + text_width(entry.text, SMALL)
