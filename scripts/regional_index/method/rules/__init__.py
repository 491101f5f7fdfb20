"""The rules of every step: each is one object, entered once, by which files are checked, computed and explained."""

from regional_index.framework import OWN_WEIGHTS, Framework, Rule, at_depth
from regional_index.method.rules import (
    dea,
    impute,
    normalise_declared,
    normalise_ranks,
    normalise_references,
    screen,
    treat,
)
from regional_index.method.rules.aggregate import aggregation_by
from regional_index.method.rules.code import literal, plain
from regional_index.method.rules.definition import (
    AGGREGATE,
    IMPUTE,
    NORMALISE,
    REQUIRED,
    RULES,
    TREAT,
    WEIGH,
    Aggregation,
    Code,
    Normalisation,
    Option,
    make_rule,
    own_options,
)
from regional_index.method.rules.findings import CannotCompute, Finding

MODULES = (dea, impute, normalise_declared, normalise_ranks, normalise_references, screen, treat)
"""Modules that enter rules, or import those that do."""


def aggregation_of(framework: Framework, index: str) -> Rule:
    """The rule by which the parts of an index become its score; `OWN_WEIGHTS` where each row has weights of its own."""
    depth = framework.depths[index]
    if WEIGH[at_depth(framework.method.weight, depth).name].of_each_row:
        return OWN_WEIGHTS
    return at_depth(framework.method.aggregate, depth)


__all__ = [
    "AGGREGATE",
    "IMPUTE",
    "NORMALISE",
    "REQUIRED",
    "RULES",
    "TREAT",
    "WEIGH",
    "Aggregation",
    "CannotCompute",
    "Code",
    "Finding",
    "Normalisation",
    "Option",
    "aggregation_by",
    "aggregation_of",
    "literal",
    "make_rule",
    "own_options",
    "plain",
]  # fmt: skip
