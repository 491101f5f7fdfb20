"""What is searched: sections of text, names of pages, and the theme's page with our worker in it."""

import json
import re
from pathlib import Path

import material
import pytest

from regional_index.facts import Facts
from regional_index.framework import Project
from regional_index.site import search
from regional_index.site.search import (
    DOCUMENTS,
    THEME_INDEX,
    WIDEST_ROW,
    SearchIndex,
    add_synonyms,
    link_names,
    make_documents,
    page_names,
    read_page,
)
from tests.computed import build_facts

ROOT = Path(__file__).parent.parent.parent
THEME = Path(material.__file__).parent / "templates"
PAGE = """<!doctype html><html><head><title>Short - Site</title></head><body><nav>Elsewhere</nav>
<article><h1 id="long">Long &amp; full<a class="headerlink" href="#long">¶</a></h1>
<p>First
line, R&amp;D.</p><ul><li>One</li><li>Two <b>bold</b></li></ul>
<figure data-search-exclude><figcaption>Chart</figcaption><svg><title>x</title><text>0 20 40</text></svg>
<p>Note</p></figure>
<h2 id="table">Table<a class="headerlink" href="#table">¶</a></h2>
<svg><g><text>axis</text></g></svg>
<table><caption>Scores</caption><thead><tr><th>Region</th><th>Score</th></tr></thead>
<tbody><tr><td>A</td><td>68.96</td></tr><tr><td>B</td><td>—</td></tr></tbody></table>
<h3>Without anchor</h3><p>After.</p>
<table><tr id="claim-1"><td>A has 1.00</td><td>Part 1</td></tr></table>
<script>hidden()</script></article></body></html>"""


@pytest.fixture(scope="module")
def facts(tiny_project: Project) -> Facts:
    """Everything known of the tiny project."""
    return build_facts(tiny_project)


def test_a_page_is_read_in_sections() -> None:
    """A section for each heading with an anchor and each row with one; entities are letters again."""
    page = read_page(PAGE)
    assert page.title == "Long & full"
    assert page.tab_title == "Short - Site"
    found = [(section.anchor, section.title, section.is_row, section.text()) for section in page.sections]
    assert found == [
        ("", "", False, "First line, R&D.\nOne\nTwo bold"),
        ("table", "Table", False, "Scores\nRegion · Score\nA · 68.96\nB\nWithout anchor\nAfter."),
        ("claim-1", "A has 1.00", True, "Part 1"),
    ]


def test_charts_are_left_out() -> None:
    """What is drawn and what is marked so is not searched, and neither is the navigation."""
    text = "\n".join(section.text() for section in read_page(PAGE).sections)
    for left_out in ["0 20 40", "axis", "Chart", "Note", "hidden", "¶", "Elsewhere"]:
        assert left_out not in text


def test_rows_too_wide_to_read_are_left_out() -> None:
    """They would match nearly everything, and show nothing."""
    cells = [f"<td>{number}</td>" for number in range(WIDEST_ROW + 1)]
    rows = f"<tr>{''.join(cells)}</tr><tr>{''.join(cells[1:])}</tr>"
    (section,) = read_page(f"<article><table>{rows}</table></article>").sections
    assert section.text() == " · ".join(str(number) for number in range(1, WIDEST_ROW + 1))


def test_a_row_with_an_anchor_is_searched_only_there(facts: Facts) -> None:
    """A page that repeats the row of another page is not found by it."""
    repeating = "<article><h1>B</h1><table><tr><td>A has 1.00</td><td>Part 1</td></tr></table></article>"
    pages = {"a/": read_page(PAGE), "b/": read_page(repeating)}
    first, second = make_documents(pages, {}, facts)
    assert first["sections"][-1] == {"anchor": "claim-1", "title": "A has 1.00", "row": True, "text": "Part 1"}
    assert second["sections"] == [{}]


def test_pages_are_called_by_every_name_in_the_data(facts: Facts) -> None:
    """Aliases, other languages and pinyin lead to the page of an index or region."""
    names = page_names(facts)
    for node in facts.framework.walk():
        assert any({*node.name.values(), *node.aliases} <= set(found.get("", ())) for found in names.values())
    for code in facts.regions.evaluated:
        region = facts.regions[code]
        assert set(region.all_names) == set(names[f"regions/{region.slug}/"][""])
    for code, indicator in facts.framework.indicators.items():
        assert {*indicator.name.values(), *indicator.aliases, code} <= set(names[f"indicators/{code}/"][""])


def test_regions_without_a_page_lead_to_the_list_of_regions(facts: Facts) -> None:
    """So do the groups of regions, unless a region has the same name."""
    found = page_names(facts)["regions/"][""]
    outside = [region for region in facts.regions.values() if not region.evaluated]
    assert all(region.name in found for region in outside)
    assert all(facts.regions[code].name not in found for code in facts.regions.evaluated)


