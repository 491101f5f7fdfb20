"""The best and the worst rank that a region can have with any weights near the declared ones."""

from collections.abc import Mapping

import highspy
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from regional_index.framework import Framework
from regional_index.method.rank import ranks_of
from regional_index.method.rules import aggregation_of
from regional_index.soundness.flips import order_values
from regional_index.soundness.weight_box import WeightBox, make_box

COLUMNS = ["region", "rank", "best", "worst", "best_found", "worst_found", "exact"]
DRAWS = 2000
# A region is ahead when its score is higher by more than this; a solver cannot tell less from rounding.
AHEAD = 1e-7
# Not by SciPy's `milp`: its copy of HiGHS does not know all of these, prints to standard output and is slower.
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    # Regions are counted, so half a region of gap is none.
    "mip_abs_gap": 0.5,
    "mip_rel_gap": 0.0,
    # Times the range of the scores still below AHEAD, so that a switch that is not quite 0 hides no region.
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


def rank_limits(
    normalised: pd.DataFrame,
    scores: pd.DataFrame,
    weights: Mapping[str, pd.Series],
    framework: Framework,
    code: str,
    *,
    width: float,
) -> pd.DataFrame:
    """The best and the worst rank of every region that any weights near the declared ones allow, ties included.

    Every weight w may be anything from w (1 - width) to w (1 + width); then those of the children of a node are
    rescaled to sum to 1. Where the node and all below it are arithmetic means the weights of every level vary, else
    those of its own children alone. Where all regions have the same children the limits are those of a mixed-integer
    linear programme, and exact. A region that lacks some is compared by the least and the greatest value that could
    fill the gap, which gives limits that may be too wide. Which region has a score of which node is not decided again.

    Args:
        normalised: Scores of the indicators in one year; regions as rows.
        scores: Scores of the nodes, on the same rows. Regions without one of this node are not ranked.
        weights: Weights of the children of every node.
        framework: Tree and rules of aggregation.
        code: The node.
        width: Part of each weight, 0-1.

    Returns:
        Columns `region, rank, best, worst, best_found, worst_found, exact`: no weights give a rank outside `best` to
        `worst`; there are weights that give `best_found` and `worst_found`; `exact` where the two agree.

    Raises:
        LookupFailed: The node is not aggregated by a mean.
        DataError: A child is negative where the mean has no value for it.
        ValueError: The width is not between 0 and 1.
    """
    if not 0 <= width <= 1:
        raise ValueError(f"width {width}: weights may change by a part of themselves, from 0 to 1")
    box, ways = make_box(framework, weights, code, width)
    ranked = scores.index[scores[code].notna()]
    table = pd.concat([normalised, scores], axis=1).loc[ranked]
    present = [table[way[-1]].where(table[list(way)].notna().all(axis=1)) for way in ways]
    values = order_values(np.reshape(present, (len(ways), len(ranked))).T, aggregation_of(framework, code))
    # With one child at zero such a mean is zero whatever the weights: those regions share the last rank.
    last = np.isneginf(values).any(axis=1)
    found = np.full((len(values), 5), int((~last).sum()) + 1)
    compared = values[~last]
    tried = ranks_of(box.scores(compared, _draw(box)))
    for place, row in enumerate(np.flatnonzero(~last)):
        found[row] = _limits_of(box, compared, place, tried[:, place])
    exact = (found[:, 1:3] == found[:, 3:]).all(axis=1)
    return pd.DataFrame({"region": ranked, **dict(zip(COLUMNS[1:], [*found.T, exact], strict=True))})


