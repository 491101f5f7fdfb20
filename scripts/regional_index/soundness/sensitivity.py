"""Step: sensitivity. Which choice moves ranks most: Sobol indices of every choice of method (Handbook, step 8)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.framework import Framework, Robustness
from regional_index.method.rank import ranks_of
from regional_index.soundness.choices import declared_robustness, pick_option
from regional_index.soundness.draws import evaluate, make_variants

WEIGHT_SETS = 1000
MEAN = "mean"
INTERVAL = (0.025, 0.975)
RESAMPLES = 1000
# What is no more than this part of the largest result comes from rounding.
NOISE = 1e-12


class SobolIndices(NamedTuple):
    """First-order and total indices with the ends of their 95 % intervals, each of shape (factors, outputs)."""

    first: np.ndarray
    total: np.ndarray
    first_lower: np.ndarray
    first_upper: np.ndarray
    total_lower: np.ndarray
    total_upper: np.ndarray


def analyse_sensitivity(
    panel: pd.DataFrame,
    framework: Framework,
    membership: pd.DataFrame | None = None,
    *,
    nodes: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Shares of the variance of ranks in the last year that each varied choice accounts for, alone and in all.

    The choices are factors, one number in [0, 1) each: `weights` picks one of 1,000 sets of weights drawn beforehand,
    the others one of their options. A scrambled Sobol sequence makes A and B of `framework.robustness.base` rows; with
    A_B^i that takes base x (factors + 2) runs.

    Args:
        panel: In the indicators' units, denominated and screened, before imputation; rows (region, year).
        framework: The declared method, and what is varied.
        membership: Group of every region, for rules that use it.
        nodes: Codes to analyse; None: all.

    Returns:
        Long frame `index, output, factor, first, total, first_lower, first_upper, total_lower, total_upper`. `output`
        is `mean` (mean over regions of |rank - rank by the declared method|) or the code of a region (its rank). Where
        an output does not vary all its indices are 0, where it has no values they are missing. Empty where nothing is
        varied or base is 0.

    Raises:
        DataError: Nothing is declared to be varied, base is no power of two, or a rule cannot be carried out.
        LookupFailed: A node is unknown.
    """
    robustness = declared_robustness(framework)
    _check_base(robustness)
    codes = [framework.node(code).code for code in (framework.nodes if nodes is None else nodes)]
    variants = make_variants(panel, framework, membership)
    choices, year = variants.choices, variants.years[-1]
    frames = [pd.DataFrame(columns=["index", "output", "factor", *SobolIndices._fields])]
    if choices.factors and robustness.base:
        resampling, scrambling, weights = np.random.SeedSequence(robustness.seed).generate_state(3)
        design = make_design(len(choices.factors), robustness.base, int(scrambling))
        sets = choices.vary_weights(np.random.default_rng(weights), WEIGHT_SETS)
        # The column of the weights comes first; where there is none no weight is noisy, and all sets are alike.
        scores = evaluate(design, sets[pick_option(design[:, 0], WEIGHT_SETS)], variants, year)
        nominal = variants.of_year(variants.nominal, year)
        for code in codes:
            ranks = ranks_of(scores[code])
            moves = mean_move(ranks, ranks_of(nominal[code]))
            found = sobol_indices(np.column_stack([moves, ranks]), robustness.base, int(resampling))
            rows = pd.MultiIndex.from_product([(MEAN, *variants.regions), choices.factors], names=["output", "factor"])
            columns = {name: array.T.ravel() for name, array in found._asdict().items()}
            frames.append(pd.DataFrame(columns, index=rows).reset_index().assign(index=code))
    return pd.concat(frames[1:] or frames, ignore_index=True)


def mean_move(ranks: np.ndarray, nominal: np.ndarray) -> np.ndarray:
    """Mean of |rank - nominal rank| over the regions that have both, shape (runs,)."""
    moves = np.abs(ranks - nominal)
    count = (~np.isnan(moves)).sum(axis=1)
    return np.nansum(moves, axis=1) / np.where(count > 0, count, np.nan)


