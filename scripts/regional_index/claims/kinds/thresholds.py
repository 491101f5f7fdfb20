"""Claims about which regions are beyond a threshold, or between two."""

from collections.abc import Iterator
from dataclasses import replace

from regional_index.claims.kinds.base import (
    ClaimKind,
    Measured,
    Table,
    Version,
    best_first,
    exchanged_names,
    scores_of,
    wrong_numbers,
)
from regional_index.claims.kinds.numbers import stands
from regional_index.claims.readings import Interval
from regional_index.claims.sheet import GAP, Expression, Sheet, add_up
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


class Above(ClaimKind):
    """The named regions are above t: x > t, t being a number or the mean, sum x / n.

    For all others x <= t where the list is `exhaustive`.
    """

    name = "above"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        for region in claim.regions:
            sheet.require(*_over(sheet, claim, region), strict=True)
        for region in _unnamed(claim, sheet.universe):
            expression, at = _from_threshold(sheet, claim, region)
            sheet.require(expression, upper=at)

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        return _measure_members(claim, table, universe, "above")

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        return exchanged_names(claim, universe)


class Below(ClaimKind):
    """The named regions are below t: x < t, t being a number or the mean, sum x / n.

    For all others x >= t where the list is `exhaustive`.
    """

    name = "below"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        for region in claim.regions:
            expression, at = _from_threshold(sheet, claim, region)
            sheet.require(expression, upper=at - GAP, strict=True)
        for region in _unnamed(claim, sheet.universe):
            sheet.require(*_from_threshold(sheet, claim, region))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        return _measure_members(claim, table, universe, "below")

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        return exchanged_names(claim, universe)


class Band(ClaimKind):
    """The named regions lie between two numbers: a - e <= x <= b + e, e being the tolerance of a vague wording."""

    name = "band"

    def constrain(self, claim: Claim, sheet: Sheet) -> None:
        for region in claim.regions:
            sheet.require(sheet.score(claim.index, region), *_ends(claim))

    def measure(self, claim: Claim, table: Table, universe: Universe) -> Measured:
        scores = scores_of(table, claim.index, claim.regions)
        outside = tuple(str(code) for code, score in scores.items() if not _ends(claim).holds(score))
        return Measured(not outside, regions=outside)

    def falsify(self, claim: Claim, universe: Universe) -> Iterator[Version]:
        for end in ("lower", "upper"):
            for change, value in wrong_numbers(claim.details[end]) if end in claim.details else ():
                yield Version(change, replace(claim, details={**claim.details, end: value}))


def _ends(claim: Claim) -> Interval:
    tolerance = float(claim.details.get("tolerance", "0"))
    lower, upper = claim.details.get("lower"), claim.details.get("upper")
    return Interval(
        float(lower) - tolerance if lower else float("-inf"),
        float(upper) + tolerance if upper else float("inf"),
    )


def _unnamed(claim: Claim, universe: Universe) -> tuple[str, ...]:
    return universe.others(claim.regions) if claim.details["exhaustive"] else ()


def _from_threshold(sheet: Sheet, claim: Claim, region: str) -> tuple[Expression, float]:
    """An expression and the number it is compared with."""
    score, threshold = sheet.score(claim.index, region), claim.details["threshold"]
    if threshold == "mean":
        return add_up((1.0, score), (-1.0, sheet.mean_of(claim.index))), 0.0
    return score, float(threshold)


def _over(sheet: Sheet, claim: Claim, region: str) -> tuple[Expression, float]:
    expression, at = _from_threshold(sheet, claim, region)
    return expression, at + GAP


def _measure_members(claim: Claim, table: Table, universe: Universe, relation: str) -> Measured:
    exhaustive, threshold = claim.details["exhaustive"], claim.details["threshold"]
    needs_all = exhaustive or threshold == "mean"
    scores_of(table, claim.index, universe.regions if needs_all else claim.regions)
    scores = table[claim.index].reindex(list(universe.regions)).dropna().astype(float)
    members = best_first(scores[stands(scores, relation, threshold)])
    named = set(claim.regions)
    return Measured(named == set(members) if exhaustive else named <= set(members), regions=members)
