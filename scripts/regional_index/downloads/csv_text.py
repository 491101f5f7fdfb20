"""Tables as CSV text, the same way in every download, and text that no spreadsheet takes for a formula.

Files that people open begin with a byte order mark, for a spreadsheet may read them in another encoding without one;
those of `api/v1/`, which programs read, do not.
"""

import csv
import io
import re
from typing import TypeVar

import pandas as pd

from regional_index.model import FORMAT, write_number

ENCODING = "utf-8-sig"
# What spreadsheets may begin a formula with (OWASP, CSV injection), the full-width forms among it.
_STARTS = re.compile(r"[=+\-@\t\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

Value = TypeVar("Value")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as CSV without its index; numbers have 15 significant digits, no title or text is a formula."""
    floats = {column: frame[column] + 0.0 for column in frame.select_dtypes("floating")}
    texts = {column: frame[column].map(_cell) for column in frame if _holds_text(frame[column])}
    written = frame.assign(**floats, **texts).rename(columns=harmless)
    return written.to_csv(index=False, lineterminator="\n", float_format=FORMAT).encode(ENCODING)


def _cell(value: object) -> object:
    return write_number(value) if isinstance(value, float) and value == value else harmless(value)


def harmless_csv(content: bytes) -> bytes:
    r"""A CSV file in which no cell begins a formula; the same bytes where none did.

    Examples:
        >>> harmless_csv(b"region,change\nx,-1e-07\n=x,2\n")
        b"region,change\nx,-1e-07\n'=x,2\n"
    """
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    safe = [[harmless(cell) for cell in row] for row in rows]
    if safe == rows:
        return content
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(safe)
    return written.getvalue().encode()


def _holds_text(column: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(column) or pd.api.types.is_object_dtype(column)


def harmless(value: Value) -> Value | str:
    """Text that would begin a formula with an apostrophe before it; numbers, and text that is one, as they are.

    Carriage returns become line feeds, for a bare one ends a row in CSV.

    Examples:
        >>> harmless("=1+1"), harmless("-x"), harmless("-5e-07"), harmless(-5), harmless("a=b")
        ("'=1+1", "'-x", '-5e-07', -5, 'a=b')
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _STARTS.match(text) and not _NUMBER.fullmatch(text) else text
