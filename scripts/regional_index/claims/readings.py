"""What a printed number says about the exact one behind it."""

from decimal import Decimal
from typing import NamedTuple


class Interval(NamedTuple):
    """The least and the greatest value; both ends belong to it."""

    lower: float
    upper: float

    def holds(self, value: float, slack: float = 1e-9) -> bool:
        """Whether a value lies inside; `slack` is for the last bits of arithmetic."""
        return self.lower - slack <= value <= self.upper + slack

    def scaled(self, factor: float) -> "Interval":
        """Both ends times a positive factor."""
        return Interval(self.lower * factor, self.upper * factor)


def decimals_of(number: str) -> int:
    """How many decimals a number was printed with.

    Examples:
        >>> decimals_of("19.5"), decimals_of("631.83"), decimals_of("12")
        (1, 2, 0)
    """
    return len(number.partition(".")[2])


def read_rounded(number: str) -> Interval:
    """All values that round to a printed number, half up.

    Examples:
        >>> read_rounded("20.38")
        Interval(lower=20.375, upper=20.385)
    """
    half = Decimal(5).scaleb(-decimals_of(number) - 1)
    return Interval(float(Decimal(number) - half), float(Decimal(number) + half))


def read_truncated(number: str) -> Interval:
    """All values that begin with the printed digits, the rest cut off.

    Examples:
        >>> read_truncated("85.11")
        Interval(lower=85.11, upper=85.12)
    """
    return Interval(float(number), float(Decimal(number) + Decimal(1).scaleb(-decimals_of(number))))


def read_either_way(number: str) -> Interval:
    """Rounded or truncated.

    Examples:
        >>> read_either_way("85.11"), read_either_way("-85.11")
        (Interval(lower=85.105, upper=85.12), Interval(lower=-85.12, upper=-85.105))
    """
    if number.startswith("-"):
        lower, upper = read_either_way(number[1:])
        return Interval(-upper, -lower)
    return Interval(read_rounded(number).lower, read_truncated(number).upper)


def read_about(number: str, tolerance: str) -> Interval:
    """A number that the source itself calls approximate, within a declared tolerance.

    Examples:
        >>> read_about("40", "2")
        Interval(lower=38.0, upper=42.0)
    """
    return Interval(float(Decimal(number) - Decimal(tolerance)), float(Decimal(number) + Decimal(tolerance)))
