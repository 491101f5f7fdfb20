"""The panel: one row for every region and year, one column for every indicator; and its array inside."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Rule, group_by_rule


def complete(panel: pd.DataFrame) -> pd.DataFrame:
    """The panel with a row for every pair of its regions and years, regions one after the other, years ascending.

    Every step relies on this order, so that no step can put a value into another region's or year's row.

    Args:
        panel: Rows (region, year) in any order, each once.

    Raises:
        ValueError: A pair of region and year is there twice.
    """
    if panel.index.has_duplicates:
        raise ValueError(f"region and year are there twice: {panel.index[panel.index.duplicated()][0]}")
    regions = panel.index.get_level_values("region").unique()
    years = panel.index.get_level_values("year").unique().sort_values()
    grid = pd.MultiIndex.from_product([regions, years], names=["region", "year"])
    return panel if panel.index.equals(grid) else panel.reindex(grid)


def years_of(panel: pd.DataFrame) -> int:
    """Number of years of a complete panel."""
    return panel.index.get_level_values("year").nunique()


def axes_of(panel: pd.DataFrame) -> tuple[pd.Index, pd.Index]:
    """Regions and years of a complete panel, in its order.

    Raises:
        ValueError: The panel is not complete and region by region; see `complete`.
    """
    count = max(years_of(panel), 1)
    region, year = (np.asarray(codes) for codes in panel.index.codes)
    whole = len(panel) % count == 0 and (region.reshape(-1, count) == region[::count, None]).all()
    if not whole or (year.reshape(-1, count) != year[:count]).any():
        raise ValueError("the rows are not complete and region by region; use panel.complete first")
    return panel.index.get_level_values("region")[::count], panel.index.get_level_values("year")[:count]


def cube(panel: pd.DataFrame) -> np.ndarray:
    """The numbers of a complete panel, shape (regions, years, columns); NaN where missing."""
    array = panel.to_numpy(dtype=float)
    return array.reshape(-1, max(years_of(panel), 1), array.shape[1])


def frame(array: np.ndarray, like: pd.DataFrame) -> pd.DataFrame:
    """An array of shape (regions, years, columns) as a panel with the rows and columns of another."""
    return pd.DataFrame(array.reshape(len(like), -1), index=like.index, columns=like.columns)


def columns_by_rule(framework: Framework, step: str, columns: Iterable[str]) -> list[tuple[Rule, list[int]]]:
    """Every rule of a step with the positions of the columns that it is for.

    Args:
        framework: Says which rule an indicator has.
        step: `impute`, `treat` or `normalise`.
        columns: Codes of indicators.

    Returns:
        Rules in the order in which columns first ask for them; rules with equal options are one rule.
    """
    codes = list(columns)
    return group_by_rule(range(len(codes)), lambda position: framework.rule_of(step, codes[position]))
