"""Indicator files: what each must hold, and the codes, years and numbers that its cells mean."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from regional_index.framework import SIGNED, Correction, Framework, Regions
from regional_index.read.csv_files import TextTable
from regional_index.read.numbers import read_numbers
from regional_index.read.references import find_region

INDICATOR_COLUMNS = ("region", "year", "value")


@dataclass(frozen=True)
class Declaration:
    """Declared content of a file in `indicators/`.

    Args:
        file: Its name without `.csv`.
        indicator: Code of the indicator that describes it.
        unit: Unit of the raw values.
        kind: Kind of the raw values.
        years: Years it must cover.
        not_published: Region code and year of every cell that is empty.
        max_ratio: Bound on the year-on-year change of the raw values, if any.
        divides: Codes of the indicators that are divided by its values.
        is_divided: Whether no indicator reads the values as they are.
    """

    file: str
    indicator: str
    unit: str
    kind: str
    years: tuple[int, ...]
    not_published: frozenset[tuple[str, int]]
    max_ratio: float | None
    divides: tuple[str, ...] = ()
    is_divided: bool = False

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return indicator_path(self.file)


def indicator_path(file: str) -> str:
    """Path of an indicator file, relative to the project."""
    return f"data/indicators/{file}.csv"


def declare_files(
    framework: Framework, more_years: Mapping[str, Iterable[int]] | None = None
) -> dict[str, Declaration]:
    """Every file that indicators name and one of them describes, in the order of the framework.

    A file is described by the indicator that reads it undivided (the one with the file's own code, if there are
    several), else by one that says under `per` what its undivided values are. Years and unpublished regions are those
    of all indicators that share the file.

    Args:
        framework: Says which files there are, and of what.
        more_years: By file, years outside the series that it has as well; see `years_outside`.
    """
    more_years = more_years or {}
    found = {}
    for file in dict.fromkeys(indicator.file for indicator in framework.indicators.values()):
        users = [user for user in framework.indicators.values() if user.file == file]
        undivided = [user for user in users if user.per is None]
        owners = undivided or [user for user in users if user.per and user.per.unit]
        named = {year for user in users for year in user.years or framework.years}
        is_limited = any(user.years for user in users)
        years = tuple(sorted(named if is_limited else named.union(more_years.get(file, ()))))
        gaps = (gap for user in users for gap in user.not_published)
        if owners:
            owner = min(owners, key=lambda user: user.code != file)
            found[file] = Declaration(
                file=file,
                indicator=owner.code,
                unit=owner.per.unit if owner.per else owner.unit,
                kind=owner.per.kind if owner.per else owner.kind,
                years=years,
                not_published=frozenset((gap.region, year) for gap in gaps for year in gap.years or years),
                max_ratio=owner.max_ratio,
                divides=_divided_by(framework, file),
                is_divided=not undivided,
            )
    return found


def years_outside(cells: pd.DataFrame, framework: Framework, regions: Regions) -> dict[str, list[int]]:
    """By file, years outside the open series that most evaluated regions have rows of; a typing error has few.

    Args:
        cells: As stacked.
        framework: Says which years are in the series.
        regions: All regions.
    """
    in_series = cells["year"].isin([str(year) for year in framework.years])
    others = cells[~in_series & cells["year"].str.fullmatch("[0-9]{4}")]
    counts = others.groupby(["file", "year"]).size()
    most = counts[counts > len(regions.evaluated) / 2].reset_index()
    return {str(file): [int(year) for year in rows["year"]] for file, rows in most.groupby("file")}


def _divided_by(framework: Framework, file: str) -> tuple[str, ...]:
    """Codes of the indicators whose denominator is in a file; an unknown one is reported elsewhere."""
    known = framework.indicators
    return tuple(
        code
        for code, user in known.items()
        if user.per and user.per.indicator in known and known[user.per.indicator].file == file
    )


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
        The same rows with `code` (empty if no region has that name), `year` (0 if it is none), `number`
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
