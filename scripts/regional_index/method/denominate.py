"""Step: bring every indicator to the unit it is compared in."""

import pandas as pd

from regional_index.framework import Framework
from regional_index.method.panel import complete


def denominate(values: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Panel of the indicators in the tree, each divided by its denominator where it declares one.

    Args:
        values: Long frame `indicator, region, year, value` in any order; `indicator` is the file. Names may be strings
            or categories.
        framework: Says which file an indicator is in and what it is divided by.

    Returns:
        Complete panel: rows (region, year) for all regions, sorted by their codes, and the years of the series that
        there are values of; a column for each indicator in tree order. Missing where the value or its denominator is
        missing, or where the denominator is 0: infinity would be the goalpost of all others.

    Raises:
        ValueError: A region has two values of an indicator in one year.
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

    Args:
        values: Long frame `indicator, region, year, value`.
        years: Values of other years are left out; years without a value have no rows.

    Raises:
        ValueError: A cell has two values.
    """
    chosen = values[values["year"].isin(years)].astype({"indicator": "str", "region": "str"})
    return complete(chosen.pivot(index=["region", "year"], columns="indicator", values="value").sort_index(axis=1))
