"""Text that no spreadsheet takes for a formula."""

import re
from typing import TypeVar

# What spreadsheets may begin a formula with (OWASP, CSV injection), the full-width forms among it.
_STARTS = re.compile(r"[=+\-@\t\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

Value = TypeVar("Value")


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
