"""Normalisation by the distance to a reference or a target."""

from collections.abc import Iterator, Mapping

import numpy as np

from regional_index.method.rules.code import literal, statistic, times
from regional_index.method.rules.columns import (
    Columns,
    Fitted,
    Note,
    Numbers,
    find_extremes,
    note_where,
    turn,
    year_of,
)
from regional_index.method.rules.definition import OVER, Code, Ends, Normalisation, Option, Options, register
from regional_index.method.rules.findings import Finding
from regional_index.method.rules.normalise import CONSTANT, TIMES, as_rows, share_of_way

NO_REFERENCE = "no reference value"
REFERENCE_IS_WORST = "the reference is not better than the worst value"
CAP = Option("yes-no", False)
Own = Mapping[str, Mapping[str, float]]


def normalise_distance(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """(1 - (best - x) / (best - worst)) x times, turned; at most `times` with `cap` (Handbook, step 5).

    The best is the reference (a region in the same year, or the same region in one year, or one region in one year) or
    the target. Equal values have equal scores, negative values are like any others, missing stays missing. There is no
    score where the reference is missing or is not better than the worst value, as where all values are equal.
    """
    share = share_of_way(values, direction, numbers["worst"], numbers["best"])
    return (np.minimum(share, 1.0) if options["cap"] else share) * numbers["upper"]


def _ends_by_cap(options: Options, regions: int) -> Ends | None:
    return (0.0, float(options["times"])) if options["cap"] else None


def _check_reference(options: Options, direction: int) -> Iterator[Finding]:
    if not options["region"] and not options["year"]:
        yield Finding("neither region nor year", "what to compare with", "name a region, a year, or both")


def _say_reference(options: Options) -> tuple[str, ...]:
    given = [name for name in ("region", "year") if options[name]]
    return ("reference.both" if len(given) == 2 else f"reference.{given[0]}",)


def fit_distance_to_reference(columns: Columns) -> Fitted:
    """The worst value and the reference; findings where the reference is unknown or, for a region, missing.

    With a year alone every region is its own reference; one that has no value in that year has no score, which
    is noted, and is a finding only where no region has a value.
    """
    region, year = columns.options["region"], int(columns.options["year"])
    unknown = _unknown_references(columns, region, year)
    if unknown:
        return Fitted({}, findings=unknown)
    rows = columns.regions.get_indexer([region]) if region else slice(None)
    reference = columns.values[rows][:, columns.years.get_indexer([year]) if year else slice(None)]
    low, high = find_extremes(columns)
    worst = turn(low, high, columns.direction)[0]
    yearly = columns.options["over"] == "year" or not year
    findings = _missing_references(columns, reference, by_region=not region)
    best = reference if not region else reference[0]
    constant = note_where(columns, low == high, CONSTANT, yearly=columns.options["over"] == "year")
    notes = constant + _notes_on_references(columns, best, worst, (low == high), yearly=yearly)
    numbers = {"min": low, "max": high, "worst": worst, "best": best, "reference": best}
    numbers |= as_rows(columns, lower=0.0, upper=columns.options["times"])
    return Fitted(numbers, yearly, by_region=not region, findings=findings, notes=notes)


def _unknown_references(columns: Columns, region: str, year: int) -> list[Finding]:
    found = []
    if region and region not in columns.regions:
        found.append((f'region "{region}"', "a region that is in the panel", "name one that is"))
    if year and year not in columns.years:
        there = ", ".join(str(one) for one in columns.years)
        found.append((f"year {year}", f"a year that is in the panel: {there}", "name one of them"))
    return [columns.finding(c, *what) for what in found for c in range(len(columns.codes))]


def _missing_references(columns: Columns, reference: np.ndarray, *, by_region: bool) -> list[Finding]:
    """References that are missing though there are values to compare with them; shape (regions, years, columns)."""
    region, year = columns.options["region"], int(columns.options["year"])
    who = f"{region} has no value" if not by_region else "no region has a value"
    has_values = ~np.isnan(columns.values).all(axis=(0, 1) if year else 0, keepdims=True)
    missing = np.isnan(reference).all(axis=0, keepdims=True) & has_values
    return [
        columns.finding(
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


def fit_distance_to_target(columns: Columns) -> Fitted:
    """The worst value and the target, which is also `best`; a finding where the target is no better."""
    low, high = find_extremes(columns)
    worst = turn(low, high, columns.direction)[0]
    yearly = columns.options["over"] == "year"
    target = as_rows(columns, target=columns.options["target"])["target"]
    findings = [
        columns.finding(
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
    return Fitted(numbers, yearly, findings=findings)


def _code_target(options: Options, own: Own) -> Code:
    low, cap = statistic("min", options), ".clip(upper=1)" if options["cap"] else ""
    formula = f"((@ - {low}) / (target - {low})){cap}{times(options['times'])}"
    return Code(formula, (f"target = pd.Series({literal(own['target'])})",))


register(
    Normalisation(
        name="distance-to-reference",
        options={
            "region": Option("text", ""),
            "year": Option("whole", 0),
            "cap": CAP,
            "times": TIMES,
            "over": OVER,
        },
        check=_check_reference,
        sentences=_say_reference,
        function=normalise_distance,
        fit=fit_distance_to_reference,
        has_yearly_reference=lambda options: not options["year"],
        ends=_ends_by_cap,
    ),
    Normalisation(
        name="distance-to-target",
        options={"target": Option("number", own=True), "cap": CAP, "times": TIMES, "over": OVER},
        function=normalise_distance,
        fit=fit_distance_to_target,
        ends=_ends_by_cap,
        code=_code_target,
    ),
)
