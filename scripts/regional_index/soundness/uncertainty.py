"""Step: uncertainty. How far scores and ranks move when choices of method are drawn at random (Handbook, step 8)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from regional_index.framework import QUANTILES, Framework
from regional_index.method.describe import base_years
from regional_index.method.rank import ranks_of
from regional_index.soundness.choices import Choices, declared_robustness
from regional_index.soundness.draws import evaluate, make_variants

Progress = Callable[[Iterable[Any], int], Iterable[Any]]
RANGES = ("rank_lower", "rank_median", "rank_upper", "lower", "median", "upper")
MOVES = ["index", "region", "base_year", "rose", "fell"]
# Draws with a random stream of their own: part of what a seed means.
CHUNK = 1024


@dataclass(frozen=True)
class Uncertainty:
    """Results of the draws; missing wherever the declared method gives no score.

    Attributes:
        ranges: Long frame `index, year, region, rank_lower, rank_median, rank_upper, lower, median, upper`: the 5, 50
            and 95 % quantiles. Those of ranks are ranks that occurred, over all draws; those of scores are over the
            draws on the scale of the declared scores (with the declared rule of normalisation, and Copeland's rule at
            the same levels), missing where there are none.
        tiers: Long frame `index, year, region, tier, probability`, tier 1 for the best ranks; empty when no tiers are
            declared.
        first_place: Long frame `index, region, probability`: of being first in the last year.
        ahead: Long frame `index, ahead, behind, probability` of the last year, ties counting half.
        moves: Long frame `index, region, base_year, rose, fell`: the part of the draws in which the rank of the last
            year is better or worse than that of the base year (the first year, and the one before the last). Each draw
            is compared with itself: the same rules and weights in both years.
    """

    ranges: pd.DataFrame
    tiers: pd.DataFrame
    first_place: pd.DataFrame
    ahead: pd.DataFrame
    moves: pd.DataFrame


def analyse_uncertainty(
    panel: pd.DataFrame,
    framework: Framework,
    membership: pd.DataFrame | None = None,
    *,
    nodes: Sequence[str] | None = None,
    progress: Progress = lambda items, total: items,
) -> Uncertainty:
    """Draw all choices that `framework.robustness` names at once, and rank the regions again each time.

    Every draw takes an option of each choice, all equally likely, and multiplies the weights by 1 + noise x (2u - 1).
    All years have the same draws: the same design and the same multipliers. The result depends on the seed alone.

    Args:
        panel: In the indicators' units, denominated and screened, before imputation; rows (region, year).
        framework: The declared method, and what is varied.
        membership: Group of every region, for rules that use it.
        nodes: Codes to analyse, none where none has a score; None: all.
        progress: Called with the years and their number; gives them back one by one.

    Raises:
        DataError: Nothing is declared to be varied, or a rule cannot be carried out on these data.
        LookupFailed: A node is unknown.
    """
    robustness = declared_robustness(framework)
    codes = [framework.node(code).code for code in (framework.nodes if nodes is None else nodes)]
    variants = make_variants(panel, framework, membership)
    design, factors = draw_choices(variants.choices, robustness.draws, robustness.seed)
    comparable = variants.choices.on_declared_scale(design, framework)
    regions = pd.Index(variants.regions, name="region")
    ranges, tiers, first, ahead, moves = [], [], [], [], []
    bases: dict[int, dict[str, np.ndarray]] = {}
    for year in progress(variants.years, len(variants.years)):
        scores = evaluate(design, factors, variants, year)
        for code in codes:
            ranks = ranks_of(scores[code])
            cell = {"index": code, "year": year, "region": regions}
            quantiles = *quantiles_of(ranks, "inverted_cdf"), *quantiles_of(scores[code][comparable], "linear")
            ranges.append(pd.DataFrame({**cell, **dict(zip(RANGES, quantiles, strict=True))}))
            if robustness.tiers:
                shares = tier_probabilities(ranks, robustness.tiers)
                tiers += [pd.DataFrame({**cell, "tier": k, "probability": each}) for k, each in enumerate(shares, 1)]
            if year == variants.years[-1]:
                firsts = tier_probabilities(ranks, [1])[0]
                first.append(pd.DataFrame({"index": code, "region": regions, "probability": firsts}))
                pairs = pd.DataFrame(shares_ahead(ranks), regions.rename("ahead"), regions.rename("behind"))
                ahead.append(pairs.stack().rename("probability").reset_index().assign(index=code))
                for base_year, before in bases.items():
                    rose, fell = shares_moved(before[code], ranks)
                    pair = {"index": code, "region": regions, "base_year": base_year}
                    moves.append(pd.DataFrame({**pair, "rose": rose, "fell": fell}))
            elif year in base_years(variants.years):
                bases.setdefault(year, {})[code] = ranks
    return Uncertainty(
        _join(ranges, ["index", "year", "region", *RANGES]).astype(dict.fromkeys(RANGES[:3], "Int64")),
        _join(tiers, ["index", "year", "region", "tier", "probability"]),
        _join(first, ["index", "region", "probability"]),
        _join(ahead, ["index", "ahead", "behind", "probability"]),
        _join(moves, MOVES),
    )


def _join(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    """The frames one below the other; without any, a frame of these columns and no rows."""
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def draw_choices(choices: Choices, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A design (draws, factors) and multipliers of weights (draws, edges), both at random."""
    seeds = np.random.SeedSequence(seed).spawn(-(-draws // CHUNK))
    parts = [_draw_chunk(choices, np.random.default_rng(each), CHUNK) for each in seeds[:-1]]
    parts.append(_draw_chunk(choices, np.random.default_rng(seeds[-1]), draws - CHUNK * (len(seeds) - 1)))
    design, factors = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return design, factors


def _draw_chunk(choices: Choices, generator: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    return generator.random((size, len(choices.factors))), choices.vary_weights(generator, size)


def quantiles_of(draws: np.ndarray, method: Literal["inverted_cdf", "linear"]) -> np.ndarray:
    """The 5, 50 and 95 % quantiles over the draws that have a value, shape (3, regions).

    Args:
        draws: Shape (draws, regions), NaN where missing.
        method: Of `numpy.quantile`.
    """
    found = np.full((len(QUANTILES), draws.shape[1]), np.nan)
    present = ~np.isnan(draws)
    some = present.any(axis=0)
    whole = some & present.all(axis=0)
    if whole.any():
        found[:, whole] = np.quantile(draws[:, whole], QUANTILES, axis=0, method=method)
    for cell in np.flatnonzero(some & ~whole):
        found[:, cell] = np.quantile(draws[present[:, cell], cell], QUANTILES, method=method)
    return found


def tier_probabilities(ranks: np.ndarray, tiers: Sequence[int]) -> np.ndarray:
    """Probability of each region to be in each tier.

    Args:
        ranks: Shape (draws, regions), NaN where missing.
        tiers: Last rank of every tier but the last, ascending.

    Returns:
        Shape (tiers + 1, regions), between 0 and 1, of the draws with a rank; NaN where there is none.

    Examples:
        >>> tier_probabilities(np.array([[1], [2], [2], [5]]), [1, 3]).ravel().tolist()
        [0.25, 0.5, 0.25]
    """
    within = np.array([(ranks <= last).sum(axis=0) for last in (0, *tiers, np.inf)])
    return np.diff(within, axis=0) / np.where(within[-1] > 0, within[-1], np.nan)


def shares_ahead(ranks: np.ndarray) -> np.ndarray:
    """Share of the draws in which each region is ahead of each other one; a tie counts half.

    Args:
        ranks: Shape (draws, regions), NaN where missing.

    Returns:
        Shape (regions, regions): the row ahead of the column, of the draws in which both have a rank; one half of
        each with itself. NaN where there is no such draw. With its transpose it makes 1.

    Examples:
        >>> shares_ahead(np.array([[1, 2], [1, 1], [1, 2], [1, 2]]))
        array([[0.5  , 0.875],
               [0.125, 0.5  ]])
    """
    by_region = np.ascontiguousarray(ranks.T)
    less = np.array([(own < by_region).sum(axis=1) for own in by_region])
    present = (~np.isnan(by_region)).astype(float)
    both = present @ present.T
    # A fraction of whole numbers: what was counted, without noise of a difference.
    return (both + less - less.T) / np.where(both > 0, 2 * both, np.nan)


def shares_moved(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of the draws in which the rank of each region rose, and in which it fell; in the others it is the same.

    Compared are ranks among the regions that have both in the draw, so that none moves because another appears.

    Args:
        before: Ranks, shape (draws, regions), NaN where missing.
        after: Ranks of the same draws in a later year.

    Returns:
        Two arrays of shape (regions,), of the draws in which a region has both ranks; NaN where there is none.

    Examples:
        >>> shares_moved(np.array([[1, 2, 3], [1, 2, 3]]), np.array([[3, 2, 1], [1, 3, 2]]))
        (array([0., 0., 1.]), array([0.5, 0.5, 0. ]))
    """
    both = ~(np.isnan(before) | np.isnan(after))
    gained = _ranks_among(before, both) - _ranks_among(after, both)
    compared = np.where(both.any(axis=0), both.sum(axis=0), np.nan)
    return (gained > 0).sum(axis=0) / compared, (gained < 0).sum(axis=0) / compared


def _ranks_among(ranks: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The ranks of the chosen regions among each other; ranking again costs as much as all the rest."""
    return ranks if (~np.isnan(ranks) == chosen).all() else ranks_of(-np.where(chosen, ranks, np.nan))
