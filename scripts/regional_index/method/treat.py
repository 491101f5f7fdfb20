"""Step: treat outliers, so that one extreme value does not decide the scale for all; the rules are in `rules.treat`."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Rule
from regional_index.method.panel import axes_of, columns_by_rule
from regional_index.method.rules import TREAT
from regional_index.method.rules.skewness import kurtosis, skewness
from regional_index.method.rules.treat import FEWEST, KURTOSIS, SKEWNESS
from regional_index.method.rules.winsorise import passes


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
    after, changed = panel.to_numpy(dtype=float, copy=True), np.zeros(panel.shape, dtype=bool)
    logs = []
    for rule, columns in columns_by_rule(framework, "treat", panel.columns):
        each_year = rule.options.get("over", "panel") == "year"
        samples = _samples(after[:, columns], len(years) if each_year else 1)
        treated, altered, log = treat_samples(samples, rule)
        after[:, columns], changed[:, columns] = (_cells(each, len(columns), len(after)) for each in (treated, altered))
        names = list(years) if each_year else [pd.NA]
        log.insert(0, "indicator", np.repeat(panel.columns.to_numpy()[columns], len(names)))
        log.insert(1, "year", pd.array(names * len(columns), dtype="Int64"))
        logs.append(log.set_axis(np.repeat(columns, len(names))))
    log = pd.concat(logs).sort_index(kind="stable").reset_index(drop=True)
    after, changed = (pd.DataFrame(each, index=panel.index, columns=panel.columns) for each in (after, changed))
    return Treated(after, log, changed)


def _samples(cells: np.ndarray, years: int) -> np.ndarray:
    """Columns of the panel, shape (regions x years, columns), as samples of all years or of each: a row for each."""
    return cells.reshape(-1, years, cells.shape[1]).transpose(2, 1, 0).reshape(cells.shape[1] * years, -1)


def _cells(samples: np.ndarray, columns: int, rows: int) -> np.ndarray:
    """Samples as columns of the panel again."""
    return samples.reshape(columns, -1, samples.shape[1]).transpose(2, 1, 0).reshape(rows, columns)


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
    treated, applied = TREAT[rule.name].function(samples, rule.options)
    changed = (treated != samples) & ~np.isnan(samples)
    log = pd.DataFrame(
        {
            "rule": rule.name,
            "applied": applied,
            "skewness_before": skewness(samples),
            "kurtosis_before": kurtosis(samples),
            "skewness_after": skewness(treated),
            "kurtosis_after": kurtosis(treated),
            "cells": changed.sum(axis=1),
            "passed": passes(treated, limits),
        }
    )
    count, least, greatest = (
        (~np.isnan(treated)).sum(axis=1),
        *(reduce(treated, axis=1) for reduce in (np.fmin.reduce, np.fmax.reduce)),
    )
    reasons = [count == 0, least == greatest, count < FEWEST, ~log["passed"].to_numpy()]
    texts = ["no values", "constant", f"fewer than {FEWEST} values", "still skewed"]
    return treated, changed, log.assign(note=np.select(reasons, texts, ""))
