"""The open series as read from its result tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from regional_index.framework import Framework
from regional_index.model import COLUMNS, NUMBER, TABLES

CELL = ["region", "year"]
Tables = Mapping[str, pd.DataFrame]


class lent_frame:  # noqa: N801 (used as a decorator, like cached_property)
    """A property whose frame or series is made once; every caller gets a copy of its own, which pandas makes lazily."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = f"{name} as made"

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        made = instance.__dict__
        if self._key not in made:
            made[self._key] = self._make(instance)
        return made[self._key].copy(deep=False)


def table_of(tables: Tables, name: str) -> pd.DataFrame:
    """A result table; one that is absent has no rows."""
    if name in tables:
        return tables[name]
    kinds = {column: float if COLUMNS[column].kind == NUMBER else object for column in TABLES[name].columns}
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in kinds.items()})


@dataclass(frozen=True, eq=False)
class Steps:
    """Every step of the open series, in the shapes that pages ask for.

    A panel has rows (region, year) and a column for each indicator in the tree.

    Attributes:
        tables: What `compute` wrote, by name.
        framework: Says which indicators and nodes there are.
        regions: Codes of the evaluated regions.
    """

    tables: Tables
    framework: Framework
    regions: Sequence[str]

    @lent_frame
    def scores(self) -> pd.DataFrame:
        """Long frame `region, year, index, score, rank, weight_present, partial` and the ends of the ranges."""
        scores = self.tables["scores"]
        chosen = scores[scores["series"] == "open"].drop(columns="series")
        coverage = table_of(self.tables, "coverage").drop(columns="series")
        joined = chosen.merge(coverage, on=["year", "index", "region"], how="left", validate="one_to_one")
        partial = joined["partial"].map({True: True, False: False}).fillna(False)
        return joined.assign(partial=partial.astype(bool)).reset_index(drop=True)

    def _panel(self, step: str) -> pd.DataFrame:
        cells = table_of(self.tables, "cells")
        rows = pd.MultiIndex.from_product([sorted(self.regions), self.framework.years], names=CELL)
        wide = cells.pivot(index=CELL, columns="indicator", values=step)
        return wide.reindex(index=rows, columns=list(self.framework.used_indicators))

    @lent_frame
    def values(self) -> pd.DataFrame:
        """Panel of indicators in their own units, after division."""
        return self._panel("raw")

    @lent_frame
    def imputed(self) -> pd.DataFrame:
        """The panel after gaps were filled."""
        return self._panel("imputed")

    @lent_frame
    def treated(self) -> pd.DataFrame:
        """The panel after outliers were treated."""
        return self._panel("treated")

    @lent_frame
    def normalised(self) -> pd.DataFrame:
        """Panel of indicator scores."""
        return self._panel("normalised")

    @lent_frame
    def filled(self) -> pd.DataFrame:
        """Panel of yes or no: a gap was filled."""
        return self._panel("filled") == True  # noqa: E712

    @lent_frame
    def changed(self) -> pd.DataFrame:
        """Panel of yes or no: the treatment changed the value."""
        return self._panel("changed") == True  # noqa: E712

    @lent_frame
    def screening(self) -> pd.DataFrame:
        """Rows (region, year): `available`, the share of indicators that are there, and whether that is `enough`."""
        return table_of(self.tables, "screening").set_index(CELL)

    @lent_frame
    def parameters(self) -> pd.DataFrame:
        """The numbers in the formula of every indicator, rows (indicator, year), year 0 for all years."""
        names = {"worst_value": "worst", "best_value": "best", "scale_lower": "lower", "scale_upper": "upper"}
        return table_of(self.tables, "parameters").rename(columns=names).set_index(["indicator", "year"])

    @lent_frame
    def unscored(self) -> pd.DataFrame:
        """Values without a score although their rule was applied: `indicator, region, year, note`."""
        return table_of(self.tables, "unscored")

    @cached_property
    def imputation_rules(self) -> dict[str, str]:
        """The name of the rule by which gaps of each indicator are filled."""
        table = table_of(self.tables, "imputation")
        return dict(zip(table["indicator"], table["rule"], strict=True))

    @lent_frame
    def treatment(self) -> pd.DataFrame:
        """Treatment of outliers: a row for each indicator, or for each of its years; year is missing for all."""
        log = table_of(self.tables, "treatment")
        return log.assign(year=log["year"].where(log["year"] != 0))

    @cached_property
    def weights(self) -> dict[str, pd.Series]:
        """For every node, the weights of its children, summing to 1."""
        table = table_of(self.tables, "weights")
        found = {str(code): frame.set_index("part")["weight"].rename(None) for code, frame in table.groupby("index")}
        return {code: found.get(code, pd.Series(dtype=float)).rename_axis(None) for code in self.framework.nodes}

    @cached_property
    def own_weights(self) -> dict[str, pd.DataFrame]:
        """For nodes whose rule lets each region have weights of its own, these; rows (region, year)."""
        table = table_of(self.tables, "own_weights")
        return {
            str(code): frame.pivot(index=CELL, columns="part", values="weight")
            for code, frame in table.groupby("index", sort=False)
        }

    @lent_frame
    def duels(self) -> pd.DataFrame:
        """Rows (index, region, year): over how many others a region is ahead, behind or level."""
        return table_of(self.tables, "duels").set_index(["index", *CELL])

    @cached_property
    def consistency(self) -> dict[str, float]:
        """Consistency ratio of the pairwise comparisons, by index."""
        table = table_of(self.tables, "consistency")
        return dict(zip(table["index"], table["ratio"], strict=True))


def by_cell(panel: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    """The cells of a panel by column, then by row."""
    rows = panel.index.to_list()
    return {str(code): dict(zip(rows, panel[code].to_numpy().tolist(), strict=True)) for code in panel.columns}
