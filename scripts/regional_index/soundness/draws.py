"""Scores and ranks of thousands of runs at once, each with its own method and weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from regional_index.errors import DataError, Problem
from regional_index.framework import Framework, Robustness
from regional_index.method.rank import ranks_of
from regional_index.soundness.choices import STEPS, Choices
from regional_index.soundness.variants import Variant, Variants, score_node

ABSENT = np.iinfo(np.int16).max
"""Stands for the rank that a region does not have; it comes after all others."""

# 2 MB of floats for a node: what one step writes, the next one finds in the processor's cache.
CELLS = 2**18
BLOCK_BYTES = 2**26


@dataclass(frozen=True)
class Batch:
    """Some of the runs.

    Attributes:
        rows: Their numbers.
        scores: Shape (runs, nodes, years, regions), NaN where missing.
        ranks: Of the same shape, whole numbers; `ABSENT` where missing.
    """

    rows: np.ndarray
    scores: np.ndarray
    ranks: np.ndarray


def evaluate(
    design: np.ndarray, weight_factors: np.ndarray, variants: Variants, choices: Choices, nodes: Sequence[str]
) -> Iterator[Batch]:
    """Scores and ranks of every run; all runs by the same method at once, a few megabytes at a time.

    Which regions have a score is decided by the declared method. Elsewhere runs have none either, so that no rank
    moves because somebody appears or vanishes. A region can lose its score in a run only where the method of the run
    has no value for it: it has no rank then. Leaving an indicator out is a weight of 0 wherever it stands; a node
    whose children all have a weight of 0 has it, too.

    Args:
        design: Numbers in [0, 1), shape (runs, factors), columns as `choices.factors`.
        weight_factors: What the weights are multiplied by, shape (runs, edges).
        variants: The methods, for the years that are wanted.
        choices: What the numbers stand for.
        nodes: Codes of those that are wanted.

    Yields:
        Batches that together hold every run once.
    """
    picked = choices.pick(design)
    if choices.count("leave_out") > 1:
        weight_factors = choices.leave_out(weight_factors, picked["leave_out"])
    counts = [choices.count(step) for step in STEPS]
    methods = np.ravel_multi_index([picked[step] for step in STEPS], counts)
    most = max(1, CELLS // (len(variants.regions) * len(variants.years)))
    for number in np.unique(methods):
        variant = variants.methods[tuple(int(k) for k in np.unravel_index(number, counts))]
        rows = np.flatnonzero(methods == number)
        for part in np.split(rows, range(most, len(rows), most)):
            yield _batch(part, _score_runs(variant, weight_factors[part], variants, choices, nodes), variants, nodes)


def _batch(rows: np.ndarray, by_node: Mapping[str, np.ndarray], variants: Variants, nodes: Sequence[str]) -> Batch:
    scores = np.empty((len(rows), len(nodes), len(variants.years), len(variants.regions)))
    for k, code in enumerate(nodes):
        scores[:, k] = variants.by_year(by_node[code])
    return Batch(rows, scores, as_whole(ranks_of(scores)))


def _score_runs(
    variant: Variant, factors: np.ndarray, variants: Variants, choices: Choices, nodes: Sequence[str]
) -> dict[str, np.ndarray]:
    """From the leaves up: scores of the nodes and all below them, shape (runs, n), or (1, n) where all are alike."""
    scores = {**variants.nominal, **variant.columns}
    without: dict[str, np.ndarray] = {}
    for code in _below(variants.children, nodes):
        children = variants.children[code]
        at = [k for k, (parent, _) in enumerate(choices.edges) if parent == code]
        weights = variant.weights[code] * factors[:, at]
        for k, child in enumerate(children):
            if child in without:
                weights[without[child], k] = 0.0
        parts = [scores[child] for child in children]
        if all(len(part) == 1 for part in parts) and (weights == weights[0]).all():
            weights = weights[:1]
        no_child = ~(weights > 0).any(axis=1)
        if no_child.any():
            without[code] = np.broadcast_to(no_child, len(factors))
        score = score_node(variant.rules[code], parts, weights, variant.own.get(code), len(variants.years))
        unscored = np.isnan(variants.nominal[code])
        scores[code] = np.where(unscored, np.nan, score) if unscored.any() else score
    return scores


def _below(children: Mapping[str, tuple[str, ...]], nodes: Sequence[str]) -> list[str]:
    """The nodes with children among these and all below them, children before their parents."""
    wanted = set(nodes)
    for code, below in children.items():
        if code in wanted:
            wanted.update(below)
    return [code for code in reversed(list(children)) if code in wanted]


def as_whole(ranks: np.ndarray) -> np.ndarray:
    """Ranks as whole numbers of two bytes, or of four where there are more regions; `ABSENT` in place of NaN.

    Raises:
        ValueError: There are more than 32,766 regions.
    """
    if ranks.shape[-1] >= ABSENT:
        raise ValueError(f"{ranks.shape[-1]} regions; ranks of draws are kept for at most {ABSENT - 1}")
    missing = np.isnan(ranks)
    if missing.any():
        ranks = np.where(missing, ABSENT, ranks)
    return ranks.astype(np.int16)


def blocks_of(
    nodes: Sequence[str], years: Sequence[int], bytes_each: int, most: int = BLOCK_BYTES
) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Nodes and years put together so that what is kept of their draws fits into a bounded memory.

    Args:
        nodes: Codes.
        years: All years.
        bytes_each: What one node takes in one year.
        most: What a block may take.

    Examples:
        >>> blocks_of(["a", "b", "c"], [2021, 2022], bytes_each=10, most=40)
        [(('a', 'b'), (2021, 2022)), (('c',), (2021, 2022))]
        >>> blocks_of(["a", "b"], [2021, 2022], bytes_each=10, most=10)
        [(('a',), (2021,)), (('b',), (2021,)), (('a',), (2022,)), (('b',), (2022,))]
    """
    together = [tuple(years)] if bytes_each * len(years) <= most else [(year,) for year in years]
    size = max(1, most // (bytes_each * len(together[0])))
    parts = [tuple(nodes[start : start + size]) for start in range(0, len(nodes), size)]
    return [(part, some) for some in together for part in parts]


def declared_robustness(framework: Framework) -> Robustness:
    """What the framework says about robustness.

    Raises:
        DataError: It says nothing.
    """
    if framework.robustness is None:
        remedy = "declare `robustness` with draws, seed and what is varied"
        raise DataError([Problem("data/framework.yml", "robustness", "", "the choices to vary", remedy)])
    return framework.robustness
