"""Numbers as readers see them: rounded half up, thousands separated, missing as a dash, never 0 where they are not."""

from decimal import ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Any

import pandas as pd

MISSING = "—"


SCORE_DECIMALS = 2


CLOSE_SIGNS = ("%", "‰", "°")


MINUS = "\u2212"


# Digits of a number that its decimals would show as 0; written as a power of ten from so many decimals on.
SIGNIFICANT = 2


POWER_FROM = 8


# What is left of 0 by arithmetic on scores, shares and correlations; ranks take such a difference for none, too.
NOISE = 1e-9


# Room for every digit of the greatest and of the smallest float.
_EXACT = Context(prec=800)


_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


MaybeNumber = Any
"""A number of Python, NumPy or pandas, or one of their ways to say that it is missing."""


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """The number with that many decimals, a half going away from zero.

    The shortest decimal form of a float is rounded, so that 0.125 and 2.675 behave as written.

    Raises:
        ValueError: The number is infinite or missing, which is a mistake in its computation.

    Examples:
        >>> round_half_up(2.675, 2), round_half_up(-0.5, 0)
        (Decimal('2.68'), Decimal('-1'))
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"{value} is not a finite number; fix what computed it, such as a division by 0")
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EXACT)


def round_up(value: float, decimals: int) -> Decimal:
    """The number with that many decimals, away from zero; differences below a millionth are taken for none.

    A number below a millionth has two digits.

    Examples:
        >>> round_up(2.671, 2), round_up(-0.1, 0), round_up(25.00000004, 0), round_up(1.23e-8, 1)
        (Decimal('2.68'), Decimal('-1'), Decimal('25'), Decimal('1.3E-8'))
    """
    without_noise = round_half_up(value, max(6, decimals + 4))
    if not without_noise:
        decimals = decimals_to_show(value, decimals)
        without_noise = round_half_up(value, decimals + 4)
    return without_noise.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_UP, context=_EXACT)


def decimals_to_show(value: float | Decimal, decimals: int) -> int:
    """The decimals to show a number with: those given, more where it would be shown as 0 and is not.

    Examples:
        >>> decimals_to_show(0.5, 0), decimals_to_show(0.04, 1), decimals_to_show(0.0, 1), decimals_to_show(-5e-8, 1)
        (0, 3, 1, 9)
    """
    if not value or round_half_up(value, decimals):
        return decimals
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return SIGNIFICANT - 1 - exact.adjusted()


def drop_noise(value: MaybeNumber) -> MaybeNumber:
    """A computed score, share or correlation; 0 where it is only what arithmetic left of 0."""
    return 0.0 if not is_missing(value) and abs(value) < NOISE else value


def show_number(value: MaybeNumber, decimals: int, *, separate: bool = True) -> str:
    """A number for reading; a dash where it is missing, two digits where its decimals would show 0.

    Examples:
        >>> show_number(12345.675, 2), show_number(-3.0, 1), show_number(float("nan"), 2)
        ('12,345.68', '−3.0', '—')
        >>> show_number(-0.004, 2), show_number(1.2e-12, 2), show_number(0, 2)
        ('−0.0040', '1.2 × 10⁻¹²', '0.00')
    """
    if is_missing(value):
        return MISSING
    enough = decimals_to_show(value, decimals)
    if enough <= max(decimals, POWER_FROM - 1):
        return show_fixed(value, enough, separate=separate)
    rounded = round_half_up(value, enough)
    power = rounded.adjusted()
    leading = show_fixed(rounded.scaleb(-power), SIGNIFICANT - 1)
    return f"{leading} × 10{str(power).translate(_SUPERSCRIPT)}"


def show_fixed(value: MaybeNumber, decimals: int, *, separate: bool = True) -> str:
    """A number in a place that has no room for more decimals, such as a cell of a drawing; 0 may be shown for less."""
    if is_missing(value):
        return MISSING
    rounded = round_half_up(value, decimals)
    size = rounded.copy_abs()
    text = f"{size:,.{decimals}f}" if separate else f"{size:.{decimals}f}"
    return (MINUS if rounded < 0 else "") + text


def show_score(value: MaybeNumber) -> str:
    """A score as pages print it."""
    return show_number(drop_noise(value), SCORE_DECIMALS)


def show_percent(share: float, decimals: int = 0) -> str:
    """A share as a percentage; what is neither 0 nor 1 is never written as if it were.

    Examples:
        >>> show_percent(0.254), show_percent(0.9999), show_percent(0.0001), show_percent(1.0), show_percent(-0.001)
        ('25%', '>99%', '<1%', '100%', '>−1%')
    """
    percent = 100 * drop_noise(share)
    text = show_fixed(percent, decimals)
    if not decimals and text == "100" and percent < 100:
        return ">99%"
    if not decimals and text == "0" and percent:
        return "<1%" if percent > 0 else f">{MINUS}1%"
    return f"{show_number(percent, decimals)}%"


def show_quantity(number: str, unit: str) -> str:
    """A number with its unit; signs such as % follow at once, words after a space.

    Examples:
        >>> show_quantity("12.3", "%"), show_quantity("8,000", "亿元"), show_quantity("7", "")
        ('12.3%', '8,000 亿元', '7')
    """
    return f"{number}{unit}" if unit in CLOSE_SIGNS else f"{number} {unit}".rstrip()


def show_change(value: MaybeNumber, decimals: int) -> str:
    """A difference with its sign; zero has none.

    Examples:
        >>> show_change(1.25, 1), show_change(-2, 0), show_change(0.001, 2), show_change(0, 2)
        ('+1.3', '−2', '+0.0010', '0.00')
    """
    text = show_number(value, decimals)
    return f"+{text}" if not is_missing(value) and value > 0 else text


def show_printed(number: str) -> str:
    """A published figure with exactly the decimals it was printed with, thousands separated.

    Examples:
        >>> show_printed("19.5"), show_printed("8000")
        ('19.5', '8,000')
    """
    decimals = len(number.partition(".")[2])
    return show_fixed(float(number), decimals)


def is_missing(value: MaybeNumber) -> bool:
    """Whether a value is None, or what Python, NumPy and pandas have for it: NaN of any kind, NA, NaT."""
    return bool(pd.isna(value))
