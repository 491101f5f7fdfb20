"""Benefit of the doubt: for each region the weights with which it looks best, by linear programmes."""

from collections.abc import Iterator

import highspy
import numpy as np
import pandas as pd
from scipy import linalg, optimize

from regional_index.framework import Framework
from regional_index.method.rules.definition import NodeWeights, Option, Options, Weighting, register
from regional_index.method.rules.findings import CannotCompute, Finding
from regional_index.method.rules.weigh_scores import LEAST_ROWS, check_sign, is_constant, same_everywhere, too_few_rows

NAME = "benefit-of-the-doubt"
BEST_SCORE = 100.0
# The tightest that HiGHS takes.
TOLERANCE = 1e-10
# A dual value below it binds nothing; the duals of the peers sum to 1.
SLACK = 1e-9


class SolverError(RuntimeError):
    """HiGHS failed or stopped before the end; there are no weights to go on with."""


def weigh_benefit_of_the_doubt(
    scores: np.ndarray, least_share: float, most_share: float
) -> tuple[np.ndarray, np.ndarray]:
    """For each row the weights that give it the highest score while no row scores above 100 with them.

    max sum_j w_ij x_ij, with sum_j w_ij x_kj <= 100 for every row k, w >= 0, and for the share that a child has in
    the row's score least_share <= w_ij x_ij / sum_j w_ij x_ij <= most_share. (Melyn and Moesen 1991; Cherchye,
    Moesen, Rogge and Van Puyenbroeck 2007; OECD/JRC Handbook 2008, step 6.)

    A child that a row lacks has weight 0 in it, and its peers are judged by what they have, the missing counting as
    0. The shares hold for the children that a row has; where so few cannot add up to 1, the greatest share is raised
    to one over their number. A child with score 0 has the share 0: where that or what it leaves to the others is
    outside the limits, the row's best score is 0, and so are all its weights. Of several weightings that are best
    for a row, it gets the one whose shares are nearest to equal.

    Args:
        scores: Shape (rows, children), none below 0, NaN where missing.
        least_share: From 0 to 1 / children.
        most_share: From 1 / children to 1.

    Returns:
        Weights and shares, both of shape (rows, children); the shares of a row sum to 1, or to 0 where it scores 0.

    Raises:
        SolverError: HiGHS failed.

    Examples:
        >>> weights, shares = weigh_benefit_of_the_doubt(np.array([[4.0, 1.0], [2.0, 2.0], [2.0, 1.0]]), 0.0, 1.0)
        >>> (weights * [[4.0, 1.0], [2.0, 2.0], [2.0, 1.0]]).sum(axis=1).round(9).tolist()
        [100.0, 100.0, 66.666666667]
    """
    greatest = np.nanmax(np.where(np.isnan(scores), 0.0, scores), axis=0)
    greatest[greatest == 0] = 1.0
    # One programme for equal rows, and always in the same order, so that the order of rows cannot matter.
    different, place = np.unique(np.where(np.isnan(scores), -1.0, scores / greatest), axis=0, return_inverse=True)
    peers = _undominated(np.maximum(different, 0.0))
    programme = _Programme(peers)
    weights, shares = np.zeros_like(different), np.zeros_like(different)
    for number, row in enumerate(different):
        limits = _limits(row, least_share, most_share)
        if limits is not None:
            shares[number] = programme.best_shares(row, *limits)
            unscaled = _divide(shares[number], row)
            weights[number] = unscaled * (BEST_SCORE / (peers @ unscaled).max())
    return weights[place.ravel()] / greatest, shares[place.ravel()]


