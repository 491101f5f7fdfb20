"""Pages made from templates, and what their macros say when something is unknown."""

import re
from dataclasses import replace
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
import yaml

from regional_index.cache import Cache
from regional_index.charts import Drawings, Figure
from regional_index.errors import LookupFailed
from regional_index.facts import Facts, lookups
from regional_index.framework import Regions
from regional_index.pages import PageWriter, make_pages
from regional_index.pages.generated import in_groups
from regional_index.topics import charts
from regional_index.topics.all import catalogue
from tests.changed_facts import with_declared

PARTS = {
    "page_region": "# {{ region.name }}\n\n{{ score_or_dash('shore', region.code) }}\n",
    "page_receipt": "# {{ region.name }}\n\n{{ receipts(region.code, site_address) }}\n",
    "page_edition": "# {{ edition_address }}\n\n{{ citations() }}\n",
    "page_index": "# {{ facts.node(code).name | first_value }}\n\n{{ part('top', code=code) }}\n",
    "top": "{{ facts.node(code).definition }} {{ leader(code) }}\n{% if false %}\nhidden\n{% endif %}",
    "broken": "{{ claim('no-such-claim') }}",
    "outer": "{{ part('broken') }}",
    "undefined": "{{ scoer('harbour', 'Arden') }}",
    "syntax": "fine\n{% if x %}",
}


@pytest.fixture(scope="module")
def drawings(second_facts: Facts) -> Drawings:
    """A drawing for every chart there is; what is drawn does not matter here."""
    table = pd.DataFrame({"Island": ["Arden", "Elm"], "Score": [71.666667, None]})
    figure = Figure(
        "shore-map",
        "A & B",
        "Two <islands>.",
        alt.layer(height=9),
        table,
        ("bureau", "pilots"),
        decimals={"Score": 2},
    )
    return Drawings({name: lambda: figure for name in catalogue(second_facts)}, Cache(Path("nowhere")))


@pytest.fixture
def writer(second_facts: Facts, drawings: Drawings) -> PageWriter:
    """A writer with the templates above."""
    return PageWriter(second_facts, drawings, PARTS, {"data_changed": "2031-12-31"})


def header(text: str) -> dict[str, object]:
    """What stands between the dashed lines at the top of a page."""
    return yaml.safe_load(text.split("---\n")[1])


def test_there_is_a_page_for_every_evaluated_region_and_every_index(second_facts: Facts, writer: PageWriter) -> None:
    """An index with children is the index of its folder."""
    paths = [page.path for page in make_pages(second_facts, writer, [])]
    assert paths == [
        "harbour/index.md", "harbour/traffic/index.md", "harbour/traffic/goods.md", "harbour/traffic/density.md",
        "harbour/speed.md", "shore.md",
        "regions/arden.md", "regions/brill.md", "regions/corsa.md", "regions/dunmore.md", "regions/elm.md",
        *(f"regions/{island}/receipt.md" for island in ("arden", "brill", "corsa", "dunmore", "elm")),
        "editions/third.md",
    ]  # fmt: skip


def test_a_page_written_by_hand_wins(second_facts: Facts, writer: PageWriter) -> None:
    """Only its own template page is left out."""
    all_pages = {page.path for page in make_pages(second_facts, writer, [])}
    rest = {
        page.path
        for page in make_pages(second_facts, writer, ["shore.md", "harbour/index.md", "about.md", "editions/third.md"])
    }
    assert all_pages - rest == {"shore.md", "harbour/index.md", "editions/third.md"}


def test_a_generated_page_has_title_description_and_no_macros_left(second_facts: Facts, writer: PageWriter) -> None:
    """mkdocs-macros must not read it again."""
    pages = {page.path: page for page in make_pages(second_facts, writer, [])}
    elm = pages["regions/elm.md"]
    assert header(elm.text) == {
        "title": "Elm", "description": "Scores, ranks and changes of Elm.", "render_macros": False,
    }  # fmt: skip
    assert re.sub(r"<[^>]+>", "", elm.text).endswith("---\n\n# Elm\n\n100.00\n")
    assert (elm.title, elm.section) == ("Elm", "Outer ring")
    assert header(pages["shore.md"].text)["description"] == "How clean the shore is."


