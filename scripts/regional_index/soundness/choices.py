"""Choices that the robustness analysis varies: factors, each decided by one number in [0, 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from regional_index.errors import DataError, Problem
from regional_index.framework import Framework, Robustness, Rule, at_depth
from regional_index.method.rules import AGGREGATE

FACTORS = ("weights", "normalise", "treat", "impute", "aggregate", "leave_out", "incomplete")
STEPS = ("impute", "treat", "normalise", "aggregate")
NONE_LEFT_OUT = ""


@dataclass(frozen=True)
class Choices:
    """All that may be drawn.

    Attributes:
        noise: Weights are multiplied by 1 + noise x (2u - 1), u uniform in [0, 1).
        edges: Every pair of a node and one of its children, nodes in tree order: where a weight is.
        noisy: For every edge, whether its weight is varied.
        options: By factor other than `weights`, what there is to choose from; at least one each. `normalise`, `treat`
            and `impute` have rules, `aggregate` rules by level, `leave_out` codes of indicators after `NONE_LEFT_OUT`;
            `incomplete` says whether those that lack a year are left out.
        comparable: For every option of `aggregate`, whether its scores are on the scale of the declared one.
        incomplete: Codes of the indicators that lack a year of the series.
    """

    noise: float
    edges: tuple[tuple[str, str], ...]
    noisy: tuple[bool, ...]
    options: Mapping[str, tuple[Any, ...]]
    comparable: tuple[bool, ...]
    incomplete: tuple[str, ...] = ()

    @classmethod
    def from_framework(cls, framework: Framework) -> "Choices":
        """Choices that a framework declares; a step that is not varied has the declared rule as its only option.

        Raises:
            DataError: It does not declare `robustness`.
        """
        robustness = declared_robustness(framework)
        edges = tuple((code, child) for code, node in framework.nodes.items() for child in node.child_weights)
        noisy = tuple(robustness.noise > 0 and framework.depths[code] in robustness.noise_levels for code, _ in edges)
        options = {step: getattr(robustness, step) or (getattr(framework.method, step),) for step in STEPS}
        options["leave_out"] = (NONE_LEFT_OUT, *(framework.used_indicators if robustness.leave_out else ()))
        incomplete = framework.incomplete_indicators if robustness.incomplete else ()
        options["incomplete"] = (False, True) if incomplete else (False,)
        comparable = tuple(_same_scale(rules, framework) for rules in options["aggregate"])
        return cls(robustness.noise, edges, noisy, options, comparable, incomplete)

    @property
    def factors(self) -> tuple[str, ...]:
        """Names of the factors with more than one option, in the order of `FACTORS`: the columns of a design."""
        return tuple(name for name in FACTORS if (any(self.noisy) if name == "weights" else self.count(name) > 1))

    def count(self, factor: str) -> int:
        """Number of options of a factor other than `weights`."""
        return len(self.options[factor])

    def pick(self, design: np.ndarray) -> dict[str, np.ndarray]:
        """The number of the option that every run takes of each factor but `weights`.

        Args:
            design: Numbers in [0, 1), shape (runs, factors), columns as `factors`.

        Returns:
            By factor, whole numbers of shape (runs,): floor(u x options); 0 for what is not varied.
        """
        columns = dict(zip(self.factors, design.T, strict=True))
        nothing = np.zeros(len(design))
        return {name: pick_option(columns.get(name, nothing), self.count(name)) for name in self.options}

    def vary_weights(self, generator: np.random.Generator, runs: int) -> np.ndarray:
        """Multipliers of the weights, drawn afresh for every edge and run: shape (runs, edges), 1 +- noise."""
        factors = np.ones((runs, len(self.edges)))
        noise = 2.0 * generator.random((runs, sum(self.noisy))) - 1.0
        factors[:, np.array(self.noisy, dtype=bool)] = 1.0 + self.noise * noise
        return factors

    def leave_out(self, factors: np.ndarray, picked: Mapping[str, np.ndarray]) -> np.ndarray:
        """Set multipliers to 0 wherever a run leaves an indicator out, alone or with all that lack a year.

        Args:
            factors: Shape (runs, edges).
            picked: The options of every run, as `pick` gives them.
        """
        number = {code: k for k, code in enumerate(self.options["leave_out"])}
        indicator = np.array([number.get(child, -1) for _, child in self.edges], dtype=int)
        lacks = np.array([child in self.incomplete for _, child in self.edges], dtype=bool)
        alone, all_that_lack = picked["leave_out"][:, None], picked["incomplete"][:, None] == 1
        return np.where((indicator == alone) | (all_that_lack & lacks), 0.0, factors)

    def on_declared_scale(self, design: np.ndarray, framework: Framework) -> np.ndarray:
        """For every run, whether its scores are on the scale of the declared ones: shape (runs,).

        They are with the declared rule of normalisation, unless a rule that compares regions, and so counts victories,
        is at a level of one of them only.
        """
        picked = self.pick(design)
        same = np.array([rule == framework.method.normalise for rule in self.options["normalise"]])
        return same[picked["normalise"]] & np.array(self.comparable)[picked["aggregate"]]


def declared_robustness(framework: Framework) -> Robustness:
    """The declaration of robustness in the framework.

    Raises:
        DataError: It says nothing.
    """
    if framework.robustness is None:
        remedy = "declare `robustness` with draws, seed and what is varied"
        raise DataError([Problem("data/framework.yml", "robustness", "", "the choices to vary", remedy)])
    return framework.robustness


def pick_option(uniform: np.ndarray, options: int) -> np.ndarray:
    """floor(u x options), for u in [0, 1).

    Examples:
        >>> pick_option(np.array([0.0, 0.4999, 0.5, 0.9999]), 2).tolist()
        [0, 0, 1, 1]
    """
    # u x options can round up to options for the u next to 1.
    return np.minimum((uniform * options).astype(int), options - 1)


def _same_scale(rules: tuple[Rule, ...], framework: Framework) -> bool:
    depths = set(framework.depths.values())
    drawn, declared = (
        [AGGREGATE[at_depth(each, depth).name].compares for depth in depths]
        for each in (rules, framework.method.aggregate)
    )
    return drawn == declared
