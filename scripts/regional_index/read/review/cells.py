"""What is strange in a year's single values, their mean and their digits, from what was known in that year."""

import math
from collections.abc import Iterator

import numpy as np

from regional_index.framework import SIGNED
from regional_index.read.review.findings import (
    ALIKE,
    ENOUGH_REGIONS,
    FEWEST,
    OF_COLUMNS,
    Finding,
    about_column,
    about_regions,
)
from regional_index.read.review.panel import Array, Panel, deviate, last_known, mean, median

STRANGE = 3.5  # spreads
OTHER_MAGNITUDE, SURELY = 5.0, 5.0  # times the expected value, and spreads
MEAN_CHANGE = 0.1  # logarithm; beyond the usual growth of the mean
FINE_SHARE = 0.2  # of the regions that have at least so fine a last digit
USUALLY_EQUAL = 0.05  # share of cells equal to the year before, beyond which such a cell says nothing
EXACT = 1000  # steps of its last digit, from which two values are hardly equal by chance
RANKS = 0.25  # share of the regions that one climbs or falls past


def find_cells(panel: Panel, year: int, grave: list[Finding]) -> list[Finding]:
    """Findings of the other kinds in one year, from what was known then; what a grave one explains is left out.

    Args:
        panel: The file.
        year: One of its years.
        grave: What was found before.
    """
    own = [finding for finding in grave if (panel.file, year) in finding.columns[: finding.explains]]
    if any(finding.kind in OF_COLUMNS for finding in own):
        return []
    explained = {region for finding in own for region in finding.regions}
    explained |= {panel.regions[row] for row in np.flatnonzero(panel.decided[:, panel.years.index(year)])}
    found: dict[tuple[str, ...], Finding] = {}
    is_enough = len(panel.regions) >= ENOUGH_REGIONS
    for finding in (
        *(_find_strange(panel, year) if is_enough else ()), *_find_unchanged(panel, year),
        *(_find_rank_jumps(panel, year) if is_enough else ()),
        *_find_mean(panel, year), *_find_rounded(panel, year),
    ):  # fmt: skip
        if not explained & set(finding.regions):
            found.setdefault(finding.regions or (finding.kind,), finding)
    return sorted(found.values(), key=lambda finding: (bool(finding.regions), -finding.strength))


def _find_strange(panel: Panel, year: int) -> Iterator[Finding]:
    """Regions that changed otherwise than the median region, by more than is usual; or in the only year, outliers."""
    strange = np.nan_to_num(deviate(panel, year, past_only=len(panel.years) > 1).strangeness)
    here = panel.years.index(year)
    kind = "outlier" if len(panel.years) == 1 else "growth"
    for row in np.flatnonzero(np.abs(strange) >= STRANGE):
        yield about_regions(panel, kind, year, [int(row)], float(abs(strange[row])), **growth_of(panel, here, int(row)))


