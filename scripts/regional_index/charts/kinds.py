"""The kinds of charts. Each registers where it is written; nothing is made before it is asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from regional_index.charts.figure import Figure
from regional_index.facts import Facts

Maker = Callable[..., Figure]
Subjects = Callable[[Facts], Mapping[str, tuple[Any, ...]]]


@dataclass(frozen=True)
class Kind:
    """A kind of chart.

    Attributes:
        make: Makes a figure from the facts and what the chart is about.
        subjects: Gives, by the id of each chart that there is, the arguments that say what it is about.
        variants: The same of charts that only take the place of another when a reader asks for it: earlier years.
    """

    make: Maker
    subjects: Subjects
    variants: Subjects


KINDS: list[Kind] = []


def _none(_facts: Facts) -> Mapping[str, tuple[Any, ...]]:
    return {}


def chart_kind(subjects: Subjects, variants: Subjects = _none) -> Callable[[Maker], Maker]:
    """Register a function as a kind of chart; see `Kind`."""

    def register(make: Maker) -> Maker:
        KINDS.append(Kind(make, subjects, variants))
        return make

    return register


def for_each(pattern: str, codes: Callable[[Facts], Iterable[str]]) -> Subjects:
    """A chart for each code: its id is the pattern with the code in place of `{}`."""
    return lambda facts: {pattern.format(code): (code,) for code in codes(facts)}


def catalogue(facts: Facts) -> dict[str, Callable[[], Figure]]:
    """Every figure by its id, each made when called."""
    return _makers(facts, ((kind.make, kind.subjects) for kind in KINDS))


def variants(facts: Facts) -> dict[str, Callable[[], Figure]]:
    """Figures that only take the place of another when a reader asks for it, by their id."""
    return _makers(facts, ((kind.make, kind.variants) for kind in KINDS))


def _make(make: Maker, *arguments: Any) -> Figure:
    """Make a figure; Altair's check of every single value is left to the tests."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        return make(*arguments)


def _makers(facts: Facts, pairs: Iterable[tuple[Maker, Subjects]]) -> dict[str, Callable[[], Figure]]:
    return {
        name: partial(_make, make, facts, *arguments)
        for make, subjects in pairs
        for name, arguments in subjects(facts).items()
    }
