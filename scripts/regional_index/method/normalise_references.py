"""Normalisation by something outside the data: a reference, a target, goalposts, a table of scores."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from regional_index.errors import Problem
from regional_index.method.normalise_columns import (
    Columns,
    Fitted,
    Note,
    Numbers,
    find_extremes,
    note_where,
    turn,
    year_of,
)
from regional_index.method.normalise_linear import CONSTANT, as_rows, share_of_way

NO_REFERENCE = "no reference value"
REFERENCE_IS_WORST = "the reference is not better than the worst value"


def normalise_distance_to_reference(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(1 - (reference - x) / (reference - min)) x times, turned; at most `times` with `cap` (Handbook, step 5).

    The reference is a region in the same year, or the same region in one year, or one region in one year. Equal
    values have equal scores, negative values are like any others, missing stays missing. There is no score where
    the reference is missing or is not better than the worst value, as where all values are equal.
    """
    scores = share_of_way(values, direction, numbers["worst"], numbers["best"])
    if options["cap"]:
        np.minimum(scores, 1.0, out=scores)
    scores *= numbers["upper"]
    return scores


def fit_distance_to_reference(columns: Columns) -> Fitted:
    """The worst value and the reference; problems where the reference is unknown or, for a region, missing.

    With a year alone every region is its own reference; one that has no value in that year has no score, which
    is noted, and is a problem only where no region has a value.
    """
    region, year = columns.options["region"], int(columns.options["year"])
    unknown = _unknown_references(columns, region, year)
    if unknown:
        return Fitted({}, problems=unknown)
    rows = columns.regions.get_indexer([region]) if region else slice(None)
    reference = columns.values[rows][:, columns.years.get_indexer([year]) if year else slice(None)]
    low, high = find_extremes(columns)
    worst = turn(low, high, columns.direction)[0]
    yearly = columns.options["over"] == "year" or not year
    problems = _missing_references(columns, reference, by_region=not region)
    best = reference if not region else reference[0]
    constant = note_where(columns, low == high, CONSTANT, yearly=columns.options["over"] == "year")
    notes = constant + _notes_on_references(columns, best, worst, (low == high), yearly=yearly)
    numbers = {"min": low, "max": high, "worst": worst, "best": best, "reference": best}
    numbers |= as_rows(columns, lower=0.0, upper=columns.options["times"])
    return Fitted(numbers, yearly, by_region=not region, problems=problems, notes=notes)


def _unknown_references(columns: Columns, region: str, year: int) -> list[Problem]:
    found = []
    if not region and not year:
        found.append(("neither region nor year", "a reference: `region`, `year` or both", "name one"))
    if region and region not in columns.regions:
        found.append((f'region "{region}"', "a region that is in the panel", "name one that is"))
    if year and year not in columns.years:
        there = ", ".join(str(one) for one in columns.years)
        found.append((f"year {year}", f"a year that is in the panel: {there}", "name one of them"))
    return [columns.problem(c, *what) for what in found for c in range(len(columns.codes))]


def _missing_references(columns: Columns, reference: np.ndarray, *, by_region: bool) -> list[Problem]:
    """References that are missing though there are values to compare with them; shape (regions, years, columns)."""
    region, year = columns.options["region"], int(columns.options["year"])
    who = f"{region} has no value" if not by_region else "no region has a value"
    has_values = ~np.isnan(columns.values).all(axis=(0, 1) if year else 0, keepdims=True)
    missing = np.isnan(reference).all(axis=0, keepdims=True) & has_values
    return [
        columns.problem(
            c,
            f"{who} in {year or columns.years[y]}",
            "a reference that has a value",
            "take another reference, or impute the indicator",
        )
        for _, y, c in np.argwhere(missing).tolist()
    ]


def _notes_on_references(
    columns: Columns, best: np.ndarray, worst: np.ndarray, constant: np.ndarray, *, yearly: bool
) -> list[Note]:
    useless = ((best - worst) * columns.direction <= 0) & ~constant
    if best.ndim == 2:
        return note_where(columns, useless, REFERENCE_IS_WORST, yearly=yearly)
    years = columns.years if yearly else [0]
    has_values = ~np.isnan(columns.values).all(axis=1)
    missing = np.isnan(best[:, 0]) & has_values & ~np.isnan(best[:, 0]).all(axis=0)
    absent = [
        Note(columns.codes[c], str(columns.regions[r]), 0, NO_REFERENCE) for r, c in np.argwhere(missing).tolist()
    ]
    return absent + [
        Note(columns.codes[c], str(columns.regions[r]), int(years[y]), REFERENCE_IS_WORST)
        for r, y, c in np.argwhere(useless).tolist()
    ]


def normalise_distance_to_target(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(x - min) / (target - min) x times; (max - x) / (max - target) where less is better; `cap` holds it at `times`.

    Equal values have equal scores, negative values are like any others, missing stays missing. Where all values
    are equal they score 0, as the worst does. A target that is not better than the worst value is refused.
    """
    return normalise_distance_to_reference(values, direction, numbers, options)


def fit_distance_to_target(columns: Columns) -> Fitted:
    """The worst value and the target, which is also `best`; a problem where the target is no better."""
    low, high = find_extremes(columns)
    worst = turn(low, high, columns.direction)[0]
    yearly = columns.options["over"] == "year"
    target = as_rows(columns, target=columns.options["target"])["target"]
    problems = [
        columns.problem(
            c,
            f"target {target[0, c]:g}, direction {columns.direction[c]}",
            f"a target {'above the least' if columns.direction[c] > 0 else 'below the greatest'} value, "
            f"which is {worst[y, c]:g}{year_of(columns, y, yearly=yearly)}",
            "set another target, or use goalposts",
        )
        for y, c in np.argwhere((target - worst) * columns.direction <= 0).tolist()
    ]
    numbers = {"min": low, "max": high, "worst": worst, "best": target, "target": target}
    numbers |= as_rows(columns, lower=0.0, upper=columns.options["times"])
    return Fitted(numbers, yearly, problems=problems)
