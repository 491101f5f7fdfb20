"""The language of claims: one class a kind. What a claim means is in the docstring of its class."""

from regional_index.claims.kinds.base import ClaimKind, Measured, NotThere, Table, Version
from regional_index.claims.kinds.counts import Count, CountShare, GroupCount
from regional_index.claims.kinds.numbers import GroupMean, Mean, Median, Score, Share, Sum, Total
from regional_index.claims.kinds.places import Among, Order, Rank, Tiers, Top
from regional_index.claims.kinds.sides import Comparison, Difference, Ratio
from regional_index.claims.kinds.thresholds import Above, Band, Below
from regional_index.claims.kinds.years import Growth, PlaceChange

_ALL: tuple[type[ClaimKind], ...] = (
    Score, Rank, Total, Mean, Median, Order, Top, Among, Above, Below, Count, CountShare, Sum, Share, GroupMean, Band,
    Tiers, GroupCount, Comparison, Ratio, Difference, Growth, PlaceChange,
)  # fmt: skip
KINDS: dict[str, ClaimKind] = {kind.name: kind() for kind in _ALL}

__all__ = ["KINDS", "ClaimKind", "Measured", "NotThere", "Table", "Version"]
