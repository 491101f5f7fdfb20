"""Step: fill gaps, or leave them; the rules are in `rules.impute`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Rule
from regional_index.method.panel import axes_of, columns_by_rule, cube, frame
from regional_index.method.rules import IMPUTE, CannotCompute, Finding
from regional_index.method.rules.definition import Rows
from regional_index.method.rules.em import CannotEstimate


@dataclass(frozen=True)
class Imputed:
    """The panel after imputation, and what was filled.

    Attributes:
        panel: Same rows and columns; what could not be filled is still missing.
        filled: Panel of yes or no: the cell was a gap and is none any more.
        rules: The name of the rule of every column.
    """

    panel: pd.DataFrame
    filled: pd.DataFrame
    rules: Mapping[str, str]


def impute(panel: pd.DataFrame, framework: Framework, membership: pd.DataFrame | None = None) -> Imputed:
    """Fill the gaps of every indicator by its own rule, else by that of the method.

    A gap stays where there is nothing to fill it from: no value in that year, a region without a group, years before
    the first value. Values that are there are never changed. Where the method leaves out regions without enough data
    (`screen`, `then: exclude`), rows without any value stay so: what was left out is not brought back. (OECD/JRC
    Handbook 2008, step 3.)

    Args:
        panel: Complete panel of indicators.
        framework: Says which rule an indicator has.
        membership: Groups of regions; rows region codes, columns codes of groupings, values names or missing.

    Raises:
        CannotCompute: A rule names a grouping that there is none of; `em` cannot be estimated or has not converged.
        ValueError: The rows are not complete, region by region, or the years do not ascend.
    """
    axes = _ascending_axes(panel)
    before = cube(panel)
    after = before.copy(order="K")
    by_rule = columns_by_rule(framework, "impute", panel.columns)
    findings: list[Finding] = []
    for rule, columns in by_rule:
        codes = [str(code) for code in panel.columns[columns]]
        unknown = _check_group(rule, codes, membership)
        findings += unknown
        if unknown or not np.isnan(before[:, :, columns]).any():
            continue
        try:
            rows = _rows(axes, rule, membership)
            after[:, :, columns] = IMPUTE[rule.name].function(before[:, :, columns], rows, rule.options)
        except CannotEstimate as error:
            findings += [replace(error.explain(codes), indicator=code) for code in codes]
    if findings:
        raise CannotCompute(findings)
    if framework.method.screen.options.get("then") == "exclude":
        after[np.isnan(before).all(axis=2)] = np.nan
    filled = np.isnan(before) & ~np.isnan(after)
    names = {column: rule.name for rule, columns in by_rule for column in columns}
    rules = {str(code): names[column] for column, code in enumerate(panel.columns)}
    return Imputed(frame(after, panel), frame(filled, panel), rules)


def _ascending_axes(panel: pd.DataFrame) -> tuple[pd.Index, pd.Index]:
    regions, years = axes_of(panel)
    if not years.is_monotonic_increasing:
        raise ValueError("the years do not ascend; use panel.complete first")
    return regions, years


def _rows(axes: tuple[pd.Index, pd.Index], rule: Rule, membership: pd.DataFrame | None) -> Rows:
    regions, years = axes
    if membership is None or "group" not in rule.options:
        return Rows(years.to_numpy(), np.full(len(regions), -1))
    return Rows(years.to_numpy(), pd.factorize(membership[rule.options["group"]].reindex(regions))[0])


def _check_group(rule: Rule, codes: Sequence[str], membership: pd.DataFrame | None) -> list[Finding]:
    group = rule.options.get("group")
    known = [] if membership is None else [str(code) for code in membership.columns]
    if group is None or group in known:
        return []
    expected = f"one of {', '.join(known)}" if known else "a grouping of the regions, and there is none"
    remedy = "name a grouping that is declared under groups, or choose another rule"
    return [Finding(f'the group "{group}"', expected, remedy, "impute", code) for code in codes]
