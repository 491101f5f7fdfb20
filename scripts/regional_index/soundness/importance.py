"""Importance of each child: how much of the differences in a score it accounts for, whatever its weight."""

import numpy as np
import pandas as pd
from scipy.interpolate import CubicSpline
from scipy.optimize import minimize_scalar

LEAST_ROWS = 5
MOST_KNOTS = 10
# Scores that are equal but for the last bits of their sums.
NO_SPREAD = 1e-12
# Each degree of freedom counts as 1.4, for plain cross-validation, as in SciPy's make_smoothing_spline, follows the
# noise now and then where rows are few (Kim and Gu 2004, Journal of the Royal Statistical Society B 66).
INFLATION = 1.4


def implied_importance(scores: pd.Series, children: pd.DataFrame) -> pd.DataFrame:
    """Part of the variance of a node's score that goes with each of its children.

    The correlation ratio Var(E(score | child)) / Var(score), its inner mean estimated by a penalised cubic regression
    spline (Paruolo, Saisana and Saltelli 2013; Becker, Saisana, Paruolo and Vandecasteele 2017, Ecological Indicators
    80). It need not agree with the weights, and as children are correlated it need not sum to 1.

    Args:
        scores: The score of the node, a row for each region.
        children: The scores of its children on the same rows. Each is compared over the rows where it is there.

    Returns:
        A row for each child: `part` (its code), `linear` (squared correlation), `nonlinear` (correlation ratio, never
        less than `linear`), both 0-1; `share` (`nonlinear` divided by its sum over the children); `rows`; `note`. A
        constant child has 0 and says so. Missing, with a note, for fewer than five rows or where the score is
        constant. For a child without any bearing `linear` is 1 / (rows - 1) on average, and `nonlinear` hardly more.
    """
    found = [(code, *_importance(pd.concat([children[code], scores], axis=1).dropna())) for code in children.columns]
    table = pd.DataFrame(found, columns=["part", "linear", "nonlinear", "rows", "note"])
    total = table["nonlinear"].sum()
    return table.assign(share=table["nonlinear"] / total if total > 0 else np.nan)


def _importance(pairs: pd.DataFrame) -> tuple[float, float, int, str]:
    rows = len(pairs)
    if rows < LEAST_ROWS:
        return np.nan, np.nan, rows, f"{rows} rows have both; {LEAST_ROWS} are needed"
    x, y = pairs.to_numpy(dtype=float).T
    if np.ptp(y) <= NO_SPREAD * np.abs(y).max():
        return np.nan, np.nan, rows, "the score is constant"
    if np.ptp(x) <= NO_SPREAD * np.abs(x).max():
        return 0.0, 0.0, rows, "constant"
    y = (y - y.mean()) / y.std()
    x = (x - x.min()) / (x.max() - x.min())
    linear = float(np.clip(np.corrcoef(x, y)[0, 1] ** 2, 0, 1))
    return linear, float(np.clip(fit_spline(x, y).var(), linear, 1)), rows, ""


def fit_spline(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Values at x of a natural cubic regression spline through y, as smooth as cross-validation asks for.

    Knots are at most ten of the distinct x, evenly spread over them, and no more than a third of the rows; the
    penalty is the integral of the squared second derivative, its factor chosen by generalised cross-validation
    (Wood 2017, Generalized Additive Models, 5.3.1).

    Args:
        x: At least two distinct values.
        y: As many values.
    """
    distinct = np.unique(x)
    count = min(MOST_KNOTS, len(distinct), max(2, len(x) // 3))
    if count == 2:
        return np.polyval(np.polyfit(x, y, 1), x)
    knots = distinct[np.linspace(0, len(distinct) - 1, count).round().astype(int)]
    cardinal = CubicSpline(knots, np.eye(count), bc_type="natural")
    orthogonal, triangle = np.linalg.qr(cardinal(x))
    inverse = np.linalg.inv(triangle)
    bends, axes = np.linalg.eigh(inverse.T @ _roughness(knots, cardinal(knots, 2)) @ inverse)
    # Straight lines, two of the axes, have no bend; what is left of it is rounding.
    bends[:2] = 0.0
    axes = orthogonal @ axes
    factors = axes.T @ y
    return axes @ (factors * _shrinkage(bends, factors, y))


def _roughness(knots: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Integrals of products of second derivatives, which run straight from knot to knot."""
    steps = np.diff(knots)
    masses = np.diag(np.r_[steps, 0.0] / 3 + np.r_[0.0, steps] / 3) + np.diag(steps / 6, 1) + np.diag(steps / 6, -1)
    return second.T @ masses @ second


def _shrinkage(bends: np.ndarray, factors: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The multiplier of each axis: 1 for a straight line, less the more an axis bends."""
    unexplained = max(float(y @ y - factors @ factors), 0.0)

    def score(log_factors: np.ndarray) -> np.ndarray:
        shrunk = 1 / (1 + np.multiply.outer(10**log_factors, bends))
        freedom = len(y) - INFLATION * shrunk.sum(axis=-1)
        residual = unexplained + ((factors * (1 - shrunk)) ** 2).sum(axis=-1)
        return np.where(freedom > 0, residual / freedom**2, np.inf)

    middle = -np.log10(bends[bends > 0])
    grid = np.linspace(middle.min() - 4, middle.max() + 4, 161)
    best = grid[np.argmin(score(grid))]
    step = grid[1] - grid[0]
    fine = minimize_scalar(score, bounds=(best - step, best + step), method="bounded", options={"xatol": 1e-6}).x
    return 1 / (1 + 10 ** min(fine, best, key=score) * bends)
