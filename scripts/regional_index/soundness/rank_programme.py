"""How few or how many regions can be ahead of one: mixed-integer linear programmes, solved by HiGHS."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from regional_index.soundness.weight_box import WeightBox

# A region is ahead when its score is higher by more than this; a solver cannot tell less from rounding.
AHEAD = 1e-7
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    # Regions are counted, so half a region of gap is none.
    "mip_abs_gap": 0.5,
    "mip_rel_gap": 0.0,
    # Times the range of the scores still below AHEAD, so that a switch that is not quite 0 hides nobody.
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    # The programmes are small: with searches for good weights, cuts, presolve and tried branches they take seven times
    # as long.
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_allow_cut_separation_at_nodes": False,
    "presolve": "off",
    "mip_pscost_minreliable": 0,
}


@dataclass(frozen=True)
class Extreme:
    """The most or the fewest regions ahead of one.

    Attributes:
        count: How many; proven.
        weights: Of the parts of the box, for which it is so.
    """

    count: int
    weights: np.ndarray


class _QuietHighs(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802
        """Enable none: HiGHS would greet on standard output."""


def fewest_ahead(box: WeightBox, leads: np.ndarray) -> Extreme:
    """The weights in a box for which the fewest regions are ahead.

    With V a part's share of the whole and T how much its parent's share is rescaled, all is linear: V is least x T and
    some more, up to most x T; V of the parts below a part sum to its own, and a region's lead is the sum of V x lead.
    A switch for every region says that it may be ahead.

    Args:
        box: The tree.
        leads: By how much each region is better on each leaf of the box, shape (regions, leaves).

    Raises:
        RuntimeError: The solver stopped before the end.
    """
    most = np.maximum(box.ranges(leads, leads)[1][:, 0], 0.0) * (1 + 1e-9)
    return _solve(box, leads, -most, np.full(len(leads), -np.inf), np.zeros(len(leads)), maximise=False)


def most_ahead(box: WeightBox, leads: np.ndarray) -> Extreme:
    """The weights in a box for which the most regions are ahead; see `fewest_ahead`."""
    least = box.ranges(leads, leads)[0][:, 0]
    least = least - 1e-9 * np.abs(least)
    return _solve(box, leads, least - AHEAD, least, np.full(len(leads), np.inf), maximise=True)


def _solve(
    box: WeightBox, leads: np.ndarray, switch: np.ndarray, lower: np.ndarray, upper: np.ndarray, *, maximise: bool
) -> Extreme:
    """Count the switches that are on, under lower <= lead + switch x on <= upper."""
    parts, families, regions = len(box.parent), len(box.families), len(leads)
    surplus, scale = _terms(box)
    shares, room = surplus + box.least[:, None] * scale, surplus - (box.most - box.least)[:, None] * scale
    sums = np.array([shares[below].sum(axis=0) - shares[part] for part, below in box.families.items()])
    rows = np.zeros((families + parts - 1 + regions, parts + families + regions))
    rows[:, : parts + families] = np.vstack([sums, room[1:], leads @ shares[box.leaves]])
    rows[-regions:, parts + families :] = np.diag(switch)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = rows.shape[1], rows.shape[0]
    model.col_cost_ = np.r_[np.zeros(parts + families), np.ones(regions)]
    model.col_lower_ = np.r_[1.0, np.zeros(parts + families + regions - 1)]
    model.col_upper_ = np.r_[np.ones(parts), np.full(families, np.inf), np.ones(regions)]
    model.row_lower_ = np.r_[np.zeros(families), np.full(parts - 1, -np.inf), lower]
    model.row_upper_ = np.r_[np.zeros(families + parts - 1), upper]
    matrix = csr_array(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[place >= parts + families] for place in range(rows.shape[1])]
    model.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
    count, values = _run(model)
    return Extreme(count, _weights(box, values))


def _terms(box: WeightBox) -> tuple[np.ndarray, np.ndarray]:
    """For every part, which variable says how much V is more than least x T, and which one is T."""
    shape = len(box.parent), len(box.parent) + len(box.families)
    surplus, scale = np.eye(*shape), np.zeros(shape)
    for number, below in enumerate(box.families.values(), len(box.parent)):
        scale[below, number] = 1.0
    return surplus, scale


def _run(model: highspy.HighsLp) -> tuple[int, np.ndarray]:
    highs = _QuietHighs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.passModel(model)
    highs.run()
    status = highs.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS stopped with status {highs.modelStatusToString(status)}")
    return round(highs.getInfo().objective_function_value), np.array(highs.getSolution().col_value)


def _weights(box: WeightBox, values: np.ndarray) -> np.ndarray:
    """Weights before they are rescaled: the least, and what the share is more by scale of the family."""
    weights = box.nominal.copy()
    for number, below in enumerate(box.families.values(), len(box.parent)):
        if values[number] > 0:
            more = values[below] / values[number]
            weights[below] = np.clip(box.least[below] + more, box.least[below], box.most[below])
    return weights
