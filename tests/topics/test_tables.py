"""Every kind of table, on the second index: its rows, its marks, and nothing of the data read as markup."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from regional_index.claims.findings import WeightStudy
from regional_index.facts import Facts
from regional_index.framework import Node, Regions, site_name
from regional_index.render import Links, table_of_frame
from regional_index.topics.all import MACROS
from regional_index.topics.files import TakeAlong
from tests.changed_facts import with_declared, with_findings
from tests.methods import compute
from tests.reading import html_of

PLANTED = "<script>planted()</script>"
GIVEN: dict[str, tuple[object, ...]] = {
    "claims": ("harbour", True), "claims_of_region": ("B2",), "codebook": (), "columns": (), "compare": (),
    "context": (), "control_totals": (), "confirmations": (), "corrections": (), "edition": ("harbour",),
    "indicators": ("shore",),
    "coherence": ("harbour",), "decomposition": ("B2",), "flips": ("harbour",), "importance": ("harbour",),
    "imputed": (), "next_steps": ("B2", "harbour"), "open": ("harbour",), "region_edition": ("B2",),
    "region_indices": ("B2",), "region_years": ("B2",), "regions": (), "self_test": (), "self_test_kinds": (),
    "indicator": ("cargo",), "indicator_list": (), "indicator_weights": ("cargo",),
    "lens_values": ("cargo",), "lenses": ("harbour",), "divided": (),
    "sources": (), "sure_ranks": ("harbour",), "steps": ("shore", "B2", 2031), "treated": (),
    "tree": (), "weights": ("harbour",), "years": ("harbour",),
    "peers": ("Arden",),
}  # fmt: skip
"""Every macro that writes a table, with what a page gives it."""
CHANGED: dict[str, Callable[[Facts], Facts]] = {
    "imputed": lambda facts: compute(facts.declared, impute="last-observation"),
    "treated": lambda facts: compute(facts.declared, treat="log"),
    "weights": lambda facts: with_weights(facts),
}
"""Without these there would be nothing in the table."""
KINDS = ["frame", *GIVEN]
WITHOUT_DATA_TEXT = {"self_test", "self_test_kinds"}
"""Tables of words and numbers only."""


def written(macro: str, facts: Facts, links: Links, *given: object) -> str:
    """What a macro writes."""
    show = TakeAlong(facts, links, lambda: "claims.md").show
    return str(MACROS[macro].bind({"facts": facts, "links": links, "show": show})(*given))


def written_kind(kind: str, facts: Facts, page: str) -> str:
    """A table of this kind."""
    if kind == "frame":
        return html_of(table_of_frame(pd.DataFrame({"Island": [facts.regions["B2"].name]}), {}, "Frame"))
    changed = CHANGED.get(kind, lambda facts: facts)(facts)
    return written(f"table_{kind}", changed, Links(changed, lambda: page), *GIVEN[kind])


def with_weights(facts: Facts) -> Facts:
    """The same facts with two weightings in steps of 5 percent, for the second index states too few totals."""
    study = WeightStudy("harbour", ("traffic", "speed"), 20, 19, 3, ((15, 5), (14, 6)))
    return with_findings(facts, weights=(study,))


class Grid(HTMLParser):
    """Texts of a table by row, and the elements in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.caption = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ("br", "input", "wbr"):
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self._open:
            self.caption += data
        elif "tr" in self._open:
            self.rows[-1][-1] += data


def make(facts: Facts, kind: str) -> Grid:
    """A table as a reader of the compare page finds it."""
    return Grid(written_kind(kind, facts, "compare.md"))


