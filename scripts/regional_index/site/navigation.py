"""Generated pages take their place in the navigation that `mkdocs.yml` declares."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from itertools import groupby
from typing import Any

from regional_index.pages import Page


def expand_navigation(entries: Sequence[Any], pages: Iterable[Page]) -> list[Any]:
    """Replace every entry that is a pattern, such as `regions/*`, by the generated pages it matches.

    Pages of one section are put together under its name; pages without a section are by themselves, and those that
    are not to be listed are left out.

    Examples:
        >>> expand_navigation(["a.md", "r/*"], [Page("r/x.md", "X", "", "North"), Page("r/y.md", "Y", "")])
        ['a.md', {'North': [{'X': 'r/x.md'}]}, {'Y': 'r/y.md'}]
    """
    known = list(pages)
    expanded: list[Any] = []
    for entry in entries:
        if isinstance(entry, str) and "*" in entry:
            expanded += _matching(entry, known)
        elif isinstance(entry, dict):
            expanded.append(
                {
                    title: expand_navigation(inner, known) if isinstance(inner, list) else inner
                    for title, inner in entry.items()
                }
            )
        else:
            expanded.append(entry)
    return expanded


def _matching(pattern: str, pages: list[Page]) -> list[Any]:
    matching = [page for page in pages if page.listed and fnmatch(page.path, pattern)]
    entries: list[Any] = []
    for section, members in groupby(matching, key=lambda page: page.section):
        links = [{page.title: page.path} for page in members]
        entries += [{section: links}] if section else links
    return entries
