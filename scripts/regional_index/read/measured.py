"""What the cells of the indicator tables mean: codes, years and numbers; then every region and year."""

from collections.abc import Container, Iterable, Mapping

import pandas as pd

from regional_index.framework import SIGNED, Correction, Regions
from regional_index.read.checks.cells import INDICATOR_COLUMNS, read_numbers
from regional_index.read.csv_files import TextTable
from regional_index.read.declarations import Declaration
from regional_index.read.names import find_region


def stack_tables(tables: Mapping[str, TextTable]) -> pd.DataFrame:
    """All rows of all indicator tables as one frame of text: `file, line, region, year, value`."""
    columns = ["file", "line", *INDICATOR_COLUMNS]
    frames = [
        table.cells.assign(file=file, line=table.cells.index)[columns]
        for file, table in tables.items()
        if table.cells is not None
    ]
    stacked = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    return stacked.astype(dict.fromkeys(["file", *INDICATOR_COLUMNS], "str"))


def read_cells(cells: pd.DataFrame, regions: Regions, declarations: Mapping[str, Declaration]) -> pd.DataFrame:
    """Give each row its meaning.

    Args:
        cells: As stacked.
        regions: All regions.
        declarations: What each file must hold; some may hold negative numbers.

    Returns:
        The same rows with `code` (empty if nobody calls a region so), `year` (0 if it is none), `number`
        (missing if it is none) and `wrong` (a value that is no number, or below 0 where it must not be).
    """
    codes = {name: find_region(regions, name, evaluated=False)[0] for name in cells["region"].unique()}
    number = read_numbers(cells["value"])
    years = cells["year"].where(cells["year"].str.fullmatch("[0-9]{4}"), "0").astype(int)
    signed = cells["file"].isin([file for file, declared in declarations.items() if declared.kind == SIGNED])
    wrong = (cells["value"] != "") & (number.isna() | (number < 0) & ~signed)
    return cells.assign(code=cells["region"].map(codes), year=years, number=number, wrong=wrong)


def is_among(rows: pd.DataFrame, columns: list[str], keys: Container[tuple]) -> pd.Series:
    """Whether what each row holds in these columns is one of the keys; right also without any row or key.

    Examples:
        >>> rows = pd.DataFrame({"file": ["sales", "sales"], "year": [2021, 2022]})
        >>> is_among(rows, ["file", "year"], {("sales", 2022)}).tolist()
        [False, True]
    """
    found = [key in keys for key in zip(*(rows[column] for column in columns), strict=True)]
    return pd.Series(found, index=rows.index, dtype=bool)


def complete_values(
    measured: pd.DataFrame,
    declarations: Mapping[str, Declaration],
    regions: Regions,
    corrections: Iterable[Correction],
) -> pd.DataFrame:
    """Every indicator file, year and evaluated region: `indicator, region, year, value, status`."""
    wanted = pd.DataFrame(
        [
            (declared.file, region, year)
            for declared in declarations.values()
            for year in declared.years
            for region in regions.evaluated
        ],
        columns=["indicator", "region", "year"],
    )
    numbers = measured.set_index(["file", "code", "year"])["number"]
    keys = pd.MultiIndex.from_frame(wanted)
    value = numbers.reindex(keys).to_numpy()
    excluded = {(c.indicator, c.region, c.year) for c in corrections if c.decision == "exclude"}
    is_excluded = is_among(wanted, ["indicator", "region", "year"], excluded)
    status = pd.Series("published", index=wanted.index, dtype="str")
    status = status.mask(pd.isna(value), "not_published").mask(is_excluded, "excluded")
    return wanted.assign(value=pd.Series(value, dtype=float).mask(is_excluded), status=status)
