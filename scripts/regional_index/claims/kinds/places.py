"""Claims about places: a rank, an order, the first few, tiers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from regional_index.claims.kinds.base import (
    ClaimKind,
    Measured,
    Table,
    Version,
    best_first,
    exchanged_names,
    scores_of,
    swapped_neighbours,
)
from regional_index.claims.sheet import GAP, Sheet, add_up, is_ahead
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


class Rank(ClaimKind):
    """A region is in place k, alone: y = 1 for each other region ahead of it, else 0, and sum y = k - 1.

    Where y = 0 the other is behind. For the first place no variables are needed: x is ahead of all others. Only a
    place that is said to be `shared` allows other regions with the same score.
    """

    name = "rank"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        region, rank = claim.regions[0], int(claim.value)
        others = sheet.universe.others([region])
        if claim.details.get("shared"):
            ahead = sheet.ahead_of(claim.index, region)
            sheet.require(dict.fromkeys(ahead.values(), 1.0), rank - 1, rank - 1)
        elif rank == 1:
            _require_all_ahead(sheet, claim.index, [region], others)
        else:
            _require_places(sheet, claim.index, [region], rank)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        scores = scores_of(table, claim.index, universe.regions)
        own, others = scores[claim.regions[0]], scores[list(universe.others(claim.regions))]
        rank = int(is_ahead(others, own).sum()) + 1
        alone = bool((is_ahead(others, own) | is_ahead(own, others)).all())
        return Measured(rank == int(claim.value) and (alone or bool(claim.details.get("shared"))), rank)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        last = len(universe.regions)
        return (v for v in super().falsify(claim, universe) if 1 <= int(v.claim.value) <= last)


class Order(ClaimKind):
    """Each is ahead of the next: x_a > x_b > x_c.

    With `starts_at` k, these are the places k, k + 1 and so on: y = 1 for k - 1 other regions, which are ahead of the
    first, and all others are behind the last.
    """

    name = "order"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        _require_chain(sheet, claim.index, claim.regions)
        start = int(claim.details.get("starts_at", 0))
        if start == 1:
            _require_all_ahead(sheet, claim.index, claim.regions[-1:], sheet.universe.others(claim.regions))
        elif start > 1:
            _require_places(sheet, claim.index, claim.regions, start)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        start = int(claim.details.get("starts_at", 0))
        scores = scores_of(table, claim.index, universe.regions if start else claim.regions)
        if not start:
            return Measured(_is_falling(scores, claim.regions), regions=best_first(scores))
        found = best_first(scores)[start - 1 : start - 1 + len(claim.regions)]
        others = scores[list(universe.others(claim.regions))]
        ahead, behind = is_ahead(others, scores[claim.regions[0]]), is_ahead(scores[claim.regions[-1]], others)
        in_place = int(ahead.sum()) == start - 1 and bool((ahead | behind).all())
        return Measured(in_place and _is_falling(scores, claim.regions), regions=found)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        return _swapped(claim)

    def place_of(self, claim: Claim, region: str, universe: Universe) -> object:
        return claim.regions.index(region) if region in claim.regions else None


class Top(ClaimKind):
    """The m best are these: every member is ahead of every other region, x_a > x_b.

    Members of an `ordered` list are also ahead of the next in the list.
    """

    name = "top"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        last = claim.regions[-1:] if claim.details["ordered"] else claim.regions
        if claim.details["ordered"]:
            _require_chain(sheet, claim.index, claim.regions)
        _require_all_ahead(sheet, claim.index, last, sheet.universe.others(claim.regions))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        scores = scores_of(table, claim.index, universe.regions)
        found = best_first(scores)[: len(claim.regions)]
        others = scores[list(universe.others(claim.regions))]
        apart = bool(is_ahead(scores[list(claim.regions)].min(), others).all())
        if claim.details["ordered"]:
            return Measured(apart and _is_falling(scores, claim.regions), regions=found)
        return Measured(apart, regions=found)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        in_order = claim.details["ordered"] and len(claim.regions) > 1
        return _swapped(claim) if in_order else exchanged_names(claim, universe)

    def place_of(self, claim: Claim, region: str, universe: Universe) -> object:
        if not claim.details["ordered"]:
            return region in claim.regions
        return claim.regions.index(region) if region in claim.regions else None


class Tiers(ClaimKind):
    """Every member of a tier is ahead of every member of the next: x_a > x_b for all such pairs.

    With `rest` or `exhaustive` the regions that are not named come after the last tier.
    """

    name = "tiers"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        for upper, lower in pairwise(self._tiers(claim, sheet.universe)):
            _require_all_ahead(sheet, claim.index, upper, lower)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        tiers = self._tiers(claim, universe)
        scores = scores_of(table, claim.index, [region for tier in tiers for region in tier])
        wrong: list[str] = []
        for upper, lower in pairwise(tiers):
            best_below, worst_above = scores[list(lower)].max(), scores[list(upper)].min()
            wrong += [region for region in upper if not is_ahead(scores[region], best_below)]
            wrong += [region for region in lower if not is_ahead(worst_above, scores[region])]
        return Measured(not wrong, regions=tuple(dict.fromkeys(wrong)))

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        """The last of a tier and the first of the next change places, those that are not named being a tier, too."""
        named = len(claim.details["tiers"])
        tiers = self._tiers(claim, universe)
        for place, (upper, lower) in enumerate(pairwise(tiers)):
            swapped = ((*upper[:-1], lower[0]), (upper[-1], *lower[1:]))
            changed = (*tiers[:place], *swapped, *tiers[place + 2 :])[:named]
            yield Version("neighbours", replace(claim, details={**claim.details, "tiers": changed}))

    def _tiers(self, claim: Claim, universe: Universe) -> list[tuple[str, ...]]:
        tiers = list(claim.details["tiers"])
        rest = universe.others(region for tier in tiers for region in tier)
        if rest and (claim.details.get("rest") or claim.details.get("exhaustive")):
            tiers.append(rest)
        return tiers


class Among(ClaimKind):
    """The named regions are among the m best: y = 1 for each other region ahead of one, else 0, and sum y <= m - 1."""

    name = "among"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        for region in claim.regions:
            ahead = sheet.ahead_of(claim.index, region)
            sheet.require(dict.fromkeys(ahead.values(), 1.0), upper=int(claim.details["within"]) - 1)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        ahead = {region: count_ahead(table, claim.index, region, universe) for region in claim.regions}
        wrong = tuple(region for region, count in ahead.items() if count >= int(claim.details["within"]))
        return Measured(not wrong, regions=wrong)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        return exchanged_names(claim, universe)


def count_ahead(table: Table, index: str, region: str, universe: Universe) -> int:
    """How many regions are ahead of one.

    Raises:
        NotThere: A score is missing.
    """
    scores = scores_of(table, index, universe.regions)
    return int(is_ahead(scores[list(universe.others([region]))], scores[region]).sum())


def _swapped(claim: Claim) -> Iterator[Version]:
    for swapped in swapped_neighbours(claim.regions):
        yield Version("neighbours", replace(claim, regions=swapped))


def _require_chain(sheet: Sheet, index: str, regions: tuple[str, ...]) -> None:
    for first, second in pairwise(regions):
        sheet.require_ahead(sheet.score(index, first), sheet.score(index, second))


def _require_all_ahead(sheet: Sheet, index: str, upper: Iterable[str], lower: Iterable[str]) -> None:
    below = list(lower)
    for first in upper:
        for second in below:
            sheet.require_ahead(sheet.score(index, first), sheet.score(index, second))


def _require_places(sheet: Sheet, index: str, regions: Sequence[str], start: int) -> None:
    """Of all other regions `start - 1` are ahead of the first of these, the rest behind the last."""
    ahead = sheet.ahead_of(index, regions[0])
    others = sheet.universe.others(regions)
    last = sheet.score(index, regions[-1])
    sheet.require({ahead[region]: 1.0 for region in others}, start - 1, start - 1)
    for region in others:
        apart = add_up((1.0, sheet.score(index, region)), (-1.0, last))
        switched = add_up((1.0, apart), (-sheet.universe.width - GAP, {ahead[region]: 1.0}))
        sheet.require(switched, upper=-GAP, strict=True)


def _is_falling(scores: pd.Series, regions: tuple[str, ...]) -> bool:
    return all(is_ahead(scores[first], scores[second]) for first, second in pairwise(regions))
