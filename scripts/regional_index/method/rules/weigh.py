"""Weights that people give: declared, equal, by experts, from comparisons in pairs (OECD/JRC Handbook 2008, step 6)."""

import pandas as pd

from regional_index.framework import Framework
from regional_index.method.rules.ahp import MOST_INCONSISTENT, consistency_ratio, weigh_ahp
from regional_index.method.rules.definition import NodeWeights, Option, Weighting, register
from regional_index.method.rules.findings import CannotCompute, Finding

ANOTHER_RULE = "choose another rule for this level, such as equal"


def weigh_declared(framework: Framework, code: str, _children: pd.DataFrame) -> NodeWeights:
    """The weights that the framework declares, rescaled to sum to 1.

    Raises:
        CannotCompute: All of them are 0; other nodes of which this is true are named, too.
    """
    declared = framework.node(code).child_weights
    if not sum(declared.values()) > 0:
        raise CannotCompute(check_declared(framework))
    weights = pd.Series(declared, dtype=float)
    return NodeWeights(weights / weights.sum())


def check_declared(framework: Framework) -> list[Finding]:
    """One finding for each node all of whose declared weights are 0."""
    weights = {code: node.child_weights for code, node in framework.nodes.items()}
    bad = [code for code, declared in weights.items() if declared and not sum(declared.values()) > 0]
    remedy = "give a child a weight above 0"
    return [Finding(f"{code}: weights that sum to 0", "a sum above 0", remedy, "weight") for code in bad]


def weigh_equal(framework: Framework, code: str, _children: pd.DataFrame) -> NodeWeights:
    """Give each child the same weight."""
    codes = list(framework.node(code).child_weights)
    return NodeWeights(pd.Series(1 / len(codes), index=codes))


def weigh_expert(framework: Framework, code: str, _children: pd.DataFrame, *, file: str) -> NodeWeights:
    """The weights on which experts agree, rescaled to sum to 1.

    Raises:
        CannotCompute: They name other children than the tree, one is below 0, or all are 0.
    """
    codes, given = list(framework.node(code).child_weights), framework.expert_weights.get(code, {})
    expected = f"weights of {', '.join(codes)} in data/{file}"
    if set(given) != set(codes):
        found = f"{code}: weights of {', '.join(given) or 'no child'}"
        raise CannotCompute([Finding(found, expected, f"add what is missing, or {ANOTHER_RULE}", "weight")])
    weights = pd.Series(given, dtype=float)[codes]
    if not ((weights >= 0).all() and weights.sum() > 0):
        found = f"{code}: {', '.join(f'{child} {weight:g}' for child, weight in weights.items())}"
        raise CannotCompute([Finding(found, f"{expected}, none below 0, one above 0", "correct them", "weight")])
    return NodeWeights(weights / weights.sum())


def weigh_pairwise(framework: Framework, code: str, _children: pd.DataFrame, *, file: str) -> NodeWeights:
    """The principal eigenvector of the pairwise comparisons; a note says so if they do not agree with each other.

    That there is a matrix for every node, positive and reciprocal, is checked when `file` is read.
    """
    matrix = framework.pairwise[code]
    ratio = consistency_ratio(matrix)
    note = f"The pairwise comparisons of {code} contradict each other: consistency ratio {ratio:.3f}, above 0.1."
    weights = pd.Series(weigh_ahp(matrix), index=list(framework.node(code).child_weights))
    return NodeWeights(weights, None, (note,) if ratio > MOST_INCONSISTENT else ())


FILE = Option("text")

register(
    Weighting(name="declared", function=weigh_declared, weighs_one=True, is_declared=True),
    Weighting(name="equal", function=weigh_equal, is_equal=True),
    Weighting(name="expert", options={"file": FILE}, function=weigh_expert, file="weights"),
    Weighting(name="ahp", options={"file": FILE}, function=weigh_pairwise, file="comparisons"),
)
