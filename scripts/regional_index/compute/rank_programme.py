"""How few or how many regions can be ahead of one: mixed-integer linear programmes, solved by HiGHS."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from regional_index.compute.weight_box import WeightBox

# A region is ahead when its score is higher by more than this; a solver cannot tell less from rounding.
AHEAD = 1e-7
_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    # Regions are counted, so half a region of gap is none.
    "mip_abs_gap": 0.5,
    "mip_rel_gap": 0.0,
    # Times the range of the scores still below AHEAD, so that a switch that is not quite 0 hides nobody.
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
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

    With V a part's share of the whole and T how much its parent's share is rescaled, all is linear: V of the parts
    below a part sum to its own, least x T <= V <= most x T, and a region's lead is the sum of V x lead. A switch
    for every region says that it may be ahead.

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
    tree, tree_lower, tree_upper = _tree_rows(box)
    compare = np.zeros((regions, parts + families + regions))
    compare[:, box.leaves] = leads
    compare[np.arange(regions), parts + families + np.arange(regions)] = switch
    rows = np.vstack([np.hstack([tree, np.zeros((len(tree), regions))]), compare])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = rows.shape[1], rows.shape[0]
    model.col_cost_ = np.r_[np.zeros(parts + families), np.ones(regions)]
    model.col_lower_ = np.r_[1.0, np.zeros(parts + families + regions - 1)]
    model.col_upper_ = np.r_[np.ones(parts), np.full(families, np.inf), np.ones(regions)]
    model.row_lower_, model.row_upper_ = np.r_[tree_lower, lower], np.r_[tree_upper, upper]
    matrix = csr_array(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[place >= parts + families] for place in range(rows.shape[1])]
    model.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
    count, values = _run(model)
    return Extreme(count, _weights(box, values))


def _tree_rows(box: WeightBox) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts = len(box.parent)
    rows, lower, upper = [], [], []
    for number, (part, below) in enumerate(box.families.items()):
        total = np.zeros(parts + len(box.families))
        total[below], total[part] = 1.0, -1.0
        rows.append(total)
        lower.append(0.0)
        upper.append(0.0)
        for child in below:
            for bound, least, most in ((box.least, 0.0, np.inf), (box.most, -np.inf, 0.0)):
                row = np.zeros(parts + len(box.families))
                row[child], row[parts + number] = 1.0, -bound[child]
                rows.append(row)
                lower.append(least)
                upper.append(most)
    return np.array(rows), np.array(lower), np.array(upper)


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
    """Weights before they are rescaled: share of the whole by scale of the family; within their bounds."""
    weights = box.nominal.copy()
    scales = values[len(box.parent) :]
    for number, below in enumerate(box.families.values()):
        if scales[number] > 0:
            weights[below] = np.clip(values[below] / scales[number], box.least[below], box.most[below])
    return weights
