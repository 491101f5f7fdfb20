"""Matrix products in pieces so small that one thread makes each."""

import numpy as np

# OpenBLAS takes several threads from here on. They wait for each other with the processor busy: where another process
# has one of the cores, a product takes a hundred times as long, and where none has, hardly less than by one thread.
LARGEST = 2**18
FEWEST_ROWS = 8


def multiply(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The product of two matrices.

    Args:
        left: Shape (m, k).
        right: Shape (k, n), any numbers or yes and no.

    Returns:
        Shape (m, n), floats.

    Examples:
        >>> multiply(np.array([[1.0, 2.0]]), np.array([[True, False], [True, True]]))
        array([[3., 2.]])
    """
    (m, depth), n = left.shape, right.shape[1]
    right = right.astype(float, copy=False)
    columns = min(max(1, LARGEST // (FEWEST_ROWS * max(depth, 1))), max(n, 1))
    rows = max(FEWEST_ROWS, LARGEST // (max(depth, 1) * columns))
    product = np.empty((m, n))
    for row in range(0, m, rows):
        for column in range(0, n, columns):
            piece = slice(row, row + rows), slice(column, column + columns)
            np.matmul(left[piece[0]], right[:, piece[1]], out=product[piece])
    return product
