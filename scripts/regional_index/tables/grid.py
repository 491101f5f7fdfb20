"""One way to write a table: columns with a kind, cells with a value to sort by."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from regional_index.markup import MISSING, MaybeNumber, element, is_missing, round_half_up, show_change, show_number


@dataclass(frozen=True)
class Column:
    """A column; numbers align right, and `wide` ones hold text that may wrap."""

    title: object
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a cell and what it sorts by (its text, when not given). `bar` is a share of 100 to draw."""

    content: object
    sort: float | str | None = None
    bar: float | None = None


def number_cell(value: MaybeNumber, decimals: int, *, bar: bool = False, mark: str = "") -> Cell:
    """A number, rounded for reading and sorted by its full value; missing shows a dash and sorts last."""
    if is_missing(value):
        return Cell(MISSING)
    number = float(value)
    shown = Markup("").join([show_number(number, decimals), mark])
    return Cell(shown, sort=float(round_half_up(number, 6)), bar=number if bar else None)


def change_cell(value: MaybeNumber, decimals: int) -> Cell:
    """A difference with its sign."""
    if is_missing(value):
        return Cell(MISSING)
    return Cell(show_change(float(value), decimals), sort=float(round_half_up(float(value), 6)))


def render_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | object]],
    *,
    caption: str,
    row_ids: Sequence[str] = (),
    sortable: bool = True,
) -> Markup:
    """A table in a box that scrolls by itself where the screen is narrow.

    Args:
        columns: Titles, in order.
        rows: Cells, as many as columns; anything that is not a `Cell` is its own content.
        caption: What the table holds; read by screen readers and shown above it.
        row_ids: Anchors of the rows, so that a figure can link to its row.
        sortable: Whether a click on a heading sorts.
    """
    head = Markup("").join(_heading(column) for column in columns)
    body = Markup("").join(
        element(
            "tr",
            *(_data(column, cell) for column, cell in zip(columns, row, strict=True)),
            id=row_ids[number] if row_ids else None,
        )
        for number, row in enumerate(rows)
    )
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", head)),
        element("tbody", body),
        class_="ri-table" + (" ri-table--sortable" if sortable else ""),
    )
    return element("div", table, class_="ri-scroll", tabindex="0", role="region", aria_label=caption)


def _heading(column: Column) -> Markup:
    return element("th", column.title, scope="col", class_="ri-n" if column.numeric else None)


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
        data_sort=cell.sort,
        style=f"--ri-share:{max(0.0, min(cell.bar, 100.0)):.1f}%" if cell.bar is not None else None,
    )
