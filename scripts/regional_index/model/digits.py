"""Numbers in files: with as many digits as give each again, the same on every machine."""

# Gives every number again to 1e-14 of itself; a 16th digit is often noise of the machine.
DIGITS = 15
FORMAT = f"%.{DIGITS}g"
# Above it not every whole number is a float.
_LARGEST_WHOLE = 2**53


def write_number(value: float) -> str:
    """A number as text files have it: whole ones without a point, 0 without a sign.

    Examples:
        >>> write_number(1 / 3), write_number(12.0), write_number(-0.0), write_number(5e-8), write_number(1e15)
        ('0.333333333333333', '12', '0', '5e-08', '1e+15')
    """
    return FORMAT % (value + 0.0)


def cut_number(value: float) -> float | int:
    """A number as JSON has it: with these digits, whole ones without a point.

    Examples:
        >>> cut_number(0.1 + 0.2), cut_number(12.0), cut_number(5e-8), cut_number(-0.0)
        (0.3, 12, 5e-08, 0)
    """
    number = float(write_number(value))
    return int(number) if number.is_integer() and abs(number) < _LARGEST_WHOLE else number