def make_design(factors: int, base: int, seed: int) -> np.ndarray:
    """Runs of a scrambled Sobol sequence in 2 x factors dimensions: A, then B, then A with one column of B each.

    Args:
        factors: At least one.
        base: Rows of A, a power of two.
        seed: Of the scrambling.

    Returns:
        Numbers in [0, 1), shape (base x (factors + 2), factors).

    Examples:
        >>> make_design(3, 8, seed=1).shape
        (40, 3)
    """
    from scipy.stats import qmc  # takes as long to import as all of pandas; a cached study does without

    points = qmc.Sobol(2 * factors, scramble=True, rng=seed).random(base)
    # A point that is rounded up to 1 would be beyond the last option.
    points = np.minimum(points, np.nextafter(1.0, 0.0))
    a, b = points[:, :factors], points[:, factors:]
    mixed = np.repeat(a[None], factors, axis=0)
    each = np.arange(factors)
    mixed[each, :, each] = b.T
    return np.concatenate([a, b, mixed.reshape(-1, factors)])


def sobol_indices(results: np.ndarray, base: int, seed: int = 0, resamples: int = RESAMPLES) -> SobolIndices:
    """First-order and total Sobol indices with bootstrap intervals, by the formulas of scipy.stats.sobol_indices.

    SciPy's own function takes no missing runs, gives no indices where nothing varies, and resamples without a seed.
    First order: mean(y_B (y_ABi - y_A)) / V (Saltelli et al. 2010); total: mean((y_A - y_ABi)^2) / 2V (Jansen 1999);
    V is the variance of A and B together, divided by their number, not one less. Results are centred by their mean
    over all runs before, for the first estimator is biased otherwise. A factor that changes nothing has exactly 0.

    Args:
        results: Of the runs of `make_design`, shape (runs, outputs); NaN where a run has none: its row of the design
            is left out for this output.
        base: Rows of A.
        seed: Of the resampling.
        resamples: How often rows are drawn with replacement for the intervals (2.5 and 97.5 % quantiles).
    """
    y = results.reshape(-1, base, results.shape[1])
    valid = ~np.isnan(y).any(axis=0)
    noise = (NOISE * np.abs(np.where(valid, y[:2], 0.0)).max(axis=(0, 1))) ** 2
    mean = np.where(valid, y, 0.0).sum(axis=(0, 1)) / (len(y) * np.maximum(valid.sum(axis=0), 1))
    y_a, y_b, *y_ab = np.where(valid, y - mean, 0.0)
    squares, sums = y_a**2 + y_b**2, y_a + y_b
    products, differences = y_b * (np.array(y_ab) - y_a), (y_a - np.array(y_ab)) ** 2

    def estimate(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both indices, shape (factors, samples, outputs), with rows of the design counted so often (samples, base)."""
        rows = np.maximum(counts @ valid, 1.0)
        variance = counts @ squares / (2 * rows) - (counts @ sums / (2 * rows)) ** 2
        divisor = rows * np.where(variance > noise, variance, np.inf)
        return counts @ products / divisor, counts @ differences / (2 * divisor)

    drawn = np.random.default_rng(seed).integers(base, size=(resamples, base))
    counts = np.array([np.bincount(sample, minlength=base) for sample in drawn], dtype=float)
    ends = [end for each in estimate(counts) for end in np.quantile(each, INTERVAL, axis=1)]
    found = [*(each[:, 0] for each in estimate(np.ones((1, base)))), *ends]
    return SobolIndices(*(np.where(valid.any(axis=0), each, np.nan) for each in found))


def _check_base(robustness: Robustness) -> None:
    if robustness.base & (robustness.base - 1):
        expected = "a power of two, for which the design is balanced"
        nearest = f"write {1 << robustness.base.bit_length() - 1}"
        raise DataError([Problem("data/framework.yml", "robustness.base", str(robustness.base), expected, nearest)])
