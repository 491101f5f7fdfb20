"""Weights at which two regions with different children are level: a search, for no straight line leads there."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize

# How far past level a search must come, next to the spread of the values, so that the way back crosses level.
MARGIN = 1e-10


@dataclass(frozen=True)
class Pair:
    """Two regions by the values of their children; NaN where a region has none.

    With a and b the values, A and B the children each has: `lead` = sum_B(w b) sum_A(w) - sum_A(w a) sum_B(w), which
    has the sign of the second's score less the first's.
    """

    first: np.ndarray
    second: np.ndarray

    def lead(self, weights: np.ndarray) -> float:
        """How far the second is ahead of the first."""
        own, one, other, two = self.sums(weights)
        return two * own - one * other

    def slope(self, weights: np.ndarray) -> np.ndarray:
        """Derivatives of `lead` by the weights."""
        own, one, other, two = self.sums(weights)
        has_first, has_second = ~np.isnan(self.first), ~np.isnan(self.second)
        rising = np.nan_to_num(self.second) * own + two * has_first
        return rising - np.nan_to_num(self.first) * other - one * has_second

    def sums(self, weights: np.ndarray) -> tuple[float, float, float, float]:
        """For the first and then the second: the weight of its children, and their weighted sum."""
        parts = (~np.isnan(self.first), np.nan_to_num(self.first), ~np.isnan(self.second), np.nan_to_num(self.second))
        own, one, other, two = (float(weights @ part) for part in parts)
        return own, one, other, two


def nearest_level(first: np.ndarray, second: np.ndarray, weights: np.ndarray, start: np.ndarray) -> np.ndarray | None:
    """The nearest weights found at which the second region is not behind the first.

    Sequential quadratic programming from many sides, each result followed back to where the two are level.

    Args:
        first: Values of the children of the region ahead, NaN where it has none.
        second: Of the region behind.
        weights: What the distance is measured from.
        start: Weights (sum 1) to set out from: `weights` where they sum to 1 themselves.

    Returns:
        Weights with sum 1, or nothing where none were found.
    """
    if np.isnan(first).all() or np.isnan(second).all():
        return None
    spread = np.nanmax([first, second]) - np.nanmin([first, second])
    if spread == 0:
        return start
    # Only differences count, and the search runs best near 1.
    pair = Pair((first - np.nanmin([first, second])) / spread, (second - np.nanmin([first, second])) / spread)
    if pair.lead(start) >= 0:
        return start
    found = [_level_from(pair, weights, start, side) for side in _sides(start)]
    reached = [point for point in found if point is not None]
    return min(reached, key=lambda point: float(((point - weights) ** 2).sum()), default=None)


def _sides(start: np.ndarray) -> list[np.ndarray]:
    """Where to begin: near, and most of the way to all the weight on one child, or on two."""
    corners = np.eye(len(start))
    towards = [*corners, *((one + two) / 2 for place, one in enumerate(corners) for two in corners[place + 1 :])]
    return [start, *(share * corner + (1 - share) * start for corner in towards for share in (0.5, 0.95))]


def _level_from(pair: Pair, weights: np.ndarray, start: np.ndarray, side: np.ndarray) -> np.ndarray | None:
    result = minimize(
        lambda point: ((point - weights) ** 2).sum(),
        side,
        jac=lambda point: 2 * (point - weights),
        bounds=[(0.0, 1.0)] * len(side),
        constraints=[
            {"type": "eq", "fun": lambda point: point.sum() - 1, "jac": np.ones_like},
            {"type": "ineq", "fun": lambda point: pair.lead(point) - MARGIN, "jac": pair.slope},
        ],
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 200},
    )
    point = np.clip(result.x, 0, None)
    point /= point.sum()
    own, _, other, _ = pair.sums(point)
    if pair.lead(point) < 0 or min(own, other) < 1e-9:
        return None
    share = brentq(lambda part: pair.lead((1 - part) * start + part * point), 0, 1, xtol=1e-15)
    level = (1 - share) * start + share * point
    return level if pair.lead(level) >= 0 else point
