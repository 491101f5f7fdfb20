"""What is hardly ever true of the values of a year: whole columns that belong elsewhere, regions exchanged.

Knows no files and no words: a finding has its kind and the numbers that a sentence needs.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from regional_index.framework import SIGNED
from regional_index.read.review.panel import LEAST_SPREAD, Array, Panel, deviate, last_known, median

OF_COLUMNS = ("unit", "repeated", "copied", "shifted", "years_exchanged")
"""Kinds that are about all regions of a year, and are hardly ever true."""
GRAVE = (*OF_COLUMNS, "exchanged")
"""Kinds that must be confirmed in every year, with a reason."""
KINDS = (*GRAVE, "mean", "rounded", "growth", "outlier", "unchanged", "rank")

ALIKE = 0.5  # share of the cells of a column that must be equal to those of another
FEWEST = 3  # equal cells, or years, from which anything can be concluded
ENOUGH_REGIONS = 8  # from which medians say what is usual
DIFFERENT_UNIT = 5.0  # times the year before, for the median region
PAIR_STRANGE, PAIR_FITS, PAIR_GAIN = 2.0, 2.5, 24.0  # each as is, each exchanged, what all squares lose together
SHIFT_GAIN, SHIFT_FITS, MOST = 2.0, 1.5, 6.0  # spreads: gained by each cell, left in the middle, counted at most
ORDER_GAIN = 0.5  # of two logarithms together


@dataclass(frozen=True)
class Finding:
    """One thing that is strange.

    Attributes:
        kind: One of `KINDS`.
        file: The indicator file.
        year: The year it is found in.
        regions: Codes of the regions it is about; none where that is the whole column.
        columns: File and year of each column whose values it rests on.
        found: These values of these regions, column by column; NaN is missing.
        strength: How strange, to order findings of one file by; of no unit.
        gaps: Numbers and names that the sentence needs.
    """

    kind: str
    file: str
    year: int
    regions: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    found: tuple[float, ...]
    strength: float
    gaps: Mapping[str, object] = field(default_factory=dict)

    @property
    def explains(self) -> int:
        """How many of its columns are strange because of it, from the first on; it compares them with the others."""
        return 2 if self.kind == "years_exchanged" else 1

    @property
    def is_grave(self) -> bool:
        """Whether it must be confirmed in every year, with a reason."""
        return self.kind in GRAVE


def find_grave(panels: Mapping[str, Panel]) -> list[Finding]:
    """Findings of the grave kinds, in all files and years."""
    copied = list(_find_copies(panels))
    found = []
    for panel in panels.values():
        for year in panel.years:
            whole = [*_find_unit(panel, year), *_find_repeated(panel, year), *_find_shifted(panel, year)]
            whole += [finding for finding in copied if (finding.file, finding.year) == (panel.file, year)]
            found += whole or find_exchanged(panel, year)
        found += _find_exchanged_years(panel)
    return found


def about_column(
    panel: Panel, kind: str, year: int, strength: float, *others: tuple[Panel, int], **gaps: object
) -> Finding:
    """A finding about the column of a year, and those of others that it is compared with."""
    columns = [(panel, year), *others]
    names = tuple((one.file, when) for one, when in columns)
    found = tuple(value for one, when in columns for value in values_of(one, when))
    return Finding(kind, panel.file, year, (), names, found, strength, gaps)


def about_regions(panel: Panel, kind: str, year: int, rows: list[int], strength: float, **gaps: object) -> Finding:
    """A finding about some regions; it rests on their values of the year, and of the year before."""
    regions = tuple(panel.regions[row] for row in rows)
    here = panel.years.index(year)
    years = panel.years[max(here - 1, 0) : here + 1]
    found = tuple(value for when in years for value in values_of(panel, when, regions))
    return Finding(kind, panel.file, year, regions, tuple((panel.file, when) for when in years), found, strength, gaps)


def values_of(panel: Panel, year: int, regions: tuple[str, ...] = ()) -> tuple[float, ...]:
    """Values of some regions in a year, of all by default; NaN where there is none."""
    column = dict(zip(panel.regions, panel.values[:, panel.years.index(year)].tolist(), strict=True))
    return tuple(column.get(region, math.nan) for region in regions or panel.regions)


def _find_unit(panel: Panel, year: int) -> Iterator[Finding]:
    """The median region changed by a factor that no year brings: the unit is another."""
    here = panel.years.index(year)
    if not here or panel.declared.kind == SIGNED:
        return
    before = last_known(panel.values[:, :here])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = panel.values[:, here] / before
    ratio = ratio[np.isfinite(ratio) & (ratio > 0)]
    factor = float(median(ratio)) if len(ratio) >= FEWEST else 1.0
    if max(factor, 1 / factor) >= DIFFERENT_UNIT:
        last = (panel, panel.years[here - 1])
        yield about_column(panel, "unit", year, 1000 * abs(np.log(factor)), last, factor=factor)


def _find_repeated(panel: Panel, year: int) -> Iterator[Finding]:
    """Most values are those of an earlier year, the nearest of those that it is so with."""
    column = panel.values[:, panel.years.index(year)]
    for other in reversed(panel.years[: panel.years.index(year)]):
        count = _count_alike(column, panel.values[:, panel.years.index(other)])
        if count:
            yield about_column(panel, "repeated", year, 100.0 * count, (panel, other), count=count, other=other)
            return


def _count_alike(column: Array, other: Array) -> int:
    """How many cells of two columns are equal and not 0; 0 where these are few."""
    equal = (column == other) & (column != 0)
    present = np.isfinite(column) & np.isfinite(other) & ((column != 0) | (other != 0))
    enough = equal.sum() >= max(FEWEST, ALIKE * present.sum()) and len(np.unique(column[equal])) >= FEWEST
    return int(equal.sum()) if enough else 0


def _find_copies(panels: Mapping[str, Panel]) -> Iterator[Finding]:
    """Two files of which a year is alike; said of the one whose values fit its other years less."""
    regions = sorted({region for panel in panels.values() for region in panel.regions})
    columns = [(panel, year) for panel in panels.values() for year in panel.years]
    whole = np.full((len(regions), len(columns)), np.nan)
    for place, (panel, year) in enumerate(columns):
        rows = np.searchsorted(regions, panel.regions)
        whole[rows, place] = panel.values[:, panel.years.index(year)]
    whole[whole == 0] = np.nan
    present = np.isfinite(whole).sum(axis=0)
    for place, (panel, year) in enumerate(columns):
        equal = (whole[:, place, None] == whole[:, place + 1 :]).sum(axis=0)
        for other in np.flatnonzero(equal >= np.maximum(FEWEST, ALIKE * present[place + 1 :])) + place + 1:
            pair = [(panel, year), columns[other]]
            if pair[1][0] is panel or not _count_alike(whole[:, place], whole[:, other]):
                continue
            (one, when), (its, its_year) = sorted(pair, key=lambda column: -_misfit(*column))
            count = int(equal[other - place - 1])
            gaps = {"count": count, "other_file": its.file, "other": its_year}
            yield about_column(one, "copied", when, 100.0 * count, (its, its_year), **gaps)


def _misfit(panel: Panel, year: int) -> float:
    return float(np.nan_to_num(median(np.abs(deviate(panel, year).strangeness))))


def _find_shifted(panel: Panel, year: int) -> Iterator[Finding]:
    """The values of some rows one below the other fit the regions of the rows above or below them."""
    if len(panel.years) == 1 or len(panel.regions) < ENOUGH_REGIONS:
        return
    position = panel.years.index(year)
    off = deviate(panel, year, by_others=True)
    column, spread = panel.levels[:, position], off.spread
    expected = column - off.residual
    as_is = np.minimum(np.abs(off.strangeness), MOST)
    best: tuple[float, int, int, int] = (0.0, 0, 0, 0)
    for rows in (1, -1):
        moved = column - np.roll(expected, rows)
        moved[0 if rows > 0 else -1] = np.nan
        for centre in (0.0, median(moved)):
            fits = np.minimum(np.abs(moved - centre) / np.roll(spread, rows), MOST)
            gain, start, stop = _best_run(np.nan_to_num(as_is - fits))
            part = fits[start:stop]
            is_enough = stop - start >= FEWEST and gain >= SHIFT_GAIN * (stop - start) and median(part) <= SHIFT_FITS
            if is_enough and gain > best[0]:
                best = gain, rows, start, stop
    gain, rows, start, stop = best
    if rows:
        names = {"first_region": panel.regions[start], "last_region": panel.regions[stop - 1]}
        gaps = {"rows": rows, "count": stop - start, **names}
        yield about_column(panel, "shifted", year, 50.0 * gain, (panel, _neighbour(panel, position)), **gaps)


def _neighbour(panel: Panel, position: int) -> int:
    """The year before, or after the first."""
    return panel.years[position - 1 if position else 1]


def _best_run(gains: Array) -> tuple[float, int, int]:
    """The run of neighbours with the greatest sum: that sum, where it starts and where it stops.

    Examples:
        >>> _best_run(np.array([-1.0, 2.0, 3.0, -4.0, 1.0]))
        (5.0, 1, 3)
    """
    sums = np.concatenate([[0.0], np.cumsum(gains)])
    rises = sums[1:] - np.minimum.accumulate(sums)[:-1]
    stop = int(np.argmax(rises)) + 1
    start = int(np.flatnonzero(sums[:stop] == sums[:stop].min())[-1])
    return float(rises[stop - 1]), start, stop


def find_exchanged(panel: Panel, year: int) -> Iterator[Finding]:
    """Two regions whose values are both strange, and are not once they are exchanged."""
    if len(panel.years) == 1 or len(panel.regions) < ENOUGH_REGIONS:
        return
    position = panel.years.index(year)
    off = deviate(panel, year)
    rows = np.flatnonzero((np.abs(off.strangeness) >= PAIR_STRANGE) & ~panel.decided[:, position])
    strange, column = off.strangeness[rows], panel.levels[rows, position]
    exchanged = (off.residual[rows, None] + column - column[:, None]) / off.spread[rows, None]
    fits = np.maximum(np.abs(exchanged), np.abs(exchanged.T)) <= PAIR_FITS
    gain = np.add.outer(strange**2, strange**2) - exchanged**2 - exchanged.T**2
    likely = fits & (gain >= PAIR_GAIN) & (np.multiply.outer(strange, strange) < 0)
    seen: set[int] = set()
    for one, other in sorted(np.argwhere(np.triu(likely, 1)).tolist(), key=lambda pair: -gain[tuple(pair)]):
        if not seen & {one, other}:
            seen |= {one, other}
            pair = [int(rows[one]), int(rows[other])]
            yield about_regions(panel, "exchanged", year, pair, float(gain[one, other]))


def _find_exchanged_years(panel: Panel) -> Iterator[Finding]:
    """Two years one after the other after whose exchange most regions take shorter steps through the years.

    What counts is the median of the logarithms of the squared steps' ratio, with and without the median region's way.
    """
    for left in range(len(panel.years) - 1):
        around = panel.levels[:, max(left - 1, 0) : left + 3]
        around = around[np.isfinite(around).all(axis=1)]
        place = min(left, 1)
        order = np.arange(around.shape[1])
        order[[place, place + 1]] = order[[place + 1, place]]
        if around.shape[1] < FEWEST or len(around) < ENOUGH_REGIONS:
            continue
        as_is, exchanged = (np.diff(way, axis=1) for way in (around, around[:, order]))
        ratio = _steps(exchanged) / _steps(as_is)
        without_median = _steps(exchanged - np.median(exchanged, axis=0)) / _steps(as_is - np.median(as_is, axis=0))
        gain = -float(np.median(np.log(ratio)) + np.median(np.log(without_median)))
        if gain >= ORDER_GAIN:
            earlier, later = panel.years[left], panel.years[left + 1]
            share = float(np.mean(ratio < 1))
            yield about_column(
                panel, "years_exchanged", later, 100.0 * gain, (panel, earlier), other=earlier, share=share
            )


def _steps(changes: Array) -> Array:
    """The sum of the squared changes of each region from year to year."""
    return (changes**2).sum(axis=1) + LEAST_SPREAD**2
