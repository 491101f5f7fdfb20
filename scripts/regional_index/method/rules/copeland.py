"""Copeland's rule: regions are compared in pairs, and a score is victories less defeats."""

from collections.abc import Sequence

import numpy as np

from regional_index.method.rules.means import aggregate_arithmetic, columns_of, shape_of

# Sums of weights differ in their last bits with the order of the children; a tie is one up to there.
TIE_TOLERANCE = 1e-12
# Pairs compared at once: draws need bounds on memory.
CELLS = 2**17


def aggregate_copeland(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int) -> np.ndarray:
    """Victories less defeats of every region over all others, within each year (OECD/JRC Handbook 2008, step 7).

    For every pair, the part of the weight in which i is above j (equal children count half) is compared with one half,
    over the children that both have, their weights rescaled: above it, i has +1 and j has -1. A pair without a common
    child counts 0 for both. No child makes up for another, and no scale matters.

    Args:
        children: k arrays of shape (1, n) or (d, n), n = regions x years, the years of one region side by side.
        weights: Shape (d, k), 0 or more.
        years: How many years there are.

    Returns:
        Shape (d, n): whole numbers from -(regions - 1) to regions - 1; NaN without a child of positive weight.

    Examples:
        >>> children = [np.array([[3.0, 2.0, 1.0]]), np.array([[1.0, 2.0, 1.0]])]
        >>> aggregate_copeland(children, np.array([[0.6, 0.4]]), years=1)
        array([[ 2.,  0., -2.]])
    """
    draws, cells = shape_of(children, weights)
    weights = np.broadcast_to(weights, (draws, weights.shape[1]))
    scores = np.empty((draws, cells))
    at_once = max(1, CELLS // max(cells // years, 1) ** 2)
    for year in range(years):
        # One year lies in every `years`-th column.
        of_year = [child[:, year::years] for child in children]
        for start in range(0, draws, at_once):
            some = slice(start, start + at_once)
            few = [child[some] if len(child) > 1 else child for child in of_year]
            scores[some, year::years] = _victories_less_defeats(few, weights[some])
    scores[np.isnan(aggregate_arithmetic(children, weights))] = np.nan
    return scores


def _victories_less_defeats(children: Sequence[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Victories less defeats of every region in every draw, within one year: shape (draws, regions)."""
    shape = (len(weights), children[0].shape[1], children[0].shape[1])
    lead, common = np.zeros(shape), np.zeros(shape)
    for child, weight in zip(children, columns_of(weights)[..., None], strict=True):
        here, there = child[:, :, None], child[:, None, :]
        # A comparison with a missing child is false both ways.
        lead += weight * ((here > there).astype(float) - (here < there))
        common += weight * ~(np.isnan(here) | np.isnan(there))
    return np.sign(np.where(np.abs(lead) <= 2 * TIE_TOLERANCE * common, 0.0, lead)).sum(axis=2)
