"""Text in charts: its font, how wide it is, and where it breaks."""

import unicodedata
from functools import lru_cache
from math import fsum

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
SIZE = 12
SMALL = 11
# Advance widths in Noto Sans CJK, in em; Latin letters by their class, a little on the wide side, since the
# reader's font may be another one.
_NARROW = set(" .,:;!|'`ijlIt()[]·")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = SIZE) -> float:
    """Estimated width in pixels, a little too large rather than too small.

    Examples:
        >>> text_width("10.25", 10) < text_width("10.255", 10)
        True
    """
    return fsum(_em(character) for character in text) * size


def break_lines(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width`; breaks between wide characters or at spaces, never before punctuation."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF" or character in "\u2014\u2026":
        return 1.0
    if character in _NARROW:
        return 0.32
    if character.isdigit():
        return 0.565
    return 0.92 if character in "MWmw%@" else 0.66 if character.isupper() else 0.57


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
    return piece[-1] == " " or unicodedata.east_asian_width(piece[-1]) in "WF"
