"""The rules of imputation, on arrays of shape (regions, years, columns)."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from regional_index.method.rules.definition import Imputation, Option, Options, Rows, register
from regional_index.method.rules.em import impute_em


def impute_constant(values: np.ndarray, constant: float) -> np.ndarray:
    """Fill every gap with one number."""
    return np.where(np.isnan(values), constant, values)


def impute_mean(values: np.ndarray) -> np.ndarray:
    """Fill every gap with the mean of the regions that have a value in the same year.

    Examples:
        >>> impute_mean(np.array([[[1.0], [np.nan]], [[np.nan], [np.nan]], [[4.0], [np.nan]]]))[:, :, 0]
        array([[1. , nan],
               [2.5, nan],
               [4. , nan]])
    """
    return _fill(values, pd.DataFrame.mean)


def impute_median(values: np.ndarray) -> np.ndarray:
    """Fill every gap with the median of the regions that have a value in the same year (of an even number, as type 7).

    Examples:
        >>> impute_median(np.array([[[1.0]], [[np.nan]], [[2.0]], [[9.0]]]))[:, 0, 0]
        array([1., 2., 2., 9.])
    """
    return _fill(values, pd.DataFrame.median)


def _fill(values: np.ndarray, statistic: Callable[[pd.DataFrame], pd.Series]) -> np.ndarray:
    columns = pd.DataFrame(values.reshape(len(values), -1))
    return columns.fillna(statistic(columns)).to_numpy().reshape(values.shape)


def within_groups(rule: Callable[[np.ndarray], np.ndarray], values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """A rule carried out in every group of regions as if there were no others; the ungrouped stay as they are.

    Args:
        rule: Gives an array of the same shape.
        values: Shape (regions, years, columns).
        groups: The group of every region, as a number from 0; -1 where it has none.
    """
    filled = values.copy(order="K")
    for group in range(groups.max(initial=-1) + 1):
        members = np.flatnonzero(groups == group)
        filled[members] = rule(values[members])
    return filled


def impute_last_observation(values: np.ndarray) -> np.ndarray:
    """Fill every gap with the region's last value before it; gaps before the first value stay.

    Examples:
        >>> impute_last_observation(np.array([[[np.nan], [3.0], [np.nan], [np.nan], [5.0]]])).ravel()
        array([nan,  3.,  3.,  3.,  5.])
    """
    return _over_years(values, pd.DataFrame.ffill)


def impute_linear(values: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Fill every gap from the straight line between the region's values before and after it, by years.

    Gaps before the first and after the last value stay.

    Args:
        values: Shape (regions, years, columns).
        years: The years, ascending; they need not follow each other.

    Examples:
        >>> impute_linear(np.array([[[np.nan], [1.0], [np.nan], [4.0], [np.nan]]]), np.array([1, 2, 3, 5, 6])).ravel()
        array([nan,  1.,  2.,  4., nan])
    """
    return _over_years(values, lambda rows: rows.set_index(years).interpolate("index", limit_area="inside"))


def _over_years(values: np.ndarray, fill: Callable[[pd.DataFrame], pd.DataFrame]) -> np.ndarray:
    """A rule carried out on a frame with years as rows, a column for each region and indicator."""
    rows = pd.DataFrame(values.swapaxes(0, 1).reshape(values.shape[1], -1))
    return fill(rows).to_numpy().reshape(values.shape[1], len(values), -1).swapaxes(0, 1)


def _by_group(rule: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray, Rows, Options], np.ndarray]:
    return lambda values, rows, options: within_groups(rule, values, rows.groups)


GROUP = Option("text")

register(
    Imputation(name="none", function=lambda values, rows, options: values),
    Imputation(name="mean", function=lambda values, rows, options: impute_mean(values)),
    Imputation(name="median", function=lambda values, rows, options: impute_median(values)),
    Imputation(
        name="constant",
        options={"value": Option("number", own=True)},
        function=lambda values, rows, options: impute_constant(values, options["value"]),
    ),
    Imputation(name="group-mean", options={"group": GROUP}, function=_by_group(impute_mean)),
    Imputation(name="group-median", options={"group": GROUP}, function=_by_group(impute_median)),
    Imputation(name="last-observation", function=lambda values, rows, options: impute_last_observation(values)),
    Imputation(name="linear", function=lambda values, rows, options: impute_linear(values, rows.years)),
    Imputation(
        name="em",
        options={"iterations": Option("whole", 200, 1), "tolerance": Option("number", 1e-8, 0)},
        function=lambda values, rows, options: impute_em(values, **options),
        joins_columns=True,
    ),
)
