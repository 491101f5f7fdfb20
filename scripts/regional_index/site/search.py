"""What the site's own search reads: the text of every page in small sections, and every name a page is known by."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

from opencc import OpenCC

from regional_index.errors import Problem
from regional_index.facts import Facts
from regional_index.files import read_bytes, write_if_changed
from regional_index.framework import fold
from regional_index.render import INDICATORS, MISSING, Links

VERSION = 2  # of what documents.json holds; assets/search-worker.js refuses another
SYNONYMS = "data/synonyms.yml"
THEME_INDEX = Path("search/search_index.json")  # only a page that a result leads to loads this one
DOCUMENTS = Path("search/documents.json")  # assets/search-worker.js loads this one
OTHER_PAGES, HOME = 0.9, 0.5  # weight of a page that is not about one index or one region
LISTS = REGIONS, DATA = "regions/", "data/"
HEADINGS_ONLY = 0.3  # a page whose boost is less, such as a guide, is found by its headings and how each part begins
CELLS = " · "
WIDEST_ROW = 12  # cells; a longer row, such as one that compares all regions, makes no line that can be read

_SILENT = {"button", "noscript", "pre", "script", "style", "template"}
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_INLINE = {
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "span",
    "strong", "sub", "sup", "time", "u", "var",
}  # fmt: skip
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_HAN = [chr(number) for number in range(0x3400, 0xA000)]
Row = tuple[str, ...]
Names = dict[str, dict[str, tuple[str, ...]]]
Synonyms = Mapping[str, Sequence[str]]


@dataclass
class Section:
    """A part of a page that a result can lead to: what follows a heading, or one table row with an anchor.

    `parts` are pieces of text, with table rows as tuples of cells among them.
    """

    anchor: str = ""
    title: str = ""
    is_row: bool = False
    parts: list[str | Row] = field(default_factory=list)

    def text(self, without: Set[Row] = frozenset()) -> str:
        """A line for each paragraph, list item or table row, but for the rows in `without`."""
        chosen = (part for part in self.parts if isinstance(part, str) or part not in without)
        written = "".join(part if isinstance(part, str) else f"\n{_join(part)}\n" for part in chosen)
        return "\n".join(filter(None, (" ".join(line.split()) for line in written.split("\n"))))


@dataclass
class PageText:
    """The sections of a built page; drawings, code to copy, and what is marked `data-search-exclude` are left out."""

    title: str = ""
    tab_title: str = ""
    sections: list[Section] = field(default_factory=lambda: [Section()])
    anchored_rows: set[Row] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)

    def read(self, element: Element, section: Section) -> Section:
        """Add an element and what is in it, and return the section that is open after it."""
        if element.tag == "h1":
            self.title = _plain(element)
        elif element.tag in _HEADINGS and "id" in element.attrib:
            section = Section(element.attrib["id"], _plain(element))
            self.sections.append(section)
        elif element.tag == "tr":
            self._read_row(element, section)
        else:
            if element.tag == "a":
                self.links.append((element.get("href", ""), _plain(element)))
            gap = "" if element.tag in _INLINE else " " if element.tag == "small" else "\n"
            section.parts.append(gap + (element.text or ""))
            for child in element:
                section = self.read(child, section)
                section.parts.append(child.tail or "")
            section.parts.append(gap)
        return section

    def _read_row(self, element: Element, section: Section) -> None:
        row = tuple(_plain(cell) for cell in element)
        if row and "id" in element.attrib:
            self.anchored_rows.add(row)
            self.sections.append(Section(element.attrib["id"], row[0], True, [_join(row[1:])]))
        elif 0 < len(row) <= WIDEST_ROW:
            section.parts.append(row)


class _Tree(HTMLParser):
    """The elements of a page below `root`, but for those that are not searched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one that is not searched hangs in no tree."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        classes = element.get("class", "").split()
        if not (tag in _SILENT or "data-search-exclude" in element.attrib or "headerlink" in classes):
            self._open[-1].append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and those in it that were left open."""
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add text to the element that is open, or behind the last one in it."""
        parent, text = self._open[-1], data.replace("\n", " ")
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _pieces(element: Element) -> Iterator[str]:
    """The text of an element, with spaces around what is not part of a line."""
    yield element.text or ""
    for child in element:
        gap = "" if child.tag in _INLINE else " "
        yield gap
        yield from _pieces(child)
        yield gap + (child.tail or "")


