"""Normalisation by the spread of the data themselves: min-max, z-scores, distance to and fraction of the maximum.

Every fit gives numbers in the indicator's own unit, `worst` and `best` already turned by direction. As a turned
value is x multiplied by -1, and so are both ends, (x - worst) / (best - worst) is the same turned or not.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from regional_index.method.normalise_columns import Columns, Fitted, Numbers, find_extremes, note_where, turn, year_of

CONSTANT = "constant"


def share_of_way(values: np.ndarray, direction: np.ndarray, worst: np.ndarray, best: np.ndarray) -> np.ndarray:
    """(x - worst) / (best - worst); missing where the best is not better than the worst.

    Args:
        values: Shape (regions, years, columns).
        direction: 1 or -1, shape (columns,).
        worst: What has 0; any shape that goes with the values.
        best: What has 1.
    """
    span = best - worst
    share = values - worst
    share /= np.where(span * direction > 0, span, np.nan)
    return share


def normalise_none(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """The value as it is, multiplied by -1 where less is better. Constant columns and negative values are kept."""
    return values * direction


def fit_none(columns: Columns) -> Fitted:
    """Nothing has to be known."""
    return Fitted({})


def normalise_min_max(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(x - min) / (max - min) x (upper - lower) + lower, turned (Handbook, step 5).

    Equal values have equal scores, negative values are like any others, missing stays missing. Where all values
    are equal there is no score. Values beyond the fitted ends score beyond `lower` and `upper`.
    """
    scores = share_of_way(values, direction, numbers["worst"], numbers["best"])
    scores *= numbers["upper"] - numbers["lower"]
    scores += numbers["lower"]
    return scores


def fit_min_max(columns: Columns) -> Fitted:
    """Least and greatest value; also `worst` and `best`, which score `lower` and `upper`."""
    return _fit_ends(columns, columns.options["lower"], columns.options["upper"])


def normalise_distance_to_maximum(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(1 - (max - x) / (max - min)) x times, turned (Handbook, step 5).

    The best value scores `times` and the worst 0; it is min-max by another name. Ties, negative and missing values,
    and columns whose values are all equal, as there.
    """
    return normalise_min_max(values, direction, numbers, options)


def fit_distance_to_maximum(columns: Columns) -> Fitted:
    """Least and greatest value; also `worst` and `best`."""
    return _fit_ends(columns, 0.0, columns.options["times"])


def _fit_ends(columns: Columns, lower: Any, upper: Any) -> Fitted:
    low, high = find_extremes(columns)
    worst, best = turn(low, high, columns.direction)
    yearly = columns.options["over"] == "year"
    numbers = {"min": low, "max": high, "worst": worst, "best": best, **as_rows(columns, lower=lower, upper=upper)}
    return Fitted(numbers, yearly, notes=note_where(columns, low == high, CONSTANT, yearly=yearly))


def as_rows(columns: Columns, **options: Any) -> dict[str, np.ndarray]:
    """Options as numbers of shape (1, columns)."""
    return {key: np.broadcast_to(np.asarray(value, float), (1, len(columns.codes))) for key, value in options.items()}


def normalise_fraction_of_maximum(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """Value / maximum x times, both turned (Handbook, step 5).

    The best value scores `times`, also where all are equal; 0 scores 0 and what is on the other side of 0 is
    negative. Where the turned maximum is not positive the fraction would put the worst first, so it is refused:
    an indicator of which less is better has fractions of its maximum only where it falls below 0. Missing stays
    missing.
    """
    scores = share_of_way(values, direction, numbers["worst"], numbers["best"])
    scores *= numbers["upper"]
    return scores


def fit_fraction_of_maximum(columns: Columns) -> Fitted:
    """The best value; a problem where it, turned, is not above 0."""
    low, high = find_extremes(columns)
    best = turn(low, high, columns.direction)[1]
    yearly = columns.options["over"] == "year"
    problems = [
        columns.problem(
            c,
            f"the best value{year_of(columns, y, yearly=yearly)} is {best[y, c]:g}, direction {columns.direction[c]}",
            "a best value above 0" if columns.direction[c] > 0 else "a best value below 0, since less is better",
            "use distance-to-maximum, min-max or goalposts",
        )
        for y, c in np.argwhere(best * columns.direction <= 0).tolist()
    ]
    rows = as_rows(columns, worst=0.0, lower=0.0, upper=columns.options["times"])
    return Fitted({"min": low, "max": high, "best": best, **rows}, yearly, problems=problems)


def normalise_z_score(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(x - mean) / sd x `sd` + `mean`, turned; the standard deviation with n - 1 (Handbook, step 5).

    Equal values have equal scores, negative values are like any others, missing stays missing. Where all values
    are equal there is no score.
    """
    scores = values - numbers["mean"]
    scores /= np.where(numbers["sd"] > 0, numbers["sd"], np.nan)
    scores *= direction * options["sd"]
    scores += options["mean"]
    return scores


def fit_z_score(columns: Columns) -> Fitted:
    """Mean and standard deviation over what is present; a problem where a single value is all there is."""
    values, yearly = columns.values, columns.options["over"] == "year"
    axis = 0 if yearly else (0, 1)
    present = ~np.isnan(values)
    n = np.atleast_2d(present.sum(axis=axis))
    # The sum of equal values divided by their number can differ from them in the last bit; equality cannot.
    low, high = find_extremes(columns)
    total = np.atleast_2d(np.sum(values, axis=axis, where=present))
    mean = np.where(low == high, low, total / np.where(n > 0, n, np.nan))
    deviations = values - mean
    deviations *= deviations
    squares = np.atleast_2d(np.sum(deviations, axis=axis, where=present))
    sd = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
    problems = [
        columns.problem(
            c,
            f"1 value{year_of(columns, y, yearly=yearly)}",
            "at least 2 values, for a standard deviation",
            "impute the others, or give the indicator a rule that needs no spread",
        )
        for y, c in np.argwhere(n == 1).tolist()
    ]
    notes = note_where(columns, (low == high) & (n > 1), CONSTANT, yearly=yearly)
    return Fitted({"n": n.astype(float), "mean": mean, "sd": sd}, yearly, problems=problems, notes=notes)
