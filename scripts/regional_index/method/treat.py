"""Step: treat outliers, so that one extreme value does not decide the scale for all. A rule is entered in `TREAT`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Rule
from regional_index.method.by_rule import columns_by_rule
from regional_index.method.panel import axes_of
from regional_index.method.statistics import Moments, find_moments
from regional_index.method.treat_transform import transform_box_cox, transform_log
from regional_index.method.treat_winsorise import passes, winsorise

SKEWNESS, KURTOSIS = 2.0, 3.5
FEWEST = 4


@dataclass(frozen=True)
class Treated:
    """The panel after treatment, and what was done.

    Attributes:
        panel: Same rows and columns; what was transformed is no longer in the indicator's unit.
        log: A row for every indicator, in the order of the columns, or for each of its years where its rule looks at
            years one by one: `indicator, year` (missing where all years are looked at together), `rule`, `applied`
            (`none`, `winsorise`, `log`, `box-cox`), `skewness_before, kurtosis_before, skewness_after,
            kurtosis_after`, `cells` (how many were changed), `passed` (|skewness| or kurtosis is below its limit
            afterwards), `note` (`no values`, `constant`, `fewer than 4 values`, `still skewed` or empty).
        changed: Panel of yes or no: the cell was changed.
    """

    panel: pd.DataFrame
    log: pd.DataFrame
    changed: pd.DataFrame


def treat(panel: pd.DataFrame, framework: Framework) -> Treated:
    """Treat the outliers of every indicator by its own rule, else by that of the method.

    A sample, all values of an indicator or those of one year (`over`), passes when |skewness| < 2 or excess kurtosis
    < 3.5, or the limits that the rule sets. Values are looked at in their own unit and as they are measured, also
    where less is better; every rule keeps their order. A constant sample, and one that passes, is left as it is by
    `winsorise`; `log` and `box-cox` transform whatever varies. (OECD/JRC Handbook 2008, step 4.)

    Args:
        panel: Complete panel of indicators; gaps stay gaps.
        framework: Says which rule an indicator has.

    Raises:
        ValueError: The rows are not complete and region by region.

    Examples:
        See `treat_samples` for the numbers.
    """
    years = axes_of(panel)[1]
    before = np.ascontiguousarray(panel.to_numpy(dtype=float).T)
    after, changed = np.empty_like(before), np.empty(before.shape, dtype=bool)
    logs = []
    for rule, columns in columns_by_rule(framework, "treat", panel.columns):
        each_year = rule.options.get("over", "panel") == "year"
        whole = before if len(columns) == len(before) else before[columns]
        treated, altered, log = treat_samples(_split_years(whole, len(years)) if each_year else whole, rule)
        after[columns] = _join_years(treated, len(years)) if each_year else treated
        changed[columns] = _join_years(altered, len(years)) if each_year else altered
        names = list(years) if each_year else [pd.NA]
        log.insert(0, "indicator", np.repeat(panel.columns.to_numpy()[columns], len(names)))
        log.insert(1, "year", pd.array(names * len(columns), dtype="Int64"))
        logs.append(log.assign(order=np.repeat(columns, len(names))))
    return Treated(_panel(after, panel), _in_order(logs), _panel(changed, panel))


def treat_samples(samples: np.ndarray, rule: Rule) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Every row of an array treated by one rule, which cells were changed, and the log without names.

    Args:
        samples: Shape (samples, cells); NaN where missing.
        rule: A rule of the step `treat`.

    Examples:
        >>> rule = Rule("winsorise", {"most": 1, "skewness": 2, "kurtosis": 3.5, "then": "none"})
        >>> treated, changed, log = treat_samples(np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 99]]), rule)
        >>> treated[0].tolist(), log[["applied", "cells", "passed"]].to_dict("records")
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0], [{'applied': 'winsorise', 'cells': 1, 'passed': True}])
    """
    limits = rule.options.get("skewness", SKEWNESS), rule.options.get("kurtosis", KURTOSIS)
    before = find_moments(samples)
    treated, applied = TREAT[rule.name](samples, before, rule.options)
    altered = np.flatnonzero(applied != "none")
    after = _replace(before, altered, find_moments(treated[altered])) if altered.size else before
    changed = np.zeros(samples.shape, dtype=bool)
    changed[altered] = (treated[altered] != samples[altered]) & ~np.isnan(samples[altered])
    log = pd.DataFrame(
        {
            "rule": rule.name,
            "applied": applied,
            "skewness_before": before.skewness,
            "kurtosis_before": before.kurtosis,
            "skewness_after": after.skewness,
            "kurtosis_after": after.kurtosis,
            "cells": changed.sum(axis=1),
            "passed": passes(after.skewness, after.kurtosis, limits),
        }
    )
    return treated, changed, log.assign(note=_notes(after, log["passed"].to_numpy()))


