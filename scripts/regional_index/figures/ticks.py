"""Scales of axes: the kind that suits some values, where it starts, and its round numbers."""

from collections.abc import Iterable
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

import pandas as pd

from regional_index.figures.scale import Scale
from regional_index.figures.text import SMALL, text_width
from regional_index.render import show_number

SKEWED = 12  # times the median: beyond this most regions would crowd at the start of a linear axis
SLIP = 1e-9  # of a step: 0.3 / 0.1 is a little less than 3


def choose_scale(values: pd.DataFrame) -> str:
    """`linear`, or where a few regions are far ahead of others above 0 `log`, or `sqrt` if there are zeros.

    Examples:
        >>> choose_scale(pd.DataFrame({2020: [1.0, 2.0, 3.0]})), choose_scale(pd.DataFrame({2020: [1.0, 2.0, 90.0]}))
        ('linear', 'log')
    """
    known = values.stack().dropna()
    if known.min() < 0 or known.max() <= SKEWED * known.median():
        return "linear"
    return "log" if known.min() > 0 else "sqrt"


def axis_start(least: float, greatest: float, kind: str) -> float:
    """Zero, unless all values are far from it: dots show differences, not sizes as bars do.

    Examples:
        >>> axis_start(20, 100, "linear"), axis_start(80, 100, "linear"), axis_start(3, 900, "log")
        (0.0, 78.0, 3)
    """
    if kind == "log":
        return least
    return least - (greatest - least) / 10 if least > greatest / 2 else min(0.0, least)


def choose_ticks(low: float, high: float, kind: str, most: int = 5) -> list[float]:
    """Round numbers within a domain, at most so many steps of a linear axis, so many ticks of another.

    Examples:
        >>> choose_ticks(0, 87, "linear"), choose_ticks(0, 0.25, "linear"), choose_ticks(3, 40000, "log")
        ([0, 20, 40, 60, 80], [0, 0.05, 0.1, 0.15, 0.2, 0.25], [10, 100, 1000, 10000])
    """
    if kind == "log":
        tens = [10.0**power for power in range(floor(log10(low)), floor(log10(high)) + 1)]
        found = [ten for ten in tens if low <= ten <= high]
        return plain(found[:: max(1, -(-len(found) // most))])
    if kind == "sqrt":
        top = floor(log10(high))
        steps = [m * 10.0**power for power in range(top - most, top + 1) for m in (1, 5)]
        return plain([step for step in steps if low <= step <= high][-most:])
    power = floor(log10((high - low) / most)) if high > low else 0
    tried = [m * 10.0**p for p in range(power, power + 3) for m in (1, 2, 5)]
    step = next(step for step in tried if (high - low) / step <= most)
    return plain([number * step for number in range(ceil(low / step - SLIP), floor(high / step + SLIP) + 1)])


def ticks_with_room(scale: Scale, limit: float) -> list[dict[str, Any]]:
    """As many ticks, with `tick` and `shown`, as have room for their labels left of `limit`."""
    low, high = scale.domain
    for most in (6, 5, 4, 3, 2, 1):
        ticks = choose_ticks(low, high, scale.kind, most)
        shown = [{"tick": tick, "shown": show_tick(tick)} for tick in ticks]
        places = [scale.pixel(tick) for tick in ticks]
        halves = [text_width(tick["shown"], SMALL) / 2 for tick in shown]
        fits = [place for place, half in zip(places, halves, strict=True) if place + half <= limit]
        gaps = [places[i + 1] - halves[i + 1] - places[i] - halves[i] for i in range(len(places) - 1)]
        if len(fits) == len(places) and min(gaps, default=9) >= 6:
            return shown
    return []


def show_tick(tick: float) -> str:
    """A tick with the decimals it has.

    Examples:
        >>> show_tick(0.05), show_tick(0.1), show_tick(2000.0)
        ('0.05', '0.1', '2,000')
    """
    return show_number(tick, max(0, -int(Decimal(repr(tick)).normalize().as_tuple().exponent)))


def plain(ticks: Iterable[float]) -> list[float]:
    """Numbers without the noise of their computation, whole ones as such."""
    exact = [float(f"{tick:.12g}") for tick in ticks]
    return [int(tick) if tick == int(tick) else tick for tick in exact]
