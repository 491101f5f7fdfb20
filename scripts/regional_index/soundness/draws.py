"""Scores of thousands of runs at once, each with its own method and weights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Rule, at_depth
from regional_index.method.aggregate import aggregate_tree, score_by_own_weights
from regional_index.method.impute import impute
from regional_index.method.normalise import fit
from regional_index.method.panel import complete
from regional_index.method.rules import AGGREGATE, CannotCompute, Finding
from regional_index.method.treat import treat
from regional_index.method.weigh import weigh_node
from regional_index.soundness.choices import STEPS, Choices

Weighed = tuple[np.ndarray, np.ndarray | None, np.ndarray]
Weigh = Callable[[str, list[np.ndarray]], Weighed]


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
    """All methods to draw from.

    Attributes:
        choices: What they are combined of.
        children: By node that has any, the codes of its children; parents before their children.
        regions: Codes, in the order of the panel.
        years: Ascending.
        nominal: By node, the scores of the declared method, shape (1, n).
        methods: By number of the options of `STEPS`, in that order.
    """

    choices: Choices
    children: Mapping[str, tuple[str, ...]]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    nominal: Mapping[str, np.ndarray]
    methods: Mapping[tuple[int, ...], Variant]

    def of_year(self, arrays: Mapping[str, np.ndarray], year: int) -> dict[str, np.ndarray]:
        """The regions of one year, shape (k, regions), of arrays of shape (k, n)."""
        shape, at = (-1, len(self.regions), len(self.years)), self.years.index(year)
        return {code: array.reshape(shape)[:, :, at] for code, array in arrays.items()}


def evaluate(design: np.ndarray, weight_factors: np.ndarray, variants: Variants, year: int) -> dict[str, np.ndarray]:
    """Scores of one year in every run.

    Which regions have a score is decided by the declared method. Elsewhere runs have none either, so that no rank
    moves because a region appears or vanishes. A region can lose its score in a run only where the method of the run
    has no value for it. Leaving an indicator out is a weight of 0 wherever it is; a node whose children all have a
    weight of 0 has it, too.

    Args:
        design: Numbers in [0, 1), shape (runs, factors), columns as `choices.factors`.
        weight_factors: Multipliers of the weights, shape (runs, edges).
        variants: The methods.
        year: One of theirs.

    Returns:
        By node, shape (runs, regions), NaN where missing.
    """
    picked = variants.choices.pick(design)
    factors = variants.choices.leave_out(weight_factors, picked)
    methods = np.stack([picked[step] for step in STEPS], axis=1)
    nominal = variants.of_year(variants.nominal, year)
    scores = {code: np.empty((len(design), len(variants.regions))) for code in nominal}
    for key, variant in variants.methods.items():
        rows = np.flatnonzero((methods == key).all(axis=1))
        if not len(rows):
            continue
        columns, own = (variants.of_year(arrays, year) for arrays in (variant.columns, variant.own))
        weigh = _weigh_runs(variant.weights, own, factors[rows], nominal, variants)
        made = climb(variants.children, variant.rules, {**nominal, **columns}, weigh, years=1)
        for code, each in scores.items():
            each[rows] = made[code]
    return scores


def _weigh_runs(
    declared: Mapping[str, np.ndarray],
    own: Mapping[str, np.ndarray],
    factors: np.ndarray,
    nominal: Mapping[str, np.ndarray],
    variants: Variants,
) -> Weigh:
    edges = {edge: k for k, edge in enumerate(variants.choices.edges)}
    without: dict[str, np.ndarray] = {}

    def weigh(code: str, parts: list[np.ndarray]) -> Weighed:
        children = variants.children[code]
        weights = declared[code] * factors[:, [edges[code, child] for child in children]]
        for k, child in enumerate(children):
            if child in without:
                weights[without[child], k] = 0.0
        no_child = weights.max(axis=1) <= 0
        if no_child.any():
            without[code] = no_child
        alike = len(weights) > 1 and all(len(part) == 1 for part in parts) and (weights == weights[0]).all()
        return weights[:1] if alike else weights, own.get(code), np.isnan(nominal[code])

    return weigh


def climb(
    children: Mapping[str, tuple[str, ...]],
    rules: Mapping[str, Rule],
    known: Mapping[str, np.ndarray],
    weigh: Weigh,
    *,
    years: int,
) -> dict[str, np.ndarray]:
    """Scores of nodes from the leaves up, in many runs at once.

    Args:
        children: By node, the codes of its children; parents before their children.
        rules: By node, its rule of aggregation.
        known: Scores of all other children, shape (1, n) or (d, n).
        weigh: Of a node and the scores of its children: their weights (d, k); the weights that rows have of their own
            (k, n), if any; and which rows have no score.
        years: How many years n has.

    Returns:
        By code, what is known and the nodes: shape (d, n), or (1, n) where all runs are alike.
    """
    scores = dict(known)
    for code in reversed(list(children)):
        parts = [scores[child] for child in children[code]]
        weights, own, without = weigh(code, parts)
        if own is None:
            made = AGGREGATE[rules[code].name].function(parts, weights, years=years, **rules[code].options)
        else:
            made = score_by_own_weights(parts, weights, own)
        scores[code] = np.where(without, np.nan, made)
    return scores


def weigh_anew(
    framework: Framework, index: pd.Index, code: str, parts: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray | None]:
    """The weights of the children of a node by their scores: shape (k,), and those that rows have of their own (k, n).

    Args:
        framework: Says how they are weighed.
        index: The rows (region, year) of the scores.
        code: The node.
        parts: Scores of its children, shape (1, n).
    """
    children = list(framework.nodes[code].child_weights)
    table = pd.DataFrame(dict(zip(children, np.concatenate(parts), strict=True)), index=index)
    weighed = weigh_node(framework, code, table)
    own = None if weighed.own is None else weighed.own[children].to_numpy(dtype=float).T
    return weighed.shared.reindex(children).to_numpy(dtype=float), own


def make_variants(panel: pd.DataFrame, framework: Framework, membership: pd.DataFrame | None = None) -> Variants:
    """Take every combination of rules through the public steps, once.

    A rule that is declared with an indicator stays, whatever the method is. Weights that follow from the data follow
    from those of the combination.

    Args:
        panel: In the indicators' units, denominated and screened, before imputation; rows (region, year).
        framework: The declared method, and what is varied.
        membership: Group of every region, for rules that use it.

    Raises:
        DataError: Nothing is declared to be varied.
        CannotCompute: A rule cannot be carried out on these data.
    """
    panel, choices = complete(panel), Choices.from_framework(framework)
    regions, years = (panel.index.get_level_values(level).unique() for level in ("region", "year"))
    children = {code: tuple(node.child_weights) for code, node in framework.nodes.items() if node.child_weights}
    treated = treat(impute(panel, framework, membership).panel, framework).panel
    normalised = fit(treated, framework).apply(treated)
    scores = aggregate_tree(normalised, partial(weigh_node, framework), framework).scores
    by_node = scores["score"].to_numpy(dtype=float).reshape(len(framework.nodes), 1, len(panel))
    nominal = dict(zip(framework.nodes, by_node, strict=True))
    methods = _combine(panel, framework, choices, membership, partial(_weigh_variant, children, nominal))
    return Variants(choices, children, tuple(regions), tuple(int(year) for year in years), nominal, methods)


def _combine(
    panel: pd.DataFrame,
    framework: Framework,
    choices: Choices,
    membership: pd.DataFrame | None,
    finish: Callable[[pd.DataFrame, Framework], Variant],
) -> dict[tuple[int, ...], Variant]:
    """Every combination, step by step: what two of them have in common is computed once."""
    steps: list[Callable[[Any, Framework], Any]] = [
        lambda data, varied: impute(data, varied, membership).panel,
        lambda data, varied: treat(data, varied).panel,
        lambda data, varied: fit(data, varied).apply(data),
        finish,
    ]
    outcomes: dict[tuple[int, ...], Any] = {(): panel}
    findings: list[Finding] = []
    for step, carry_out in zip(STEPS, steps, strict=True):
        following = {}
        for taken, data in outcomes.items():
            for number in range(choices.count(step)):
                key = (*taken, number)
                rules = {name: choices.options[name][k] for name, k in zip(STEPS, key, strict=False)}
                varied = replace(framework, method=replace(framework.method, **rules))
                try:
                    following[key] = carry_out(data, varied)
                except CannotCompute as error:
                    findings += _mark_varied(error, varied, framework)
        outcomes = following
    if findings:
        raise CannotCompute(findings)
    return outcomes


def _mark_varied(error: CannotCompute, varied: Framework, framework: Framework) -> list[Finding]:
    """The findings, with a mark where the rule is not the declared one."""
    drawn = {step for step in STEPS if getattr(varied.method, step) != getattr(framework.method, step)}
    return [replace(finding, is_varied=finding.step in drawn) for finding in error.findings]


def _weigh_variant(
    children: Mapping[str, tuple[str, ...]],
    nominal: Mapping[str, np.ndarray],
    normalised: pd.DataFrame,
    framework: Framework,
) -> Variant:
    """The weights of a combination, over all rows, for they may follow from scores of any year."""
    columns = {code: normalised[code].to_numpy(dtype=float)[None] for code in normalised.columns}
    rules = {code: at_depth(framework.method.aggregate, framework.depths[code]) for code in children}
    weights: dict[str, np.ndarray] = {}
    own: dict[str, np.ndarray] = {}

    def weigh(code: str, parts: list[np.ndarray]) -> Weighed:
        shared, of_rows = weigh_anew(framework, normalised.index, code, parts)
        weights[code] = shared[None] if of_rows is None else np.ones((1, len(shared)))
        own.update({} if of_rows is None else {code: of_rows})
        return weights[code], of_rows, np.isnan(nominal[code])

    years = normalised.index.get_level_values("year").nunique()
    climb(children, rules, {**nominal, **columns}, weigh, years=years)
    return Variant(columns, rules, weights, own)
