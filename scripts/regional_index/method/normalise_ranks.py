"""Normalisation by rank among the regions of a year: 1 for the worst value, more for a better one."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from regional_index.method.normalise_columns import Columns, Fitted, Numbers


def normalise_rank(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """Rank within the year, ascending by turned value: 1 for the worst (Handbook, step 5).

    How many fitted values of the year are worse, plus 1. Equal values share the lowest of their ranks (`ties: min`),
    the highest (`max`) or the mean of both (`average`), so that all have 1 where all are equal and ties are `min`.
    Negative values are like any others, missing ones stay missing and take no rank from others.

    Args:
        values: Shape (regions, years, columns); the regions need not be those of the fit.
        direction: 1 or -1, shape (columns,).
        numbers: `sorted`, the turned values of the fit, ascending, missing ones last; and `n`, how many there are.
        options: `ties`.
    """
    turned = np.moveaxis(values * direction, 0, -1)
    fitted, counts = np.moveaxis(numbers["sorted"], 0, -1), numbers["n"].astype(int)
    ranks = np.empty(turned.shape)
    for cell in np.ndindex(counts.shape):
        ranks[cell] = _rank_among(turned[cell], fitted[cell][: counts[cell]], options["ties"])
    ranks[np.isnan(turned) | (counts == 0)[..., None]] = np.nan
    return np.moveaxis(ranks, -1, 0)


def _rank_among(values: np.ndarray, fitted: np.ndarray, ties: str) -> np.ndarray:
    lowest = np.searchsorted(fitted, values, side="left") + 1.0
    if ties == "min":
        return lowest
    # A value that is not among the fitted ones has a single rank, by what is worse.
    highest = np.maximum(np.searchsorted(fitted, values, side="right"), lowest)
    return highest if ties == "max" else (lowest + highest) / 2


def fit_rank(columns: Columns) -> Fitted:
    """The values of every year in order."""
    turned = np.moveaxis(columns.values * columns.direction, 0, -1)
    n = np.isfinite(turned).sum(axis=-1).astype(float)
    return Fitted({"sorted": np.moveaxis(np.sort(turned), -1, 0), "n": n}, yearly=True)


def normalise_borda(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """Rank - 1: how many regions of the year are worse. Ties, direction and missing values as for ranks."""
    ranks = normalise_rank(values, direction, numbers, options)
    ranks -= 1.0
    return ranks


def normalise_percentile_rank(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(rank - 1) / (n - 1) x times within the year; n counts what is present.

    From 0 for the worst to `times` for the best, which a value of another year that is better still has too. Ties,
    direction and missing values as for ranks; a year with a single value is refused.
    """
    scores = normalise_borda(values, direction, numbers, options)
    scores /= np.where(numbers["n"] > 1, numbers["n"] - 1, np.nan)
    np.minimum(scores, 1.0, out=scores)
    scores *= options["times"]
    return scores


def fit_percentile_rank(columns: Columns) -> Fitted:
    """The values of every year in order; a problem where a year has a single one."""
    fitted = fit_rank(columns)
    problems = [
        columns.problem(
            c,
            f"1 value in {columns.years[y]}",
            "at least 2 values in a year, for a percentile rank",
            "impute the others, or give the indicator another rule",
        )
        for y, c in np.argwhere(fitted.numbers["n"] == 1).tolist()
    ]
    return Fitted(fitted.numbers, yearly=True, problems=problems)
