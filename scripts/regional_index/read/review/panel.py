"""Raw values of one file as a table of regions and years, and how far each is from what was to be expected.

Values are compared on a logarithmic scale, so that equal ratios are equal differences. What a region is expected to
have is its neighbouring year, changed as the median region changed; the distance is counted in the spread that is
usual in this region and in the file, so that small and restless regions are not found strange for being so.
"""

import math
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import pandas as pd

from regional_index.framework import SIGNED, Correction
from regional_index.read.indicator_files import Declaration

Array = np.ndarray
MAD_TO_SD = 1.4826  # the median absolute deviation of a normal distribution is its standard deviation over this
LEAST_SPREAD = 0.003  # what rounding and revisions leave even in the calmest series, as a share of the value
PRIOR_YEARS = 3  # years of its own that weigh as much as the spread of all regions, in the spread of a region
WIDEST = 4.0  # a change of more than so many spreads tells nothing about what is usual


@dataclass(frozen=True)
class Panel:
    """An indicator file as a table.

    Attributes:
        declared: What the file holds.
        regions: Codes, in the order of the rows of the file.
        years: Ascending.
        values: Raw values by region and year; missing is NaN.
        lines: The line of each value in the file; 0 where there is none.
        decided: Whether a correction says what to do with the value.
        excluded: Whether a correction takes it out; nothing is expected from it.
    """

    declared: Declaration
    regions: tuple[str, ...]
    years: tuple[int, ...]
    values: Array
    lines: Array
    decided: Array
    excluded: Array

    @property
    def file(self) -> str:
        """Name of the file, without folder and ending."""
        return self.declared.file

    @cached_property
    def levels(self) -> Array:
        """The values on a logarithmic scale, linear near 0 where there are zeros; signed ones as they are."""
        values = np.where(self.excluded, np.nan, self.values)
        sizes = np.abs(values[np.isfinite(values) & (values != 0)])
        if not len(sizes) or self.declared.kind == SIGNED:
            return values
        return np.log(values) if np.nanmin(values) > 0 else np.arcsinh(values / sizes.min())

    @cached_property
    def growth(self) -> Array:
        """Change of the levels on the year before, less the median change; a column for each year but the first."""
        change = np.diff(self.levels, axis=1)
        return change - median(change, axis=0)

    @cached_property
    def last_digits(self) -> Array:
        """Place of the last digit of each value that is not 0: 2 for 1200, -1 for 0.5; 0 where there is none."""
        return np.array([[_last_digit(value) for value in row] for row in self.values.tolist()])

    @cached_property
    def step(self) -> float:
        """The least difference that two values of the file can have."""
        return 10.0 ** int(min(self.last_digits[np.isfinite(self.values)].min(), 0))


def _last_digit(value: float) -> int:
    return int(Decimal(repr(value)).normalize().as_tuple().exponent) if value and math.isfinite(value) else 0


@dataclass(frozen=True)
class Deviations:
    """How far the values of a year are from what was to be expected.

    Attributes:
        residual: Level less expected level, by region; NaN where nothing was to be expected.
        spread: What is usual, by region.
    """

    residual: Array
    spread: Array

    @property
    def strangeness(self) -> Array:
        """Residuals in units of what is usual."""
        return self.residual / self.spread


def make_panels(
    measured: pd.DataFrame, declarations: Mapping[str, Declaration], corrections: Iterable[Correction]
) -> dict[str, Panel]:
    """A panel of each file of which there are values; of a region that is there twice in a year, the first row counts.

    Args:
        measured: The rows of all files, read.
        declarations: What each file must hold; other files and years are left out.
        corrections: Decisions of people on values.
    """
    rows = measured[(measured["code"] != "") & measured["number"].notna() & ~measured["wrong"]]
    rows = rows.drop_duplicates(["file", "code", "year"])
    found = {}
    for file, own in rows.groupby("file", sort=False):
        declared = declarations.get(str(file))
        own = own[own["year"].isin(declared.years)] if declared else own[:0]
        if declared is None or own.empty:
            continue
        regions, years = own["code"].unique(), np.sort(own["year"].unique())
        cells = np.searchsorted(years, own["year"]), pd.Index(regions).get_indexer(own["code"])
        values, lines = np.full((len(regions), len(years)), np.nan), np.zeros((len(regions), len(years)), dtype=int)
        values[cells[::-1]], lines[cells[::-1]] = own["number"], own["line"]
        decisions = {(entry.region, entry.year): entry.decision for entry in corrections if entry.indicator == file}
        taken = np.array([[decisions.get((code, int(year)), "") for year in years] for code in regions])
        found[str(file)] = Panel(
            declared, tuple(regions), tuple(map(int, years)), values, lines, taken != "", taken == "exclude"
        )
    return found


def deviate(panel: Panel, year: int, *, past_only: bool = False, by_others: bool = False) -> Deviations:
    """How far the values of a year are from what was to be expected from the neighbouring years.

    In the only year of a file, from the median region.

    Args:
        panel: The file.
        year: One of its years.
        past_only: Whether only what was known in that year counts, so that later years change nothing.
        by_others: Whether the year itself says nothing of what is usual, where there are others: its values may all be
            in the wrong place.
    """
    here, last = panel.years.index(year), 0 if past_only else len(panel.years) - 1
    levels, growth = panel.levels, panel.growth
    column = levels[:, here]
    expected = [last_known(levels[:, :here])] if here else []
    expected += [last_known(levels[:, :here:-1])] if here < last else []
    if len(panel.years) == 1:
        expected = [np.where(np.isnan(column), np.nan, median(column))]
    if not expected:
        return Deviations(np.full(len(column), np.nan), np.ones(len(column)))
    differences = [column - level for level in expected]
    residual = mean([difference - median(difference) for difference in differences], axis=0)
    others = [j for j in range(here - 1 if past_only else growth.shape[1]) if j not in (here - 1, here)]
    return Deviations(
        residual, _spread(panel, here, residual[:0] if by_others and others else residual, growth[:, others])
    )


def _spread(panel: Panel, here: int, residual: Array, usual: Array) -> Array:
    """The spread to measure residuals by: that of the region in other years, drawn towards that of all regions."""
    spreads = [MAD_TO_SD * float(median(np.abs(changes), axis=None)) for changes in (residual, usual) if changes.size]
    common = max((spread for spread in spreads if spread > 0), default=0.0)
    own = np.clip(usual, -WIDEST * common, WIDEST * common)
    count = np.isfinite(own).sum(axis=1)
    variance = (PRIOR_YEARS * common**2 + np.nansum(own**2, axis=1)) / (PRIOR_YEARS + count)
    size = np.nan_to_num(np.abs(panel.values[:, here]), nan=np.inf)
    rounding = panel.step if panel.declared.kind == SIGNED else panel.step / np.maximum(size, panel.step)
    variance += rounding**2 + LEAST_SPREAD**2
    if panel.declared.kind == "count":
        # A count of so many varies by its square root.
        variance += sum(1 / (1 + np.nan_to_num(np.abs(panel.values[:, j]))) for j in {max(here - 1, 0), here})
    return np.sqrt(variance)


def last_known(levels: Array) -> Array:
    """The last level of each region that is not missing."""
    known = np.full(len(levels), np.nan)
    for column in levels.T:
        known = np.where(np.isnan(column), known, column)
    return known


def median(values: Array, axis: int | None = 0) -> Array:
    """The median of what is not missing; NaN without a warning where everything is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.nanmedian(values, axis=axis)


def mean(values: Array | list[Array], axis: int | None = 0) -> Array:
    """The mean of what is not missing; NaN without a warning where everything is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.nanmean(values, axis=axis)