def test_links_on_a_generated_page_are_relative_to_it(second_facts: Facts, writer: PageWriter) -> None:
    """The page is known while its template is filled."""
    pages = {page.path: page.text for page in make_pages(second_facts, writer, [])}
    assert '<a href="../../../regions/arden/">Arden</a>' in pages["harbour/traffic/goods.md"]
    assert '<a href="../regions/corsa/">Corsa</a>' in pages["shore.md"]


def test_regions_stand_in_the_order_of_the_first_group(second_facts: Facts) -> None:
    """Then of the table; without groups in that of the table."""
    regions = [second_facts.regions[code] for code in ("E5", "C3", "A1")]
    assert [region.code for region in in_groups(second_facts, regions)] == ["C3", "A1", "E5"]
    framework = replace(second_facts.framework, groups=())
    facts = with_declared(second_facts, framework=framework)
    assert [region.code for region in in_groups(facts, regions)] == ["E5", "C3", "A1"]


def test_a_region_without_a_group_has_a_page_too(second_facts: Facts) -> None:
    """`data/regions.csv` accepts an empty cell there."""
    lonely = replace(second_facts.regions["D4"], groups={})
    assert lonely in in_groups(second_facts, [lonely, second_facts.regions["A1"]])


def test_templates_keep_no_line_of_a_block_tag(writer: PageWriter) -> None:
    """A blank line would end a block of HTML."""
    assert "\n" not in writer.part("top", code="shore").strip()


# ---- errors


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "no_such",
            r'unknown part "no_such"; there are broken, outer, page_edition, page_index, page_receipt, page_region',
        ),
        ("broken", r'part "broken" with no arguments: unknown claim "no-such-claim"'),
        ("outer", r'part "outer" .*part "broken" .*unknown claim "no-such-claim"'),
        ("undefined", r"part \"undefined\" .*'scoer' is undefined"),
        ("page_index", r"part \"page_index\" with no arguments: 'code' is undefined"),
    ],
)
def test_a_mistake_names_the_part_and_what_is_unknown(writer: PageWriter, name: str, message: str) -> None:
    """However deep the parts stand in each other."""
    with pytest.raises(LookupFailed, match=message):
        writer.part(name)


def test_a_mistake_names_the_arguments_of_the_part(writer: PageWriter) -> None:
    """For the same part is used on many pages."""
    with pytest.raises(LookupFailed, match=r"part \"page_index\" with \{'code': 'harbor'\}: .*unknown index"):
        writer.part("page_index", code="harbor")


def test_a_part_that_is_no_template_is_named_with_its_line(writer: PageWriter) -> None:
    """jinja2 knows the line."""
    with pytest.raises(LookupFailed, match=r'part "syntax".*2'):
        writer.part("syntax")


def test_a_mistake_in_a_page_template_names_the_page(second_facts: Facts, drawings: Drawings) -> None:
    """As docs/… does for pages written by hand."""
    writer = PageWriter(second_facts, drawings, {**PARTS, "page_region": "{{ claim('no-such-claim') }}"})
    with pytest.raises(LookupFailed) as caught:
        make_pages(second_facts, writer, [])
    assert "regions/arden.md" in str(caught.value)
    assert "Region(" not in str(caught.value)


def test_an_unknown_chart_is_named_with_similar_ones(writer: PageWriter) -> None:
    """Those that begin alike."""
    with pytest.raises(LookupFailed, match=r'unknown chart "shore-rose"; similar: (shore-[a-z-]+(, )?){8}$'):
        writer.macros["chart"]("shore-rose")


# ---- blocks


