"""Published SVG, made from that of Vega: smaller, named for screen readers, with colours of its own or of the page."""

import re
import xml.etree.ElementTree as ET

from regional_index.figures.palette import colour, name_colours
from regional_index.figures.text import FONT, SMALL, break_lines

NAMESPACE = "http://www.w3.org/2000/svg"
LARGEST_SCALE = 1.15
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
DROPPED = ("class", "role", "font-family", "style")
DEFAULTS = {"text-anchor": "start", "opacity": "1"}

_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_TRANSLATE = re.compile(r"translate\(([^,]+),([^)]+)\)$")
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?$")
_ROUNDED = {"d", "transform", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"}

ET.register_namespace("", NAMESPACE)


def slim_marks(svg: str) -> list[ET.Element]:
    """The marks of an SVG by Vega, without the frames, roles and classes around them, numbers rounded."""
    root = ET.fromstring(svg)
    groups = [group for group in root.iter(f"{{{NAMESPACE}}}g") if "role-mark" in group.get("class", "")]
    return [_slim_group(group) for group in groups if len(group)]


def inline_svg(figure_id: str, title: str, description: str, marks: list[ET.Element], size: tuple[float, float]) -> str:
    """For a page: named, coloured by CSS variables, as wide as its column up to slightly over its own size."""
    width, height = size
    root = _root(figure_id, title, description, f"0 0 {width:g} {height:g}")
    root.set("class", "ri-chart")
    largest = round(width * LARGEST_SCALE)
    root.set("style", f"width:100%;max-width:{largest}px;height:auto;aspect-ratio:{width:g}/{height:g}")
    root.extend(marks)
    return name_colours(_write(root, figure_id))


def stand_alone_svg(
    figure_id: str,
    title: str,
    description: str,
    credit: str,
    marks: list[ET.Element],
    size: tuple[float, float],
) -> str:
    """For a file: with title and credit around the chart, on white."""
    width, height = size
    title_lines = break_lines(title, width, TITLE_SIZE)
    credit_lines = break_lines(credit, width, SMALL)
    top = PAD + TITLE_LINE * len(title_lines) + 6
    whole_width, whole_height = width + 2 * PAD, top + height + 8 + CREDIT_LINE * len(credit_lines) + PAD
    root = _root(figure_id, title, description, f"0 0 {whole_width:g} {whole_height:g}")
    root.attrib |= {"width": f"{whole_width:g}", "height": f"{whole_height:g}"}
    _sub(root, "rect", width="100%", height="100%", fill=colour("surface"))
    for number, line in enumerate(title_lines):
        _text(root, line, PAD + TITLE_LINE * (number + 0.75), TITLE_SIZE, "ink", weight="bold")
    _sub(root, "g", transform=f"translate({PAD},{top:g})").extend(marks)
    for number, line in enumerate(credit_lines):
        _text(root, line, top + height + 8 + CREDIT_LINE * (number + 0.75), SMALL, "muted")
    return _write(root, figure_id)


def _root(figure_id: str, title: str, description: str, view_box: str) -> ET.Element:
    names = f"chart-{figure_id}-title", f"chart-{figure_id}-desc"
    root = ET.Element(f"{{{NAMESPACE}}}svg", {"viewBox": view_box, "role": "img", "aria-labelledby": " ".join(names)})
    root.attrib |= {"font-family": FONT, "fill": "none", "stroke-miterlimit": "10"}
    for tag, name, text in zip(("title", "desc"), names, (title, description), strict=True):
        _sub(root, tag, id=name).text = text
    return root


def _slim_group(group: ET.Element) -> ET.Element:
    slim = ET.Element(f"{{{NAMESPACE}}}g")
    slim.extend(_slim_mark(mark) for mark in group if mark.get("d") != "")
    for name in INHERITED:
        values = {mark.get(name) for mark in slim}
        if len(values) == 1 and None not in values:
            slim.set(name, values.pop() or "")
            for mark in slim:
                del mark.attrib[name]
    return slim


def _slim_mark(mark: ET.Element) -> ET.Element:
    attributes = {k: v for k, v in mark.attrib.items() if k not in DROPPED and not k.startswith("aria")}
    attributes = {k: v for k, v in attributes.items() if DEFAULTS.get(k) != v}
    tag, attributes = _place_directly(mark.tag, attributes)
    slim = ET.Element(tag, {k: _rounded(v) if k in _ROUNDED else v.replace("px", "") for k, v in attributes.items()})
    slim.text = mark.text
    return slim


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
