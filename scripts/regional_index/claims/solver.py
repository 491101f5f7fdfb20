"""Linear and mixed-integer programmes, solved by HiGHS: to the end, or not at all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from regional_index.claims.sheet import ALWAYS, Expression, Sheet, Variable
from regional_index.errors import NotComputed

# Times the width of the scores still below GAP, so that a switch that is not quite 0 hides no gap. With 1e-9 HiGHS 1.16
# called a programme infeasible that was not.
TOLERANCE = 1e-7


class SolverError(NotComputed):
    """A solver failed or stopped before the end."""


@dataclass(frozen=True)
class Solution:
    """The best value of an objective, and a table that has it.

    For programmes with yes-or-no variables `bound` is what the solver proved nothing can surpass.
    """

    value: float
    bound: float
    values: Mapping[Variable, float]


class _QuietHighs(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802
        """Enable none: HiGHS would greet on standard output."""


class Programme:
    """The rows of a sheet as a programme that can be solved for several objectives and several sets of claims."""

    def __init__(self, sheet: Sheet) -> None:
        self._variables = list(sheet.bounds)
        self._place = {variable: place for place, variable in enumerate(self._variables)}
        self._rows = sheet.rows
        self._has_switches = bool(sheet.binaries)
        self._highs = _QuietHighs()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        _check(self._highs.passModel(self._model(sheet)))

    def enforce(self, claims: Collection[str]) -> None:
        """From now on only the rows of these claims are in force."""
        wanted = [bool({ALWAYS, *claims} & row.claims) for row in self._rows]
        lower = [row.lower if on else -np.inf for row, on in zip(self._rows, wanted, strict=True)]
        upper = [row.upper if on else np.inf for row, on in zip(self._rows, wanted, strict=True)]
        places = np.arange(len(self._rows), dtype=np.int32)
        # highspy has it, its type stubs do not.
        _check(self._highs.changeRowsBounds(len(places), places, np.array(lower), np.array(upper)))  # pyright: ignore

    def is_feasible(self) -> bool:
        """Whether there is a table that all rows in force allow."""
        return self.solve({}, maximise=False) is not None

    def confirm_infeasible(self) -> None:
        """Make sure, without presolve, that no table is allowed; slower, and another path through the solver.

        Raises:
            SolverError: There is one after all.
        """
        self._highs.setOptionValue("presolve", "off")
        try:
            if self.is_feasible():
                raise SolverError("HiGHS found claims impossible with presolve and possible without")
        finally:
            self._highs.setOptionValue("presolve", "choose")

    def least(self, objective: Expression) -> Solution | None:
        """The table with the least value of an objective; nothing if no table is allowed."""
        return self.solve(objective, maximise=False)

    def greatest(self, objective: Expression) -> Solution | None:
        """The table with the greatest value of an objective; nothing if no table is allowed."""
        return self.solve(objective, maximise=True)

    def solve(self, objective: Expression, *, maximise: bool) -> Solution | None:
        """The table with the best value of an objective; nothing if no table is allowed.

        Raises:
            SolverError: HiGHS failed or stopped early.
        """
        costs = np.zeros(len(self._variables))
        for variable, factor in objective.items():
            costs[self._place[variable]] = factor
        places = np.arange(len(costs), dtype=np.int32)
        _check(self._highs.changeColsCost(len(costs), places, costs))
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        _check(self._highs.changeObjectiveSense(sense))
        _check(self._highs.run())
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"HiGHS stopped with status {self._highs.modelStatusToString(status)}")
        info = self._highs.getInfo()
        value = info.objective_function_value
        found = dict(zip(self._variables, self._highs.getSolution().col_value, strict=True))
        return Solution(value, info.mip_dual_bound if self._has_switches else value, found)

    def _model(self, sheet: Sheet) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._variables), len(self._rows)
        model.col_cost_ = np.zeros(len(self._variables))
        model.col_lower_ = np.array([sheet.bounds[variable][0] for variable in self._variables], dtype=float)
        model.col_upper_ = np.array([sheet.bounds[variable][1] for variable in self._variables], dtype=float)
        model.row_lower_ = np.array([row.lower for row in self._rows], dtype=float)
        model.row_upper_ = np.array([row.upper for row in self._rows], dtype=float)
        starts = np.cumsum([0, *(len(row.expression) for row in self._rows)], dtype=np.int32)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        places = [self._place[variable] for row in self._rows for variable in row.expression]
        model.a_matrix_.index_ = np.array(places, dtype=np.int32)
        factors = [factor for row in self._rows for factor in row.expression.values()]
        model.a_matrix_.value_ = np.array(factors, dtype=float)
        if self._has_switches:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[variable in sheet.binaries] for variable in self._variables]
        return model


_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": TOLERANCE,
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
}


def _check(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused a programme")
