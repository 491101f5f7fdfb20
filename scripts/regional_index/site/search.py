"""What the site's own search reads: the text of every page in small sections, and every name a page is known by."""

import json
import posixpath
import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from regional_index.facts import Facts
from regional_index.files import read_bytes, write_if_changed
from regional_index.framework import fold
from regional_index.render import MISSING, Links

THEME_INDEX = Path("search/search_index.json")  # only a page that a result leads to loads this one
DOCUMENTS = Path("search/documents.json")  # assets/search-worker.js loads this one
OTHER_PAGES, HOME = 0.9, 0.5  # weight of a page that is not about one index or one region
CELLS = " · "
WIDEST_ROW = 12  # cells; a longer row, such as one that compares all regions, makes no line that can be read

_SILENT = {"button", "noscript", "pre", "script", "style", "svg", "template"}
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_INLINE = {
    "a", "abbr", "b", "bdi", "button", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "span",
    "strong", "sub", "sup", "time", "u", "var",
}  # fmt: skip
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
Row = tuple[str, ...]
Names = dict[str, dict[str, tuple[str, ...]]]


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
class PageText(HTMLParser):
    """The sections of a built page. Drawings, code to copy, and what is marked `data-search-exclude` are not."""

    title: str = ""
    tab_title: str = ""
    sections: list[Section] = field(default_factory=lambda: [Section()])
    anchored_rows: set[Row] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._silent_from = 0  # how deep the outermost silent element is; 0 outside of one
        self._under_heading = self.sections[0]
        self._heading: list[str] | None = None
        self._row: list[str] | None = None
        self._row_id = ""
        self._link: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a heading with an anchor begins a section."""
        values = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
            silent = (
                tag in _SILENT or "data-search-exclude" in values or "headerlink" in values.get("class", "").split()
            )
            if silent and not self._silent_from:
                self._silent_from = len(self._open)
        if self._silent_from or "article" not in self._open:
            return
        if tag == "h1":
            self._heading = []
        elif tag in _HEADINGS and "id" in values:
            self._heading = []
            self._under_heading = Section(values["id"])
            self.sections.append(self._under_heading)
        elif tag == "tr":
            self._row, self._row_id = [], values.get("id", "")
        elif tag in ("td", "th") and self._row is not None:
            self._row.append("")
        elif tag == "a" and self._row is None:
            self._link = (values.get("href", ""), "")
        elif tag not in _INLINE:
            self._add(" " if self._row is not None or tag == "small" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and with it a heading or a row."""
        if tag not in self._open:
            return
        if not self._silent_from:
            if tag == "a" and self._link:
                self.links.append(self._link)
                self._link = None
            elif self._heading is not None and (tag == "h1" or tag in _HEADINGS):
                self._end_heading(tag, " ".join("".join(self._heading).split()))
            elif tag == "tr" and self._row is not None:
                self._end_row(tuple(" ".join(cell.split()) for cell in self._row))
            elif tag not in _INLINE and self._row is None:
                self._add("\n")
        while self._open.pop() != tag:
            pass
        if len(self._open) < self._silent_from:
            self._silent_from = 0

    def handle_data(self, data: str) -> None:
        """Text goes to the heading, table cell or section that is open."""
        if "title" in self._open and "body" not in self._open:
            self.tab_title += data
        elif "article" in self._open and not self._silent_from:
            self._add(data.replace("\n", " "))
            if self._link:
                self._link = (self._link[0], self._link[1] + data)

    def _add(self, text: str) -> None:
        if self._heading is not None:
            self._heading.append(text)
        elif self._row is None:
            self._under_heading.parts.append(text)
        elif self._row:
            self._row[-1] += text

    def _end_heading(self, tag: str, title: str) -> None:
        self._heading = None
        if tag == "h1":
            self.title = title
        else:
            self._under_heading.title = title

    def _end_row(self, row: Row) -> None:
        self._row = None
        if row and self._row_id:
            self.anchored_rows.add(row)
            self.sections.append(Section(self._row_id, row[0], True, [_join(row[1:])]))
        elif 0 < len(row) <= WIDEST_ROW:
            self._under_heading.parts.append(row)