def _plain(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(_pieces(element)).split())


class SearchIndex:
    """What the worker searches; while somebody is editing, only pages that were built again are read again."""

    def __init__(self) -> None:
        self._boosts: dict[str, float] = {}
        self._read: dict[str, tuple[bytes, PageText]] = {}

    def clear(self) -> None:
        """Forget the pages of another site."""
        self._boosts.clear()
        self._read.clear()

    def write(self, site_dir: Path, facts: Facts) -> list[str]:
        """Write what the worker searches, and empty the index that the theme loads with every page.

        The theme's plugin has written its index before; the pages in it are the ones to search, with the boost that
        their front matter may give them. A site without that plugin has no search, and nothing is written.

        Returns:
            Sentences about synonyms of what is neither a page nor a section.
        """
        theme_index = site_dir / THEME_INDEX
        if not theme_index.is_file():
            return []
        written = json.loads(read_bytes(theme_index))
        self._boosts |= {
            entry["location"].partition("#")[0]: entry.get("boost", 1) for entry in reversed(written["docs"])
        }
        found = {url: self._page(url, site_dir / unquote(url) / "index.html") for url in self._boosts}
        pages = make_documents({url: page for url, page in found.items() if page}, self._boosts, facts)
        problems = add_synonyms(pages, facts.declared.synonyms)
        text = json.dumps(pages, ensure_ascii=False)
        index = {"version": VERSION, "traditional": traditional_letters(text), "pages": pages}
        write_if_changed(site_dir / DOCUMENTS, _encode(index))
        write_if_changed(theme_index, _encode({"config": written["config"], "docs": []}))
        return problems

    def _page(self, url: str, path: Path) -> PageText | None:
        """The text of a page; nothing where there is none any more."""
        if not path.is_file():
            return None
        html = read_bytes(path)
        if self._read.get(url, (b"",))[0] != html:
            self._read[url] = (html, read_page(html.decode()))
        return self._read[url][1]


def read_page(html: str) -> PageText:
    """The text of one built page.

    Examples:
        >>> page = read_page("<article><h1>A</h1><p>R&amp;D</p><h2 id='b'>B</h2><svg><text>9</text></svg></article>")
        >>> page.title, [(section.anchor, section.title, section.text()) for section in page.sections]
        ('A', [('', '', 'R&D'), ('b', 'B', '')])
    """
    tree = _Tree()
    tree.feed(_DRAWING.sub("", html))  # most of a page by size
    tree.close()
    page = PageText(tab_title=_plain(tree.root.find(".//title")))
    article = tree.root.find(".//article")
    if article is not None:
        page.read(article, page.sections[0])
    return page


def traditional_letters(text: str) -> str:
    """Pairs of a traditional Chinese letter and its simplified form, for the simplified letters of a text.

    Examples:
        >>> traditional_letters("北云")
        '雲云'
    """
    simplified = OpenCC("t2s").convert("\n".join(_HAN)).split("\n")
    pairs, there = zip(_HAN, simplified, strict=True), set(text)
    return "".join(letter + plain for letter, plain in pairs if letter != plain and {letter, plain} & there)


def add_synonyms(pages: list[dict[str, Any]], synonyms: Synonyms) -> list[str]:
    """Name pages, or else sections, by the words that readers have for their title or for one of their names.

    Args:
        pages: As the worker wants them; changed in place.
        synonyms: Words of readers, by title or name.

    Returns:
        A sentence for each title or name that no page or section has.
    """
    sections = [section for page in pages for section in page["sections"]]
    problems = []
    for name, words in synonyms.items():
        found = (
            [page for page in pages if fold(page["title"]) == fold(name)]
            or [page for page in pages if fold(name) in map(fold, page["names"])]
            or [section for section in sections if fold(section.get("title", "")) == fold(name)]
        )
        for part in found:
            part["names"] = _unique([*part.get("names", ()), *words], without=part["title"])
        if not found:
            expected = "the title or a name of a page, or a heading"
            problems.append(str(Problem(SYNONYMS, name, f'"{name}"', expected, "correct it, or remove it")))
    return problems


