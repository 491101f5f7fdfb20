"""The regions table."""

import csv
import io

import pytest

from regional_index.read import read_project

PATH = "data/regions.csv"


def change_rows(tiny, change):
    """Apply a change to each row of the table, a dictionary."""
    text = (tiny.root / PATH).read_text()
    rows = [change(row) for row in csv.DictReader(io.StringIO(text))]
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    tiny.write("regions.csv", written.getvalue().encode())


def add_column(tiny, column, cells):
    """Add a column with cells by the name of the region, empty where none is given."""
    change_rows(tiny, lambda row: row | {column: cells.get(row["name"], "")})


def without(*columns):
    return lambda row: {name: cell for name, cell in row.items() if name not in columns}


@pytest.mark.parametrize("empty", [True, False])
def test_other_names_are_the_code_and_the_name_by_default(tiny, empty):
    columns = ("iso", "full_name", "name_en")
    tiny.edit("published/2022.yml", "Eastland Province", "East")
    change_rows(tiny, (lambda row: row | dict.fromkeys(columns, "")) if empty else without(*columns))
    region = read_project(tiny.root).regions["2"]
    assert (region.iso, region.full_name, region.name_en, region.label) == ("2", "South", "South", "South")


def test_a_label_stands_for_a_long_name_in_charts(tiny):
    add_column(tiny, "label", {"South": "So."})
    regions = read_project(tiny.root).regions
    assert [region.label for region in regions.values()] == ["North", "So.", "East", "Isle"]
    assert regions.find("so.").code == "2"


@pytest.mark.parametrize("empty", [True, False])
def test_tiles_may_be_absent(tiny, empty):
    columns = ("tile_column", "tile_row")
    change_rows(tiny, (lambda row: row | dict.fromkeys(columns, "")) if empty else without(*columns))
    regions = read_project(tiny.root).regions
    assert not regions.has_map
    assert all(region.tile is None for region in regions.values())


@pytest.mark.parametrize("tile", [("", ""), ("2", ""), ("", "3")])
def test_a_region_without_a_tile_among_others_is_refused(tiny, tile):
    tiny.edit("regions.csv", "yes,2,3,S", f"yes,{tile[0]},{tile[1]},S")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "3, column tile_column", "no tile")
    assert problem.remedy.startswith("give it both, or leave both columns empty for all regions")


@pytest.mark.parametrize("code", ["NA", "1e5", "007", "null", "True"])
def test_a_code_is_text(tiny, code):
    change_rows(tiny, lambda row: row | {"code": code} if row["name"] == "South" else row)
    tiny.edit("indicators/turnover.csv", "South,2022", f"{code},2022")
    project = read_project(tiny.root)
    assert project.regions.find(code).name == "South"
    assert set(project.values["region"]) == {"1", code, "3"}


@pytest.mark.parametrize("label", ["South", "ty-s", "upper TINY"])
def test_a_label_is_a_name_too(tiny, label):
    add_column(tiny, "label", {"Isle": label})
    assert (tiny.problem().place, tiny.problem().expected) == ("5, column label", "a name of one region only")


def test_a_column_that_is_no_group_is_refused(tiny):
    text = (tiny.root / PATH).read_text()
    tiny.write("regions.csv", "".join(f"{line},x\n" for line in text.splitlines()).encode())
    assert tiny.problem().place == "1"


def test_a_project_needs_an_evaluated_region(tiny):
    text = (tiny.root / PATH).read_text()
    tiny.write("regions.csv", text.replace(",yes,", ",no,").encode())
    assert "no region with evaluated yes" in {problem.found for problem in tiny.problems()}


def test_spaces_around_a_name_are_no_part_of_it(tiny):
    tiny.edit("regions.csv", "North,Northland Province,", '" North ", Northland Province,')
    region = read_project(tiny.root).regions["1"]
    assert (region.name, region.full_name) == ("North", "Northland Province")
