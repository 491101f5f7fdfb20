"""Step: uncertainty. How far scores and ranks move when choices of method are drawn at random (Handbook, step 8)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from regional_index.framework import QUANTILES, Framework
from regional_index.soundness.choices import Choices
from regional_index.soundness.draws import ABSENT, blocks_of, declared_robustness
from regional_index.soundness.monte_carlo import Draws
from regional_index.soundness.summaries import rank_quantiles, score_quantiles, shares_ahead, tier_probabilities
from regional_index.soundness.variants import Variants, make_variants

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True)
class Uncertainty:
    """What the draws come to; missing wherever the declared method gives no score.

    Attributes:
        ranges: Long frame `region, year, index, rank_lower, rank_median, rank_upper, lower, median, upper`: the 5, 50
            and 95 % quantiles. Those of ranks are ranks that occurred, over all draws; those of scores are of type 7,
            over the draws on the scale of the declared scores (with the declared rule of normalisation, and Copeland's
            rule at the same levels), missing where there are none. A quantile of ranks is a nullable whole number.
        tiers: Long frame `region, year, index, tier, probability`, tier 1 for the best ranks; empty when no tiers are
            declared.
        ahead: By node and year, regions x regions: how often the row is ahead of the column, ties counting half.
        draws: How many.
        seed: With it, the same draws come again.
        notes: What a reader must know about missing results, as sentences.
    """

    ranges: pd.DataFrame
    tiers: pd.DataFrame
    ahead: dict[tuple[str, int], pd.DataFrame]
    draws: int
    seed: int
    notes: tuple[str, ...]


def analyse_uncertainty(
    panel: pd.DataFrame,
    framework: Framework,
    membership: pd.DataFrame | None = None,
    *,
    nodes: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    pairs: bool | Sequence[int] = True,
    workers: int = 1,
    progress: Progress = lambda items, total: items,
) -> Uncertainty:
    """Draw all choices that `framework.robustness` names at once, and rank the regions anew each time.

    Every draw takes an option of each choice, all equally likely, and multiplies the weights by 1 + noise x (2u - 1).
    The result depends on the seed alone: not on the number of workers, nor on how much is asked for.

    Args:
        panel: In the indicators' units, denominated and screened, before imputation; rows (region, year).
        framework: The declared method, and what is varied.
        membership: Group of every region, for rules that use it.
        nodes: Codes to analyse; None: all.
        years: Years to analyse; None: all. Statistics of the method are of the whole panel even so.
        pairs: Years for which regions are compared in pairs; True: the last one; False: none.
        workers: Threads.
        progress: Called with the steps of the work and their number; gives them back one by one.

    Raises:
        DataError: Nothing is declared to be varied, or a rule cannot be carried out on these data.
        LookupFailed: A node is unknown.
    """
    robustness = declared_robustness(framework)
    choices = Choices.from_framework(framework, robustness)
    codes = [framework.node(code).code for code in (framework.nodes if nodes is None else nodes)]
    variants = make_variants(panel, framework, choices, membership, years)
    draws = Draws(choices, framework, robustness.draws, robustness.seed)
    compared = (variants.years[-1:] if pairs else ()) if isinstance(pairs, bool) else tuple(pairs)
    result = _Result(codes, variants, robustness.tiers, compared)
    blocks = blocks_of(codes, variants.years, draws.bytes_of(len(variants.regions)))
    work = _work(draws, blocks, variants, result, workers)
    for _ in progress(work, len(blocks) * len(draws.chunks)):
        pass
    return Uncertainty(
        result.ranges(), result.tiers(), result.ahead, robustness.draws, robustness.seed, result.notes(draws)
    )


def _work(
    draws: Draws,
    blocks: list[tuple[tuple[str, ...], tuple[int, ...]]],
    variants: Variants,
    result: "_Result",
    workers: int,
) -> Iterator[None]:
    """One step for each chunk of each block. Threads, for NumPy lets others work while it does."""
    with ThreadPoolExecutor(workers) as pool:
        for nodes, years in blocks:
            some = variants.of_years(years)
            shape = (len(nodes), len(years), len(variants.regions))
            ranks = np.empty((draws.count, *shape), dtype=np.int16)
            scores = np.empty((draws.scored, *shape))
            fill = partial(draws.fill, some, nodes, ranks, scores)
            yield from pool.map(fill, draws.chunks) if workers > 1 else map(fill, draws.chunks)
            result.add(nodes, years, ranks, scores)


class _Result:
    """What blocks of draws come to, in arrays (quantity, nodes, years, regions) for everything asked for."""

    def __init__(self, nodes: Sequence[str], variants: Variants, tiers: Sequence[int], compared: Sequence[int]) -> None:
        self.nodes, self.variants, self.bounds, self.compared = list(nodes), variants, tiers, compared
        shape = (len(nodes), len(variants.years), len(variants.regions))
        self.quantiles = np.full((6, *shape), np.nan)
        self.probabilities = np.full((len(tiers) + 1, *shape), np.nan)
        self.ahead: dict[tuple[str, int], pd.DataFrame] = {}
        self.lost = np.zeros((len(nodes), 2))

    def add(self, nodes: Sequence[str], years: Sequence[int], ranks: np.ndarray, scores: np.ndarray) -> None:
        """Sum up a block; `ranks` and `scores` have shape (draws, nodes, years, regions)."""
        at = np.ix_([self.nodes.index(code) for code in nodes], [self.variants.years.index(year) for year in years])
        flat = ranks.reshape(len(ranks), -1)
        both = rank_quantiles(flat, QUANTILES), score_quantiles(scores.reshape(len(scores), flat.shape[1]), QUANTILES)
        self.quantiles[:, *at] = np.concatenate(both).reshape(6, *ranks.shape[1:])
        if self.bounds:
            self.probabilities[:, *at] = tier_probabilities(flat, self.bounds).reshape(-1, *ranks.shape[1:])
        scored = ~np.isnan(self.variants.of_years(years).nominal_ranks(nodes))
        lost = ((ranks == ABSENT) & scored).sum(axis=(0, 2, 3))
        self.lost[at[0].ravel()] += np.stack([lost, len(ranks) * scored.sum(axis=(1, 2))], axis=1)
        for k, year in enumerate(years):
            for j, code in enumerate(nodes if year in self.compared else ()):
                table = shares_ahead(ranks[:, j, k])
                regions = pd.Index(self.variants.regions, name="region")
                self.ahead[code, year] = pd.DataFrame(table, index=regions, columns=regions.rename("behind"))

    def ranges(self) -> pd.DataFrame:
        """The frame of that name."""
        frame = self._keys()
        for name, values in zip(("rank_lower", "rank_median", "rank_upper"), self.quantiles[:3], strict=True):
            frame[name] = pd.array(_lengthen(values), dtype="Int64")
        for name, values in zip(("lower", "median", "upper"), self.quantiles[3:], strict=True):
            frame[name] = _lengthen(values)
        return frame

    def tiers(self) -> pd.DataFrame:
        """The frame of that name."""
        numbers = range(1, len(self.bounds) + 2) if self.bounds else ()
        frames = [
            self._keys().assign(tier=number, probability=_lengthen(values))
            for number, values in zip(numbers, self.probabilities, strict=False)
        ]
        columns = ["region", "year", "index", "tier", "probability"]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)

    def notes(self, draws: Draws) -> tuple[str, ...]:
        """What is missing, and why."""
        notes = [] if draws.scored else ["scores have no range, for no draw has the declared rule of normalisation"]
        for code, (lost, all_of_them) in zip(self.nodes, self.lost, strict=True):
            if lost:
                share = 100 * lost / all_of_them
                notes.append(f"{code}: in {share:.2g} % of the draws a region that is ranked has no score, so no rank")
        return tuple(notes)

    def _keys(self) -> pd.DataFrame:
        """`region, year, index` in the order of scores: node by node, the years of one region side by side."""
        keys = pd.MultiIndex.from_product([self.nodes, self.variants.regions, self.variants.years])
        frame = pd.DataFrame(index=keys.set_names(["index", "region", "year"])).reset_index()
        return frame[["region", "year", "index"]]


def _lengthen(values: np.ndarray) -> np.ndarray:
    """Shape (nodes, years, regions) as a column in the order of `_keys`."""
    return values.swapaxes(1, 2).ravel()
