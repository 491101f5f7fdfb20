"""Checks of every cell of a CSV file by itself: the regions table, the indicator tables, the weights of experts."""

from collections.abc import Iterator, Sequence

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import SIGNED, Group
from regional_index.read.csv_files import TextTable
from regional_index.read.indicator_files import Declaration
from regional_index.read.numbers import explain_number, read_numbers


def check_region_cells(table: TextTable, groups: Sequence[Group]) -> Iterator[Problem]:
    """Check the cells of the regions table, each by itself.

    Args:
        table: The table as read.
        groups: The groupings of the framework; each is a column.
    """
    if table.cells is None:
        return
    filled, tile = r"(?s).*\S.*", ("[1-9][0-9]{0,2}|", "a whole number from 1 to 999", "correct the tile's position")
    patterns = {
        "code": (filled, "some text", "fill the cell"),
        "name": (filled, "some text", "fill the cell"),
        "slug": ("[a-z0-9-]+", "small letters, digits and hyphens only", "rewrite the slug"),
        "evaluated": ("yes|no", "yes or no", "write yes if the index ranks this region, else no"),
        "tile_column": tile,
        "tile_row": tile,
    }
    for column, (pattern, expected, remedy) in patterns.items():
        if column in table.cells:
            yield from _refuse(table, column, ~table.cells[column].str.fullmatch(pattern), expected, remedy)
    for group in groups:
        expected = f"one of {', '.join(group.order)}, or nothing"
        remedy = f"use one of these, or add it to groups, {group.code}, order in data/framework.yml"
        yield from _refuse(table, group.code, ~table.cells[group.code].isin(["", *group.order]), expected, remedy)


def check_indicator_cells(table: TextTable, declared: Declaration | None) -> Iterator[Problem]:
    """Check the cells of an indicator table, each by itself.

    Args:
        table: The table as read.
        declared: What the file must hold; without it, only its own sense is checked.
    """
    if table.cells is None:
        return
    cells, kind = table.cells, declared.kind if declared else ""
    number = read_numbers(cells["value"])
    yield from _refuse(table, "region", cells["region"].str.strip() == "", "the name of a region", "fill the cell")
    no_year = ~cells["year"].str.fullmatch("[0-9]{4}")
    yield from _refuse(table, "year", no_year, "a year of four digits", "write only the year, such as 2020")
    for line, cell in cells.loc[number.isna() & (cells["value"] != ""), "value"].items():
        yield _problem(table, line, "value", cell, *explain_number(cell, table.file))
    if kind != SIGNED:
        remedy = f"correct the sign or the value, or set `kind` to {SIGNED} in data/framework.yml"
        yield from _refuse(table, "value", number < 0, "0 or more", remedy)
    if kind == "share":
        remedy = "correct the value, or `kind` in data/framework.yml"
        yield from _refuse(table, "value", number > 100, "a share of at most 100", remedy)
    if kind == "count":
        remedy = "correct the value, or set `kind` to amount"
        yield from _refuse(table, "value", number % 1 > 0, "a whole number, for this is a count", remedy)
    if declared and "unit" in cells:
        remedy = "convert the values, or correct `unit` in data/framework.yml"
        yield from _refuse(table, "unit", cells["unit"] != declared.unit, f'"{declared.unit}"', remedy)


def check_weight_cells(table: TextTable, experts: Sequence[str]) -> Iterator[Problem]:
    """Every cell of a table of experts' weights that is not a number of at least 0."""
    if table.cells is None:
        return
    for expert in experts:
        wrong = ~(read_numbers(table.cells[expert]) >= 0)
        yield from _refuse(table, expert, wrong, "a plain number of at least 0", "correct the weight")


def _refuse(table: TextTable, column: str, wrong: pd.Series, expected: str, remedy: str) -> Iterator[Problem]:
    """A problem for each cell of a column that is marked as wrong."""
    assert table.cells is not None
    for line, cell in table.cells.loc[wrong.astype(bool), column].items():
        yield _problem(table, line, column, cell, expected, remedy)


def _problem(table: TextTable, line: object, column: str, cell: str, expected: str, remedy: str) -> Problem:
    return Problem(table.file, f"{line}, column {column}", f'"{cell}"', expected, remedy)
