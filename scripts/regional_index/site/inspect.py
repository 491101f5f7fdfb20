"""Look over a built site: nothing missing, links and anchors that lead somewhere, nothing loaded from elsewhere."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from regional_index.files import list_files, read_bytes
from regional_index.site.addresses import addresses_of_no_use

# It is shown at any address, so its links start at the root of the site's own address.
NOT_FOUND = "404.html"

# Every build has it, and hardly anything else: by it a folder is known to be ours.
MARKER = "api/v1/index.json"
WHOLE = ("index.html", NOT_FOUND, MARKER)

# Attributes by which a browser fetches something without being asked, on any element.
LOADING = {"src", "poster", "background", "data"}
LOADING_SETS = {"srcset", "imagesrcset"}
STYLING = {
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker-start",
    "marker-mid",
    "marker-end",
}
LINKS = {"a", "area"}
LOADING_RELATIONS = {
    "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch",
    "prerender", "preconnect", "dns-prefetch",
}  # fmt: skip

# Pages are scanned, not parsed: drawings in them have tens of thousands of elements of which few attributes matter.
_ELEMENT = re.compile(
    r"""<(?:!--.*?-->|([a-z][^\s/>]*)((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*+)>)""", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
_OF_INTEREST = re.compile(r"\b(?:id|href|src|\w*srcset|poster|background|data|style)\s*=|url\(", re.IGNORECASE)
_TEXT_ONLY = {"script", "style", "textarea", "title"}
_OF_SET = re.compile(r"([^\s,]\S*?)(?:,+(?=\s|$)|\s+[^,]*(?:,|$)|$)")
# What looks like an address in a comment, in a string or as the name of a language is none.
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_STYLE = re.compile(
    rf"/\*.*?\*/|@namespace[^;]*;|url\(\s*({_STRING}|[^)\"'\s]*)\s*\)|@import\s*({_STRING})|{_STRING}",
    re.DOTALL | re.IGNORECASE,
)


@dataclass
class PageLinks:
    """Anchors of a page, where its links go, what it loads, and the addresses in it that lead readers nowhere."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    of_no_use: list[str] = field(default_factory=list)

    def add_element(self, tag: str, values: dict[str, str]) -> None:
        """Note what one element links to, loads, or is called."""
        if "id" in values:
            if values["id"] in self.anchors:
                self.duplicates.append(values["id"])
            self.anchors.add(values["id"])
        for name, value in values.items():
            if name in ("href", "xlink:href"):
                if tag in LINKS:
                    self.links.append(value)
                elif tag != "link" or set(values.get("rel", "").lower().split()) & LOADING_RELATIONS:
                    self.loaded.append(value)
            elif name in LOADING and value:
                self.loaded.append(value)
            elif name in LOADING_SETS:
                self.loaded += _of_set(value)
            elif name in STYLING:
                self.loaded += style_addresses(value)


def inspect_site(folder: Path) -> list[str]:
    """Everything wrong with the pages and style sheets of a built site, as sentences that name the file."""
    names = {path.relative_to(folder).as_posix() for path in list_files(folder)}
    pages = {name: scan_page(_read(folder / name)) for name in sorted(names) if name.endswith(".html")}
    sheets = {name: style_addresses(_read(folder / name)) for name in sorted(names) if name.endswith(".css")}
    pages |= {name: PageLinks(loaded=addresses) for name, addresses in sheets.items()}
    not_found = pages.pop(NOT_FOUND, PageLinks())
    found = [problem for name, page in pages.items() for problem in _problems(name, page, pages, names)]
    return [*_missing(names), *_foreign_addresses(NOT_FOUND, not_found), *found]


def scan_page(text: str) -> PageLinks:
    """Collect what is in the tags of a page and in its style elements."""
    page, position = PageLinks(of_no_use=addresses_of_no_use(text)), 0
    while match := _ELEMENT.search(text, position):
        position = match.end()
        tag, attributes = (match[1] or "").lower(), match[2] or ""
        if _OF_INTEREST.search(attributes):
            page.add_element(tag, _values(attributes))
        if tag in _TEXT_ONLY and not attributes.endswith("/"):
            end = re.compile(f"</{tag}", re.IGNORECASE).search(text, position)
            inside = text[position : end.start() if end else len(text)]
            position += len(inside)
            if tag == "style":
                page.loaded += style_addresses(inside)
    return page


def style_addresses(text: str) -> list[str]:
    """The addresses that a style sheet loads: `url()` and `@import`."""
    if "url(" not in text.lower() and "@import" not in text.lower():
        return []
    matches = (match for match in _STYLE.finditer(text) if match.lastindex)
    return [match[match.lastindex or 0].strip("\"'") for match in matches]


def _values(attributes: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *quoted in _ATTRIBUTE.findall(attributes):
        found.setdefault(name.lower(), unescape("".join(quoted)))
    return found


def _of_set(value: str) -> list[str]:
    """The addresses in a `srcset`; a comma inside one, as in `data:`, does not end it."""
    return _OF_SET.findall(value)


def _problems(name: str, page: PageLinks, pages: dict[str, PageLinks], names: set[str]) -> Iterator[str]:
    for anchor in page.duplicates:
        yield f'{name}: the id "{anchor}" is there twice; ids must be unique'
    yield from _foreign_addresses(name, page)
    for address in dict.fromkeys(page.loaded):
        if not _is_absolute(address) and _target(name, address)[0] not in names:
            yield f"{name}: loads {address}, which does not exist"
    for address in dict.fromkeys(page.links):
        if _is_absolute(address):
            continue
        target, anchor = _target(name, address)
        if target not in names:
            yield f"{name}: links to {address}, which does not exist"
        elif anchor and target in pages and anchor not in pages[target].anchors:
            yield f"{name}: links to {address}, but {target} has no element with that id"


def _missing(names: set[str]) -> Iterator[str]:
    for name in WHOLE:
        if name not in names:
            yield f"{name}: found no such file; a whole site has one; see what the build said about it"


def _foreign_addresses(name: str, page: PageLinks) -> Iterator[str]:
    for address in page.of_no_use:
        yield f"{name}: found {address}, which readers cannot open; expected a public address or a link within the site"
    for address in dict.fromkeys(page.loaded):
        if _is_absolute(address) and urlsplit(address.strip()).scheme != "data":
            yield f"{name}: loads {address} from another site; keep a copy below docs/assets"


def _is_absolute(address: str) -> bool:
    address = address.strip().replace("\\", "/")
    return bool(urlsplit(address).scheme) or address.startswith("//")


def _target(page: str, address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    path = unquote(parts.path)
    anchor = unquote(parts.fragment)
    if not path:
        return page, anchor
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if path.endswith("/") or joined in (".", "") or not posixpath.splitext(joined)[1]:
        joined = posixpath.normpath(posixpath.join(joined, "index.html"))
    return joined, anchor


def _read(path: Path) -> str:
    return read_bytes(path).decode()
