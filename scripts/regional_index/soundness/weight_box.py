"""All weights near the declared ones, at every level below a node, and what scores they can make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from regional_index.framework import Framework

# Weights stay above 0, or a region could lose all that it has, and its score.
SMALLEST = 1e-6


@dataclass(frozen=True)
class WeightBox:
    """A tree whose weights lie within bounds of their own and are then rescaled within their family.

    Part 0 is the node itself; all others follow with their bounds, parents before children. What is at the ends of
    the tree is a column of the data.

    Attributes:
        parent: Of every part, the part above it; -1 for part 0.
        column: Of every part, the column of the data it is; -1 where it has parts below it.
        nominal: Weights as they are. Positive: what has no weight is not in the tree.
        least: Smallest weights.
        most: Largest weights.
    """

    parent: np.ndarray
    column: np.ndarray
    nominal: np.ndarray
    least: np.ndarray
    most: np.ndarray

    @cached_property
    def families(self) -> dict[int, np.ndarray]:
        """The parts below every part that has any, from the bottom up."""
        found = {part: np.flatnonzero(self.parent == part) for part in reversed(range(len(self.parent)))}
        return {part: below for part, below in found.items() if len(below)}

    @cached_property
    def leaves(self) -> np.ndarray:
        """The parts that are columns of the data."""
        return np.flatnonzero(self.column >= 0)

    def take(self, values: np.ndarray) -> np.ndarray:
        """The columns of the data in the order of the leaves; all other methods take data in this order."""
        return values[..., self.column[self.leaves]]

    def keep(self, columns: np.ndarray) -> np.ndarray:
        """The parts, ascending, of which something is left with some of the columns of the data (a boolean each)."""
        kept = np.zeros(len(self.parent), dtype=bool)
        kept[self.leaves] = self.take(columns)
        for part, below in self.families.items():
            kept[part] = kept[below].any()
        return np.flatnonzero(kept)

    def only(self, parts: np.ndarray) -> "WeightBox":
        """The tree without all other parts; `parts` as `keep` gives them."""
        place = np.full(len(self.parent) + 1, -1)
        place[parts] = np.arange(len(parts))
        columns, bounds = self.column[parts], (self.nominal[parts], self.least[parts], self.most[parts])
        return WeightBox(place[self.parent[parts]], columns, *bounds)

    def ranges(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The least and the greatest score of every part that weights within the bounds can make.

        Args:
            low: Least values of the data, shape (rows, leaves); NaN where missing.
            high: Greatest values; the same as `low` where they are known.

        Returns:
            Two arrays of shape (rows, parts); NaN where a part has nothing.
        """
        shape = (len(low), len(self.parent))
        least, greatest = np.full(shape, np.nan), np.full(shape, np.nan)
        least[:, self.leaves], greatest[:, self.leaves] = low, high
        for part, below in self.families.items():
            least[:, part] = -greatest_mean(-least[:, below], self.least[below], self.most[below])
            greatest[:, part] = greatest_mean(greatest[:, below], self.least[below], self.most[below])
        return least, greatest

    def fill(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What must stand in the gaps so that scores over all parts are those over the parts present.

        A missing part counts as the mean of those present beside it. That depends on the weights, so it is an
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
        """Scores of part 0 with given weights, each mean over the parts present.

        Args:
            values: Shape (rows, leaves), NaN where missing.
            weights: Shape (draws, parts); they need not sum to 1.

        Returns:
            Shape (draws, rows).
        """
        made = {part: column[None, :] for part, column in zip(self.leaves, values.T, strict=True)}
        for part, below in self.families.items():
            total, present = 0.0, 0.0
            for child in below:
                there = ~np.isnan(made[child])
                total = total + weights[:, [child]] * np.where(there, made[child], 0.0)
                present = present + weights[:, [child]] * there
            with np.errstate(invalid="ignore", divide="ignore"):
                made[part] = total / np.where(present > 0, present, np.nan)
        return np.broadcast_to(made[0], (len(weights), len(values)))


def make_box(
    framework: Framework, weights: Mapping[str, pd.Series], code: str, width: float, *, deep: bool
) -> tuple[WeightBox, list[tuple[str, ...]]]:
    """The weights within a share of the declared ones.

    Args:
        framework: The tree.
        weights: Weights of the children of every node.
        code: The node to begin at.
        width: Part (0-1) of each weight by which it may be smaller or larger; with 1 a millionth of it stays.
        deep: Whether weights below the children of the node vary too; else its children are the columns.

    Returns:
        The tree, and for every column the way to it: the codes from below the node to the column's own. An indicator
        that stands in two places is two columns.
    """
    parents, columns, nominal = [-1], [-1], [1.0]
    ways: list[tuple[str, ...]] = []
    waiting: list[tuple[int, str, tuple[str, ...]]] = [(0, code, ())]
    while waiting:
        above, name, way = waiting.pop(0)
        shares = weights[name][weights[name] > 0]
        for child, share in (shares / shares.sum()).items():
            has_parts = deep and child in framework.nodes and (weights[child] > 0).any()
            if has_parts:
                waiting.append((len(parents), child, (*way, child)))
            parents.append(above)
            columns.append(-1 if has_parts else len(ways))
            nominal.append(share)
            ways += [] if has_parts else [(*way, child)]
    at = np.array(nominal)
    return WeightBox(np.array(parents), np.array(columns), at, at * max(1 - width, SMALLEST), at * (1 + width)), ways


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
    weight, total = small.sum(axis=1, keepdims=True), (small * ordered).sum(axis=1, keepdims=True)
    weight = weight + np.cumsum(large - small, axis=1)
    total = total + np.cumsum((large - small) * ordered, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(there.any(axis=1), np.fmax.reduce(total / weight, axis=1), np.nan)
