"""`normalised.json`: all that it takes to compute the scores of the last year again with other weights."""

from typing import Any

from regional_index.facts import Facts
from regional_index.facts.weighting import RANDOM_WEIGHTINGS, weight_keys
from regional_index.framework import SHARE_TOLERANCE, at_depth
from regional_index.method.rules import AGGREGATE
from regional_index.render import is_missing


def weighting_document(facts: Facts) -> dict[str, Any]:
    """Scores of the indicators in full precision, the tree with its weights and rules, and what random weights are."""
    regions = list(facts.regions.evaluated)
    scores = facts.results.normalised.xs(facts.last_year, level="year").loc[regions]
    return {
        "year": facts.last_year,
        "regions": regions,
        "share_tolerance": SHARE_TOLERANCE,
        "random": _random(facts),
        "indicators": [
            {"indicator": code, "scores": [None if is_missing(score) else float(score) for score in scores[code]]}
            for code in facts.framework.used_indicators
        ],
        "nodes": [_node_entry(facts, code) for code in facts.framework.nodes],
    }


def _random(facts: Facts) -> dict[str, Any] | None:
    """How many random weightings to try, with which seed, for which tiers; nothing where no tiers are declared."""
    declared = facts.framework.robustness
    if declared is None or not declared.tiers:
        return None
    return {"count": RANDOM_WEIGHTINGS, "seed": declared.seed, "tiers": list(declared.tiers)}


def _node_entry(facts: Facts, code: str) -> dict[str, Any]:
    framework, depth = facts.framework, facts.framework.depths[code]
    keys, method = weight_keys(framework), framework.method
    aggregate = at_depth(method.aggregate, depth)
    return {
        "index": code,
        "parent": framework.parents.get(code),
        "weight": at_depth(method.weight, depth).name,
        "aggregate": {"rule": aggregate.name, **aggregate.options},
        "formula": AGGREGATE[aggregate.name].formula_in_browser(aggregate.options),
        "minimum_weight_share": at_depth(method.minimum_weight_share, depth),
        "children": [
            {"code": child, "key": keys[code, str(child)], "weight": float(weight)}
            for child, weight in facts.results.weights[code].items()
        ],
    }
