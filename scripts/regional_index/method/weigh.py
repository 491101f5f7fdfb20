"""Step: weights of the children of every node; the rules are in `rules.weigh`, `rules.weigh_scores` and `rules.dea`."""

from dataclasses import replace

import pandas as pd

from regional_index.framework import Framework, at_depth
from regional_index.method.rules import WEIGH, CannotCompute, Finding
from regional_index.method.rules.definition import NodeWeights
from regional_index.method.rules.weigh import ANOTHER_RULE, check_declared


def weigh_node(framework: Framework, code: str, children: pd.DataFrame) -> NodeWeights:
    """Weights of the children of one node, by the rule that the method declares for its level.

    An only child has weight 1, whatever the rule; benefit of the doubt still measures it by the best. Weights from
    scores are those of all years together, and of the rows that have every child. A child without any score has
    weight 0, and a note says so. (OECD/JRC Handbook 2008, step 6.)

    Args:
        framework: Tree, method and the weights that files give.
        code: The node.
        children: Scores of its children, a column for each; rows (region, year).

    Raises:
        CannotCompute: The rule has no weights for this node.
    """
    codes = list(framework.node(code).child_weights)
    rule = at_depth(framework.method.weight, framework.depths[code])
    if not codes:
        return NodeWeights(pd.Series(codes, dtype=float))
    weighting = WEIGH[rule.name]
    if len(codes) == 1 and not weighting.weighs_one:
        return NodeWeights(pd.Series(1.0, index=codes))
    if not weighting.from_scores:
        return weighting.function(framework, code, children, **rule.options)
    return _weigh_by_scores(framework, code, children[codes].astype(float))


def declared_weights(framework: Framework) -> dict[str, pd.Series]:
    """For every node the weights that the framework declares, rescaled to sum to 1, in the order of the framework.

    A node without children has an empty series.

    Raises:
        CannotCompute: All weights of a node are 0.
    """
    findings = check_declared(framework)
    if findings:
        raise CannotCompute(findings)
    declared = {code: pd.Series(node.child_weights, dtype=float) for code, node in framework.nodes.items()}
    return {code: weights / weights.sum() if len(weights) else weights for code, weights in declared.items()}


def _weigh_by_scores(framework: Framework, code: str, children: pd.DataFrame) -> NodeWeights:
    """A rule that takes scores, on the children that have any; the others get weight 0."""
    rule = at_depth(framework.method.weight, framework.depths[code])
    weighting = WEIGH[rule.name]
    empty = children.columns[children.isna().all()]
    scored = children.drop(columns=empty)
    if scored.empty:
        found = f"{code}: no score of any of {', '.join(children)}"
        expected = f"scores to take weights from by {rule.name}"
        raise CannotCompute([Finding(found, expected, ANOTHER_RULE, "weight")])
    notes = (f"No scores, so no weight in {code}: {', '.join(empty)}.",) if len(empty) else ()
    if len(scored.columns) == 1 and not weighting.weighs_one:
        found = NodeWeights(pd.Series(1.0, index=scored.columns))
    else:
        findings = [replace(finding, step="weight") for finding in weighting.check_scores(code, scored)]
        if findings:
            raise CannotCompute(findings)
        found = weighting.function(framework, code, scored, **rule.options)
    own = None if found.own is None else found.own.reindex(columns=children.columns, fill_value=0.0)
    return NodeWeights(found.shared.reindex(children.columns, fill_value=0.0), own, notes + found.notes)
