"""Step: bring every indicator to the unit it is compared in."""

import numpy as np
import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.framework import Framework


def denominate(values: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Panel of the indicators in the tree, each divided by its denominator where it declares one.

    Args:
        values: Long frame `indicator, region, year, value` in any order; `indicator` is the file. Names may be strings
            or categories.
        framework: Says which file an indicator is in and what it is divided by.

    Returns:
        Complete panel: rows (region, year) for all regions, sorted by their codes, and the years of the series that
        there are values of; a column for each indicator in tree order. Missing where the value or its denominator is
        missing, or where the denominator is 0: nothing divided by nobody is no number, and infinity would be the
        goalpost of all others.

    Raises:
        DataError: A region has two values of an indicator in one year.
        KeyError: There are no values of a file that an indicator in the tree needs.
    """
    by_file = spread_files(values, framework.years)
    panel = {code: in_own_unit(by_file, framework, code).to_numpy() for code in framework.used_indicators}
    return pd.DataFrame(panel, index=by_file.index)


def in_own_unit(by_file: pd.DataFrame, framework: Framework, code: str) -> pd.Series:
    """One indicator in the unit it is compared in.

    Args:
        by_file: Raw values; a column for each file.
        framework: Says which file the indicator is in and what it is divided by.
        code: The indicator.
    """
    indicator = framework.indicator(code)
    raw = by_file[indicator.file]
    if indicator.per is None:
        return raw
    denominator = by_file[framework.indicator(indicator.per.indicator).file]
    return raw / denominator.where(denominator != 0) * indicator.per.scale


def spread_files(values: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """The raw values of some years: a row for every region and year, a column for every file, names sorted.

    Every value is put straight into its cell, in time that grows with the number of values alone.

    Args:
        values: Long frame `indicator, region, year, value`.
        years: Values of other years are left out; years without a value have no rows.

    Raises:
        DataError: A cell has two values.
    """
    wanted = values["year"].isin(years).to_numpy()
    kept = values if wanted.all() else values.loc[wanted]
    (file, files), (region, regions), (year, found) = (_number(kept[name]) for name in ("indicator", "region", "year"))
    cell = (file * len(regions) + region) * len(found) + year
    cells = np.full(len(files) * len(regions) * len(found), np.nan)
    taken = np.zeros(len(cells), dtype=bool)
    taken[cell] = True
    if np.count_nonzero(taken) < len(cell):
        raise DataError(_problems_of_cells(kept))
    cells[cell] = kept["value"].to_numpy(dtype=float)
    rows = pd.MultiIndex.from_product([regions, found], names=["region", "year"])
    columns = pd.Index(files, name="indicator")
    return pd.DataFrame(cells.reshape(len(files), -1).T, index=rows, columns=columns)


def _number(names: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Every name as its position among the sorted different names, and these."""
    numbers, different = pd.factorize(names)
    different = pd.Index(
        different.astype(different.categories.dtype) if hasattr(different, "categories") else different
    )
    order = different.argsort()
    position = np.empty(len(order), dtype=np.intp)
    position[order] = np.arange(len(order))
    return position[numbers], different[order]


def _problems_of_cells(values: pd.DataFrame) -> list[Problem]:
    keys = ["indicator", "region", "year"]
    twice = values.loc[values.duplicated(keys), keys].drop_duplicates()
    return [
        Problem(
            f"data/indicators/{file}.csv",
            f"region {region}, year {year}",
            "more than one value",
            "one value for every region and year",
            "keep one of them",
        )
        for file, region, year in twice.itertuples(index=False)
    ]
