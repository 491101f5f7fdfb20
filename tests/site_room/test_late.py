"""Files of tables and charts that are shown, with planted names, notes and sources."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape
from io import BytesIO
from pathlib import Path

import altair as alt
import markdown
import openpyxl
import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.charts import HALF, WIDE, Drawings, Figure
from regional_index.downloads import FEED
from regional_index.facts import Facts
from regional_index.framework import Publication
from regional_index.pages import PageWriter
from regional_index.site import Site
from regional_index.site.late import late_files
from regional_index.site.render import INLINE, RENDERED
from regional_index.topics.charts import LARGEST_SCALE, ROOM_FOR_LINES, put_in_drawings

SiteOf = Callable[..., tuple[Site, list[str]]]

ARCHIVE = "editions/third/edition-third.zip"
PLANTED = "=1+1 <script>alert(1)</script> {{ 7*7 }} **bold**"
SHORE = "{{ table_open('shore') }}{{ table_open(index='shore') }}{{ table_edition('shore') }}"


@pytest.fixture
def site_of(second_facts: Facts, tmp_path: Path) -> SiteOf:
    """Makes a site with some texts as pages `page0.md` …, and gives the pages filled as well."""
    figure = Figure("one", PLANTED, PLANTED, alt.layer(height=9), pd.DataFrame({"A": ["=x"], "B": [-1.5]}), ("bureau",))
    drawn = tmp_path / RENDERED / INLINE
    drawn.mkdir(parents=True)
    for width, height in ((WIDE, 100), (HALF, 200)):
        (drawn / f"one-{width}.svg").write_text(f'<svg viewBox="0 0 {width} {height}"/>')

    def make(
        *texts: str, facts: Facts = second_facts, address: str = "https://harbour.islands/i/"
    ) -> tuple[Site, list[str]]:
        cache = Cache(tmp_path)
        drawings = Drawings({"one": lambda: figure}, cache)
        writer = PageWriter(facts, drawings, {}, {}, Publication(address))
        pages = [writer.fill(f"page{number}.md", text) for number, text in enumerate(texts)]
        return Site(tmp_path, tmp_path / "results", facts, (), writer, drawings, cache, {}), pages

    return make


def test_every_table_has_three_files_named_by_what_it_shows(site_of: SiteOf) -> None:
    """However it is called, and on as many pages as it stands."""
    site, pages = site_of(SHORE, "{{ table_open('shore') }}{{ table_region_years('Elm') }}")
    tables = {"open-shore", "edition-shore", "region-years-elm"}
    assert set(late_files(site)) - {ARCHIVE, FEED} == {
        f"tables/{name}.{ending}" for name in tables for ending in ("csv", "xlsx", "md")
    }
    assert pages[0].count('href="../tables/open-shore.csv" download') == 2
    assert site.writer.shown.tables["open-shore"].page == "page0/"


def test_a_chart_brings_no_table_links_but_a_workbook(site_of: SiteOf) -> None:
    site, (page,) = site_of("{{ chart('one') }}")
    assert "tables/" not in page
    assert 'charts/one.xlsx" download' in page
    assert set(late_files(site)) - {ARCHIVE, FEED} == {"charts/one.xlsx", "embed/one.html"}


def test_a_workbook_says_what_it_is(site_of: SiteOf) -> None:
    """Caption, source, status, edition, address of the page."""
    site, _ = site_of(SHORE)
    sheet = openpyxl.load_workbook(BytesIO(late_files(site)["tables/open-shore.xlsx"])).worksheets[1]
    about = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert list(about) == ["Content", "Source", "Status", "Edition", "Page"]
    assert about["Page"] == "https://harbour.islands/i/page0/"
    assert about["Status"].startswith("Open series")
    assert "Third" in about["Edition"]


def test_the_files_are_the_same_every_time(site_of: SiteOf) -> None:
    first, second = (late_files(site_of(SHORE, "{{ chart('one') }}")[0]) for _ in range(2))
    assert first == second


def test_two_tables_of_one_name_are_refused(site_of: SiteOf) -> None:
    """The address of a file does not depend on what it holds."""
    site, _ = site_of(SHORE)
    shown = site.writer.shown.tables
    shown["open-shore"] = replace(shown["open-shore"], table=shown["edition-shore"].table)
    with pytest.raises(ValueError, match=r'two tables would be the file "open-shore"'):
        site.writer.fill("other.md", "{{ table_open('shore') }}")


@pytest.mark.parametrize(
    ("macro", "name", "status", "source"),
    [
        ("table_open('shore')", "open-shore", "Open series", "Island Bureau"),
        ("table_edition('shore')", "edition-shore", "Stated in", "Harbour"),
        ("table_region_indices('Elm')", "region-indices-elm", "Stated in", "Island Bureau"),
        ("table_tree()", "tree", "Declared by", ""),
        ("table_codebook()", "codebook", "Declared by", "Island Bureau"),
        ("table_columns()", "columns", "Declared by", ""),
        ("table_corrections()", "corrections", "Declared by", "Guild of Pilots"),
    ],
)
def test_a_table_says_itself_where_it_comes_from(
    site_of: SiteOf, macro: str, name: str, status: str, source: str
) -> None:
    """What people declared is no result of the series."""
    site, _ = site_of(f"{{{{ {macro} }}}}")
    shown = site.writer.shown.tables[name]
    assert shown.status.startswith(status)
    assert source in " ".join(shown.sources)
    assert bool(shown.sources) == bool(source)


def test_a_chart_can_be_embedded_once_it_is_known_where_the_site_stands(site_of: SiteOf) -> None:
    """The code leads to a page that holds the chart, its source and the way back; all of it as text."""
    site, (page,) = site_of("{{ chart('one') }}")
    code = unescape(re.search(r'<input readonly value="([^"]*)"', put_in_drawings(page, site.inline_svg))[1])
    height = str(round(200 * LARGEST_SCALE + ROOM_FOR_LINES))  # of the higher one of its drawings
    assert re.findall(r'(?:src|height)="([^"]*)"', code) == ["https://harbour.islands/i/embed/one.html", height]
    alone = late_files(site)["embed/one.html"].decode()
    assert 'href="https://harbour.islands/i/page0/#chart-one" target="_blank"' in alone
    assert "Island Bureau" in alone.partition('class="ri-note ri-sources"')[2]
    assert "<script>" not in alone + code


def test_without_an_address_a_chart_has_a_page_of_its_own_but_no_code(site_of: SiteOf) -> None:
    """The way back is a link within the site."""
    site, (page,) = site_of("{{ chart('one') }}", address="")
    assert '<a href="../embed/one.html">' in page
    assert "iframe" not in page
    alone = late_files(site)["embed/one.html"].decode()
    assert 'href="../page0/#chart-one"' in alone
    assert "canonical" not in alone + page
    assert "://" not in re.sub(r' xmlns="[^"]*"', "", alone + page)


def test_planted_names_notes_and_sources_are_text_in_every_file(second_facts: Facts, site_of: SiteOf) -> None:
    """In the page, in CSV, XLSX and Markdown."""
    site, (page,) = site_of(
        "{{ table_sources() }}{{ table_open('shore') }}{{ table_corrections() }}{{ chart('one') }}",
        facts=planted(second_facts),
    )
    assert not re.search(r"<script|\{\{", page)
    assert "**" not in re.sub(r'="[^"]*"', "", page)
    for name, content in late_files(site).items():
        if name.endswith(".csv"):
            assert not any(cell.startswith(("=", "\n=")) for cell in content.decode().split(",")), name
            continue
        if name == FEED:
            assert "<script" not in content.decode()
            continue
        if name == ARCHIVE:
            continue
        if name.endswith(".html"):
            assert "<script>" not in content.decode(), name
            continue
        if name.endswith(".md"):
            read = markdown.markdown(content.decode(), extensions=["tables"])
            assert "<script>" not in read, name
            assert name != "tables/sources.md" or f"<td>{escape(PLANTED, quote=False)}</td>" in read
            continue
        for sheet in openpyxl.load_workbook(BytesIO(content)):
            assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row), name
    assert f"'{PLANTED}" in late_files(site)["tables/sources.csv"].decode()


def planted(facts: Facts) -> Facts:
    """The facts with the name of a region, a source and a note planted."""
    declared = facts.declared
    sources = {name: replace(source, title=PLANTED, publisher=PLANTED) for name, source in declared.sources.items()}
    notes = tuple(replace(entry, reason=PLANTED) for entry in declared.corrections)
    return replace(facts, declared=replace(declared, sources=sources, corrections=notes))
