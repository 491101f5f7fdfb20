"""Look over the built pages: links, anchors, and nothing loaded from elsewhere."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from regional_index.files import list_files, read_bytes

# Attributes by which a browser fetches something without being asked.
LOADING = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src")}
LOADING_LINKS = {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "modulepreload", "manifest"}


@dataclass
class PageLinks(HTMLParser):
    """Anchors of a page, where its links go, and what it loads."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element links to, loads, or is called."""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            if values["id"] in self.anchors:
                self.duplicates.append(values["id"])
            self.anchors.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and set(values.get("rel", "").split()) & LOADING_LINKS:
            self.loaded.append(values.get("href", ""))
        self.loaded += [values[name] for loader, name in LOADING if loader == tag and values.get(name)]


def inspect_site(folder: Path) -> list[str]:
    """Everything wrong with the pages of a built site, as sentences that name the page."""
    names = {path.relative_to(folder).as_posix() for path in list_files(folder)}
    pages = {name: _read(folder / name) for name in sorted(names) if name.endswith(".html")}
    # 404.html is shown at any address, so its links start at the root of the site's own address.
    pages.pop("404.html", None)
    return [problem for name, page in pages.items() for problem in _problems(name, page, pages, names)]


def _problems(name: str, page: PageLinks, pages: dict[str, PageLinks], names: set[str]) -> Iterator[str]:
    for anchor in page.duplicates:
        yield f'{name}: the id "{anchor}" stands twice; ids must be unique'
    for address in page.loaded:
        if urlsplit(address).scheme or address.startswith("//"):
            if not address.startswith("data:"):
                yield f"{name}: loads {address} from another site; keep a copy below docs/assets"
        elif _target(name, address)[0] not in names:
            yield f"{name}: loads {address}, which does not exist"
    for address in dict.fromkeys(page.links):
        if urlsplit(address).scheme or address.startswith("//"):
            continue
        target, anchor = _target(name, address)
        if target not in names:
            yield f"{name}: links to {address}, which does not exist"
        elif anchor and target in pages and anchor not in pages[target].anchors:
            yield f"{name}: links to {address}, but {target} has no element with that id"


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


def _read(path: Path) -> PageLinks:
    parser = PageLinks()
    parser.feed(read_bytes(path).decode())
    return parser
