"""Normalisation by declared numbers, whatever the data: goalposts, and a table of scores."""

from collections.abc import Iterator, Mapping

import numpy as np

from regional_index.method.rules.code import literal, plain, times
from regional_index.method.rules.columns import Columns, Fitted, Numbers
from regional_index.method.rules.definition import Code, Ends, Normalisation, Option, Options, register
from regional_index.method.rules.findings import Finding
from regional_index.method.rules.normalise import TIMES, as_rows, share_of_way

Own = Mapping[str, Mapping[str, float]]


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
