"""Every kind of chart of invented projects: long names, few and many regions, years, indicators, odd values."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from regional_index.cache import Cache
from regional_index.charts import HALF, KINDS, WIDE, Figure
from regional_index.charts.drawing import raw_svg
from regional_index.computing import edition_tables, join_series
from regional_index.facts import Facts
from regional_index.framework import Regions
from regional_index.read import read_project
from regional_index.results.compute_open import compute_open
from regional_index.topics.all import catalogue
from tests.computed import CACHE, build_facts, facts_from
from tests.conftest import SECOND

from .measure import faults, texts
from .panels import Panel

GAPS = (2001, 2002, 2005, 2009)
PANELS = {
    **{f"{letters} letters": Panel(letters=letters) for letters in (4, 12, 24, 48)},
    **{f"{letters} Chinese letters": Panel(letters=letters, han=True) for letters in (4, 12, 24, 48)},
    **{f"{regions} regions": Panel(regions=regions) for regions in (2, 31, 60, 220)},
    **{f"{count} years": Panel(years=range(2001, 2001 + count)) for count in (1, 6, 32)},
    "gaps in years": Panel(years=GAPS),
    **{f"{values} values": Panel(values=values) for values in ("level", "negative", "tiny", "huge", "missing")},
    **{f"{count} indicators": Panel(indicators=count) for count in (3, 49)},
    "long names of many": Panel(regions=100, letters=48),
}
# Of each kind, these are drawn.
SOME = re.compile(
    r"(first|harbour)-|region-(r0|arden)-|indicator-(measure_0|cargo)(-\w+)?$|heat-map|quadrants|compare$"
)


@lru_cache
def facts_of_panel(name: str) -> Facts:
    with TemporaryDirectory() as folder:
        project = read_project(PANELS[name].write(Path(folder)), is_draft=True)
    series = compute_open(project, next_steps=False)
    return facts_from(project, join_series(edition_tables(project, Cache(CACHE)), series))


def charts_of(facts: Facts) -> Iterator[tuple[str, Figure]]:
    return ((name, make()) for name, make in catalogue(facts).items() if SOME.match(name))


@lru_cache
def facts_of_edition(letters: int) -> Facts:
    """The second index, which has an edition, with long names."""
    project = read_project(SECOND)
    names = Panel(regions=len(project.regions), letters=letters).names()
    renamed = [replace(region, name=name) for region, name in zip(project.regions.values(), names, strict=True)]
    return build_facts(replace(project, regions=Regions(renamed)))


def all_faults(facts: Facts, *, only: str = "") -> list[str]:
    """What is wrong in any chart at any width."""
    return [
        f"{chart} at {width}: {fault}"
        for chart, figure in charts_of(facts)
        for width in (WIDE, HALF)
        if chart.endswith(only)
        for fault in faults(raw_svg(figure, width, Cache(CACHE)))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", PANELS)
def test_no_text_is_cut_or_covered_and_most_of_a_chart_is_plot(name: str) -> None:
    assert all_faults(facts_of_panel(name)) == []


@pytest.mark.slow
@pytest.mark.parametrize("letters", [4, 12, 24, 48])
def test_charts_of_an_edition_have_room_for_long_names(letters: int) -> None:
    facts = facts_of_edition(letters)
    assert "harbour-edition" in catalogue(facts)
    assert all_faults(facts) == []


@pytest.mark.slow
def test_these_projects_have_every_kind_of_chart() -> None:
    # The weights of an edition need totals of all parts, which neither has; they are drawn in test_weights.py.
    known = [facts_of_panel("31 regions"), facts_of_panel("6 years"), facts_of_edition(4)]
    assert [kind.make.__name__ for kind in KINDS if not any(kind.subjects(facts) for facts in known)] == [
        "chart_weights"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2 regions", "32 years", "gaps in years"])
def test_time_runs_to_the_right(name: str) -> None:
    drawn = {chart: figure for chart, figure in charts_of(facts_of_panel(name)) if chart.endswith("-years")}
    assert len(drawn) >= 3
    for chart, figure in drawn.items():
        years = [box for box in texts(raw_svg(figure, HALF, Cache(CACHE))) if re.fullmatch(r"20\d\d", box.text)]
        assert len(years) >= 2, chart
        assert [box.text for box in sorted(years, key=lambda box: box.left)] == sorted(box.text for box in years)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2 regions", "31 regions"])
def test_ranks_on_an_axis_are_whole_numbers_from_1(name: str) -> None:
    figure = catalogue(facts_of_panel(name))["first-ranges"]()
    found = texts(raw_svg(figure, HALF, Cache(CACHE)))
    axis = [box.text for box in found if re.fullmatch(r"[\d.,]+", box.text)]
    assert axis[0] == "1"
    assert all(re.fullmatch(r"\d+", text) for text in axis)


@pytest.mark.slow
def test_a_chart_of_many_regions_shows_the_first_and_last_and_says_so() -> None:
    figure = catalogue(facts_of_panel("220 regions"))["first-ranking"]()
    assert len(figure.table) == 220
    assert "The chart shows the first 30 and the last 30; all 220 regions are in its table." in figure.description
    ranks = [box.text for box in texts(raw_svg(figure, HALF, Cache(CACHE))) if re.fullmatch(r"\d+", box.text)]
    assert ranks == [f"{rank}" for rank in (*range(1, 31), *range(191, 221))]


@pytest.mark.slow
def test_of_one_year_there_is_no_chart_that_compares_years() -> None:
    facts = facts_of_panel("1 years")
    assert [chart for chart in catalogue(facts) if chart.endswith("-years")] == []
    assert "2001 and 2001" not in catalogue(facts)["indicator-measure_0"]().title


@pytest.mark.slow
def test_a_matrix_of_many_indicators_goes_by_sub_index() -> None:
    matrices = {name for name in catalogue(facts_of_panel("49 indicators")) if name.endswith("-correlations")}
    assert matrices == {"part_0-correlations", "part_1-correlations", "second-correlations"}


def test_the_measure_finds_what_is_wrong() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><path class="background" d="M0,0h30v9h-30Z"/>'
        '<g transform="translate(10,20)"><text>first</text><text transform="translate(9,3)">second</text>'
        '<text transform="translate(80,0)">outside</text><text opacity="0">hidden</text></g></svg>'
    )
    said = faults(svg)
    assert [fault.split()[0] for fault in said] == ['"outside"', '"first"', "only"]
