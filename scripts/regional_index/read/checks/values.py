"""Checks of values against what else is known: large changes, zeros to divide by, corrections, national totals."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import ControlTotal, Correction, Framework, Regions
from regional_index.read.indicator_files import Declaration, indicator_path, is_among
from regional_index.read.references import check_known, check_once
from regional_index.read.yaml_files import Document, KeyPath

MOST_ALONE = 5
"""Large changes of one file and year that have a problem each."""
NEEDS_SPREAD = ("min-max", "z-score", "distance-to-maximum", "distance-to-reference")
Key = tuple[str, str, int]
"""File, region and year."""


def find_jumps(
    measured: pd.DataFrame, declarations: Mapping[str, Declaration], excluded: set[Key]
) -> dict[Key, tuple[int, float]]:
    """Changes of raw values beyond the file's `max_ratio`, each with the line and the ratio.

    A value is compared with the last one before it that is published and not excluded. After a 0 there is no
    ratio (counts begin at 0); a fall to 0 is a ratio of 0, beyond any bound. Regions that lack a number in a year
    in which they should have one, or have two, have a problem already and are not compared until it is fixed.

    Args:
        measured: The rows of all files, read.
        declarations: What each file must hold.
        excluded: Values that a correction takes out.
    """
    due = {(file, year) for file, declared in declarations.items() for year in declared.years}
    rows = measured[(measured["code"] != "") & (measured["number"] >= 0)].sort_values("year", kind="stable")
    rows = rows[is_among(rows, ["file", "year"], due)]
    found = rows.groupby(["file", "code"])["year"].agg(sorted)
    complete = {key for key, years in found.items() if years == _years_due(declarations[key[0]], key[1])}
    rows = rows[is_among(rows, ["file", "code"], complete)]
    rows = rows[~is_among(rows, ["file", "code", "year"], excluded)]
    previous = rows.groupby(["file", "code"])["number"].shift()
    ratio = (rows["number"] / previous).where(previous > 0)
    bounds = {file: declared.max_ratio for file, declared in declarations.items()}
    bound = rows["file"].map(bounds).astype(float)
    jumps = rows.assign(ratio=ratio)[(ratio > bound) | (ratio < 1 / bound)]
    keys = zip(jumps["file"], jumps["code"], jumps["year"], strict=True)
    return dict(zip(keys, zip(jumps["line"], jumps["ratio"], strict=True), strict=True))


def _years_due(declared: Declaration, region: str) -> list[int]:
    """The years in which a region must have a value."""
    return [year for year in sorted(declared.years) if (region, year) not in declared.not_published]


def check_jumps(
    jumps: Mapping[Key, tuple[int, float]],
    declarations: Mapping[str, Declaration],
    regions: Regions,
    explained: set[Key],
) -> Iterator[Problem]:
    """A problem for each large change that no correction explains; one for all where a file has many in a year."""
    open_jumps = [(*key, *jump) for key, jump in jumps.items() if key not in explained]
    open_jumps.sort(key=lambda jump: (jump[0], jump[2], jump[3]))
    remedy = "correct the value, or explain it in data/corrections.yml"
    for (file, year), group in groupby(open_jumps, key=lambda jump: (jump[0], jump[2])):
        same, declared = list(group), declarations[file]
        expected = f"a change within {declared.max_ratio:g} times, up or down"
        if len(same) > MOST_ALONE:
            ratios = [ratio for *_, ratio in same]
            names = ", ".join(regions[region].name for _, region, *_ in same[:MOST_ALONE])
            found = f"{names} and others, {len(same)} regions, {year}: "
            found += f"{min(ratios):.3g} to {max(ratios):.3g} times the values before"
            place = f"{same[0][3]}-{same[-1][3]}, column value"
            yield Problem(declared.path, place, found, expected, f"{remedy}; is it the unit of the year?")
            continue
        for _, region, _, line, ratio in same:
            found = f"{regions[region].name}, {year}: {ratio:.3g} times the value before"
            yield Problem(declared.path, f"{line}, column value", found, expected, remedy)


def check_magnitudes(
    magnitudes: Mapping[Key, tuple[int, float]],
    declarations: Mapping[str, Declaration],
    regions: Regions,
    explained: set[Key],
) -> Iterator[Problem]:
    """A problem for each value of quite another magnitude than was to be expected that no correction explains."""
    for (file, region, year), (line, ratio) in magnitudes.items():
        if (file, region, year) not in explained:
            found = f"{regions[region].name}, {year}: {ratio:.3g} times what was to be expected"
            expected = "a value of the magnitude of the year before, or of the other regions"
            remedy = "correct the value, such as its decimal point, or explain it in data/corrections.yml"
            yield Problem(declarations[file].path, f"{line}, column value", found, expected, remedy)


def check_denominators(
    measured: pd.DataFrame, declarations: Mapping[str, Declaration], excluded: set[Key]
) -> Iterator[Problem]:
    """A problem for each 0 that something is divided by, unless a correction takes it out."""
    for row in measured[measured["number"] == 0].itertuples():
        declared = declarations.get(row.file)
        if declared and declared.divides and (row.file, row.code, row.year) not in excluded:
            expected = f"a number above 0, for {', '.join(declared.divides)} is divided by it"
            remedy = "correct the value, or exclude it in data/corrections.yml"
            yield Problem(declared.path, f"{row.line}, column value", f'"{row.value}"', expected, remedy)


def check_spread(measured: pd.DataFrame, framework: Framework, excluded: set[Key]) -> Iterator[Problem]:
    """A problem for each indicator in the tree whose values are all equal, where its rule then gives no score."""
    rows = measured[(measured["code"] != "") & ~is_among(measured, ["file", "code", "year"], excluded)]
    numbers = rows.drop_duplicates(["file", "code", "year"]).set_index(["file", "code", "year"])["number"]
    files = set(rows["file"])
    for code in set(framework.used_indicators) & set(framework.indicators):
        indicator, rule = framework.indicators[code], framework.rule_of("normalise", code).name
        if rule not in NEEDS_SPREAD or indicator.file not in files:
            continue
        values = numbers.xs(indicator.file)
        if indicator.per:
            divisor = framework.indicators.get(indicator.per.indicator)
            if divisor is None or divisor.per or divisor.file not in files:
                continue
            values = values / numbers.xs(divisor.file)
        if values.notna().any() and values.min() == values.max():
            found = f"the same value for every region and year: {values.min():g}"
            expected = f"values that differ, for {rule} gives {code} no scores"
            remedy = "correct the values, or take the indicator out of its index in data/framework.yml"
            yield Problem(indicator_path(indicator.file), "column value", found, expected, remedy)


def check_corrections(
    document: Document,
    corrections: tuple[Correction, ...],
    measured: pd.DataFrame,
    declarations: Mapping[str, Declaration],
) -> Iterator[Problem]:
    """A problem for each correction that is there twice, names no value, or is out of date.

    A `keep` may also be of a value within `max_ratio` that a person looked at and decided on.
    """
    wrong = measured["wrong"] | measured.duplicated(["file", "code", "year"], keep=False)
    keys = list(zip(measured["file"], measured["code"], measured["year"], strict=True))
    values = dict(zip(keys, measured["number"], strict=True))
    unsure = {key for key, is_wrong in zip(keys, wrong, strict=True) if is_wrong}
    seen: dict[Key, int] = {}
    for i, entry in enumerate(corrections):
        path: KeyPath = ("corrections", i)
        key = (entry.indicator, entry.region, entry.year)
        problems = [*check_file_and_year(document, path, declarations)]
        first = seen.setdefault(key, i)
        if first != i and entry.region:
            remedy = f"remove it; the other is in line {document.line(('corrections', first))}"
            problems.append(Problem(document.file, document.place(path), "", "each value corrected once", remedy))
        yield from problems
        if not problems and key in values and key not in unsure:
            yield from _check_current(document, path, entry, values[key])


def _check_current(document: Document, path: KeyPath, entry: Correction, value: float) -> Iterator[Problem]:
    if pd.isna(value) or value != entry.value:
        now = "nothing" if pd.isna(value) else repr(float(value)).removesuffix(".0")
        expected = f"the value in its CSV, now {now}"
        remedy = "the source has been fixed: remove the entry, or update it if the doubt remains"
        yield document.problem((*path, "value"), entry.value, expected, remedy)


def check_file_and_year(
    document: Document, path: KeyPath, declarations: Mapping[str, Declaration]
) -> Iterator[Problem]:
    """A problem if the entry at a path names no indicator with a file of the same name, or a year not in it."""
    entry = document.data[path[0]][path[1]]
    code = entry["indicator"]
    declared = declarations.get(code)
    what = "an indicator with a file of its own in data/indicators/"
    if declared and declared.is_divided:
        remedy = f"declare an indicator {code} without per in data/framework.yml, with context: true"
        yield document.problem((*path, "indicator"), code, what, remedy)
    elif declared and declared.indicator != code:
        # Pages look the entry up as an indicator; under this code they would find another one, or none.
        owner = declared.indicator
        remedy = f"rename {declared.path} to {owner}.csv, also under `file` in data/framework.yml; then write {owner}"
        yield document.problem((*path, "indicator"), code, what, remedy)
    else:
        owners = [file for file, other in declarations.items() if other.indicator == file]
        yield from check_known(document, [(*path, "indicator")], owners, what)
    if declared and entry["year"] not in declared.years:
        expected = f"a year of {declared.file}: {', '.join(str(year) for year in declared.years)}"
        yield document.problem((*path, "year"), entry["year"], expected, "correct the year, or remove the entry")


def check_sources(document: Document) -> Iterator[Problem]:
    """A problem for each source id that is there twice."""
    yield from check_once(document, [("sources", i, "id") for i in range(len(document.data["sources"]))])


def check_totals(
    document: Document,
    totals: tuple[ControlTotal, ...],
    measured: pd.DataFrame,
    declarations: Mapping[str, Declaration],
    regions: Regions,
) -> Iterator[Problem]:
    """A problem for each control total that names no file, year or source, or that the regions do not add up to.

    All raw values count, also those a correction excludes: the total is of the source. A year that lacks
    regions, or has a wrong value, is not compared until that is fixed.
    """
    sources = {source["id"] for source in document.data["sources"]}
    for i, total in enumerate(totals):
        path = ("control_totals", i)
        problems = [
            *check_file_and_year(document, path, declarations),
            *check_known(document, [(*path, "source")], sources, "an id under sources"),
        ]
        yield from problems
        rows = _rows_of(total, measured)
        if not problems and _is_whole(rows, declarations[total.indicator], regions, total.year):
            yield from _check_closes(document, path, sum_up(total, measured))


def sum_up(total: ControlTotal, measured: pd.DataFrame) -> ControlTotal:
    """The control total with what the regions add up to."""
    return replace(total, found=float(_rows_of(total, measured)["number"].sum()))


def _rows_of(total: ControlTotal, measured: pd.DataFrame) -> pd.DataFrame:
    return measured[(measured["file"] == total.indicator) & (measured["year"] == total.year)]


def _is_whole(rows: pd.DataFrame, declared: Declaration, regions: Regions, year: int) -> bool:
    due = {code for code in regions.evaluated if (code, year) not in declared.not_published}
    codes = list(rows["code"])
    return not rows["wrong"].any() and due <= set(codes) <= set(regions.evaluated) and len(codes) == len(set(codes))


def _check_closes(document: Document, path: Any, total: ControlTotal) -> Iterator[Problem]:
    expected = total.total + total.known_gap
    # The sum carries a rounding error of its own; without this slack a tolerance of 0 could never be met.
    if abs(total.found - expected) > total.tolerance + math.ulp(max(total.found, abs(expected))) * 64:
        said = f"{total.indicator}, {total.year}: the regions add up to {total.found:.10g}"
        wanted = f"{expected:.10g} within {total.tolerance:g}"
        remedy = "correct the values, or declare the difference as known_gap with a note"
        yield Problem(document.file, document.place((*path, "total")), said, wanted, remedy)
