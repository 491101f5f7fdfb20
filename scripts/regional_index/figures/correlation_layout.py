"""Layout of a matrix of correlations: columns in groups, rows under the headings of their groups."""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from regional_index.figures.canvas import WIDTH
from regional_index.figures.text import SMALL, break_lines

PART, WHOLE = "@part", "@whole"  # the columns after those of the indicators; no code begins so
HEADING = 18
NAME_WIDTH = 114
BETWEEN, APART = 4, 8  # between groups; before the last columns


class Layout(NamedTuple):
    """Left edges of the columns, upper edges of the rows, middles of the headings, size of a cell, where it ends."""

    columns: Mapping[str, float]
    rows: Mapping[str, float]
    headings: Mapping[str, float]
    width: float
    height: float
    bottom: float


def break_evenly(name: str) -> list[str]:
    """As few lines as the column of names allows, and these of about the same length."""
    lines = break_lines(name, NAME_WIDTH, SMALL)
    tried = (break_lines(name, width, SMALL) for width in range(NAME_WIDTH // 3, NAME_WIDTH, 2))
    return next((narrow for narrow in tried if len(narrow) <= len(lines)), lines)


def place_columns(
    groups: Mapping[str, Sequence[str]], names: Sequence[str], left: float
) -> tuple[dict[str, float], float]:
    """Left edge of every column, and their width; a gap is between groups, a wider one before the last columns."""
    starts = {members[0] for members in list(groups.values())[1:]}
    after = next(name for name in names if name in (PART, WHOLE))
    gaps = [APART if name == after else BETWEEN if name in starts else 0 for name in names]
    width = (WIDTH - 1 - left - fsum(gaps)) / len(names)
    places, place = {}, left
    for name, gap in zip(names, gaps, strict=True):
        places[name] = place + gap
        place += gap + width
    return places, width


def place_rows(
    groups: Mapping[str, Sequence[str]], columns: Mapping[str, float], top: float, width: float, height: float,
    *, headed: bool,
) -> Layout:  # fmt: skip
    """Rows below each other, under headings where the indicators are under sub-indices."""
    rows, headings, level = {}, {}, top
    for group, members in groups.items():
        if headed:
            headings[group] = level + HEADING / 2
            level += HEADING
        for name in members:
            rows[name] = level
            level += height
    return Layout(columns, rows, headings, width, height, level + 1)
