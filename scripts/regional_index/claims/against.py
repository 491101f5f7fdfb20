"""Claims compared with a table of scores: which of them agree, which do not, which cannot be tested."""

from collections.abc import Iterable
from dataclasses import dataclass

from regional_index.claims.kinds import KINDS, NotThere, Table
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


@dataclass(frozen=True)
class Finding:
    """What a table says of one claim.

    Attributes:
        claim: What is claimed.
        holds: Whether the table agrees; `None` where it lacks a score that is needed.
        number: What the table has in place of the number of the claim.
        regions: As in `Measured`; where a score is lacking, the regions without one.
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
    try:
        measured = KINDS[claim.kind].measure(claim, table, universe)
    except NotThere as lacking:
        return Finding(claim, None, regions=lacking.regions)
    return Finding(claim, bool(measured.holds), measured.number, measured.regions)
