"""Numbers as readers see them: rounded half up, thousands separated, missing as a dash."""

from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

import pandas as pd

MISSING = "—"
SCORE_DECIMALS = 2
CLOSE_SIGNS = ("%", "‰", "°")
MINUS = "\u2212"

MaybeNumber = Any
"""A number of Python, NumPy or pandas, or one of their ways to say that it is missing."""


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """The number with that many decimals, a half going away from zero.

    The shortest decimal form of a float is rounded, so that 0.125 and 2.675 behave as written.

    Raises:
        ValueError: The number is infinite or missing; whatever computed it went wrong.

    Examples:
        >>> round_half_up(2.675, 2), round_half_up(-0.5, 0)
        (Decimal('2.68'), Decimal('-1'))
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"{value} is not a finite number; mend what computed it, such as a division by 0")
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def round_up(value: float, decimals: int) -> Decimal:
    """The number with that many decimals, away from zero; differences below a millionth are taken for none.

    Examples:
        >>> round_up(2.671, 2), round_up(-0.1, 0), round_up(25.00000004, 0)
        (Decimal('2.68'), Decimal('-1'), Decimal('25'))
    """
    return round_half_up(value, 6).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_UP)


def show_number(value: MaybeNumber, decimals: int, *, separate: bool = True) -> str:
    """A number for reading; a dash where it is missing.

    Examples:
        >>> show_number(12345.675, 2), show_number(-3.0, 1), show_number(float("nan"), 2)
        ('12,345.68', '−3.0', '—')
    """
    if is_missing(value):
        return MISSING
    rounded = round_half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}" if separate else f"{abs(rounded):.{decimals}f}"
    return (MINUS if rounded < 0 else "") + text


def show_score(value: MaybeNumber) -> str:
    """A score as pages print it."""
    return show_number(value, SCORE_DECIMALS)


def show_quantity(number: str, unit: str) -> str:
    """A number with its unit; signs such as % stand close, words after a space.

    Examples:
        >>> show_quantity("12.3", "%"), show_quantity("8,000", "亿元"), show_quantity("7", "")
        ('12.3%', '8,000 亿元', '7')
    """
    return f"{number}{unit}" if unit in CLOSE_SIGNS else f"{number} {unit}".rstrip()


def show_change(value: MaybeNumber, decimals: int) -> str:
    """A difference with its sign; zero has none.

    Examples:
        >>> show_change(1.25, 1), show_change(-2, 0), show_change(0.001, 2)
        ('+1.3', '−2', '0.00')
    """
    text = show_number(value, decimals)
    rises = not is_missing(value) and round_half_up(value, decimals) > 0
    return f"+{text}" if rises else text


def show_printed(number: str) -> str:
    """A published figure with exactly the decimals it was printed with, thousands separated.

    Examples:
        >>> show_printed("19.5"), show_printed("8000")
        ('19.5', '8,000')
    """
    decimals = len(number.partition(".")[2])
    return show_number(float(number), decimals)


def is_missing(value: MaybeNumber) -> bool:
    """Whether a value is None, or what Python, NumPy and pandas have for it: NaN of any kind, NA, NaT."""
    return bool(pd.isna(value))
