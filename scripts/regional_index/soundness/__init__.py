"""Soundness of an index: uncertainty, sensitivity, limits of ranks, coherence; knows no files, no charts."""

from regional_index.soundness.choices import declared_robustness
from regional_index.soundness.coherence import describe_coherence
from regional_index.soundness.flips import flip_neighbours
from regional_index.soundness.limits import rank_limits
from regional_index.soundness.next_step import next_steps
from regional_index.soundness.sensitivity import analyse_sensitivity
from regional_index.soundness.uncertainty import Progress, analyse_uncertainty

__all__ = [
    "Progress",
    "analyse_sensitivity",
    "analyse_uncertainty",
    "declared_robustness",
    "describe_coherence",
    "flip_neighbours",
    "next_steps",
    "rank_limits",
]  # fmt: skip
