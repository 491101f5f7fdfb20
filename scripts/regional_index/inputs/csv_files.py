"""CSV files as tables of text, each row under its line number; what the text means comes later."""

import codecs
import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from regional_index.errors import Problem

TIDY = "make tidy FILES="


@dataclass(frozen=True)
class TextTable:
    """A CSV file as read.

    Args:
        file: Its name, relative to the project.
        cells: Text by line number and column; `None` when it could not be read.
        problems: What was wrong with it.
        left_out: How many rows are not among the cells because they have too many or too few.
    """

    file: str
    cells: pd.DataFrame | None
    problems: tuple[Problem, ...] = ()
    left_out: int = 0


def load_table(
    file: str, content: bytes, required: Collection[str], optional: Collection[str] | None = ()
) -> TextTable:
    r"""Read a CSV file: UTF-8, commas, one line of column names.

    Args:
        file: Its name, for messages.
        content: Its bytes.
        required: Columns it must have, in any order.
        optional: Columns it may have; `None` for any.

    Examples:
        >>> load_table("x.csv", b"region,year\nNorth,2020\n", ["region", "year"]).cells.to_dict("index")
        {2: {'region': 'North', 'year': '2020'}}
    """
    problems = []
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
        problems.append(_byte_order_mark(file))
    try:
        rows = _rows(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return TextTable(file, None, (*problems, _not_utf8(file, content, error)))
    except csv.Error as error:
        return TextTable(file, None, (*problems, _broken_quotes(file, error)))
    header = rows.pop(0)[1] if rows else []
    wrong = check_header(file, header, required, optional)
    if wrong:
        return TextTable(file, None, (*problems, *wrong))
    problems += [_empty(file, line) for line, row in rows if not any(cell.strip() for cell in row)]
    rows = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    problems += [_ragged(file, line, row, header) for line, row in rows if len(row) != len(header)]
    whole = {line: row for line, row in rows if len(row) == len(header)}
    cells = pd.DataFrame.from_dict(whole, orient="index", columns=header, dtype="str")
    return TextTable(file, cells, tuple(problems), len(rows) - len(whole))


def check_header(
    file: str, header: list[str], required: Collection[str], optional: Collection[str] | None = ()
) -> list[Problem]:
    """A problem if columns are missing, unknown or there twice."""
    allowed = header if optional is None else [*required, *optional]
    fits = set(required) <= set(header) <= set(allowed) and len(header) == len(set(header))
    if fits:
        return []
    expected = f"the columns {','.join(required)}"
    if optional:
        expected += f" (and, if wanted, {','.join(optional)})"
    found = f'"{",".join(header)}"'
    remedy = "separate the columns by commas" if len(header) == 1 else "correct the first line"
    return [Problem(file, "1", found, expected, remedy)]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Every row that is not a blank line, with the number of the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [(reader.line_num, row) for row in reader if row]


def _byte_order_mark(file: str) -> Problem:
    found = 'a byte-order mark before the first letter (Excel\'s "CSV UTF-8" writes one)'
    remedy = f"save as UTF-8 without BOM in a text editor, or run: {TIDY}{file}"
    return Problem(file, "1", found, "UTF-8 without a byte-order mark", remedy)


def _not_utf8(file: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    line = str(content[: error.start].count(b"\n") + 1)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Problem(file, line, 'UTF-16 (Excel\'s "Unicode text")', "UTF-8", 'save it as "CSV UTF-8"')
    if content.startswith(b"PK"):
        return Problem(file, line, "an Excel workbook", "CSV text in UTF-8", 'save it as "CSV UTF-8"')
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return Problem(file, line, "bytes that are not UTF-8", "UTF-8", "save the file as UTF-8")
    found = 'bytes that are not UTF-8, but may be GBK (Excel\'s plain "CSV")'
    return Problem(file, line, found, "UTF-8", f"save the file as UTF-8, or run: {TIDY}{file}")


def _broken_quotes(file: str, error: csv.Error) -> Problem:
    return Problem(file, "", str(error), "CSV", 'close every quote; write " inside quotes as ""')


def _empty(file: str, line: int) -> Problem:
    return Problem(file, str(line), "a row of empty cells", "a row with a region", "delete the line")


def _ragged(file: str, line: int, row: list[str], header: list[str]) -> Problem:
    found = f'"{",".join(row)}", {len(row)} cells'
    expected = f"{len(header)} cells: {','.join(header)}"
    more = "remove the extra comma; a comma inside a number counts as one"
    return Problem(file, str(line), found, expected, more if len(row) > len(header) else "add what is missing")
