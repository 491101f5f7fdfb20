"""What regions are compared with: those alike by one indicator, and what some indicators let expect."""

from functools import cached_property

import pandas as pd

from regional_index.facts.lookups import Lookups
from regional_index.facts.steps import table_of
from regional_index.framework import Region


class Expectations:
    """Peers and expected scores of the last year of the open series, where `expectation` is declared."""

    def __init__(self, known: Lookups) -> None:
        self._known = known

    def peers(self, region: str) -> list[Region]:
        """The regions most alike by the declared indicator, nearest first; none where that is not known."""
        table = table_of(self._known.tables, "peers")
        own = table.loc[table["region"] == self._known.evaluated_region(region).code, "other"]
        return [self._known.regions[str(code)] for code in own]

    @cached_property
    def _by_index(self) -> dict[str, pd.DataFrame]:
        table = table_of(self._known.tables, "expected")
        return {str(code): frame.set_index("region") for code, frame in table.groupby("index")}

    def scores(self, index: str) -> pd.DataFrame:
        """`expected, difference, rank_expected, explained` by region, the greatest difference first; may be empty."""
        columns = ["expected", "difference", "rank_expected", "explained"]
        none = table_of({}, "expected").set_index("region")
        frame = self._by_index.get(self._known.node(index).code, none)[columns]
        return frame.sort_values("difference", ascending=False, kind="stable")
