"""How sure scores and ranks are: uncertainty, sensitivity, limits of ranks, coherence; knows no files, no charts."""

from regional_index.soundness.association import correlations
from regional_index.soundness.coherence import Coherence, describe_coherence
from regional_index.soundness.flips import flip_neighbours
from regional_index.soundness.importance import implied_importance
from regional_index.soundness.limits import rank_limits
from regional_index.soundness.next_step import next_steps
from regional_index.soundness.sensitivity import analyse_sensitivity
from regional_index.soundness.uncertainty import Uncertainty, analyse_uncertainty

__all__ = [
    "Coherence",
    "Uncertainty",
    "analyse_sensitivity",
    "analyse_uncertainty",
    "correlations",
    "describe_coherence",
    "flip_neighbours",
    "implied_importance",
    "next_steps",
    "rank_limits",
]  # fmt: skip
