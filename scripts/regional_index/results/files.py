"""Result tables as CSV files: exact, checked against their schema when they are read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.files import list_files, read_bytes
from regional_index.model import FLAG, FORMAT, NUMBER, TABLES, TEXT, WHOLE, ResultTable, kind_of
from regional_index.read.csv_files import load_table

Frames = Mapping[str, pd.DataFrame]


def write_table(name: str, frame: pd.DataFrame) -> bytes:
    """One table in the columns of its schema.

    Args:
        name: Of a table in `model.TABLES`.
        frame: It has the declared columns, or no rows; other columns are groupings where the table allows them.
    """
    table = TABLES[name]
    names = [*table.columns, *(column for column in frame if table.grouped and column not in table.columns)]
    chosen = frame[names] if len(frame) else pd.DataFrame(columns=names)
    flags = {column: chosen[column].map({True: "yes", False: "no"}) for column in names if kind_of(column) == FLAG}
    zeros = {column: chosen[column] + 0.0 for column in names if kind_of(column) == NUMBER}
    whole = {column: chosen[column].astype("Int64") for column in names if kind_of(column) == WHOLE}
    # A carriage return that no line feed follows would end a row.
    texts = {column: chosen[column].replace("\r\n?", "\n", regex=True) for column in names if kind_of(column) == TEXT}
    written = chosen.assign(**flags, **zeros, **whole, **texts)
    return written.to_csv(index=False, lineterminator="\n", float_format=FORMAT).encode()


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Every result table that a folder has.

    Raises:
        DataError: There are no scores, or some table is not as its schema says; every such finding at once.
    """
    found = {path.stem: path for path in list_files(folder, "*.csv") if path.stem in TABLES}
    frames, problems = {}, []
    for name, path in found.items():
        try:
            frames[name] = read_table(TABLES[name], read_bytes(path), path.as_posix())
        except DataError as error:
            problems += error.problems
    if "scores" not in found:
        missing = Problem((folder / "scores.csv").as_posix(), "", "no such file", "the table of scores", "compute it")
        problems.append(missing)
    if problems:
        raise DataError(problems)
    return frames


def read_table(table: ResultTable, content: bytes, file: str) -> pd.DataFrame:
    """A table from its file; text is text, also where it says NA.

    Raises:
        DataError: A column is missing, a value is of another kind, or a row is there twice.
    """
    read = load_table(file, content, table.columns, None)
    if read.cells is None:
        raise DataError(read.problems)
    cells, problems = read.cells, [*read.problems]
    names = [*table.columns, *([name for name in cells if name not in table.columns] if table.grouped else [])]
    typed = {name: _typed(cells[name], kind_of(name), file, problems, must=name in table.key) for name in names}
    expected = f"one row for each {', '.join(table.key)}"
    for line in cells.index[cells.duplicated(list(table.key))]:
        problems.append(Problem(file, str(line), "a row that is there already", expected, "remove it"))
    if problems:
        raise DataError(problems)
    return pd.DataFrame(typed, columns=names).reset_index(drop=True)


def _typed(cells: pd.Series, kind: str, file: str, problems: list[Problem], *, must: bool) -> pd.Series:
    """The cells as what their kind says; empty ones are missing, but text is text, and flags and keys must be there."""
    if kind == TEXT:
        return cells
    filled = cells.where(cells != "")
    typed = filled.map({"yes": True, "no": False}) if kind == FLAG else pd.to_numeric(filled, errors="coerce")
    missing = typed.isna() | (typed.abs() == np.inf) if kind != FLAG else typed.isna()
    wrong = missing if must or kind == FLAG else missing & filled.notna()
    if kind == WHOLE:
        wrong |= typed.notna() & (typed % 1 != 0)
    expected = {FLAG: "yes or no", WHOLE: "a whole number", NUMBER: "a number"}[kind]
    remedy = "write one" if must or kind == FLAG else "write one, or leave it empty"
    for line, cell in cells[wrong].items():
        problems.append(Problem(file, f"{line}, column {cells.name}", f'"{cell}"', expected, remedy))
    if wrong.any():
        return cells
    return typed.astype({FLAG: "bool", WHOLE: "Int64", NUMBER: "float64"}[kind])


def check_regions(frames: Frames, regions: Sequence[str], nodes: Sequence[str], folder: Path) -> None:
    """Refuse scores of regions or indices that the framework does not have.

    Raises:
        DataError: Some code is unknown; it names each once, with its first line.
    """
    file = (folder / "scores.csv").as_posix()
    known = {"region": (regions, "a code of data/regions.csv"), "index": (nodes, "a code of an index in the framework")}
    problems = []
    for column, (codes, expected) in known.items():
        cells = frames["scores"][column]
        for row, code in cells[~cells.isin(codes)].drop_duplicates().items():
            problems.append(Problem(file, f"{row + 2}, column {column}", f'"{code}"', expected, "correct it"))
    if problems:
        raise DataError(problems)
