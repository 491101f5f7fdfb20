"""Which claims cannot all hold, and the least change that would mend it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from regional_index.claims.findings import Conflict, Mend
from regional_index.claims.readings import decimals_of
from regional_index.claims.rows import write_sorted
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.framework import Claim, named_indices, named_regions

NUMBERS = ("value", "lower", "upper")
WHOLE_KINDS = ("rank", "count", "group_count", "place_change")
# A figure further off than this many units of its last decimal is not a slip that could be mended.
FARTHEST = 2**17


def find_components(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims in groups that share no index with each other, in their order."""
    components: list[tuple[set[str], list[Claim]]] = []
    for claim in claims:
        indices = set(named_indices(claim))
        touching = [found for found in components if found[0] & indices]
        merged = (indices.union(*(known for known, _ in touching)), [c for _, own in touching for c in own] + [claim])
        components = [found for found in components if found not in touching] + [merged]
    return [own for _, own in components]


def claims_for(index: str, claims: Iterable[Claim]) -> list[Claim]:
    """The claims that bear on an index: about it, or about one it is compared with."""
    for component in find_components(claims):
        if index in {name for claim in component for name in named_indices(claim)}:
            return component
    return []


def find_conflicts(claims: Sequence[Claim], universe: Universe) -> list[Conflict]:
    """Sets of claims that cannot all hold, each with what would mend it.

    Every set is irreducible (deletion filter): without any one of its claims the others can hold. Sets that share no
    claim come first, each followed by those that appear when one of its claims is left out.
    """
    found = []
    for component in find_components(claims):
        programme = Programme(write_sorted(component, universe))
        # Figures before lists and orders, for they are easier to check: a filter keeps what comes first.
        ids = [claim.id for claim in sorted(component, key=lambda claim: not _numbers(claim))]
        apart = _disjoint_cores(programme, ids)
        in_conflict = {claim for core in apart for claim in core}
        for core in apart:
            members = [claim for claim in component if claim.id in core]
            sound = [claim for claim in component if claim.id not in in_conflict]
            found.append(Conflict(core, tuple(_find_mends(members, sound, universe))))
            others = {claim for other in apart if other != core for claim in other}
            beside = [claim for claim in ids if claim not in others]
            found += [Conflict(other, overlaps=True) for other in _overlapping_cores(programme, beside, core)]
    return found


def can_all_hold(claims: Sequence[Claim], universe: Universe) -> bool:
    """Whether there is a table of which all these claims are true."""
    return all(Programme(write_sorted(own, universe)).is_feasible() for own in find_components(claims))


def smallest_core(programme: Programme, claims: Sequence[str]) -> tuple[str, ...]:
    """An irreducible set among claims that cannot all hold: the smaller one of two deletion filters.

    One leaves out what it can from the end of the list, the other from its start.
    """
    cores = [_filter_by_deletion(programme, order) for order in (claims[::-1], claims)]
    smallest = set(min(cores, key=len))
    programme.enforce(smallest)
    programme.confirm_infeasible()
    return tuple(claim for claim in claims if claim in smallest)


def _disjoint_cores(programme: Programme, claims: Sequence[str]) -> list[tuple[str, ...]]:
    remaining = list(claims)
    cores = []
    while not _is_feasible(programme, remaining):
        cores.append(smallest_core(programme, remaining))
        remaining = [claim for claim in remaining if claim not in cores[-1]]
    return cores


def _overlapping_cores(programme: Programme, claims: Sequence[str], core: Iterable[str]) -> list[tuple[str, ...]]:
    """The sets that still cannot hold when one claim of a set is left out, each once."""
    found: list[tuple[str, ...]] = []
    for left_out in core:
        remaining = [claim for claim in claims if claim != left_out]
        if not _is_feasible(programme, remaining):
            found.append(smallest_core(programme, remaining))
    return list(dict.fromkeys(found))


def _filter_by_deletion(programme: Programme, claims: Sequence[str]) -> list[str]:
    kept = list(claims)
    for claim in claims:
        without = [other for other in kept if other != claim]
        if not _is_feasible(programme, without):
            kept = without
    return kept


