"""Normalisation by what is declared alone, whatever the data: goalposts, and a table of scores."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from regional_index.errors import Problem
from regional_index.method.normalise_columns import Columns, Fitted, Numbers
from regional_index.method.normalise_linear import as_rows, share_of_way


def normalise_goalposts(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """(x - worst) / (best - worst), held between 0 and 1, x times; with `log` of natural logarithms.

    Where less is better `worst` is simply the larger number. A score moves only when its own value moves, also
    where all values are equal. Equal values have equal scores; negative values are like any others, but values
    that are not positive have no logarithm and are refused. Missing stays missing.
    """
    worst, best = numbers["worst"], numbers["best"]
    if options["log"]:
        values, worst, best = np.log(values), np.log(worst), np.log(best)
    scores = share_of_way(values, direction, worst, best)
    np.clip(scores, 0.0, 1.0, out=scores)
    scores *= numbers["upper"]
    return scores


def fit_goalposts(columns: Columns) -> Fitted:
    """The goalposts; problems where they are equal, contradict the direction, or have no logarithm."""
    posts = as_rows(columns, worst=columns.options["worst"], best=columns.options["best"])
    problems = []
    for c, (worst, best) in enumerate(zip(posts["worst"][0], posts["best"][0], strict=True)):
        found = f"worst {worst:g}, best {best:g}, direction {columns.direction[c]}"
        if worst == best:
            problems.append(columns.problem(c, found, "two different goalposts", "move one of them"))
        elif (best - worst) * columns.direction[c] < 0:
            side = "above" if columns.direction[c] > 0 else "below"
            problems.append(columns.problem(c, found, f"best {side} worst", "swap them, or turn the direction"))
        if columns.options["log"] and min(worst, best) <= 0:
            problems.append(columns.problem(c, found, "goalposts above 0, for a logarithm", "set log: false"))
    return Fitted({**posts, **as_rows(columns, lower=0.0, upper=columns.options["times"])}, problems=problems)


def check_goalposts(columns: Columns) -> list[Problem]:
    """Values that have no logarithm, where the goalposts ask for one."""
    if not columns.options["log"]:
        return []
    expected, remedy = "values above 0, for a logarithm", "correct the values, or set log: false"
    return _problems_with_cells(columns, columns.values <= 0, expected, remedy)


def normalise_categorical(
    values: np.ndarray, direction: np.ndarray, numbers: Numbers, options: Mapping[str, Any]
) -> np.ndarray:
    """The score that the table gives for the value; direction changes nothing, for the table says what is better.

    A value that is not in the table is refused; missing stays missing.
    """
    keys, scores = _table(options)
    at = np.clip(np.searchsorted(keys, values), 0, len(keys) - 1)
    return np.where(keys[at] == values, scores[at], np.nan)


def fit_categorical(columns: Columns) -> Fitted:
    """Nothing has to be known but the table."""
    return Fitted({})


def check_categorical(columns: Columns) -> list[Problem]:
    """Values that are not in the table."""
    keys, _ = _table(columns.options)
    unknown = ~np.isin(columns.values, keys) & ~np.isnan(columns.values)
    expected = f"one of {', '.join(f'{key:g}' for key in keys)}"
    return _problems_with_cells(columns, unknown, expected, "add a score for the value, or correct it")


def _table(options: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    # A key of a map in a file may be a number or its text.
    pairs = sorted((float(key), float(score)) for key, score in options["scores"].items())
    keys, scores = np.array(pairs).T
    return keys, scores


def _problems_with_cells(columns: Columns, wrong: np.ndarray, expected: str, remedy: str) -> list[Problem]:
    """One problem for every column that has wrong cells."""
    problems = []
    for c in np.flatnonzero(wrong.any(axis=(0, 1))).tolist():
        of_column = np.zeros_like(wrong)
        of_column[:, :, c] = wrong[:, :, c]
        problems.append(columns.problem(c, columns.list_cells(of_column), expected, remedy))
    return problems
