"""How much would the audit notice? Every claim is made wrong in turn; do the others still allow it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from regional_index.claims.conflicts import find_components
from regional_index.claims.kinds import KINDS
from regional_index.claims.solver import Programme
from regional_index.claims.symmetry import write_sorted
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


@dataclass(frozen=True)
class Trial:
    """One wrong version of a claim.

    Attributes:
        claim: Id of the claim.
        kind: Its kind.
        change: What was changed, see `Version` in `kinds`.
        noticed: Whether it contradicts the other claims.
    """

    claim: str
    kind: str
    change: str
    noticed: bool


def try_claims(claims: Sequence[Claim], universe: Universe) -> list[Trial]:
    """Falsify every claim in every way its kind knows, one at a time, among claims that can all hold."""
    return [trial for own in find_components(claims) for claim in own for trial in _try_all(claim, own, universe)]


def _try_all(claim: Claim, component: Sequence[Claim], universe: Universe) -> Iterable[Trial]:
    wrong = KINDS[claim.kind].falsify(claim, universe)
    versions = {f"{claim.id} version {number}": version for number, version in enumerate(wrong)}
    if not versions:
        return
    written = [replace(version.claim, id=name) for name, version in versions.items()]
    programme = Programme(write_sorted([*component, *written], universe))
    others = [other.id for other in component if other.id != claim.id]
    for name, version in versions.items():
        programme.enforce([*others, name])
        yield Trial(claim.id, claim.kind, version.change, not programme.is_feasible())