def test_a_chart_stands_on_one_line_with_everything_that_belongs_to_it(writer: PageWriter) -> None:
    """Title, drawing, description, data as a table, sources, downloads."""
    writer.current_page = "harbour/index.md"
    figure = str(writer.macros["chart"]("shore-map"))
    assert "\n" not in figure
    assert figure.startswith('<figure class="ri-figure" id="chart-shore-map"')
    assert "<figcaption>A &amp; B</figcaption>" in figure
    assert re.findall(r'data-draw="shore-map" data-width="(\d+)"', figure) == ["740", "350"]
    assert "Two &lt;islands&gt;." in figure
    assert "71.67" in figure
    assert figure.index("</figcaption>") < figure.index("</table>") < figure.index("<svg")
    assert "Sources: Island Bureau, Island Yearbook; Guild of Pilots, Pilots&#39; Log" in figure
    assert re.findall(r'href="([^"]+)" download', figure) == [
        "../charts/shore-map.svg", "../charts/shore-map.csv", "../charts/shore-map.xlsx",
        "../charts/shore-map.vl.json",
    ]  # fmt: skip


def test_every_download_has_a_name_that_says_what_it_is(writer: PageWriter) -> None:
    """Vega-Lite or JSON."""
    assert ">VL<" not in str(writer.macros["chart"]("shore-map"))


def test_a_chart_beside_another_one_is_drawn_for_half_of_the_column(writer: PageWriter) -> None:
    """On any screen; else a page has two drawings, of which one is shown."""
    assert re.findall(r'data-width="(\d+)"', str(writer.macros["chart"]("quadrants", half=True))) == ["350"]
    with pytest.raises(LookupFailed, match='unknown chart "quadrants-wide"; similar: quadrants'):
        writer.macros["chart"]("quadrants-wide")


def test_a_worked_example_shows_every_step_with_its_numbers(writer: PageWriter) -> None:
    """Dunmore's traffic: 0.75 x 25 + 0.25 x 15."""
    example = re.sub(r"<[^>]+>", "", str(writer.macros["worked_example"]("Dunmore", "traffic")))
    assert "Goods = 1.0000 × 25.00 = 25.00, rank 3." in example
    assert "Traffic = 0.7500 × 25.00 + 0.2500 × 15.00 = 22.50, rank 3." in example


def test_a_worked_example_leaves_out_what_is_missing(writer: PageWriter) -> None:
    """Corsa's shore rests on its beaches alone; the weights are those used."""
    example = re.sub(r"<[^>]+>", "", str(writer.macros["worked_example"]("Corsa", "shore")))
    assert "Shore index = 1.0000 × 100.00 = 100.00, rank 1." in example


def test_a_worked_example_goes_down_a_tree_of_three_levels(writer: PageWriter) -> None:
    """Harbour, traffic, goods."""
    example = re.sub(r"<[^>]+>", "", str(writer.macros["worked_example"]("Dunmore", "harbour")))
    assert "Traffic = 0.7500 × 25.00 + 0.2500 × 15.00 = 22.50" in example
    assert "Harbour index = 0.6667 × 22.50 + 0.3333 × 80.00 = 41.67, rank 3." in example


def test_a_worked_example_of_a_region_without_a_score_is_refused(writer: PageWriter) -> None:
    """Naming region, index and year."""
    with pytest.raises(LookupFailed, match='no score of "traffic" for "E5" in 2031'):
        writer.macros["worked_example"]("Elm", "traffic")


def test_the_sources_of_an_index_are_those_of_all_below_it(writer: PageWriter) -> None:
    """Each once, at any depth."""
    assert [source.id for source in writer.macros["sources_of"]("harbour")] == ["bureau", "pilots"]


