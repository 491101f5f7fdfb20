"""Copeland's rule: regions are compared in pairs, and a score is victories less defeats."""

from collections.abc import Iterator, Sequence

import numpy as np

from regional_index.method.rules.means import aggregate_arithmetic, columns_of, shape_of

# Sums of weights differ in their last bits with the order of the children; a tie is one up to there.
TIE_TOLERANCE = 1e-12
# Cells compared at once: 1 MB of floats stays in the processor's cache.
CELLS = 2**17


def aggregate_copeland(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int) -> np.ndarray:
    """Victories less defeats of every region over all others, within each year (OECD/JRC Handbook 2008, step 7).

    For every pair, the part of the weight in which i is above j (equal children count half) is set against one half,
    over the children that both have, their weights rescaled: above it, i has +1 and j has -1. A pair without a common
    child counts 0 for both. No child makes up for another, and no scale matters.

    Args:
        children: k arrays of shape (1, n) or (d, n), n = regions x years, the years of one region side by side.
        weights: Shape (d, k), 0 or more.
        years: How many years there are.

    Returns:
        Shape (d, n): whole numbers from -(regions - 1) to regions - 1; NaN for who has no child of positive weight.

    Examples:
        >>> children = [np.array([[3.0, 2.0, 1.0]]), np.array([[1.0, 2.0, 1.0]])]
        >>> aggregate_copeland(children, np.array([[0.6, 0.4]]), years=1)
        array([[ 2.,  0., -2.]])
    """
    draws, cells = shape_of(children, weights)
    weights = np.broadcast_to(weights, (draws, weights.shape[1]))
    scores = np.zeros((draws, cells))
    for year in range(years):
        # One year lies in every `years`-th column.
        of_year = [child[:, year::years] for child in children]
        for some, rows in _blocks(draws, cells // years):
            few = [child[some] if len(child) > 1 else child for child in of_year]
            _compare(few, weights[some], rows, scores[some, year::years])
    scores[np.isnan(aggregate_arithmetic(children, weights))] = np.nan
    return scores


def _blocks(draws: int, regions: int) -> Iterator[tuple[slice, slice]]:
    """Draws and regions to be compared with the regions after them, no more than `CELLS` pairs at once."""
    height = min(max(CELLS // max(regions, 1), 1), max(regions, 1))
    depth = max(CELLS // (height * max(regions, 1)), 1)
    for draw in range(0, draws, depth):
        for region in range(0, regions, height):
            yield slice(draw, draw + depth), slice(region, region + height)


def _compare(children: Sequence[np.ndarray], weights: np.ndarray, rows: slice, scores: np.ndarray) -> None:
    """Add to the scores (draws, regions) what the regions of a block win and lose against themselves and all after."""
    others = slice(rows.start, None)
    shape = (len(weights), len(range(*rows.indices(scores.shape[1]))), scores.shape[1] - rows.start)
    lead, share = np.zeros(shape), np.empty(shape)
    for child, weight in zip(children, columns_of(weights), strict=True):
        if weight.any():
            here, there = child[:, rows, None], child[:, None, others]
            # A comparison with a missing child is false both ways.
            sign = (here > there).view(np.int8) - (here < there).view(np.int8)
            lead += np.multiply(sign, weight[:, :, None], out=share)
    _settle_ties(lead, children, weights, rows)
    outcome = np.sign(lead, out=lead)
    scores[:, rows] += outcome.sum(axis=2)
    scores[:, rows.start + shape[1] :] -= outcome[:, :, shape[1] :].sum(axis=1)


def _settle_ties(lead: np.ndarray, children: Sequence[np.ndarray], weights: np.ndarray, rows: slice) -> None:
    """Make a lead 0 that is none but for the last bits of the sums: relative to the weight that both have in common."""
    size = np.abs(lead)
    if not ((size <= 2 * TIE_TOLERANCE * weights.sum(axis=1)[:, None, None]) & (lead != 0)).any():
        return
    common = np.zeros_like(lead)
    for child, weight in zip(children, columns_of(weights), strict=True):
        present = ~np.isnan(child)
        common += weight[:, :, None] * (present[:, rows, None] & present[:, None, rows.start :])
    lead[size <= 2 * TIE_TOLERANCE * common] = 0.0
