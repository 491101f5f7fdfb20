"""What follows from a few claims by plain arithmetic, and whether a printed share was rounded or truncated."""

from collections.abc import Iterable, Iterator, Sequence
from math import fsum

from regional_index.claims.findings import Check
from regional_index.claims.kinds.base import interval_of
from regional_index.claims.kinds.numbers import is_upper
from regional_index.claims.readings import Interval, read_rounded, read_truncated
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

# What is said of some regions only; the rules below are about regions by name, sides of a threshold, or all.
_OF_GROUPS = {"group_name", "groups", "within"}


def find_checks(claims: Sequence[Claim], universe: Universe) -> list[Check]:
    """All checks by arithmetic among claims, index by index."""
    found: list[Check] = []
    for index in dict.fromkeys(claim.index for claim in claims):
        own = [claim for claim in claims if claim.index == index and not _OF_GROUPS & claim.details.keys()]
        for rule in (_means, _shares, _count_shares, _members, _both_sides, _rests):
            found += rule(own, universe)
    return found


def read_fit(claim: Claim, computed: Interval) -> str:
    """How a printed figure stands for a computed one."""
    if _meet(read_rounded(claim.value), computed):
        return "rounded"
    if claim.kind in ("share", "count_share") and _meet(read_truncated(claim.value), computed):
        return "truncated"
    is_approximate = claim.details.get("wording") == "approximate"
    return "approximate" if is_approximate and _meet(interval_of(claim), computed) else "not"


def _means(claims: Sequence[Claim], universe: Universe) -> Iterator[Check]:
    count = len(universe.regions)
    for total in _of_kind(claims, "total"):
        for mean in _of_kind(claims, "mean"):
            computed = interval_of(total).scaled(1 / count)
            yield _check("mean", mean, [total], (total.value, str(count)), computed)


def _shares(claims: Sequence[Claim], universe: Universe) -> Iterator[Check]:
    for share in _of_kind(claims, "share"):
        for total in _of_kind(claims, "total") if share.regions and share.details["of"] == "total" else ():
            for summed, sources, shown in _sums(claims, share.regions):
                whole = interval_of(total)
                if whole.lower <= 0:
                    continue
                computed = Interval(summed.lower / whole.upper * 100, summed.upper / whole.lower * 100)
                yield _check("share", share, [*sources, total], (shown, total.value), computed)


def _sums(claims: Sequence[Claim], regions: tuple[str, ...]) -> Iterator[tuple[Interval, list[Claim], str]]:
    """What is known of the sum over some regions: stated as such, or all their scores."""
    for claim in _of_kind(claims, "sum"):
        if set(claim.regions) == set(regions):
            yield interval_of(claim), [claim], claim.value
    scores = {claim.regions[0]: claim for claim in _of_kind(claims, "score")}
    if set(regions) <= scores.keys():
        used = [scores[region] for region in regions]
        intervals = [interval_of(claim) for claim in used]
        whole = Interval(fsum(i.lower for i in intervals), fsum(i.upper for i in intervals))
        yield whole, used, " + ".join(claim.value for claim in used)


def _count_shares(claims: Sequence[Claim], universe: Universe) -> Iterator[Check]:
    whole = len(universe.regions)
    for share in _of_kind(claims, "count_share"):
        for count in _of_kind(claims, "count"):
            if _side(count) == _side(share):
                part = int(count.value) / whole * 100
                yield _check("count_share", share, [count], (count.value, str(whole)), Interval(part, part))


def _members(claims: Sequence[Claim], universe: Universe) -> Iterator[Check]:
    """A list said to be complete has as many members as are counted."""
    for listed in [claim for claim in claims if claim.kind in ("above", "below") and claim.details["exhaustive"]]:
        for count in _of_kind(claims, "count"):
            if _side(count) == (listed.kind == "above", listed.details["threshold"]):
                size = len(listed.regions)
                yield _check("members", count, [listed], (str(size),), Interval(size, size))


def _both_sides(claims: Sequence[Claim], universe: Universe) -> Iterator[Check]:
    counts = _of_kind(claims, "count")
    for above in (claim for claim in counts if is_upper(claim.details["relation"])):
        for below in (claim for claim in counts if not is_upper(claim.details["relation"])):
            if above.details["threshold"] == below.details["threshold"]:
                rest = len(universe.regions) - int(above.value)
                yield _check(
                    "both_sides", below, [above], (str(len(universe.regions)), above.value), Interval(rest, rest)
                )


def _rests(claims: Sequence[Claim], universe: Universe) -> Iterator[Check]:
    """Total less the sum of those above the mean, over their number, is the mean of those below."""
    for total in _of_kind(claims, "total"):
        for summed in _of_kind(claims, "sum"):
            rest = len(universe.regions) - len(summed.regions)
            for mean in _of_kind(claims, "group_mean"):
                if summed.regions and _is_rest(claims, summed, mean, rest):
                    whole, part = interval_of(total), interval_of(summed)
                    computed = Interval((whole.lower - part.upper) / rest, (whole.upper - part.lower) / rest)
                    parts = (total.value, summed.value, str(rest))
                    yield _check("rest", mean, [total, summed], parts, computed)


def _is_rest(claims: Sequence[Claim], summed: Claim, mean: Claim, rest: int) -> bool:
    """Whether the regions of a mean are exactly those that a sum leaves out."""
    group = mean.details.get("group")
    if group is None or is_upper(group["relation"]) or mean.details.get("size") != str(rest):
        return False
    lists = (c for c in _of_kind(claims, "above") if c.details["exhaustive"])
    return any(
        set(listed.regions) == set(summed.regions) and listed.details["threshold"] == group["threshold"]
        for listed in lists
    )


def _check(rule: str, claim: Claim, others: Iterable[Claim], parts: tuple[str, ...], computed: Interval) -> Check:
    return Check(rule, claim.id, tuple(c.id for c in others), parts, computed, read_fit(claim, computed))


def _of_kind(claims: Sequence[Claim], kind: str) -> list[Claim]:
    return [claim for claim in claims if claim.kind == kind]


def _side(claim: Claim) -> tuple[bool, str]:
    return is_upper(claim.details["relation"]), claim.details["threshold"]


def _meet(first: Interval, second: Interval) -> bool:
    return max(first.lower, second.lower) <= min(first.upper, second.upper) + 1e-9
