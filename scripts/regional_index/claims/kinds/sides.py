"""Claims that set two numbers side by side: which is greater, how many times as great, by how much."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from regional_index.claims.kinds.base import ClaimKind, Measured, Table, Version, interval_of, scores_of
from regional_index.claims.kinds.numbers import median_of
from regional_index.claims.sheet import Expression, Sheet, add_up, is_ahead
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

SIDES = ("greater", "less")
STATISTICS = ("mean", "median", "highest", "lowest")
"""What a side may be instead of regions: one number of all regions."""
Side = Mapping[str, Any]


class Comparison(ClaimKind):
    """Every region of the greater side is ahead of every one of the lesser: x_a > x_b.

    A side may be the mean, the median, the highest or the lowest score of an index, and the two may be of different
    indices.
    """

    name = "comparison"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        greater, less = (_expressions(claim.details[side], sheet) for side in SIDES)
        for first in greater:
            for second in less:
                sheet.require_ahead(first, second)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        greater, less = (_values(claim.details[side], table, universe) for side in SIDES)
        wrong = [*greater.index[~is_ahead(greater, less.max())], *less.index[~is_ahead(greater.min(), less)]]
        return Measured(not wrong, regions=tuple(str(code) for code in dict.fromkeys(wrong) if code))

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        sides = {"greater": claim.details["less"], "less": claim.details["greater"]}
        yield Version("sides", replace(claim, details={**claim.details, **sides}))


class Ratio(ClaimKind):
    """One score x_a is v times another one x_b: (v - u/2)·x_b <= x_a <= (v + u/2)·x_b.

    Each is of one region, or the mean, the median, the highest or the lowest score of an index. Where x_b is 0, the
    rows allow any ratio if x_a is 0, too.
    """

    name = "ratio"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        (first,), (second,) = (_expressions(claim.details[side], sheet) for side in SIDES)
        lower, upper = interval_of(claim)
        sheet.require(add_up((1.0, first), (-lower, second)), lower=0)
        sheet.require(add_up((1.0, first), (-upper, second)), upper=0)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        first, second = (float(_values(claim.details[side], table, universe).iloc[0]) for side in SIDES)
        ratio = first / second if second else float("nan")
        return Measured(interval_of(claim).holds(ratio), ratio)


class Difference(ClaimKind):
    """One score x_a is v more than another one x_b: v - u/2 <= x_a - x_b <= v + u/2; sides as those of a ratio."""

    name = "difference"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        (first,), (second,) = (_expressions(claim.details[side], sheet) for side in SIDES)
        sheet.require(add_up((1.0, first), (-1.0, second)), *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        first, second = (float(_values(claim.details[side], table, universe).iloc[0]) for side in SIDES)
        return Measured(interval_of(claim).holds(first - second), first - second)


def statistic_of(side: Side) -> str:
    """Which number of all regions a side is; empty where it is that of regions."""
    return next((name for name in STATISTICS if side.get(name)), "")


def _expressions(side: Side, sheet: Sheet) -> list[Expression]:
    index, last = side["index"], len(sheet.universe.regions) - 1
    match statistic_of(side):
        case "mean":
            return [sheet.mean_of(index)]
        case "median":
            return [median_of(sheet, index)]
        case "highest":
            return [sheet.nth_least(index, last)]
        case "lowest":
            return [sheet.nth_least(index, 0)]
    return [sheet.score(index, region) for region in side["regions"]]


def _values(side: Side, table: Table, universe: Universe) -> pd.Series:
    statistic = statistic_of(side)
    if not statistic:
        return scores_of(table, side["index"], side["regions"])
    name = {"highest": "max", "lowest": "min"}.get(statistic, statistic)
    return pd.Series({"": scores_of(table, side["index"], universe.regions).agg(name)})
