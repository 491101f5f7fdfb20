"""Regions, years and empty cells of the indicator tables."""

import pytest

TURNOVER = "indicators/turnover.csv"
PATH = "data/indicators/turnover.csv"
PATENTS = "data/indicators/patents.csv"


def test_an_unknown_region_is_reported_with_the_nearest_name(tiny):
    tiny.edit(TURNOVER, "South,2022", "Suoth,2022")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "6, column region", '"Suoth"')
    assert problem.expected == "a region of data/regions.csv"
    assert problem.remedy == "write South if that is meant, or add the name to its aliases"


def test_a_region_like_no_other_gets_no_suggestion(tiny):
    tiny.edit(TURNOVER, "South,2022", "Zzzz,2022")
    assert tiny.problem().remedy == "correct the name, or add it to the aliases of a region"


def test_a_region_that_is_not_evaluated_is_refused(tiny):
    tiny.append(TURNOVER, "Isle,2022,1\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "8, column region", '"Isle"')
    assert problem.expected == "a region that the index evaluates"
    assert "set its evaluated to yes" in problem.remedy


@pytest.mark.parametrize(
    "name", ["Northland Province", "north", "NORTH", "TY-N", "1", "Upper  Tiny", "upper-tiny", " North "]
)
def test_a_region_may_be_called_by_any_of_its_names(tiny, name):
    tiny.edit(TURNOVER, "North,2022", f"{name},2022")
    assert tiny.problems() == ()


def test_missing_regions_of_a_year_are_listed(tiny):
    tiny.edit(TURNOVER, "North,2022,20\nSouth,2022,30\n", "")
    problem = tiny.problem()
    assert (problem.file, problem.found) == (PATH, "2022 without North, South")
    assert problem.expected == "a row for every evaluated region in 2022"
    assert problem.remedy.startswith("add the rows")


def test_a_missing_year_is_one_problem(tiny):
    tiny.edit(TURNOVER, "North,2022,20\nSouth,2022,30\nEast,2022,60\n", "")
    problem = tiny.problem()
    assert (problem.file, problem.found, problem.expected) == (PATH, "no row for 2022", "rows for 2022")
    assert problem.remedy == "add the year, or list the years there are under `years` of turnover"


def test_a_file_of_nothing_but_a_header_lacks_every_year(tiny):
    tiny.write("indicators/residents.csv", b"region,year,value\n")
    assert [problem.found for problem in tiny.problems()] == ["no row for 2021", "no row for 2022"]


def test_years_of_an_indicator_go_before_those_of_the_series(tiny):
    tiny.edit("framework.yml", "    kind: share\n", "    kind: share\n    years: [2021]\n")
    problems = tiny.problems()
    assert [problem.place for problem in problems] == [f"{line}, column year" for line in (5, 6, 7)]
    assert {problem.expected for problem in problems} == {"one of the years 2021"}


def test_a_year_outside_the_series_is_refused(tiny):
    tiny.append(TURNOVER, "North,2032,1\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "8, column year", "2032")
    assert problem.expected == "one of the years 2021, 2022"
    assert "add the year to `years`" in problem.remedy


def test_a_mistyped_year_is_not_reported_as_a_missing_region_too(tiny):
    tiny.edit(TURNOVER, "South,2022", "South,2202")
    assert tiny.problem().found == "2202"


def test_a_region_and_year_may_stand_once_only(tiny):
    tiny.append(TURNOVER, "Southland Province,2021,21\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "8", "Southland Province, 2021 again")
    assert problem.expected == "each region and year once"
    assert problem.remedy == "remove this line or line 3"


def test_an_empty_cell_must_be_declared(tiny):
    tiny.edit("indicators/coverage.csv", "South,2022,70", "South,2022,")
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/indicators/coverage.csv", "6, column value")
    assert (problem.found, problem.expected) == ("an empty cell", "a number")
    assert problem.remedy == "fill it, or list South under not_published of coverage in data/framework.yml"


def test_a_value_that_is_declared_not_published_is_refused(tiny):
    tiny.edit("indicators/patents.csv", "East,2021,", "East,2021,4")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATENTS, "4, column value", '"4"')
    assert problem.expected == "an empty cell"
    assert problem.remedy == "empty it, or take East from not_published of patents in data/framework.yml"


def test_a_region_that_never_publishes_needs_no_row(tiny):
    tiny.edit("indicators/patents.csv", "East,2021,\n", "")
    assert tiny.problems() == ()


def test_a_region_may_fail_to_publish_in_single_years(tiny):
    """Only the year that is named may be empty; another empty cell of the same region is a problem."""
    tiny.edit("framework.yml", "not_published: [East]", "not_published: [East, {region: North, years: [2022]}]")
    tiny.edit("indicators/patents.csv", "North,2022,6", "North,2022,")
    assert tiny.problems() == ()
    tiny.edit("indicators/patents.csv", "North,2021,5", "North,2021,")
    assert tiny.problem().found == "an empty cell"
