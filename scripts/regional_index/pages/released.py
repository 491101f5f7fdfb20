"""Pages of a release: those that templates make, and those that people had written, filled once and for all."""

import posixpath
from collections.abc import Collection, Mapping

from regional_index.facts import Kept
from regional_index.pages.generated import Page, make_pages
from regional_index.pages.placed import FILES, header, place_page, split_page
from regional_index.pages.writer import PageWriter
from regional_index.read import PageFile
from regional_index.render import Home, page_url
from regional_index.topics.edition.releases import name_release


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
    filled = {path: header(page.meta) + writer.fill(path, page.text) for path, page in by_hand.items()}
    made = {**{page.path: page.text for page in make_pages(facts, writer, by_hand)}, **filled}
    listed = {"regions", *(node.code for node in facts.framework.indices)}  # by the template itself
    pages, contents = [], []
    for path, text in made.items():
        address = page_url(path)
        if path in by_hand and address.count("/") == 1 and address.strip("/") not in listed:
            contents.append((address, str(split_page(text)[0].get("title", ""))))
        current = posixpath.relpath(f"/{address}", f"/{release.address}{address}") + "/" if path in newest else ""
        note = writer.write(path, "release_note", newest=current)
        pages.append(place_page(path, text, writer.home, made, f"{note.strip()}\n\n"))
    name = name_release(kept)
    overview = writer.write("index.md", "page_release", contents=contents)
    return [
        Page(release.address + "index.md", name, header({"title": name, "render_macros": False}) + overview),
        *pages,
    ]
