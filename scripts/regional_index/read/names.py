"""From any name of a region to its code, or to what was expected and which name may be meant."""

from difflib import get_close_matches

from regional_index.errors import LookupFailed
from regional_index.framework import Regions


def find_region(regions: Regions, name: str, *, evaluated: bool) -> tuple[str, tuple[str, str] | None]:
    """The code of a region, or what was expected and what to do.

    Args:
        regions: All regions.
        name: What somebody called one of them.
        evaluated: Whether it must be one that the index ranks.

    Returns:
        The code, empty if nobody calls a region so; then expected and remedy, `None` if all is well.
    """
    try:
        region = regions.find(name)
    except LookupFailed:
        return "", ("a region of data/regions.csv", _suggest(regions, name))
    if evaluated and not region.evaluated:
        remedy = f"remove {region.name}, or set its evaluated to yes in data/regions.csv"
        return region.code, ("a region that the index evaluates", remedy)
    return region.code, None


def _suggest(regions: Regions, name: str) -> str:
    names = list(dict.fromkeys(known for region in regions.values() for known in region.all_names))
    folded = {known.casefold(): known for known in reversed(names)}
    near = get_close_matches(name.strip().casefold(), list(folded), 1, cutoff=0.5)
    if near:
        meant = regions.find(folded[near[0]]).name
        return f"write {meant} if that is meant, or add the name to its aliases"
    return "correct the name, or add it to the aliases of a region"
