"""Step: put indicators on one scale. The rules are those of `NORMALISE`; fitting and applying are separate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import RULES, Framework
from regional_index.method.by_rule import places_of_rule
from regional_index.method.normalise_columns import Columns
from regional_index.method.normalise_rules import FIT, NORMALISE
from regional_index.method.normalise_scale import Part, Scale, check_values, refuse, take_columns
from regional_index.method.panel import axes_of, cube

__all__ = ["NORMALISE", "Normalised", "Scale", "fit", "normalise"]


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
        notes: What has no score though it was asked for: `indicator, region, year, note`. No region and year 0
            stand for all. Where values are missing here and there, nothing is noted.
    """

    panel: pd.DataFrame
    parameters: pd.DataFrame
    notes: pd.DataFrame


def normalise(panel: pd.DataFrame, framework: Framework) -> Normalised:
    """Put every indicator on the scale that its rule declares (OECD/JRC Handbook 2008, step 5).

    Direction comes first: where less is better, values are multiplied by -1, and targets, goalposts and references
    turn with them. Missing values enter no statistic and stay missing. What each rule does with ties, with values
    that are all equal, and with negative values stands with its kernel in `NORMALISE`.

    Args:
        panel: Complete panel in the indicators' units; rows (region, year), a column for each indicator.
        framework: Says each indicator's rule and direction.

    Returns:
        Scores on the same rows and columns, unrounded; the numbers behind them; and what has no score.

    Raises:
        DataError: A rule does not go with the data; every such finding at once.
    """
    scale = fit(panel, framework)
    return Normalised(scale.apply(panel), scale.parameters, scale.notes)


def fit(panel: pd.DataFrame, framework: Framework) -> Scale:
    """The scale that the rules of a framework make of a panel, to score it or other values with.

    Args:
        panel: Complete panel in the indicators' units; rows (region, year), a column for each indicator.
        framework: Says each indicator's rule and direction.

    Raises:
        DataError: A rule does not go with the data; every such finding at once.
    """
    regions, years = axes_of(panel)
    values = cube(panel)
    codes = tuple(str(code) for code in panel.columns)
    parts, problems = [], []
    for rule, chosen in _columns_by_rule(codes, framework).items():
        columns = Columns(
            values=take_columns(values, chosen),
            codes=[codes[c] for c in chosen],
            places=[places_of_rule(framework, "normalise", [codes[c]])[0] for c in chosen],
            direction=np.array([framework.indicator(codes[c]).direction for c in chosen]),
            regions=regions,
            years=years,
            options=_stack_options(rule[0], [codes[c] for c in chosen], framework),
        )
        fitted = FIT[rule[0]](columns)
        problems += [*fitted.problems, *check_values(rule[0], columns)]
        parts.append(Part(rule[0], chosen, columns, fitted))
    refuse(problems)
    return Scale(codes, years, parts, np.asarray(np.isnan(values).all(axis=0)))


def _numeric(rule: str) -> set[str]:
    return {key for key, option in RULES["normalise"][rule].items() if option.kind == "number"}


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
