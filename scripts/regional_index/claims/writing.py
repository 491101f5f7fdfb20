"""From claims to the rows that they mean."""

from collections.abc import Iterable

from regional_index.claims.kinds import KINDS
from regional_index.claims.sheet import ALWAYS, Sheet
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


def write_sheet(claims: Iterable[Claim], universe: Universe) -> Sheet:
    """A sheet with the rows of all these claims."""
    sheet = Sheet(universe)
    for claim in claims:
        add_claim(sheet, claim)
    return sheet


def add_claim(sheet: Sheet, claim: Claim) -> None:
    """Add the rows of one more claim."""
    sheet.claim = claim.id
    KINDS[claim.kind].constrain(claim, sheet)
    sheet.claim = ALWAYS
