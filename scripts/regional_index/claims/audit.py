"""The claims of an edition held against each other: what agrees, what contradicts, what nothing can test."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from regional_index.claims.arithmetic import find_checks
from regional_index.claims.conflicts import can_all_hold, find_components, find_conflicts
from regional_index.claims.findings import Audit, Check, Conflict, Trial, Verdict
from regional_index.claims.kinds import KINDS
from regional_index.claims.rows import write_sorted
from regional_index.claims.solver import Programme
from regional_index.claims.universe import Universe
from regional_index.errors import DataError, Problem
from regional_index.framework import Claim, Edition
from regional_index.processes import Run


def audit_edition(edition: Edition, universe: Universe, run: Run = map) -> Audit:
    """Hold all claims against each other.

    Args:
        edition: The claims and the decisions on them.
        universe: What they speak about.
        run: Works on the parts of the self-test.

    Raises:
        DataError: Some claims cannot all hold and none of them is set aside, or one is set aside without need.
    """
    claims = list(edition.claims.values())
    in_force = claims_in_force(edition)
    trying = try_claims(in_force, universe, run)
    conflicts = find_conflicts(claims, universe)
    _check_decisions(edition, [*conflicts, *find_conflicts(in_force, universe)], universe)
    trials = tuple(trying)
    checks = [check for check in find_checks(claims, universe) if check.fits != "not"]
    verdicts = {claim.id: _judge(claim, edition, conflicts, checks, trials) for claim in claims}
    return Audit(tuple(conflicts), tuple(checks), trials, verdicts)


def claims_in_force(edition: Edition) -> list[Claim]:
    """The claims that no decision sets aside."""
    return [claim for claim in edition.claims.values() if claim.id not in edition.set_aside]


def _judge(
    claim: Claim,
    edition: Edition,
    conflicts: Sequence[Conflict],
    checks: Sequence[Check],
    trials: Sequence[Trial],
) -> Verdict:
    own_sets = [conflict.claims for conflict in conflicts if claim.id in conflict.claims and not conflict.overlaps]
    beside = [other for claims in own_sets for other in claims]
    against = tuple(dict.fromkeys(other for other in beside if other != claim.id))
    own = [trial for trial in trials if trial.claim == claim.id]
    taking_part = tuple(check for check in checks if claim.id in (check.claim, *check.others))
    noticed = sum(trial.noticed for trial in own)
    tested = "holds" if noticed or taking_part else "untestable"
    return Verdict(
        verdict="contradicted" if against else tested,
        set_aside=claim.id in edition.set_aside,
        conflicts_with=against,
        checks=taking_part,
        tried=len(own),
        noticed=noticed,
    )


def _check_decisions(edition: Edition, conflicts: Sequence[Conflict], universe: Universe) -> None:
    in_force = claims_in_force(edition)
    problems = [
        _undecided(edition, conflict) for conflict in conflicts if not set(conflict.claims) & edition.set_aside.keys()
    ]
    if not problems:
        for claim_id in edition.set_aside:
            if can_all_hold([*in_force, edition.claims[claim_id]], universe):
                problems.append(_needless(edition, claim_id))
    if problems:
        raise DataError(problems)


def _undecided(edition: Edition, conflict: Conflict) -> Problem:
    stated = ", ".join(claim_id + _figure(edition.claims[claim_id]) for claim_id in conflict.claims)
    mends = "; or ".join(f"{mend.claim}: {mend.stated} would have to be {mend.needed}" for mend in conflict.mends)
    return Problem(
        edition.file,
        "claims",
        f"claims that cannot all hold: {stated}",
        "claims that can, or a decision which of them is left out",
        "compare them with the source" + (f" ({mends})" if mends else "") + "; if they stand there so, "
        "enter one of them under set_aside with the reason",
    )


def _needless(edition: Edition, claim_id: str) -> Problem:
    return Problem(
        edition.file,
        f"set_aside, {claim_id}",
        "a claim that agrees with all others in force",
        "only claims that contradict others",
        "take it out of set_aside",
    )


def _figure(claim: Claim) -> str:
    return f" ({claim.value})" if claim.value else ""


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
