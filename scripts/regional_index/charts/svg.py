"""Published SVG, made from that of Vega: smaller, named for screen readers, with colours of its own or of the page."""

import re
import xml.etree.ElementTree as ET
from math import ceil

from regional_index.charts.metrics import FONT, SMALL, break_lines
from regional_index.charts.palette import colour, name_colours

NAMESPACE = "http://www.w3.org/2000/svg"
TITLE_SIZE, TITLE_LINE, CREDIT_LINE, PAD = 15, 21, 16, 12
# Children of a group that agree on one of these leave it to the group.
INHERITED = (
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
)
DROPPED = ("class", "role", "font-family", "style", "pointer-events")
DEFAULTS = {"text-anchor": "start", "opacity": "1", "transform": "translate(0,0)", "stroke-miterlimit": "10"}
INVISIBLE = ("none", "transparent")

_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_TRANSLATE = re.compile(r"translate\(([^,]+),([^)]+)\)$")
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?$")
_ROUNDED = {"d", "dy", "transform", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"}

ET.register_namespace("", NAMESPACE)


class Picture:
    """What Vega drew, without frames, roles, classes and what cannot be seen; numbers rounded.

    Attributes:
        width: In pixels.
        height: In pixels.
        parts: Top-level elements.
    """

    def __init__(self, svg: str) -> None:
        root = ET.fromstring(svg)
        self.width, self.height = float(root.get("width", "0")), float(root.get("height", "0"))
        self.parts = [slim for child in root if (slim := _slim(child)) is not None]


def inline_svg(figure_id: str, title: str, description: str, picture: Picture) -> str:
    """For a page: named, coloured by CSS variables, as wide as its column."""
    root = _root(figure_id, title, description, picture.width, picture.height)
    root.set("class", "ri-chart")
    root.set("style", f"aspect-ratio:{picture.width:g}/{picture.height:g}")
    root.extend(picture.parts)
    return name_colours(_write(root, figure_id))


def stand_alone_svg(figure_id: str, title: str, description: str, credit: str, picture: Picture) -> str:
    """For a file: with title and credit around the chart, on white."""
    title_lines = break_lines(title, picture.width, TITLE_SIZE)
    credit_lines = break_lines(credit, picture.width, SMALL)
    top = PAD + TITLE_LINE * len(title_lines) + 6
    below = top + picture.height + 8
    width, height = picture.width + 2 * PAD, ceil(below + CREDIT_LINE * len(credit_lines) + PAD)
    root = _root(figure_id, title, description, width, height)
    root.attrib |= {"width": f"{width:g}", "height": f"{height:g}"}
    _sub(root, "rect", width="100%", height="100%", fill=colour("surface"))
    for number, line in enumerate(title_lines):
        _text(root, line, PAD + TITLE_LINE * (number + 0.75), TITLE_SIZE, "ink", weight="bold")
    _sub(root, "g", transform=f"translate({PAD},{top:g})").extend(picture.parts)
    for number, line in enumerate(credit_lines):
        _text(root, line, below + CREDIT_LINE * (number + 0.75), SMALL, "muted")
    return _write(root, figure_id)


def _root(figure_id: str, title: str, description: str, width: float, height: float) -> ET.Element:
    names = f"chart-{figure_id}-title", f"chart-{figure_id}-desc"
    root = ET.Element(f"{{{NAMESPACE}}}svg", {"viewBox": f"0 0 {width:g} {height:g}", "role": "img"})
    root.attrib |= {"aria-labelledby": " ".join(names), "font-family": FONT, "fill": "none", "stroke-miterlimit": "10"}
    for tag, name, text in zip(("title", "desc"), names, (title, description), strict=True):
        _sub(root, tag, id=name).text = text
    return root


def _slim(element: ET.Element) -> ET.Element | None:
    """An element without what says nothing; nothing where it shows nothing."""
    shown = {k: v for k, v in element.attrib.items() if k not in DROPPED and not k.startswith("aria")}
    shown = {k: v for k, v in shown.items() if v not in INVISIBLE and DEFAULTS.get(k) != v}
    if element.get("opacity") == "0" or element.get("d") == "":
        return None
    children = [child for each in element if (child := _slim(each)) is not None]
    name = element.tag.rpartition("}")[2]
    if name in ("g", "text") and not children and not element.text:
        return None
    if name not in ("g", "tspan") and "fill" not in shown and "stroke" not in shown:
        return None
    if len(children) == 1 and not shown:  # a group that says nothing of its own
        return children[0]
    tag, shown = (element.tag, shown) if children else _place_directly(element.tag, shown)
    slim = ET.Element(tag, {k: _rounded(v) if k in _ROUNDED else v.replace("px", "") for k, v in shown.items()})
    slim.text = element.text
    slim.extend(children)
    _leave_to_group(slim)
    return slim


def _leave_to_group(group: ET.Element) -> None:
    """What all children agree on is said once."""
    for name in INHERITED if len(group) else ():
        values = {child.get(name) for child in group}
        if len(values) == 1 and None not in values and name not in group.attrib:
            group.set(name, values.pop() or "")
            for child in group:
                del child.attrib[name]


def _place_directly(tag: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Texts and circles get coordinates of their own instead of transformations and paths."""
    moved = _TRANSLATE.match(attributes.get("transform", ""))
    circle = _CIRCLE.match(attributes.get("d", ""))
    rest = {k: v for k, v in attributes.items() if k not in ("transform", "d")}
    if moved and tag.endswith("text"):
        return tag, {"x": moved[1], "y": moved[2], **rest}
    if moved and circle:
        return f"{{{NAMESPACE}}}circle", {"cx": moved[1], "cy": moved[2], "r": circle[1], **rest}
    return tag, attributes


def _rounded(value: str) -> str:
    return _NUMBER.sub(lambda match: f"{round(float(match[0]), 1) + 0.0:g}", value)


def _text(parent: ET.Element, text: str, y: float, size: int, token: str, weight: str = "") -> None:
    element = _sub(parent, "text", x=f"{PAD}", y=f"{y:g}", fill=colour(token))
    element.set("font-size", f"{size}")
    if weight:
        element.set("font-weight", weight)
    element.text = text


def _sub(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _write(root: ET.Element, figure_id: str) -> str:
    """The SVG as text, any further ids made unique to the figure."""
    text = ET.tostring(root, encoding="unicode").replace(" />", "/>")
    text = re.sub(r'\bid="(?!chart-)', f'id="chart-{figure_id}-', text)
    return re.sub(r"url\(#", f"url(#chart-{figure_id}-", text)
