"""From raw values to ranked scores and how sure they are: files per step of the OECD/JRC Handbook, families by prefix.

Knows no files and no charts.
"""

from regional_index.compute.aggregate import aggregate_tree
from regional_index.compute.association import correlations
from regional_index.compute.coherence import Coherence, describe_coherence
from regional_index.compute.decompose_years import decompose_years
from regional_index.compute.denominate import denominate, in_own_unit
from regional_index.compute.effective import effective_weights
from regional_index.compute.flips import flip_neighbours
from regional_index.compute.gaps import find_marks
from regional_index.compute.groups import summarise_groups
from regional_index.compute.importance import implied_importance
from regional_index.compute.impute import impute
from regional_index.compute.index import Results, compute_index
from regional_index.compute.movement import change_between
from regional_index.compute.next_step import next_steps
from regional_index.compute.normalise import normalise
from regional_index.compute.profile import nearest_profiles, strengths_and_weaknesses
from regional_index.compute.rank import rank_scores
from regional_index.compute.rank_limits import rank_limits
from regional_index.compute.screen import screen
from regional_index.compute.sensitivity import analyse_sensitivity
from regional_index.compute.treat import treat
from regional_index.compute.uncertainty import Uncertainty, analyse_uncertainty
from regional_index.compute.weight import declared_weights, weigh_node

__all__ = [
    "Coherence", "Results", "Uncertainty", "aggregate_tree",
    "analyse_sensitivity", "analyse_uncertainty", "change_between", "compute_index", "correlations",
    "declared_weights", "decompose_years", "denominate", "describe_coherence", "effective_weights", "find_marks",
    "flip_neighbours", "implied_importance", "impute", "in_own_unit", "nearest_profiles", "next_steps", "normalise",
    "rank_limits", "rank_scores", "screen", "strengths_and_weaknesses", "summarise_groups", "treat", "weigh_node",
]  # fmt: skip
