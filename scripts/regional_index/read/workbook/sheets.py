"""Sheets of an Excel workbook as text by row and column, with what Excel merges and hides."""

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from regional_index.errors import DataError, Problem
from regional_index.model import write_number
from regional_index.read.numbers import GROUPED, PLAIN, narrow

Place = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        title: Its name.
        texts: Text of every cell that is not empty, spaces put together; a number has up to 15 digits.
        merged: For every cell of a merged range, the first cell of the range.
        is_hidden: Whether the sheet is hidden as a whole.
        hidden_rows: Rows that Excel does not show.
        hidden_columns: Columns that Excel does not show.
    """

    title: str
    texts: Mapping[Place, str]
    merged: Mapping[Place, Place]
    is_hidden: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    @property
    def rows(self) -> range:
        """Numbers of the rows, hidden ones included."""
        return range(1, max((row for row, _ in self.texts), default=0) + 1)

    @property
    def columns(self) -> range:
        """Numbers of the columns, hidden ones included."""
        return range(1, max((column for _, column in self.texts), default=0) + 1)

    def text(self, row: int, column: int) -> str:
        """Text of a cell; empty where there is none, also in a merged range but for its first cell."""
        return self.texts.get((row, column), "")

    def origin(self, row: int, column: int) -> Place:
        """The first cell of the merged range that a cell is in, or the cell itself."""
        return self.merged.get((row, column), (row, column))

    def place(self, row: int, column: int) -> str:
        """Sheet and cell for people.

        Examples:
            >>> Sheet("Sales", {}, {}, False, frozenset(), frozenset()).place(17, 28)
            'Sales!AB17'
        """
        letters = ""
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{self.title}!{letters}{row}"


def read_sheets(book: str, content: bytes) -> list[Sheet]:
    """Read every worksheet of a workbook.

    Args:
        book: Its name, for messages.
        content: Its bytes.

    Raises:
        DataError: It is no workbook in the format of Excel 2007 or later.
    """
    from openpyxl import load_workbook

    try:
        shown, written = (load_workbook(io.BytesIO(content), data_only=values) for values in (True, False))
    except (zipfile.BadZipFile, KeyError) as error:
        remedy = "open it in Excel or LibreOffice and save it as .xlsx, without a password"
        raise DataError([Problem(book, "", f"no workbook ({error})", "an .xlsx file", remedy)]) from error
    return [_read_sheet(sheet, written[sheet.title]) for sheet in shown.worksheets]


def is_number(text: str) -> bool:
    """Whether a text is a number to people: with thousands separators, full-width digits or a percent sign too.

    Examples:
        >>> [is_number(text) for text in ("1,234.5", "１２", "7 %", "2023-24", "-")]
        [True, True, True, False, False]
    """
    plain = narrow(text).strip().removesuffix("%").strip()
    return bool(PLAIN.fullmatch(plain) or GROUPED.fullmatch(plain))


def _read_sheet(shown: Any, written: Any) -> Sheet:
    texts = {
        (cell.row, cell.column): text
        for row in shown.iter_rows()
        for cell in row
        if (text := _text(cell.value, cell.number_format) or _formula(written.cell(cell.row, cell.column).value))
    }
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in shown.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    groups = [group for group in shown.column_dimensions.values() if group.hidden]
    return Sheet(
        title=shown.title,
        texts=texts,
        merged=merged,
        is_hidden=shown.sheet_state != "visible",
        hidden_rows=frozenset(number for number, row in shown.row_dimensions.items() if row.hidden),
        hidden_columns=frozenset(column for group in groups for column in range(group.min, group.max + 1)),
    )


def _text(value: object, number_format: str) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = write_number(value)
        # What Excel shows as 12.3% it keeps as 0.123.
        is_percent = "%" in re.sub(r'"[^"]*"', "", number_format or "")
        return f"{(Decimal(text) * 100).normalize():f}%" if is_percent else text
    if isinstance(value, datetime.datetime):
        value = value.date()
    return "" if value is None else " ".join(str(value).split())


def _formula(value: object) -> str:
    """A formula that nothing has computed; Excel keeps what it computed next to the formula."""
    return value if isinstance(value, str) and value.startswith("=") else ""
