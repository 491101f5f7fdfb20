"""The best and the worst rank that a region can have with weights near the declared ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regional_index.framework import Framework, at_depth
from regional_index.method.rank import ranks_of
from regional_index.soundness.flips import order_values
from regional_index.soundness.rank_programme import AHEAD, Extreme, fewest_ahead, most_ahead
from regional_index.soundness.weight_box import WeightBox, make_box

DRAWS = 2000


@dataclass(frozen=True)
class RankLimits:
    """The best and the worst rank of every region.

    Attributes:
        table: Columns `region, rank, best, worst, best_found, worst_found, exact`: no weights give a rank outside
            `best` to `worst`; there are weights that give `best_found` and `worst_found`; `exact` where the two
            agree.
        levels: `all` where the weights of every level below the node were varied, `own` where only those of its
            children were, for what lies below does not follow weights in a straight line.
    """

    table: pd.DataFrame
    levels: str


def rank_limits(
    normalised: pd.DataFrame,
    scores: pd.DataFrame,
    weights: Mapping[str, pd.Series],
    framework: Framework,
    code: str,
    *,
    width: float,
) -> RankLimits:
    """The best and the worst rank of every region that any weights near the declared ones allow, ties included.

    Every weight w may be anything from w (1 - width) to w (1 + width); then those of the children of a node are
    rescaled to sum to 1. Where all regions have the same children the limits are those of a mixed-integer linear
    programme, and exact. A region that lacks some is compared by the least and the greatest value that could stand
    in the gap, which gives limits that may be too wide; how far they are reached is found by trying weights.
    Which region has a score of which node is taken as it is, not decided anew for other weights.

    Args:
        normalised: Scores of the indicators in one year; regions as rows.
        scores: Scores of the nodes, on the same rows. Regions without one of this node are not ranked.
        weights: Weights of the children of every node.
        framework: Tree and rules of aggregation.
        code: The node.
        width: Part of each weight, 0-1.

    Raises:
        LookupFailed: The node is not aggregated by a mean.
        DataError: A child is negative where the mean has no value for it.
        ValueError: The width is not between 0 and 1.
    """
    if not 0 <= width <= 1:
        raise ValueError(f"width {width}: weights may change by a part of themselves, from 0 to 1")
    rule = at_depth(framework.method.aggregate, framework.depths[code])
    deep = all(name == "arithmetic" for name in _rules_from(framework, code))
    box, ways = make_box(framework, weights, code, width, deep=deep)
    ranked = scores.index[scores[code].notna()]
    everything = pd.concat([normalised, scores], axis=1).loc[ranked]
    values = np.empty((len(ranked), len(ways)))
    for place, way in enumerate(ways):
        values[:, place] = everything[way[-1]].where(everything[list(way)].notna().all(axis=1))
    values = order_values(values, rule)
    levels = "all" if deep or not framework.node(code).children else "own"
    return RankLimits(_limit(box, values, ranked), levels)


def _rules_from(framework: Framework, code: str) -> list[str]:
    """Names of the rules by which a node and all below it are aggregated."""
    below = framework.node(code).children
    rule = at_depth(framework.method.aggregate, framework.depths[code])
    return [rule.name, *(name for child in below for name in _rules_from(framework, child.code))]


def _limit(box: WeightBox, values: np.ndarray, regions: pd.Index) -> pd.DataFrame:
    # With one child at zero such a mean is zero whatever the weights: those regions share the last rank.
    last = np.isneginf(values).any(axis=1)
    found = np.full((len(values), 5), int((~last).sum()) + 1)
    found[~last] = _limits_of(box, values[~last])
    table = pd.DataFrame(found, columns=["rank", "best", "worst", "best_found", "worst_found"])
    table.insert(0, "region", regions)
    exact = (table["best"] == table["best_found"]) & (table["worst"] == table["worst_found"])
    return table.assign(exact=exact)


def _limits_of(box: WeightBox, values: np.ndarray) -> np.ndarray:
    """Rank, best, worst, best found and worst found of every region, shape (regions, 5)."""
    if not len(values):
        return np.empty((0, 5), dtype=int)
    tried = ranks_of(box.scores(box.take(values), _draw(box)))
    rows = []
    for region in range(len(values)):
        duels = _Duels(box, values, region)
        rank, first, last = tried[0, region], tried[:, region].min(), tried[:, region].max()
        best, best_found = first, first
        if first > 1 + duels.always and len(duels.open):
            best, best_found = np.minimum(duels.solve(fewest_ahead), first)
        worst, worst_found = last, last
        if last < 1 + duels.always + len(duels.open) and len(duels.open):
            worst, worst_found = np.maximum(duels.solve(most_ahead), last)
        rows.append((rank, best, worst, best_found, worst_found))
    return np.array(rows, dtype=int)


def _draw(box: WeightBox) -> np.ndarray:
    """The weights as they are, then some anywhere within their bounds and as many at the bounds themselves."""
    random = np.random.default_rng(0).random((DRAWS, len(box.parent)))
    random[DRAWS // 2 :] = random[DRAWS // 2 :].round()
    return np.vstack([box.nominal, box.least + random * (box.most - box.least)])


class _Duels:
    """One region against all others: how many are ahead of it with all weights, and with which it is open."""

    def __init__(self, box: WeightBox, values: np.ndarray, region: int) -> None:
        self._box, self._values, self._region = box, values, region
        others = np.delete(np.arange(len(values)), region)
        low, high = self._leads(box, others, fill=False)
        least, greatest = box.ranges(low, high)
        self.always = int((least[:, 0] > AHEAD).sum())
        self.open = others[(least[:, 0] <= AHEAD) & (greatest[:, 0] > AHEAD)]

    def _leads(self, box: WeightBox, others: np.ndarray, *, fill: bool) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest lead of others over the region on each leaf, shape (others, leaves).

        Two regions with the same gaps are compared over what both have; if not filled, their gaps stay.
        """
        values, own = box.take(self._values[others]), box.take(self._values[[self._region]])
        low = values - own
        high = low.copy()
        same = (np.isnan(values) == np.isnan(own)).all(axis=1)
        if fill:
            low[same], high[same] = box.fill(low[same])
        if not same.all():
            (own_low, own_high), (least, greatest) = box.fill(own), box.fill(values[~same])
            low[~same], high[~same] = least - own_high, greatest - own_low
        return low, high

    def solve(self, count: Callable[[WeightBox, np.ndarray], Extreme]) -> tuple[int, int]:
        """The rank that no weights surpass, and the most extreme rank with weights that were found.

        What stands in gaps is taken at its most favourable to prove the first; weights for the second are also looked
        for with what is half-way and with the least favourable.
        """
        present = np.isfinite(self._values[[self._region, *self.open]])
        parts = self._box.keep(present.sum(axis=0) > 0)
        box = self._box.only(parts)
        low, high = self._leads(box, self.open, fill=True)
        tries = [low, (low + high) / 2, high] if count is fewest_ahead else [high, (low + high) / 2, low]
        first = count(box, tries[0])
        proven, reached = 1 + self.always + first.count, [self._rank_with(parts, first.weights)]
        for leads in tries[1:]:
            if proven not in reached:
                reached.append(self._rank_with(parts, count(box, leads).weights))
        return proven, (min if count is fewest_ahead else max)(reached)

    def _rank_with(self, parts: np.ndarray, found: np.ndarray) -> int:
        weights = self._box.nominal.copy()
        weights[parts] = found
        scores = self._box.scores(self._box.take(self._values), weights[None, :])[0]
        # The programme may bring regions level, or ahead by no more than AHEAD: that is told apart half-way.
        return 1 + int((scores - scores[self._region] > AHEAD / 2).sum())
