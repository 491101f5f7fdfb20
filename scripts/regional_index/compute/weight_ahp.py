"""Weights from pairwise comparisons: the analytic hierarchy process."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

# Mean consistency index of random matrices of 1 to 15 children: T. L. Saaty, The Analytic Hierarchy Process, 1980.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
MOST_INCONSISTENT = 0.1
RECIPROCAL_TOLERANCE = 1e-6

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


def check_pairwise(matrix: Matrix, names: Sequence[str] = ()) -> list[str]:
    """Everything that is wrong with a matrix of pairwise comparisons, in words; nothing if it can be used.

    Args:
        matrix: Rows of numbers, as they were written.
        names: Of the children, in the order of the rows; without them they are numbered from 1.

    Examples:
        >>> check_pairwise([[1, 3], [0.5, 1]], ["size", "skill"])
        ['size to skill is 3 and skill to size is 0.5; the second should be 1/3 (0.33333333)']
    """
    sizes = [len(row) for row in matrix]
    named = list(names) or [str(number) for number in range(1, len(sizes) + 1)]
    if not sizes or set(sizes) != {len(sizes)} or len(named) != len(sizes):
        lengths = ", ".join(map(str, sizes)) or "none"
        return [f"{len(sizes)} rows with {lengths} numbers; there should be {len(named)} rows of {len(named)}"]
    return [*_check_cells(matrix, named), *_check_reciprocals(matrix, named)]


def _check_cells(matrix: Matrix, names: list[str]) -> Iterator[str]:
    for i, row in enumerate(matrix):
        for j, number in enumerate(row):
            if not _is_ratio(number):
                yield f"{names[i]} to {names[j]} is {number:g}; it should be a number above 0"
            elif i == j and number != 1:
                yield f"{names[i]} to itself is {number:g}; it should be 1"


def _check_reciprocals(matrix: Matrix, names: list[str]) -> Iterator[str]:
    for i, j in combinations(range(len(names)), 2):
        one, other = matrix[i][j], matrix[j][i]
        if _is_ratio(one) and _is_ratio(other) and abs(one * other - 1) > RECIPROCAL_TOLERANCE:
            pair = f"{names[i]} to {names[j]} is {one:g} and {names[j]} to {names[i]} is {other:g}"
            yield f"{pair}; the second should be {_reciprocal(one)}"


def _is_ratio(number: float) -> bool:
    return bool(np.isfinite(number)) and number > 0


def _reciprocal(number: float) -> str:
    # Eight digits, for six would not be near enough to pass.
    fraction = Fraction(float(number)).limit_denominator(1000)
    exact = fraction > 0 and abs(float(fraction) - number) < 1e-9 * number
    return f"{1 / fraction} ({1 / number:.8g})" if exact else f"{1 / number:.8g}"


def _principal(matrix: Matrix) -> tuple[float, np.ndarray]:
    """The largest eigenvalue and its vector, which is positive for a positive matrix (Perron)."""
    values, vectors = np.linalg.eig(np.asarray(matrix, dtype=float))
    first = int(np.argmax(np.real(values)))
    vector = np.abs(np.real(vectors[:, first]))
    return float(np.real(values[first])), vector / vector.sum()
