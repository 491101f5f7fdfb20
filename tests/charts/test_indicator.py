"""Charts of one indicator: its map, and its years with their gaps and breaks."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.charts import WIDE
from regional_index.charts.drawing import raw_svg
from regional_index.facts import Facts
from regional_index.facts.scales import value_classes
from regional_index.framework import Project
from regional_index.read import read_project
from regional_index.topics.all import catalogue
from regional_index.topics.series.charts.indicator_map import _short
from regional_index.topics.series.charts.indicator_years import _labels, _on_axis
from tests.computed import build_facts, build_scores

from .marks import layers_of, rows_with
from .panels import Panel

YEARS = (2029, 2030, 2031)
CHART = "indicator-measure_0-years"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Seven regions and three years; the first has no values, the third none of the last year."""
    root = Panel(regions=7, years=YEARS, values="missing").write(tmp_path_factory.mktemp("measured"))
    return read_project(Path(root), is_draft=True)


@pytest.fixture(scope="module")
def measured_facts(measured: Project) -> Facts:
    """The facts of it."""
    return build_scores(replace(measured, framework=replace(measured.framework, robustness=None)))


def test_a_map_colours_by_value_and_has_it_in_its_tiles(second_facts: Facts) -> None:
    """Cargo of 2031 by island: Arden 110, Brill 60, Dunmore 35, Corsa 20; Elm has none, Fogholm takes no part."""
    figure = catalogue(second_facts)["indicator-cargo-map"]()
    tiles = {row["region"]: (row["state"], row["value"], row["rank"]) for row in rows_with(figure, "state")}
    assert tiles == {
        "Arden": ("scored", 110, "1"), "Brill": ("scored", 60, "2"), "Corsa": ("scored", 20, "4"),
        "Dunmore": ("scored", 35, "3"), "Elm": ("missing", None, "—"), "Fogholm": ("outside", None, "—"),
    }  # fmt: skip
    labels = {row["region"]: row["label"] for row in rows_with(figure, "state")}
    assert labels == {"Arden": "110", "Brill": "60", "Corsa": "20", "Dunmore": "35", "Elm": "—", "Fogholm": "—"}
    assert "Not published for 2031: Elm." in figure.description
    assert "The number in a tile is the value." in figure.description


def test_values_that_have_no_room_in_a_tile_give_way_to_ranks(second_facts: Facts) -> None:
    """All of them, for a map with both would be read wrong; and it says so."""
    values = second_facts.declared.values.copy()
    cargo = values["indicator"] == "cargo"
    values.loc[cargo, "value"] = values.loc[cargo, "value"] * 1e15
    figure = catalogue(build_facts(replace(second_facts.declared, values=values)))["indicator-cargo-map"]()
    assert {row["label"] for row in rows_with(figure, "state")} == {"#1", "#2", "#3", "#4", "—"}
    assert "Values are too long for tiles, which have ranks." in figure.description


def test_a_value_in_a_tile_has_three_digits_or_those_before_the_point() -> None:
    """And no more decimals than the indicator has."""
    given = [(1234.56, 2), (123.456, 2), (12.345, 2), (1.2345, 2), (1.2345, 0), (0.0, 1), (0.004, 2)]
    assert [_short(*each) for each in given] == ["1,235", "123", "12.3", "1.23", "1", "0.0", "0.0040"]


def test_years_on_the_axis_end_with_the_last() -> None:
    assert _on_axis([2029, 2030, 2031]) == [2029, 2030, 2031]
    assert _on_axis(list(range(2023, 2032))) == [2023, 2025, 2027, 2029, 2031]
    assert _on_axis(list(range(2024, 2032))) == [2025, 2027, 2029, 2031]


def test_the_last_of_six_years_is_drawn(tmp_path: Path, cache: Cache) -> None:
    """Vega would leave out every second of more values than the theme counts ticks."""
    years = tuple(range(2026, 2032))
    project = read_project(Panel(regions=3, years=years).write(tmp_path), is_draft=True)
    facts = build_scores(replace(project, framework=replace(project.framework, robustness=None)))
    drawn = raw_svg(catalogue(facts)[CHART](), WIDE, cache)
    assert [year for year in years if f">{year}<" in drawn] == list(years)


