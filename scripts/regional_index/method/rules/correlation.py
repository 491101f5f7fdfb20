"""Weights with which every child correlates with the index as much as every other."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy import linalg, optimize

# Up to so many children every set of them is tried: 511 small eigenproblems.
ALL_SETS_UP_TO = 9
RIDGE = 1e-3
STEPS = 200
NEAR = 1e-7
SINGULAR = 1e-10
EQUAL = 1e-9
ZERO = 1e-12


def weigh_correlation(scores: np.ndarray) -> np.ndarray:
    """Weights >= 0 with which the children's correlations with their weighted mean are equal, or as near as can be.

    With C the covariance matrix and s the standard deviations, they are equal for weights in proportion to the
    inverse of C times s. Where that has a negative weight, or no inverse and no other solution, the variance of the
    correlations is minimised over all weights >= 0. (Becker, Saisana, Paruolo and Vandecasteele 2017, for the aim;
    OECD/JRC Handbook 2008, step 6.)

    The minimum is exact up to `ALL_SETS_UP_TO` children; with more of them it is the best of several searches, which
    found the exact one in each of 180 trials with 4 to 9 children.

    Args:
        scores: Shape (rows, children), no gaps, no constant child.

    Examples:
        >>> weigh_correlation(np.array([[0.0, 10.0], [0.0, 0.0], [1.0, 10.0], [1.0, 0.0]])).round(6).tolist()
        [0.909091, 0.090909]
    """
    together = np.corrcoef(scores, rowvar=False)
    free = np.linalg.lstsq(together, np.ones(len(together)), rcond=SINGULAR)[0]
    solved = np.abs(together @ free - 1).max() < EQUAL and free.min() >= -ZERO * free.max()
    standardised = np.maximum(free, 0.0) if solved else _least_spread(together)
    weights = standardised / scores.std(axis=0, ddof=1)
    return weights / weights.sum()


def correlations_with_index(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Pearson's correlation of each child with the weighted mean of all.

    Args:
        scores: Shape (rows, children), no gaps, no constant child.
        weights: Shape (children,); not such that the mean is constant.
    """
    index = scores @ weights
    centred = scores - scores.mean(axis=0)
    index = index - index.mean()
    return centred.T @ index / np.sqrt((centred**2).sum(axis=0) * (index**2).sum())


def _least_spread(together: np.ndarray) -> np.ndarray:
    """Weights of standardised children, >= 0, that minimise the variance of their correlations with the index.

    With R the correlations among children the variance is v'RMRv / v'Rv, M being what subtracts the mean. Where it is
    least, v is an eigenvector of (RMR, R) within the children that it weighs; a set with a singular R does no better
    than one of its subsets.
    """
    size = len(together)
    if size > ALL_SETS_UP_TO:
        sets = _searched_sets(together)
    else:
        sets = (list(one) for count in range(1, size + 1) for one in combinations(range(size), count))
    found = [weights for one in sets for weights in _candidates(together, one)]
    values = np.array([_spread(weights, together) for weights in found])
    best = found[int(np.argmin(values))]
    # Children that say the same can replace each other; they share what one of them would weigh.
    same = [
        weights
        for weights, value in zip(found, values, strict=True)
        if value <= values.min() + ZERO and np.allclose(together @ weights, together @ best, rtol=0, atol=EQUAL)
    ]
    return np.mean(same, axis=0)


def _candidates(together: np.ndarray, children: list[int]) -> Iterator[np.ndarray]:
    """Eigenvectors without a negative weight, of a set of children alone; each gives the index the variance 1."""
    inner = together[np.ix_(children, children)]
    if np.linalg.eigvalsh(inner)[0] < SINGULAR:
        return
    centred = together[:, children] - together[:, children].mean(axis=0)
    vectors = linalg.eigh(centred.T @ centred, inner)[1]
    vectors = vectors * np.sign(vectors.sum(axis=0))
    for vector in vectors.T[(vectors > 0).all(axis=0)]:
        weights = np.zeros(len(together))
        weights[children] = vector
        yield weights


def _spread(weights: np.ndarray, together: np.ndarray) -> float:
    """Variance of the children's correlations with the index."""
    covariances = together @ weights
    return float((covariances / np.sqrt(weights @ covariances)).var())


def _searched_sets(together: np.ndarray) -> list[list[int]]:
    """Sets of children that searches end with which start from all, from all but one, and from each child alone.

    A step moves to the best v for the tangent of v'Rv, so it never makes the ratio larger; the children that it
    leaves out stay at 0 by non-negative least squares. (Ridge times R is in both forms, and moves no minimum.)
    """
    size = len(together)
    centred = together - together.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred + RIDGE * together)
    roots = np.sqrt(np.maximum(values, SINGULAR**2))
    root, inverse = (vectors * roots) @ vectors.T, (vectors / roots) @ vectors.T
    sets = []
    for start in (np.ones(size), *(1 - np.eye(size)), *np.eye(size)):
        if start @ together @ start < SINGULAR:
            continue  # a constant index, which nothing correlates with
        weights, before = start, np.full(size, np.inf)
        for _ in range(STEPS):
            if np.abs(weights - before).max() < NEAR:
                break
            before = weights
            weights = optimize.nnls(root, inverse @ (together @ before), maxiter=100 * size)[0]
            weights /= np.linalg.norm(weights)
        sets.append(np.flatnonzero(weights > NEAR * weights.max()).tolist())
    return [list(one) for one in dict.fromkeys(map(tuple, sets))]
