"""Pages of another lens: those that templates make, and those written by hand that are about any lens."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from regional_index.facts import Facts
from regional_index.pages.generated import Page, make_pages
from regional_index.pages.placed import FILES, header, place_page, split_page
from regional_index.pages.writer import PageWriter
from regional_index.read import PageFile
from regional_index.render import Home, element, join_words, name_lens, page_url

LENSES = "lenses"
"""In the front matter of a page written by hand: it is filled for every lens."""
SEPARATOR = " › "


def home_of_lens(facts: Facts, by_hand: Mapping[str, PageFile]) -> Home:
    """Where the pages of a lens are, and which it has of its own."""
    tops = [node.code for node in facts.framework.indices]
    own = [page_url(path) for path in pages_of_lens(by_hand)]
    return Home(f"{facts.framework.lens}/", frozenset([*own, *tops, "regions", *FILES]))


def pages_of_lens(by_hand: Mapping[str, PageFile]) -> dict[str, PageFile]:
    """The pages written by hand that every lens has."""
    return {path: page for path, page in by_hand.items() if page.meta.get(LENSES)}


def make_lens_pages(facts: Facts, writer: PageWriter, by_hand: Mapping[str, PageFile]) -> list[Page]:
    """All pages of a lens, by their path below `docs/`; none of them is in the navigation or in the search.

    Args:
        facts: As the lens shows them.
        writer: Its home is that of the lens.
        by_hand: The pages that people wrote for every lens, by path below `docs/`.

    Raises:
        LookupFailed: A page asks for something that does not exist.
    """
    texts = {path: header(page.meta) + writer.fill(path, page.text) for path, page in by_hand.items()}
    texts |= {page.path: page.text for page in make_pages(facts, writer, by_hand)}
    title = name_lens(facts, facts.framework.reading) if facts.framework.reading else ""
    overview = header({"title": title}) + writer.write("index.md", "page_lens", title=title)
    texts = {**texts, "index.md": overview}
    names = {path: str(split_page(text)[0].get("title", "")) for path, text in texts.items()}
    return [place_page(path, text, writer.home, texts, _trail(path, names)) for path, text in texts.items()]


def _trail(path: str, names: Mapping[str, str]) -> str:
    """Links to the pages above one, for none of them is in the navigation; nothing on the first."""
    above = [(folder / "index.md").as_posix() for folder in reversed(PurePosixPath(path).parents)]
    there = [page for page in above if page in names and page != path]
    depth = page_url(path).count("/")
    linked = [element("a", names[page], href="../" * (depth - page_url(page).count("/"))) for page in there]
    return f"{element('p', join_words(linked, SEPARATOR), class_='ri-note')}\n\n" if linked else ""
