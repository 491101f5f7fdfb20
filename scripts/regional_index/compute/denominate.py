"""Step: bring every indicator to the unit it is compared in."""

import pandas as pd

from regional_index.framework import Framework


def denominate(values: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Panel of the indicators in the tree, each divided by its denominator where it declares one.

    Args:
        values: Long frame `indicator, region, year, value`; `indicator` is the file.
        framework: Says which file an indicator is in and what it is divided by.

    Returns:
        Rows (region, year) for all regions and the years of the series; a column for each indicator in tree
        order. Missing where the value or its denominator is missing, or where the denominator is 0: nothing
        divided by nobody is no number, and infinity would be the goalpost of all others.
    """
    by_file = values.pivot(index=["region", "year"], columns="indicator", values="value")
    by_file = by_file.loc[by_file.index.get_level_values("year").isin(framework.years)]
    panel = {code: in_own_unit(by_file, framework, code) for code in framework.used_indicators}
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
