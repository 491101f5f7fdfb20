"""Scores and ranks of the open series, and how they moved."""

from functools import cached_property
from typing import Any

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts.lookups import Lookups
from regional_index.facts.scales import ScoreScale, fitting_classes, score_scales
from regional_index.facts.steps import Steps, by_cell, lent_frame, table_of
from regional_index.framework import Region

NOISE = 1e-9
"""Less than this is what arithmetic leaves of 0."""


class OpenScores:
    """Scores, ranks and movements of the open series; years default to the last one.

    Unknown names and missing scores raise `LookupFailed`.
    """

    def __init__(self, known: Lookups, steps: Steps) -> None:
        self._known = known
        self._steps = steps

    @cached_property
    def computed_nodes(self) -> tuple[str, ...]:
        """Codes of the nodes for which the open series has a score at all."""
        scored = set(self._steps.scores.dropna(subset=["score"])["index"])
        return tuple(code for code in self._known.framework.nodes if code in scored)

    @cached_property
    def ranked_nodes(self) -> tuple[str, ...]:
        """Codes of the nodes for which the open series has a score in its last year."""
        return tuple(code for code in self._known.framework.nodes if self.scores(code)["score"].notna().any())

    def scored_years(self, index: str) -> tuple[int, ...]:
        """The years of the open series in which any region has a score in an index."""
        return tuple(year for year in self._known.framework.years if self.scores(index, year)["score"].notna().any())

    @cached_property
    def _score_scales(self) -> dict[str, ScoreScale]:
        scores = {code: self.scores(code)["score"] for code in self._known.framework.nodes}
        return score_scales(self._known.framework, scores, len(self._known.regions.evaluated))

    def score_scale(self, index: str) -> ScoreScale:
        """Scale of the scores of an index in the last year; see `scales.score_scales`."""
        return self._score_scales[self._known.node(index).code]

    def classes(self, index: str) -> tuple[float, ...]:
        """From which score on each class of an index but the lowest begins, in all years."""
        return fitting_classes(self.score_scale(index).bounds, self.scores(index)["score"])

    @cached_property
    def _open(self) -> pd.DataFrame:
        return self._steps.scores.set_index(["index", "year", "region"]).sort_index()

    @cached_property
    def _open_cells(self) -> dict[str, dict[tuple[str, int, str], Any]]:
        return by_cell(self._open[["score", "rank"]])

    def score_or_nan(self, index: str, region: str, year: int) -> float:
        """Open score, unrounded, of the region with this code; NaN where there is none."""
        return float(self._open_cells["score"][index, year, region])

    def rank_or_nan(self, index: str, region: str, year: int) -> float:
        """Open rank of the region with this code; NaN where there is none."""
        rank = self._open_cells["rank"][index, year, region]
        return float("nan") if pd.isna(rank) else float(rank)

    # Pages ask for the same few frames thousands of times; each is made once, and goes out as a lazy copy.
    @cached_property
    def _rankings(self) -> dict[tuple[str, int], pd.DataFrame]:
        return {
            (index, year): self._open.loc[(index, year)]
            .loc[list(self._known.regions.evaluated)]
            .sort_values("rank", kind="stable", na_position="last")
            for index in self._known.framework.nodes
            for year in self._known.framework.years
        }

    @cached_property
    def _partly_scored(self) -> dict[tuple[str, int], frozenset[str]]:
        found: dict[tuple[str, int], frozenset[str]] = {}
        for (index, year), frame in reversed(self._rankings.items()):
            scored = frame["score"].notna()
            most = frame["weight_present"].max()
            lacking = frozenset(frame.index[scored & (frame["weight_present"] < most - 1e-9)])
            below = (found[child.code, year] for child in self._known.node(index).children)
            found[index, year] = lacking.union(*below) & frozenset(frame.index[scored])
        return found

    def scores(self, index: str, year: int | None = None) -> pd.DataFrame:
        """Open series of one index and year, best first, regions without a score last.

        Returns:
            Frame indexed by region code with `score, rank, weight_present, partial`.
        """
        return self._rankings[self._known.node(index).code, self._known.year(year)].copy(deep=False)

    def partly_scored(self, index: str, year: int | None = None) -> frozenset[str]:
        """Codes of the regions whose score leaves out something that the scores of others include, at any depth.

        What is missing for every region, such as a sub-index without indicators, sets no region apart.
        """
        return self._partly_scored[self._known.node(index).code, self._known.year(year)]

    def score(self, index: str, region: str, year: int | None = None) -> float:
        """Open score, unrounded.

        Raises:
            LookupFailed: Unknown index, region or year, or no score.
        """
        return float(self._cell(index, region, year, "score"))

    def rank(self, index: str, region: str, year: int | None = None) -> int:
        """Open rank.

        Raises:
            LookupFailed: Unknown index, region or year, or no score.
        """
        return int(self._cell(index, region, year, "rank"))

    def leaders(self, index: str, count: int, year: int | None = None) -> list[Region]:
        """The regions with the best open scores, best first."""
        ranked = self.scores(index, year).dropna(subset=["score"])
        return [self._known.regions[code] for code in ranked.index[:count]]

    def mean(self, index: str, year: int | None = None) -> float:
        """Mean open score over the regions that have one."""
        return self.group_summary("", "", index, year)["mean"]

    @cached_property
    def _summaries(self) -> dict[tuple[Any, ...], dict[str, float]]:
        table = self._known.required_table("groups").set_index(["grouping", "group", "index", "year"])
        return dict(zip(table.index, table.to_dict("records"), strict=True))

    def group_summary(self, grouping: str, group: str, index: str, year: int | None = None) -> dict[str, float]:
        """`count, mean, share, least, greatest` of the open scores of a group of regions; empty names stand for all.

        Raises:
            LookupFailed: No region of the group has a score.
        """
        key = (grouping, group, self._known.node(index).code, self._known.year(year))
        if key not in self._summaries:
            of_group = f' for group "{group}" of "{grouping}"' if grouping else ""
            raise LookupFailed(f'the open series has no score of "{index}"{of_group} in {key[3]}')
        return self._summaries[key]

    def sub_index_table(self, year: int | None = None) -> pd.DataFrame:
        """Regions as rows, computed nodes without node children as columns, open scores."""
        leaves = [code for code in self.computed_nodes if not self._known.node(code).children]
        return pd.DataFrame({code: self.scores(code, year)["score"] for code in leaves}).loc[
            list(self._known.regions.evaluated)
        ]

    def strongest_and_weakest(self, region: str) -> tuple[tuple[str, ...], tuple[str, ...], int, int] | None:
        """The sub-indices in which a region ranks best and worst in the last year, ties together, and those ranks.

        Nothing where the region has no rank in any sub-index.
        """
        code = self._known.evaluated_region(region).code
        year = self._known.last_year
        ranks = {str(index): self.rank_or_nan(index, code, year) for index in self.sub_index_table().columns}
        known = {index: int(rank) for index, rank in ranks.items() if not pd.isna(rank)}
        if not known:
            return None
        best, worst = min(known.values()), max(known.values())
        tied = [tuple(index for index, rank in known.items() if rank == place) for place in (best, worst)]
        return tied[0], tied[1], best, worst

    def neighbours(self, region: str, count: int = 3) -> list[tuple[Region, float]]:
        """The regions with the most similar profile in the last year, with their distance in points."""
        table = table_of(self._known.tables, "neighbours")
        nearest = table[table["region"] == self._known.evaluated_region(region).code].head(count)
        return [
            (self._known.regions[code], float(d)) for code, d in zip(nearest["other"], nearest["distance"], strict=True)
        ]

    def _cell(self, index: str, region: str, year: int | None, column: str) -> float:
        self._known.node(index)
        key = (index, self._known.year(year), self._known.region(region).code)
        value = self._open_cells[column].get(key)
        if value is None or pd.isna(value):
            raise LookupFailed(f'the open series has no {column} of "{index}" for "{region}" in {key[1]}')
        return value

    @lent_frame
    def decomposition(self) -> pd.DataFrame:
        """Why ranks moved from the first year to the last, indexed by (index, region)."""
        return table_of(self._known.tables, "decomposition").set_index(["index", "region"]).sort_index()

    @lent_frame
    def next_steps(self) -> pd.DataFrame:
        """Changes of single indicators with which a region would gain a place."""
        return table_of(self._known.tables, "next_steps")

    @lent_frame
    def movement(self) -> pd.DataFrame:
        """Change of score and rank from the first to the last year, indexed by (index, region).

        Ranks are those among the regions that have both years; missing for the others.
        """
        cells = pd.MultiIndex.from_product(
            [self._known.framework.nodes, self._known.regions.evaluated], names=["index", "region"]
        )
        return table_of(self._known.tables, "movement").set_index(["index", "region"]).reindex(cells).sort_index()

    @property
    def has_movement(self) -> bool:
        """Whether it is known how scores moved: not for one year, nor where the results do not say."""
        return self._known.has_table("movement")

    @cached_property
    def _drivers(self) -> dict[tuple[str, int, str], pd.Series]:
        table = table_of(self._known.tables, "drivers").set_index("indicator")
        groups = table.groupby(["index", "base_year", "region"], sort=False)["points_relative"]
        return dict(iter(groups))

    def main_driver(self, index: str, region: str, base_year: int, sign: int) -> tuple[str, float] | None:
        """The indicator that most explains why a rank rose (sign 1) or fell (-1).

        Returns:
            Its code, and by how many points the change of its contribution differs from that of the regions that were
            overtaken, or overtook this one; nothing where there is only one, or where scores are not sums.
        """
        points = self._drivers.get((index, base_year, region), pd.Series(dtype=float))
        if len(points) < 2 or not (points * sign).max() > NOISE:
            return None
        code = str((points * sign).idxmax())
        return code, float(points[code])

    def rank_changes(self, index: str) -> pd.Series:
        """Places gained from the first year to the last by region, where a region has a rank in both."""
        return self.movement.loc[self._known.node(index).code]["rank_change"].dropna()
