"""Further claims compared with those of an edition: what they state, what they exclude, what follows from them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from regional_index.claims.against import Finding
from regional_index.claims.audit import claims_in_force
from regional_index.claims.conflicts import claims_for, find_conflicts
from regional_index.claims.kinds import KINDS
from regional_index.claims.rows import write_sorted
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.framework import Claim, Edition

ADDED = "added"
# What says how a claim is worded or read, not what it says.
_WORDING = {"wording", "tolerance", "exhaustive", "groups"}


def check_with_edition(claims: Iterable[Claim], edition: Edition, universe: Universe) -> list[Finding]:
    """One finding for each claim, in their order.

    A claim agrees if the edition states it, or if those in force exclude every version of it that is wrong by a little;
    it disagrees if they exclude it; else nothing can be said. `number` is the least change after which it could hold.

    Raises:
        SolverError: A solver failed.
    """
    in_force = claims_in_force(edition)
    return [_check(claim, edition, in_force, universe) for claim in claims]


def _check(claim: Claim, edition: Edition, in_force: Sequence[Claim], universe: Universe) -> Finding:
    if any(_says_the_same(claim, stated) for stated in edition.claims.values()):
        return Finding(claim, holds=True)
    versions = [version.claim for version in KINDS[claim.kind].falsify(claim, universe)]
    tried = [replace(version, id=f"{ADDED} {number}") for number, version in enumerate([claim, *versions])]
    own = claims_for(claim.index, [*in_force, *tried])
    programme = Programme(write_sorted(own, universe))
    stated = [other.id for other in own if other not in tried]

    def can_hold(version: Claim) -> bool:
        programme.enforce([*stated, version.id])
        return programme.is_feasible()

    if not can_hold(tried[0]):
        return Finding(claim, holds=False, number=_needed(tried[0], in_force, universe))
    follows = len(tried) > 1 and not any(can_hold(version) for version in tried[1:])
    return Finding(claim, holds=True if follows else None)


def _says_the_same(claim: Claim, stated: Claim) -> bool:
    if (claim.kind, claim.index, set(claim.regions)) != (stated.kind, stated.index, set(stated.regions)):
        return False
    if bool(claim.value) != bool(stated.value) or Decimal(claim.value or 0) != Decimal(stated.value or 0):
        return False
    ordered = claim.details.get("ordered")
    if ordered and claim.regions != stated.regions:
        return False
    keys = (claim.details.keys() & stated.details.keys()) - _WORDING
    return all(claim.details[key] == stated.details[key] for key in keys if key != "ordered")


def _needed(claim: Claim, in_force: Sequence[Claim], universe: Universe) -> float | None:
    """The number that the claim would need; nothing where no other number would do."""
    conflicts = find_conflicts(claims_for(claim.index, [*in_force, claim]), universe)
    needed = [
        mend.needed for found in conflicts for mend in found.mends if mend.claim == claim.id and mend.part == "value"
    ]
    return float(needed[0]) if needed else None
