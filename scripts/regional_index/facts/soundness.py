"""How sure scores and ranks are, whether indicators go together, and why ranks moved."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from regional_index.compute import (
    Coherence,
    change_between,
    decompose_years,
    describe_coherence,
    effective_weights,
    implied_importance,
    strengths_and_weaknesses,
)
from regional_index.errors import LookupFailed
from regional_index.facts.lookups import Lookups
from regional_index.facts.robustness import RobustnessStudy
from regional_index.framework import Robustness

# A fifth of the indicators or so, as many as a sentence can hold.
NAMED_INDICATORS = 3


@dataclass(frozen=True, eq=False)
class Soundness(Lookups):
    """Questions about the method rather than the scores."""

    @property
    def robustness_declared(self) -> bool:
        """Whether the framework says which choices are varied."""
        return self.framework.robustness is not None

    @property
    def declared_robustness(self) -> Robustness:
        """Which choices are varied, and how.

        Raises:
            LookupFailed: The framework does not say.
        """
        if self.framework.robustness is None:
            raise LookupFailed("data/framework.yml declares no `robustness`")
        return self.framework.robustness

    @cached_property
    def robustness(self) -> RobustnessStudy:
        """How sure scores and ranks are. The first question takes its time.

        Raises:
            LookupFailed: The framework does not say which choices are varied.
        """
        _ = self.declared_robustness
        return self.make_robustness()

    def rank_range(self, index: str, region: str, year: int | None = None) -> tuple[int, int] | None:
        """The ranks between which a region stays in 90 % of the draws; nothing where it has no rank.

        Also nothing where the framework does not say which choices are varied.
        """
        if not self.robustness_declared:
            return None
        key = (self.node(index).code, self.year(year), self.region(region).code)
        return self.robustness.rank_range(*key)

    @cached_property
    def coherence(self) -> Coherence:
        """How the parts of every index go together in the last year; see `compute.describe_coherence`."""
        return describe_coherence(self.results.normalised, self._wide_scores, self.framework, year=self.last_year)

    @cached_property
    def effective_weights(self) -> dict[str, pd.Series]:
        """What every node and indicator below an index at the top weighs in it, by the code of that index."""
        weights = effective_weights(self.results.weights, self.framework)
        return {str(top): below["weight"] for top, below in weights.groupby("top", sort=False)}

    @cached_property
    def indicator_profile(self) -> pd.DataFrame:
        """Relative strengths and weaknesses of every region in the last year; see `strengths_and_weaknesses`."""
        return strengths_and_weaknesses(self.results.normalised.xs(self.last_year, level="year"), NAMED_INDICATORS)

    def importance(self, index: str) -> pd.DataFrame:
        """What share each child of an index has in the differences of its score; see `compute.implied_importance`."""
        node = self.node(index)
        columns = pd.concat([self.results.normalised, self._wide_scores], axis=1).xs(self.last_year, level="year")
        return implied_importance(columns[node.code], columns[list(node.child_weights)])

    @cached_property
    def decomposition(self) -> pd.DataFrame:
        """Why ranks moved from the first year to the last, indexed by (index, region); see `decompose_movement`."""
        moved = decompose_years(self.results, self.framework, self.first_year, self.last_year)
        return moved.set_index(["index", "region"]).sort_index()

    @cached_property
    def next_steps(self) -> pd.DataFrame:
        """By how much each indicator alone would have to change to gain a place; see `compute.next_steps`."""
        return self.make_next_steps()

    @cached_property
    def _wide_scores(self) -> pd.DataFrame:
        wide = self.results.scores.pivot(index=["region", "year"], columns="index", values="score")
        return wide.reindex(index=self.results.normalised.index, columns=list(self.framework.nodes))

    @cached_property
    def movement(self) -> pd.DataFrame:
        """Change from the first to the last year, by (index, region); see `compute.change_between`."""
        changes = change_between(self.results.scores, self.first_year, self.last_year)
        cells = pd.MultiIndex.from_product([self.framework.nodes, self.regions.evaluated], names=["index", "region"])
        return changes.set_index(["index", "region"]).reindex(cells).sort_index()
