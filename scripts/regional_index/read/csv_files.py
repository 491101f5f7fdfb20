"""CSV files as tables of text, each row under its line number; and the repair of what needs no decision."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.read.numbers import GROUPED, PLAIN, TIDY, narrow
from regional_index.read.source_files import decode_text, require_line_end


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
    file: str,
    content: bytes,
    required: Collection[str],
    optional: Collection[str] | None = (),
    known: Collection[str] = (),
) -> TextTable:
    r"""Read a CSV file: UTF-8 with or without a byte-order mark, commas, any line ends, one line of column names.

    Args:
        file: Its name, for messages.
        content: Its bytes.
        required: Columns it must have, in any order.
        optional: Columns it may have; `None` for any.
        known: Names and units of the project, by which `tidy_csv` is certain of GBK.

    Examples:
        >>> load_table("x.csv", b"region,year\nNorth,2020\n", ["region", "year"]).cells.to_dict("index")
        {2: {'region': 'North', 'year': '2020'}}
    """
    try:
        text = decode_text(file, content, 'save it as "CSV UTF-8"')
    except DataError as error:
        return TextTable(file, None, _offer_tidy(file, content, known, error.problems))
    try:
        require_line_end(file, text)
        rows = [(line, cells) for line, _, cells in read_rows(file, text) if cells]
    except DataError as error:
        return TextTable(file, None, error.problems)
    header = rows.pop(0)[1] if rows else []
    wrong = check_header(file, header, required, optional)
    if wrong:
        return TextTable(file, None, tuple(wrong))
    problems = [_empty(file, line) for line, row in rows if not any(cell.strip() for cell in row)]
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


def _offer_tidy(
    file: str, content: bytes, known: Collection[str], problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The problems, with the command that repairs the file where it would."""
    try:
        tidy_csv(file, content, known)
    except DataError:
        return problems
    return tuple(replace(problem, remedy=f"{problem.remedy}, or run: {TIDY}{file}") for problem in problems)


def _empty(file: str, line: int) -> Problem:
    return Problem(file, str(line), "a row of empty cells", "a row with a region", "delete the line")


def _ragged(file: str, line: int, row: list[str], header: list[str]) -> Problem:
    found = f'"{",".join(row)}", {len(row)} cells'
    expected = f"{len(header)} cells: {','.join(header)}"
    more = "remove the extra comma; a comma inside a number counts as one"
    return Problem(file, str(line), found, expected, more if len(row) > len(header) else "add what is missing")


def read_rows(file: str, text: str) -> list[tuple[int, str, list[str]]]:
    r"""The rows of a CSV text: the number of the line each ends on, how it is written, its cells.

    Raises:
        DataError: A quote is not closed, or something follows it.

    Examples:
        >>> read_rows("x.csv", 'region,year\n"North",2020\n')
        [(1, 'region,year\n', ['region', 'year']), (2, '"North",2020\n', ['North', '2020'])]
    """
    written = io.StringIO(text, newline="")
    reader = csv.reader(written, strict=True)
    rows: list[tuple[int, str, list[str]]] = []
    line, start = 0, 0
    try:
        for cells in reader:
            line, end = reader.line_num, written.tell()
            rows.append((line, text[start:end], cells))
            start = end
    except csv.Error as error:
        remedy = 'close every quote; write " inside quotes as ""'
        raise DataError([Problem(file, str(line + 1), str(error), "CSV", remedy)]) from error
    return rows


def tidy_csv(file: str, content: bytes, known: Collection[str] = ()) -> bytes:
    r"""Repair what can be repaired in a CSV file without knowing what its numbers mean.

    That is: a byte-order mark, GBK instead of UTF-8, line ends of Windows, blank lines at the end, spaces
    around cells, full-width digits, and thousands separators inside quotes. Rows without such a fault keep
    every byte.

    Args:
        file: Its name, for messages.
        content: The bytes of the file.
        known: Names and units of the project. Any bytes read as GBK; that a file is GBK is certain only if
            all its cells that are not ASCII are among these then.

    Returns:
        UTF-8 with `\n` as line end.

    Raises:
        DataError: It cannot be read with certainty: other bytes, no line end at its end, a quote not closed.

    Examples:
        >>> tidy_csv("x.csv", b'\xef\xbb\xbfregion,value\r\nNorth,"1,234.5"\r\n\r\n')
        b'region,value\nNorth,1234.5\n'
    """
    text = _decode(file, content, known).replace("\r\n", "\n").replace("\r", "\n")
    require_line_end(file, text)
    records = read_rows(file, text)
    while records and not any(cell.strip() for cell in records[-1][2]):
        records.pop()
    return "".join(_tidy_record(raw, row) for _, raw, row in records).encode()


def _decode(file: str, content: bytes, known: Collection[str]) -> str:
    try:
        return decode_text(file, content, 'save it as "CSV UTF-8"')
    except DataError:
        text = _decode_gbk(file, content, known)
        if text is None:
            raise
        return text


def _decode_gbk(file: str, content: bytes, known: Collection[str]) -> str | None:
    try:
        text = content.decode("gb18030")
        cells = {_tidy_cell(cell) for _, _, row in read_rows(file, text) for cell in row}
    except (UnicodeDecodeError, DataError):
        return None
    foreign = {cell for cell in cells if not cell.isascii()}
    return text if foreign and foreign <= set(known) else None


def _tidy_record(raw: str, row: list[str]) -> str:
    tidied = [_tidy_cell(cell) for cell in row]
    if tidied == row:
        return raw
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(tidied)
    return written.getvalue()


def _tidy_cell(cell: str) -> str:
    cell = cell.strip()
    narrowed = narrow(cell).strip()
    if GROUPED.fullmatch(narrowed):
        return narrowed.replace(",", "")
    return narrowed if PLAIN.fullmatch(narrowed) else cell
