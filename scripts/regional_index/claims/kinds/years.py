"""Claims that compare a year with an earlier one.

A table or a sheet has the scores of an earlier year under the name that `in_year` gives. A published edition states few
of them: what is claimed of the change alone can then be tested by little or nothing.
"""

from collections.abc import Iterator

from regional_index.claims.kinds.base import ClaimKind, Measured, Table, Version, interval_of, scores_of, share_interval
from regional_index.claims.kinds.places import count_ahead
from regional_index.claims.readings import read_rounded
from regional_index.claims.sheet import Sheet, add_up
from regional_index.claims.universe import Universe, in_year
from regional_index.framework import Claim


class Growth(ClaimKind):
    """The score x of a region has grown by v percent since it was y: y·(1 + (v - u)/100) <= x <= y·(1 + (v + u)/100).

    Less than 0 is a fall. What y was may be stated as `before`: w - u/2 <= y <= w + u/2. Without it, and without other
    claims about y, nothing tests the growth within an edition. Where y is 0, the rows allow an x of 0.
    """

    name = "growth"
    is_share = True

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        region = claim.regions[0]
        now, then = (sheet.score(index, region) for index in _both(claim))
        lower, upper = share_interval(claim).scaled(0.01)
        sheet.require(add_up((1.0, now), (-1.0 - lower, then)), lower=0)
        sheet.require(add_up((1.0, now), (-1.0 - upper, then)), upper=0)
        if before := claim.details.get("before"):
            sheet.require(then, *read_rounded(before))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        now, then = (float(scores_of(table, index, claim.regions).iloc[0]) for index in _both(claim))
        growth, before = (now / then - 1) * 100 if then else float("nan"), claim.details.get("before")
        as_stated = not before or read_rounded(before).holds(then)
        return Measured(as_stated and share_interval(claim).holds(growth), growth)


class PlaceChange(ClaimKind):
    """A region is k places further up than in an earlier year, less than 0 further down: sum y' - sum y = k.

    y = 1 for each other region ahead of it, else 0, y' likewise in the earlier year.
    """

    name = "place_change"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        now, then = (sheet.ahead_of(index, claim.regions[0]) for index in _both(claim))
        counts = (dict.fromkeys(ahead.values(), 1.0) for ahead in (then, now))
        sheet.require(add_up(*zip((1.0, -1.0), counts, strict=True)), *interval_of(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        now, then = (count_ahead(table, index, claim.regions[0], universe) for index in _both(claim))
        return Measured(then - now == int(claim.value), then - now)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        most = len(universe.regions) - 1
        versions = super().falsify(claim, universe)
        # No change at all has no direction to be wrong about.
        return (v for v in versions if abs(int(v.claim.value)) <= most and not v.claim.value.startswith("-0"))


def _both(claim: Claim) -> tuple[str, str]:
    return claim.index, in_year(claim.index, claim.details["year"])
