"""A universe small enough to work by hand, and whether claims allow a table."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from regional_index.claims.kinds import Table
from regional_index.claims.rows import write_sheet
from regional_index.claims.sheet import cell
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

UNIVERSE = Universe(
    indices=("x", "y"),
    regions=tuple("abcde"),
    members={"coast": frozenset("ad"), "hills": frozenset("b"), "plain": frozenset("ce")},
)


def claim(
    kind: str, value: str = "", regions: Iterable[str] = "", *, name: str = "", index: str = "x", **details: Any
) -> Claim:
    """A claim; regions may be a text of their letters."""
    return Claim(name or kind, index, kind, "somewhere", value, tuple(regions), details)


def table_of(**scores: Mapping[str, float] | Iterable[float | None]) -> dict[str, pd.Series]:
    """A table from the scores of each index, in the order of a, b, c, d, e or by region; `x_2020` is x in 2020."""
    return {
        index.replace("_", " "): pd.Series(
            given if isinstance(given, Mapping) else dict(zip("abcdefg", given, strict=False)), dtype=float
        )
        for index, given in scores.items()
    }


def allows(claims: Iterable[Claim], universe: Universe, table: Table) -> bool:
    """Whether the rows that the claims mean are satisfied with every cell fixed at the table."""
    sheet = write_sheet(claims, universe)
    for index, scores in table.items():
        for region, score in scores.items():
            sheet.bounds[cell(index, str(region))] = (float(score), float(score))
    return Programme(sheet).is_feasible()
