"""The whole project: what a sound one becomes, and how a broken one is reported."""

import pytest

from regional_index.errors import DataError
from regional_index.framework import Gap
from regional_index.read import read_project


def test_values_have_a_row_for_every_file_year_and_evaluated_region(tiny_project):
    values = tiny_project.values
    assert list(values.columns) == ["indicator", "region", "year", "value", "status"]
    assert len(values) == 4 * 2 * 3
    assert not values.duplicated(["indicator", "region", "year"]).any()
    assert list(values["indicator"].unique()) == ["turnover", "patents", "coverage", "residents"]
    assert list(values["region"][:3]) == ["1", "2", "3"]


def test_values_are_raw_and_missing_ones_stay_missing(tiny_project):
    values = tiny_project.values.set_index(["indicator", "region", "year"])
    assert values.loc[("turnover", "2", 2022), "value"] == 30
    assert values.loc[("turnover", "2", 2022), "status"] == "published"
    assert values["value"].isna()[("patents", "3", 2021)]
    assert values.loc[("patents", "3", 2021), "status"] == "not_published"


def test_an_excluded_value_is_missing_and_says_so(tiny):
    entry = "  - {indicator: turnover, region: East, year: 2021, value: 50, decision: exclude, reason: r, until: u}\n"
    tiny.append("corrections.yml", entry)
    project = read_project(tiny.root)
    values = project.values.set_index(["indicator", "region", "year"])
    assert values["value"].isna()[("turnover", "3", 2021)]
    assert values.loc[("turnover", "3", 2021), "status"] == "excluded"
    assert (values["status"] == "excluded").sum() == 1
    assert project.corrections[1].region == "3"


def test_the_order_of_rows_does_not_matter(tiny, tiny_project):
    header, *rows = (tiny.root / "data/indicators/turnover.csv").read_text().splitlines()
    tiny.write("indicators/turnover.csv", "\n".join([header, *reversed(rows), ""]).encode())
    assert read_project(tiny.root).values.equals(tiny_project.values)


def test_regions_belong_to_groups_where_their_cell_is_filled(tiny_project):
    assert tiny_project.regions["1"].groups == {"coast": "inland"}
    assert tiny_project.regions["4"].groups == {}
    assert tiny_project.regions["1"].aliases == ("N", "Upper Tiny")
    assert tiny_project.regions["2"].tile == (2, 3)


def test_the_framework_is_built_as_declared(tiny_project):
    framework = tiny_project.framework
    assert framework.node("supply").child_weights == {"size": 3, "skill": 1}
    assert framework.used_indicators == ("turnover", "patents", "coverage", "turnover_per_head")
    assert framework.indicator("patents").not_published == (Gap("3"),)
    assert framework.indicator("turnover_per_head").file == "turnover"
    assert framework.indicator("turnover_per_head").per.indicator == "residents"
    assert (framework.edition, framework.edition_year, framework.years) == ("2022", 2021, (2021, 2022))


def test_all_problems_of_all_files_are_reported_at_once(tiny):
    tiny.edit("framework.yml", "source: survey", "source: servey")
    tiny.edit("framework.yml", "bands: [25, 50, 75]", "bands: [75, 50]")
    tiny.edit("regions.csv", ",5,5,", ",0,5,")
    tiny.edit("sources.yml", "total: 80", "total: 81")
    tiny.edit("indicators/turnover.csv", "North,2022,20", 'North,2022,"1,234"')
    tiny.edit("indicators/coverage.csv", "East,2022,90,%", "Eats,2022,90,%")
    tiny.edit("indicators/patents.csv", "South,2022,3", "South,2022,2")
    tiny.edit("published/2022.yml", "context: [wires]", "context: [wirez]")
    tiny.append("words.yml", "answer: no\n")
    tiny.remove("indicators/residents.csv")
    found = {(problem.file.removeprefix("data/"), problem.found) for problem in tiny.problems()}
    assert found == {
        ("framework.yml", '"servey"'),
        ("framework.yml", "75, 50"),
        ("regions.csv", '"0"'),
        ("sources.yml", "turnover, 2021: the regions add up to 80"),
        ("indicators/turnover.csv", '"1,234"'),
        ("indicators/coverage.csv", '"Eats"'),
        ("corrections.yml", "3"),
        ("published/2022.yml", '"wirez"'),
        ("words.yml", "no"),
        ("indicators/residents.csv", "no such file"),
    }


def test_an_unusable_framework_does_not_hide_what_is_wrong_elsewhere(tiny):
    tiny.edit("framework.yml", "impute: none", "impute: guess")
    tiny.edit("indicators/coverage.csv", "East,2022,90,%", "Eats,2022,ninety,%")
    tiny.edit("published/2022.yml", "context: [wires]", "context: [wirez]")
    assert {problem.found for problem in tiny.problems()} == {'"guess"', '"Eats"', '"ninety"', '"wirez"'}


def test_without_any_data_every_file_is_asked_for(tmp_path):
    with pytest.raises(DataError) as caught:
        read_project(tmp_path)
    files = {problem.file for problem in caught.value.problems}
    assert files == {f"data/{name}" for name in ("framework.yml", "sources.yml", "corrections.yml", "regions.csv")}


def test_a_total_knows_what_the_regions_add_up_to(tiny):
    """Also where a correction takes one of them out, and where one of them publishes nothing."""
    entry = "  - {indicator: turnover, region: East, year: 2021, value: 50, decision: exclude, reason: r, until: u}\n"
    tiny.append("corrections.yml", entry)
    tiny.append("sources.yml", "  - {indicator: patents, year: 2021, total: 6, tolerance: 0, source: office}\n")
    assert [total.found for total in read_project(tiny.root).control_totals] == [80, 110, 6]
