"""A best guess for every score that was not published, and how good such guesses are where the truth is known.

Each rule expects something of every region; the estimate is the table nearest to that which all claims allow. A rule
is judged by leaving out one published score at a time. The best one is used.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, pairwise
from math import exp, inf, log

import numpy as np
import pandas as pd

from regional_index.claims.bounds import find_bounds
from regional_index.claims.conflicts import claims_for
from regional_index.claims.nearest import Expectation, find_nearest
from regional_index.claims.published import stated_ranks
from regional_index.claims.sheet import Sheet, cell
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.claims.writing import write_sheet
from regional_index.framework import Claim
from regional_index.processes import work_through

# Small beside the squares of distances, so that it decides only what they leave open.
RIDGE = 1e-3
# Leaving out one score takes seconds where many regions are to be ranked, no longer than a process takes to start.
WORTH_PROCESSES = 8
LEVEL_KINDS = ("total", "mean", "score")
"""Kinds of claims that say how high the scores of an index are; without one there is nothing to estimate from."""


@dataclass(frozen=True)
class Known:
    """What a rule may use.

    Attributes:
        bounds: By region, see `find_bounds`.
        predictor: Scores of another series, as far as there are.
        kept: Share of a score that is left one place further down, see `share_kept`.
    """

    bounds: pd.DataFrame
    predictor: pd.Series
    kept: float


Rule = Callable[[Known], Expectation]


def expect_middle(known: Known) -> Expectation:
    """The middle of each interval."""
    middle = (known.bounds["lower"] + known.bounds["upper"]) / 2
    return Expectation(middle, pd.DataFrame(index=middle.index), {}, {})


def expect_curve(known: Known) -> Expectation:
    """The rank-size curve: scores fall by the same share from place to place; a region is at its middle place."""
    places = (known.bounds["rank_lower"] + known.bounds["rank_upper"]) / 2
    return _family(pd.DataFrame({"height": known.kept ** (places - 1)}), {"height": 0.0})


def expect_proportional(known: Known) -> Expectation:
    """The other series times one factor."""
    return _family(pd.DataFrame({"slope": _filled(known)}), {"slope": 0.0})


def expect_scaled(known: Known) -> Expectation:
    """A straight line through the other series: level and slope as the claims allow best."""
    basis = pd.DataFrame({"level": 1.0, "slope": _filled(known)}, index=known.bounds.index)
    return _family(basis, {"level": -inf, "slope": 0.0})


def expect_monotone(known: Known) -> Expectation:
    """Any rising curve through the other series, bent as little as the claims allow."""
    filled = _filled(known)
    steps = np.unique(filled.to_numpy())
    basis = pd.DataFrame({"level": 1.0}, index=filled.index)
    ridge = {"level": 0.0}
    for number, (low, high) in enumerate(pairwise(steps)):
        name = f"step{number}"
        basis[name] = (filled >= high).astype(float)
        ridge[name] = RIDGE / (high - low)
    least = dict.fromkeys(basis, 0.0) | {"level": -inf}
    return Expectation(pd.Series(0.0, index=filled.index), basis, least, ridge)


RULES: Mapping[str, Rule] = {
    "middle": expect_middle,
    "curve": expect_curve,
    "proportional": expect_proportional,
    "scaled": expect_scaled,
    "monotone": expect_monotone,
}


def share_kept(claims: Iterable[Claim]) -> float:
    """The share of a score that is left one place further down: a pooled exponential fit.

    Least squares of ln(score) on place, over the published scores whose places are published too, each index with a
    level of its own. 1 (no fall) where no index has two such scores.
    """
    claims = list(claims)
    places = {key: place for claim in claims for key, place in stated_ranks(claim).items()}
    rows = [
        (claim.index, places[claim.index, claim.regions[0]], log(float(claim.value)))
        for claim in claims
        if claim.kind == "score" and (claim.index, claim.regions[0]) in places and float(claim.value) > 0
    ]
    frame = pd.DataFrame(rows, columns=["index", "place", "logarithm"])
    apart = frame[["place", "logarithm"]] - frame.groupby("index")[["place", "logarithm"]].transform("mean")
    spread = float((apart["place"] ** 2).sum())
    return exp(min(float((apart["place"] * apart["logarithm"]).sum()) / spread, 0.0)) if spread else 1.0


def estimate(
    claims: Sequence[Claim], universe: Universe, known: Mapping[str, Known], rule: str
) -> dict[str, pd.Series]:
    """Scores of all regions: the table nearest to what a rule expects that all claims allow.

    Published scores, and the ends of bands, are taken to be exactly as printed where the other claims allow that: no
    estimate is better than a score that is ahead of it only by its rounding, or lies in the tolerance of a band.

    Args:
        claims: Those that bear on the indices; they must be able to hold together.
        universe: What they speak about.
        known: What the rule may use, for each index that is to be estimated.
        rule: A key of `RULES`.

    Returns:
        By index, the scores by region.
    """
    expected = {index: RULES[rule](own) for index, own in known.items()}
    literal = [replace(c, details={**c.details, "tolerance": "0"}) if c.kind == "band" else c for c in claims]
    for sheet in (_as_printed(literal, universe), _as_printed(claims, universe)):
        if Programme(sheet).is_feasible():
            return find_nearest(sheet, expected)
    return find_nearest(write_sheet(claims, universe), expected)


def _as_printed(claims: Sequence[Claim], universe: Universe) -> Sheet:
    """The rows of claims, with every published score exactly as printed."""
    sheet = write_sheet(claims, universe)
    for claim in claims:
        if claim.kind == "score":
            score = float(claim.value)
            sheet.bounds[cell(claim.index, claim.regions[0])] = (score, score)
    return sheet


def find_known(
    claims: Sequence[Claim], universe: Universe, predictors: Mapping[str, pd.Series], kept: float
) -> dict[str, Known]:
    """What rules may use, for each index of which some claim says how high its scores are.

    Args:
        claims: Those that bear on the indices.
        universe: What they speak about.
        predictors: By index, scores of another series, as far as there are.
        kept: See `share_kept`.
    """
    levelled = {claim.index for claim in claims if claim.kind in LEVEL_KINDS}
    indices = [index for index in universe.indices if index in levelled]
    return {
        index: Known(find_bounds(claims, universe, index), predictors[index].reindex(list(universe.regions)), kept)
        for index in indices
    }


@dataclass(frozen=True)
class LeftOut:
    """One published score, and what a rule says of it when it is left out."""

    index: str
    region: str
    published: float
    rule: str
    estimated: float


def leave_one_out(
    claims: Sequence[Claim], universe: Universe, predictors: Mapping[str, pd.Series], rules: Iterable[str] = RULES
) -> list[LeftOut]:
    """Estimate each published score from all other claims, by every rule.

    A score without which nothing says how high the scores of its index are is passed over.
    """
    scores = [claim for claim in claims if claim.kind == "score"]
    leave_out = partial(_leave_out, claims=claims, universe=universe, predictors=predictors, rules=tuple(rules))
    return [*chain.from_iterable(work_through(leave_out, scores, WORTH_PROCESSES))]


def _leave_out(
    claim: Claim,
    claims: Sequence[Claim],
    universe: Universe,
    predictors: Mapping[str, pd.Series],
    rules: tuple[str, ...],
) -> list[LeftOut]:
    others = [other for other in claims if other.id != claim.id]
    own = claims_for(claim.index, others)
    known = find_known(own, universe, predictors, share_kept(others))
    if claim.index not in known:
        return []
    guesses = {rule: estimate(own, universe, known, rule)[claim.index][claim.regions[0]] for rule in rules}
    return [
        LeftOut(claim.index, claim.regions[0], float(claim.value), rule, float(guess))
        for rule, guess in guesses.items()
    ]


def _family(basis: pd.DataFrame, least: Mapping[str, float]) -> Expectation:
    ridge = {name: 0.0 if name == "level" else RIDGE for name in basis}
    return Expectation(pd.Series(0.0, index=basis.index), basis, least, ridge)


def _filled(known: Known) -> pd.Series:
    """The other series, regions that it lacks at its median."""
    scores = known.predictor.astype(float)
    return scores.fillna(scores.median() if scores.notna().any() else 0.0)
