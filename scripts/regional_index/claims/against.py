"""Claims held against a table of scores: which of them agree, which do not, which cannot be tested."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from regional_index.claims.kinds import KINDS, NotThere, Table
from regional_index.claims.kinds.numbers import stands
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

_SIDES = ("greater", "less")


@dataclass(frozen=True)
class Finding:
    """What a table says of one claim.

    Attributes:
        claim: What is claimed.
        holds: Whether the table agrees; `None` where it lacks a score that is needed.
        number: What the table has in place of the number of the claim.
        regions: The regions that it has in place of those of the claim, or that it counts, best first; of a band,
            tiers or a comparison those that are out of place; where a score is lacking, the regions without one.
    """

    claim: Claim
    holds: bool | None
    number: float | None = None
    regions: tuple[str, ...] = ()


def check_against(claims: Iterable[Claim], table: Table, universe: Universe) -> list[Finding]:
    """One finding for each claim, in their order.

    A claim that its named regions alone decide, such as the score of one, is tested where only they have scores; any
    other needs the scores of all regions.
    """
    return [_check(claim, table, universe) for claim in claims]


def _check(claim: Claim, table: Table, universe: Universe) -> Finding:
    needed = _deciding_regions(claim) or universe.regions
    for regions in dict.fromkeys((universe.regions, needed)):
        try:
            return _measure(claim, table, replace(universe, regions=regions))
        except NotThere:
            continue
    return Finding(claim, None, regions=_without_score(claim, table, needed))


def _measure(claim: Claim, table: Table, universe: Universe) -> Finding:
    measured = KINDS[claim.kind].measure(claim, table, universe)
    side = _side_of(claim)
    regions = _standing(table[claim.index], side, universe) if side else measured.regions
    return Finding(claim, bool(measured.holds), measured.number, regions)


def _side_of(claim: Claim) -> tuple[str, str] | None:
    """The side of a threshold whose regions a claim lists, counts, adds up or takes the mean of."""
    if claim.kind in ("above", "below"):
        return claim.kind, claim.details["threshold"]
    side = claim.details if claim.kind in ("count", "count_share") else claim.details.get("group")
    return (side["relation"], side["threshold"]) if side else None


def _standing(column: pd.Series, side: tuple[str, str], universe: Universe) -> tuple[str, ...]:
    scores = column.loc[list(universe.regions)].astype(float).sort_values(ascending=False, kind="stable")
    return tuple(str(code) for code in scores.index[stands(scores, *side)])


def _without_score(claim: Claim, table: Table, regions: tuple[str, ...]) -> tuple[str, ...]:
    indices = [claim.details[side]["index"] for side in _SIDES if side in claim.details] or [claim.index]
    known = [set(table[index].dropna().index) if index in table else set() for index in indices]
    return tuple(region for region in regions if not all(region in scored for scored in known))


def _deciding_regions(claim: Claim) -> tuple[str, ...]:
    """The regions whose scores alone decide a claim; nothing where it takes those of all."""
    details = claim.details
    if not _IS_DECIDED_BY_NAMED.get(claim.kind, lambda _: False)(details):
        return ()
    inner = [region for tier in details.get("tiers", ()) for region in tier]
    inner += [region for side in _SIDES for region in details.get(side, {}).get("regions", ())]
    return tuple(dict.fromkeys([*claim.regions, *inner, *details.get("of", ())]))


def _is_open_list(details: Mapping[str, Any]) -> bool:
    return not details["exhaustive"] and details["threshold"] != "mean"


_IS_DECIDED_BY_NAMED: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "score": lambda _: True,
    "band": lambda _: True,
    "order": lambda details: not details.get("starts_at"),
    "above": _is_open_list,
    "below": _is_open_list,
    "sum": lambda details: not details.get("group"),
    "group_mean": lambda details: not details.get("group"),
    "share": lambda details: details["of"] != "total",
    "tiers": lambda details: not (details.get("rest") or details.get("exhaustive")),
    "comparison": lambda details: not any(details[side].get("mean") for side in _SIDES),
}
