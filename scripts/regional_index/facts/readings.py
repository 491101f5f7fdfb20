"""Readings of the open series side by side: scores, values of indicators and ranks by every lens."""

from functools import cached_property

import pandas as pd

from regional_index.facts.lookups import Lookups
from regional_index.facts.steps import table_of
from regional_index.framework import Lens


class Readings:
    """Scores, values and ranks by every lens, from the tables that all lenses share."""

    def __init__(self, known: Lookups) -> None:
        self._known = known

    @property
    def lenses(self) -> tuple[Lens, ...]:
        """All lenses that there are results of, the publisher's first; none where there is one reading only."""
        return self._known.framework.lenses if self._known.has_table("lenses") else ()

    @property
    def is_first(self) -> bool:
        """Whether these facts are as the publisher reads the indicators: what no lens changes is shown there alone."""
        return not self.lenses or self.lenses[0] == self._known.framework.reading

    @property
    def others(self) -> tuple[Lens, ...]:
        """All lenses but the one that the other facts are about."""
        return tuple(lens for lens in self.lenses if lens.code != self._known.framework.lens)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str, int], pd.DataFrame]:
        table = self._known.required_table("lenses")
        by_place = table.groupby(["lens", "index", "year"], sort=False)
        return {key: frame.set_index("region") for key, frame in by_place}

    def scores(self, lens: str, index: str, year: int | None = None) -> pd.DataFrame:
        """`score, rank, rank_lower, rank_upper` of every region in a year, the last one by default.

        Args:
            lens: Code of a lens.
            index: Code of an index.
            year: A data year.
        """
        node = self._known.node(index).code
        return self._by_place[lens, node, self._known.year(year)][["score", "rank", "rank_lower", "rank_upper"]]

    @cached_property
    def _values(self) -> dict[str, pd.DataFrame]:
        table = table_of(self._known.tables, "lens_values")
        return {str(code): frame for code, frame in table.groupby("indicator", sort=False)}

    def values(self, indicator: str) -> tuple[int, dict[str, pd.DataFrame]] | None:
        """`value, value_rank` by region in the newest year that every lens has which reads an indicator differently.

        Args:
            indicator: Its code.

        Returns:
            The year, and a frame by code of a lens, the publisher's first; nothing where no lens divides the
            indicator, they have no year in common, or these facts are not as the publisher reads the indicators.
        """
        divided = [lens.code for lens in self.lenses if indicator in lens.indicators]
        table = self._values.get(indicator)
        if table is None or not divided or not self.is_first:
            return None
        frames = {code: table[table["lens"] == code] for code in (self.lenses[0].code, *divided)}
        year = max(set.intersection(*(set(frame["year"]) for frame in frames.values())), default=None)
        if year is None:
            return None
        columns = ["value", "value_rank"]
        return int(year), {code: f[f["year"] == year].set_index("region")[columns] for code, f in frames.items()}

    def outside(self, index: str, base: Lens, lens: Lens) -> list[str]:
        """Codes of the regions whose rank by a lens is outside the range of ranks by the one it is compared with."""
        own, other = self.scores(base.code, index), self.scores(lens.code, index)["rank"]
        known = own["rank_lower"].notna() & other.notna()
        is_outside = known & ((other < own["rank_lower"]) | (other > own["rank_upper"]))
        return [str(region) for region in own.index[is_outside.fillna(False)]]
