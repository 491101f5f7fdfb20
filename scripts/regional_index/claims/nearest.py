"""The table that all claims allow and that is nearest to what is expected: least squares, solved by Clarabel.

Claims that count leave a choice of sides open. It is made by outer approximation: a mixed-integer programme, in which
tangents stand for the squares, proposes sides and a bound; with the sides fixed the squares are a convex problem; its
solution gives new tangents. That goes on until no other sides can be nearer, but for a hundredth of the sum of squares.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

import clarabel
import numpy as np
import pandas as pd
from scipy import sparse

from regional_index.claims.sheet import Expression, Row, Sheet, Variable, add_up
from regional_index.claims.solver import Programme, SolverError

# Where the squares have tangents from the start; further ones follow.
TANGENTS = (-40, -20, -10, -5, -2, 0, 2, 5, 10, 20, 40)
ROUNDS = 100
# Sides are good enough when no others can have a sum of squares that is less by this share.
SAME = 0.01
Place = tuple[str, str]
"""An index and a region."""


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

    def least_squares(fixed: Mapping[Variable, float]) -> dict[Variable, float]:
        return _least_squares(extended, fixed, apart, start, ridge)

    found = _over_all_sides(extended, apart, start, least_squares) if extended.binaries else least_squares({})
    return {index: pd.Series({region: found["score", index, region] for region in regions}) for index in expected}


def _apart(sheet: Sheet, index: str, region: str, expected: Expectation) -> Expression:
    """Score less expectation; `expected.start` is taken off later."""
    parameters = {}
    for name, factor in expected.basis.loc[region].items():
        variable = ("parameter", index, str(name))
        sheet.bounds.setdefault(variable, (expected.least[str(name)], inf))
        parameters[variable] = float(factor)
    return add_up((1.0, sheet.score(index, region)), (-1.0, parameters))


def _over_all_sides(
    sheet: Sheet,
    apart: Mapping[Place, Expression],
    start: Mapping[Place, float],
    least_squares: Callable[[Mapping[Variable, float]], dict[Variable, float]],
) -> dict[Variable, float]:
    """The least squares over all choices of sides.

    Raises:
        SolverError: No choice is possible, or the best one was not found in `ROUNDS` rounds.
    """
    bounding = sheet.copy()
    for place, expression in apart.items():
        bounding.bounds["square", *place] = (0.0, inf)
        for distance in TANGENTS:
            _add_tangent(bounding, place, expression, start[place], distance)
    squares = {("square", *place): 1.0 for place in apart}
    best, nearest, seen = inf, {}, set()
    for _ in range(ROUNDS):
        proposed = Programme(bounding).least(squares)
        if proposed is None:
            raise SolverError("the claims cannot all hold; estimates need a set of claims that can")
        sides = {switch: float(round(proposed.values[switch])) for switch in sheet.binaries}
        known = tuple(sorted(switch for switch, side in sides.items() if side))
        if known in seen or proposed.bound >= best * (1 - SAME):
            return nearest
        seen.add(known)
        solved = least_squares(sides)
        distances = {place: _value(expression, solved) - start[place] for place, expression in apart.items()}
        whole = sum(distance**2 for distance in distances.values())
        if whole < best:
            best, nearest = whole, solved
        for place, expression in apart.items():
            _add_tangent(bounding, place, expression, start[place], distances[place])
    raise SolverError(f"the nearest table was not found in {ROUNDS} rounds")


def _add_tangent(sheet: Sheet, place: Place, expression: Expression, start: float, at: float) -> None:
    """Require square >= 2 · at · (expression - start) - at², which all squares do."""
    row = add_up((1.0, {("square", *place): 1.0}), (-2 * at, expression))
    sheet.require(row, lower=-2 * at * start - at**2)


def _value(expression: Expression, values: Mapping[Variable, float]) -> float:
    return sum(factor * values[variable] for variable, factor in expression.items())


def _least_squares(
    sheet: Sheet,
    fixed: Mapping[Variable, float],
    apart: Mapping[Place, Expression],
    start: Mapping[Place, float],
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
