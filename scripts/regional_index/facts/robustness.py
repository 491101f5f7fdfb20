"""How sure scores and ranks are, as read from the result tables."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from regional_index.facts.open_series import Tables, table_of

BY_CELL = ["index", "year", "region"]
ENDS = ["rank_lower", "rank_upper"]


@dataclass(frozen=True, eq=False)
class Robustness:
    """What the declared choices of method do to scores and ranks; empty where nothing was varied.

    Attributes:
        tables: What `compute` wrote, by name.
        year: The last year.
    """

    tables: Tables
    year: int

    @cached_property
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

    @cached_property
    def first_place(self) -> pd.Series:
        """Rows (index, region): the probability of being first in the last year."""
        return table_of(self.tables, "first_place").set_index(["index", "region"])["probability"]

    @cached_property
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

    @cached_property
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
