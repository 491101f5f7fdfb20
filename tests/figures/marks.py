"""The marks of a drawn SVG, each with what it has from its group."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple

from regional_index.figures.palette import variable

SVG = "{http://www.w3.org/2000/svg}"


class Mark(NamedTuple):
    """One mark: its kind (`circle`, `line`, `text` …), its text and its attributes."""

    kind: str
    text: str
    style: dict[str, str]

    def has(self, **tokens: str) -> bool:
        """Whether its colours are those of these tokens, in a page."""
        return all(self.style.get(name) == variable(token) for name, token in tokens.items())


def read_marks(svg: str) -> list[Mark]:
    """All marks from back to front."""
    root = ET.fromstring(svg)
    return [
        Mark(mark.tag.removeprefix(SVG), mark.text or "", {**group.attrib, **mark.attrib})
        for group in root.iter(f"{SVG}g")
        for mark in group
        if mark.tag != f"{SVG}g"
    ]


def texts(marks: list[Mark]) -> list[str]:
    """What is written, in the order of the drawing."""
    return [mark.text for mark in marks if mark.kind == "text"]


def count_cells(marks: list[Mark], fills: Sequence[str]) -> dict[str, int]:
    """How many cells there are of each class, without the one in the legend; hollow ones are `reverse`."""
    kinds = {name: {"fill": name} for name in fills} | {"reverse": {"fill": "surface", "stroke": "ink"}}
    rects = [mark for mark in marks if mark.kind == "path"]
    counts = {name: sum(mark.has(**tokens) for mark in rects) - 1 for name, tokens in kinds.items()}
    return {name: count for name, count in counts.items() if count >= 0}
