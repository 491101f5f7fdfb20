"""Random weightings for the page on weights, and what our engine makes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from regional_index.facts import Facts
from regional_index.framework import Framework, Node, Rule
from regional_index.method.index import Results, compute_index

Weighting = Mapping[str, Sequence[float]]
DECIMALS = 6


def random_weightings(framework: Framework, seed: int, count: int) -> Iterator[dict[str, list[float]]]:
    """Weights of the children of every node, by its code; some are 0, but never all of a node."""
    draws = np.random.default_rng(seed)
    for _ in range(count):
        weighting = {}
        for code, node in framework.nodes.items():
            weights = draws.exponential(size=len(node.child_weights)).round(DECIMALS)
            weights[draws.random(len(weights)) < 0.1] = 0
            weighting[code] = weights.tolist() if weights.any() else [1.0] * len(weights)
        yield weighting


def reweigh(framework: Framework, weighting: Weighting) -> Framework:
    """The framework with the weights that it declares replaced; what it declares of their rule does not count."""

    def changed(node: Node) -> Node:
        weights = weighting.get(node.code, list(node.child_weights.values()))
        given = dict(zip(node.child_weights, weights, strict=True))
        children = tuple(replace(changed(child), weight=given[child.code]) for child in node.children)
        return replace(node, children=children, indicators={} if node.children else given)

    method = replace(framework.method, weight=(Rule("declared"),))
    return replace(framework, indices=tuple(map(changed, framework.indices)), method=method)


def compute_again(facts: Facts, weighting: Weighting) -> Results:
    """All steps, from raw values to ranks, with other weights."""
    return compute_index(facts.declared.values, reweigh(facts.framework, weighting))


def of_last_year(facts: Facts, results: Results, index: str) -> pd.DataFrame:
    """`score` and `rank` of an index by region, in the order of the regions."""
    scores = results.scores[(results.scores["index"] == index) & (results.scores["year"] == facts.last_year)]
    return scores.set_index("region").loc[list(facts.regions.evaluated), ["score", "rank"]]
