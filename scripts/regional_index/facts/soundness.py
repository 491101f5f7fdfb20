"""Robustness of scores and ranks, and coherence of indices, as read from the result tables."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts.lookups import Lookups
from regional_index.facts.steps import Tables, lent_frame, table_of
from regional_index.framework import QUANTILES
from regional_index.framework import Robustness as DeclaredRobustness

BY_CELL = ["index", "year", "region"]
ENDS = ["rank_lower", "rank_upper"]


@dataclass(frozen=True, eq=False)
class Robustness:
    """Scores and ranks when the declared choices of method are varied; empty where nothing was varied.

    Attributes:
        tables: What `compute` wrote, by name.
        year: The last year.
    """

    tables: Tables
    year: int

    @lent_frame
    def ranges(self) -> pd.DataFrame:
        """Rows (index, year, region): 5, 50 and 95 % of the draws, `rank_lower, rank_median, rank_upper, lower, …`."""
        scores = self.tables["scores"]
        ends = scores.loc[scores["series"] == "open", [*BY_CELL, *ENDS, "lower", "upper"]].set_index(BY_CELL)
        medians = table_of(self.tables, "medians").set_index(BY_CELL).rename(columns={"score_median": "median"})
        return ends.join(medians).dropna(subset=ENDS, how="all").sort_index()

    def rank_range(self, index: str, year: int, region: str) -> tuple[int, int] | None:
        """Lower and upper rank (5 and 95 % of the draws); nothing where there is none."""
        return self._rank_ranges.get((index, year, region))

    @cached_property
    def _rank_ranges(self) -> dict[tuple[str, int, str], tuple[int, int]]:
        ends = self.ranges[ENDS].dropna().astype(int)
        return dict(zip(ends.index, ends.itertuples(index=False, name=None), strict=True))

    @lent_frame
    def first_place(self) -> pd.Series:
        """Rows (index, region): the probability of being first in the last year."""
        return table_of(self.tables, "first_place").set_index(["index", "region"])["probability"]

    @lent_frame
    def tiers(self) -> pd.DataFrame:
        """Rows (index, year, region): a column for each tier with the probability that a region is in it."""
        return table_of(self.tables, "tiers").pivot(index=BY_CELL, columns="tier", values="probability")

    @cached_property
    def ahead(self) -> dict[tuple[str, int], pd.DataFrame]:
        """For (index, last year), regions x regions: the probability that the row is ahead of the column."""
        table = table_of(self.tables, "ahead")
        return {
            (str(code), self.year): frame.pivot(index="ahead", columns="behind", values="probability")
            for code, frame in table.groupby("index", sort=False)
        }

    @lent_frame
    def sensitivity(self) -> pd.DataFrame:
        """Sobol indices of every choice, for the mean shift of ranks and for the rank of each region."""
        return table_of(self.tables, "sensitivity")

    @cached_property
    def flips(self) -> dict[str, pd.DataFrame]:
        """By index, neighbours in the ranking with the least change of weights that swaps them, `weight_<part>`."""
        flips = table_of(self.tables, "flips").rename(columns={"ahead": "first", "behind": "second"})
        weights = table_of(self.tables, "flip_weights").rename(columns={"ahead": "first", "behind": "second"})
        found = {}
        for code, frame in flips.groupby("index", sort=False):
            own = weights[weights["index"] == code]
            parts = list(dict.fromkeys(own["part"]))
            wide = own.pivot(index=["first", "second"], columns="part", values="weight")[parts].add_prefix("weight_")
            found[str(code)] = frame.drop(columns="index").join(wide, on=["first", "second"]).reset_index(drop=True)
        return found

    @cached_property
    def limits(self) -> dict[str, pd.DataFrame]:
        """By index, the best and the worst rank of each region with any weights near the declared ones."""
        table = table_of(self.tables, "rank_limits")
        return {
            str(code): frame.drop(columns="index").set_index("region")
            for code, frame in table.groupby("index", sort=False)
        }


class Soundness:
    """Uncertainty, sensitivity and coherence, as the results have them."""

    def __init__(self, known: Lookups) -> None:
        self._known = known

    @property
    def is_declared(self) -> bool:
        """Whether choices of the method were varied."""
        return self._known.framework.robustness is not None and "medians" in self._known.tables

    @property
    def declared(self) -> DeclaredRobustness:
        """Which choices are varied, and how.

        Raises:
            LookupFailed: The framework does not say, or the results hold nothing about it.
        """
        if self._known.framework.robustness is None:
            raise LookupFailed("data/framework.yml declares no `robustness`")
        if not self.is_declared:
            raise LookupFailed("the results hold no robustness analysis")
        return self._known.framework.robustness

    @cached_property
    def robustness(self) -> Robustness:
        """Ranges, medians and shares of the draws.

        Raises:
            LookupFailed: No choices were varied.
        """
        _ = self.declared
        return self._ranges

    @cached_property
    def _ranges(self) -> Robustness:
        return Robustness(self._known.tables, self._known.last_year)

    def rank_range(self, index: str, region: str, year: int | None = None) -> tuple[int, int] | None:
        """The ranks between which a region stays in 90 % of the draws; nothing where that is not known."""
        return self._ranges.rank_range(
            self._known.node(index).code, self._known.year(year), self._known.region(region).code
        )

    def rank_changes(self, index: str) -> pd.DataFrame:
        """Changes of rank in an index to the last year: `base_year, region, rank_change, rose, fell`.

        Base years are the first one and the one before the last. Shares of draws are missing where nothing was varied.
        """
        table = table_of(self._known.tables, "rank_changes")
        return table[table["index"] == self._known.node(index).code].drop(columns=["index", "year"])

    @cached_property
    def _changes(self) -> dict[tuple[str, int, str], tuple[float, float, float]]:
        table = table_of(self._known.tables, "rank_changes").set_index(["index", "base_year", "region"])
        shares = table[["rank_change", "rose", "fell"]].astype(float)
        return dict(zip(shares.index, shares.itertuples(index=False, name=None), strict=True))

    def is_certain(self, index: str, region: str, base_year: int | None = None) -> bool | None:
        """Whether a rank that changed goes the same way in as many draws as are above the lower end of a range: 95 %.

        Args:
            index: Code.
            region: Code.
            base_year: The year compared with; the first one by default.

        Returns:
            Draws in which the rank stays count against it. Nothing where the rank is the same in both years, where one
            of them has none, or where nothing was varied.
        """
        year = self._known.framework.years[0] if base_year is None else base_year
        nan = float("nan")
        change, rose, fell = self._changes.get((index, year, region), (nan, nan, nan))
        share = rose if change > 0 else fell if change < 0 else nan
        return None if not self.is_declared or pd.isna(share) else share >= QUANTILES[-1]

    @lent_frame
    def coherence(self) -> pd.DataFrame:
        """Rows indices: `children, rows, alpha, explained` of the parts of every index in the last year."""
        return self._known.required_table("coherence").set_index("index")

    def correlations(self, index: str) -> pd.DataFrame:
        """Correlations between the parts of an index in the last year, parts x parts."""
        table = self._known.required_table("correlations")
        own = table[table["index"] == self._known.node(index).code]
        order = list(dict.fromkeys(own["part"]))
        return own.pivot(index="part", columns="other", values="correlation").reindex(index=order, columns=order)

    def correlations_with(self, top: str) -> pd.DataFrame:
        """Correlation of every part below a top index with its index and with the top: `part, index, with_index, …`."""
        table = self._known.required_table("parent_correlations")
        return table[table["top"] == top]

    def indicator_correlations(self, index: str) -> pd.DataFrame:
        """Correlations of the indicators below an index with each other, with the node above them, and with the index.

        Rows are the indicators in tree order, columns these and the nodes; missing for a node that is not above.
        """
        table = self._known.required_table("indicator_correlations")
        own = table[table["index"] == self._known.node(index).code]
        rows = list(dict.fromkeys(own["indicator"]))
        columns = [*rows, *(other for other in dict.fromkeys(own["other"]) if other not in rows)]
        return own.pivot(index="indicator", columns="other", values="correlation").reindex(index=rows, columns=columns)

    def correlation_flags(self, index: str) -> pd.DataFrame:
        """Pairs of parts of an index that go together too little or too much: `part, other, correlation, flag`."""
        table = self._known.required_table("correlation_flags")
        return table[table["index"] == self._known.node(index).code]

    @cached_property
    def effective_weights(self) -> dict[str, pd.Series]:
        """Weight of every node and indicator in the index at its top, by the code of that index."""
        table = self._known.required_table("effective_weights")
        return {
            str(top): below.set_index("part")["weight"].rename_axis("code")
            for top, below in table.groupby("top", sort=False)
        }

    @lent_frame
    def indicator_profile(self) -> pd.DataFrame:
        """Strengths and weaknesses of every region in the last year: `region, indicator, percentile, kind`."""
        return table_of(self._known.tables, "profiles")

    def importance(self, index: str) -> pd.DataFrame:
        """Share of each part of an index in the differences of its score: `linear, nonlinear, share, rows`."""
        table = self._known.required_table("importance")
        return table[table["index"] == self._known.node(index).code].set_index("part").rename_axis("child")
