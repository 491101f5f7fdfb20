"""All choices drawn at random at once, in chunks that do not depend on who computes them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regional_index.framework import Framework
from regional_index.soundness.choices import Choices
from regional_index.soundness.draws import evaluate
from regional_index.soundness.variants import Variants

# Draws with a random stream of their own: part of what a seed means, so it never depends on the machine.
CHUNK = 1024


@dataclass(frozen=True)
class Chunk:
    """Some of the draws.

    Attributes:
        first: Number of its first draw.
        size: How many.
        seed: Of its random stream.
        kept: Place of each draw among those whose scores are kept; -1 for the others.
    """

    first: int
    size: int
    seed: np.random.SeedSequence
    kept: np.ndarray


class Draws:
    """All draws of an analysis.

    Attributes:
        count: How many.
        scored: How many have scores on the scale of the declared ones, so that these are kept.
        chunks: All of them, in order.
    """

    def __init__(self, choices: Choices, framework: Framework, count: int, seed: int) -> None:
        self.choices, self.count, self.scored = choices, count, 0
        self.chunks: list[Chunk] = []
        firsts = range(0, count, CHUNK)
        for first, child in zip(firsts, np.random.SeedSequence(seed).spawn(len(firsts)), strict=True):
            size = min(CHUNK, count - first)
            design = self._design(np.random.default_rng(child), size)
            comparable = choices.on_declared_scale(choices.pick(design), framework.method.normalise)
            kept = np.where(comparable, self.scored + np.cumsum(comparable) - 1, -1)
            self.scored += int(comparable.sum())
            self.chunks.append(Chunk(first, size, child, kept))

    def bytes_of(self, regions: int) -> int:
        """What the draws of a node take in a year: ranks of two bytes, scores of eight."""
        return max(1, regions * (2 * self.count + 8 * self.scored))

    def fill(
        self, variants: Variants, nodes: Sequence[str], ranks: np.ndarray, scores: np.ndarray, chunk: Chunk
    ) -> None:
        """Write the draws of a chunk into their rows, which are nobody else's.

        Args:
            variants: The methods, for the years of the arrays.
            nodes: Those of the arrays.
            ranks: Shape (count, nodes, years, regions).
            scores: Shape (scored, nodes, years, regions).
            chunk: Which draws.
        """
        generator = np.random.default_rng(chunk.seed)
        design = self._design(generator, chunk.size)
        factors = self.choices.vary_weights(generator, chunk.size)
        for batch in evaluate(design, factors, variants, self.choices, nodes):
            ranks[chunk.first + batch.rows] = batch.ranks
            to = chunk.kept[batch.rows]
            if (to >= 0).any():
                scores[to[to >= 0]] = batch.scores[to >= 0]

    def _design(self, generator: np.random.Generator, size: int) -> np.ndarray:
        return generator.random((size, len(self.choices.factors)))
