"""The published series: the cells that the edition states, and all others as not published."""

import pandas as pd

from regional_index.claims.readings import decimals_of
from regional_index.framework import Claim, Edition, Framework, Regions


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