def _draw(box: WeightBox) -> np.ndarray:
    """The weights as they are, then some anywhere within their bounds and as many at the bounds themselves."""
    random = np.random.default_rng(0).random((DRAWS, len(box.parent)))
    random[DRAWS // 2 :] = random[DRAWS // 2 :].round()
    return np.vstack([box.nominal, box.least + random * (box.most - box.least)])


def _limits_of(box: WeightBox, values: np.ndarray, region: int, tried: np.ndarray) -> tuple[int, ...]:
    """Rank, best, worst, best found and worst found of a region, given its ranks with the weights that were tried."""
    others = np.delete(np.arange(len(values)), region)
    low, high = _leads(box, values, region, others, fill=False)
    least, greatest = box.ranges(low, high)
    always = int((least[:, 0] > AHEAD).sum())
    rivals = others[(least[:, 0] <= AHEAD) & (greatest[:, 0] > AHEAD)]
    rank, best, worst = int(tried[0]), int(tried.min()), int(tried.max())
    best_found, worst_found = best, worst
    if len(rivals) and best > 1 + always:
        best, best_found = np.minimum(_extreme(box, values, region, rivals, always, most=False), best)
    if len(rivals) and worst < 1 + always + len(rivals):
        worst, worst_found = np.maximum(_extreme(box, values, region, rivals, always, most=True), worst)
    return rank, best, worst, best_found, worst_found


def _leads(
    box: WeightBox, values: np.ndarray, region: int, others: np.ndarray, *, fill: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest lead of others over the region on each leaf, shape (others, leaves).

    Two regions with the same gaps are compared over what both have; if not filled, their gaps stay.
    """
    values, own = values[others], values[[region]]
    low = values - own
    high = low.copy()
    same = (np.isnan(values) == np.isnan(own)).all(axis=1)
    if fill:
        low[same], high[same] = box.fill(low[same])
    if not same.all():
        (own_low, own_high), (least, greatest) = box.fill(own), box.fill(values[~same])
        low[~same], high[~same] = least - own_high, greatest - own_low
    return low, high


def _extreme(
    whole: WeightBox, values: np.ndarray, region: int, rivals: np.ndarray, always: int, *, most: bool
) -> tuple[int, int]:
    """The rank that no weights surpass, and the most extreme rank with weights that were found.

    Gaps are filled with the most favourable values to prove the first; weights for the second are also looked for with
    what is half-way and with the least favourable.
    """
    columns = np.isfinite(values[[region, *rivals]]).sum(axis=0) > 0
    box, parts = whole.only(columns)
    low, high = _leads(box, values[:, columns], region, rivals, fill=True)
    proven, reached = 0, list[int]()
    for leads in (high, (low + high) / 2, low) if most else (low, (low + high) / 2, high):
        count, weights = count_ahead(box, leads, most=most)
        proven = proven or 1 + always + count
        all_weights = whole.nominal.copy()
        all_weights[parts] = weights
        scores = whole.scores(values, all_weights[None])[0]
        # The programme may bring regions level, or ahead by no more than AHEAD: that is told apart half-way.
        reached.append(1 + int((scores - scores[region] > AHEAD / 2).sum()))
        if reached[-1] == proven:
            break
    return proven, max(reached) if most else min(reached)


def count_ahead(box: WeightBox, leads: np.ndarray, *, most: bool) -> tuple[int, np.ndarray]:
    """The fewest or the most regions that can be ahead with weights in a box, and weights of the parts with which.

    With V a part's share of the whole and T how much its parent's share is rescaled, all is linear: V is least x T and
    some more (the variables are this surplus and T), up to most x T; V of the parts below a part sum to its own, and a
    region's lead is the sum of V x lead. A switch for every region says that it is ahead, or that it may be.

    Args:
        box: The tree.
        leads: By how much each region is better on each leaf of the box, shape (regions, leaves).
        most: Whether to find the most; else the fewest.

    Raises:
        RuntimeError: The solver stopped before the end.
    """
    parts, families, regions = len(box.parent), len(box.families), len(leads)
    surplus, scale = np.eye(parts, parts + families), np.zeros((parts, parts + families))
    for number, below in enumerate(box.families.values(), parts):
        scale[below, number] = 1.0
    shares, room = surplus + box.least[:, None] * scale, surplus - (box.most - box.least)[:, None] * scale
    sums = np.array([shares[below].sum(axis=0) - shares[part] for part, below in box.families.items()])
    least, greatest = (ends[:, 0] for ends in box.ranges(leads, leads))
    low = least - 1e-9 * np.abs(least)
    high = np.maximum(greatest, 0.0) * (1 + 1e-9)
    switch, lower, upper = (low - AHEAD, low, np.inf) if most else (-high, -np.inf, 0.0)
    fixed = np.zeros((families + parts - 1, regions))
    rows = np.block([[np.vstack([sums, room[1:]]), fixed], [leads @ shares[box.leaves], np.diag(switch)]])
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = np.r_[np.zeros(parts + families), np.ones(regions)]
    model.col_lower_ = np.r_[1.0, np.zeros(parts + families + regions - 1)]
    model.col_upper_ = np.r_[np.ones(parts), np.full(families, np.inf), np.ones(regions)]
    model.row_lower_ = np.r_[np.zeros(families), np.full(parts - 1, -np.inf), np.broadcast_to(lower, regions)]
    model.row_upper_ = np.r_[np.zeros(families + parts - 1), np.broadcast_to(upper, regions)]
    matrix = csr_array(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kContinuous] * (parts + families) + [kinds.kInteger] * regions
    model.sense_ = highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize
    count, solution = _run(model)
    weights = box.nominal.copy()
    for number, below in enumerate(box.families.values(), parts):
        if solution[number] > 0:
            surplus_of_weight = solution[below] / solution[number]
            weights[below] = np.clip(box.least[below] + surplus_of_weight, box.least[below], box.most[below])
    return count, weights


class _QuietHighs(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802
        """Enable none: HiGHS would greet on standard output."""


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
