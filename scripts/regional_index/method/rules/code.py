"""Parts of the Python that a rule writes for readers."""

import json
from collections.abc import Mapping

from regional_index.method.rules.definition import Options


def statistic(name: str, options: Options) -> str:
    """A statistic of the values `@`, of each year or of all years as `over` says.

    Examples:
        >>> statistic("min", {"over": "panel"}), statistic("min", {"over": "year"})
        ('@.min()', '@.groupby("year").transform("min")')
    """
    return f'@.groupby("year").transform("{name}")' if options["over"] == "year" else f"@.{name}()"


def times(factor: float) -> str:
    """The end of a formula that multiplies by a factor; nothing for 1."""
    return "" if factor == 1 else f" * {plain(factor)}"


def plus(number: float) -> str:
    """The end of a formula that adds a number; nothing for 0."""
    return f" {'+' if number > 0 else '-'} {plain(abs(number))}" if number else ""


def plain(number: float) -> float | int:
    """A number without a fraction of 0."""
    return int(number) if float(number).is_integer() else float(number)


def literal(value: object) -> str:
    """A text, a number, or a list or dictionary of them, in Python with double quotes.

    Examples:
        >>> print(literal({"a": [1, 2.5]}))
        {"a": [1, 2.5]}
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
