"""The part of `make bench` about the review: typical slips planted into the real figures, and whether they are found.

A slip is refused where reading the figures ends with a problem, and found where it is named among the first five lines
that the review shows of the indicator and year.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from regional_index.read import read_review
from regional_index.read.checks.values import find_jumps
from regional_index.read.review import Finding, Panel, Review, find_exchanged, find_magnitudes, order_regions

FIRST_LINES = 5
EVERY = 10  # single cells: one in so many
REFUSED_AT_LEAST, FALSE_ALARMS_AT_MOST = 0.95, 3
Panels = dict[str, Panel]
Slip = Callable[[Panels, Panel, int], np.ndarray | None]
"""From all files, one of them and the position of a year, the changed values; none where the slip changes nothing."""


@dataclass
class Tally:
    """How many of a kind of slip were planted, refused (none: not measured), named, and among the first lines."""

    planted: int = 0
    refused: int | None = 0
    named: int = 0
    first: int = 0


def _column(change: Callable[[Panels, Panel, int], np.ndarray]) -> Slip:
    """A slip that puts another column in the place of that of a year."""

    def plant(panels: Panels, panel: Panel, at: int) -> np.ndarray | None:
        values = panel.values.copy()
        values[:, at] = change(panels, panel, at)
        return None if np.array_equal(values, panel.values, equal_nan=True) else values

    return plant


def _exchange_years(panels: Panels, panel: Panel, at: int) -> np.ndarray | None:
    values = panel.values.copy()
    values[:, [at - 1, at]] = values[:, [at, at - 1]]
    return values if at else None


def _shift_half(panels: Panels, panel: Panel, at: int) -> np.ndarray:
    column, half = panel.values[:, at], len(panel.regions) // 2
    return np.concatenate([column[:half], np.roll(column[half:], 1)])


def _copy_other(panels: Panels, panel: Panel, at: int) -> np.ndarray:
    """The column of the same year of the next file that has that year."""
    files = list(panels)
    after = [*files[files.index(panel.file) + 1 :], *files]
    other = next(panels[file] for file in after if panel.years[at] in panels[file].years and file != panel.file)
    column = dict(zip(other.regions, other.values[:, other.years.index(panel.years[at])], strict=True))
    return np.array([column.get(region, np.nan) for region in panel.regions])


def _earlier(years: int) -> Callable[[Panels, Panel, int], np.ndarray]:
    return lambda panels, panel, at: panel.values[:, max(at - years, 0)]


def _times(factor: float) -> Callable[[Panels, Panel, int], np.ndarray]:
    return lambda panels, panel, at: panel.values[:, at] * factor


COLUMNS: dict[str, tuple[Slip, set[str]]] = {
    "last year's column again": (_column(_earlier(1)), {"repeated"}),
    "the column of two years ago": (_column(_earlier(2)), {"repeated"}),
    "one row lower": (_column(lambda _, panel, at: np.roll(panel.values[:, at], 1)), {"shifted"}),
    "one row higher": (_column(lambda _, panel, at: np.roll(panel.values[:, at], -1)), {"shifted"}),
    "the lower half one row lower": (_column(_shift_half), {"shifted"}),
    "two neighbouring years exchanged": (_exchange_years, {"years_exchanged"}),
    "copy of another file": (_column(_copy_other), {"copied"}),
    "unit: x 10": (_column(_times(10)), {"unit"}),
    "unit: x 0.1": (_column(_times(0.1)), {"unit"}),
    "unit: x 10,000": (_column(_times(1e4)), {"unit"}),
    "unit: x 0.0001": (_column(_times(1e-4)), {"unit"}),
}
Change = Callable[[float, Panel, int, int], float]
CELLS: dict[str, Change] = {
    "x 10": lambda value, *_: value * 10,
    "x 0.1": lambda value, *_: value * 0.1,
    "unit: x 10,000": lambda value, *_: value * 1e4,
    "unit: x 0.0001": lambda value, *_: value * 1e-4,
    "first two digits exchanged": lambda value, *_: _digits(value, lambda text: text[1] + text[0] + text[2:]),
    "second and third digit exchanged": lambda value, *_: _digits(
        value, lambda text: text[0] + text[2] + text[1] + text[3:]
    ),
    "first digit lost": lambda value, *_: _digits(value, lambda text: text[1:]),
    "a digit twice": lambda value, *_: _digits(value, lambda text: text[0] + text),
    "last year's value": lambda value, panel, row, at: panel.values[row, at - 1] if at else value,
    "the value of the row above": lambda value, panel, row, at: panel.values[row - 1, at],
    "10 % more": lambda value, *_: value * 1.1,
}
MAGNITUDES = ("x 10", "x 0.1", "unit: x 10,000", "unit: x 0.0001")


def _digits(value: float, change: Callable[[str], str]) -> float:
    """A number with its digits changed as they are written; as it is where it has too few of them."""
    text = repr(value).removesuffix(".0")
    return float(change(text)) if len(text.partition(".")[0]) >= FIRST_LINES - 2 else value


def report_slips(console: Console, root: Path) -> list[str]:
    """Print what is found of each kind of slip, and return what is found too rarely."""
    _, review, _ = read_review(root)
    panels = dict(review.panels)
    columns = {name: _plant_columns(panels, *slip) for name, slip in COLUMNS.items()}
    cells = {name: _plant_cells(panels, change) for name, change in CELLS.items()}
    columns["two regions exchanged, all pairs"] = _plant_pairs(panels)
    for title, tallies in (("Slips of whole columns, and of two regions", columns), ("Slips of single cells", cells)):
        table = Table("slip", "planted", "refused", "named", f"first {FIRST_LINES} lines or refused", title=title)
        for name, tally in tallies.items():
            counts = (tally.refused, tally.named, tally.first)
            shares = ("" if count is None else f"{count / max(tally.planted, 1):.1%}" for count in counts)
            table.add_row(name, str(tally.planted), *shares)
        console.print(table)
    failures = _false_alarms(console, review)
    for name in MAGNITUDES:
        share = (cells[name].refused or 0) / max(cells[name].planted, 1)
        failures += [f"{name}: {share:.1%} refused"] if share < REFUSED_AT_LEAST else []
    return failures


def _plant_columns(panels: Panels, plant: Slip, kinds: set[str]) -> Tally:
    tally = Tally()
    for panel in panels.values():
        for at in range(len(panel.years)):
            values = plant(panels, panel, at)
            if values is not None:
                _judge(tally, panels, _with(panel, values), at, lambda finding: finding.kind in kinds)
    return tally


def _plant_pairs(panels: Panels) -> Tally:
    """All pairs in all years; whether they are refused is not measured."""
    tally = Tally(refused=None)
    for panel in panels.values():
        for at, year in enumerate(panel.years):
            for one, other in combinations(range(len(panel.regions)), 2):
                values = panel.values.copy()
                values[[one, other], at] = values[[other, one], at]
                if not np.isfinite(values[[one, other], at]).all() or values[one, at] == values[other, at]:
                    continue
                changed, pair = _with(panel, values), {panel.regions[one], panel.regions[other]}
                found = list(find_exchanged(changed, year))
                lines = [*found, *order_regions(changed, year, found)][:FIRST_LINES]
                named = any(set(finding.regions) == pair for finding in found)
                tally.planted += 1
                tally.named += named
                tally.first += named or any(line in pair for line in lines if isinstance(line, str))
    return tally


def _plant_cells(panels: Panels, change: Change) -> Tally:
    tally = Tally()
    cells = [
        (panel, row, at) for panel in panels.values() for row, at in np.argwhere(np.isfinite(panel.values)).tolist()
    ]
    for panel, row, at in cells[::EVERY]:
        values = panel.values.copy()
        values[row, at] = change(float(values[row, at]), panel, row, at)
        if np.isfinite(values[row, at]) and values[row, at] != panel.values[row, at]:
            here = {panel.regions[row]}
            _judge(tally, panels, _with(panel, values), at, lambda found, here=here: here <= set(found.regions), here)
    return tally


def _with(panel: Panel, values: np.ndarray) -> Panel:
    """The file with other values; what a correction says of a value that is another now no longer counts."""
    same = (values == panel.values) | (np.isnan(values) & np.isnan(panel.values))
    return replace(panel, values=values, decided=panel.decided & same, excluded=panel.excluded & same)


def _judge(
    tally: Tally,
    panels: Panels,
    changed: Panel,
    at: int,
    is_right: Callable[[Finding], bool],
    regions: set[str] | None = None,
) -> None:
    """Count whether a planted slip is refused, named, and among the first lines of its indicator and year."""
    year = changed.years[at]
    # Other files matter only where they are compared with this one.
    review = Review({**panels, changed.file: changed} if regions is None else {changed.file: changed})
    findings = [finding for finding in review.find(year) if finding.file == changed.file]
    whole = [finding for finding in findings if len(finding.regions) != 1]
    lines = [*whole, *order_regions(changed, year, findings)][:FIRST_LINES]
    is_refused = _is_refused(changed)
    named = any(is_right(line) if isinstance(line, Finding) else False for line in lines)
    shown = named or (regions is not None and any(line in regions for line in lines if isinstance(line, str)))
    tally.planted += 1
    tally.refused = (tally.refused or 0) + is_refused
    tally.named += named or any(is_right(finding) for finding in findings)
    tally.first += is_refused or shown


def _is_refused(panel: Panel) -> bool:
    """Whether reading the figures fails for a change or magnitude that no correction explains."""
    rows, columns = np.nonzero(np.isfinite(panel.values))
    frame = pd.DataFrame(
        {
            "file": panel.file,
            "code": np.array(panel.regions)[rows],
            "year": np.array(panel.years)[columns],
            "number": panel.values[rows, columns],
            "line": panel.lines[rows, columns],
        }
    )
    decided = {(panel.file, panel.regions[row], panel.years[at]) for row, at in np.argwhere(panel.decided).tolist()}
    excluded = {(panel.file, panel.regions[row], panel.years[at]) for row, at in np.argwhere(panel.excluded).tolist()}
    jumps = find_jumps(frame, {panel.file: panel.declared}, excluded) | find_magnitudes(panel)
    return bool(jumps.keys() - decided)


def _false_alarms(console: Console, review: Review) -> list[str]:
    """Findings on single cells in the figures as they are: hardly any of these is a slip."""
    counts = {
        (panel.file, year): sum(len(found.regions) == 1 for found in review.find(year) if found.file == panel.file)
        for panel in review.panels.values()
        for year in panel.years
    }
    most = max(counts.values(), default=0)
    console.print(
        f"{sum(counts.values())} cells found strange in {len(counts)} columns as they are, at most {most} in one; "
        f"{len(review.grave)} findings of whole columns and of regions exchanged"
    )
    return [
        f"{file} {year}: {count} cells found strange"
        for (file, year), count in counts.items()
        if count > FALSE_ALARMS_AT_MOST
    ]
