"""Values of indicators, and every step from them to a normalised score."""

from functools import cached_property
from typing import Any

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts.lookups import Lookups
from regional_index.facts.steps import Steps, by_cell, table_of
from regional_index.framework import Region


class Values:
    """Values of indicators in their own units, and what each step of the method made of them."""

    def __init__(self, known: Lookups, steps: Steps) -> None:
        self._known = known
        self._steps = steps

    @cached_property
    def _indicator_rows(self) -> dict[str, pd.DataFrame]:
        table = table_of(self._known.tables, "indicators")
        by_code = {str(code): frame.set_index(["region", "year"]) for code, frame in table.groupby("indicator")}
        none = table.iloc[:0].set_index(["region", "year"])
        return {code: by_code.get(code, none) for code in self._known.framework.indicators}

    @cached_property
    def _cells(self) -> dict[str, dict[str, dict[tuple[str, int], float]]]:
        steps = ("values", "filled", "imputed", "changed", "treated", "normalised")
        panels = {"value" if step == "values" else step: getattr(self._steps, step) for step in steps}
        return {step: by_cell(panel) for step, panel in panels.items()}

    def cell(self, step: str, indicator: str, region: str, year: int) -> float:
        """A value of an indicator after a step of the computation; NaN where there is nothing.

        Receipts ask for tens of thousands of them, and a dictionary answers fifty times as fast as a frame.

        Args:
            step: `value` (in the unit of the indicator), `imputed`, `treated` or `normalised`; `filled` and `changed`
                say whether the step before did anything.
            indicator: Its code.
            region: Its code.
            year: A data year.
        """
        return self._cells[step][indicator][region, year]

    def used(self, indicator: str, year: int) -> pd.Series:
        """Values of an indicator in the tree that scores were computed with, by region: its own, or what fills a gap.

        Args:
            indicator: Its code.
            year: A year of the series.
        """
        values, filled = (
            panel[indicator].xs(year, level="year") for panel in (self._steps.values, self._steps.imputed)
        )
        return values.where(values.notna(), filled)

    def filled_from(self, indicator: str, region: str, year: int) -> int | None:
        """The year before of which the value fills a gap; nothing where there is no gap or another rule filled it."""
        rule = self._steps.imputation_rules.get(indicator)
        if rule != "last-observation" or not self.cell("filled", indicator, region, year):
            return None
        before = self._steps.values[indicator].xs(region, level="region").dropna().index
        return int(max(known for known in before if known < year))

    @cached_property
    def changed_indicators(self) -> frozenset[str]:
        """Indicators of which some value was left out, filled in or treated before it was put on a scale."""
        found = self._steps
        touched = found.filled | found.changed | (found.imputed.isna() & found.values.notna())
        return frozenset(str(code) for code in touched.columns[touched.any()])

    @cached_property
    def _raw_cells(self) -> dict[str, dict[tuple[str, int], float]]:
        return {code: self.values(code).to_dict() for code in self._known.framework.indicators}

    def raw_value(self, indicator: str, region: str, year: int) -> float | None:
        """An indicator in its own unit, also one that enters no index; nothing where there is none of that year."""
        return self._raw_cells[indicator].get((region, year))

    @cached_property
    def _status_cells(self) -> dict[str, dict[tuple[str, int], str]]:
        return {code: self.status(code).to_dict() for code in self._known.framework.used_indicators}

    def value_status(self, indicator: str, region: str, year: int) -> str:
        """Why the value of an indicator in the tree is there or not: see `status`, or the indicator lacks the year.

        Returns:
            What `status` has, or of a year without figures `not_yet` after the newest one, else `no_figure`.
        """
        years = self._known.framework.indicator(indicator).years
        missing = "not_yet" if years and year > max(years) else "no_figure"
        return self._status_cells[indicator].get((region, year), missing)

    @cached_property
    def formula_numbers(self) -> dict[tuple[str, int], dict[str, float]]:
        """Numbers in the formula of every indicator by (code, year), year 0 for all; see `Normalised.parameters`."""
        frame = self._steps.parameters.drop(columns="rule").astype(float)
        return {key: dict(row) for key, row in zip(frame.index.to_list(), frame.to_dict("records"), strict=True)}

    def value(self, indicator: str, region: str, year: int | None = None) -> float:
        """Value of an indicator in its own unit.

        Raises:
            LookupFailed: Unknown indicator, region or year, or the value is missing.
        """
        series = self.values(indicator)
        if series.empty:
            raise LookupFailed(f'indicator "{indicator}" has no values')
        key = (self._known.region(region).code, year or self.last_year(indicator))
        if key not in series.index or pd.isna(series[key]):
            raise LookupFailed(f'indicator "{indicator}" has no value for "{region}" in {key[1]}')
        return float(series[key])

    def values(self, indicator: str) -> pd.Series:
        """All values of an indicator in its own unit, indexed by (region code, year)."""
        return self._indicator_rows[self._known.indicator(indicator).code]["value"].rename(indicator)

    def status(self, indicator: str) -> pd.Series:
        """Why values are there or not, indexed as `values`: `published`, `calculated`, `not_published`, `excluded`."""
        return self._indicator_rows[self._known.indicator(indicator).code]["status"]

    def in_year(self, indicator: str, year: int | None = None, *, additive: bool = False) -> pd.Series:
        """Values of one year that are not missing, indexed by region code; the last year there is by default.

        Args:
            indicator: Its code.
            year: The data year.
            additive: Refuse indicators whose sum over regions means nothing (shares and ratios).

        Raises:
            LookupFailed: There are no values in that year, or a sum is asked for that has no meaning.
        """
        if additive and not self._known.framework.is_additive(indicator):
            raise LookupFailed(f'indicator "{indicator}" cannot be summed over regions')
        chosen = self.last_year(indicator, year)
        return self.values(indicator).dropna().xs(chosen, level="year")

    def last_year(self, indicator: str, year: int | None = None) -> int:
        """This year, or the last one of the series; the newest there is where that has no value.

        Raises:
            LookupFailed: There are no values in that year, or none at all.
        """
        years = self.values(indicator).dropna().index.get_level_values("year")
        newest = self._known.last_year if self._known.last_year in years else max(years, default=0)
        chosen = year or newest
        if chosen not in years:
            raise LookupFailed(f'indicator "{indicator}" has no values' + (f" in {chosen}" if chosen else ""))
        return int(chosen)

    def years(self, indicator: str) -> tuple[int, ...]:
        """The years in which any region has a value, also outside the series."""
        return tuple(sorted({int(year) for year in self.values(indicator).dropna().index.get_level_values("year")}))

    def decimals(self, indicator: str, year: int) -> int:
        """Decimals that pages show figures of a year with: those declared; none where all figures are whole numbers."""
        declared = self._known.framework.indicator(indicator).decimals
        return declared if self._with_parts[indicator].get(year, False) else 0

    @cached_property
    def _with_parts(self) -> dict[str, dict[int, bool]]:
        """Whether any figure of a year is no whole number, by indicator."""
        values = {code: self.values(code).dropna() for code in self._known.framework.indicators}
        return {code: (each % 1 != 0).groupby(level="year").any().to_dict() for code, each in values.items()}

    def standings(self, indicator: str, year: int) -> pd.DataFrame:
        """Values of a year by region code, the best first and missing ones last.

        Returns:
            Frame with `value, value_rank, value_change, value_growth`; the changes are from the year before.
        """
        values = self.values(indicator).xs(year, level="year").reindex(list(self._known.regions.evaluated))
        table = table_of(self._known.tables, "indicator_ranks")
        own = table[(table["indicator"] == indicator) & (table["year"] == year)].set_index("region")
        joined = pd.DataFrame({"value": values}).join(own[["value_rank", "value_change", "value_growth"]])
        return joined.sort_values("value_rank", kind="stable", na_position="last")

    def median(self, indicator: str, year: int) -> float:
        """Median of an indicator over the regions that have it; NaN where none has."""
        table = table_of(self._known.tables, "indicator_medians")
        return float(table.loc[(table["indicator"] == indicator) & (table["year"] == year), "median"].sum(min_count=1))

    @cached_property
    def _sums(self) -> dict[str, dict[tuple[Any, ...], dict[str, float]]]:
        keys = {"totals": 2, "growth": 3, "concentration": 3}
        indexed = {name: table_of(self._known.tables, name) for name in keys}
        indexed = {name: table.set_index(list(table.columns[: keys[name]])) for name, table in indexed.items()}
        return {name: dict(zip(frame.index, frame.to_dict("records"), strict=True)) for name, frame in indexed.items()}

    def total(self, indicator: str, year: int | None = None) -> dict[str, float]:
        """`count, sum, mean` of an indicator over the regions that have it; the last year there is by default.

        Raises:
            LookupFailed: There are no values in that year.
        """
        return self._sums["totals"][indicator, self.last_year(indicator, year)]

    def growth(self, indicator: str, first: int, last: int) -> tuple[float, int]:
        """Change of the sum of an indicator between two years (0.1 for 10 %), and over how many regions with both.

        Raises:
            LookupFailed: A sum over regions means nothing, the first year is not before the last, or either is unknown.
        """
        for year in (first, last):
            self.in_year(indicator, year, additive=True)
        if first >= last:
            raise LookupFailed(f"{first} is not before {last}")
        row = self._sums["growth"][indicator, first, last]
        return row["growth"], int(row["count"])

    def largest(self, indicator: str, count: int, year: int | None = None) -> tuple[list[Region], float]:
        """The regions with the largest values of an indicator that can be summed, and their share of the sum, 0-1."""
        chosen = self.last_year(indicator, year)
        shares = self._sums["concentration"]
        there = [shares[indicator, chosen, place] for place in range(1, count + 1)]
        return [self._known.regions[str(row["region"])] for row in there], float(there[-1]["share"])
