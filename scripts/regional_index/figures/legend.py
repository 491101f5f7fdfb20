"""How published scores, estimates and intervals look in every chart, and the line above a chart that says so."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.text import SMALL, text_width

# Mark and style of each sign. Bars are so thin that a dot of either kind stands out on them.
SIGNS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "published": ("point", {"fill": "class3", "stroke": "surface", "strokeWidth": 0.8, "size": 52}),
    "estimated": ("point", {"fill": "surface", "stroke": "class3", "strokeWidth": 1.4, "size": 38}),
    "interval": ("rule", {"stroke": "other", "strokeWidth": 2}),
    "span": ("rule", {"stroke": "other", "strokeWidth": 1}),
    "possible": ("point", {"fill": "class3", "fillOpacity": 0.55, "size": 34}),
    "only": ("point", {"stroke": "ink", "strokeWidth": 2, "size": 90}),
}
LINE, MIDDLE = 15, 8
SIGN_WIDTH, BETWEEN = 16, 12


class Entry(NamedTuple):
    """A sign and what it means; `estimate` where it vanishes when a reader hides the estimates."""

    sign: str
    text: str
    estimate: bool = False


def draw_sign(canvas: Canvas, sign: str, rows: Sequence[Mapping[str, Any]] | None = None, **more: Any) -> None:
    """Add marks that look as this sign does everywhere."""
    mark, style = SIGNS[sign]
    shape = {"shape": "circle"} if mark == "point" else {}
    canvas.add(mark, rows, **shape, **style, **more)


def legend_height(entries: Sequence[Entry]) -> float:
    """How much of the canvas the legend takes at its top."""
    return LINE * (max((line for _, line in _places(entries)), default=-1) + 1)


def draw_legend(canvas: Canvas, entries: Sequence[Entry]) -> None:
    """Signs with their meaning side by side at the top of the canvas, on as many lines as they need."""
    for entry, (left, line) in zip(entries, _places(entries), strict=True):
        y = MIDDLE + LINE * line
        is_rule = SIGNS[entry.sign][0] == "rule"
        ends: dict[str, Any] = {"x": left, "x2": left + SIGN_WIDTH - 4} if is_rule else {"x": left + 5}
        draw_sign(canvas, entry.sign, y=y, estimate=entry.estimate, **ends)
        style = {"align": "left", "fill": "muted", "fontSize": SMALL}
        canvas.add("text", text=entry.text, x=left + SIGN_WIDTH, y=y, estimate=entry.estimate, **style)


def _places(entries: Sequence[Entry]) -> list[tuple[float, int]]:
    """Left edge and line of each entry."""
    places, left, line = [], 0.0, 0
    for entry in entries:
        width = SIGN_WIDTH + text_width(entry.text, SMALL)
        if left and left + width > WIDTH:
            left, line = 0.0, line + 1
        places.append((left, line))
        left += width + BETWEEN
    return places
