"""The rules of aggregation on plain arrays (OECD/JRC Handbook 2008, step 7), by their names in `AGGREGATE`.

Every rule is called as `rule(children, weights, years=..., **options)`, for the scores that are shown as for thousands
of draws of the weights.

- `children`: k arrays of shape (1, n), or (d, n) where a child differs from draw to draw; NaN where missing. n is
  regions x years, the years of one region side by side.
- `weights`: shape (d, k), 0 or more; they need not sum to 1, and a child of weight 0 is as good as absent.
- The result has shape (d, n): NaN where no child of positive weight is present, and where the rule has no value
  (`check_children` says where).
"""

from collections.abc import Callable, Sequence

import numpy as np

from regional_index.method.copeland import aggregate_copeland
from regional_index.method.means import (
    aggregate_arithmetic,
    aggregate_generalised_mean,
    aggregate_geometric,
    aggregate_harmonic,
    columns_of,
    shape_of,
)

Kernel = Callable[..., np.ndarray]


def aggregate_weakest_link(children: Sequence[np.ndarray], weights: np.ndarray, *, years: int = 1) -> np.ndarray:
    """The least of the children present; of their weights it matters only which are above 0.

    Examples:
        >>> aggregate_weakest_link([np.array([[4.0, 7.0]]), np.array([[9.0, np.nan]])], np.array([[0.9, 0.1]]))
        array([[4., 7.]])
    """
    least = np.full(shape_of(children, weights), np.nan)
    for child, weight in zip(children, columns_of(weights), strict=True):
        np.fmin(least, child if (weight > 0).all() else np.where(weight > 0, child, np.nan), out=least)
    return least


def aggregate_mazziotta_pareto(
    children: Sequence[np.ndarray], weights: np.ndarray, *, penalty: str = "downward", years: int = 1
) -> np.ndarray:
    """Mean of the children present with a penalty for their imbalance: M - S cv, where cv = S / M.

    M is the weighted mean of a region's children, S their weighted standard deviation: of the population, that is,
    the squares are weighted as M is and divided by the sum of the weights. De Muro, Mazziotta & Pareto (2011),
    Composite indices of development and poverty, Social Indicators Research 104, 1-18; with weights: Mazziotta &
    Pareto (2022), Weighting in composite indices construction, Rivista italiana di economia, demografia e statistica.
    They scale indicators to mean 100 and standard deviation 10 first (normalise: z-score).

    Args:
        children: k arrays of shape (1, n) or (d, n).
        weights: Shape (d, k).
        penalty: `downward` where more is better (M - S cv), `upward` where less is (M + S cv).
        years: Without effect.

    Returns:
        Shape (d, n); NaN where M is not above 0, for want of a cv, unless all children are 0.

    Examples:
        >>> aggregate_mazziotta_pareto([np.array([[60.0]]), np.array([[100.0]])], np.array([[1.0, 1.0]]))
        array([[75.]])
    """
    mean = aggregate_arithmetic(children, weights)
    squares, present = np.zeros_like(mean), np.zeros_like(mean)
    for child, weight in zip(children, columns_of(weights), strict=True):
        here = weight * ~np.isnan(child)
        squares += here * np.where(here > 0, child - mean, 0.0) ** 2
        present += here
    with np.errstate(invalid="ignore", divide="ignore"):
        imbalance = np.where((mean == 0) & (squares == 0), 0.0, squares / present / np.where(mean > 0, mean, np.nan))
    return mean - imbalance if penalty == "downward" else mean + imbalance


AGGREGATE: dict[str, Kernel] = {
    "arithmetic": aggregate_arithmetic,
    "geometric": aggregate_geometric,
    "harmonic": aggregate_harmonic,
    "generalised-mean": aggregate_generalised_mean,
    "copeland": aggregate_copeland,
    "weakest-link": aggregate_weakest_link,
    "mazziotta-pareto": aggregate_mazziotta_pareto,
}
