"""Each table as CSV and XLSX."""

import csv
import datetime
import io
from collections.abc import Sequence
from unicodedata import east_asian_width

from regional_index.downloads.csv_text import ENCODING, harmless
from regional_index.model import cut_number, write_number
from regional_index.render import PlainTable

NARROWEST, WIDEST = 6, 60
LONGEST = 32767  # characters that a cell of a spreadsheet holds
# Spreadsheets do not know how to be without a date.
NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


def table_csv(table: PlainTable) -> bytes:
    """A table as CSV for people: numbers with 15 significant digits, nothing that a spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(title) for title in table.titles])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode(ENCODING)


def table_xlsx(table: PlainTable, about: Sequence[tuple[str, str]], sheets: tuple[str, str]) -> bytes:
    """A workbook whose first sheet is the table, under a bold first row that stays, and whose second says what it is.

    Args:
        table: What the first sheet holds; numbers are numbers.
        about: Labels and texts of the second sheet.
        sheets: Names of the two.
    """
    import xlsxwriter

    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"created": NO_DATE, "title": harmless(table.caption)})
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    data, note = (workbook.add_worksheet(name) for name in sheets)
    for column, title in enumerate(table.titles):
        data.write_string(0, column, _cut(title), bold)
        width = max([_width(title), *(_width(row[column]) for row in table.rows)])
        data.set_column(column, column, min(max(width, NARROWEST), WIDEST))
    data.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                data.write_string(number, column, _cut(cell))
            elif cell is not None:
                data.write_number(number, column, cut_number(cell))
    note.set_column(0, 0, max(_width(label) for label, _ in about) + 2)
    note.set_column(1, 1, WIDEST, workbook.add_format({"text_wrap": True}))
    for number, (label, text) in enumerate(about):
        note.write_string(number, 0, _cut(label), bold)
        note.write_string(number, 1, _cut(text))
    workbook.close()
    return content.getvalue()


def _csv_cell(cell: str | float | None) -> str:
    if cell is None or isinstance(cell, str):
        return harmless(cell or "")
    return write_number(cell)


def _cut(text: str) -> str:
    return str(harmless(text))[:LONGEST]


def _width(cell: str | float | None) -> int:
    """Columns of a fixed font that a cell takes and a little room; a Chinese character takes two."""
    text = _csv_cell(cell)
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text) + 1
