"""Input of a rule of normalisation: the columns of a panel that share it, and the numbers fitted to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regional_index.method.rules.findings import Finding

SHOWN_CELLS = 10

Numbers = Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of a panel that share a rule.

    Attributes:
        values: Shape (regions, years, columns), each column in its own unit; NaN where missing.
        codes: The indicator in each column.
        direction: 1 or -1 for each column.
        regions: Codes along the first axis.
        years: Years along the second axis.
        options: Of the rule. Options that are numbers may differ between columns and have shape (columns,); all
            others are the same for every column.
    """

    values: np.ndarray
    codes: Sequence[str]
    direction: np.ndarray
    regions: pd.Index
    years: pd.Index
    options: Mapping[str, Any]

    def finding(self, column: int, found: str, expected: str, remedy: str) -> Finding:
        """A reason why a column cannot be normalised."""
        code = self.codes[column]
        return Finding(f"{code}: {found}", expected, remedy, indicator=code)

    def list_cells(self, chosen: np.ndarray) -> str:
        """The first chosen cells of a column, as `value (region, year)`.

        Args:
            chosen: True for the cells meant, of one column only; shape (regions, years, columns).
        """
        cells = np.argwhere(chosen).tolist()
        shown = [f"{self.values[r, y, c]:g} ({self.regions[r]}, {self.years[y]})" for r, y, c in cells[:SHOWN_CELLS]]
        return ", ".join(shown) + (f" and {len(cells) - SHOWN_CELLS} more" if len(cells) > SHOWN_CELLS else "")


@dataclass(frozen=True)
class Note:
    """Why scores of an indicator are missing though its values are there; year 0 and no region mean all of them."""

    indicator: str
    region: str
    year: int
    note: str


@dataclass(frozen=True, eq=False)
class Fitted:
    """The numbers that a rule needs for its columns.

    Attributes:
        numbers: By name, shape (years, columns) or (1, columns), in the indicators' units and not turned. Some have
            regions as a further axis in front.
        yearly: Whether every year has numbers of its own.
        by_region: Whether numbers with three axes belong to the regions, in their order.
        findings: What makes the rule impossible for these data.
        notes: What has no score, and why.
    """

    numbers: Numbers
    yearly: bool = False
    by_region: bool = False
    findings: Sequence[Finding] = ()
    notes: Sequence[Note] = ()


def find_extremes(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest value of the panel, shape (1, columns), or of every year, shape (years, columns)."""
    axis = 0 if columns.options["over"] == "year" else (0, 1)
    # fmin and fmax skip missing values, and say nothing where all are missing.
    low, high = np.fmin.reduce(columns.values, axis=axis), np.fmax.reduce(columns.values, axis=axis)
    return np.atleast_2d(low), np.atleast_2d(high)


def turn(low: np.ndarray, high: np.ndarray, direction: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The worst and the best of two ends: the greatest value is the worst where less is better."""
    return np.where(direction < 0, high, low), np.where(direction < 0, low, high)


def note_where(columns: Columns, chosen: np.ndarray, note: str, *, yearly: bool) -> list[Note]:
    """A note for every chosen column, or column and year.

    Args:
        columns: The columns.
        chosen: Shape (years or 1, columns).
        note: What it says.
        yearly: Whether the first axis is years.
    """
    years = columns.years if yearly else [0]
    return [Note(columns.codes[c], "", int(years[y]), note) for y, c in np.argwhere(chosen).tolist()]


def year_of(columns: Columns, position: int, *, yearly: bool) -> str:
    """The words ` in <year>` for a position among the fitted numbers; nothing where they are of the whole panel."""
    return f" in {columns.years[position]}" if yearly else ""
