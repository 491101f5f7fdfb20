"""Numbers in cells: which text is a number, and what to write instead of one that is not."""

import re

import pandas as pd

TIDY = "make tidy FILES="
LONGEST = 40
_DIGITS = r"-?[0-9]+(?:\.[0-9]+)?"
# Two digits of exponent are far more than any figure needs, and never infinity.
PLAIN = re.compile(rf"{_DIGITS}(?:[eE][+-]?[0-9]{{1,2}})?")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
# Not Unicode's NFKC, which also makes 12² a 122.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x202F: " "}
_SIGNS_FOR_MISSING = {"", "n/a", "na", "nil", "none", "null", "x", "?", ".", "..", "...", "…", "……"}
_MISSING = "leave the cell empty if it was not published, and list the region under not_published"


def is_plain_number(text: str) -> bool:
    """Whether a cell is a number as Python and a spreadsheet both read it: `-12.5` or `1.5E-7`, and nothing around it.

    Examples:
        >>> [is_plain_number(text) for text in ("12.5", "-3", "1E-7", "1,234", "12 %", "")]
        [True, True, True, False, False, False]
    """
    return len(text) <= LONGEST and bool(PLAIN.fullmatch(text))


def read_numbers(text: pd.Series) -> pd.Series:
    """The cells that hold a plain number as numbers; all others are missing."""
    return text.where(text.map(is_plain_number).astype(bool)).astype(float)


def narrow(text: str) -> str:
    """Text with full-width letters, digits, signs and spaces made narrow.

    Examples:
        >>> narrow("１２．３％")
        '12.3%'
    """
    return text.translate(_NARROW)


def explain_number(text: str, file: str) -> tuple[str, str]:
    """Explain a cell that is not a plain number: what was expected, and what to write.

    Args:
        text: The cell.
        file: The CSV file it is in, for the command in the remedy; empty where it is in none.

    Examples:
        >>> explain_number("1,234", "x.csv")
        ('a number without thousands separators', 'write 1234, or run: make tidy FILES=x.csv')
    """
    plain = narrow(text).strip()
    tidy = f", or run: {TIDY}{file}" if file else ""
    if len(text) > LONGEST:
        return f"a number of at most {LONGEST} characters", f"write the number, or {_MISSING}"
    if text.startswith("#"):
        return "a number, or nothing", f"correct the formula, or {_MISSING}"
    if plain.casefold().strip("-–—") in _SIGNS_FOR_MISSING:
        return "a number, or nothing", _MISSING
    if plain.casefold().lstrip("+-") in ("inf", "infinity", "nan", "∞"):
        return "a finite number", f"write the number, or {_MISSING}"
    if PLAIN.fullmatch(plain):
        what = "a number without spaces" if text.strip() == plain else "a number in the digits 0-9"
        return what, f"write {plain}{tidy}"
    if GROUPED.fullmatch(plain):
        return "a number without thousands separators", f"write {plain.replace(',', '')}{tidy}"
    return _explain_rest(plain)


def _explain_rest(plain: str) -> tuple[str, str]:
    if match := re.fullmatch(rf"({_DIGITS})\s*%", plain):
        return "a number without percent sign", f"write {match[1]}; the unit is in data/framework.yml"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", plain):
        point, none = plain.replace(",", "."), plain.replace(",", "")
        return "a number with a decimal point", f"write {point} if the comma is a decimal sign, {none} if not"
    if re.fullmatch(r"-?[0-9]+( [0-9]+)+(\.[0-9]+)?", plain):
        return "a number without spaces", f"write {plain.replace(' ', '')}"
    if re.fullmatch(rf"{_DIGITS}[eE][+-]?[0-9]+", plain):
        return "a number with an exponent of one or two digits, such as 1.5E-7", "correct the exponent"
    if match := re.match(rf"({_DIGITS})\s*[^0-9.,]+$", plain):
        return "a number without unit", f"write {match[1]}; the unit is in data/framework.yml"
    return "a number", "write a plain number such as 1234.5"
