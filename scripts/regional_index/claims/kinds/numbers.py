"""Claims about one number: a score, a total, a mean, a median, a sum, a share, the mean of a group."""

from dataclasses import replace

import pandas as pd

from regional_index.claims.kinds.base import (
    ClaimKind,
    Measured,
    Table,
    best_first,
    group_members,
    interval_of,
    scores_of,
    share_interval,
)
from regional_index.claims.sheet import Expression, Sheet, Variable, add_up, is_ahead
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


class Score(ClaimKind):
    """The score x of a region is printed as v: v - u/2 <= x <= v + u/2, u being one unit of the last decimal."""

    name = "score"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        sheet.require(sheet.score(claim.index, claim.regions[0]), *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        return _compare(claim, float(scores_of(table, claim.index, claim.regions).iloc[0]))


class Total(ClaimKind):
    """The sum of all regions is printed as v: v - u/2 <= sum x <= v + u/2."""

    name = "total"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        sheet.require(sheet.total_of(claim.index), *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        return _compare(claim, float(scores_of(table, claim.index, universe.regions).sum()))


class Mean(ClaimKind):
    """The mean over all n regions is printed as v: v - u/2 <= sum x / n <= v + u/2."""

    name = "mean"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        sheet.require(sheet.mean_of(claim.index), *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        return _compare(claim, float(scores_of(table, claim.index, universe.regions).mean()))


class Median(ClaimKind):
    """The median m is printed as v: v - u/2 <= m <= v + u/2; it is the middle score, or the mean of the middle two."""

    name = "median"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        sheet.require(median_of(sheet, claim.index), *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        return _compare(claim, float(scores_of(table, claim.index, universe.regions).median()))


class Sum(ClaimKind):
    """The sum over a group G is printed as v: v - u/2 <= sum over G of x <= v + u/2.

    Where G is a side of a threshold or the first few, yes-or-no variables z choose it: sum of z·x instead, made linear
    exactly. That holds for the next two kinds, too.
    """

    name = "sum"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        summed, _, _ = _group_sum(claim, sheet)
        sheet.require(summed, *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        members, regions = _members(claim, table, universe)
        return _compare(claim, float(members.sum()), regions)


class GroupMean(ClaimKind):
    """The mean over a group G of k regions is printed as v: k(v - u/2) <= sum over G of x <= k(v + u/2).

    Where G is a side of a threshold, k is the sum of its yes-or-no variables, 1 or more; a stated `size` fixes it.
    """

    name = "group_mean"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        summed, count, constant = _group_sum(claim, sheet)
        lower, upper = interval_of(claim)
        # sum - v · (constant + count), with the constant on the other side
        sheet.require(add_up((1.0, summed), (-lower, count)), lower=lower * constant)
        sheet.require(add_up((1.0, summed), (-upper, count)), upper=upper * constant)
        if size := claim.details.get("size"):
            sheet.require(count, int(size) - constant, int(size) - constant)
        elif claim.details.get("group"):
            sheet.require(count, lower=1 - constant)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        members, regions = _members(claim, table, universe)
        if members.empty:
            return Measured(holds=False)
        found, size = _compare(claim, float(members.mean()), regions), claim.details.get("size")
        return replace(found, holds=found.holds and (not size or int(size) == len(members)))


class Share(ClaimKind):
    """The part of a group G in a base B (all regions, or those listed) is printed as v percent.

    (v - u/2)/100 · sum over B of x <= sum over G of x <= (v + u)/100 · sum over B of x: rounded or truncated.
    Where the base is nothing, the rows allow any share of it.
    """

    name = "share"
    is_share = True

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        summed, _, _ = _group_sum(claim, sheet)
        base = sheet.sum_of(claim.index, _base(claim, sheet.universe))
        lower, upper = share_interval(claim).scaled(0.01)
        sheet.require(add_up((1.0, summed), (-lower, base)), lower=0)
        sheet.require(add_up((1.0, summed), (-upper, base)), upper=0)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        base = scores_of(table, claim.index, _base(claim, universe)).sum()
        members, regions = _members(claim, table, universe)
        share = float(members.sum() / base * 100) if base else float("nan")
        return Measured(share_interval(claim).holds(share), share, regions)

    def place_of(self, claim: Claim, region: str, universe: Universe) -> object:
        return super().place_of(claim, region, universe), region in _base(claim, universe)


def _base(claim: Claim, universe: Universe) -> tuple[str, ...]:
    of = claim.details["of"]
    return universe.regions if of == "total" else of


def _compare(claim: Claim, number: float, regions: tuple[str, ...] = ()) -> Measured:
    return Measured(interval_of(claim).holds(number), number, regions)


def _members(claim: Claim, table: Table, universe: Universe) -> tuple[pd.Series, tuple[str, ...]]:
    """The scores of the group; and its regions, best first, where their scores choose them."""
    if named := claim.regions or group_members(claim, universe):
        return scores_of(table, claim.index, named), ()
    scores = scores_of(table, claim.index, universe.regions)
    if within := claim.details.get("within"):
        first = best_first(scores)[: int(within)]
        return scores[list(first)], first
    members = scores[stands(scores, **claim.details["group"])]
    return members, best_first(members)


def stands(scores, relation: str, threshold: str):
    """Which scores stand in a relation to a number or to their mean."""
    at = scores.mean() if threshold == "mean" else float(threshold)
    above, below = is_ahead(scores, at), is_ahead(at, scores)
    return {"above": above, "at_least": ~below, "below": below, "at_most": ~above}[relation]


def is_upper(relation: str) -> bool:
    """Whether a relation names the upper side of a threshold."""
    return relation in ("above", "at_least")


def upper_side(sheet: Sheet, index: str, relation: str, threshold: str) -> dict[str, Variable]:
    """The yes-or-no variables of the upper side of a threshold; the relation says which side the threshold is on."""
    return dict(sheet.parted_by(index, threshold, strictly=relation in ("above", "at_most")))


def median_of(sheet: Sheet, index: str) -> Expression:
    """The middle score of all regions, or the mean of the middle two."""
    count = len(sheet.universe.regions)
    middle = {(count - 1) // 2, count // 2}
    return add_up(*((1 / len(middle), sheet.nth_least(index, place)) for place in sorted(middle)))


def _group_sum(claim: Claim, sheet: Sheet) -> tuple[Expression, Expression, float]:
    """Sum over the group, and its size as an expression plus a constant."""
    if named := claim.regions or group_members(claim, sheet.universe):
        return sheet.sum_of(claim.index, named), {}, float(len(named))
    if within := claim.details.get("within"):
        among = sheet.leading(claim.index, int(within))
        chosen = ((1.0, sheet.product(claim.index, region, switch)) for region, switch in among.items())
        return add_up(*chosen), {}, float(within)
    group = claim.details["group"]
    up = upper_side(sheet, claim.index, **group)
    above = add_up(*((1.0, sheet.product(claim.index, region, switch)) for region, switch in up.items()))
    count = dict.fromkeys(up.values(), 1.0)
    if is_upper(group["relation"]):
        return above, count, 0.0
    below = add_up((1.0, sheet.total_of(claim.index)), (-1.0, above))
    return below, add_up((-1.0, count)), float(len(up))
