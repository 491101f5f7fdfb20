"""Data with which a reader weighs an index: scores of the indicators, tree, rules, and what random weights are."""

from collections import Counter

from regional_index.framework import Framework, Rule, at_depth
from regional_index.method.rules import AGGREGATE, WEIGH

RANDOM_WEIGHTINGS = 10_000


def weighed_nodes(framework: Framework, index: str) -> list[str]:
    """Codes of an index and the nodes below it that are made of something, parents before their children."""
    node = framework.node(index)
    below = [code for child in node.children for code in weighed_nodes(framework, child.code)]
    return [index, *below] if node.child_weights else below


def obstacle_to_weighing(framework: Framework, index: str) -> tuple[str, str, Rule] | None:
    """The first node, the step (`weight` or `aggregate`) and the rule that a reader's weights cannot go through.

    Args:
        framework: Says the rules.
        index: Code of the index; everything below it counts.

    Returns:
        Nothing where weights of a reader can be carried through.
    """
    for code in weighed_nodes(framework, index):
        depth = framework.depths[code]
        weigh, aggregate = (at_depth(rules, depth) for rules in (framework.method.weight, framework.method.aggregate))
        # Weights that every region has for itself leave a reader nothing to choose.
        if WEIGH[weigh.name].of_each_row:
            return code, "weight", weigh
        if AGGREGATE[aggregate.name].formula_in_browser(aggregate.options) is None:
            return code, "aggregate", aggregate
    return None


def weight_keys(framework: Framework) -> dict[tuple[str, str], str]:
    """Short names of the weights, by code of the node and of its child.

    The code of the child; with that of the node before it where it is below several.
    """
    pairs = [(code, child) for code, node in framework.nodes.items() for child in node.child_weights]
    times = Counter(child for _, child in pairs)
    return {(code, child): child if times[child] == 1 else f"{code}.{child}" for code, child in pairs}
