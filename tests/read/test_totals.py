"""Totals that the regions must add up to."""

from regional_index.read import read_project

SOURCES = "data/sources.yml"


def test_a_total_that_does_not_close_is_reported(tiny):
    tiny.edit("indicators/turnover.csv", "East,2021,50", "East,2021,51")
    problem = tiny.problem()
    assert problem.file == SOURCES
    assert (
        problem.place == f"control_totals[0] (indicator turnover).total, line {tiny.line('sources.yml', 'total: 80')}"
    )
    assert problem.found == "turnover, 2021: the regions add up to 81"
    assert problem.expected == "80 within 0"
    assert problem.remedy == "correct the values, or declare the difference as known_gap with a note"


def test_a_total_may_miss_by_its_tolerance(tiny):
    tiny.edit("indicators/turnover.csv", "East,2022,60", "East,2022,60.5")
    assert tiny.problems() == ()


def test_a_known_gap_is_part_of_what_is_expected(tiny):
    tiny.edit("sources.yml", "    known_gap: -2\n", "")
    problem = tiny.problem()
    assert problem.found == "turnover, 2022: the regions add up to 110"
    assert problem.expected == "112 within 0.5"


def test_an_excluded_value_still_counts_towards_the_total(tiny):
    entry = "  - {indicator: turnover, region: East, year: 2021, value: 50, decision: exclude, reason: r, until: u}\n"
    tiny.append("corrections.yml", entry)
    assert tiny.problems() == ()


def test_a_total_is_not_checked_while_a_value_is_wrong(tiny):
    tiny.edit("indicators/turnover.csv", "East,2021,50", "East,2021,fifty")
    assert tiny.problem().found == '"fifty"'


def test_a_total_does_not_fail_by_rounding(tiny):
    tiny.edit("indicators/turnover.csv", "North,2021,10", "North,2021,10.1")
    tiny.edit("indicators/turnover.csv", "South,2021,20", "South,2021,20.2")
    tiny.edit("sources.yml", "total: 80", "total: 80.3")
    assert tiny.problems() == ()


def test_a_total_names_what_exists(tiny):
    tiny.edit("sources.yml", "indicator: turnover, year: 2021", "indicator: turnovers, year: 2021")
    problem = tiny.problem()
    assert (problem.file, problem.found, problem.remedy) == (SOURCES, '"turnovers"', "write turnover")


def test_the_year_of_a_total_is_one_of_its_file(tiny):
    tiny.edit("sources.yml", "indicator: turnover, year: 2021", "indicator: turnover, year: 2020")
    assert (tiny.problem().found, tiny.problem().expected) == ("2020", "a year of turnover: 2021, 2022")


def test_the_source_of_a_total_is_known(tiny):
    tiny.edit("sources.yml", "tolerance: 0, source: office", "tolerance: 0, source: ofice")
    problem = tiny.problem()
    assert (problem.found, problem.expected, problem.remedy) == (
        '"ofice"',
        "an id under sources",
        "write office",
    )


def test_a_source_id_stands_once(tiny):
    tiny.edit("sources.yml", "id: survey", "id: office")
    problems = tiny.problems()
    assert [problem.expected for problem in problems if problem.file == SOURCES] == ["each id once"]


def test_a_total_knows_what_the_regions_add_up_to(tiny):
    """Also where a correction takes one of them out, and where one of them publishes nothing."""
    entry = "  - {indicator: turnover, region: East, year: 2021, value: 50, decision: exclude, reason: r, until: u}\n"
    tiny.append("corrections.yml", entry)
    tiny.append("sources.yml", "  - {indicator: patents, year: 2021, total: 6, tolerance: 0, source: office}\n")
    assert [total.found for total in read_project(tiny.root).control_totals] == [80, 110, 6]