def make_documents(pages: dict[str, PageText], boosts: dict[str, float], facts: Facts) -> list[dict[str, Any]]:
    """The pages as the worker wants them: those about an index first, then the regions, then all others.

    A row with an anchor, such as a claim, is searched where its anchor is and not on the pages that repeat it.
    """
    names = page_names(facts)
    order = {url: place for place, url in enumerate(names)}
    called = link_names(pages)
    anchored = {row for page in pages.values() for row in page.anchored_rows}
    documents = []
    for url in sorted(pages, key=lambda url: (order.get(url, len(order)), url)):
        page, known = pages[url], names.get(url, {})
        title = page.title or page.tab_title
        tab_title = page.tab_title.rpartition(" - ")[0].strip()
        weight = boosts.get(url, 1) * (1 if known and url not in LISTS else OTHER_PAGES if url else HOME)
        documents.append(
            {
                "location": url,
                "title": title,
                "names": _unique([tab_title, *known.get("", ()), *called[url]], without=title),
                "weight": round(weight, 3),
                "sections": [
                    _section(
                        part,
                        _searched(part.text(anchored), boosts.get(url, 1)),
                        known.get(part.anchor, ()) if part.anchor else (),
                    )
                    for part in page.sections
                ],
            }
        )
    return documents


def _searched(text: str, boost: float) -> str:
    """What is searched of a part of a page."""
    return text.partition("\n")[0] if boost < HEADINGS_ONLY else text


def page_names(facts: Facts) -> Names:
    """What pages (anchor "") and anchors are called besides their titles: by address below the root, then by anchor."""
    links = Links(facts, lambda: "")
    names: Names = {}
    for node in facts.framework.walk():
        indicators = [name for code in node.indicators for name in facts.indicator(code).name.values()]
        own = (*node.name.values(), *node.aliases, node.short, node.code)
        names[links.node_path(node.code)] = {"": (*own, *indicators)}
    outside: list[str] = []
    for region in facts.regions.values():
        if region.evaluated:
            names[f"{REGIONS}{region.slug}/"] = {"": region.all_names}
        else:
            outside += region.all_names
    names[REGIONS] = {"": (*_group_names(facts), *outside)}
    for code, item in facts.framework.indicators.items():
        # A bare index has no unit, and that word means other pages.
        unit = () if item.kind == "index" else (item.unit,)
        own = (*item.name.values(), *item.aliases, code, *unit)
        if links.have_indicators:
            names[f"{INDICATORS}{code}/"] = {"": own}
        else:
            names.setdefault(DATA, {})[code] = own
    return names


def link_names(pages: dict[str, PageText]) -> dict[str, list[str]]:
    """What other pages call a page where they link to it, but for numbers."""
    called: dict[str, list[str]] = {url: [] for url in pages}
    for url, page in pages.items():
        for address, text in page.links:
            target = urljoin(f"/{url}", address).removeprefix("/")
            if target in called and target != url and not any(letter.isdigit() for letter in text):
                called[target].append(text)
    return called


def _group_names(facts: Facts) -> list[str]:
    taken = {fold(name) for region in facts.regions.values() for name in region.all_names}
    found = [name for group in facts.framework.groups for name in (*group.name.values(), *group.order)]
    return [name for name in found if fold(name) not in taken]


def _section(section: Section, text: str, names: tuple[str, ...]) -> dict[str, Any]:
    content = {
        "anchor": section.anchor, "title": section.title, "names": _unique(names, without=section.title),
        "row": section.is_row, "text": text,
    }  # fmt: skip
    return {key: value for key, value in content.items() if value}


def _unique(names: Iterable[str], without: str) -> list[str]:
    spellings = {fold(name): name for name in reversed(list(names))}
    return [name for name in reversed(spellings.values()) if name and fold(name) != fold(without)]


def _join(cells: Iterable[str]) -> str:
    return CELLS.join(cell for cell in cells if cell not in ("", MISSING))


def _encode(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
