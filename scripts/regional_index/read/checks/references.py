"""Checks that many files share: an id stands once, and what is referred to exists."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from regional_index.errors import Problem
from regional_index.read.yaml_files import Document, KeyPath


def value_at(document: Document, path: KeyPath) -> Any:
    """The value at a path of a document."""
    value = document.data
    for step in path:
        value = value[step]
    return value


def check_once(document: Document, paths: Iterable[KeyPath], what: str = "") -> Iterator[Problem]:
    """A problem for each value that stands at an earlier one of these paths already.

    Args:
        document: Where they stand.
        paths: Each leads to one of them.
        what: What the value is called in the message; the key it stands under by default.
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
        document: Where they stand.
        paths: Each leads to one of them.
        known: What may stand there.
        what: What that is called in the message.
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
