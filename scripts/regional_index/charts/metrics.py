"""The font that text in charts is measured with: widths without outlines, so that every machine lays out alike.

Charts are drawn for any reader's font by vl-convert, which must know how wide a text will be. With the fonts that
happen to be installed the layout would differ from machine to machine, and shaping text with a Chinese font of 20 MB
takes five sixths of the time of a chart (0.43 s instead of 0.07 s). Widths are those of Noto Sans CJK.
"""

import unicodedata
from functools import lru_cache
from importlib.metadata import version
from math import fsum
from pathlib import Path
from typing import Any

from regional_index.cache import Cache, key_of

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
MEASURED = "Regional Index Metrics"
SIZE, SMALL = 12, 11
# Thousandths of the size, from the blank to the tilde; every other character is as wide as the size.
_WIDTHS = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555,
    555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689,
    728, 293, 535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338,
    392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606,
    620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
)  # fmt: skip
_NARROW = {
    **{chr(32 + place): width for place, width in enumerate(_WIDTHS)},
    "–": 536,
    "−": 555,
    "\u2009": 200,
    "\u200b": 0,
}
# Latin letters with marks, and Cyrillic and Greek: as wide as a usual letter.
_LETTERS = range(0xA0, 0x530)
_LETTER = 620
_WIDE = range(0x2000, 0xFFF0)
# How much wider narrow characters are in bold; wide ones are not.
_BOLDER = 1.07
_FOLDER = "metrics"


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = SIZE) -> float:
    """Width of a text in pixels.

    Examples:
        >>> text_width("10.25", 10), text_width("北京", 12)
        (24.98, 24.0)
    """
    return fsum(_width(character) for character in text) * size / 1000


def break_lines(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width`; breaks between wide characters or at spaces, never before punctuation."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def register_metrics(cache: Cache) -> None:
    """Tell vl-convert of the font, once in a process."""
    _register(cache.folder)


@lru_cache
def _register(folder: Path) -> None:
    import vl_convert

    key = key_of(__name__, version("fonttools"))
    Cache(folder).get(_FOLDER, key, lambda: {"regular.ttf": _metrics_font(), "bold.ttf": _metrics_font(bold=True)})
    vl_convert.register_font_directory(str(folder / _FOLDER / key))


def _metrics_font(*, bold: bool = False) -> bytes:
    """A TrueType font of boxes, one for every width."""
    from io import BytesIO

    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    characters = {*_LETTERS, *_WIDE, *map(ord, _NARROW)}
    regular = {code: _width(chr(code)) for code in sorted(characters)}
    widths = {code: round(width * _BOLDER) if bold and width < 1000 else width for code, width in regular.items()}
    names = {width: f"w{width}" for width in sorted(set(widths.values()))}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({})
    many_to_one = CmapSubtable.newSubtable(13)
    many_to_one.platformID, many_to_one.platEncID, many_to_one.language = 3, 10, 0
    many_to_one.cmap = {code: names[width] for code, width in widths.items()}
    builder.font["cmap"].tables = [many_to_one]
    builder.setupGlyf({".notdef": _box(1000), **{name: _box(width) for width, name in names.items()}})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), **{name: (width, 0) for width, name in names.items()}})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    style, weight = ("Bold", 700) if bold else ("Regular", 400)
    builder.setupNameTable(
        {"familyName": MEASURED, "styleName": style, "psName": f"{MEASURED.replace(' ', '')}-{style}"}
    )
    builder.setupOS2(usWeightClass=weight)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def _box(width: int) -> Any:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (width, 700), (width, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _width(character: str) -> int:
    if ord(character) in _LETTERS:
        return _LETTER
    return _NARROW.get(character, 1000)


def _pieces(text: str) -> list[str]:
    """Pieces of text that stay together: words with their spaces, wide characters with the punctuation after them."""
    pieces: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        closing = unicodedata.category(character) in ("Po", "Pe", "Pf")
        if pieces and (closing or character == " " or not (wide or _ends(pieces[-1]))):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _ends(piece: str) -> bool:
    return piece.endswith(" ") or unicodedata.east_asian_width(piece[-1]) in "WF"
