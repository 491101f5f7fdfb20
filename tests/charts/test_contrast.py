"""Every mark of every chart is seen on its ground, 3:1 in both schemes, and told from others without its hue."""

import itertools
import re
from collections.abc import Mapping

import pytest

from regional_index.charts import PALETTE, Drawing, theme
from regional_index.charts.palette import colour

from .marks import Mark, marks_of, read_marks
from .test_palette import MARK, SCHEMES, contrast, lightness

# Lines that only guide the eye, and what covers what is behind it: nothing is lost where they are not seen.
GUIDES = {"grid", "surface"}
TOKEN = re.compile(r"var\(--ri-([a-z0-9-]+),")
APART = 0.1  # in OKLab lightness


def blend(colour: str, ground: str, opacity: float) -> str:
    """The colour that is seen where another one shines through."""
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(over * opacity + under * (1 - opacity)):02x}" for over, under in pairs)


def seen_colours(style: Mapping[str, str], scheme: str) -> dict[str, str]:
    """The colours of a mark on the surface, by the token of each."""
    found = {}
    for part in ("fill", "stroke"):
        token = TOKEN.match(style.get(part, ""))
        if token:
            opacity = float(style.get("opacity", 1)) * float(style.get(f"{part}-opacity", 1))
            colour, ground = (PALETTE[name][SCHEMES[scheme]] for name in (token[1], "surface"))
            found[token[1]] = blend(colour, ground, opacity)
    return found


def faint_marks(svg: str, scheme: str) -> set[str]:
    """Kinds and tokens of the marks of a drawing of which neither filling nor edge stands out."""
    faint = set()
    for mark in read_marks(svg):
        colours = seen_colours(mark.style, scheme)
        if mark.kind == "text" or not set(colours) - GUIDES:
            continue
        if max(contrast(colour, PALETTE["surface"][SCHEMES[scheme]]) for colour in colours.values()) < MARK:
            faint.add(f"{mark.kind} {' '.join(sorted(colours))} {mark.style.get('fill-opacity', '')}".strip())
    return faint


def faint_charts(drawings: Mapping[str, Drawing], scheme: str) -> dict[str, set[str]]:
    """The faint marks of charts at any width; where regions are compared, all others are only their background."""
    found = {}
    for name, drawing in drawings.items():
        faint = set().union(*(faint_marks(svg, scheme) for svg in drawing.inline.values()))
        if "compare" in name:
            faint -= {"circle other", "path other"}
        if faint:
            found[name] = faint
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_mark_stands_out(
    second_drawings: dict[str, Drawing], tiny_drawings: dict[str, Drawing], scheme: str
) -> None:
    """Of all kinds of chart, of two indices; also marks that others shine through."""
    assert faint_charts({**second_drawings, **tiny_drawings}, scheme) == {}


def test_faint_marks_are_noticed() -> None:
    """Planted: a pale filling without an edge, a line of the grid's colour with a meaning, a half transparent dot."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g>'
        '<path fill="var(--ri-class0,#daeafc)"/><path fill="var(--ri-class0,#daeafc)" stroke="var(--ri-edge,#5f87b3)"/>'
        '<circle fill="var(--ri-class2,#5893d3)" fill-opacity="0.4"/><line stroke="var(--ri-grid,#e3e6ea)"/>'
        "</g></svg>"
    )
    assert faint_marks(svg, "light") == {"path class0", "circle class2 0.4"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_signs_differ_without_their_hue(scheme: str) -> None:
    """By form, by being filled or hollow, or else by how light they are."""
    assert alike_signs(theme._SIGNS, SCHEMES[scheme]) == []


def test_signs_that_differ_by_hue_alone_are_noticed() -> None:
    """Planted: a dot of the accent, which is as light as the class next to it."""
    signs = {"dot": theme._SIGNS["dot"], "accent": ("circle", colour("accent"), "transparent")}
    assert alike_signs(signs, 0) == [("dot", "accent")]


def alike_signs(signs: Mapping[str, tuple[str, str, str]], scheme: int) -> list[tuple[str, str]]:
    """Pairs of signs that a reader who sees no hues would not tell apart."""
    tokens = {light: token for token, (light, _) in PALETTE.items()}

    def look(sign: str) -> tuple[tuple[str, bool], float]:
        shape, fill, stroke = signs[sign]
        filled = fill not in (colour("surface"), "transparent")
        return (shape, filled), lightness(PALETTE[tokens[fill if filled else stroke]][scheme])

    looks = {sign: look(sign) for sign in signs}
    return [
        (one, other)
        for one, other in itertools.combinations(signs, 2)
        if looks[one][0] == looks[other][0] and abs(looks[one][1] - looks[other][1]) < APART
    ]


def test_the_region_looked_at_is_more_than_another_colour(tiny_drawings: dict[str, Drawing]) -> None:
    """Among hollow rings of all others it is a filled dot, and a larger one."""
    for name in ("region-north-profile", "region-east-profile"):
        circles = [mark for mark in marks_of(tiny_drawings[name]) if mark.kind == "circle"]
        looked_at = [mark for mark in circles if mark.has(fill="accent")]
        others = [mark for mark in circles if mark.has(stroke="other") or mark.has(fill="other")]
        assert looked_at
        assert others
        assert max(map(radius, others)) < min(map(radius, looked_at))


def test_the_lines_of_a_region_differ_by_more_than_their_colour(tiny_drawings: dict[str, Drawing]) -> None:
    """All are of the accent; each has its own dashes."""
    marks = marks_of(tiny_drawings["region-east-years"])
    lines = [mark for mark in marks if mark.has(stroke="accent") and mark.kind == "path"]
    assert len({mark.style.get("stroke-dasharray") for mark in lines}) == len(lines) == 2


def radius(mark: Mark) -> float:
    return float(mark.style["r"])
