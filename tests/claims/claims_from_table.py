"""Random tables, and random claims that are true of them: what the soundness tests try.

Scores are whole thousandths, kept as fractions, so that rounding, ties and sides of a mean are exact. Places are
claimed only where no tie makes them doubtful.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from operator import ge, gt, le, lt
from typing import Any

import pandas as pd

from regional_index.claims.kinds import KINDS, Table
from regional_index.claims.universe import Universe, in_year
from regional_index.framework import Claim

RELATIONS = {"above": gt, "at_least": ge, "below": lt, "at_most": le}
EARLIER = 2020
Said = dict[str, Any]
"""What a claim says beside its id, index and kind: `value`, `regions` and whatever belongs in its details."""


@dataclass(frozen=True)
class World:
    """A complete table in exact numbers, and the dice."""

    universe: Universe
    exact: dict[str, dict[str, Fraction]]
    rng: random.Random

    def mean(self, index: str) -> Fraction:
        """The mean of all regions."""
        return self.total(index, self.universe.regions) / len(self.universe.regions)

    def total(self, index: str, regions: Iterable[str]) -> Fraction:
        """The sum of some regions."""
        return sum((self.exact[index][region] for region in regions), Fraction(0))

    def best_first(self, index: str) -> list[str]:
        """The regions from the greatest score to the least."""
        return sorted(self.universe.regions, key=lambda region: -self.exact[index][region])

    def clean_cuts(self, index: str) -> list[int]:
        """How many best regions there can be without a tie between the last of them and the next; all of them, too."""
        scores = [self.exact[index][region] for region in self.best_first(index)]
        return [size for size in range(1, len(scores)) if scores[size - 1] > scores[size]] + [len(scores)]

    def side(self, index: str, relation: str, threshold: str) -> list[str]:
        """The regions that stand in a relation to a number or to the mean."""
        at = self.mean(index) if threshold == "mean" else Fraction(threshold)
        return [region for region, score in self.exact[index].items() if RELATIONS[relation](score, at)]

    def any_side(self, index: str) -> dict[str, str]:
        """A random side of a random threshold."""
        return {"relation": self.rng.choice([*RELATIONS]), "threshold": self.threshold(index)}

    def threshold(self, index: str) -> str:
        """The mean, the rounded score of a region (often a score itself), or any whole number."""
        of_a_region = in_print(self.exact[index][self.rng.choice(self.universe.regions)], self.rng.randint(0, 2))
        return self.rng.choice(["mean", "mean", of_a_region, of_a_region, str(self.rng.randint(0, 100))])

    def some(self, regions: Iterable[str], least: int = 1) -> list[str]:
        """A random part of some regions, in random order."""
        given = sorted(regions)
        return self.rng.sample(given, self.rng.randint(least, len(given)))

    def chance(self, probability: float) -> bool:
        """True as often as that."""
        return self.rng.random() < probability


def random_case(seed: int) -> tuple[Universe, Table]:
    """A universe of 5 to 7 regions and two indices, and a complete table of it in two years."""
    rng = random.Random(seed)
    regions = tuple("abcdefg"[: rng.choice((5, 5, 5, 6, 6, 7))])
    names = [rng.choice(("coast", "hills", "plain")) for _ in regions]
    members = {name: frozenset(r for r, own in zip(regions, names, strict=True) if own == name) for name in set(names)}
    universe = Universe(indices=("x", "y"), regions=regions, members=dict(sorted(members.items())))
    indices = [*universe.indices, *(in_year(index, EARLIER) for index in universe.indices)]
    return universe, {index: pd.Series(_random_scores(regions, rng)) for index in indices}


def derive_claims(table: Table, universe: Universe, rng: random.Random, most: int = 9) -> list[Claim]:
    """A random selection of claims that are true of a table, of random kinds and random indices.

    What is said of a kind is made by the function of its name below.
    """
    exact = {
        index: {str(r): Fraction(round(score * 1000), 1000) for r, score in table[index].items()} for index in table
    }
    world = World(universe, exact, rng)
    claims = []
    for number in range(rng.randint(3, most)):
        kind, index = rng.choice([*KINDS]), rng.choice(universe.indices)
        said: Said | None = globals()[f"_{kind}"](world, index)
        if said is not None:
            value, regions = said.pop("value", ""), tuple(said.pop("regions", ()))
            claims.append(Claim(f"{kind}-{number}", index, kind, "somewhere", value, regions, said))
    return claims


def in_print(value: Fraction, decimals: int, *, truncated: bool = False) -> str:
    """A number as it is printed, rounded half up or cut off.

    Examples:
        >>> in_print(Fraction("20.375"), 2), in_print(Fraction("20.375"), 2, truncated=True)
        ('20.38', '20.37')
    """
    shifted = value * 10**decimals + (0 if truncated else Fraction(1, 2))
    return f"{Decimal(floor(shifted)).scaleb(-decimals):f}"


def _random_scores(regions: tuple[str, ...], rng: random.Random) -> dict[str, float]:
    """Scores on a grid of thousandths: even, skewed, with zeros, or with ties, also between a region and the mean."""
    middle, step = rng.randint(40_000, 60_000), rng.randint(0, 10_000)
    shapes: list[Callable[[], int]] = [
        lambda: rng.randint(0, 100_000),
        lambda: round(100_000 * rng.random() ** 4),
        lambda: rng.choice((0, rng.randint(0, 100_000))),
        lambda: 10_100 * rng.randint(0, 9),
        lambda: 5_000 + rng.randint(0, 20),
        lambda: middle,
    ]
    shape = rng.choices(shapes, weights=[6, 6, 6, 3, 1, 1])[0]
    scores = [shape() for _ in regions]
    if rng.random() < 0.1:
        scores = [middle + step * place for place in range(-(len(regions) // 2), len(regions) - len(regions) // 2)]
        rng.shuffle(scores)
    return {region: score / 1000 for region, score in zip(regions, scores, strict=True)}


def _printed(world: World, value: Fraction, *, share: bool = False) -> Said:
    """A value in print with 0 to 2 decimals; now and then the source calls it approximate and is a little off."""
    decimals = world.rng.randint(0, 2)
    if world.chance(0.85):
        return {"value": in_print(value, decimals, truncated=share and world.chance(0.5))}
    tolerance = world.rng.choice(("0", "0.5", "2"))
    shifted = value + Fraction(tolerance) * world.rng.randint(-100, 100) / 100
    number = in_print(shifted, decimals)
    if number.startswith("-") or abs(Fraction(number) - value) > Fraction(tolerance):
        number = in_print(value, decimals)
    return {"value": number, "wording": "approximate", "tolerance": tolerance}


def _median(world: World, index: str) -> Said:
    scores = sorted(world.exact[index].values())
    return _printed(world, (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2)


def _among(world: World, index: str) -> Said:
    within = world.rng.choice(world.clean_cuts(index))
    return {"regions": world.some(world.best_first(index)[:within]), "within": str(within)}


def _two_sides(world: World, index: str) -> tuple[Said, Fraction, Fraction]:
    """Two numbers, the greater first: of a region, or of all."""
    found: list[tuple[Fraction, Said]] = []
    for _ in range(2):
        of = world.rng.choice(world.universe.indices)
        region, scores = world.rng.choice(world.universe.regions), world.exact[of]
        ends = {"mean": world.mean(of), "highest": max(scores.values()), "lowest": min(scores.values())}
        name = world.rng.choice([*ends, ""])
        found.append(
            (ends[name], {"index": of, name: True}) if name else (scores[region], {"index": of, "regions": (region,)})
        )
    (less, of_less), (greater, of_greater) = sorted(found, key=lambda side: side[0])
    return {"greater": of_greater, "less": of_less}, greater, less


def _ratio(world: World, index: str) -> Said | None:
    sides, greater, less = _two_sides(world, index)
    return {**sides, **_printed(world, greater / less)} if less else None


def _difference(world: World, index: str) -> Said:
    sides, greater, less = _two_sides(world, index)
    return {**sides, **_printed(world, greater - less)}


def _growth(world: World, index: str) -> Said | None:
    region = world.rng.choice(world.universe.regions)
    then = world.exact[in_year(index, EARLIER)][region]
    if not then:
        return None
    before = {"before": in_print(then, 2)} if world.chance(0.5) else {}
    return {
        "regions": [region],
        "year": EARLIER,
        **before,
        **_printed(world, (world.exact[index][region] / then - 1) * 100),
    }


def _place_change(world: World, index: str) -> Said:
    region = world.rng.choice(world.universe.regions)
    now, then = (
        sum(score > scores[region] for score in scores.values())
        for scores in (world.exact[index], world.exact[in_year(index, EARLIER)])
    )
    return {"regions": [region], "year": EARLIER, "value": str(then - now)}


def _score(world: World, index: str) -> Said:
    region = world.rng.choice(world.universe.regions)
    return {"regions": [region], **_printed(world, world.exact[index][region])}


def _total(world: World, index: str) -> Said:
    return _printed(world, world.total(index, world.universe.regions))


def _mean(world: World, index: str) -> Said:
    return _printed(world, world.mean(index))


def _rank(world: World, index: str) -> Said:
    region, scores = world.rng.choice(world.universe.regions), world.exact[index]
    rank = 1 + sum(score > scores[region] for score in scores.values())
    tied = sum(score == scores[region] for score in scores.values()) > 1
    shared = {"shared": True} if tied or world.chance(0.2) else {}
    return {"regions": [region], "value": str(rank), **shared}


def _order(world: World, index: str) -> Said | None:
    if world.chance(0.5):
        return _order_from(world, index)
    by_score = {world.exact[index][region]: region for region in world.some(world.universe.regions)}
    return {"regions": [by_score[score] for score in sorted(by_score, reverse=True)]}


def _order_from(world: World, index: str) -> Said | None:
    """Places one after the other, without a tie among them or at either end."""
    edges = [0, *world.clean_cuts(index)]
    first = world.rng.choice(edges[:-1])
    run = [edge for edge in edges if edge > first]
    clean = [edge for place, edge in enumerate(run, start=1) if edge == first + place]
    if not clean:
        return None
    return {"regions": world.best_first(index)[first : world.rng.choice(clean)], "starts_at": str(first + 1)}


def _top(world: World, index: str) -> Said:
    size = world.rng.choice(world.clean_cuts(index))
    best = world.best_first(index)[:size]
    ordered = len({world.exact[index][region] for region in best}) == size and world.chance(0.5)
    if not ordered:
        world.rng.shuffle(best)
    return {"regions": best, "size": str(size), "ordered": ordered}


def _above(world: World, index: str, relation: str = "above") -> Said | None:
    threshold = world.threshold(index)
    beyond = world.side(index, relation, threshold)
    if not beyond:
        return None
    exhaustive = world.chance(0.5)
    return {"regions": beyond if exhaustive else world.some(beyond), "threshold": threshold, "exhaustive": exhaustive}


def _below(world: World, index: str) -> Said | None:
    return _above(world, index, "below")


def _count(world: World, index: str) -> Said:
    group = world.any_side(index)
    count = len(world.side(index, **group))
    if world.chance(0.85):
        return {"value": str(count), **group}
    tolerance = world.rng.randint(0, 2)
    stated = max(count + world.rng.randint(-tolerance, tolerance), 0)
    return {"value": str(stated), **group, "wording": "approximate", "tolerance": str(tolerance)}


def _count_share(world: World, index: str) -> Said:
    group = world.any_side(index)
    share = Fraction(100 * len(world.side(index, **group)), len(world.universe.regions))
    return {**_printed(world, share, share=True), **group}


def _sum(world: World, index: str) -> Said:
    said, members = _group(world, index)
    return {**said, **_printed(world, world.total(index, members))}


def _group_mean(world: World, index: str) -> Said | None:
    said, members = _group(world, index)
    if not members:
        return None
    size = {"size": str(len(members))} if world.chance(0.5) else {}
    return {**said, **size, **_printed(world, world.total(index, members) / len(members))}


def _group(world: World, index: str) -> tuple[Said, list[str]]:
    """Regions by name, the group they are in, the first few, or a side of a threshold."""
    way = world.rng.choice(("regions", "regions", "group_name", "within", "group", "group"))
    if way == "regions":
        members = world.some(world.universe.regions)
        return {"regions": members}, members
    if way == "group_name":
        name = world.rng.choice(list(world.universe.members))
        return {"group_name": name}, [*world.universe.members[name]]
    if way == "within":
        within = world.rng.choice(world.clean_cuts(index))
        return {"within": str(within)}, world.best_first(index)[:within]
    group = world.any_side(index)
    return {"group": group}, world.side(index, **group)


def _share(world: World, index: str) -> Said | None:
    base = list(world.universe.regions) if world.chance(0.5) else world.some(world.universe.regions)
    whole = world.total(index, base)
    if not whole:
        return None
    members = world.some(base)
    of = "total" if len(base) == len(world.universe.regions) else tuple(base)
    share = 100 * world.total(index, members) / whole
    return {"regions": members, "of": of, **_printed(world, share, share=True)}


def _band(world: World, index: str) -> Said:
    members = world.some(world.universe.regions)
    scores = [world.exact[index][region] for region in members]
    wording = {"wording": "approximate", "tolerance": "0.5"} if world.chance(0.3) else {}
    tolerance, decimals = Fraction(wording.get("tolerance", "0")), world.rng.randint(0, 2)
    ends = {
        "lower": in_print(max(min(scores) + tolerance, Fraction(0)), decimals, truncated=True),
        "upper": _rounded_up(max(max(scores) - tolerance, Fraction(0)), decimals),
    }
    kept = world.rng.choice((["lower"], ["upper"], ["lower", "upper"]))
    return {"regions": members, **wording, **{end: ends[end] for end in kept}}


def _tiers(world: World, index: str) -> Said:
    cuts = world.clean_cuts(index)
    edges = [0, *sorted(world.rng.sample(cuts, world.rng.randint(1, min(3, len(cuts)))))]
    best = world.best_first(index)
    tiers = [best[start:end] for start, end in pairwise(edges)]
    if world.chance(0.5):
        return {"tiers": tuple(tuple(tier) for tier in tiers), world.rng.choice(("rest", "exhaustive")): True}
    return {"tiers": tuple(tuple(world.some(tier)) for tier in tiers)}


def _group_count(world: World, index: str) -> Said:
    within = world.rng.choice(world.clean_cuts(index))
    names = world.rng.sample(list(world.universe.members), world.rng.randint(1, len(world.universe.members)))
    members = frozenset().union(*(world.universe.members[name] for name in names))
    found = [region for region in world.best_first(index)[:within] if region in members]
    group = {"group_name": names[0]} if len(names) == 1 else {"groups": tuple(names)}
    return {"value": str(len(found)), "within": str(within), **group, "regions": world.some(found, least=0)}


def _comparison(world: World, index: str) -> Said | None:
    other = world.rng.choice(world.universe.indices)
    if world.chance(0.3):
        less, at = {"index": other, "mean": True}, world.mean(other)
    else:
        regions = world.some(world.universe.regions)
        less, at = {"index": other, "regions": tuple(regions)}, max(world.exact[other][region] for region in regions)
    if world.mean(index) > at and world.chance(0.5):
        return {"greater": {"index": index, "mean": True}, "less": less}
    greater = [region for region, score in world.exact[index].items() if score > at]
    if not greater:
        return None
    return {"greater": {"index": index, "regions": tuple(world.some(greater))}, "less": less}


def _rounded_up(value: Fraction, decimals: int) -> str:
    return f"{Decimal(ceil(value * 10**decimals)).scaleb(-decimals):f}"
