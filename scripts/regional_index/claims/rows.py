"""From claims to the rows that they mean, and the regions that may change places in them.

Regions of which every claim says the same may, so one order among them is enough to look at. That spares the solver
from trying tables that differ only in who is who: proving that some claims cannot all hold takes a tenth of the time.
"""

from collections.abc import Iterable
from itertools import pairwise

from regional_index.claims.kinds import KINDS
from regional_index.claims.sheet import ALWAYS, Sheet, add_up
from regional_index.claims.universe import Universe
from regional_index.framework import Claim


def write_sheet(claims: Iterable[Claim], universe: Universe) -> Sheet:
    """A sheet with the rows of all these claims."""
    sheet = Sheet(universe)
    for claim in claims:
        sheet.claim = claim.id
        KINDS[claim.kind].constrain(claim, sheet)
    sheet.claim = ALWAYS
    return sheet


def write_sorted(claims: Iterable[Claim], universe: Universe) -> Sheet:
    """A sheet to ask whether claims can all hold, or some of them."""
    claims = list(claims)
    sheet = write_sheet(claims, universe)
    if claims:
        sort_classes(sheet, claims[0].index, find_classes(claims, universe))
    return sheet


def find_classes(claims: Iterable[Claim], universe: Universe) -> list[list[str]]:
    """The regions in classes of those of which every claim says the same."""
    claims = list(claims)
    classes: dict[tuple[object, ...], list[str]] = {}
    for region in universe.regions:
        said = tuple(KINDS[claim.kind].place_of(claim, region, universe) for claim in claims)
        classes.setdefault(said, []).append(region)
    return list(classes.values())


def sort_classes(sheet: Sheet, index: str, classes: Iterable[list[str]]) -> None:
    """Require that within a class no region is better in one index than the one before it.

    What the claims allow stays the same but for who is who, as long as the classes are those of all claims written.
    """
    for members in classes:
        for first, second in pairwise(members):
            apart = add_up((1.0, sheet.score(index, first)), (-1.0, sheet.score(index, second)))
            sheet.require(apart, lower=0)
