"""What every kind of claim can do, and what several of them share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

import pandas as pd

from regional_index.claims.readings import Interval, decimals_of, read_about, read_either_way, read_rounded
from regional_index.claims.sheet import Sheet
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

Table = Mapping[str, pd.Series]
"""Complete or incomplete scores: by index, indexed by region code."""


class NotThere(Exception):
    """A table lacks the scores of some `regions` that a claim needs."""

    def __init__(self, regions: tuple[str, ...]) -> None:
        super().__init__(f"no score of {', '.join(regions)}")
        self.regions = regions


@dataclass(frozen=True)
class Measured:
    """What a table says of a claim.

    Attributes:
        holds: Whether it agrees.
        number: What it has in place of the number of the claim.
        regions: The regions that it has in place of those of the claim, or that it counts, best first; of a band,
            tiers or a comparison those that are out of place.
    """

    holds: bool
    number: float | None = None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """A claim made wrong by a little.

    Attributes:
        change: `five` or `one` percent, `digits` swapped, `neighbours` in an order swapped, `names` exchanged, `sides`
            of a comparison swapped.
        claim: The wrong claim.
    """

    change: str
    claim: Claim


class ClaimKind(ABC):
    """One kind of claim. Its docstring states the linear constraints that it means.

    Adding a kind: write a class with these methods in this folder, enter it in `KINDS`, its fields in
    `published.schema.json`, its words in the language packs and `topics/edition/claim_text.py`, and its tests.
    """

    name: ClassVar[str]
    is_share: ClassVar[bool] = False
    """Whether the number may have been truncated instead of rounded."""

    @abstractmethod
    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        """Add the rows that the claim means."""

    @abstractmethod
    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        """Compare the claim with a table; other scores than those it is decided by may be missing.

        Raises:
            NotThere: The table lacks a score that is needed.
        """

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        """Versions of the claim that are wrong by a little; here: its number changed."""
        for change, value in wrong_numbers(claim.value) if claim.value else ():
            yield Version(change, replace(claim, value=value))

    def place_of(self, claim: Claim, region: str, universe: Universe) -> object:
        """What the claim says of a region; regions of which every claim says the same are exchangeable."""
        lists = [claim.regions, *claim.details.get("tiers", ())]
        lists += [claim.details.get(side, {}).get("regions", ()) for side in ("greater", "less")]
        lists.append(group_members(claim, universe) or ())
        return tuple(region in names for names in lists)


def interval_of(claim: Claim) -> Interval:
    """The values that the printed number of a claim stands for."""
    return read_value(claim, claim.value)


def read_value(claim: Claim, number: str) -> Interval:
    """The values that a number of a claim stands for: its rounding, or the tolerance of an approximate wording."""
    rounded = read_rounded(number)
    if claim.details.get("wording") != "approximate":
        return rounded
    about = read_about(number, claim.details.get("tolerance", "0"))
    return Interval(min(about.lower, rounded.lower), max(about.upper, rounded.upper))


def share_interval(claim: Claim) -> Interval:
    """The percentages that a printed one stands for, be it rounded, truncated or approximate."""
    if claim.details.get("wording") == "approximate":
        return interval_of(claim)
    return read_either_way(claim.value)


def group_members(claim: Claim, universe: Universe) -> tuple[str, ...] | None:
    """Codes of the regions of the group that a claim is about: one by its name, or several; `None` without one."""
    names = claim.details.get("groups") or [claim.details.get("group_name", "")]
    return universe.members_of(names) if names != [""] else None


def scores_of(table: Table, index: str, regions: Iterable[str]) -> pd.Series:
    """The scores of some regions in an index, in their order.

    Raises:
        NotThere: One is missing.
    """
    scores = table.get(index, pd.Series(dtype=float)).reindex(list(regions)).astype(float)
    if scores.isna().any():
        raise NotThere(tuple(str(code) for code in scores.index[scores.isna()]))
    return scores


def best_first(scores: pd.Series) -> tuple[str, ...]:
    """The regions from the greatest score to the least; those of the same score stay in their order."""
    return tuple(str(code) for code in scores.sort_values(ascending=False, kind="stable").index)


def wrong_numbers(value: str) -> list[tuple[str, str]]:
    """A printed number changed by 5 % and 1 % either way, at least by its last digit, or with two digits swapped.

    Examples:
        >>> wrong_numbers("12.3")
        [('five', '12.9'), ('five', '11.7'), ('one', '12.4'), ('one', '12.2'), ('digits', '21.3'), ('digits', '13.2')]
        >>> wrong_numbers("2")
        [('five', '3'), ('five', '1')]
        >>> wrong_numbers("-1")
        [('five', '0'), ('five', '-2')]
    """
    exact, last = Decimal(value), Decimal(1).scaleb(-decimals_of(value))
    found: dict[str, str] = {}
    for change, share in (("five", "0.05"), ("one", "0.01")):
        step = max((abs(exact) * Decimal(share)).quantize(last), last)
        for number in (exact + step, exact - step):
            if number >= 0 or exact < 0:
                found.setdefault(f"{number:f}", change)
    digits = [place for place, sign in enumerate(value) if sign.isdigit()]
    for first, second in pairwise(digits):
        signs = list(value)
        signs[first], signs[second] = signs[second], signs[first]
        found.setdefault("".join(signs), "digits")
    return [(change, number) for number, change in found.items() if Decimal(number) != exact]


def swapped_neighbours(regions: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The list with two neighbours swapped, for every pair of neighbours.

    Examples:
        >>> list(swapped_neighbours(("a", "b", "c")))
        [('b', 'a', 'c'), ('a', 'c', 'b')]
    """
    for place in range(len(regions) - 1):
        yield (*regions[:place], regions[place + 1], regions[place], *regions[place + 2 :])


def exchanged_names(claim: Claim, universe: Universe) -> Iterator[Version]:
    """The claim with each of its regions in turn exchanged for the next region of the table that it does not name."""
    for place, region in enumerate(claim.regions):
        after = universe.regions.index(region)
        around = (*universe.regions[after:], *universe.regions[:after])
        other = next((code for code in around if code not in claim.regions), None)
        if other is not None:
            names = (*claim.regions[:place], other, *claim.regions[place + 1 :])
            yield Version("names", replace(claim, regions=names))
