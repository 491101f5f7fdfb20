"""Everything that follows from the claims of an edition, and from nothing else: verdicts, intervals, weights."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from regional_index.claims.audit import audit_edition, claims_in_force
from regional_index.claims.bounds import find_bounds
from regional_index.claims.conflicts import claims_for
from regional_index.claims.findings import EditionFindings, WeightStudy
from regional_index.claims.readings import decimals_of
from regional_index.claims.universe import Universe, universe_of
from regional_index.claims.weights import COARSE, FINE, study_weights
from regional_index.framework import Claim, Edition, Framework, Node, Regions
from regional_index.processes import processes

# Decimals kept of what a solver computed: more would differ from machine to machine.
KEPT_DECIMALS = 4
# A claim takes a tenth of a second, a process some seconds to start.
WORTH_PROCESSES = 80


def study_edition(edition: Edition, framework: Framework, regions: Regions) -> tuple[pd.DataFrame, EditionFindings]:
    """Derive everything from the claims.

    Args:
        edition: The claims and the decisions on them.
        framework: Which indices there are.
        regions: Which regions there are.

    Returns:
        Long frame `region, year, index, score, rank, lower, upper, rank_lower, rank_upper, decimals, status, claim`,
        a row for every index and evaluated region, in which scores and ranks are those that claims state and the rest
        have intervals only; and what comparing the claims found.

    Raises:
        DataError: Claims contradict each other and no decision says which is left out.
        SolverError: A solver failed.
    """
    universe = universe_of(edition, framework, regions)
    in_force = claims_in_force(edition)
    parents = [(node, steps) for node in framework.walk() if node.children for steps in (COARSE, FINE)]
    with processes() as several:
        run = several if len(in_force) >= WORTH_PROCESSES else map
        bounds = run(partial(_find_bounds, claims=in_force, universe=universe), universe.indices)
        weights = run(partial(_study_weights, claims=in_force, universe=universe), parents)
        audit = audit_edition(edition, universe, run)
        intervals = _find_intervals(dict(zip(universe.indices, bounds, strict=True)))
        stated = published_scores(edition, framework, regions)
        studies = tuple(study for study in weights if study is not None)
        return _add_intervals(stated, intervals), EditionFindings(edition, audit, studies)


def _find_bounds(index: str, claims: Sequence[Claim], universe: Universe) -> pd.DataFrame:
    return find_bounds(claims_for(index, claims), universe, index)


def _study_weights(parent: tuple[Node, int], claims: Sequence[Claim], universe: Universe) -> WeightStudy | None:
    node, steps = parent
    return study_weights(claims, universe, node.code, tuple(child.code for child in node.children), steps)


def _find_intervals(found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The bounds of every cell, those of scores rounded away from what they enclose."""
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


def published_scores(edition: Edition, framework: Framework, regions: Regions) -> pd.DataFrame:
    """One row for every index and evaluated region of the edition.

    A score is there only where a claim states it, a rank only where a claim states it: nothing is derived.

    Returns:
        Long frame `region, year, index, score, rank, decimals, status, claim`; `status` is `published` or
        `not_published`, `decimals` those that were printed, `claim` the id of the claim that states the score.
    """
    scores = {(c.index, c.regions[0]): c for c in edition.claims.values() if c.kind == "score"}
    ranks = {key: rank for c in edition.claims.values() for key, rank in stated_ranks(c).items()}
    rows = [
        _row(region, edition.data_year, index, scores.get((index, region)), ranks.get((index, region)))
        for index in framework.nodes
        for region in regions.evaluated
    ]
    return pd.DataFrame(rows).astype({"score": float, "rank": "Int64", "decimals": "Int64"})


def stated_ranks(claim: Claim) -> dict[tuple[str, str], int]:
    """Ranks that a claim states, by (index, region): by itself or as a place in an ordered top list."""
    if claim.kind == "rank":
        return {(claim.index, claim.regions[0]): int(claim.value)}
    if claim.kind == "top" and claim.details.get("ordered"):
        return {(claim.index, region): place for place, region in enumerate(claim.regions, start=1)}
    return {}


def _row(region: str, year: int, index: str, claim: Claim | None, rank: int | None) -> dict[str, object]:
    return {
        "region": region,
        "year": year,
        "index": index,
        "score": float(claim.value) if claim else None,
        "rank": rank,
        "decimals": decimals_of(claim.value) if claim else None,
        "status": "published" if claim else "not_published",
        "claim": claim.id if claim else "",
    }
