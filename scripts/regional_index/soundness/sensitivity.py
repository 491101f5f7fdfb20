"""Step: sensitivity. Which choice moves ranks most: Sobol indices of every choice of method (Handbook, step 8)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.framework import Framework, Robustness
from regional_index.soundness.choices import Choices, pick_option
from regional_index.soundness.draws import ABSENT, BLOCK_BYTES, declared_robustness, evaluate
from regional_index.soundness.sobol import SobolIndices, make_design, sobol_indices, split_runs
from regional_index.soundness.variants import Variants, make_variants

WEIGHT_SETS = 1000
MEAN = "mean"
COLUMNS = ("index", "output", "measure", "factor", "first", "total", "first_lower", "first_upper", "total_lower",
           "total_upper", "note")  # fmt: skip
# Runs whose weights are held at once: part of no result.
RUNS = 4096


def analyse_sensitivity(
    panel: pd.DataFrame,
    framework: Framework,
    membership: pd.DataFrame | None = None,
    *,
    nodes: Sequence[str] | None = None,
    year: int | None = None,
    scores: bool = False,
    progress: Callable[[Iterable[Any], int], Iterable[Any]] = lambda items, total: items,
) -> pd.DataFrame:
    """What part of the variance of ranks each varied choice accounts for, alone (`first`) and in all (`total`).

    The choices are factors, one number in [0, 1) each: `weights` picks one of 1,000 sets of weights drawn beforehand,
    the others one of their options. A scrambled Sobol sequence makes A and B of `framework.robustness.base` rows; with
    A_B^i that takes base x (factors + 2) runs.

    Args:
        panel: In the indicators' units, denominated and screened, before imputation; rows (region, year).
        framework: The declared method, and what is varied.
        membership: Group of every region, for rules that use it.
        nodes: Codes to analyse; None: all.
        year: The year; None: the last one.
        scores: Whether the scores of every region are analysed, too. Those of several rules of normalisation are on
            different scales, so there are none where normalisation, or Copeland's rule, is varied.
        progress: Called with the steps of the work and their number; gives them back one by one.

    Returns:
        Long frame `index, output, measure, factor, first, total, first_lower, first_upper, total_lower, total_upper,
        note`. `output` is `mean` (mean over regions of |rank - rank by the declared method|) or the code of a region
        (its rank, or, with `measure` `score`, its score). The ends are those of 95 % bootstrap intervals. Where an
        output does not vary all its indices are 0, and `note` says so. Empty where nothing is varied or base is 0.

    Raises:
        DataError: Nothing is declared to be varied, base is no power of two, or a rule cannot be carried out.
        LookupFailed: A node is unknown.
    """
    robustness = declared_robustness(framework)
    choices = Choices.from_framework(framework, robustness)
    codes = [framework.node(code).code for code in (framework.nodes if nodes is None else nodes)]
    _check_base(robustness)
    if not choices.factors or not robustness.base or not codes:
        return pd.DataFrame(columns=list(COLUMNS))
    years = panel.index.get_level_values("year")
    variants = make_variants(panel, framework, choices, membership, [year or years.max()])
    runs = _Runs(choices, robustness, variants, scores and choices.count("normalise") == 1 and all(choices.comparable))
    steps = runs.evaluate(codes)
    for _ in progress(steps, runs.steps(codes)):
        pass
    return pd.concat(runs.frames, ignore_index=True)


class _Runs:
    """The runs of a design, for some nodes at a time, and what has come out."""

    def __init__(self, choices: Choices, robustness: Robustness, variants: Variants, with_scores: bool) -> None:
        self.choices, self.robustness, self.variants, self.with_scores = choices, robustness, variants, with_scores
        seeds = np.random.SeedSequence(robustness.seed).generate_state(3)
        self.resampling = int(seeds[0])
        self.design = make_design(len(choices.factors), robustness.base, int(seeds[1]))
        self.sets = choices.vary_weights(np.random.default_rng(seeds[2]), WEIGHT_SETS)
        self.frames: list[pd.DataFrame] = []

    def steps(self, nodes: Sequence[str]) -> int:
        """How many steps `evaluate` takes."""
        return len(self._blocks(nodes)) * len(range(0, len(self.design), RUNS))

    def evaluate(self, nodes: Sequence[str]) -> Iterator[None]:
        """Carry out the runs, block of nodes by block of nodes; a step is up to `RUNS` runs."""
        for block in self._blocks(nodes):
            shape = (len(self.design), len(block), len(self.variants.regions))
            ranks, scores = np.empty(shape, dtype=np.int16), np.empty(shape if self.with_scores else (0, 0, 0))
            for start in range(0, len(self.design), RUNS):
                design = self.design[start : start + RUNS]
                for batch in evaluate(design, self._weight_factors(design), self.variants, self.choices, block):
                    ranks[start + batch.rows] = batch.ranks[:, :, 0]
                    if self.with_scores:
                        scores[start + batch.rows] = batch.scores[:, :, 0]
                yield
            nominal = self.variants.nominal_ranks(block)[:, 0]
            for k, code in enumerate(block):
                moves, own = rank_moves(ranks[:, k], nominal[k])
                self._analyse(code, "rank", (MEAN, *self.variants.regions), np.column_stack([moves, own]))
                if self.with_scores:
                    self._analyse(code, "score", self.variants.regions, scores[:, k])

    def _blocks(self, nodes: Sequence[str]) -> list[Sequence[str]]:
        each = len(self.design) * len(self.variants.regions) * (10 if self.with_scores else 2)
        size = max(1, BLOCK_BYTES // each)
        return [nodes[start : start + size] for start in range(0, len(nodes), size)]

    def _weight_factors(self, design: np.ndarray) -> np.ndarray:
        if "weights" not in self.choices.factors:
            return np.ones((len(design), len(self.choices.edges)))
        column = design[:, self.choices.factors.index("weights")]
        return self.sets[pick_option(column, WEIGHT_SETS)]

    def _analyse(self, code: str, measure: str, names: Sequence[str], results: np.ndarray) -> None:
        """Add the frame of a node: an output for each name, columns of `results` of shape (runs, outputs)."""
        found = sobol_indices(*split_runs(results, self.robustness.base), seed=self.resampling)
        factors = len(self.choices.factors)
        frame = pd.DataFrame({
            "index": code,
            "output": np.repeat(np.array(names, dtype=object), factors),
            "measure": measure,
            "factor": np.tile(np.array(self.choices.factors, dtype=object), len(names)),
        })  # fmt: skip
        missing = found.rows == 0
        for name in COLUMNS[4:-1]:
            frame[name] = np.where(missing, np.nan, getattr(found, name)).T.ravel()
        frame["note"] = np.repeat(_notes(found, self.robustness.base), factors)
        self.frames.append(frame)


def rank_moves(ranks: np.ndarray, nominal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean of |rank - nominal rank| over the regions, shape (runs,), and the ranks (runs, regions), NaN if missing."""
    own = np.where(ranks == ABSENT, np.nan, ranks)
    moves = np.abs(own - nominal)
    count = (~np.isnan(moves)).sum(axis=1)
    return np.nansum(moves, axis=1) / np.where(count > 0, count, np.nan), own


def _notes(found: SobolIndices, base: int) -> np.ndarray:
    """What must be known about an output; mostly nothing."""
    some = [f"{base - rows} of {base} rows of the design left out, for want of a score" for rows in found.rows]
    notes = np.where(found.rows < base, np.array(some, dtype=object), "")
    notes = np.where(found.variance == 0, "does not vary", notes)
    return np.where(found.rows == 0, "no score", notes)


def _check_base(robustness: Robustness) -> None:
    if robustness.base & (robustness.base - 1):
        expected = "a power of two, for which the design is balanced"
        nearest = f"write {1 << robustness.base.bit_length() - 1}"
        raise DataError([Problem("data/framework.yml", "robustness.base", str(robustness.base), expected, nearest)])
