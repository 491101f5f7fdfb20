"""From raw values to ranked scores: one file per step of the OECD/JRC Handbook. Knows no files and no charts."""

from regional_index.compute.aggregate import aggregate_tree
from regional_index.compute.denominate import denominate, in_own_unit
from regional_index.compute.groups import summarise_groups
from regional_index.compute.impute import impute
from regional_index.compute.index import Results, compute_index
from regional_index.compute.movement import change_between
from regional_index.compute.normalise import normalise
from regional_index.compute.profile import nearest_profiles
from regional_index.compute.rank import rank_scores
from regional_index.compute.weight import weigh

__all__ = [
    "Results", "aggregate_tree", "change_between", "compute_index", "denominate", "impute", "in_own_unit",
    "nearest_profiles", "normalise", "rank_scores", "summarise_groups", "weigh",
]  # fmt: skip
