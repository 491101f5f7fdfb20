"""Questions about the data, each with one answer or an error that names what is unknown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from regional_index.claims.findings import Verdict, WeightStudy
from regional_index.errors import LookupFailed
from regional_index.facts.open_series import OpenSeries, table_of
from regional_index.facts.scales import ScoreScale, score_scales
from regional_index.facts.soundness import Soundness
from regional_index.framework import Region


@dataclass(frozen=True, eq=False)
class Facts(Soundness):
    """Everything that pages, charts, tables and files ask for.

    Regions are given by any name people call them, years default to the last one, and every question about
    something unknown raises `LookupFailed`.
    """

    @cached_property
    def results(self) -> OpenSeries:
        """Every step of the open series."""
        return OpenSeries(self.tables, self.framework, self.regions.evaluated)

    @cached_property
    def published(self) -> pd.DataFrame:
        """The edition: the columns of `scores.csv` but `series`, and `decimals, claim`.

        A score is there only where a claim states it; the intervals are what all claims imply.

        Raises:
            LookupFailed: There is no edition.
        """
        _ = self.study
        scores = self.tables["scores"]
        rows = scores[scores["series"] == "published"].drop(columns="series")
        rows = rows.merge(table_of(self.tables, "stated"), on=["index", "region"], how="left", validate="one_to_one")
        return rows.assign(decimals=rows["decimals"].astype("Int64"), claim=rows["claim"].fillna(""))

    def edition_scores(self, index: str) -> pd.DataFrame:
        """The scores and intervals of the edition for one index: see `published`, indexed by region code.

        In the order of the middle of the interval, the greatest first; where two are equal, of the ranks that are
        possible, then of the regions table.
        """
        return self._edition_rankings[self.node(index).code]

    def weight_studies(self, index: str) -> list[WeightStudy]:
        """What can be inferred of the weights of an index, in coarse and in fine steps.

        Raises:
            LookupFailed: There is no such index, or nothing can be inferred.
        """
        code = self.node(index).code
        studies = [study for study in self.study.weights if study.index == code]
        if not studies:
            raise LookupFailed(f'nothing can be inferred of the weights of "{index}": some total is not published')
        return studies

    def verdict(self, claim_id: str) -> Verdict:
        """What the other claims say of a claim.

        Raises:
            LookupFailed: There is no such claim.
        """
        return self.study.audit.verdicts[self.edition.claim(claim_id).id]

    @cached_property
    def computed_nodes(self) -> tuple[str, ...]:
        """Codes of the nodes for which the open series has a score at all."""
        scored = set(self.results.scores.dropna(subset=["score"])["index"])
        return tuple(code for code in self.framework.nodes if code in scored)

    @cached_property
    def ranked_nodes(self) -> tuple[str, ...]:
        """Codes of the nodes for which the open series has a score in its last year."""
        return tuple(code for code in self.framework.nodes if self.scores(code)["score"].notna().any())

    def scored_years(self, index: str) -> tuple[int, ...]:
        """The years of the open series in which any region has a score in an index."""
        return tuple(year for year in self.framework.years if self.scores(index, year)["score"].notna().any())

    @cached_property
    def _score_scales(self) -> dict[str, ScoreScale]:
        scores = {code: self.scores(code)["score"] for code in self.framework.nodes}
        return score_scales(self.framework, scores, len(self.regions.evaluated))

    def score_scale(self, index: str) -> ScoreScale:
        """On which scale the scores of an index stand in the last year; see `scales.score_scales`."""
        return self._score_scales[self.node(index).code]

    @cached_property
    def _indicator_rows(self) -> dict[str, pd.DataFrame]:
        table = table_of(self.tables, "indicators")
        by_code = {str(code): frame.set_index(["region", "year"]) for code, frame in table.groupby("indicator")}
        none = table.iloc[:0].set_index(["region", "year"])
        return {code: by_code.get(code, none) for code in self.framework.indicators}

    @cached_property
    def _open(self) -> pd.DataFrame:
        return self.results.scores.set_index(["index", "year", "region"]).sort_index()

    @cached_property
    def _cells(self) -> dict[str, dict[str, dict[tuple[str, int], float]]]:
        steps = ("values", "filled", "imputed", "changed", "treated", "normalised")
        panels = {"value" if step == "values" else step: getattr(self.results, step) for step in steps}
        return {step: _by_cell(panel) for step, panel in panels.items()}

    def cell(self, step: str, indicator: str, region: str, year: int) -> float:
        """What a step of the computation made of one value of an indicator; NaN where there is nothing.

        Receipts ask for tens of thousands of them, and a dictionary answers fifty times as fast as a frame.

        Args:
            step: `value` (in the unit of the indicator), `imputed`, `treated` or `normalised`; `filled` and `changed`
                say whether the step before did anything.
            indicator: Its code.
            region: Its code.
            year: A data year.
        """
        return self._cells[step][indicator][region, year]

    @cached_property
    def changed_indicators(self) -> frozenset[str]:
        """Indicators of which some value was left out, filled in or treated before it was put on a scale."""
        found = self.results
        touched = found.filled | found.changed | (found.imputed.isna() & found.values.notna())
        return frozenset(str(code) for code in touched.columns[touched.any()])

    @cached_property
    def _raw_cells(self) -> dict[str, dict[tuple[str, int], float]]:
        return {code: self.indicator_values(code).to_dict() for code in self.framework.indicators}

    def raw_value(self, indicator: str, region: str, year: int) -> float | None:
        """An indicator in its own unit, also one that enters no index; nothing where there is none of that year."""
        return self._raw_cells[indicator].get((region, year))

    @cached_property
    def _status_cells(self) -> dict[str, dict[tuple[str, int], str]]:
        return {code: self.indicator_status(code).to_dict() for code in self.framework.used_indicators}

    def value_status(self, indicator: str, region: str, year: int) -> str:
        """Why the value of an indicator in the tree is there or not; see `indicator_status`."""
        return self._status_cells[indicator].get((region, year), "not_published")

    @cached_property
    def formula_numbers(self) -> dict[tuple[str, int], dict[str, float]]:
        """Numbers in the formula of every indicator by (code, year), year 0 for all; see `Normalised.parameters`."""
        frame = self.results.parameters.drop(columns="rule").astype(float)
        return {key: dict(row) for key, row in zip(frame.index.to_list(), frame.to_dict("records"), strict=True)}

    @cached_property
    def _open_cells(self) -> dict[str, dict[tuple[str, int, str], Any]]:
        return _by_cell(self._open[["score", "rank"]])

    def score_or_nan(self, index: str, region: str, year: int) -> float:
        """Open score, unrounded, of the region with this code; NaN where there is none."""
        return float(self._open_cells["score"][index, year, region])

    # Pages ask for the same few frames thousands of times; each is made once. Nobody may change what they return.
    @cached_property
    def _rankings(self) -> dict[tuple[str, int], pd.DataFrame]:
        return {
            (index, year): self._open.loc[(index, year)]
            .loc[list(self.regions.evaluated)]
            .sort_values("rank", kind="stable", na_position="last")
            for index in self.framework.nodes
            for year in self.framework.years
        }

    @cached_property
    def _partly_scored(self) -> dict[tuple[str, int], frozenset[str]]:
        found: dict[tuple[str, int], frozenset[str]] = {}
        for (index, year), frame in reversed(self._rankings.items()):
            scored = frame["score"].notna()
            most = frame["weight_present"].max()
            lacking = frozenset(frame.index[scored & (frame["weight_present"] < most - 1e-9)])
            below = (found[child.code, year] for child in self.node(index).children)
            found[index, year] = lacking.union(*below) & frozenset(frame.index[scored])
        return found

    @cached_property
    def _published(self) -> dict[str, pd.DataFrame]:
        by_region = self.published.set_index("region")
        found = {str(index): frame for index, frame in by_region.groupby("index", sort=False)}
        none = by_region.iloc[:0]
        return {code: found.get(code, none).reindex(list(self.regions.evaluated)) for code in self.framework.nodes}

    @cached_property
    def _edition_rankings(self) -> dict[str, pd.DataFrame]:
        return {code: _by_middle(frame.dropna(subset=["status"])) for code, frame in self._published.items()}

    def scores(self, index: str, year: int | None = None) -> pd.DataFrame:
        """Open series of one index and year, best first, regions without a score last.

        Returns:
            Frame indexed by region code with `score, rank, weight_present, partial`.
        """
        return self._rankings[self.node(index).code, self.year(year)]

    def partly_scored(self, index: str, year: int | None = None) -> frozenset[str]:
        """Codes of the regions whose score leaves out something that the scores of others include, at any depth.

        What is missing for every region, such as a sub-index without indicators, sets no region apart.
        """
        return self._partly_scored[self.node(index).code, self.year(year)]

    def published_scores(self, index: str) -> pd.DataFrame:
        """Published series of one index: indexed by region code, `score, rank, decimals, status, claim`."""
        return self._published[self.node(index).code]

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
        return [self.regions[code] for code in ranked.index[:count]]

    def mean(self, index: str, year: int | None = None) -> float:
        """Mean open score over the regions that have one."""
        return self.group_summary("", "", index, year)["mean"]

    def value(self, indicator: str, region: str, year: int | None = None) -> float:
        """Value of an indicator in its own unit.

        Raises:
            LookupFailed: Unknown indicator, region or year, or the value is missing.
        """
        series = self.indicator_values(indicator)
        if series.empty:
            raise LookupFailed(f'indicator "{indicator}" has no values')
        key = (self.region(region).code, year or series.index.get_level_values("year").max())
        if key not in series.index or pd.isna(series[key]):
            raise LookupFailed(f'indicator "{indicator}" has no value for "{region}" in {key[1]}')
        return float(series[key])

    def indicator_values(self, indicator: str) -> pd.Series:
        """All values of an indicator in its own unit, indexed by (region code, year)."""
        return self._indicator_rows[self.indicator(indicator).code]["value"].rename(indicator)

    def indicator_status(self, indicator: str) -> pd.Series:
        """Why values are there or not, indexed as `indicator_values`: `published`, `not_published` or `excluded`."""
        return self._indicator_rows[self.indicator(indicator).code]["status"]

    def indicator_year(self, indicator: str, year: int | None = None, *, additive: bool = False) -> pd.Series:
        """Values of one year that are not missing, indexed by region code; the last year there is by default.

        Args:
            indicator: Its code.
            year: The data year.
            additive: Refuse indicators whose sum over regions means nothing (shares and ratios).

        Raises:
            LookupFailed: There are no values in that year, or a sum is asked for that has no meaning.
        """
        if additive and not self.framework.is_additive(indicator):
            raise LookupFailed(f'indicator "{indicator}" cannot be summed over regions')
        chosen = self.indicator_last_year(indicator, year)
        return self.indicator_values(indicator).dropna().xs(chosen, level="year")

    def indicator_last_year(self, indicator: str, year: int | None = None) -> int:
        """This year, or the last one in which any region has a value of an indicator.

        Raises:
            LookupFailed: There are no values in that year, or none at all.
        """
        years = self.indicator_values(indicator).dropna().index.get_level_values("year")
        chosen = year or max(years, default=0)
        if chosen not in years:
            raise LookupFailed(f'indicator "{indicator}" has no values' + (f" in {chosen}" if chosen else ""))
        return int(chosen)

    @cached_property
    def _summaries(self) -> dict[tuple[Any, ...], dict[str, float]]:
        table = self.required_table("groups").set_index(["grouping", "group", "index", "year"])
        return dict(zip(table.index, table.to_dict("records"), strict=True))

    def group_summary(self, grouping: str, group: str, index: str, year: int | None = None) -> dict[str, float]:
        """`count, mean, share, least, greatest` of the open scores of a group of regions; empty names stand for all.

        Raises:
            LookupFailed: No region of the group has a score.
        """
        key = (grouping, group, self.node(index).code, self.year(year))
        if key not in self._summaries:
            of_group = f' for group "{group}" of "{grouping}"' if grouping else ""
            raise LookupFailed(f'the open series has no score of "{index}"{of_group} in {key[3]}')
        return self._summaries[key]

    @cached_property
    def _sums(self) -> dict[str, dict[tuple[Any, ...], dict[str, float]]]:
        keys = {"totals": 2, "growth": 3, "concentration": 3}
        indexed = {name: table_of(self.tables, name) for name in keys}
        indexed = {name: table.set_index(list(table.columns[: keys[name]])) for name, table in indexed.items()}
        return {name: dict(zip(frame.index, frame.to_dict("records"), strict=True)) for name, frame in indexed.items()}

    def indicator_total(self, indicator: str, year: int | None = None) -> dict[str, float]:
        """`count, sum, mean` of an indicator over the regions that have it; the last year there is by default.

        Raises:
            LookupFailed: There are no values in that year.
        """
        return self._sums["totals"][indicator, self.indicator_last_year(indicator, year)]

    def indicator_growth(self, indicator: str, first: int, last: int) -> tuple[float, int]:
        """Change of the sum of an indicator between two years (0.1 for 10 %), and over how many regions with both.

        Raises:
            LookupFailed: A sum over regions means nothing, the first year is not before the last, or either is unknown.
        """
        for year in (first, last):
            self.indicator_year(indicator, year, additive=True)
        if first >= last:
            raise LookupFailed(f"{first} is not before {last}")
        row = self._sums["growth"][indicator, first, last]
        return row["growth"], int(row["count"])

    def largest(self, indicator: str, count: int, year: int | None = None) -> tuple[list[Region], float]:
        """The regions with the largest values of an indicator that can be summed, and their share of the sum, 0-1."""
        chosen = self.indicator_last_year(indicator, year)
        shares = self._sums["concentration"]
        there = [shares[indicator, chosen, place] for place in range(1, count + 1)]
        return [self.regions[str(row["region"])] for row in there], float(there[-1]["share"])

    def membership(self, group: str) -> pd.Series:
        """The group of each evaluated region that belongs to one, indexed by region code."""
        self.framework.group(group)
        evaluated = {code: self.regions[code].groups.get(group) for code in self.regions.evaluated}
        return pd.Series({code: name for code, name in evaluated.items() if name}, dtype=object)

    def sub_index_table(self, year: int | None = None) -> pd.DataFrame:
        """Regions as rows, computed nodes without node children as columns, open scores."""
        leaves = [code for code in self.computed_nodes if not self.node(code).children]
        return pd.DataFrame({code: self.scores(code, year)["score"] for code in leaves}).loc[
            list(self.regions.evaluated)
        ]

    def strongest_and_weakest(self, region: str) -> tuple[tuple[str, ...], tuple[str, ...], int, int] | None:
        """The sub-indices in which a region ranks best and worst in the last year, ties together, and those ranks.

        Nothing where the region has no rank in any sub-index.
        """
        code = self.evaluated_region(region).code
        ranks = {index: self.scores(index).loc[code, "rank"] for index in self.sub_index_table().columns}
        known = {str(index): int(rank) for index, rank in ranks.items() if not pd.isna(rank)}
        if not known:
            return None
        best, worst = min(known.values()), max(known.values())
        tied = [tuple(index for index, rank in known.items() if rank == place) for place in (best, worst)]
        return tied[0], tied[1], best, worst

    def neighbours(self, region: str, count: int = 3) -> list[tuple[Region, float]]:
        """The regions with the most similar profile in the last year, with their distance in points."""
        table = table_of(self.tables, "neighbours")
        nearest = table[table["region"] == self.evaluated_region(region).code].head(count)
        return [(self.regions[code], float(d)) for code, d in zip(nearest["other"], nearest["distance"], strict=True)]

    def _cell(self, index: str, region: str, year: int | None, column: str) -> float:
        self.node(index)
        key = (index, self.year(year), self.region(region).code)
        value = self._open_cells[column].get(key)
        if value is None or pd.isna(value):
            raise LookupFailed(f'the open series has no {column} of "{index}" for "{region}" in {key[1]}')
        return value


def _by_middle(published: pd.DataFrame) -> pd.DataFrame:
    middle = ((published["lower"] + published["upper"]) / 2).round(6)
    ordered = published.assign(middle=-middle).sort_values(["middle", "rank_lower", "rank_upper"], kind="stable")
    return ordered.drop(columns="middle")


def _by_cell(panel: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    """The cells of a panel by column, then by row."""
    rows = panel.index.to_list()
    return {str(code): dict(zip(rows, panel[code].to_numpy().tolist(), strict=True)) for code in panel.columns}
