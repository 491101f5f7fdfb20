"""Step: put indicators on one scale; the rules are in `rules.normalise*`. Fitting and applying are separate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.panel import axes_of, cube
from regional_index.method.rules import NORMALISE, Finding
from regional_index.method.rules.columns import Columns
from regional_index.method.scale import Part, Scale, refuse, take_columns


@dataclass(frozen=True)
class Normalised:
    """Scores, and how they came about.

    Attributes:
        panel: Scores; rows and columns as in the panel of values.
        parameters: The numbers in each indicator's formula, in its own unit and not turned by direction. Rows
            (indicator, year), year 0 where they are of the whole panel. Columns `rule, n, min, max, mean, sd, target,
            reference, worst, best, lower, upper`, NaN where the rule has no such number: `worst` and `best` are the
            values that score `lower` and `upper`, already turned; `mean` and `sd` are those of the values. With a
            reference of its own for every region, `reference` and `best` are NaN.
        notes: Values without a score although their rule was applied: `indicator, region, year, note`. No region and
            year 0 mean all. Where values are missing here and there, nothing is noted.
    """

    panel: pd.DataFrame
    parameters: pd.DataFrame
    notes: pd.DataFrame


def normalise(panel: pd.DataFrame, framework: Framework) -> Normalised:
    """Put every indicator on the scale that its rule declares (OECD/JRC Handbook 2008, step 5).

    Direction comes first: where less is better, values are multiplied by -1, and targets, goalposts and references
    turn with them. Missing values enter no statistic and stay missing. What each rule does with ties, with values
    that are all equal, and with negative values is said in the docstring of its function.

    Args:
        panel: Complete panel in the indicators' units; rows (region, year), a column for each indicator.
        framework: Says each indicator's rule and direction.

    Returns:
        Scores on the same rows and columns, unrounded; the numbers behind them; and what has no score.

    Raises:
        CannotCompute: A rule does not go with the data; every such finding at once.
    """
    scale = fit(panel, framework)
    return Normalised(scale.apply(panel), scale.parameters, scale.notes)


def fit(panel: pd.DataFrame, framework: Framework) -> Scale:
    """The scale that the rules of a framework make of a panel, to score it or other values with.

    Args:
        panel: Complete panel in the indicators' units; rows (region, year), a column for each indicator.
        framework: Says each indicator's rule and direction.

    Raises:
        CannotCompute: A rule does not go with the data; every such finding at once.
    """
    regions, years = axes_of(panel)
    values = cube(panel)
    codes = tuple(str(code) for code in panel.columns)
    parts, findings = [], []
    for name, chosen in _columns_by_rule(codes, framework).items():
        of_rule = [codes[c] for c in chosen]
        columns = Columns(
            values=take_columns(values, chosen),
            codes=of_rule,
            direction=np.array([framework.indicator(code).direction for code in of_rule]),
            regions=regions,
            years=years,
            options=_stack_options(name[0], of_rule, framework),
        )
        rule = NORMALISE[name[0]]
        impossible = [finding for code in of_rule for finding in _check_options(code, framework)]
        if impossible:
            findings += impossible
            continue
        fitted = rule.fit(columns)
        findings += [*fitted.findings, *rule.check_values(columns)]
        parts.append(Part(rule, chosen, columns, fitted))
    refuse(findings)
    return Scale(codes, years, parts, np.asarray(np.isnan(values).all(axis=0)))


def _check_options(code: str, framework: Framework) -> Iterator[Finding]:
    rule, direction = framework.rule_of("normalise", code), framework.indicator(code).direction
    for finding in NORMALISE[rule.name].check(rule.options, direction):
        yield replace(finding, found=f"{code}: {finding.found}", indicator=code)


def _numeric(rule: str) -> set[str]:
    return {key for key, option in NORMALISE[rule].options.items() if option.kind == "number"}


def _columns_by_rule(codes: tuple[str, ...], framework: Framework) -> dict[tuple[str, str], list[int]]:
    """Positions of the columns that one call can score: same rule and options, but for numbers."""
    groups: dict[tuple[str, str], list[int]] = {}
    for position, code in enumerate(codes):
        rule = framework.rule_of("normalise", code)
        others = sorted((key, repr(value)) for key, value in rule.options.items() if key not in _numeric(rule.name))
        groups.setdefault((rule.name, repr(others)), []).append(position)
    return groups


def _stack_options(rule: str, codes: list[str], framework: Framework) -> dict[str, Any]:
    """Options of columns that share a rule: numbers as an array, anything else as the first column has it."""
    options: list[Mapping[str, Any]] = [framework.rule_of("normalise", code).options for code in codes]
    stacked = {key: np.array([each[key] for each in options], dtype=float) for key in _numeric(rule)}
    return {**options[0], **stacked}
