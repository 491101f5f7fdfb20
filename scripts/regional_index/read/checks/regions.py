"""Checks of the regions table across its rows: a name means one region, a tile holds one."""

from collections.abc import Iterator

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import fold

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