def test_every_kind_of_table_is_tried_here() -> None:
    """A new one needs a line above."""
    tables = {name for name in MACROS if name.startswith("table_")}
    assert tables - {f"table_{kind}" for kind in GIVEN} == {
        "table_trend_figures", "table_treated_values",
        "table_revisions",  # tests/test_revisions.py
        "table_expected",  # tests/topics/test_expectation.py
        "table_releases", "table_stated_in_both", "table_restated",  # tests/results/test_releases.py
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_has_a_cell_for_every_column_and_the_table_a_caption(second_facts: Facts, kind: str) -> None:
    """And there is something in it."""
    grid = make(second_facts, kind)
    assert len(grid.rows) > 1
    assert {len(row) for row in grid.rows} == {len(grid.rows[0])}
    assert grid.caption


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_holds_what_programs_call_missing(second_facts: Facts, kind: str) -> None:
    """Missing is a dash or a word."""
    cells = [cell for row in make(second_facts, kind).rows for cell in row]
    assert [cell for cell in cells if re.search(r"\bnan\b|<NA>|None|[{}]", cell)] == []


def plant_in_node(node: Node) -> Node:
    """The same node and all below it with a script in their names."""
    return replace(node, name={"en": PLANTED}, children=tuple(plant_in_node(child) for child in node.children))


@pytest.fixture(scope="module")
def planted_facts(second_facts: Facts) -> Facts:
    """The second index with a script in the names, notes and reasons that people write."""
    project = second_facts.declared
    regions = [
        replace(region, name=f"{region.name} {PLANTED}", full_name=PLANTED + region.slug)
        for region in project.regions.values()
    ]
    framework = replace(
        project.framework,
        indices=tuple(plant_in_node(node) for node in project.framework.indices),
        groups=tuple(replace(group, name={"en": PLANTED}) for group in project.framework.groups),
        indicators={
            code: replace(item, name={"en": PLANTED}, unit=PLANTED, measures=PLANTED, limits=PLANTED)
            for code, item in project.framework.indicators.items()
        },
    )
    edition = replace(
        project.edition,
        claims={key: replace(claim, note=PLANTED) for key, claim in project.edition.claims.items()},
        context={
            key: replace(item, about=PLANTED, attributed_to=PLANTED, unit=PLANTED)
            for key, item in project.edition.context.items()
        },
        places={key: replace(place, section=PLANTED) for key, place in project.edition.places.items()},
    )
    sources = {
        key: replace(source, publisher=PLANTED, title=PLANTED, terms=PLANTED, note=PLANTED)
        for key, source in project.sources.items()
    }
    corrections = tuple(replace(entry, reason=PLANTED) for entry in project.corrections)
    changed = replace(
        project,
        regions=Regions(regions),
        framework=framework,
        sources=sources,
        corrections=corrections,
    )
    return replace(with_findings(second_facts, edition=edition), declared=changed)


@pytest.mark.parametrize("kind", sorted({*KINDS} - WITHOUT_DATA_TEXT))
def test_a_planted_script_stays_text(planted_facts: Facts, kind: str) -> None:
    """It can be read in the cells, and is no element."""
    grid = make(planted_facts, kind)
    assert any("planted()" in cell for row in grid.rows for cell in row)
    assert "script" not in grid.tags


@pytest.mark.parametrize("kind", ["claims", "context", "codebook", "sources"])
def test_anchors_of_rows_are_unique(second_facts: Facts, kind: str) -> None:
    """One for each row."""
    html = written_kind(kind, second_facts, "claims.md")
    ids = re.findall(r'<tr id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == html.count("<tr") - 1


def test_the_open_table_stands_in_the_order_of_the_last_year(second_facts: Facts) -> None:
    """Elm without a score stands last, Corsa's partial score and uncertain changes are marked; ranks have ranges."""
    rows = make(second_facts, "open").rows
    assert rows[0] == ["Rank", "Island", "2031", "Places gained since 2030", "2030"]
    assert rows[1:] == [
        ["1 (1–2)", "Arden", "71.67", "+2?", "31.67"],
        ["2 (1–2)", "Brill", "61.67", "\u22121?", "37.50"],
        ["3 (3–3)", "Dunmore", "41.67", "\u22121?", "36.67"],
        ["4 (4–4)", "Corsa", "12.50*", "0", "8.33"],
        ["—", "Elm", "—", "—", "—"],
    ]


def test_the_table_of_regions_begins_with_scores_and_ranks(second_facts: Facts) -> None:
    """Groups are last in pages, for a narrow screen shows the first columns."""
    heads = make(second_facts, "regions").rows[0]
    groups = [site_name(group.name) for group in second_facts.framework.groups]
    assert heads[1].startswith(site_name(second_facts.framework.indices[0].name))
    assert heads[-len(groups) :] == groups


def test_years_of_a_region_begin_with_the_newest_and_the_change(second_facts: Facts) -> None:
    """A narrow screen shows the first columns; ranks are bare there, and in words in the files."""
    rows = make(second_facts, "region_years").rows
    assert rows[0] == ["Index", "2031", "Score since 2030", "2030"]
    assert rows[1] == ["Harbour index", "61.67 2 (1–2)", "+24.17", "37.50 1 (1–3)"]


def test_a_partial_score_says_what_its_mark_means(second_facts: Facts) -> None:
    """On pointing at it, and to a screen reader."""
    html = written_kind("open", second_facts, "x.md")
    assert html.count('<abbr title="some indicators are missing">&#42;</abbr>') == 1


def test_a_region_has_both_series_beside_each_other(second_facts: Facts) -> None:
    """Never in one column; what is computed comes first, and its change says since when."""
    rows = make(second_facts, "region_indices").rows
    assert rows[1] == ["Harbour index", "61.67", "2 (1–2)", "\u22121?", "61", "2"]
    assert rows[4] == ["Density", "100.00", "1 (1–1)", "0", "not published", "not published"]


def test_the_tree_multiplies_weights_downwards(second_facts: Facts) -> None:
    """Goods: 0.75 of traffic, which is 2/3 of the harbour."""
    rows = {row[0] or row[1]: row[2:4] for row in make(second_facts, "tree").rows[1:]}
    assert rows["Harbour index"] == ["—", "1.0000"]
    assert rows["Traffic"] == ["0.6667", "0.6667"]
    assert rows["Goods"] == ["0.7500", "0.5000"]
    assert rows["Density"] == ["0.2500", "0.1667"]


def test_the_steps_lead_from_value_to_contribution(second_facts: Facts) -> None:
    """Brill's shore: 60 % of 40-90 is 40 points, 21 hours of 45-5 is 60 points; 0.75 and 0.25 of them."""
    rows = make(second_facts, "steps").rows
    assert rows[1][1:] == ["60.0", "(60.0 − 40.0) ÷ (90.0 − 40.0) × 100", "40.00", "0.7500", "30.00"]
    assert rows[2][1:] == ["21", "(21 − 45) ÷ (5 − 45) × 100", "60.00", "0.2500", "15.00"]


def test_steps_without_one_indicator_rescale_the_others(second_facts: Facts) -> None:
    """Corsa's waiting time is excluded: clean beaches count whole."""
    links = Links(second_facts, lambda: "x.md")
    rows = Grid(written("table_steps", second_facts, links, "shore", "Corsa", 2031)).rows
    assert rows[1][4:] == ["1.0000", "100.00"]
    assert rows[2][1:] == ["—", "—", "—", "—", "—"]


def test_regions_of_the_comparison_carry_the_keys_of_the_script(second_facts: Facts) -> None:
    """All five, in the order of the table."""
    html = written_kind("compare", second_facts, "compare.md")
    assert re.findall(r'data-region="([^"]+)"', html) == ["arden", "brill", "corsa", "dunmore", "elm"]


def test_a_percent_sign_stands_close_to_its_number(second_facts: Facts) -> None:
    """As it does in prose: 30–40%."""
    rows = make(second_facts, "context").rows
    assert [row[1] for row in rows if row[0] == "ships under sail"] == ["between 30–40%"]


def test_every_quality_that_the_schema_allows_has_a_word(second_facts: Facts) -> None:
    """Otherwise the build stops on the day somebody writes `quality: low`."""
    framework = second_facts.framework
    low = {code: replace(item, quality="low") for code, item in framework.indicators.items()}
    facts = with_declared(second_facts, framework=replace(framework, indicators=low))
    assert make(facts, "codebook").rows
