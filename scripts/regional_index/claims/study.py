"""Everything that follows from the claims of an edition, and from nothing else: verdicts, intervals, weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regional_index.claims.audit import audit_edition, claims_in_force
from regional_index.claims.bounds import find_bounds
from regional_index.claims.conflicts import claims_for
from regional_index.claims.findings import Audit, WeightStudy
from regional_index.claims.published import published_scores
from regional_index.claims.universe import Universe, universe_of
from regional_index.claims.weights import COARSE, FINE, study_weights
from regional_index.framework import Claim, Edition, Framework, Regions

# Decimals kept of what a solver computed: more would differ from machine to machine.
KEPT_DECIMALS = 4


@dataclass(frozen=True, eq=False)
class Study:
    """What follows from an edition.

    Attributes:
        scores: Long frame `region, year, index, score, rank, lower, upper, rank_lower, rank_upper, decimals, status,
            claim`, a row for every index and evaluated region. Scores and ranks are those that claims state; the rest
            have intervals only.
        audit: Verdicts, contradictions and the self-test.
        weights: For each index with sub-indices, in coarse and in fine steps.
    """

    scores: pd.DataFrame
    audit: Audit
    weights: tuple[WeightStudy, ...]


def study_edition(edition: Edition, framework: Framework, regions: Regions) -> Study:
    """Derive everything from the claims.

    Args:
        edition: The claims and the decisions on them.
        framework: Which indices there are.
        regions: Which regions there are.

    Raises:
        DataError: Claims contradict each other and no decision says which is left out.
        SolverError: A solver failed.
    """
    universe = universe_of(edition, framework, regions)
    audit = audit_edition(edition, universe)
    in_force = claims_in_force(edition)
    stated = published_scores(edition, framework, regions)
    return Study(
        scores=_add_intervals(stated, _find_intervals(in_force, universe)),
        audit=audit,
        weights=tuple(_weights(in_force, universe, framework)),
    )


def _find_intervals(claims: Sequence[Claim], universe: Universe) -> pd.DataFrame:
    """The bounds of every cell, those of scores rounded away from what they enclose."""
    found = {index: find_bounds(claims_for(index, claims), universe, index) for index in universe.indices}
    bounds = pd.concat(found, names=["index", "region"])
    lower, upper = _round_outwards(bounds["lower"], np.floor), _round_outwards(bounds["upper"], np.ceil)
    return bounds.assign(lower=lower, upper=upper).reset_index()


def _round_outwards(bounds: pd.Series, away: np.ufunc) -> pd.Series:
    """Bounds with the decimals that are kept; never a minus zero."""
    units = 10.0**KEPT_DECIMALS
    return away((bounds * units).round(2)) / units + 0.0


def _add_intervals(stated: pd.DataFrame, intervals: pd.DataFrame) -> pd.DataFrame:
    """The cells with their intervals; a published score is its own."""
    frame = stated.merge(intervals, on=["index", "region"], how="left", validate="one_to_one")
    for end in ("lower", "upper"):
        frame[end] = frame["score"].fillna(frame[end])
    columns = [
        "region", "year", "index", "score", "rank", "lower", "upper", "rank_lower", "rank_upper", "decimals", "status",
        "claim",
    ]  # fmt: skip
    return frame.astype({"rank_lower": "Int64", "rank_upper": "Int64"})[columns]


def _weights(claims: Sequence[Claim], universe: Universe, framework: Framework) -> list[WeightStudy]:
    studies = [
        study_weights(claims, universe, node.code, tuple(child.code for child in node.children), steps)
        for node in framework.walk()
        if node.children
        for steps in (COARSE, FINE)
    ]
    return [study for study in studies if study is not None]
