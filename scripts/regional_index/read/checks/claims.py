"""Checks of claims by the rules of their kinds: what a schema cannot say of their numbers, lists and groups."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regional_index.errors import Problem
from regional_index.framework import Regions
from regional_index.read.build import build_score_range
from regional_index.read.references import check_known, find_region, value_at
from regional_index.read.yaml_files import Document, KeyPath

_GROUP = "the name of a group in data/regions.csv"


@dataclass(frozen=True)
class _Stated:
    """A claim of a document."""

    document: Document
    path: KeyPath
    data: Mapping[str, Any]

    def problem(self, *keys: str | int, expected: str, remedy: str) -> Problem:
        """A problem with the value at a path inside the claim."""
        path = (*self.path, *keys)
        return self.document.problem(path, value_at(self.document, path), expected, remedy)


def check_numbers(document: Document) -> Iterator[Problem]:
    """A problem for each number that no claim of its kind can state."""
    lowest, highest = build_score_range(document.data)
    for stated in _claims(document):
        # Ends in the wrong order are reported themselves; no score is between them.
        if stated.data["kind"] == "score" and lowest < highest:
            yield from _check_score(stated, lowest, highest)
        yield from _check_share(stated, lowest)
        yield from _check_growth(stated)
        yield from _check_who(stated)
        yield from _check_band(stated)
        yield from _check_size(stated)
        yield from _check_group_count(stated)


def check_lists(document: Document, regions: Regions) -> Iterator[Problem]:
    """A problem for each rank beyond the number of regions, and each region by which its claim cannot be true."""
    for stated in _claims(document):
        yield from _check_places(stated, len(regions.evaluated))
        yield from _check_base(stated, regions)
        yield from _check_tiers(stated, regions)
        yield from _check_sides(stated, regions)


def check_groups(document: Document, regions: Regions) -> Iterator[Problem]:
    """A problem for each group that does not exist, and each region that is not of the group it is counted in."""
    for stated in _claims(document):
        if "group_name" in stated.data:
            yield from _check_group(stated, regions)


def _claims(document: Document) -> list[_Stated]:
    return [_Stated(document, ("claims", i), claim) for i, claim in enumerate(document.data["claims"])]


def _check_score(stated: _Stated, lowest: float, highest: float) -> Iterator[Problem]:
    if not lowest <= float(stated.data["value"]) <= highest:
        remedy = "correct the score, or the score_range of the edition"
        yield stated.problem("value", expected=f"a score from {lowest:g} to {highest:g}", remedy=remedy)


def _check_share(stated: _Stated, lowest: float) -> Iterator[Problem]:
    if stated.data["kind"] in ("share", "ratio", "growth") and lowest < 0:
        expected = f"a {stated.data['kind']} only where no score is below 0"
        remedy = "state the sum or the difference instead, or correct the score_range"
        yield stated.problem("kind", expected=expected, remedy=remedy)
    if stated.data["kind"] in ("share", "count_share") and not 0 <= float(stated.data["value"]) <= 100:
        yield stated.problem("value", expected="a percentage from 0 to 100", remedy="correct the number")


def _check_growth(stated: _Stated) -> Iterator[Problem]:
    if stated.data["kind"] == "growth" and float(stated.data["value"]) < -100:
        yield stated.problem("value", expected="a fall of at most 100 percent", remedy="correct the number")


def _check_who(stated: _Stated) -> Iterator[Problem]:
    """A claim about some regions says in one way which these are."""
    ways = ("regions", "group", "group_name", "within")
    given = [way for way in ways if way in stated.data]
    if stated.data["kind"] in ("sum", "share", "group_mean") and len(given) > 1:
        expected = f"one of {', '.join(ways)}, not {' and '.join(given)}"
        yield stated.problem(given[1], expected=expected, remedy="remove all but one")


def _check_band(stated: _Stated) -> Iterator[Problem]:
    lower, upper = stated.data.get("lower"), stated.data.get("upper")
    if lower and upper and float(lower) > float(upper):
        expected = f'at most "{upper}", the upper end'
        yield stated.problem("lower", expected=expected, remedy="exchange them, or correct one")


def _check_size(stated: _Stated) -> Iterator[Problem]:
    if stated.data["kind"] == "top" and int(stated.data["size"]) != len(stated.data["regions"]):
        expected = f'"{len(stated.data["regions"])}", the number of regions in the list'
        yield stated.problem("size", expected=expected, remedy="correct it, or the list")


def _check_group_count(stated: _Stated) -> Iterator[Problem]:
    if stated.data["kind"] != "group_count":
        return
    value, named, within = int(stated.data["value"]), len(stated.data.get("regions", ())), int(stated.data["within"])
    if value < named:
        expected = f'at least "{named}", the number of regions in the list'
        yield stated.problem("value", expected=expected, remedy="correct it, or the list")
    if value > within:
        yield stated.problem("value", expected=f'at most "{within}", as in `within`', remedy="correct one of them")


def _check_places(stated: _Stated, evaluated: int) -> Iterator[Problem]:
    """Check counts and places. A `value` of a group cannot be above the places counted, so `within` is its limit."""
    keys = ["value"] if stated.data["kind"] in ("count", "rank") else []
    for key in (*keys, "size", "within"):
        if int(stated.data.get(key, 0)) > evaluated:
            expected = f'at most "{evaluated}", the number of regions that the index evaluates'
            yield stated.problem(key, expected=expected, remedy="correct the number")
    if "starts_at" in stated.data:
        after = len(stated.data["regions"]) - 1
        if int(stated.data["starts_at"]) + after > evaluated:
            expected = f"a place that has {after} after it, of {evaluated} in all"
            yield stated.problem("starts_at", expected=expected, remedy="correct it, or the list")
    if stated.data["kind"] == "place_change" and abs(int(stated.data["value"])) >= evaluated:
        expected = f"a change of at most {evaluated - 1} places, there being {evaluated} regions"
        yield stated.problem("value", expected=expected, remedy="correct the number")


def _check_base(stated: _Stated, regions: Regions) -> Iterator[Problem]:
    """Regions of a share are among those of its base; not checked where the base has an unknown name."""
    of = stated.data.get("of", "total")
    base = set(_codes(of, regions)) if of != "total" else {""}
    if "" not in base:
        for i, code in enumerate(_codes(stated.data.get("regions", ()), regions)):
            if code and code not in base:
                expected = "a region that is in `of` too, for the share is a share of those"
                yield stated.problem("regions", i, expected=expected, remedy="add it to `of`, or remove it here")


def _check_tiers(stated: _Stated, regions: Regions) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, tier in enumerate(stated.data.get("tiers", ())):
        for i, code in enumerate(_codes(tier, regions)):
            first = seen.setdefault(code, number) if code else number
            if first != number:
                remedy = f"remove it here or in tiers[{first}]"
                yield stated.problem("tiers", number, i, expected="each region in one tier", remedy=remedy)


def _check_sides(stated: _Stated, regions: Regions) -> Iterator[Problem]:
    if "greater" not in stated.data:
        return
    greater, less = stated.data["greater"], stated.data["less"]
    if greater["index"] == less["index"]:
        ahead = set(_codes(greater.get("regions", ()), regions))
        for i, code in enumerate(_codes(less.get("regions", ()), regions)):
            if code and code in ahead:
                expected = "a region that is not on the other side, in the same index"
                yield stated.problem("less", "regions", i, expected=expected, remedy="remove it here or there")


def _check_group(stated: _Stated, regions: Regions) -> Iterator[Problem]:
    members, names = regions.members, stated.data.get("groups", [stated.data["group_name"]])
    if "groups" in stated.data:
        paths = [(*stated.path, "groups", i) for i in range(len(names))]
        yield from check_known(stated.document, paths, members, _GROUP)
    else:
        expected = f"{_GROUP}, or `groups` with the names of those that it is made of"
        yield from check_known(stated.document, [(*stated.path, "group_name")], members, expected)
    if all(name in members for name in names):
        group = frozenset().union(*(members[name] for name in names))
        for i, code in enumerate(_codes(stated.data.get("regions", ()), regions)):
            if code in regions.evaluated and code not in group:
                remedy = "remove it, or correct the group"
                yield stated.problem("regions", i, expected=f"a region of {' or '.join(names)}", remedy=remedy)


def _codes(names: Iterable[str], regions: Regions) -> list[str]:
    """Codes in the order of the names; empty where a name is unknown, which is reported elsewhere."""
    return [find_region(regions, name, evaluated=False)[0] for name in names]
