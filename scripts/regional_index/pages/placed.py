"""Pages of a series that is below the root of the site: a release, or another lens."""

import posixpath
import re
from collections.abc import Collection, Mapping

import yaml

from regional_index.pages.generated import Page
from regional_index.render import Home

# Folders that every series has of its own.
FILES = ("api", "charts", "embed", "tables")
_LINK = re.compile(r"\]\(([^)#:\s]+\.md)(?=[)#])")


def place_page(path: str, text: str, home: Home, own: Collection[str], note: str = "") -> Page:
    """A page in the folder of its series, neither in the navigation nor in the search.

    Args:
        path: Of the page below that folder.
        text: With its front matter.
        home: The folder.
        own: Paths of all pages of the series.
        note: Markdown above the page.
    """
    meta, body = split_page(text)
    meta |= {"hide": ["navigation"], "search": {"exclude": True}, "render_macros": False}
    linked = _relink(body, path, own, home)
    return Page(
        home.folder + path, str(meta.get("title", "")), f"{header(meta)}\n{note}{linked.strip()}\n", listed=False
    )


def split_page(text: str) -> tuple[dict[str, object], str]:
    """The front matter of a page, and the rest."""
    head, _, body = text.removeprefix("---\n").partition("---\n")
    return yaml.safe_load(head) or {}, body


def header(meta: Mapping[str, object]) -> str:
    """The front matter of a page."""
    return f"---\n{yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=True, width=1000)}---\n"


def _relink(text: str, page: str, own: Collection[str], home: Home) -> str:
    """A text whose links to pages lead to the root of the site where the series does not have the page."""

    def lead(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link[1]))
        return link[0] if target in own else f"]({'../' * page.count('/')}{home.to_root}{target}"

    return _LINK.sub(lead, text)
