"""All weights near the declared ones, at every level below a node, and the scores that they can make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.rules import aggregation_by, aggregation_of

# Weights stay above 0, or a region could lose all that it has, and its score.
SMALLEST = 1e-6


@dataclass(frozen=True)
class WeightBox:
    """A tree whose weights lie within bounds of their own and are then rescaled within their family.

    Part 0 is the node itself; all others follow, parents before children. Those with no parts below them are the
    leaves: the columns of the data, in this order.

    Attributes:
        parent: Of every part, the part above it; -1 for part 0.
        nominal: Weights as they are, above 0.
        least: Smallest weights.
        most: Largest weights.
    """

    parent: np.ndarray
    nominal: np.ndarray
    least: np.ndarray
    most: np.ndarray

    @cached_property
    def families(self) -> dict[int, np.ndarray]:
        """The parts below every part that has any, from the bottom up."""
        return {int(part): np.flatnonzero(self.parent == part) for part in np.unique(self.parent)[:0:-1]}

    @cached_property
    def leaves(self) -> np.ndarray:
        """The parts that are columns of the data."""
        return np.setdiff1d(np.arange(len(self.parent)), self.parent)

    def only(self, columns: np.ndarray) -> tuple["WeightBox", np.ndarray]:
        """The tree of some of the columns (a boolean each), and which of the parts it has."""
        left = np.zeros(len(self.parent), dtype=bool)
        left[self.leaves] = columns
        for part, below in self.families.items():
            left[part] = left[below].any()
        place = np.append(np.cumsum(left) - 1, -1)
        return WeightBox(place[self.parent[left]], self.nominal[left], self.least[left], self.most[left]), left

    def ranges(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The least and the greatest score of every part that weights within the bounds can make.

        Args:
            low: Least values of the data, shape (rows, leaves); NaN where missing.
            high: Greatest values; the same as `low` where they are known.

        Returns:
            Two arrays of shape (rows, parts); NaN where a part has nothing.
        """
        least, greatest = np.full((2, len(low), len(self.parent)), np.nan)
        least[:, self.leaves], greatest[:, self.leaves] = low, high
        for part, below in self.families.items():
            least[:, part] = -greatest_mean(-least[:, below], self.least[below], self.most[below])
            greatest[:, part] = greatest_mean(greatest[:, below], self.least[below], self.most[below])
        return least, greatest

    def fill(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Values for the gaps with which scores over all parts are those over the parts present.

        A missing part counts as the mean of the other parts of its family. That depends on the weights, so it is an
        interval.

        Args:
            values: Shape (rows, leaves), NaN where missing; no row without any.

        Returns:
            Least and greatest values, shape (rows, leaves); the values themselves where they are present.
        """
        least, greatest = self.ranges(values, values)
        for part in range(1, len(self.parent)):
            gap = np.isnan(least[:, part])
            least[gap, part], greatest[gap, part] = least[gap, self.parent[part]], greatest[gap, self.parent[part]]
        return least[:, self.leaves], greatest[:, self.leaves]

    def scores(self, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Scores of part 0, shape (draws, rows), each a mean over the parts present.

        Args:
            values: Shape (rows, leaves), NaN where missing.
            weights: Shape (draws, parts); they need not sum to 1.
        """
        made = {part: column[None, :] for part, column in zip(self.leaves, values.T, strict=True)}
        for part, below in self.families.items():
            total = sum(weights[:, [child]] * np.nan_to_num(made[child]) for child in below)
            present = sum(weights[:, [child]] * ~np.isnan(made[child]) for child in below)
            made[part] = total / np.where(present > 0, present, np.nan)
        return np.broadcast_to(made[0], (len(weights), len(values)))


def make_box(
    framework: Framework, weights: Mapping[str, pd.Series], code: str, width: float
) -> tuple[WeightBox, list[tuple[str, ...]]]:
    """The weights within a share of the declared ones.

    Returns:
        The tree, and for every column the way to it: the codes from below the node to the column's own. An indicator
        that is in two places is two columns.
    """
    deep = _is_arithmetic(framework, code)
    parents, nominal, ways = [-1], [1.0], {}
    waiting: list[tuple[int, str, tuple[str, ...]]] = [(0, code, ())]
    while waiting:
        above, name, way = waiting.pop(0)
        shares = weights[name][weights[name] > 0]
        for child, share in (shares / shares.sum()).items():
            if deep and child in framework.nodes and (weights[child] > 0).any():
                waiting.append((len(parents), child, (*way, child)))
            else:
                ways[len(parents)] = (*way, child)
            parents.append(above)
            nominal.append(share)
    at = np.array(nominal)
    box = WeightBox(np.array(parents), at, at * max(1 - width, SMALLEST), at * (1 + width))
    return box, list(ways.values())


def _is_arithmetic(framework: Framework, code: str) -> bool:
    """Whether a node and all below it are arithmetic means."""
    below = [child.code for child in framework.node(code).children]
    rule = aggregation_by(aggregation_of(framework, code))
    return rule.is_sum and rule.rescales and all(_is_arithmetic(framework, one) for one in below)


def greatest_mean(values: np.ndarray, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """The greatest weighted mean of the values present that weights between two bounds can make.

    The best weights are the largest for all values above some value and the smallest for those below it.

    Args:
        values: Shape (rows, parts), NaN where missing.
        least: Smallest weight of every part.
        most: Largest weight of every part.

    Returns:
        Shape (rows,); NaN where nothing is present.
    """
    order = np.argsort(-values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    there = ~np.isnan(ordered)
    small, large = least[order] * there, most[order] * there
    ordered = np.where(there, ordered, 0.0)
    weight = small.sum(axis=1, keepdims=True) + np.cumsum(large - small, axis=1)
    total = (small * ordered).sum(axis=1, keepdims=True) + np.cumsum((large - small) * ordered, axis=1)
    means = np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)
    return np.where(there.any(axis=1), np.fmax.reduce(means, axis=1), np.nan)
