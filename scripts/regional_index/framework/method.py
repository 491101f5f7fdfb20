"""The method as declared: a rule with its options for every step, and what the robustness analysis varies."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

DEFAULT_SHARE = 2 / 3
SHARE_TOLERANCE = 1e-4
"""A share of 2/3 written as 0.6667 must admit two indicators of three."""
QUANTILES = (0.05, 0.5, 0.95)
"""Which parts of the draws the lower end, the middle and the upper end of a range are."""
COHERENCE_LIMITS = {"negative": -0.4, "weak": 0.3, "collinear": 0.9}
"""From which correlations pairs are flagged: those of COINr, `plot_corr`, `flagthresh = c(-0.4, 0.3, 0.9)`."""
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Rule:
    """A rule of a step by its name, with all its options; those that were not given have their defaults.

    Names and options are listed in `method.rules`; `make_rule` there makes a rule of what a file says.
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


OWN_WEIGHTS = Rule("own-weights")
"""The sum of weight x score with weights that every region has for itself, divided by nothing."""


def group_by_rule(things: Iterable[Thing], rule_of: Callable[[Thing], Rule]) -> list[tuple[Rule, list[Thing]]]:
    """Every rule with the things that follow it, in the order in which they first ask for it; equal rules are one."""
    found: list[tuple[Rule, list[Thing]]] = []
    for thing in things:
        rule = rule_of(thing)
        same = [others for known, others in found if known == rule]
        if same:
            same[0].append(thing)
        else:
            found.append((rule, [thing]))
    return found


def at_depth(rules: Sequence[Any], depth: int) -> Any:
    """The declaration for nodes of a depth; a list runs from the top down, and its last entry goes on for ever.

    Args:
        rules: At least one entry.
        depth: 1 for the indices at the top.

    Examples:
        >>> at_depth(["geometric", "arithmetic"], 1), at_depth(["geometric", "arithmetic"], 3)
        ('geometric', 'arithmetic')
    """
    return rules[min(depth, len(rules)) - 1]


@dataclass(frozen=True)
class Method:
    """How raw values become scores: a rule for every step, in the order of the steps.

    Attributes:
        screen: How much data a region must have.
        impute: How gaps are filled; an indicator may have a rule of its own.
        treat: How outliers are treated; an indicator may have a rule of its own.
        normalise: How values become scores; an indicator may have a rule of its own.
        weight: Where the weights of the children come from; one rule for each level, from the top down.
        aggregate: How children become one score; one rule for each level, from the top down.
        minimum_weight_share: Part of the weight that must be present (0-1), for each level, from the top down.
    """

    screen: Rule = Rule("none")
    impute: Rule = Rule("none")
    treat: Rule = Rule("none")
    normalise: Rule = Rule("min-max", {"lower": 0.0, "upper": 100.0, "over": "panel"})
    weight: tuple[Rule, ...] = (Rule("declared"),)
    aggregate: tuple[Rule, ...] = (Rule("arithmetic"),)
    minimum_weight_share: tuple[float, ...] = (DEFAULT_SHARE,)


@dataclass(frozen=True)
class Robustness:
    """The choices that are varied to see how sure scores and ranks are.

    Attributes:
        draws: How many draws of all choices at once.
        seed: With it, the same draws come again.
        noise: Weights are multiplied by 1 + noise x (2u - 1), u uniform (0: they are not varied).
        noise_levels: Levels whose weights are varied, 1 for those of the children of the indices at the top.
        normalise: Rules to draw from; none: the declared one.
        aggregate: Rules by level, each as `Method.aggregate`, to draw from; none: the declared ones.
        impute: Rules to draw from; none: the declared one.
        treat: Rules to draw from; none: the declared one.
        leave_out: Whether one indicator may be left out.
        incomplete: Whether all indicators may be left out that have no values of some year of the series.
        base: Rows of the design for Sobol indices, a power of two; it takes base x (choices + 2) runs. 0: none.
        tiers: Last rank of every tier but the last, ascending: (5, 10) makes 1-5, 6-10 and the rest.
        range_width: Weights within this share of the declared ones are searched for the best and worst rank.
    """

    draws: int
    seed: int
    noise: float = 0.25
    noise_levels: tuple[int, ...] = (1, 2)
    normalise: tuple[Rule, ...] = ()
    aggregate: tuple[tuple[Rule, ...], ...] = ()
    impute: tuple[Rule, ...] = ()
    treat: tuple[Rule, ...] = ()
    leave_out: bool = False
    incomplete: bool = False
    base: int = 0
    tiers: tuple[int, ...] = ()
    range_width: float = 0.25

    @property
    def varied(self) -> tuple[str, ...]:
        """Names of the choices that are varied, in the order of the analysis."""
        there = {
            "weights": self.noise > 0 and bool(self.noise_levels),
            **{step: len(getattr(self, step)) > 1 for step in ("normalise", "treat", "impute", "aggregate")},
            "leave_out": self.leave_out,
            "incomplete": self.incomplete,
        }
        return tuple(name for name, is_varied in there.items() if is_varied)
