"""A fitted scale: what turns values into scores, and can be asked how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from regional_index.method.panel import axes_of, cube, frame
from regional_index.method.rules import CannotCompute, Finding, Normalisation
from regional_index.method.rules.columns import Columns, Fitted, Note

WHOLE_PANEL = 0
NO_VALUES = "no values"
NUMBERS = ("n", "min", "max", "mean", "sd", "target", "reference", "worst", "best", "lower", "upper")


@dataclass(frozen=True, eq=False)
class Part:
    """The columns of one rule: which they are, what the rule says of them, and the numbers fitted to them."""

    rule: Normalisation
    chosen: Sequence[int]
    columns: Columns
    fitted: Fitted


@dataclass(frozen=True, eq=False)
class Scale:
    """Scale from values to scores, fitted to a panel.

    Attributes:
        codes: The columns of the panel.
        years: The years of the panel.
        parts: The columns of each rule.
        empty: Whether a column has no values in a year, shape (years, columns).
    """

    codes: Sequence[str]
    years: pd.Index
    parts: Sequence[Part]
    empty: np.ndarray

    def apply(self, panel: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
        """Scores of values on this scale, which may be other values than it was fitted to.

        Args:
            panel: Complete panel with the same columns.
            year: The fitted year whose numbers every row is scored by, where numbers differ from year to year; each
                row's own year where it is left out.

        Raises:
            CannotCompute: A value has no logarithm or is in no table of scores, and a rule needs one.
            ValueError: The columns are others, or the scale has no such year or region.
        """
        if list(panel.columns) != list(self.codes):
            raise ValueError(f"the scale is for the columns {', '.join(self.codes)}")
        regions, years = axes_of(panel)
        values = cube(panel)
        parts = [(part, _columns_for(part, values, regions, years)) for part in self.parts]
        refuse([finding for part, columns in parts for finding in part.rule.check_values(columns)])
        wanted = years if year is None else [year] * len(years)
        scored = [_score(part, columns, self.years.get_indexer(wanted)) for part, columns in parts]
        if len(scored) == 1:
            return frame(scored[0], panel)
        scores = np.empty(values.shape)
        for part, found in zip(self.parts, scored, strict=True):
            scores[:, :, part.chosen] = found
        return frame(scores, panel)

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """The numbers of every indicator's formula; see `Normalised.parameters`."""
        positions, years, rules, tables = zip(*(_rows(part) for part in self.parts), strict=True)
        position, year = np.concatenate(positions), np.concatenate(years)
        order = np.argsort(position, kind="stable")
        codes = pd.Index(self.codes)[position[order]]
        index = pd.MultiIndex.from_arrays([codes, year[order]], names=["indicator", "year"])
        found = pd.DataFrame(np.concatenate(tables)[order], index=index, columns=list(NUMBERS))
        found.insert(0, "rule", np.concatenate(rules)[order])
        return found

    @cached_property
    def notes(self) -> pd.DataFrame:
        """Why scores are missing; see `Normalised.notes`."""
        position = {code: i for i, code in enumerate(self.codes)}
        notes = [note for part in self.parts for note in part.fitted.notes]
        never = np.asarray(self.empty.all(axis=0))
        notes += [Note(self.codes[c], "", WHOLE_PANEL, NO_VALUES) for c in np.flatnonzero(never).tolist()]
        yearly = [c for part in self.parts if part.fitted.yearly for c in part.chosen if not never[c]]
        notes += [
            Note(self.codes[c], "", int(self.years[y]), NO_VALUES)
            for c in yearly
            for y in np.flatnonzero(self.empty[:, c]).tolist()
        ]
        notes.sort(key=lambda note: (position[note.indicator], note.year))
        return pd.DataFrame(notes, columns=["indicator", "region", "year", "note"])


def refuse(findings: Sequence[Finding]) -> None:
    """Raise all findings at once, if there are any."""
    if findings:
        raise CannotCompute([replace(finding, step="normalise") for finding in findings])


def take_columns(values: np.ndarray, chosen: Sequence[int]) -> np.ndarray:
    """Some of the columns; all of them without a copy."""
    return values if len(chosen) == values.shape[-1] else values[:, :, chosen]


def _columns_for(part: Part, values: np.ndarray, regions: pd.Index, years: pd.Index) -> Columns:
    return replace(part.columns, values=take_columns(values, part.chosen), regions=regions, years=years)


def _score(part: Part, columns: Columns, at: np.ndarray) -> np.ndarray:
    """Scores by the numbers of the fitted years at these positions, one for each year of the columns."""
    numbers = dict(part.fitted.numbers)
    if part.fitted.yearly:
        if (at < 0).any():
            raise ValueError(f"the scale is for the years {', '.join(str(year) for year in part.columns.years)}")
        count = len(part.columns.years)
        numbers = {key: _of_years(array, count)[..., at, :] for key, array in numbers.items()}
    if part.fitted.by_region:
        rows = part.columns.regions.get_indexer(columns.regions)
        if (rows < 0).any():
            raise ValueError(f"the scale has no reference for the region {columns.regions[rows < 0][0]}")
        numbers = {key: array[rows] if array.ndim == 3 else array for key, array in numbers.items()}
    return part.rule.function(columns.values, columns.direction, numbers, columns.options)


def _of_years(array: np.ndarray, count: int) -> np.ndarray:
    return np.broadcast_to(array, (*array.shape[:-2], count, array.shape[-1]))


def _rows(part: Part) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Position of the column, year, rule and `NUMBERS` of every row of the parameters, columns one after the other."""
    years = part.columns.years.to_numpy() if part.fitted.yearly else np.array([WHOLE_PANEL])
    table = np.full((len(part.chosen), len(years), len(NUMBERS)), np.nan)
    for k, name in enumerate(NUMBERS):
        if name in part.fitted.numbers and part.fitted.numbers[name].ndim == 2:
            table[:, :, k] = part.fitted.numbers[name].T
    rows = len(part.chosen) * len(years)
    position, year = np.repeat(part.chosen, len(years)), np.tile(years, len(part.chosen))
    return position, year, np.full(rows, part.rule.name, dtype=object), table.reshape(rows, -1)