class SearchIndex:
    """What the worker searches; while somebody is editing, only pages that were built again are read again."""

    def __init__(self) -> None:
        self._boosts: dict[str, float] = {}
        self._read: dict[str, tuple[bytes, PageText]] = {}

    def clear(self) -> None:
        """Forget the pages of another site."""
        self._boosts.clear()
        self._read.clear()

    def write(self, site_dir: Path, facts: Facts) -> None:
        """Write what the worker searches, and empty the index that the theme loads with every page.

        The theme's plugin has written its index before; the pages in it are the ones to search, with the boost that
        their front matter may give them. A site without that plugin has no search, and nothing is written.
        """
        theme_index = site_dir / THEME_INDEX
        if not theme_index.is_file():
            return
        written = json.loads(read_bytes(theme_index))
        self._boosts |= {
            entry["location"].partition("#")[0]: entry.get("boost", 1) for entry in reversed(written["docs"])
        }
        pages = {url: self._page(url, site_dir / unquote(url) / "index.html") for url in self._boosts}
        pages = {url: page for url, page in pages.items() if page is not None}
        write_if_changed(site_dir / DOCUMENTS, _encode({"pages": make_documents(pages, self._boosts, facts)}))
        write_if_changed(theme_index, _encode({"config": written["config"], "docs": []}))

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
    page = PageText()
    page.feed(_DRAWING.sub("", html))  # most of a page by size
    page.close()
    return page


def make_documents(pages: dict[str, PageText], boosts: dict[str, float], facts: Facts) -> list[dict[str, Any]]:
    """The pages as the worker wants them: those about an index first, then the regions, then all others.

    A row with an anchor, such as a claim, is searched where its anchor is and not on the pages that repeat it.
    """
    names = page_names(facts)
    order = {url: place for place, url in enumerate(names)}
    main = main_pages(facts)
    called = link_names(pages)
    anchored = {row for page in pages.values() for row in page.anchored_rows}
    documents = []
    for url in sorted(pages, key=lambda url: (order.get(url, len(order)), url)):
        page, known = pages[url], names.get(url, {})
        title = page.title or page.tab_title
        tab_title = page.tab_title.rpartition(" - ")[0].strip()
        weight = boosts.get(url, 1) * (1 if url in main else OTHER_PAGES if url else HOME)
        documents.append(
            {
                "location": url,
                "title": title,
                "names": _unique([tab_title, *known.get("", ()), *called[url]], without=title),
                "weight": round(weight, 3),
                "sections": [
                    _section(section, section.text(anchored), known.get(section.anchor, ()) if section.anchor else ())
                    for section in page.sections
                ],
            }
        )
    return documents


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
            names[f"regions/{region.slug}/"] = {"": region.all_names}
        else:
            outside += region.all_names
    names["regions/"] = {"": (*_group_names(facts), *outside)}
    names["data/"] = {code: tuple(item.name.values()) for code, item in facts.framework.indicators.items()}
    return names


def link_names(pages: dict[str, PageText]) -> dict[str, list[str]]:
    """What other pages call a page where they link to it, but for numbers."""
    called: dict[str, list[str]] = {url: [] for url in pages}
    for url, page in pages.items():
        for address, text in page.links:
            target = posixpath.normpath(posixpath.join("/", url, address)).lstrip("/")
            target += "/" if target else ""
            words = " ".join(text.split())
            if address and target in called and target != url and not any(letter.isdigit() for letter in words):
                called[target].append(words)
    return called


def main_pages(facts: Facts) -> set[str]:
    """Addresses of the pages that are about one index or one region."""
    links = Links(facts, lambda: "")
    regions = (facts.regions[code] for code in facts.regions.evaluated)
    return {links.node_path(code) for code in facts.framework.nodes} | {f"regions/{region.slug}/" for region in regions}


def _group_names(facts: Facts) -> list[str]:
    taken = {fold(name) for region in facts.regions.values() for name in region.all_names}
    found = [name for group in facts.framework.groups for name in (*group.name.values(), *group.order)]
    return [name for name in found if fold(name) not in taken]


def _section(section: Section, text: str, names: tuple[str, ...]) -> dict[str, Any]:
    content = {
        "anchor": section.anchor,
        "title": section.title,
        "names": _unique(names, without=section.title),
        "row": section.is_row,
        "text": text,
    }
    return {key: value for key, value in content.items() if value}


def _unique(names: Iterable[str], without: str) -> list[str]:
    spellings = {fold(name): name for name in reversed(list(names))}
    return [name for name in reversed(spellings.values()) if name and fold(name) != fold(without)]


def _join(cells: Iterable[str]) -> str:
    return CELLS.join(cell for cell in cells if cell not in ("", MISSING))


def _encode(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
