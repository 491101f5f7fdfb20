"""Tables without markup: what their files hold."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

import pandas as pd
from markupsafe import Markup

from regional_index.markup import MISSING, is_missing
from regional_index.tables.grid import Cell, Column, Rows

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SHOWN_NUMBER = re.compile(r"[\u2212-]?\d[\d,]*(?:\.\d+)?")

Plain = str | float | None


@dataclass(frozen=True)
class PlainTable:
    """Titles and rows of text and numbers; None where there is nothing; numbers as computed."""

    caption: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]


def plain_text(content: object) -> str:
    """What a reader reads of it, on one line.

    Examples:
        >>> plain_text(Markup("<b>A &amp; B</b><br><small>t</small>")), plain_text("<b> x")
        ('A & B t', '<b> x')
    """
    text = unescape(_TAG.sub("", _BREAK.sub(" ", content))) if isinstance(content, Markup) else str(content)
    return " ".join(text.split())


def plain_table(columns: Sequence[Column], rows: Rows, caption: str, name_beside: Callable[[str], str]) -> PlainTable:
    """A rendered table as its files hold it.

    Args:
        columns: Titles, in order.
        rows: Cells, as many as columns.
        caption: What the table holds.
        name_beside: From the title of a column to that of the one to its right, which holds what stands beside its
            numbers; there is one where any cell has such a thing.
    """
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    titles: list[str] = []
    parts: list[list[Plain]] = []
    for place, column in enumerate(columns):
        own = [row[place] for row in cells]
        titles.append(plain_text(column.title))
        parts.append([_plain(cell) for cell in own])
        beside = [plain_text(cell.beside) for cell in own]
        if any(beside):
            titles.append(name_beside(titles[-1]))
            parts.append([text or None for text in beside])
    return PlainTable(plain_text(caption), tuple(titles), tuple(zip(*parts, strict=True)))


def plain_frame(frame: pd.DataFrame, caption: str) -> PlainTable:
    """The data behind a chart."""
    columns = [[_from_frame(value) for value in frame[title]] for title in frame]
    return PlainTable(caption, tuple(map(str, frame.columns)), tuple(zip(*columns, strict=True)))


def _plain(cell: Cell) -> Plain:
    if cell.value is not None:
        return cell.value
    text = plain_text(cell.content)
    if isinstance(cell.sort, int | float) and _SHOWN_NUMBER.fullmatch(text):
        number = float(text.replace("\u2212", "-").replace(",", ""))
        return number if number == cell.sort else text
    return None if text in ("", MISSING) else text


def _from_frame(value: object) -> Plain:
    if is_missing(value):
        return None
    if isinstance(value, str):
        return value
    return float(value)  # type: ignore[arg-type]
