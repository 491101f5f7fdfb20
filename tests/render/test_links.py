"""Relative links from pages at every depth."""

from urllib.parse import urljoin

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.render import Home, Links, page_url
from tests.changed_facts import with_tables

SITE = "https://example.org/below/any/address/"
SOURCES = ["index.md", "compare.md", "regions/index.md", "regions/elm.md", "harbour/traffic/goods.md", "a/b/c/d.md"]
TARGETS = [
    "", "compare/", "regions/", "regions/elm/", "harbour/traffic/goods/", "a/b/c/d/", "a/b/x/",
    "api/v1/scores.csv", "charts/heat-map.svg", "assets/x",
]  # fmt: skip


@pytest.fixture(scope="module")
def from_goods(second_facts: Facts) -> Links:
    """Links on a page three folders deep."""
    return Links(second_facts, lambda: "harbour/traffic/goods.md")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("anchor", ["", "#here"])
@pytest.mark.parametrize("target", TARGETS)
def test_a_link_leads_to_its_target_from_every_depth(
    second_facts: Facts, source: str, target: str, anchor: str
) -> None:
    """A browser that stands on the page resolves it so, whatever address the site has."""
    link = Links(second_facts, lambda: source).to(target + anchor)
    assert urljoin(SITE + page_url(source), link) == SITE + target + anchor
    assert not link.startswith("/")


@pytest.mark.parametrize(
    ("source", "url"),
    [("index.md", ""), ("regions/index.md", "regions/"), ("a/b.md", "a/b/"), ("a/index/b.md", "a/index/b/")],
)
def test_a_source_file_has_the_address_that_mkdocs_gives_it(source: str, url: str) -> None:
    """An index is the page of its folder."""
    assert page_url(source) == url


def test_the_page_being_written_counts_not_the_one_when_links_were_made(second_facts: Facts) -> None:
    """One object serves all pages."""
    page = ["index.md"]
    links = Links(second_facts, lambda: page[0])
    assert links.to("data/") == "data/"
    page[0] = "regions/elm.md"
    assert links.to("data/") == "../../data/"


def test_an_index_stands_below_its_parents(from_goods: Links) -> None:
    """However deep the tree."""
    assert from_goods.node_path("goods") == "harbour/traffic/goods/"
    assert from_goods.node_path("shore") == "shore/"
    assert from_goods.index("shore") == '<a href="../../../shore/">Shore index</a>'


def test_a_region_is_found_by_any_name_and_shown_by_its_own(from_goods: Links) -> None:
    """`Skerries` is an alias."""
    assert from_goods.region("Skerries") == '<a href="../../../regions/dunmore/">Dunmore</a>'


def test_a_region_that_takes_no_part_has_no_page_to_link_to(from_goods: Links) -> None:
    """Its name stands alone."""
    assert from_goods.region("Fogholm") == "<span>Fogholm</span>"


def test_an_indicator_links_to_its_page(from_goods: Links) -> None:
    assert from_goods.indicator("cargo") == '<a href="../../../indicators/cargo/">Cargo</a>'


def test_an_indicator_without_a_page_links_to_the_codebook(second_facts: Facts) -> None:
    """In a release, and of results that know no ranks of values."""
    home = Home("editions/first/", frozenset({"data/"}))
    released = Links(second_facts, lambda: "editions/first/harbour/index.md", home)
    assert released.indicator("cargo") == '<a href="../data/#cargo">Cargo</a>'
    older = Links(with_tables(second_facts, indicator_ranks=second_facts.tables["indicator_ranks"].iloc[:0]), str)
    assert older.indicator("cargo") == '<a href="data/#cargo">Cargo</a>'


def test_a_claim_links_to_its_row(from_goods: Links) -> None:
    """In the list of claims."""
    assert (
        from_goods.claim("harbour-mean", "40.0") == '<a href="../../../claims/#harbour-mean" class="ri-claim">40.0</a>'
    )


@pytest.mark.parametrize(("kind", "name"), [("region", "Atlantis"), ("index", "goods2"), ("indicator", "gold")])
def test_a_link_to_something_unknown_is_an_error(from_goods: Links, kind: str, name: str) -> None:
    """That names it."""
    with pytest.raises(LookupFailed, match=f'unknown {kind} "{name}"'):
        getattr(from_goods, kind)(name)
