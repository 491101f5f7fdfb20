"""One run of the draws by the public steps of the method, without any of the code that makes thousands at once."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Node
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.impute import impute
from regional_index.method.normalise import normalise
from regional_index.method.treat import treat
from regional_index.method.weigh import weigh_node


def weighted(top: Node, by_edge: Mapping[tuple[str, str], float]) -> Node:
    """The tree with its weights multiplied; a node whose children all have 0 has 0 itself."""
    children = tuple(weighted(child, by_edge) for child in top.children)
    children = tuple(replace(child, weight=child.weight * by_edge[top.code, child.code]) for child in children)
    children = tuple(replace(child, weight=child.weight * any(child.child_weights.values())) for child in children)
    indicators = {code: weight * by_edge[top.code, code] for code, weight in top.indicators.items()}
    return replace(top, children=children, indicators=indicators)


def score_one(panel: pd.DataFrame, framework: Framework, picked: Mapping[str, Any], factors: np.ndarray) -> np.ndarray:
    """The scores of one run by the public steps; shape (nodes, rows)."""
    edges = [(code, child) for code, each in framework.nodes.items() for child in each.child_weights]
    factors = [0.0 if child == picked["leave_out"] else own for own, (_, child) in zip(factors, edges, strict=True)]
    top = weighted(framework.indices[0], dict(zip(edges, factors, strict=True)))
    steps = {step: rule for step, rule in picked.items() if step not in ("leave_out", "incomplete")}
    method = replace(framework.method, **steps, minimum_weight_share=(0.0,))
    varied = replace(framework, indices=(top,), method=method)
    treated = treat(impute(panel, varied).panel, varied).panel
    with np.errstate(invalid="ignore"):
        weigh = partial(weigh_node, varied)
        scores = aggregate_tree(normalise(treated, varied).panel, weigh, varied).scores
    return scores["score"].to_numpy(dtype=float).reshape(len(varied.nodes), -1)
