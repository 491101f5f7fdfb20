"""Claims about how many regions there are on one side of a threshold, or in a group."""

from collections.abc import Iterator
from dataclasses import replace

from regional_index.claims.kinds.base import (
    ClaimKind,
    Measured,
    Table,
    Version,
    best_first,
    group_members,
    interval_of,
    scores_of,
    share_interval,
)
from regional_index.claims.kinds.numbers import is_upper, stands, upper_side
from regional_index.claims.readings import Interval
from regional_index.claims.sheet import Sheet, is_ahead
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


class Count(ClaimKind):
    """The number of regions beyond a threshold t is k: z = 1 where x >= t, else 0, and sum z = k.

    z is tied to x by x >= t - M(1 - z) and x <= t + M z; t may be the mean, sum x / n. Where a group is named, the sum
    is over its regions.
    """

    name = "count"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        _require_count(claim, sheet, interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        counted = _counted(claim, table, universe)
        return Measured(interval_of(claim).holds(len(counted)), len(counted), counted)


class CountShare(ClaimKind):
    """The regions beyond a threshold are v percent of all n: n(v - u/2)/100 <= sum z <= n(v + u)/100.

    Where a group is named, n is its size, and the sum is over its regions.
    """

    name = "count_share"
    is_share = True

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        _require_count(claim, sheet, share_interval(claim).scaled(len(_counted_among(claim, sheet.universe)) / 100))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        counted = _counted(claim, table, universe)
        share = len(counted) / len(_counted_among(claim, universe)) * 100
        return Measured(share_interval(claim).holds(share), share, counted)


class GroupCount(ClaimKind):
    """Of a group G of regions, k are among the m best, the named ones: y = 1 for the m best, sum over G of y = k.

    y is tied to x by a cut c: x > c - M(1 - y), x <= c + M y, sum of all y = m. So the m-th is ahead of the next.
    """

    name = "group_count"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        among = sheet.leading(claim.index, int(claim.details["within"]))
        group = group_members(claim, sheet.universe) or ()
        sheet.require({among[region]: 1.0 for region in group}, *interval_of(claim))
        for region in claim.regions:
            sheet.require({among[region]: 1.0}, lower=1)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        scores, within = scores_of(table, claim.index, universe.regions), int(claim.details["within"])
        best, rest = best_first(scores)[:within], best_first(scores)[within:]
        found = tuple(code for code in best if code in (group_members(claim, universe) or ()))
        apart = bool(is_ahead(scores[list(best)].min(), scores[list(rest)]).all())
        holds = apart and interval_of(claim).holds(len(found)) and set(claim.regions) <= set(found)
        return Measured(holds, len(found), found)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        for version in super().falsify(claim, universe):
            # More names than the number says would contradict it by itself.
            names = claim.regions if int(version.claim.value) >= len(claim.regions) else ()
            yield replace(version, claim=replace(version.claim, regions=names))


def _counted_among(claim: Claim, universe: Universe) -> tuple[str, ...]:
    """The regions that a count is of: those of a group, or all."""
    return group_members(claim, universe) or universe.regions


def _counted(claim: Claim, table: Table, universe: Universe) -> tuple[str, ...]:
    scores = scores_of(table, claim.index, universe.regions)
    beyond = best_first(scores[stands(scores, claim.details["relation"], claim.details["threshold"])])
    among = _counted_among(claim, universe)
    return tuple(region for region in beyond if region in among)


def _require_count(claim: Claim, sheet: Sheet, counted: Interval) -> None:
    relation = claim.details["relation"]
    among = _counted_among(claim, sheet.universe)
    switches = upper_side(sheet, claim.index, relation, claim.details["threshold"])
    up = {region: switches[region] for region in among}
    if not is_upper(relation):
        counted = Interval(len(up) - counted.upper, len(up) - counted.lower)
    sheet.require(dict.fromkeys(up.values(), 1.0), *counted)
