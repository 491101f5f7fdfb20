"""Weights from pairwise comparisons: the analytic hierarchy process."""

from collections.abc import Sequence

import numpy as np

# Mean consistency index of random matrices of 1 to 15 children: T. L. Saaty, The Analytic Hierarchy Process, 1980.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
MOST_INCONSISTENT = 0.1

Matrix = Sequence[Sequence[float]] | np.ndarray


def weigh_ahp(matrix: Matrix) -> np.ndarray:
    """The principal eigenvector of a matrix of pairwise comparisons, summing to 1.

    (OECD/JRC Handbook 2008, step 6; Saaty 1980.)

    Args:
        matrix: Shape (children, children); row i, column j says how many times child i counts as much as child j.

    Examples:
        >>> weigh_ahp([[1, 3], [1 / 3, 1]]).round(9).tolist()
        [0.75, 0.25]
    """
    return _principal(matrix)[1]


def consistency_index(matrix: Matrix) -> float:
    """(largest eigenvalue - k) / (k - 1), 0 where the comparisons agree with each other; 0 for one or two children."""
    size = len(matrix)
    if size <= 2:
        return 0.0
    return max(0.0, (_principal(matrix)[0] - size) / (size - 1))


def consistency_ratio(matrix: Matrix) -> float:
    """The consistency index as a part of that of random comparisons; up to 0.1 counts as consistent.

    Saaty's random indices end at 15 children. For more, the last one is taken; it grows slowly, so that the ratio
    comes out a little too large rather than too small.

    Examples:
        >>> round(consistency_ratio([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]), 9)
        0.0
    """
    size = len(matrix)
    return consistency_index(matrix) / RANDOM_INDEX[min(size, len(RANDOM_INDEX)) - 1] if size > 2 else 0.0


def _principal(matrix: Matrix) -> tuple[float, np.ndarray]:
    """The largest eigenvalue and its vector, which is positive for a positive matrix (Perron)."""
    values, vectors = np.linalg.eig(np.asarray(matrix, dtype=float))
    first = int(np.argmax(np.real(values)))
    vector = np.abs(np.real(vectors[:, first]))
    return float(np.real(values[first])), vector / vector.sum()
