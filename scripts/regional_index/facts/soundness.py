"""How sure scores and ranks are, whether indicators go together, and why ranks moved."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts.lookups import Lookups
from regional_index.facts.open_series import table_of
from regional_index.facts.robustness import Robustness
from regional_index.framework import Robustness as DeclaredRobustness


@dataclass(frozen=True, eq=False)
class Soundness(Lookups):
    """Questions about the method rather than the scores."""

    @property
    def robustness_declared(self) -> bool:
        """Whether choices of the method were varied."""
        return self.framework.robustness is not None and "medians" in self.tables

    @property
    def declared_robustness(self) -> DeclaredRobustness:
        """Which choices are varied, and how.

        Raises:
            LookupFailed: The framework does not say, or the results hold nothing about it.
        """
        if self.framework.robustness is None:
            raise LookupFailed("data/framework.yml declares no `robustness`")
        if not self.robustness_declared:
            raise LookupFailed("the results hold no robustness analysis")
        return self.framework.robustness

    @cached_property
    def robustness(self) -> Robustness:
        """How sure scores and ranks are.

        Raises:
            LookupFailed: No choices were varied.
        """
        _ = self.declared_robustness
        return self._ranges

    @cached_property
    def _ranges(self) -> Robustness:
        return Robustness(self.tables, self.last_year)

    def rank_range(self, index: str, region: str, year: int | None = None) -> tuple[int, int] | None:
        """The ranks between which a region stays in 90 % of the draws; nothing where that is not known."""
        return self._ranges.rank_range(self.node(index).code, self.year(year), self.region(region).code)

    @cached_property
    def coherence(self) -> pd.DataFrame:
        """Rows indices: `children, rows, alpha, explained` of the parts of every index in the last year."""
        return self.required_table("coherence").set_index("index")

    def correlations(self, index: str) -> pd.DataFrame:
        """Correlations between the parts of an index in the last year, parts x parts."""
        table = self.required_table("correlations")
        own = table[table["index"] == self.node(index).code]
        order = list(dict.fromkeys(own["part"]))
        return own.pivot(index="part", columns="other", values="correlation").reindex(index=order, columns=order)

    def correlations_with(self, top: str) -> pd.DataFrame:
        """Correlation of every part below a top index with its index and with the top: `part, index, with_index, …`."""
        table = self.required_table("parent_correlations")
        return table[table["top"] == top]

    def indicator_correlations(self, index: str) -> pd.DataFrame:
        """Correlations of the indicators below an index with each other, with the node above them, and with the index.

        Rows are the indicators in tree order, columns these and the nodes; missing for a node that is not above.
        """
        table = self.required_table("indicator_correlations")
        own = table[table["index"] == self.node(index).code]
        rows = list(dict.fromkeys(own["indicator"]))
        columns = [*rows, *(other for other in dict.fromkeys(own["other"]) if other not in rows)]
        return own.pivot(index="indicator", columns="other", values="correlation").reindex(index=rows, columns=columns)

    def correlation_flags(self, index: str) -> pd.DataFrame:
        """Pairs of parts of an index that go together too little or too much: `part, other, correlation, flag`."""
        table = self.required_table("correlation_flags")
        return table[table["index"] == self.node(index).code]

    @cached_property
    def effective_weights(self) -> dict[str, pd.Series]:
        """What every node and indicator below an index at the top weighs in it, by the code of that index."""
        table = self.required_table("effective_weights")
        return {
            str(top): below.set_index("part")["weight"].rename_axis("code")
            for top, below in table.groupby("top", sort=False)
        }

    @cached_property
    def indicator_profile(self) -> pd.DataFrame:
        """Strengths and weaknesses of every region in the last year: `region, indicator, percentile, kind`."""
        return table_of(self.tables, "profiles")

    def importance(self, index: str) -> pd.DataFrame:
        """What share each part of an index has in the differences of its score: `linear, nonlinear, share, rows`."""
        table = self.required_table("importance")
        return table[table["index"] == self.node(index).code].set_index("part").rename_axis("child")

    @cached_property
    def decomposition(self) -> pd.DataFrame:
        """Why ranks moved from the first year to the last, indexed by (index, region)."""
        return table_of(self.tables, "decomposition").set_index(["index", "region"]).sort_index()

    @cached_property
    def next_steps(self) -> pd.DataFrame:
        """By how much each indicator alone would have to change for a region to gain a place."""
        return table_of(self.tables, "next_steps")

    @cached_property
    def movement(self) -> pd.DataFrame:
        """Change of score and rank from the first to the last year, indexed by (index, region).

        Ranks are those among the regions that have both years; missing for the others.
        """
        cells = pd.MultiIndex.from_product([self.framework.nodes, self.regions.evaluated], names=["index", "region"])
        return table_of(self.tables, "movement").set_index(["index", "region"]).reindex(cells).sort_index()

    @property
    def has_movement(self) -> bool:
        """Whether it is known how scores moved: not for one year, nor where the results do not say."""
        return self.has_table("movement")

    def rank_changes(self, index: str) -> pd.Series:
        """Places gained from the first year to the last by region, where a region has a rank in both."""
        return self.movement.loc[self.node(index).code]["rank_change"].dropna()
