"""The method, from raw values to ranked scores: files per step of the OECD/JRC Handbook; knows no files, no charts."""

from regional_index.method.aggregate import aggregate_tree
from regional_index.method.decompose_years import decompose_years
from regional_index.method.denominate import denominate, in_own_unit
from regional_index.method.effective import effective_weights
from regional_index.method.gaps import find_marks
from regional_index.method.groups import summarise_groups
from regional_index.method.impute import impute
from regional_index.method.index import Results, compute_index
from regional_index.method.movement import change_between
from regional_index.method.normalise import normalise
from regional_index.method.profile import nearest_profiles, strengths_and_weaknesses
from regional_index.method.rank import rank_scores
from regional_index.method.screen import screen
from regional_index.method.treat import treat
from regional_index.method.weight import declared_weights, weigh_node

__all__ = [
    "Results",
    "aggregate_tree",
    "change_between",
    "compute_index",
    "declared_weights",
    "decompose_years",
    "denominate",
    "effective_weights",
    "find_marks",
    "impute",
    "in_own_unit",
    "nearest_profiles",
    "normalise",
    "rank_scores",
    "screen",
    "strengths_and_weaknesses",
    "summarise_groups",
    "treat",
    "weigh_node",
]  # fmt: skip
