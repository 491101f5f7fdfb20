"""Weights from the scores themselves: principal component, entropy, CRITIC.

Each is a function from scores, shape (rows, children), without gaps, to weights that sum to 1. What it cannot take is
found before by `weight_checks`.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from regional_index.method.weight_checks import is_constant

# Correlations are known to about 1e-15; components nearer to each other than this explain the same.
SAME_VARIANCE = 1e-9


@dataclass(frozen=True)
class FirstComponent:
    """What the first principal component of centred and scaled scores is made of.

    Attributes:
        loadings: Of each child, as a vector of length 1; their sum is positive.
        explained: Its share of the variance of all children (0-1).
        squared: Squared loadings, which sum to 1. Where several components explain the same, there is no first
            one among them, and this is their mean.
    """

    loadings: np.ndarray
    explained: float
    squared: np.ndarray


def first_component(scores: np.ndarray) -> FirstComponent:
    """The first principal component of the scores, centred and scaled.

    Args:
        scores: Shape (rows, children), no gaps, no constant child.
    """
    variances, vectors = np.linalg.eigh(np.corrcoef(scores, rowvar=False))
    loadings = vectors[:, -1]
    # The largest one decides where they add up to 0.
    sign = loadings.sum() if abs(loadings.sum()) > SAME_VARIANCE else loadings[np.argmax(np.abs(loadings).round(9))]
    alike = variances > variances[-1] - SAME_VARIANCE
    return FirstComponent(
        loadings * np.sign(sign), float(variances[-1] / len(variances)), (vectors[:, alike] ** 2).mean(axis=1)
    )


def weigh_pca(scores: np.ndarray) -> np.ndarray:
    """Squared loadings of the first principal component.

    A squared loading is the part of the component's variance that a child accounts for (Nicoletti et al. 2000;
    OECD/JRC Handbook 2008, step 6), so it is never negative, as a loading itself can be.

    Examples:
        >>> weigh_pca(np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0]])).round(9).tolist()
        [0.5, 0.5]
    """
    return first_component(scores).squared


def weigh_entropy(scores: np.ndarray) -> np.ndarray:
    """In proportion to 1 - e, where e = -sum(p ln p) / ln n is the entropy of a child's shares p of its own total.

    The more a child's scores differ in proportion, the more it weighs; a constant one weighs nothing. (Shannon 1948;
    Zeleny 1982.)

    Args:
        scores: None below 0; a child that is not constant is needed.

    Examples:
        >>> weigh_entropy(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])).tolist()
        [1.0, 0.0]
    """
    constant = is_constant(scores)
    mean = np.where(constant, 1.0, scores.mean(axis=0))
    # With d = n p - 1, (1 - e) ln n is the mean of (1 + d) ln(1 + d) - d: no difference of nearly equal numbers.
    distance = (scores - mean) / mean
    told = (special.xlog1py(scores / mean, distance) - distance).mean(axis=0)
    return _rescale(np.where(constant, 0.0, told))


def weigh_critic(scores: np.ndarray) -> np.ndarray:
    """In proportion to sd x sum(1 - r): how much a child differs, and how little others say the same.

    Scores are first rescaled so that each child runs from 0 to 1, as in the original; standard deviations are with
    n - 1, r are Pearson's correlations with the other children. (Diakoulaki, Mavrotas and Papayannakis 1995.)

    Args:
        scores: No constant child; not all moving exactly together.

    Examples:
        >>> weigh_critic(np.array([[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]])).tolist()
        [0.5, 0.5]
    """
    least, greatest = scores.min(axis=0), scores.max(axis=0)
    deviation = ((scores - least) / (greatest - least)).std(axis=0, ddof=1)
    conflict = np.maximum(1 - np.corrcoef(scores, rowvar=False), 0)
    np.fill_diagonal(conflict, 0.0)
    return _rescale(deviation * conflict.sum(axis=1))


def _rescale(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()