def _limits(row: np.ndarray, least: float, most: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Least and greatest share of each child in a row's score; nothing where the row can only score 0."""
    present, positive = row >= 0, row > 0
    most = max(most, 1 / max(present.sum(), 1))
    if (least > 0 and (present & ~positive).any()) or positive.sum() * most < 1 - SLACK:
        return None
    return np.where(positive, least, 0.0), np.where(positive, most, 0.0)


def _divide(shares: np.ndarray, row: np.ndarray) -> np.ndarray:
    return np.divide(shares, row, out=np.zeros_like(row), where=row > 0)


def _undominated(rows: np.ndarray) -> np.ndarray:
    """The rows that no other one equals or surpasses in every child; the others limit no row."""
    left, undominated = rows[np.argsort(-rows.sum(axis=1), kind="stable")], []
    while len(left):
        undominated.append(left[0])
        left = left[(left > left[0]).any(axis=1)]
    return np.array(undominated)


class _QuietHighs(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802
        """Enable none: HiGHS would greet on standard output."""


class _Programme:
    """min t with sum_j w_j x_kj <= t for all peers k and sum_j w_j x_j = 1 for one row, its shares within limits.

    It is the programme above divided by the row's score, 100 / t, so that shares are bounds of single variables, and
    only they and the last constraint differ from row to row.
    """

    def __init__(self, peers: np.ndarray) -> None:
        count, size = peers.shape
        self._peers = peers
        self._highs = _QuietHighs()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size + 1, count + 1
        model.col_cost_ = np.array([0.0] * size + [1.0])
        model.col_lower_, model.col_upper_ = np.zeros(size + 1), np.full(size + 1, np.inf)
        model.row_lower_ = np.array([-np.inf] * count + [1.0])
        model.row_upper_ = np.array([0.0] * count + [1.0])
        dense = np.vstack([np.column_stack([peers, -np.ones(count)]), [1.0] * size + [0.0]])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum((dense != 0).sum(axis=1))]).astype(np.int32)
        model.a_matrix_.index_ = np.nonzero(dense)[1].astype(np.int32)
        model.a_matrix_.value_ = dense[dense != 0]
        _check(self._highs.passModel(model))

    def best_shares(self, row: np.ndarray, least: np.ndarray, most: np.ndarray) -> np.ndarray:
        """Contribution of each child to the highest score of a row, as a share; the shares sum to 1."""
        size, places = len(row), np.flatnonzero(row > 0)
        own = np.where(row > 0, row / row.max(), 0.0)
        for child in range(size):
            _check(self._highs.changeCoeff(len(self._peers), child, float(own[child])))
        bounds = _divide(least, own), _divide(most, own)
        columns = np.arange(size, dtype=np.int32)
        _check(self._highs.changeColsBounds(size, columns, *bounds))
        values, of_children, of_peers = self._solve()
        shares = np.zeros(size)
        inner = np.clip(own * values[:-1], least, most)[places]
        ratios = self._peers[:, places] / own[places]
        ratios /= (ratios @ inner).max()
        fixed = np.abs(of_children[:-1][places]) > SLACK * own[places] * values[-1]
        binding = np.abs(of_peers[:-1]) > SLACK
        chosen = _most_equal(inner / inner.sum(), ratios, binding, fixed, least[places], most[places])
        # Rounding may have left a share a hair outside its limits; no weight is negative.
        shares[places] = np.clip(chosen, least[places], most[places])
        return shares / shares.sum()

    def _solve(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        optimal = highspy.HighsModelStatus.kOptimal
        _check(self._highs.run())
        if self._highs.getModelStatus() != optimal:
            # The last row's basis can be a bad start; none is slower and safe.
            self._highs.clearSolver()
            _check(self._highs.run())
        status = self._highs.getModelStatus()
        if status != optimal:
            raise SolverError(f"HiGHS stopped with status {self._highs.modelStatusToString(status)}")
        solution = self._highs.getSolution()
        return np.array(solution.col_value), np.array(solution.col_dual), np.array(solution.row_dual)


def _most_equal(
    shares: np.ndarray, ratios: np.ndarray, binding: np.ndarray, fixed: np.ndarray, least: np.ndarray, most: np.ndarray
) -> np.ndarray:
    """The best shares nearest to equal ones: a least-distance programme (Lawson and Hanson 1974, ch. 23).

    Args:
        shares: Some best shares.
        ratios: Scores of the peers in proportion to the row's, shape (peers, children), 1 being the limit of a sum.
        binding: Peers at the limit whatever the best shares.
        fixed: Children whose best share is the same whatever the others.
        least: Least share of each child.
        most: Greatest share of each child.
    """
    count = len(shares)
    alike = np.vstack([np.ones(count), ratios[binding], np.eye(count)[fixed]])
    free = linalg.null_space(alike / np.linalg.norm(alike, axis=1, keepdims=True), rcond=SLACK)
    if not free.shape[1]:
        return shares
    nearest = shares + free @ (free.T @ (1 / count - shares))
    slopes = np.vstack([-ratios, np.eye(count), -np.eye(count)])
    limits = np.concatenate([-np.ones(len(ratios)), least, -most])
    found = _least_distance(slopes @ free, limits - slopes @ nearest)
    moved = shares if found is None else nearest + free @ found
    return moved if (slopes @ moved >= limits - SLACK).all() else shares


def _least_distance(slopes: np.ndarray, limits: np.ndarray) -> np.ndarray | None:
    """The shortest z with slopes @ z >= limits; nothing where rounding hides it."""
    length = np.linalg.norm(slopes, axis=1)
    # A limit that no z comes nearer to is no limit on z; its slope is rounding.
    length, slopes, limits = length[length > SLACK], slopes[length > SLACK], limits[length > SLACK]
    if (limits <= 0).all():
        return np.zeros(slopes.shape[1])
    system = np.vstack([(slopes / length[:, None]).T, limits / length])
    goal = np.append(np.zeros(slopes.shape[1]), 1.0)
    residual = system @ optimize.nnls(system, goal, maxiter=100 * len(limits))[0] - goal
    return -residual[:-1] / residual[-1] if abs(residual[-1]) > SLACK else None


_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
    "small_matrix_value": 1e-12,
}


