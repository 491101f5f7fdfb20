"""One way to write a table: columns with a kind, cells with a value to sort by."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal

import pandas as pd
from markupsafe import Markup

from regional_index.model import write_number
from regional_index.render.html import element
from regional_index.render.numbers import (
    MISSING,
    SCORE_DECIMALS,
    MaybeNumber,
    drop_noise,
    is_missing,
    show_change,
    show_number,
)

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SHOWN_NUMBER = re.compile(r"[\u2212-]?\d[\d,]*(?:\.\d+)?")
Plain = str | float | None


@dataclass(frozen=True)
class Column:
    """A column; numbers align right, and `wide` ones hold text that may wrap.

    `key` is its short name in addresses, `label` its name in a list of columns (its title, when not given).
    `best` says which number a click on the heading brings to the top first: the greatest, the least, or that numbers
    of different units share the column, which then does not sort.
    """

    title: object
    numeric: bool = False
    wide: bool = False
    key: str = ""
    label: str = ""
    best: Literal["high", "low", "none"] = "high"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell and what it sorts by (its text, when not given).

    `bar` is a share of 100 to draw; or where the bar starts and where it ends, in percent of the width.
    Files of the table have `value` in place of the content where it is given, and what else stands beside that
    number, such as a mark or a range, in a column of its own.
    """

    content: object
    sort: float | str | None = None
    bar: float | tuple[float, float] | None = None
    value: float | None = None
    beside: object = ""


Rows = Sequence[Sequence[Cell | object]]


# Given a table, returns what stands below its box, such as links to its files.
Offer = Callable[[Sequence[Column], Rows, str], Markup]


_offer: ContextVar[Offer | None] = ContextVar("offer", default=None)


@contextmanager
def offering(offer: Offer) -> Iterator[None]:
    """Every table rendered meanwhile is shown to `offer`, and what that returns is written below it."""
    token = _offer.set(offer)
    try:
        yield
    finally:
        _offer.reset(token)


def number_cell(value: MaybeNumber, decimals: int, *, mark: str = "") -> Cell:
    """A number, rounded for reading and sorted by its full value; missing shows a dash and sorts last."""
    if is_missing(value):
        return Cell(MISSING)
    number = float(value)
    shown = Markup("").join([show_number(number, decimals), mark])
    return Cell(shown, sort=number, value=number, beside=mark)


def computed_cell(value: MaybeNumber, decimals: int = SCORE_DECIMALS) -> Cell:
    """A score or another computed number; it shows 0 for what arithmetic left of 0."""
    cell = number_cell(value, decimals)
    return cell if cell.value is None else replace(cell, content=show_number(drop_noise(cell.value), decimals))


def change_cell(value: MaybeNumber, decimals: int) -> Cell:
    """A computed difference with its sign."""
    if is_missing(value):
        return Cell(MISSING)
    return Cell(show_change(drop_noise(float(value)), decimals), sort=float(value), value=float(value))


def render_table(
    columns: Sequence[Column],
    rows: Rows,
    *,
    caption: str,
    row_ids: Sequence[str] = (),
    row_attributes: Sequence[Mapping[str, object]] = (),
    sortable: bool = True,
    foot: Sequence[Cell | object] = (),
) -> Markup:
    """A table in a box that scrolls by itself where the screen is narrow.

    Args:
        columns: Titles, in order.
        rows: Cells, as many as columns; anything that is not a `Cell` is its own content.
        caption: What the table holds; read by screen readers and shown above it.
        row_ids: Anchors of the rows, so that a figure can link to its row.
        row_attributes: Further attributes of each row, for scripts.
        sortable: Whether a click on a heading sorts.
        foot: Cells of a last row that sums up; nothing for none.
    """
    body = [
        element(
            "tr",
            *(_data(column, cell) for column, cell in zip(columns, row, strict=True)),
            id=row_ids[number] if row_ids else None,
            **(row_attributes[number] if row_attributes else {}),
        )
        for number, row in enumerate(rows)
    ]
    total = [_data(column, cell) for column, cell in zip(columns, foot, strict=True)] if foot else []
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *map(_heading, columns))),
        element("tbody", *body),
        element("tfoot", element("tr", *total)) if total else Markup(""),
        class_="ri-table" + (" ri-table--sortable" if sortable else ""),
    )
    size = f"--ri-rows:{len(rows)}"
    box = element("div", table, class_="ri-scroll", tabindex="0", role="region", aria_label=caption, style=size)
    offer = _offer.get()
    return box + offer(columns, rows, caption) if offer else box


def _heading(column: Column) -> Markup:
    kind = "ri-n" if column.numeric else None
    best = column.best if column.best != "high" else None
    return element("th", column.title, scope="col", class_=kind, data_column=column.key or None, data_best=best)


def _data(column: Column, cell: Cell | object) -> Markup:
    cell = cell if isinstance(cell, Cell) else Cell(cell)
    classes = [
        name
        for name, wanted in [
            ("ri-n", column.numeric),
            ("ri-wide", column.wide),
            ("ri-bar", cell.bar is not None),
        ]
        if wanted
    ]
    return element(
        "td",
        cell.content,
        class_=" ".join(classes) or None,
        data_sort=write_number(cell.sort) if isinstance(cell.sort, float) else cell.sort,
        style=bar_style(cell.bar) if cell.bar is not None else None,
    )


def bar_style(bar: float | tuple[float, float]) -> str:
    """The properties by which the style sheet draws a bar.

    Examples:
        >>> bar_style(42.25), bar_style((25, 50))
        ('--ri-share:42.2', '--ri-from:25.0;--ri-share:50.0')
    """
    start, stop = (max(0.0, min(end, 100.0)) for end in (bar if isinstance(bar, tuple) else (0.0, bar)))
    return (f"--ri-from:{start:.1f};" if start else "") + f"--ri-share:{stop:.1f}"


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
