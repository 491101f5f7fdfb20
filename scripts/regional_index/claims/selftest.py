"""How much would the audit notice? Every claim is made wrong in turn; do the others still allow it?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from regional_index.claims.conflicts import find_components
from regional_index.claims.findings import Trial
from regional_index.claims.kinds import KINDS
from regional_index.claims.solver import Programme
from regional_index.claims.symmetry import write_sorted
from regional_index.claims.universe import Universe
from regional_index.framework import Claim
from regional_index.processes import Run


def try_claims(claims: Sequence[Claim], universe: Universe, run: Run = map) -> Iterator[Trial]:
    """Falsify every claim in every way its kind knows, one at a time, among claims that can all hold."""
    parts = [(claim, own) for own in find_components(claims) for claim in own]
    return chain.from_iterable(run(partial(_try_all, universe=universe), parts))


def _try_all(part: tuple[Claim, Sequence[Claim]], universe: Universe) -> list[Trial]:
    """Falsify one claim among those that it shares an index with."""
    claim, component = part
    wrong = KINDS[claim.kind].falsify(claim, universe)
    versions = {f"{claim.id} version {number}": version for number, version in enumerate(wrong)}
    if not versions:
        return []
    written = [replace(version.claim, id=name) for name, version in versions.items()]
    programme = Programme(write_sorted([*component, *written], universe))
    others = [other.id for other in component if other.id != claim.id]
    trials = []
    for name, version in versions.items():
        programme.enforce([*others, name])
        trials.append(Trial(claim.id, claim.kind, version.change, not programme.is_feasible()))
    return trials
