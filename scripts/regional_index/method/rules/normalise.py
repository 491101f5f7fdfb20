"""Normalisation by the spread of the data themselves: min-max, z-scores, distance to and fraction of the maximum.

Every fit gives numbers in the indicator's own unit, `worst` and `best` already turned by direction. As a turned
value is x multiplied by -1, and so are both ends, (x - worst) / (best - worst) is the same turned or not.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from regional_index.method.rules.code import plus, statistic, times
from regional_index.method.rules.columns import (
    Columns,
    Fitted,
    Numbers,
    find_extremes,
    note_where,
    turn,
    year_of,
)
from regional_index.method.rules.definition import OVER, Code, Normalisation, Option, Options, register
from regional_index.method.rules.findings import Finding

CONSTANT = "constant"
TIMES = Option("number", 100.0, least=1e-9)


def share_of_way(values: np.ndarray, direction: np.ndarray, worst: np.ndarray, best: np.ndarray) -> np.ndarray:
    """(x - worst) / (best - worst); missing where the best is not better than the worst.

    Args:
        values: Shape (regions, years, columns).
        direction: 1 or -1, shape (columns,).
        worst: What has 0; any shape that goes with the values.
        best: What has 1.
    """
    span = best - worst
    return (values - worst) / np.where(span * direction > 0, span, np.nan)


def as_rows(columns: Columns, **options: Any) -> dict[str, np.ndarray]:
    """Options as numbers of shape (1, columns)."""
    return {key: np.broadcast_to(np.asarray(value, float), (1, len(columns.codes))) for key, value in options.items()}


def keep_values(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """The value as it is, multiplied by -1 where less is better. Constant columns and negative values stay."""
    return values * direction


def normalise_min_max(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """(x - min) / (max - min) x (upper - lower) + lower, turned (Handbook, step 5).

    Equal values have equal scores, negative values are like any others, missing stays missing. Where all values
    are equal there is no score. Values beyond the fitted ends score beyond `lower` and `upper`.
    """
    share = share_of_way(values, direction, numbers["worst"], numbers["best"])
    return share * (numbers["upper"] - numbers["lower"]) + numbers["lower"]


def fit_min_max(columns: Columns) -> Fitted:
    """Least and greatest value; also `worst` and `best`, which score `lower` and `upper`."""
    low, high = find_extremes(columns)
    worst, best = turn(low, high, columns.direction)
    yearly, (lower, upper) = columns.options["over"] == "year", _ends(columns.options)
    numbers = {"min": low, "max": high, "worst": worst, "best": best, **as_rows(columns, lower=lower, upper=upper)}
    return Fitted(numbers, yearly, notes=note_where(columns, low == high, CONSTANT, yearly=yearly))


def _ends(options: Options) -> tuple[Any, Any]:
    return options.get("lower", 0.0), options["upper"] if "upper" in options else options["times"]


def _check_ends(options: Options, direction: int) -> Iterator[Finding]:
    lower, upper = options["lower"], options["upper"]
    if lower >= upper:
        yield Finding(f"lower {lower:g}, upper {upper:g}", "lower below upper", "exchange them, or correct one")


def _code_min_max(options: Options, own: object) -> Code:
    low, high, (lower, upper) = statistic("min", options), statistic("max", options), _ends(options)
    return Code(f"(@ - {low}) / ({high} - {low}){times(upper - lower)}{plus(lower)}")


def normalise_z_score(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """(x - mean) / sd x `sd` + `mean`, turned; the standard deviation with n - 1 (Handbook, step 5).

    Equal values have equal scores, negative values are like any others, missing stays missing. Where all values
    are equal there is no score.
    """
    deviation = (values - numbers["mean"]) / np.where(numbers["sd"] > 0, numbers["sd"], np.nan)
    return deviation * (direction * options["sd"]) + options["mean"]


def fit_z_score(columns: Columns) -> Fitted:
    """Mean and standard deviation over what is present; a finding where a single value is all there is."""
    values, yearly = columns.values, columns.options["over"] == "year"
    axis = 0 if yearly else (0, 1)
    present = ~np.isnan(values)
    n = np.atleast_2d(present.sum(axis=axis))
    # The sum of equal values divided by their number can differ from them in the last bit; equality cannot.
    low, high = find_extremes(columns)
    total = np.atleast_2d(np.sum(values, axis=axis, where=present))
    mean = np.where(low == high, low, total / np.where(n > 0, n, np.nan))
    squares = np.atleast_2d(np.sum((values - mean) ** 2, axis=axis, where=present))
    sd = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
    findings = [
        columns.finding(
            c,
            f"1 value{year_of(columns, y, yearly=yearly)}",
            "at least 2 values, for a standard deviation",
            "impute the others, or give the indicator a rule that needs no spread",
        )
        for y, c in np.argwhere(n == 1).tolist()
    ]
    notes = note_where(columns, (low == high) & (n > 1), CONSTANT, yearly=yearly)
    return Fitted({"n": n.astype(float), "mean": mean, "sd": sd}, yearly, findings=findings, notes=notes)


def _code_z_score(options: Options, own: object) -> Code:
    mean, sd = statistic("mean", options), statistic("std", options)
    return Code(f"(@ - {mean}) / {sd}{times(options['sd'])}{plus(options['mean'])}")


def normalise_fraction(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """Value / maximum x times, both turned (Handbook, step 5).

    The best value scores `times`, also where all are equal; 0 scores 0 and what is on the other side of 0 is
    negative. Where the turned maximum is not positive the fraction would put the worst first, so it is refused:
    an indicator of which less is better has fractions of its maximum only where it falls below 0. Missing stays
    missing.
    """
    return share_of_way(values, direction, numbers["worst"], numbers["best"]) * numbers["upper"]


def fit_fraction(columns: Columns) -> Fitted:
    """The best value; a finding where it, turned, is not above 0."""
    low, high = find_extremes(columns)
    best = turn(low, high, columns.direction)[1]
    yearly = columns.options["over"] == "year"
    findings = [
        columns.finding(
            c,
            f"the best value{year_of(columns, y, yearly=yearly)} is {best[y, c]:g}, direction {columns.direction[c]}",
            "a best value above 0" if columns.direction[c] > 0 else "a best value below 0, since less is better",
            "use distance-to-maximum, min-max or goalposts",
        )
        for y, c in np.argwhere(best * columns.direction <= 0).tolist()
    ]
    rows = as_rows(columns, worst=0.0, lower=0.0, upper=columns.options["times"])
    return Fitted({"min": low, "max": high, "best": best, **rows}, yearly, findings=findings)


register(
    Normalisation(
        name="none",
        function=keep_values,
        slope=lambda options, numbers: 1.0,
        code=lambda options, own: Code("@ * 1"),
    ),
    Normalisation(
        name="min-max",
        options={"lower": Option("number", 0.0), "upper": Option("number", 100.0), "over": OVER},
        check=_check_ends,
        function=normalise_min_max,
        fit=fit_min_max,
        ends=lambda options, regions: (float(options["lower"]), float(options["upper"])),
        code=_code_min_max,
    ),
    Normalisation(
        name="z-score",
        options={"mean": Option("number", 50.0), "sd": Option("number", 10.0, 1e-9), "over": OVER},
        function=normalise_z_score,
        fit=fit_z_score,
        slope=lambda options, numbers: options["sd"] / numbers["sd"],
        code=_code_z_score,
    ),
    Normalisation(
        name="fraction-of-maximum",
        options={"times": TIMES, "over": OVER},
        function=normalise_fraction,
        fit=fit_fraction,
        code=lambda options, own: Code(f"@ / {statistic('max', options)}{times(options['times'])}"),
    ),
    # (1 - (max - x) / (max - min)) x times: min-max by another name.
    Normalisation(
        name="distance-to-maximum",
        options={"times": TIMES, "over": OVER},
        function=normalise_min_max,
        fit=fit_min_max,
        ends=lambda options, regions: (0.0, float(options["times"])),
        code=_code_min_max,
    ),
)