def growth_of(panel: Panel, here: int, row: int) -> dict[str, float]:
    """The last value of a region before a year and its own, their ratio, and that of the median region; NaN if unknown.

    In the first year, the value of the median region in place of the ratio.
    """
    values = np.where(panel.excluded, np.nan, panel.values)
    last = last_known(values[:, :here]) if here else np.full(len(values), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(last > 0, panel.values[:, here] / last, np.nan)
    usual = float(median(ratio)) if here else float(median(values[:, here]))
    return {"last": float(last[row]), "now": float(panel.values[row, here]), "ratio": float(ratio[row]), "usual": usual}


def _find_unchanged(panel: Panel, year: int) -> Iterator[Finding]:
    """Cells equal to the year before, in a file where that is rare."""
    here = panel.years.index(year)
    equal = np.diff(panel.values, axis=1) == 0
    if not here:
        return
    others = np.delete(equal, here - 1, axis=1)
    # A column that was repeated as a whole says nothing of single cells.
    others = others[:, others.mean(axis=0) < ALIKE]
    if (others.mean() if others.size else 0.0) < USUALLY_EQUAL:
        exact = np.abs(panel.values[:, here]) >= EXACT * 10.0 ** panel.last_digits[:, here].min()
        for row in np.flatnonzero(equal[:, here - 1] & exact):
            yield about_regions(panel, "unchanged", year, [int(row)], STRANGE, **growth_of(panel, here, int(row)))


def _find_rank_jumps(panel: Panel, year: int) -> Iterator[Finding]:
    """Regions that climb or fall past many others."""
    here = panel.years.index(year)
    if not here:
        return
    now, then = ranks_of(panel, here), ranks_of(panel, here - 1)
    jump = np.nan_to_num(then - now)
    most = max(RANKS * len(panel.regions), FEWEST)
    for row in np.flatnonzero(np.abs(jump) > most):
        gaps = {"rank_then": int(then[row]), "rank_now": int(now[row])}
        yield about_regions(panel, "rank", year, [int(row)], STRANGE * abs(float(jump[row])) / most, **gaps)


def ranks_of(panel: Panel, position: int) -> Array:
    """Ranks of the raw values of a year from the greatest on, equal ones alike; NaN is missing."""
    column = panel.values[:, position]
    greater = (column[None, :] > column[:, None]).sum(axis=1) + 1.0
    return np.where(np.isnan(column), np.nan, greater)


def _find_mean(panel: Panel, year: int) -> Iterator[Finding]:
    """The mean of the regions grew otherwise than in all other years."""
    here = panel.years.index(year)
    values = np.where(panel.excluded, np.nan, panel.values)[:, : here + 1]
    if here < FEWEST or panel.declared.kind == SIGNED:
        return
    both = np.where(np.isfinite(values[:, 1:]) & np.isfinite(values[:, :-1]), 1.0, np.nan)
    now, then = mean(values[:, 1:] * both), mean(values[:, :-1] * both)
    if not (np.all(now > 0) and np.all(then > 0)):
        return
    growth = np.log(now / then)
    usual = growth[:-1]
    beyond = max(growth[-1] - usual.max(), usual.min() - growth[-1])
    if beyond > max(MEAN_CHANGE, usual.max() - usual.min()):
        ratios = np.exp([growth[-1], usual.min(), usual.max()]).tolist()
        gaps = dict(zip(("ratio", "least", "most"), ratios, strict=True))
        yield about_column(panel, "mean", year, float(beyond / MEAN_CHANGE), (panel, panel.years[here - 1]), **gaps)


def _find_rounded(panel: Panel, year: int) -> Iterator[Finding]:
    """The last digits that other years have are all zero."""
    here = panel.years.index(year)
    present = np.isfinite(panel.values) & (panel.values != 0)
    # One finer value does not make the others coarse.
    last = [
        np.quantile(panel.last_digits[there, at], FINE_SHARE, method="higher") if there.any() else 99
        for at, there in enumerate(present.T)
    ]
    if here and present[:, here].sum() > FEWEST and last[here] > max(last[:here]):
        gaps = {"digits": int(last[here] - max(last[:here])), "other": panel.years[here - 1]}
        yield about_column(panel, "rounded", year, STRANGE, (panel, panel.years[here - 1]), **gaps)


def find_magnitudes(panel: Panel) -> dict[tuple[str, str, int], tuple[int, float]]:
    """Values of quite another magnitude than was to be expected, in a file that declares no bound for changes.

    Also in the only year of a file, where such a bound can do nothing. By file, region and year: the line, and how
    many times the expected value it is. Values that a correction excludes are not judged.
    """
    is_bounded = panel.declared.max_ratio and len(panel.years) > 1
    if is_bounded or panel.declared.kind == SIGNED or len(panel.regions) < ENOUGH_REGIONS:
        return {}
    found = {}
    for here, year in enumerate(panel.years):
        off = deviate(panel, year, past_only=len(panel.years) > 1)
        residual, strange = np.nan_to_num(off.residual), np.nan_to_num(off.strangeness)
        for row in np.flatnonzero((np.abs(residual) >= math.log(OTHER_MAGNITUDE)) & (np.abs(strange) >= SURELY)):
            key = (panel.file, panel.regions[row], year)
            found[key] = int(panel.lines[row, here]), math.exp(residual[row])
    return found


def order_regions(panel: Panel, year: int, findings: list[Finding]) -> list[str]:
    """Codes of all regions, the strangest first: those of findings, then by how far they are from what was expected."""
    strange = np.abs(np.nan_to_num(deviate(panel, year).strangeness)).tolist()
    strength = dict(zip(panel.regions, strange, strict=True))
    for finding in findings:
        strength |= {code: max(strength[code], finding.strength + STRANGE) for code in finding.regions}
    return sorted(panel.regions, key=lambda code: -strength[code])
