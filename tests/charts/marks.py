"""The marks of a drawn SVG and the rows behind them."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from regional_index.charts import WIDE, Drawing, Figure
from regional_index.charts.palette import variable

SVG = "{http://www.w3.org/2000/svg}"
UNSEEN = ("title", "desc", "clipPath", "defs", "linearGradient")


class Mark(NamedTuple):
    """One mark: its kind (`circle`, `line`, `text` …), its text, and its attributes with those of its groups."""

    kind: str
    text: str
    style: dict[str, str]

    def has(self, **tokens: str) -> bool:
        """Whether its colours are those of these tokens, in a page."""
        return all(self.style.get(name) == variable(token) for name, token in tokens.items())


def read_marks(svg: str) -> list[Mark]:
    """All marks from back to front."""
    return list(_marks(ET.fromstring(svg), {}))


def marks_of(drawing: Drawing) -> list[Mark]:
    """All marks of a drawing as wide as a page, from back to front."""
    return read_marks(drawing.inline[WIDE])


def _marks(group: ET.Element, style: Mapping[str, str]) -> Iterator[Mark]:
    for element in group:
        kind, own = element.tag.removeprefix(SVG), {**style, **element.attrib}
        if kind == "g":
            yield from _marks(element, own)
        elif kind not in UNSEEN:
            yield Mark(kind, "".join(element.itertext()), own)


def texts(marks: Sequence[Mark]) -> list[str]:
    """What is written, in the order of the drawing."""
    return [mark.text for mark in marks if mark.kind == "text"]


def count_cells(marks: Sequence[Mark], fills: Sequence[str]) -> dict[str, int]:
    """How many cells there are of each class, without the one in the legend; hollow ones are `reverse`."""
    kinds = {name: {"fill": name} for name in fills} | {"reverse": {"fill": "surface", "stroke": "ink"}}
    cells = [mark for mark in marks if mark.kind == "path"]
    counts = {name: sum(mark.has(**tokens) for mark in cells) - 1 for name, tokens in kinds.items()}
    return {name: count for name, count in counts.items() if count >= 0}


def rows_with(figure: Figure, *fields: str) -> list[dict[str, Any]]:
    """The rows behind the marks of a chart that have these fields, in their order."""
    datasets = figure.chart.to_dict(validate=False)["datasets"].values()
    return [row for rows in datasets for row in rows if set(fields) <= set(row)]


def layers_of(figure: Figure, kind: str) -> list[dict[str, Any]]:
    """The layers of a chart whose mark is of this kind."""
    return [layer for layer in figure.chart.to_dict(validate=False)["layer"] if layer["mark"]["type"] == kind]
