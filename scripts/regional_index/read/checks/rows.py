"""Checks of rows against each other: a name means one region, each region and year is there once and filled."""

from collections.abc import Iterator, Mapping

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import Regions, fold
from regional_index.read.indicator_files import Declaration, indicator_path
from regional_index.read.references import find_region

_NAMES = ("code", "iso", "slug", "name", "full_name", "name_en", "label", "aliases")

_TILE = ("tile_column", "tile_row")


def check_regions(cells: pd.DataFrame, file: str) -> list[Problem]:
    """Every clash between two rows of the regions table.

    Args:
        cells: Text by line number and column.
        file: The table's name, for messages.
    """
    problems = [*check_names(cells, file), *_check_tiles(cells.reindex(columns=list(_TILE), fill_value=""), file)]
    if not cells["evaluated"].eq("yes").any():
        remedy = "set evaluated to yes for the regions that the index ranks"
        problems.append(Problem(file, "", "no region with evaluated yes", "at least one", remedy))
    return problems


def check_names(cells: pd.DataFrame, file: str) -> Iterator[Problem]:
    """One problem for each two rows that share a name, even if they share several.

    Codes, slugs and aliases are names too, for a region is found by any of them.
    """
    seen: dict[str, int] = {}
    clashes: set[tuple[int, int]] = set()
    for line, row in zip(cells.index, cells.to_dict("records"), strict=True):
        for column in filter(row.__contains__, _NAMES):
            for name in row[column].split("|") if column == "aliases" else [row[column]]:
                first = seen.setdefault(fold(name), line) if fold(name) else line
                if first != line and (first, line) not in clashes:
                    clashes.add((first, line))
                    remedy = f"change it here or in line {first}, which has it too"
                    place = f"{line}, column {column}"
                    yield Problem(file, place, f'"{name}"', "a name of one region only", remedy)


def _check_tiles(cells: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Two regions on one tile, and regions without one where others have one."""
    placed = (cells[list(_TILE)] != "").all(axis=1)
    for line in cells.index[~placed] if (cells[list(_TILE)] != "").any(axis=None) else ():
        remedy = "give it both, or leave both columns empty for all regions: then there is no map"
        yield Problem(file, f"{line}, column tile_column", "no tile", "a column and a row, as others have", remedy)
    cells = cells[placed]
    seen: dict[tuple[str, str], int] = {}
    for line, tile in zip(cells.index, zip(cells["tile_column"], cells["tile_row"], strict=True), strict=True):
        first = seen.setdefault(tile, line)
        if first != line:
            found = f"column {tile[0]}, row {tile[1]}"
            remedy = f"move this region, or that of line {first}, to a free tile"
            yield Problem(file, f"{line}, column tile_column", found, "a tile of its own", remedy)


def check_tables(
    measured: pd.DataFrame,
    declarations: Mapping[str, Declaration],
    regions: Regions,
    left_out: Mapping[str, int],
) -> list[Problem]:
    """Every problem of the indicator tables with regions, years and empty cells.

    Args:
        measured: The rows of all files, read.
        declarations: What each file must hold; a file without one is checked as far as that goes.
        regions: All regions.
        left_out: The files that could be read, and how many rows of each could not.
    """
    problems = [*_check_region_names(measured, regions)]
    for file, unread in left_out.items():
        rows = measured[measured["file"] == file]
        known = rows[rows["code"].isin(regions.evaluated)]
        placed = known[known["year"] > 0]
        declared = declarations.get(file)
        problems += _check_once(placed)
        if declared is not None:
            strange = (rows["code"] == "") | ~rows["year"].isin(declared.years)
            problems += _check_years(rows, declared)
            problems += _check_complete(placed, declared, regions, unread + int(strange.sum()))
            problems += _check_filled(known, declared, regions)
    return problems


def _check_region_names(measured: pd.DataFrame, regions: Regions) -> Iterator[Problem]:
    """A problem for each row whose region is unknown, or not one that the index evaluates."""
    for name, rows in measured[measured["region"].str.strip() != ""].groupby("region"):
        wrong = find_region(regions, str(name), evaluated=True)[1]
        if wrong:
            for row in rows.itertuples():
                yield Problem(indicator_path(str(row.file)), f"{row.line}, column region", f'"{name}"', *wrong)


def _check_once(rows: pd.DataFrame) -> Iterator[Problem]:
    """A problem for each row of a file whose region and year are in an earlier one too."""
    rows = rows.assign(earliest=rows.groupby(["code", "year"])["line"].transform("min"))
    for row in rows[rows["line"] > rows["earliest"]].itertuples():
        found, remedy = f"{row.region}, {row.year} again", f"remove this line or line {row.earliest}"
        yield Problem(indicator_path(str(row.file)), str(row.line), found, "each region and year once", remedy)


def _check_years(rows: pd.DataFrame, declared: Declaration) -> Iterator[Problem]:
    outside = rows[(rows["year"] > 0) & ~rows["year"].isin(declared.years)]
    for row in outside.itertuples():
        expected = f"one of the years {', '.join(str(year) for year in declared.years)}"
        remedy = "correct the year, remove the line, or add the year to `years` in data/framework.yml"
        yield Problem(declared.path, f"{row.line}, column year", str(row.year), expected, remedy)


def _check_complete(rows: pd.DataFrame, declared: Declaration, regions: Regions, unread: int) -> Iterator[Problem]:
    """A problem for each year of a file that lacks regions; regions that never publish need no row.

    A row without a known region and year is a problem already, and may be any one of the missing regions.
    """
    present = set(zip(rows["code"], rows["year"], strict=True))
    for year in declared.years:
        due = [code for code in regions.evaluated if (code, year) not in declared.not_published]
        missing = [regions[code].name for code in due if (code, year) not in present]
        if len(missing) <= unread:
            continue
        if len(missing) == len(due):
            found, expected = f"no row for {year}", f"rows for {year}"
            remedy = f"add the year, or list the years there are under `years` of {declared.indicator}"
        else:
            found = f"{year} without {', '.join(missing)}"
            expected = f"a row for every evaluated region in {year}"
            remedy = "add the rows; if nothing was published, leave the value empty and use not_published"
        yield Problem(declared.path, "", found, expected, remedy)


def _check_filled(rows: pd.DataFrame, declared: Declaration, regions: Regions) -> Iterator[Problem]:
    """A problem for each cell of a file that is empty and should not be, or the other way round."""
    key = f"not_published of {declared.indicator} in data/framework.yml"
    for row in rows.itertuples():
        place, name = f"{row.line}, column value", regions[str(row.code)].name
        is_gap = (row.code, row.year) in declared.not_published
        if row.value == "" and not is_gap:
            remedy = f"fill it, or list {name} under {key}"
            yield Problem(declared.path, place, "an empty cell", "a number", remedy)
        elif row.value != "" and is_gap:
            remedy = f"empty it, or take {name} from {key}"
            yield Problem(declared.path, place, f'"{row.value}"', "an empty cell", remedy)