def test_links_name_the_page_they_lead_to() -> None:
    """But numbers do not, and neither do links to a part of a page or out of the site."""
    links = '<a href="../b/">How it\nis done</a> <a href="../b/#x">Part</a> <a href="../b/">12.3</a>'
    links += '<a href="https://example.org/b/">X</a>'
    pages = {"a/": read_page(f"<article><p>{links}</p></article>"), "b/": read_page("<article></article>")}
    assert link_names(pages) == {"a/": [], "b/": ["How it is done"]}


def test_names_are_not_said_twice(facts: Facts) -> None:
    """Spellings that compare equal to the title or to one another are left out."""
    node = next(facts.framework.walk())
    url = next(iter(page_names(facts)))
    (page,) = make_documents({url: read_page(f"<article><h1>{node.code.upper()}</h1></article>")}, {}, facts)
    folded = [name.casefold().replace(" ", "") for name in page["names"]]
    assert len(set(folded)) == len(folded)
    assert node.code not in folded


def test_pages_about_an_index_or_region_weigh_more(facts: Facts) -> None:
    """Front matter can still raise or lower a page."""
    url = next(iter(page_names(facts)))
    empty = read_page("<article></article>")
    documents = make_documents({url: empty, "x/": empty, "": empty}, {"x/": 2}, facts)
    weights = {page["location"]: page["weight"] for page in documents}
    assert weights == {url: 1, "x/": 1.8, "": 0.5}


def test_a_synonym_names_the_page_or_part_it_is_about(facts: Facts) -> None:
    """A page by its title, else a page by a name, else a part by its heading; one of none is a mistake of the data."""
    node = next(facts.framework.walk())
    html = f"<article><h1>{node.code}</h1><h2 id='x'>B</h2></article>"
    pages = make_documents({next(iter(page_names(facts))): read_page(html)}, {}, facts)
    (problem,) = add_synonyms(pages, {"b": ["bee"], node.code: ["everyday"], "nowhere": ["lost"]})
    assert "everyday" in pages[0]["names"]
    assert pages[0]["sections"][1]["names"] == ["bee"]
    assert problem.startswith('data/synonyms.yml:nowhere: found "nowhere"; expected the title or a name of a page')


def test_the_theme_loads_an_empty_index(tmp_path: Path, facts: Facts) -> None:
    """The pages that the theme's plugin lists are searched; the same pages give the same bytes."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(PAGE, encoding="utf-8")
    theme_index = tmp_path / THEME_INDEX
    theme_index.parent.mkdir()
    written = json.dumps({"config": {"separator": " "}, "docs": [{"location": "a/"}, {"location": "a/#table"}]})
    found = []
    for _ in range(2):
        theme_index.write_text(written, encoding="utf-8")
        SearchIndex().write(tmp_path, facts)
        assert json.loads(theme_index.read_text(encoding="utf-8")) == {"config": {"separator": " "}, "docs": []}
        found.append((tmp_path / DOCUMENTS).read_bytes())
    assert found[0] == found[1]
    assert [page["location"] for page in json.loads(found[0])["pages"]] == ["a/"]


def test_a_site_without_search_stays_without(tmp_path: Path, facts: Facts) -> None:
    """Nothing is written where the theme's plugin has written nothing."""
    SearchIndex().write(tmp_path, facts)
    assert list(tmp_path.iterdir()) == []


def test_while_editing_only_pages_that_were_built_again_are_read_again(
    tmp_path: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are searched all the same, though the theme's index lists only those that were built again."""
    read: list[str] = []
    monkeypatch.setattr(search, "read_page", lambda html: (read.append(html), read_page(html))[1])
    index = SearchIndex()
    for built in (["a/", "b/"], ["b/"]):
        for url in built:
            (tmp_path / url).mkdir(exist_ok=True)
            (tmp_path / url / "index.html").write_text(PAGE.replace("First", f"{url}{len(read)}"), encoding="utf-8")
        (tmp_path / THEME_INDEX).parent.mkdir(exist_ok=True)
        (tmp_path / THEME_INDEX).write_text(json.dumps({"config": {}, "docs": [{"location": url} for url in built]}))
        index.write(tmp_path, facts)
    assert len(read) == 3
    pages = json.loads((tmp_path / DOCUMENTS).read_bytes())["pages"]
    texts = {page["location"]: page["sections"][0]["text"] for page in pages}
    assert texts["a/"].startswith("a/0")
    assert texts["b/"].startswith("b/2")
    index.clear()
    index.write(tmp_path, facts)
    assert json.loads((tmp_path / DOCUMENTS).read_bytes())["pages"] == []


def test_our_page_is_the_themes_but_for_the_worker() -> None:
    """When the theme's block changes, copy it again to overrides/main.html and keep the line with our worker."""
    ours = _config_block((ROOT / "overrides" / "main.html").read_text(encoding="utf-8"))
    theirs = _config_block((THEME / "base.html").read_text(encoding="utf-8"))
    replaced, count = re.subn(r"assets/javascripts/workers/search\.\w+\.min\.js", "assets/search-worker.js", theirs)
    assert count == 1
    assert ours == replaced


def _config_block(template: str) -> str:
    found = re.search(r"\{% block config %\}(.*?)\{% endblock %\}", template, re.DOTALL)
    assert found
    return "\n".join(line.strip() for line in found[1].strip().splitlines())
