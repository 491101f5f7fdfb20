"""CSV files as tables of text, each row under its line number; what the text means comes later."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.read.numbers import TIDY
from regional_index.read.text_files import decode_text, read_rows, require_line_end
from regional_index.read.tidy import tidy_csv


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
