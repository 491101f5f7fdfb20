"""Checks of the CSV files cell by cell: the regions table, and all indicator tables as one long frame."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from regional_index.errors import Problem
from regional_index.framework import Group
from regional_index.inputs.declarations import Declaration, indicator_path
from regional_index.inputs.numbers import explain_number, is_plain_number

REGION_COLUMNS = (
    "code", "iso", "name", "full_name", "name_en", "slug", "evaluated", "tile_column", "tile_row", "aliases",
)  # fmt: skip
CELL_COLUMNS = ("region", "year", "value")

_FILLED = pa.Check.str_contains(r"\S", error="some text|fill the cell")
_SLUG = pa.Check.str_matches(r"^[a-z0-9-]+$", error="small letters, digits and hyphens only|rewrite the slug")
_TRUTH = pa.Check.isin(["yes", "no"], error="yes or no|write yes if the index ranks this region, else no")
_TILE = pa.Check.str_matches(r"^[1-9][0-9]{0,2}$", error="a whole number from 1 to 999|correct the tile's position")
_NUMBER = pa.Check(lambda text: text.eq("") | text.map(is_plain_number).astype(bool), error="number")
_CELLS = pa.DataFrameSchema(
    {
        "region": pa.Column(str, pa.Check.str_contains(r"\S", error="region")),
        "year": pa.Column(str, pa.Check.str_matches(r"^[0-9]{4}$", error="year")),
        "value": pa.Column(str, _NUMBER),
        "unit_fits": pa.Column(bool, pa.Check.eq(True, error="unit")),
        "number": pa.Column(float, pa.Check.ge(0, error="not negative"), nullable=True),
        "share": pa.Column(float, pa.Check.le(100, error="at most 100"), nullable=True),
        "count": pa.Column(float, pa.Check(lambda numbers: numbers == np.floor(numbers), error="whole"), nullable=True),
    }
)


def check_region_cells(cells: pd.DataFrame, groups: Sequence[Group], file: str) -> list[Problem]:
    """Every cell of the regions table that cannot be right, whatever the other rows say.

    Args:
        cells: Text by line number and column.
        groups: The groupings of the framework; each is a column.
        file: The table's name, for messages.
    """
    columns = {name: pa.Column(str, _FILLED) for name in ("code", "iso", "name", "full_name", "name_en")}
    columns |= {"slug": pa.Column(str, _SLUG), "evaluated": pa.Column(str, _TRUTH)}
    columns |= {"tile_column": pa.Column(str, _TILE), "tile_row": pa.Column(str, _TILE)}
    for group in groups:
        message = f"one of {', '.join(group.order)}, or nothing|use one of these, or add it to groups, "
        known = pa.Check.isin(["", *group.order], error=f"{message}{group.code}, order in data/framework.yml")
        columns[group.code] = pa.Column(str, known)

    def problem(line: int, column: str, found: str, message: str) -> Problem:
        expected, _, remedy = message.partition("|")
        return Problem(file, f"{line}, column {column}", f'"{found}"', expected, remedy)

    return _validate(pa.DataFrameSchema(columns), cells, problem)


def check_cells(cells: pd.DataFrame, declarations: Mapping[str, Declaration]) -> list[Problem]:
    """Every cell of the indicator tables that cannot be right, whatever the other rows say.

    Args:
        cells: One row per row of a file, text as found: `file, line, region, year, value, unit`; `unit` is
            missing where the file has no such column.
        declarations: What each file must hold; for a file without one, only its own sense is checked.
    """
    units = cells["file"].map({file: declared.unit for file, declared in declarations.items()})
    kinds = cells["file"].map({file: declared.kind for file, declared in declarations.items()})
    numbers = read_numbers(cells["value"])
    checked = cells.assign(
        unit_fits=(cells["unit"].isna() | units.isna() | (cells["unit"] == units)).astype(bool),
        number=numbers,
        share=numbers.where(kinds == "share"),
        count=numbers.where(kinds == "count"),
    )

    def problem(row: int, _column: str, _found: object, rule: str) -> Problem:
        return _cell_problem(cells.loc[row], rule, units.loc[row])

    return _validate(_CELLS, checked, problem)


def read_numbers(text: pd.Series) -> pd.Series:
    """The cells that hold a plain number as numbers; all others are missing."""
    return text.where(text.map(is_plain_number).astype(bool)).astype(float)


def _cell_problem(cell: Any, rule: str, unit: str) -> Problem:
    file = indicator_path(cell["file"])
    column = {"region": "region", "year": "year", "unit": "unit"}.get(rule, "value")
    expected, remedy = {
        "region": ("the name of a region", "fill the cell"),
        "year": ("a year of four digits", "write only the year, such as 2020"),
        "unit": (f'"{unit}"', "convert the values, or correct `unit` in data/framework.yml"),
        "number": explain_number(cell["value"], file),
        "not negative": ("0 or more", "correct the sign or the value"),
        "at most 100": ("a share of at most 100", "correct the value, or `kind` in data/framework.yml"),
        "whole": ("a whole number, for this is a count", "correct the value, or set `kind` to amount"),
    }[rule]
    return Problem(file, f"{cell['line']}, column {column}", f'"{cell[column]}"', expected, remedy)


def _validate(schema: pa.DataFrameSchema, cells: pd.DataFrame, problem: Callable[..., Problem]) -> list[Problem]:
    """Hold a frame against a schema; `problem` is given index, column, value and message of each failure."""
    try:
        schema.validate(cells, lazy=True)
    except pa.errors.SchemaErrors as error:
        failures = error.failure_cases[["index", "column", "failure_case", "check"]]
        return [problem(*failure) for failure in failures.itertuples(index=False, name=None)]
    return []
