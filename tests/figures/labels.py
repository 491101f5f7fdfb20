"""Where the labels of a drawn SVG stand."""

import xml.etree.ElementTree as ET
from typing import NamedTuple

from regional_index.figures.place_labels import Box
from regional_index.figures.text import text_width

SVG = "{http://www.w3.org/2000/svg}"


class Label(NamedTuple):
    """A text and the rectangle it covers, as far as one can estimate it."""

    text: str
    box: Box


def read_labels(svg: str) -> tuple[Box, list[Label]]:
    """The view box and all upright labels; a halo behind a label counts once."""
    root = ET.fromstring(svg)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    labels = [_label(text, group) for group in root.iter(f"{SVG}g") for text in group.findall(f"{SVG}text")]
    upright = [label for label in labels if label is not None]
    return Box(left, top, left + width, top + height), list(dict.fromkeys(upright))


def _label(text: ET.Element, group: ET.Element) -> Label | None:
    own = {**group.attrib, **text.attrib}
    if "transform" in text.attrib:
        return None
    size, anchor = float(own["font-size"]), own.get("text-anchor", "start")
    width = text_width(text.text or "", size) * 0.94
    left = float(own["x"]) - {"start": 0, "middle": width / 2, "end": width}[anchor]
    y = float(own["y"])
    return Label(text.text or "", Box(left, y - size * 0.7, left + width, y + size * 0.05))