def test_the_map_leads_to_every_evaluated_region(writer: PageWriter) -> None:
    """Each in its tile; the others are named and say that they take no part."""
    writer.current_page = "regions/index.md"
    tiles = str(writer.macros["region_map"]())
    assert re.findall(r'href="([^"]+)"', tiles) == ["arden/", "brill/", "corsa/", "dunmore/", "elm/"]
    assert '<li style="grid-column:5;grid-row:4" class="ri-tiles__outside" title="not evaluated">' in tiles
    assert "<small>— · 1</small>" in tiles


def test_control_totals_show_the_gap(writer: PageWriter) -> None:
    """225 against 226, with the note that explains it."""
    rows = re.findall(r"<tr><td>.*?</tr>", str(writer.macros["table_control_totals"]()))
    assert [re.sub(r"<[^>]+>", "|", row) for row in rows if "2031" in row and ">225<" in row]
    assert ">\u22121<" in rows[1]
    assert "One lost at sea." in rows[1]


def test_leaders_have_bars_as_long_as_their_scores(writer: PageWriter) -> None:
    """Of 100, with a point whatever the language."""
    assert re.findall(r"--ri-share:([\d.]+)", str(writer.macros["leaders_list"]("harbour", 3))) == [
        "71.7", "61.7", "41.7",
    ]  # fmt: skip


# ---- what people write into data must not become markup


def test_a_planted_script_in_a_name_stays_text(second_facts: Facts, drawings: Drawings) -> None:
    """In the page, its title and the navigation."""
    planted = [replace(region, name=f"{region.name} <script>") for region in second_facts.regions.values()]
    facts = with_declared(second_facts, regions=Regions(planted))
    pages = make_pages(facts, PageWriter(facts, drawings, PARTS), [])
    assert [page.path for page in pages if "<script" in page.text + page.title] == []


def test_years_that_a_page_has_no_room_for_are_on_a_page_of_their_own_and_in_files(
    second_facts: Facts, writer: PageWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room for one of the two years: the receipt has the last one alone, and older scores lead to none."""
    monkeypatch.setattr(lookups, "MOST_YEARS", 1)
    table = writer.fill("harbour/traffic/goods.md", "{{ table_open('goods') }}")
    assert re.findall(r'data-column="(\d+)"', table) == ["2031"]
    assert re.findall(r'type="checkbox" value="(\d+)"', table) == ["2031"]
    assert '<a href="years/">Goods: scores of all years</a>' in table
    assert {"2030", "2031"} <= set(writer.shown.tables["open-goods"].table.titles)
    pages = {page.path: page for page in make_pages(second_facts, writer, [])}
    years = pages["harbour/traffic/goods/years.md"]
    assert (re.findall(r'<th scope="col" class="ri-n">(\d+)</th>', years.text), years.listed) == (
        ["2031", "2030"],
        False,
    )
    assert '<a href="../">Goods</a>' in years.text
    assert "receipt/#" not in years.text
    assert "-2030" not in pages["regions/arden/receipt.md"].text
    assert "-2030" not in writer.fill("regions/arden.md", "{{ table_region_years('Arden') }}")


def test_data_of_a_chart_with_very_many_cells_are_in_files_alone(
    writer: PageWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says how many there are."""
    monkeypatch.setattr(charts, "MOST_CELLS", 3)
    block = writer.macros["chart"]("shore-map")
    assert "2 rows; see the files." in block
    assert "<table" not in block


def test_the_heading_of_a_page_of_years_stays_text(
    second_facts: Facts, drawings: Drawings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As headings that templates write do: neither HTML nor emphasis."""
    monkeypatch.setattr(lookups, "MOST_YEARS", 1)
    words = {**second_facts.words, "page.years_title": "{index} *all* <script>"}
    facts = with_declared(second_facts, words=words)
    pages = {page.path: page.text for page in make_pages(facts, PageWriter(facts, drawings, PARTS), [])}
    (heading,) = re.findall("^# .*$", pages["shore/years.md"], flags=re.MULTILINE)
    assert heading == "# Shore index &#42;all&#42; &lt;script&gt;"
