"""Matrix products in pieces."""

import numpy as np
import pytest

from regional_index.method.products import LARGEST, multiply


@pytest.mark.parametrize(
    "shape", [(3, 4, 5), (1, 1, 1), (0, 3, 2), (3, 0, 2), (2, 3, 0), (301, 7, 2000), (19, 40_000, 3)]
)
def test_pieces_make_the_whole_product(shape: tuple[int, int, int]) -> None:
    """Whichever of the three sizes is cut, and whatever is left over at the ends."""
    m, k, n = shape
    random = np.random.default_rng(1)
    left, right = random.normal(size=(m, k)), random.normal(size=(k, n))
    np.testing.assert_allclose(multiply(left, right), left @ right, rtol=0, atol=1e-9)


def test_no_piece_is_so_large_that_several_threads_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would wait for each other longer than they compute."""
    sizes: list[int] = []
    whole = np.matmul

    def noting(left: np.ndarray, right: np.ndarray, out: np.ndarray) -> np.ndarray:
        sizes.append(left.size * right.shape[1])
        return whole(left, right, out=out)

    monkeypatch.setattr(np, "matmul", noting)
    multiply(np.ones((100, 500)), np.ones((500, 300)))
    assert len(sizes) > 1
    assert max(sizes) <= LARGEST
