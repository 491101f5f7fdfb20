"""Generated pages take their place in the navigation that `mkdocs.yml` declares."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from itertools import groupby
from typing import Any

from regional_index.pages import Page


def expand_navigation(entries: Sequence[Any], pages: Iterable[Page], by_hand: Iterable[str] = ()) -> list[Any]:
    """Replace every entry that is a pattern, such as `regions/*`, by the pages it matches that are not named elsewhere.

    Pages of one section are put together under its name; pages without a section are by themselves, and those that
    are not to be listed are left out. A list of patterns that match nothing is left out with its name.

    Args:
        entries: As `mkdocs.yml` has them.
        pages: The generated ones; they come in this order, behind those by hand, of which an `index.md` is first.
        by_hand: Paths of the pages that people wrote.

    Examples:
        >>> expand_navigation(["a.md", "r/*"], [Page("r/x.md", "X", "", "North"), Page("r/y.md", "Y", "")])
        ['a.md', {'North': [{'X': 'r/x.md'}]}, {'Y': 'r/y.md'}]
    """
    written = sorted(by_hand, key=lambda path: (not path.endswith("index.md"), path))
    known = [*(Page(path, "", "") for path in written if path not in _named(entries)), *pages]
    return _expand(entries, known)


def _named(entries: Sequence[Any]) -> set[str]:
    """Every page that the navigation names without a pattern."""
    inner = [value for entry in entries for value in (entry.values() if isinstance(entry, dict) else [entry])]
    lists = [value for value in inner if isinstance(value, list)]
    return {value for value in inner if isinstance(value, str)}.union(*map(_named, lists))


def _expand(entries: Sequence[Any], known: list[Page]) -> list[Any]:
    expanded: list[Any] = []
    for entry in entries:
        if isinstance(entry, str) and "*" in entry:
            expanded += _matching(entry, known)
        elif isinstance(entry, dict):
            for title, inner in entry.items():
                below = _expand(inner, known) if isinstance(inner, list) else inner
                expanded += [{title: below}] if below or not inner else []
        else:
            expanded.append(entry)
    return expanded


def _matching(pattern: str, pages: list[Page]) -> list[Any]:
    matching = [page for page in pages if page.listed and fnmatch(page.path, pattern)]
    entries: list[Any] = []
    for section, members in groupby(matching, key=lambda page: page.section):
        links = [{page.title: page.path} if page.title else page.path for page in members]
        entries += [{section: links}] if section else links
    return entries
