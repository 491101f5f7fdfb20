"""What a region is held against: the leader, and the mean of its own group."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Marks:
    """What values are held against, in their own unit.

    Attributes:
        best: The best value, NaN where there is none.
        means: By group, the unweighted mean over its regions that have a value.
    """

    best: float
    means: pd.Series


def find_marks(values: pd.Series, membership: pd.Series, direction: int = 1) -> Marks:
    """The best value, and the mean of each group of regions.

    Args:
        values: One value for each region, indexed by region; NaN where missing.
        membership: Group of each region, indexed by region; those that are not in it are in no mean.
        direction: 1 where more is better, -1 where less is.

    Examples:
        >>> values = pd.Series({"north": 4.0, "south": 10.0, "east": 8.0})
        >>> marks = find_marks(values, pd.Series({"north": "cold", "east": "cold"}))
        >>> marks.best, marks.means.to_dict()
        (10.0, {'cold': 6.0})
    """
    best = values.max() if direction > 0 else values.min()
    groups = membership.reindex(values.index)
    return Marks(float(best), values.groupby(groups).mean())
