"""Addresses of pages, and links to them from the page being written."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render.html import element

INDICATORS = "indicators/"
"""Address of the list of all indicators, below which each has a page."""
RECEIPT = "receipt"
"""Last part of the address of the receipts of a region, below that of its page."""


def page_url(source: str) -> str:
    """Address below the site's root of a Markdown file below `docs/`.

    Examples:
        >>> page_url("industry/index.md"), page_url("regions/guangdong.md"), page_url("index.md")
        ('industry/', 'regions/guangdong/', '')
    """
    stem = source.removesuffix(".md")
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"{stem}/" if stem else ""


@lru_cache(maxsize=4096)
def _relative(path: str, start: str) -> str:
    return posixpath.relpath(path, start)


def receipt_anchor(index: str, year: int, facts: Facts) -> str:
    """Anchor of a score on a page of receipts; that of the last year is the code of the index alone."""
    return index if year == facts.last_year else f"{index}-{year}"


@dataclass(frozen=True)
class Home:
    """Where the pages of a series begin: at the root of the site; those of a release, in a folder of their own.

    Attributes:
        folder: Address of that folder below the root, with a slash at its end; empty at the root.
        own: Addresses below the folder that are there: a page, or, with no slash at its end, all below a folder.
    """

    folder: str = ""
    own: frozenset[str] = frozenset()

    def of(self, path: str) -> str:
        """Address below the root: in the folder where the page or file is there, else that of the newest."""
        return self.folder + path if path in self.own or path.partition("/")[0] in self.own else path

    @property
    def to_root(self) -> str:
        """From the folder back to the root of the site."""
        return "../" * self.folder.count("/")


class Links:
    """Relative links from one page, so that the site works below any address.

    Args:
        facts: Names of what is linked to.
        current: Gives the source path of the page being written, e.g. `industry/scale.md`.
        home: Where the pages of its series are.
    """

    def __init__(self, facts: Facts, current: Callable[[], str], home: Home = Home()) -> None:
        self._facts = facts
        self._current = current
        self.home = home

    @property
    def page(self) -> str:
        """Source path of the page being written."""
        return self._current()

    def to(self, target: str) -> str:
        """Relative address of a file or page of the site, given from its root, e.g. `regions/#map`."""
        path, hash_sign, anchor = target.partition("#")
        return self.from_root(self.home.of(path) + hash_sign + anchor)

    def from_root(self, target: str) -> str:
        """The same of the newest state, also from a page of another series."""
        path, hash_sign, anchor = target.partition("#")
        here = page_url(self._current()) or "."
        relative = _relative(path or ".", here)
        if relative == ".":
            return hash_sign + anchor if anchor else "./"
        return relative + ("/" if path.endswith("/") or not path else "") + hash_sign + anchor

    def region(self, name: str) -> Markup:
        """Link to the page of a region; its bare name where it is not evaluated."""
        region = self._facts.region(name)
        if not region.evaluated:
            return element("span", region.name)
        return element("a", region.name, href=self.to(f"regions/{region.slug}/"))

    def index(self, code: str) -> Markup:
        """Link to the page of an index or sub-index."""
        return element("a", self.name(code), href=self.to(self.node_path(code)))

    def indicator(self, code: str) -> Markup:
        """Link to the page of an indicator; to what the codebook says of it where it has no page, as in a release."""
        name = site_name(self._facts.indicator(code).name)
        return element("a", name, href=self.to(f"{INDICATORS}{code}/" if self.have_indicators else f"data/#{code}"))

    @property
    def have_indicators(self) -> bool:
        """Whether every indicator has a page of its own, at the root of the site; a release has its own codebook."""
        return "data/" not in self.home.own and self._facts.has_table("indicator_ranks")

    def claim(self, claim_id: str, text: str) -> Markup:
        """Link from a quoted figure to its row in the list of claims."""
        return element("a", text, href=self.to(f"claims/#{claim_id}"), class_="ri-claim")

    def receipt(self, text: object, index: str, region: str, year: int | None = None) -> Markup:
        """Link from a score of the open series to its receipt; the bare text where there is none, as for older years.

        Args:
            text: The score as printed.
            index: Its code.
            region: Code of the region.
            year: The data year, the last one by default.
        """
        if not self._facts.has_table("steps") or self._facts.year(year) not in self._facts.recent_years:
            return element("span", text)
        slug, anchor = self._facts.regions[region].slug, receipt_anchor(index, self._facts.year(year), self._facts)
        address = self.to(f"regions/{slug}/{RECEIPT}/#{anchor}")
        return element("a", text, href=address, class_="ri-receipt", title=self._facts.word("receipt.link"))

    def node_path(self, code: str) -> str:
        """Address of an index below the site's root."""
        return self._facts.framework.address_of(code)

    def name(self, code: str) -> str:
        """Name of an index in the site's language."""
        return site_name(self._facts.node(code).name)
