"""Normalisation by rank among the regions of a year: 1 for the worst value, more for a better one."""

import numpy as np

from regional_index.method.rules.code import times
from regional_index.method.rules.columns import Columns, Fitted, Numbers
from regional_index.method.rules.definition import Code, Normalisation, Options, choice, register
from regional_index.method.rules.normalise import TIMES

TIES = choice("min", "average", "max")


def normalise_rank(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
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


def normalise_borda(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """Rank - 1: how many regions of the year are worse. Ties, direction and missing values as for ranks."""
    return normalise_rank(values, direction, numbers, options) - 1.0


def normalise_percentile_rank(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options
) -> np.ndarray:
    """(rank - 1) / (n - 1) x times within the year; n counts what is present.

    From 0 for the worst to `times` for the best, which a value of another year that is better still has too. Ties,
    direction and missing values as for ranks; a year with a single value is refused.
    """
    share = normalise_borda(values, direction, numbers, options) / np.where(numbers["n"] > 1, numbers["n"] - 1, np.nan)
    return np.minimum(share, 1.0) * options["times"]


def fit_percentile_rank(columns: Columns) -> Fitted:
    """The values of every year in order; a finding where a year has a single one."""
    fitted = fit_rank(columns)
    findings = [
        columns.finding(
            c,
            f"1 value in {columns.years[y]}",
            "at least 2 values in a year, for a percentile rank",
            "impute the others, or give the indicator another rule",
        )
        for y, c in np.argwhere(fitted.numbers["n"] == 1).tolist()
    ]
    return Fitted(fitted.numbers, yearly=True, findings=findings)


def _code_rank(options: Options, own: object) -> Code:
    return Code(f'@.groupby("year").rank(method="{options["ties"]}")')


def _code_percentile(options: Options, own: object) -> Code:
    rank, count = _code_rank(options, own).formula, '@.groupby("year").transform("count")'
    return Code(f"({rank} - 1) / ({count} - 1){times(options['times'])}")


register(
    Normalisation(
        name="rank",
        options={"ties": TIES},
        function=normalise_rank,
        fit=fit_rank,
        ends=lambda options, regions: (1.0, 1.0 + max(regions - 1, 1)),
        place=lambda options, score, count: score,
        code=_code_rank,
    ),
    Normalisation(
        name="borda",
        options={"ties": TIES},
        function=normalise_borda,
        fit=fit_rank,
        ends=lambda options, regions: (0.0, 0.0 + max(regions - 1, 1)),
        place=lambda options, score, count: score + 1,
        code=lambda options, own: Code(f"{_code_rank(options, own).formula} - 1"),
    ),
    Normalisation(
        name="percentile-rank",
        options={"ties": TIES, "times": TIMES},
        function=normalise_percentile_rank,
        fit=fit_percentile_rank,
        ends=lambda options, regions: (0.0, float(options["times"])),
        place=lambda options, score, count: score / options["times"] * (count - 1) + 1,
        code=_code_percentile,
    ),
)
