"""Files of experts' weights and of pairwise comparisons: their checks, and what they say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import Node
from regional_index.read.checks.cells import check_weight_cells
from regional_index.read.csv_files import TextTable
from regional_index.read.numbers import read_numbers
from regional_index.read.references import check_known
from regional_index.read.yaml_files import Document

WEIGHT_COLUMNS = ("index", "child")
# What is written as 0.3333 is meant to be the reciprocal of 3.
RECIPROCAL_TOLERANCE = 5e-3
_RATIO = re.compile(r"(?P<above>[0-9]{1,20}(?:\.[0-9]{1,20})?)(?:/(?P<below>[0-9]{1,20}))?")


def check_expert_weights(table: TextTable, nodes: Mapping[str, Node]) -> Iterator[Problem]:
    """Every cell that is no weight, and every index whose children are not those of the tree.

    Args:
        table: Columns `index, child` and one for each expert, as text.
        nodes: The tree, by code.
    """
    if table.cells is None:
        return
    experts = _experts(table.cells)
    if not experts:
        yield Problem(table.file, "1", "no column for any expert", "a column of weights", "add one, named as you like")
    yield from check_weight_cells(table, experts)
    for line, row in table.cells.to_dict("index").items():
        if row["index"] not in nodes:
            remedy = f"choose from: {', '.join(nodes)}"
            yield Problem(table.file, f"{line}, column index", f'"{row["index"]}"', "the code of an index", remedy)
        elif row["child"] not in nodes[row["index"]].child_weights:
            remedy = f"choose from: {', '.join(nodes[row['index']].child_weights)}"
            expected = f"the code of a child of {row['index']}"
            yield Problem(table.file, f"{line}, column child", f'"{row["child"]}"', expected, remedy)
    yield from _check_complete(table, nodes, experts)


def _check_complete(table: TextTable, nodes: Mapping[str, Node], experts: Sequence[str]) -> Iterator[Problem]:
    assert table.cells is not None
    for code, rows in table.cells.groupby("index", sort=False):
        if code not in nodes:
            continue
        children, line = nodes[str(code)].child_weights, str(rows.index[0])
        found = ", ".join(rows["child"])
        if set(children) != set(rows["child"]) or rows["child"].duplicated().any():
            expected = f"each child of {code} once: {', '.join(children)}"
            yield Problem(table.file, line, found, expected, "add what is missing, remove what is there twice")
        for expert in experts:
            if (read_numbers(rows[expert]) == 0).all():
                expected = "a weight above 0"
                where = f"{line}, column {expert}"
                yield Problem(table.file, where, f"weights of {code} all 0", expected, "give at least one a weight")


def read_expert_weights(table: TextTable) -> dict[str, dict[str, float]]:
    """The mean of the experts' weights, each expert's rescaled to 1, by index and child; nothing of a bad table."""
    if table.cells is None or not _experts(table.cells):
        return {}
    numbers = table.cells[_experts(table.cells)].apply(pd.to_numeric, errors="coerce")
    shares = numbers / numbers.groupby(table.cells["index"]).transform("sum")
    mean = shares.mean(axis=1)
    found: dict[str, dict[str, float]] = {}
    for code, child, weight in zip(table.cells["index"], table.cells["child"], mean, strict=True):
        found.setdefault(code, {})[child] = float(weight)
    return found


def _experts(cells: pd.DataFrame) -> list[str]:
    return [str(column) for column in cells.columns if column not in WEIGHT_COLUMNS]


def check_pairwise(document: Document, nodes: Mapping[str, Node]) -> Iterator[Problem]:
    """Every matrix that is not square, positive and reciprocal, with the pair that does not fit."""
    yield from check_known(document, [(code,) for code in document.data], nodes, "the code of an index", of_keys=True)
    for code, given in document.data.items():
        if code in nodes:
            yield from _check_matrix(document, code, given, list(nodes[code].child_weights))


def _check_matrix(document: Document, code: str, given: Any, children: list[str]) -> Iterator[Problem]:
    size = len(children)
    if len(given) != size or any(len(row) != size for row in given):
        expected = f"{size} rows of {size} numbers, in the order {', '.join(children)}"
        found = f"{len(given)} rows of {', '.join(str(len(row)) for row in given)}"
        yield Problem(document.file, document.place((code,)), found, expected, "add or remove rows or numbers")
        return
    numbers = [[read_ratio(cell) for cell in row] for row in given]
    for i, row in enumerate(numbers):
        for j, number in enumerate(row):
            pair = f"{children[i]} to {children[j]}"
            path = (code, i, j)
            if number is None or number <= 0:
                yield document.problem(path, given[i][j], f"{pair}: a number above 0, or 1/3", "correct it")
            elif i == j and number != 1:
                yield document.problem(path, given[i][j], f"{pair}: 1", "write 1")
            elif i < j and (opposite := numbers[j][i]) and abs(number * opposite - 1) > RECIPROCAL_TOLERANCE:
                other = f"{children[j]} to {children[i]} is {given[j][i]}"
                remedy = f"write {_reciprocal(given[i][j])} there, or correct this one"
                yield document.problem(path, given[i][j], f"the reciprocal of the number opposite: {other}", remedy)


def _reciprocal(cell: Any) -> str:
    return str(1 / Fraction(str(cell)).limit_denominator(1000))


def read_ratio(cell: Any) -> float | None:
    """A comparison written as a number or as a fraction such as 1/3; `None` where it is neither.

    Examples:
        >>> read_ratio("1/4"), read_ratio(3), read_ratio("often")
        (0.25, 3.0, None)
    """
    if isinstance(cell, int | float):
        return None if isinstance(cell, bool) else float(cell)
    written = _RATIO.fullmatch(str(cell))
    if written is None or not int(written["below"] or 1):
        return None
    return float(written["above"]) / int(written["below"] or 1)


def read_pairwise(document: Document) -> dict[str, list[list[float]]]:
    """The matrices by code of the index; the lower half is the exact reciprocal of the upper one."""
    found = {}
    for code, given in document.data.items():
        numbers = [[read_ratio(cell) or 1.0 for cell in row] for row in given]
        found[code] = [
            [numbers[i][j] if i <= j else 1 / numbers[j][i] for j in range(len(row))] for i, row in enumerate(numbers)
        ]
    return found
