"""Normalisation by something outside the data: a reference, a target, goalposts, a table of scores."""

from collections.abc import Iterator, Mapping

import numpy as np

from regional_index.method.rules.code import literal, plain, statistic, times
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


def normalise_goalposts(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """(x - worst) / (best - worst), capped at 0 and 1, x times; with `log` of natural logarithms.

    Where less is better `worst` is simply the larger number. A score moves only when its own value moves, also
    where all values are equal. Equal values have equal scores; negative values are like any others, but values
    that are not positive have no logarithm and are refused. Missing stays missing.
    """
    worst, best = numbers["worst"], numbers["best"]
    if options["log"]:
        values, worst, best = np.log(values), np.log(worst), np.log(best)
    return np.clip(share_of_way(values, direction, worst, best), 0.0, 1.0) * numbers["upper"]


def fit_goalposts(columns: Columns) -> Fitted:
    """The goalposts, whatever the data."""
    options = columns.options
    return Fitted(as_rows(columns, worst=options["worst"], best=options["best"], lower=0.0, upper=options["times"]))


def _check_posts(options: Options, direction: int) -> Iterator[Finding]:
    worst, best = options["worst"], options["best"]
    found = f"worst {worst:g}, best {best:g}"
    if direction and (best - worst) * direction <= 0:
        expected = (
            f"best {'above' if direction > 0 else 'below'} worst, as the direction of the indicator is {direction}"
        )
        yield Finding(found, expected, "make them differ" if best == worst else "exchange them, or turn the direction")
    if options["log"] and min(worst, best) <= 0:
        yield Finding(found, "goalposts above 0, as their logarithm is taken", "correct them, or remove log")


def check_logarithms(columns: Columns) -> list[Finding]:
    """Values that have no logarithm, where the goalposts ask for one."""
    if not columns.options["log"]:
        return []
    expected, remedy = "values above 0, for a logarithm", "correct the values, or set log: false"
    return _findings_with_cells(columns, columns.values <= 0, expected, remedy)


def _slope_of_posts(options: Options, numbers: Mapping[str, float]) -> float:
    worst, best = numbers["worst"], numbers["best"]
    if options["log"]:
        return options["times"] / abs(np.log(best / worst)) / min(numbers["value"], worst, best)
    return options["times"] / abs(best - worst)


def _code_goalposts(options: Options, own: Own) -> Code:
    value, worst, best = (f"np.log({name})" if options["log"] else name for name in ("@[worst.index]", "worst", "best"))
    before = tuple(f"{name} = pd.Series({literal(own[name])})" for name in ("worst", "best"))
    return Code(f"(({value} - {worst}) / ({best} - {worst})).clip(0, 1){times(options['times'])}", before)


def normalise_categorical(values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Options) -> np.ndarray:
    """The score that the table gives for the value; direction changes nothing, for the table says what is better.

    A value that is not in the table is refused; missing stays missing.
    """
    keys, scores = _table(options)
    at = np.clip(np.searchsorted(keys, values), 0, len(keys) - 1)
    return np.where(keys[at] == values, scores[at], np.nan)


def check_categorical(columns: Columns) -> list[Finding]:
    """Values that are not in the table."""
    keys, _ = _table(columns.options)
    unknown = ~np.isin(columns.values, keys) & ~np.isnan(columns.values)
    expected = f"one of {', '.join(f'{key:g}' for key in keys)}"
    return _findings_with_cells(columns, unknown, expected, "add a score for the value, or correct it")


def _table(options: Options) -> tuple[np.ndarray, np.ndarray]:
    # A key of a map in a file may be a number or its text.
    pairs = sorted((float(key), float(score)) for key, score in options["scores"].items())
    keys, scores = np.array(pairs).T
    return keys, scores


def _findings_with_cells(columns: Columns, wrong: np.ndarray, expected: str, remedy: str) -> list[Finding]:
    """One finding for every column that has wrong cells."""
    findings = []
    for c in np.flatnonzero(wrong.any(axis=(0, 1))).tolist():
        of_column = np.zeros_like(wrong)
        of_column[:, :, c] = wrong[:, :, c]
        findings.append(columns.finding(c, columns.list_cells(of_column), expected, remedy))
    return findings


def _ends_of_table(options: Options, regions: int) -> Ends | None:
    scores = _table(options)[1]
    return (float(scores.min()), float(scores.max())) if scores.min() < scores.max() else None


def _code_categorical(options: Options, own: Own) -> Code:
    scores = {plain(float(value)): plain(float(score)) for value, score in options["scores"].items()}
    return Code(f"@.map({literal(scores)}.get)")


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
    Normalisation(
        name="goalposts",
        options={
            "worst": Option("number", own=True),
            "best": Option("number", own=True),
            "log": Option("yes-no", False),
            "times": TIMES,
        },
        check=_check_posts,
        turned=False,
        function=normalise_goalposts,
        fit=fit_goalposts,
        check_values=check_logarithms,
        ends=lambda options, regions: (0.0, float(options["times"])),
        capped=lambda options: (True, True),
        slope=_slope_of_posts,
        code=_code_goalposts,
    ),
    Normalisation(
        name="categorical",
        options={"scores": Option("scores", own=True)},
        turned=False,
        function=normalise_categorical,
        check_values=check_categorical,
        ends=_ends_of_table,
        listed=lambda options: [float(value) for value in options["scores"]],
        code=_code_categorical,
    ),
)