def _check(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused a programme")


def _weigh_by_doubt(
    framework: Framework, code: str, children: pd.DataFrame, *, least_share: float, most_share: float
) -> NodeWeights:
    """Weights that each row has for itself; what is shared is the mean share of each child in a score above 0."""
    count = len(children.columns)
    if least_share * count > 1 + 1e-12 or most_share * count < 1 - 1e-12:
        found = f"least_share {least_share:g}, most_share {most_share:g}, {count} children of {code} with scores"
        raise CannotCompute([Finding(found, "shares that can add up to 1", f"keep 1/{count} between them", "weight")])
    weights, shares = weigh_benefit_of_the_doubt(children.to_numpy(), least_share, most_share)
    scoring = shares.sum(axis=1) > 0
    if not scoring.any():
        found = f"{code}: every row has a child with score 0 that cannot have its share"
        remedy = "normalise to scores above 0, or set least_share to 0 and most_share to 1"
        raise CannotCompute([Finding(found, "rows that can score above 0", remedy, "weight")])
    shared = pd.Series(shares[scoring].mean(axis=0), index=children.columns)
    own = pd.DataFrame(weights, index=children.index, columns=children.columns)
    return NodeWeights(shared / shared.sum(), own, _notes_of_doubt(code, children, scoring, most_share))


def _notes_of_doubt(code: str, children: pd.DataFrame, scoring: np.ndarray, most_share: float) -> tuple[str, ...]:
    present = children.notna().sum(axis=1).to_numpy()
    nothing = int((~scoring & (present > 0)).sum())
    few = int(((present > 0) & (present * most_share < 1 - 1e-12)).sum())
    zero = f"Within the limits of shares, {nothing} rows can only score 0 in {code}: a child of theirs has score 0."
    raised = f"{few} rows lack so many children of {code} that their greatest share is above {most_share:g}."
    return tuple(note for note, count in ((zero, nothing), (raised, few)) if count)


def _check_doubt(code: str, scores: pd.DataFrame) -> Iterator[Finding]:
    complete = len(scores.dropna())
    if complete < LEAST_ROWS:
        yield too_few_rows(NAME, code, scores, complete)
        return
    constant = is_constant(scores.to_numpy())
    if constant.any():
        yield same_everywhere(code, scores.loc[:, constant], f"scores that differ for {NAME}")
    yield from check_sign(NAME, code, scores)


def _say_shares(options: Options) -> tuple[str, ...]:
    return ("shares",) if options["least_share"] > 0 or options["most_share"] < 1 else ()


register(
    Weighting(
        name=NAME,
        options={
            "least_share": Option("number", 0.0, 0, 1, is_share=True),
            "most_share": Option("number", 1.0, 0, 1, is_share=True),
        },
        sentences=_say_shares,
        function=_weigh_by_doubt,
        check_scores=_check_doubt,
        from_scores=True,
        of_each_row=True,
        weighs_one=True,
    )
)