def test_names_stay_as_near_to_the_ends_of_lines_as_their_lines_of_text_let(measured_facts: Facts) -> None:
    """A line of text is 15 of 360 pixels: two that meet go apart by half, the top one stays in the chart."""
    regions = list(measured_facts.regions)[:4]
    values = pd.Series([36.0, 20.0, 20.0, 4.0], index=regions, name=2031)
    places = [row["place"] for row in _labels(measured_facts, values, regions, "linear", (0.0, 36.0))]
    assert places == pytest.approx([36, 20.75, 19.25, 4])
    values[:] = [36.0, 36.0, 4.0, 2.0]
    places = [row["place"] for row in _labels(measured_facts, values, regions, "linear", (0.0, 36.0))]
    assert places == pytest.approx([36, 34.5, 4, 2])


def test_less_is_the_better_rank_where_the_indicator_says_so(second_facts: Facts) -> None:
    """Elm waits least; the greatest value is the darkest all the same."""
    figure = catalogue(second_facts)["indicator-waiting_time-map"]()
    ranks = {row["region"]: row["rank"] for row in rows_with(figure, "state")}
    assert (ranks["Elm"], ranks["Corsa"]) == ("1", "—")


def test_two_years_make_no_lines(second_facts: Facts) -> None:
    assert not [chart for chart in catalogue(second_facts) if chart.startswith("indicator-") and "years" in chart]


def test_a_line_does_not_run_across_a_year_without_a_value(measured_facts: Facts) -> None:
    """The year is in the data, without a number; the table holds the values alone."""
    figure = catalogue(measured_facts)[CHART]()
    rows = rows_with(figure, "value", "year")
    assert len(rows) == 7 * len(YEARS)
    third = measured_facts.regions["R2"].label
    assert [row["value"] is None for row in rows if row["region"] == third] == [False, False, True]
    assert list(figure.table.columns) == ["Region", *map(str, YEARS)]


def test_the_best_of_the_newest_year_are_named_below_each_other(measured_facts: Facts) -> None:
    figure = catalogue(measured_facts)[CHART]()
    named = [row["region"] for row in rows_with(figure, "place")]
    best = measured_facts.values.standings("measure_0", YEARS[-1]).index[:5]
    assert named == [measured_facts.regions[code].label for code in best]
    places = [row["place"] for row in rows_with(figure, "place")]
    assert places == sorted(set(places), reverse=True)


@pytest.mark.parametrize(("year", "rules"), [(2029, 0), (2030, 1), (2050, 0)])
def test_a_break_is_a_dashed_line_before_its_year(measured: Project, year: int, rules: int) -> None:
    """One in the first year, or outside the years, breaks nothing that is shown."""
    indicator = replace(measured.framework.indicators["measure_0"], breaks={year: "Counted in another way."})
    framework = replace(
        measured.framework,
        robustness=None,
        indicators={**measured.framework.indicators, "measure_0": indicator},
    )
    figure = catalogue(build_scores(replace(measured, framework=framework)))[CHART]()
    assert len(layers_of(figure, "rule")) == rules
    assert ("the series breaks" in figure.description) is bool(rules)


def test_a_map_needs_tiles(second_facts: Facts) -> None:
    """Regions without a place on a map have the other charts."""
    bare = [replace(region, tile=None) for region in second_facts.regions.values()]
    regions = type(second_facts.regions)(bare)
    facts = build_facts(replace(second_facts.declared, regions=regions))
    assert not [chart for chart in catalogue(facts) if chart.startswith("indicator-") and "map" in chart]


def test_classes_hold_about_as_many_values_each() -> None:
    assert value_classes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5) == (2.8, 4.6, 6.4, 8.2)
    assert value_classes([5, 5, 5], 5) == ()
