"""The table that all claims allow and that is nearest to what is expected: a quadratic programme, solved by Clarabel.

Claims that count leave a choice of sides open. It is made first, by the mixed-integer programme that has the least sum
of absolute distances; with the sides fixed, the least sum of squares is a convex problem with one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import clarabel
import numpy as np
import pandas as pd
from scipy import sparse

from regional_index.claims.sheet import Expression, Row, Sheet, Variable, add_up
from regional_index.claims.solver import Programme, SolverError


@dataclass(frozen=True)
class Expectation:
    """Scores that one expects, up to parameters that the claims themselves decide: start + basis · parameters.

    Attributes:
        start: What is expected of each region with all parameters 0.
        basis: One column a parameter, indexed by region.
        least: Lower bound of each parameter.
        ridge: Weight of each parameter's square, so that what the claims leave open is decided evenly.
    """

    start: pd.Series
    basis: pd.DataFrame
    least: Mapping[str, float]
    ridge: Mapping[str, float]


def find_nearest(sheet: Sheet, expected: Mapping[str, Expectation]) -> dict[str, pd.Series]:
    """The scores nearest to what is expected among those that the sheet allows.

    Args:
        sheet: What is allowed.
        expected: By index; all indices are found together, for claims may compare them.

    Returns:
        By index, the scores by region.

    Raises:
        SolverError: There is no such table, or a solver stopped before it was found.
    """
    extended = sheet.copy()
    regions = list(sheet.universe.regions)
    apart = {(index, r): _apart(extended, index, r, e) for index, e in expected.items() for r in regions}
    start = {(index, r): float(e.start[r]) for index, e in expected.items() for r in regions}
    ridge = {("parameter", index, name): weight for index, e in expected.items() for name, weight in e.ridge.items()}
    fixed = _choose_sides(extended, apart, start)
    found = _least_squares(extended, fixed, apart, start, ridge)
    return {index: pd.Series({region: found["score", index, region] for region in regions}) for index in expected}


def _apart(sheet: Sheet, index: str, region: str, expected: Expectation) -> Expression:
    """Score less expectation; `expected.start` is taken off later."""
    parameters = {}
    for name, factor in expected.basis.loc[region].items():
        variable = ("parameter", index, str(name))
        sheet.bounds.setdefault(variable, (expected.least[str(name)], inf))
        parameters[variable] = float(factor)
    return add_up((1.0, sheet.score(index, region)), (-1.0, parameters))


def _choose_sides(
    sheet: Sheet, apart: Mapping[tuple[str, str], Expression], start: Mapping[tuple[str, str], float]
) -> dict[Variable, float]:
    if not sheet.binaries:
        return {}
    extended = sheet.copy()
    distances: Expression = {}
    for place, expression in apart.items():
        distance = ("distance", *place)
        extended.bounds[distance] = (0.0, inf)
        distances[distance] = 1.0
        extended.require(add_up((1.0, {distance: 1.0}), (-1.0, expression)), lower=-start[place])
        extended.require(add_up((1.0, {distance: 1.0}), (1.0, expression)), lower=start[place])
    solution = Programme(extended).least(distances)
    if solution is None:
        raise SolverError("the claims cannot all hold; estimates need a set of claims that can")
    return {switch: float(round(solution.values[switch])) for switch in sheet.binaries}


def _least_squares(
    sheet: Sheet,
    fixed: Mapping[Variable, float],
    apart: Mapping[tuple[str, str], Expression],
    start: Mapping[tuple[str, str], float],
    ridge: Mapping[Variable, float],
) -> dict[Variable, float]:
    variables = list(sheet.bounds)
    place = {variable: number for number, variable in enumerate(variables)}
    distances = _matrix(list(apart.values()), place)
    quadratic = 2 * (distances.T @ distances + sparse.diags([ridge.get(variable, 0.0) for variable in variables]))
    linear = -2 * distances.T @ np.array(list(start.values()))
    bounds = {**sheet.bounds, **{switch: (value, value) for switch, value in fixed.items()}}
    rows = [*sheet.rows, *(Row({variable: 1.0}, *ends, set()) for variable, ends in bounds.items())]
    solution = _solve(sparse.triu(quadratic, format="csc"), linear, *_cones(rows, place))
    return dict(zip(variables, solution, strict=True))


def _cones(rows: list[Row], place: Mapping[Variable, int]) -> tuple[sparse.csc_matrix, np.ndarray, list[object]]:
    """Rows as Clarabel takes them: A z + s = b with s = 0 first, then s >= 0."""
    equal = [row for row in rows if row.lower == row.upper]
    upper = [row for row in rows if row.lower != row.upper and row.upper < inf]
    lower = [row for row in rows if row.lower != row.upper and row.lower > -inf]
    matrix = sparse.vstack(
        [
            _matrix([row.expression for row in equal], place),
            _matrix([row.expression for row in upper], place),
            -_matrix([row.expression for row in lower], place),
        ],
        format="csc",
    )
    limits = np.array([*(r.upper for r in equal), *(r.upper for r in upper), *(-r.lower for r in lower)])
    return matrix, limits, [clarabel.ZeroConeT(len(equal)), clarabel.NonnegativeConeT(len(upper) + len(lower))]


def _matrix(expressions: list[Expression], place: Mapping[Variable, int]) -> sparse.csr_matrix:
    entries = [(line, place[v], factor) for line, e in enumerate(expressions) for v, factor in e.items()]
    lines, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_matrix((factors, (lines, columns)), shape=(len(expressions), len(place)))


def _solve(
    quadratic: sparse.csc_matrix,
    linear: np.ndarray,
    matrix: sparse.csc_matrix,
    limits: np.ndarray,
    cones: list[object],
) -> list[float]:
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    solution = clarabel.DefaultSolver(quadratic, linear, matrix, limits, cones, settings).solve()
    if solution.status != clarabel.SolverStatus.Solved:
        raise SolverError(f"Clarabel stopped with status {solution.status}")
    return list(solution.x)
