"""Pages of a release: those that templates make, and those that people had written, filled once and for all."""

import posixpath
import re
from collections.abc import Collection, Mapping

import yaml

from regional_index.facts import Kept
from regional_index.pages.generated import Page, make_pages
from regional_index.pages.writer import PageWriter
from regional_index.read import PageFile
from regional_index.render import Home, page_url
from regional_index.topics.edition.releases import name_release

FILES = ("api", "charts", "embed", "tables")
_LINK = re.compile(r"\]\(([^)#:\s]+\.md)(?=[)#])")


def home_of_release(kept: Kept, by_hand: Collection[str]) -> Home:
    """Where the pages of a release are, and which it has of its own."""
    tops = [node.code for node in kept.facts.framework.indices]
    return Home(kept.release.address, frozenset([*map(page_url, by_hand), *tops, "regions", *FILES]) - {""})


def make_release_pages(
    kept: Kept, writer: PageWriter, by_hand: Mapping[str, PageFile], newest: Collection[str]
) -> list[Page]:
    """All pages of a release, by their path below `docs/`; only the first is in the navigation and the search.

    Args:
        kept: The release.
        writer: Its home is that of the release.
        by_hand: The pages that people had written, by path below the folder of the release.
        newest: Paths of all pages at the root of the site.

    Raises:
        LookupFailed: A page asks for something that the release does not have.
    """
    facts, release = kept.facts, kept.release
    filled = {path: _header(page.meta) + writer.fill(path, page.text) for path, page in by_hand.items()}
    made = {**{page.path: page.text for page in make_pages(facts, writer, by_hand)}, **filled}
    listed = {"regions", *(node.code for node in facts.framework.indices)}  # by the template itself
    pages, contents = [], []
    for path, text in made.items():
        head, _, body = text.removeprefix("---\n").partition("---\n")
        meta = yaml.safe_load(head) or {}
        address, title = page_url(path), str(meta.get("title", ""))
        if path in by_hand and address.count("/") == 1 and address.strip("/") not in listed:
            contents.append((address, title))
        current = posixpath.relpath(f"/{address}", f"/{release.address}{address}") + "/" if path in newest else ""
        note = writer.write(path, "release_note", newest=current)
        meta |= {"hide": ["navigation"], "search": {"exclude": True}, "render_macros": False}
        linked = _relink(body, path, made, writer.home)
        text = f"{_header(meta)}\n{note.strip()}\n\n{linked.strip()}\n"
        pages.append(Page(release.address + path, title, text, listed=False))
    name = name_release(kept)
    overview = writer.write("index.md", "page_release", contents=contents)
    return [
        Page(release.address + "index.md", name, _header({"title": name, "render_macros": False}) + overview),
        *pages,
    ]


def _header(meta: Mapping[str, object]) -> str:
    return f"---\n{yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=True, width=1000)}---\n"


def _relink(text: str, page: str, own: Collection[str], home: Home) -> str:
    """A text whose links to pages lead to the root of the site where the release does not have the page."""

    def lead(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), link[1]))
        return link[0] if target in own else f"]({'../' * page.count('/')}{home.to_root}{target}"

    return _LINK.sub(lead, text)
