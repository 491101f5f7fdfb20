"""Every mark of every chart is seen on its ground, 3:1 in both schemes, and told from others without its hue."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from regional_index.figures import PALETTE, Drawing
from regional_index.figures.legend import SIGNS

from .marks import Mark, read_marks
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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_mark_stands_out(
    crowded_drawings: dict[str, Drawing], tiny_drawings: dict[str, Drawing], scheme: str
) -> None:
    """Of all kinds of chart, of two indices; also marks that others shine through."""
    every = {**crowded_drawings, **tiny_drawings}
    found = {name: faint_marks(drawing.inline_svg, scheme) for name, drawing in every.items()}
    assert {name: faint for name, faint in found.items() if faint} == {}


def test_faint_marks_are_noticed() -> None:
    """Planted: a pale filling without an edge, a line of the grid's colour with a meaning, a half transparent dot."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g>'
        '<path fill="var(--ri-class0,#daeafc)"/><path fill="var(--ri-class0,#daeafc)" stroke="var(--ri-edge,#5f87b3)"/>'
        '<circle fill="var(--ri-class2,#5893d3)" fill-opacity="0.4"/><line stroke="var(--ri-grid,#e3e6ea)"/>'
        "</g></svg>"
    )
    assert faint_marks(svg, "light") == {"path class0", "circle class2 0.4"}


@dataclass(frozen=True)
class Look:
    """How a sign looks to somebody who sees no hues: what it is, whether it is filled, and how it is drawn."""

    kind: str
    filled: bool
    dashed: bool
    size: float
    thickness: float
    lightness: float


def look_of(sign: str, scheme: str) -> Look:
    kind, style = SIGNS[sign]
    fill: str | None = style.get("fill")
    shade = PALETTE[str(fill if fill not in (None, "surface") else style["stroke"])][SCHEMES[scheme]]
    return Look(
        kind=kind,
        filled=fill not in (None, "surface"),
        dashed="strokeDash" in style,
        size=style.get("size", 0),
        thickness=style.get("strokeWidth", 0),
        lightness=lightness(shade),
    )


def differ(one: Look, other: Look) -> bool:
    """Whether two signs are told apart by form, or else by how light they are."""
    form: Any = [(look.kind, look.filled, look.dashed, look.size, look.thickness) for look in (one, other)]
    return form[0] != form[1] or abs(one.lightness - other.lightness) >= APART


@pytest.mark.parametrize("scheme", SCHEMES)
def test_signs_differ_without_their_hue(scheme: str) -> None:
    """Filled and hollow, thick and thin, dashed and whole, dot and line; the classes by their lightness."""
    looks = {sign: look_of(sign, scheme) for sign in SIGNS}
    alike = [pair for pair in itertools.combinations(SIGNS, 2) if not differ(*(looks[sign] for sign in pair))]
    assert alike == []


def test_signs_that_differ_by_hue_alone_are_noticed() -> None:
    look = look_of("class1", "light")
    assert not differ(look, Look(**{**vars(look), "lightness": look.lightness + 0.01}))


def test_the_region_looked_at_is_more_than_another_colour(tiny_drawings: dict[str, Drawing]) -> None:
    """Among hollow rings of all others it is a filled dot, and a larger one."""
    for name in ("region-north-profile", "region-east-profile"):
        circles = [mark for mark in read_marks(tiny_drawings[name].inline_svg) if mark.kind == "circle"]
        looked_at = [mark for mark in circles if mark.has(fill="accent")]
        others = [mark for mark in circles if mark.has(stroke="other") or mark.has(fill="other")]
        assert looked_at
        assert others
        assert max(map(radius, others)) < min(map(radius, looked_at))


def test_the_lines_of_a_region_differ_by_more_than_their_colour(tiny_drawings: dict[str, Drawing]) -> None:
    """Both are of the accent; one is dashed, with hollow dots."""
    marks = read_marks(tiny_drawings["region-east-years"].inline_svg)
    lines = [mark for mark in marks if mark.has(stroke="accent") and mark.kind == "path"]
    assert {"stroke-dasharray" in mark.style for mark in lines} == {True, False}


def radius(mark: Mark) -> float:
    return float(mark.style["r"])
