"""What can be measured in the SVG of a chart: where its texts are, and how much of its width is plot."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from regional_index.charts.metrics import text_width

_MOVED = re.compile(r"translate\(([-\d.e]+),([-\d.e]+)\)")
_TURNED = re.compile(r"rotate\((-?90|270)")
# Letters do not fill the whole height of a line.
ABOVE, BELOW = 0.72, 0.1
SLIP = 1.0


class Box(NamedTuple):
    """A text and the pixels that it covers."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def texts(svg: str) -> list[Box]:
    """Every text that can be seen, each place once."""
    root = ET.fromstring(svg)
    return list(dict.fromkeys(_texts(root, 0.0, 0.0)))


def faults(svg: str) -> list[str]:
    """Texts that overlap or leave the picture, and too little plot, in words."""
    root = ET.fromstring(svg)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    found = texts(svg)
    said = [
        f'"{box.text}" leaves the picture of {width:g} x {height:g}: {[round(side) for side in box[1:]]}'
        for box in found
        if box.left < -SLIP or box.top < -SLIP or box.right > width + SLIP or box.bottom > height + SLIP
    ]
    said += [f'"{one.text}" overlaps "{other.text}"' for one, other in combinations(found, 2) if _overlap(one, other)]
    plot = plot_width(svg)
    return [*said, *([f"only {plot:g} of {width:g} pixels are plot"] if plot < 0.4 * width else [])]


def plot_width(svg: str) -> float:
    """Width of the plot: what the axes and the texts beyond its ends leave."""
    found = re.search(r'class="background"[^>]*d="M0,0h([\d.]+)', svg)
    return float(found[1]) if found else 0.0


def _texts(element: ET.Element, x: float, y: float) -> Iterator[Box]:
    if element.get("opacity") == "0":
        return
    transform = element.get("transform", "")
    for moved in _MOVED.finditer(transform):
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag.endswith("}text") and element.text:
        yield _box(element, x, y, turned=bool(_TURNED.search(transform)))
    for number, child in enumerate(element):
        if child.tag.endswith("}tspan"):
            line = ET.Element(child.tag, {"text-anchor": element.get("text-anchor", "start")})
            line.set("font-size", element.get("font-size", "12"))
            line.text = child.text
            y += float(child.get("dy", "0")) if number else 0.0
            yield _box(line, x, y, turned=False)
        else:
            yield from _texts(child, x, y)


def _box(element: ET.Element, x: float, y: float, *, turned: bool) -> Box:
    text, size = element.text or "", float(element.get("font-size", "12").removesuffix("px"))
    length = text_width(text, size)
    start = {"start": 0.0, "middle": -length / 2, "end": -length}[element.get("text-anchor", "start")]
    if turned:
        return Box(text, x - ABOVE * size, y - start - length, x + BELOW * size, y - start)
    return Box(text, x + start, y - ABOVE * size, x + start + length, y + BELOW * size)


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > SLIP and down > SLIP
