"""Scales from values to pixels, known before anything is drawn, so that labels can be placed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log10, sqrt
from typing import Any, NamedTuple

TRANSFORM: dict[str, Callable[[float], float]] = {"linear": float, "sqrt": sqrt, "log": log10}


@dataclass(frozen=True)
class Scale:
    """`kind` is `linear`, `sqrt`, `log` or `band`; a band scale has names as its domain and a gap between them."""

    kind: str
    domain: tuple[Any, ...]
    range: tuple[float, float]
    gap: float = 0.0

    def pixel(self, value: float) -> float:
        """Position of a value in pixels; not for bands.

        Examples:
            >>> linear(0, 100, 10, 30).pixel(50), linear(0, 100, 0, 10, "sqrt").pixel(25)
            (20.0, 5.0)
        """
        change = TRANSFORM[self.kind]
        low, high = (change(float(end)) for end in self.domain)
        start, stop = self.range
        return start + (change(value) - low) / ((high - low) or 1) * (stop - start)


class At(NamedTuple):
    """A place read from a field of the data on a scale."""

    field: str
    scale: Scale


def linear(low: float, high: float, start: float, stop: float, kind: str = "linear") -> Scale:
    """A scale of numbers; `kind` may also be `sqrt` or `log`."""
    return Scale(kind, (float(low), float(high)), (start, stop))


def bands(names: Sequence[str], start: float, stop: float, gap: float = 0.3) -> Scale:
    """Equal bands, one for each name in this order; `gap` is the share of a band that stays empty."""
    return Scale("band", tuple(names), (start, stop), gap)
