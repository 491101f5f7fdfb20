"""What the tests of this index's data and pages share; what they expect is derived from `data/`, never written here."""

import pytest

from regional_index.cache import Cache
from regional_index.charts import Drawing, Drawings
from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.render import Links
from regional_index.topics.all import catalogue
from tests.charts.conftest import draw_some
from tests.computed import CACHE

PAGES = "docs"


@pytest.fixture(scope="session")
def drawings(real_facts: Facts) -> dict[str, Drawing]:
    """One drawing of every kind of chart."""
    return draw_some(real_facts, Cache(CACHE))


@pytest.fixture(scope="session")
def writer(real_facts: Facts) -> PageWriter:
    """A writer of pages, with the templates of this site; charts are not drawn."""
    folder = real_facts.declared.root / PAGES / "_parts"
    parts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    extra = {"data_changed": "", "config": {"site_url": ""}}
    return PageWriter(real_facts, Drawings(catalogue(real_facts), Cache(CACHE)), parts, extra)


def fill(writer: PageWriter, facts: Facts, page: str) -> str:
    """A page written by hand, filled."""
    return writer.fill(page, (facts.declared.root / PAGES / page).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def index_pages(real_facts: Facts, writer: PageWriter) -> dict[str, str]:
    """The page of every index by its code: written by hand, or from its template."""
    pages, links = {}, Links(real_facts, lambda: "")
    for code, node in real_facts.framework.nodes.items():
        stem = links.node_path(code).rstrip("/")
        path = f"{stem}/index.md" if node.children else f"{stem}.md"
        by_hand = (real_facts.declared.root / PAGES / path).is_file()
        pages[code] = fill(writer, real_facts, path) if by_hand else writer.write(path, "page_index", code=code)
    return pages