def _is_feasible(programme: Programme, claims: Collection[str]) -> bool:
    programme.enforce(claims)
    return programme.is_feasible()


def _find_mends(members: Sequence[Claim], sound: Sequence[Claim], universe: Universe) -> Iterator[Mend]:
    for claim in members:
        others = [*sound, *(other for other in members if other.id != claim.id)]

        def mended(version: Claim, others: list[Claim] = others) -> bool:
            return can_all_hold([*others, version], universe)

        if any(_numbers(claim)):
            yield from _mend_numbers(claim, mended, len(universe.regions))
        else:
            elsewhere = {region for other in members if other is not claim for region in named_regions(other)}
            yield from _mend_names(claim, mended, sorted(elsewhere))


def _numbers(claim: Claim) -> list[tuple[str, str]]:
    stated = {"value": claim.value, **claim.details}
    return [(part, stated[part]) for part in NUMBERS if stated.get(part)]


def with_number(claim: Claim, part: str, number: str) -> Claim:
    """The claim with another figure in place of one of its own."""
    if part == "value":
        return replace(claim, value=number)
    return replace(claim, details={**claim.details, part: number})


def _mend_numbers(claim: Claim, mended: Callable[[Claim], bool], count: int) -> Iterator[Mend]:
    """The least change of one of its figures: exactly as printed if that is possible, else within its rounding."""
    if claim.kind in WHOLE_KINDS:
        nearby = range(1, count + 1)
    else:
        step = _least_step(claim, mended)
        nearby = range(max(step - 1, 1), step + 3) if step else range(0)
    options = [
        (part, stated, _moved(stated, sign * near))
        for near in nearby
        for part, stated in _numbers(claim)
        for sign in (1, -1)
    ]
    possible = [option for option in options if _is_a_figure(claim, *option[1:])]
    for read in (_exactly, lambda _, number: number):
        for part, stated, moved in possible:
            if mended(with_number(claim, part, read(claim, moved))):
                yield Mend(claim.id, part, stated, moved)
                return


def _is_a_figure(claim: Claim, stated: str, number: str) -> bool:
    """Whether a number may stand in place of the stated one: only what is negative already may be."""
    if number.startswith("-") and not stated.startswith("-"):
        return False
    return claim.kind != "rank" or int(number) > 0


def _exactly(claim: Claim, number: str) -> str:
    """The number with one more decimal, so that no neighbour passes by what it might have been rounded from."""
    if claim.kind in WHOLE_KINDS:
        return number
    return f"{number}0" if "." in number else f"{number}.0"


def _least_step(claim: Claim, mended: Callable[[Claim], bool]) -> int:
    """By how many units of the last decimal a figure is off: the least tolerance that mends, 0 where none does."""
    decimals = max(decimals_of(stated) for _, stated in _numbers(claim))
    before = Decimal(claim.details.get("tolerance", "0"))

    def works(step: int) -> bool:
        tolerance = before + Decimal(step).scaleb(-decimals)
        details = {**claim.details, "wording": "approximate", "tolerance": f"{tolerance:f}"}
        return mended(replace(claim, details=details))

    low, high = 0, 1
    while not works(high):
        low, high = high, high * 2
        if high > FARTHEST:
            return 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def _moved(stated: str, step: int) -> str:
    return f"{Decimal(stated) + Decimal(step).scaleb(-decimals_of(stated)):f}"


def _mend_names(claim: Claim, mended: Callable[[Claim], bool], candidates: Iterable[str]) -> Iterator[Mend]:
    """One region in place of another; only those come into question that another claim of the set names."""
    named = named_regions(claim)
    for new in candidates:
        for old in named:
            renamed = _renamed(claim, old, new)
            if new not in named and renamed != claim and mended(renamed):
                yield Mend(claim.id, "regions", old, new)


def _renamed(claim: Claim, old: str, new: str) -> Claim:
    def rename(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(new if code == old else code for code in codes)

    details = dict(claim.details)
    if "tiers" in details:
        details["tiers"] = tuple(rename(tier) for tier in details["tiers"])
    return replace(claim, regions=rename(claim.regions), details=details)
