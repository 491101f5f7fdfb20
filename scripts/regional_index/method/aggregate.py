"""Step: from indicators to sub-indices to indices (OECD/JRC Handbook 2008, step 7); rules are in `rules.aggregate`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from regional_index.framework import SHARE_TOLERANCE, Framework, at_depth
from regional_index.method.panel import complete, years_of
from regional_index.method.rules import AGGREGATE, CannotCompute, Finding
from regional_index.method.rules.definition import NodeWeights

Weights = Mapping[str, pd.Series] | Callable[[str, pd.DataFrame], NodeWeights]


@dataclass(frozen=True)
class Aggregated:
    """Scores of all nodes, and the weights they were made with.

    Attributes:
        scores: Long frame `region, year, index, score, weight_present, partial`, nodes in tree order.
        weights: For every node, the weights of its children, summing to 1; empty for a node without children.
        own_weights: For the nodes whose rows have weights of their own, these: rows (region, year), a column a child.
    """

    scores: pd.DataFrame
    weights: dict[str, pd.Series]
    own_weights: dict[str, pd.DataFrame]


def aggregate_tree(
    normalised: pd.DataFrame, weights: Weights, framework: Framework, *, refuse: bool = True
) -> Aggregated:
    """Score every node of the tree from the leaves upwards, by the rule of its level.

    A node is computed where the weight of its children that have a score is at least the share declared for its level;
    the rule then takes the children present (means rescale their weights to 1), and the score is flagged as partial.
    A child of weight 0 is as good as absent. Where rows have weights of their own, the score is the sum of weight x
    score over the children present, not rescaled.

    Args:
        normalised: Panel of indicator scores; rows (region, year).
        weights: Weights of the children of every node, summing to 1; or a function that gives them, of the code of a
            node and the scores of its children (rows as in the panel).
        framework: Tree and method.
        refuse: Whether children for which a rule has no value are an error; else there is no score.

    Returns:
        Scores and weights. `weight_present` is the weight, 0-1, of the children that have a score; `partial` is true
        where something is missing below the node, at any depth.

    Raises:
        CannotCompute: Children for which a rule has no value, such as negative ones for a geometric mean.
    """
    panel = complete(normalised)
    climb = _Climb(panel, framework)
    for code in reversed(list(framework.nodes)):
        climb.score(code, weights)
    if climb.findings and refuse:
        raise CannotCompute(climb.findings)
    own = {code: climb.own[code] for code in framework.nodes if code in climb.own}
    return Aggregated(climb.lengthen(), {code: climb.shared[code] for code in framework.nodes}, own)


def score_by_own_weights(parts: Sequence[np.ndarray], weights: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The sum of own weight x child over the children present, not rescaled; missing where no child is.

    Args:
        parts: Scores of the children, each of shape (n,), (1, n) or (d, n).
        weights: Multipliers of the own weights, shape (d, k); a child whose multiplier is 0 is absent.
        own: Weights that each row has for itself, shape (k, n).

    Returns:
        Shape (d, n).
    """
    total, present = np.zeros((1, 1)), np.zeros((1, 1), dtype=bool)
    for part, weight, each in zip(parts, weights.T[:, :, None], own, strict=True):
        product = part * each
        total = total + weight * np.nan_to_num(product)
        present = present | (~np.isnan(product) & (weight > 0))
    return np.where(present, total, np.nan)


class _Climb:
    """Scores of indicators and nodes computed so far, from the bottom up: an array by code, an entry for each row."""

    def __init__(self, panel: pd.DataFrame, framework: Framework) -> None:
        self.panel, self.framework = panel, framework
        self.years = years_of(panel)
        indicators = list(framework.used_indicators)
        self.scores = {code: panel[code].to_numpy(dtype=float, copy=True) for code in indicators}
        self.partial = {code: np.isnan(scores) for code, scores in self.scores.items()}
        self.present: dict[str, np.ndarray] = {}
        self.shared: dict[str, pd.Series] = {}
        self.own: dict[str, pd.DataFrame] = {}
        self.findings: list[Finding] = []

    def score(self, code: str, weights: Weights) -> None:
        """Score a node whose children have been scored."""
        own = self._weigh(code, weights)
        shared = self.shared[code]
        used = shared[shared > 0]
        present, partial = self._take_stock(used)
        share = at_depth(self.framework.method.minimum_weight_share, self.framework.depths[code])
        enough = present >= share - SHARE_TOLERANCE
        scores = self._combine(code, used) if own is None else self._combine_own(own)
        self.scores[code] = np.where(enough, scores, np.nan)
        self.present[code], self.partial[code] = present, partial
        if own is None:
            self._check(code, enough & np.isnan(scores))

    def children(self, code: str, rows: np.ndarray | slice = slice(None)) -> pd.DataFrame:
        """Scores of the children of a node, a column each."""
        children = {child: self.scores[child][rows] for child in self.framework.nodes[code].child_weights}
        return pd.DataFrame(children, index=self.panel.index[rows], dtype=float)

    def lengthen(self) -> pd.DataFrame:
        """The nodes one below the other, in tree order."""
        nodes, index = list(self.framework.nodes), self.panel.index
        rows = np.tile(np.arange(len(index)), len(nodes))
        columns = {
            "region": index.get_level_values("region").array[rows],
            "year": index.get_level_values("year").array[rows],
            "index": pd.Series(nodes, dtype="str").array.repeat(len(index)),
            "score": np.concatenate([self.scores[code] for code in nodes]),
            "weight_present": np.concatenate([self.present[code] for code in nodes]),
            "partial": np.concatenate([self.partial[code] for code in nodes]),
        }
        return pd.DataFrame(columns, copy=False)

    def _weigh(self, code: str, weights: Weights) -> pd.DataFrame | None:
        """Keep the weights of the children of a node; give those that rows have for themselves."""
        if isinstance(weights, Mapping):
            self.shared[code] = weights[code]
            return None
        found = weights(code, self.children(code))
        self.shared[code] = found.shared
        if found.own is not None:
            self.own[code] = found.own.reindex(index=self.panel.index, columns=found.shared.index)
        return self.own.get(code)

    def _take_stock(self, used: pd.Series) -> tuple[np.ndarray, np.ndarray]:
        """Weight of the children present, and where something is missing in them or below."""
        present, partial = np.zeros(len(self.panel)), np.zeros(len(self.panel), dtype=bool)
        for child, weight in used.items():
            present += np.where(np.isnan(self.scores[child]), 0.0, weight)
            partial |= self.partial[child]
        return present, partial | (present < 1 - SHARE_TOLERANCE)

    def _combine(self, code: str, used: pd.Series) -> np.ndarray:
        if used.empty:
            return np.full(len(self.panel), np.nan)
        rule = at_depth(self.framework.method.aggregate, self.framework.depths[code])
        children = [self.scores[child][None] for child in used.index]
        weights = used.to_numpy(dtype=float)[None]
        return AGGREGATE[rule.name].function(children, weights, years=self.years, **rule.options)[0]

    def _combine_own(self, own: pd.DataFrame) -> np.ndarray:
        children = [self.scores[child] for child in own]
        return score_by_own_weights(children, np.ones((1, len(children))), own.to_numpy(dtype=float).T)[0]

    def _check(self, code: str, failed: np.ndarray) -> None:
        if failed.any():
            rule = at_depth(self.framework.method.aggregate, self.framework.depths[code])
            weights = self.shared[code]
            rows = self.children(code, failed)[list(weights.index[weights > 0])].dropna(how="all")
            found = AGGREGATE[rule.name].check_children(code, rows, weights)
            self.findings += [replace(finding, step="aggregate") for finding in found]