def treat_none(samples: np.ndarray, before: Moments, options: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Nothing is done; the log still says what would fail."""
    return samples, np.full(len(samples), "none", dtype=object)


def treat_winsorise(samples: np.ndarray, before: Moments, options: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Winsorise what fails; what fails still is transformed from its original values, if the rule says by what.

    See `winsorise`. Samples that do not vary or have fewer than 4 values are left.
    """
    limits = options["skewness"], options["kurtosis"]
    failing = np.flatnonzero(~passes(before.skewness, before.kurtosis, limits) & _can_be_judged(before))
    if failing.size == 0:
        return treat_none(samples, before, options)
    outer = samples[failing]
    inner = winsorise(outer, most=options["most"], skewness=limits[0], kurtosis=limits[1])
    how = np.where(((inner != outer) & ~np.isnan(outer)).any(axis=1), "winsorise", "none").astype(object)
    if options["then"] != "none":
        moments = find_moments(inner)
        still = ~passes(moments.skewness, moments.kurtosis, limits)
        inner[still], how[still] = TRANSFORM[options["then"]](outer[still]), options["then"]
    treated, applied = samples.copy(), np.full(len(samples), "none", dtype=object)
    treated[failing], applied[failing] = inner, how
    return treated, applied


def treat_log(samples: np.ndarray, before: Moments, options: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The logarithm of every sample that varies: see `transform_log`."""
    return _transform_where(samples, "log", before.second > 0)


def treat_box_cox(samples: np.ndarray, before: Moments, options: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The Box-Cox transformation of every sample that varies and has at least 4 values: see `transform_box_cox`."""
    return _transform_where(samples, "box-cox", _can_be_judged(before))


def _transform_where(samples: np.ndarray, name: str, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    treated = samples.copy()
    treated[chosen] = TRANSFORM[name](samples[chosen])
    return treated, np.where(chosen, name, "none").astype(object)


def _can_be_judged(moments: Moments) -> np.ndarray:
    return (moments.count >= FEWEST) & (moments.second > 0)


def _replace(moments: Moments, rows: np.ndarray, by: Moments) -> Moments:
    replaced = {name: getattr(moments, name).copy() for name in moments.__dataclass_fields__}
    for name, array in replaced.items():
        array[rows] = getattr(by, name)
    return Moments(**replaced)


def _notes(moments: Moments, passed: np.ndarray) -> np.ndarray:
    reasons = [moments.count == 0, moments.constant, moments.count < FEWEST, ~passed]
    return np.select(reasons, ["no values", "constant", f"fewer than {FEWEST} values", "still skewed"], "")


def _split_years(columns: np.ndarray, years: int) -> np.ndarray:
    cubes = columns.reshape(len(columns), -1, max(years, 1))
    return np.ascontiguousarray(cubes.transpose(0, 2, 1)).reshape(len(columns) * years, -1)


def _join_years(samples: np.ndarray, years: int) -> np.ndarray:
    cubes = samples.reshape(len(samples) // years, years, -1)
    return cubes.transpose(0, 2, 1).reshape(len(cubes), -1)


def _panel(array: np.ndarray, like: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(array.T, index=like.index, columns=like.columns)


def _in_order(logs: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat(logs, ignore_index=True).sort_values("order", kind="stable", ignore_index=True)
    return whole.drop(columns="order")


Outcome = tuple[np.ndarray, np.ndarray]

TRANSFORM: dict[str, Callable[[np.ndarray], np.ndarray]] = {"log": transform_log, "box-cox": transform_box_cox}
TREAT: dict[str, Callable[[np.ndarray, Moments, Mapping[str, Any]], Outcome]] = {
    "none": treat_none,
    "winsorise": treat_winsorise,
    "log": treat_log,
    "box-cox": treat_box_cox,
}
