"""Names and ids: the region that a name means, ids that must be known, ids that must be unique."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from regional_index.errors import LookupFailed, Problem
from regional_index.framework import Regions
from regional_index.read.yaml_files import Document, KeyPath


def find_region(regions: Regions, name: str, *, evaluated: bool) -> tuple[str, tuple[str, str] | None]:
    """The code of a region, or what was expected and what to do.

    Args:
        regions: All regions.
        name: Any name of one of them.
        evaluated: Whether it must be one that the index ranks.

    Returns:
        The code, empty if no region has the name; then expected and remedy, `None` if all is well.
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


def value_at(document: Document, path: KeyPath) -> Any:
    """The value at a path of a document."""
    value = document.data
    for step in path:
        value = value[step]
    return value


def check_once(document: Document, paths: Iterable[KeyPath], what: str = "") -> Iterator[Problem]:
    """A problem for each value that is at an earlier one of these paths too.

    Args:
        document: The file.
        paths: Each leads to one value.
        what: Name of the value in the message; its key by default.
    """
    seen: dict[Any, KeyPath] = {}
    for path in paths:
        value = value_at(document, path)
        if value in seen:
            remedy = f"rename it, or remove one; the other is in line {document.line(seen[value])}"
            yield document.problem(path, value, f"each {what or path[-1]} once", remedy)
        seen.setdefault(value, path)


def check_known(
    document: Document, paths: Iterable[KeyPath], known: Collection[str], what: str, *, of_keys: bool = False
) -> Iterator[Problem]:
    """A problem for each value (or key) at these paths that is none of the known ones.

    Args:
        document: The file.
        paths: Each leads to one value.
        known: What is allowed there.
        what: Name of the value in the message.
        of_keys: Whether the last step of each path is what is looked up, rather than the value there.
    """
    for path in paths:
        name = path[-1] if of_keys else value_at(document, path)
        if name not in known:
            near = get_close_matches(str(name), known, 1)
            remedy = f"write {near[0]}" if near else f"choose from: {_some(known)}"
            yield document.problem(path, name, what, remedy)


def _some(known: Collection[str], limit: int = 12) -> str:
    shown = list(known)[:limit]
    return ", ".join(shown) + (" …" if len(known) > limit else "") if shown else "nothing, for there is none"
