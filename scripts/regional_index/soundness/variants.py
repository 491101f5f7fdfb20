"""The methods that draws choose from: normalised figures, weights and rules of each, and the declared scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from regional_index.errors import DataError, LookupFailed, Problem
from regional_index.framework import Framework, Rule, at_depth
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.aggregate_rules import AGGREGATE
from regional_index.method.impute import impute
from regional_index.method.normalise import fit
from regional_index.method.panel import complete, cube
from regional_index.method.rank import ranks_of
from regional_index.method.treat import treat
from regional_index.method.weight import weigh_node
from regional_index.soundness.choices import STEPS, Choices

Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Variant:
    """One combination of rules.

    Attributes:
        columns: By indicator, its scores; shape (1, n), n = regions x years, region-major.
        rules: By node, its rule of aggregation.
        weights: By node, the weights of its children by this method, shape (1, k).
        own: By node whose rows have weights of their own, these: shape (k, n), NaN where there is none.
    """

    columns: Mapping[str, np.ndarray]
    rules: Mapping[str, Rule]
    weights: Mapping[str, np.ndarray]
    own: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Variants:
    """All methods to draw from, for some years.

    Attributes:
        children: By node that has any, the codes of its children; parents before their children.
        regions: Codes, in the order of the panel.
        years: Ascending.
        nominal: By node, the scores of the declared method, shape (1, n).
        methods: By number of the options of `STEPS`, in that order.
    """

    children: Mapping[str, tuple[str, ...]]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    nominal: Mapping[str, np.ndarray]
    methods: Mapping[tuple[int, ...], Variant]

    def of_years(self, years: Sequence[int]) -> "Variants":
        """The same for some of the years."""
        kept = np.isin(self.years, years)
        if kept.all():
            return self
        methods = {
            key: replace(each, columns=_cut(each.columns, kept), own=_cut(each.own, kept))
            for key, each in self.methods.items()
        }
        return replace(self, years=tuple(years), nominal=_cut(self.nominal, kept), methods=methods)

    def by_year(self, scores: np.ndarray) -> np.ndarray:
        """Scores of shape (d, n) as (d, years, regions)."""
        return scores.reshape(len(scores), len(self.regions), len(self.years)).swapaxes(1, 2)

    def nominal_ranks(self, nodes: Sequence[str]) -> np.ndarray:
        """Ranks by the declared method: shape (nodes, years, regions), NaN where missing."""
        return np.stack([ranks_of(self.by_year(self.nominal[code]))[0] for code in nodes])


def make_variants(
    panel: pd.DataFrame,
    framework: Framework,
    choices: Choices,
    membership: pd.DataFrame | None = None,
    years: Sequence[int] | None = None,
) -> Variants:
    """Take every combination of rules through the public steps, once.

    A rule that stands with an indicator stays, whatever the method is. Weights that follow from the data follow from
    those of the combination.

    Args:
        panel: In the indicators' units, before imputation; rows (region, year).
        framework: Its method is the declared one.
        choices: What is combined.
        membership: Group of every region, for rules that use it.
        years: What is kept; statistics are always of the whole panel. None: all.

    Raises:
        DataError: A rule cannot be carried out on these data; problems of rules that are only drawn stand at
            `robustness`.
        LookupFailed: The panel does not have one of the years.
    """
    panel = complete(panel)
    regions, all_years = (panel.index.get_level_values(level).unique() for level in ("region", "year"))
    unknown = [year for year in years or () if year not in all_years]
    if unknown:
        raise LookupFailed(f"unknown year {unknown[0]}; there are {', '.join(str(year) for year in all_years)}")
    kept = np.ones(len(all_years), dtype=bool) if years is None else all_years.isin(years)
    children = {code: tuple(node.child_weights) for code, node in framework.nodes.items() if node.child_weights}
    nominal = _declared_scores(panel, framework, membership)
    methods = _combine(panel, framework, choices, membership, partial(_weigh, children, nominal, kept))
    chosen = tuple(int(year) for year in all_years[kept])
    return Variants(children, tuple(regions), chosen, _cut(nominal, kept), methods)


def score_node(
    rule: Rule, children: Sequence[np.ndarray], weights: np.ndarray, own: np.ndarray | None, years: int
) -> np.ndarray:
    """Scores of one node for d sets of weights: shape (d, n), NaN where it has none.

    Where rows have weights of their own, a score is the sum of own weight x child, as that rule defines it; `weights`
    are then multipliers.

    Args:
        rule: Of aggregation.
        children: Arrays of shape (1, n) or (d, n).
        weights: Shape (d, k).
        own: Shape (k, n), where each row has weights of its own.
        years: How many years n has.
    """
    if own is None:
        return AGGREGATE[rule.name](children, weights, years=years, **rule.options)
    total, present = np.zeros((1, 1)), np.zeros((1, 1), dtype=bool)
    for child, weight, each in zip(children, weights.T[:, :, None], own, strict=True):
        part = child * each
        total = total + weight * np.where(np.isnan(part), 0.0, part)
        present = present | (~np.isnan(part) & (weight > 0))
    return np.where(present, total, np.nan)


def _declared_scores(
    panel: pd.DataFrame, framework: Framework, membership: pd.DataFrame | None
) -> dict[str, np.ndarray]:
    imputed = impute(panel, framework, membership).panel
    treated = treat(imputed, framework).panel
    normalised = fit(treated, framework).apply(treated)
    scores = aggregate_tree(normalised, partial(weigh_node, framework), framework).scores
    by_node = scores["score"].to_numpy(dtype=float).reshape(len(framework.nodes), 1, len(panel))
    return dict(zip(framework.nodes, by_node, strict=True))


def _combine(
    panel: pd.DataFrame,
    framework: Framework,
    choices: Choices,
    membership: pd.DataFrame | None,
    finish: Callable[[pd.DataFrame, Framework], Variant],
) -> dict[tuple[int, ...], Variant]:
    """The steps form a tree: what two combinations have in common is computed once."""
    methods: dict[tuple[int, ...], Variant] = {}
    problems: list[Problem] = []
    run: dict[str, Callable[[pd.DataFrame, Framework], Any]] = {
        "impute": lambda data, varied: impute(data, varied, membership).panel,
        "treat": lambda data, varied: treat(data, varied).panel,
        "normalise": lambda data, varied: fit(data, varied).apply(data),
        "aggregate": finish,
    }

    def descend(data: pd.DataFrame, varied: Framework, taken: tuple[int, ...]) -> None:
        step = STEPS[len(taken)]
        for number, rule in enumerate(choices.options[step]):
            changed = replace(varied, method=replace(varied.method, **{step: rule}))
            try:
                outcome = run[step](data, changed)
            except DataError as error:
                problems.extend(_placed(error, changed, framework))
                continue
            if step == STEPS[-1]:
                methods[*taken, number] = outcome
            else:
                descend(outcome, changed, (*taken, number))

    descend(panel, framework, ())
    if problems:
        raise DataError(problems)
    return methods


def _placed(error: DataError, changed: Framework, framework: Framework) -> list[Problem]:
    """A rule that is not the declared one stands under `robustness` in the file."""
    drawn = {step for step in STEPS if getattr(changed.method, step) != getattr(framework.method, step)}
    places = {f"method.{step}": f"robustness.vary.{step}" for step in drawn}
    return [replace(problem, place=places.get(problem.place, problem.place)) for problem in error.problems]


def _weigh(
    children: Mapping[str, tuple[str, ...]],
    nominal: Mapping[str, np.ndarray],
    kept: np.ndarray,
    normalised: pd.DataFrame,
    framework: Framework,
) -> Variant:
    """From the leaves up, over all rows, for weights may follow from scores of any year."""
    years = cube(normalised).shape[1]
    scores = {code: normalised[code].to_numpy(dtype=float)[None] for code in normalised.columns}
    columns = _cut(scores, kept)
    rules = {code: at_depth(framework.method.aggregate, framework.depths[code]) for code in children}
    weights: dict[str, np.ndarray] = {}
    own: dict[str, np.ndarray] = {}
    scores |= {code: array for code, array in nominal.items() if code not in children}
    for code in reversed(list(children)):
        parts = [scores[child] for child in children[code]]
        table = pd.DataFrame(dict(zip(children[code], np.concatenate(parts), strict=True)), index=normalised.index)
        weighed = weigh_node(framework, code, table)
        weights[code] = weighed.shared.reindex(children[code]).to_numpy(dtype=float)[None]
        if weighed.own is not None:
            own[code] = weighed.own[list(children[code])].to_numpy(dtype=float).T
            weights[code] = np.ones_like(weights[code])
        score = score_node(rules[code], parts, weights[code], own.get(code), years)
        scores[code] = np.where(np.isnan(nominal[code]), np.nan, score)
    return Variant(columns, rules, weights, _cut(own, kept))


def _cut(arrays: Mapping[str, np.ndarray], kept: np.ndarray) -> dict[str, np.ndarray]:
    """Arrays of shape (k, regions x years), with the years that are kept."""
    if kept.all():
        return dict(arrays)
    cubes = {code: array.reshape(len(array), -1, len(kept)) for code, array in arrays.items()}
    return {code: each[:, :, kept].reshape(len(each), -1) for code, each in cubes.items()}
