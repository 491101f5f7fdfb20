"""Files that are not CSV in UTF-8, and rows that do not fit the header."""

import pytest

TURNOVER = "indicators/turnover.csv"
PATH = "data/indicators/turnover.csv"


def test_a_missing_regions_table_is_named(tiny):
    tiny.remove("regions.csv")
    problem = tiny.problem()
    assert (problem.file, problem.found) == ("data/regions.csv", "no such file")


def test_a_missing_indicator_file_is_named_with_the_indicator_that_needs_it(tiny):
    tiny.remove("indicators/coverage.csv")
    problem = tiny.problem()
    assert (problem.file, problem.found) == ("data/indicators/coverage.csv", "no such file")
    assert problem.expected == "a CSV file with the columns region,year,value"
    assert problem.remedy == "add it; indicator coverage needs it"


def test_gbk_with_names_of_the_project_is_recognised(tiny):
    tiny.edit("regions.csv", "N|Upper Tiny", "N|Upper Tiny|北京")
    tiny.write(TURNOVER, "region,year,value\n北京,2021,1\n".encode("gbk"))
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.expected) == (PATH, "2", "UTF-8")
    assert problem.found == "bytes that are not UTF-8 text (byte 1 of the line is 0xB1)"
    assert problem.remedy == f'save it as "CSV UTF-8", or run: make tidy FILES={PATH}'


@pytest.mark.parametrize("file", [TURNOVER, "regions.csv"])
@pytest.mark.parametrize("cut", [1, 2, 5])
def test_a_file_that_is_cut_off_is_refused(tiny, file, cut):
    """One number that lost a digit is a number still."""
    content = (tiny.root / "data" / file).read_bytes()
    tiny.write(file, content[:-cut])
    problem = tiny.problem()
    assert (problem.file, problem.place) == (f"data/{file}", str(content.count(b"\n")))
    last = content[:-cut].decode().splitlines()[-1]
    assert problem.found == f'a last line without a line end: "{last}"'
    assert problem.expected == "a line end after the last line"
    assert problem.remedy.startswith("compare its end with the source")


@pytest.mark.parametrize("number", ["9" * 5000, f"0.{'9' * 5000}", f'"{"9" * 2}{",999" * 1700}"', "1e999999999"])
def test_a_number_of_thousands_of_digits_is_one_short_problem(tiny, number):
    tiny.edit(TURNOVER, "South,2021,20", f"South,2021,{number}")
    problem = tiny.problem()
    assert (problem.file, problem.place) == (PATH, "3, column value")
    assert len(str(problem)) < 400


@pytest.mark.parametrize("place", ["9" * 5000, "1000", "0"])
def test_a_place_on_the_map_is_from_1_to_999(tiny, place):
    tiny.edit("regions.csv", ",2,3,S", f",{place},3,S")
    problem = tiny.problem()
    assert (problem.place, problem.expected) == ("3, column tile_column", "a whole number from 1 to 999")
    assert len(str(problem)) < 400


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("region,year,value\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\xff\xff", "an Excel workbook"),
        (b"region,year,value\n\xff\xff\n", "bytes that are not UTF-8 text (byte 1 of the line is 0xFF)"),
    ],
)
def test_what_is_no_text_in_utf8_is_named(tiny, content, found):
    tiny.write(TURNOVER, content)
    problem = tiny.problem()
    assert problem.file == PATH
    assert problem.found.startswith(found)
    assert problem.remedy.startswith("save")


@pytest.mark.parametrize(
    ("header", "remedy"),
    [
        ("Region,Year,Value", "correct the first line"),
        ("region;year;value", "separate the columns by commas"),
        ("region,year", "correct the first line"),
        ("region,year,value,value", "correct the first line"),
        ("region,year,value,remark", "correct the first line"),
    ],
)
def test_a_wrong_header_is_shown_beside_the_right_one(tiny, header, remedy):
    tiny.edit(TURNOVER, "region,year,value", header)
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "1", f'"{header}"')
    assert problem.expected == "the columns region,year,value (and, if wanted, unit)"
    assert problem.remedy == remedy


def test_an_empty_file_lacks_its_header(tiny):
    tiny.write(TURNOVER, b"")
    assert (tiny.problem().place, tiny.problem().found) == ("1", '""')


@pytest.mark.parametrize(
    ("row", "found", "remedy"),
    [
        ("South,2021,1,234", '"South,2021,1,234", 4 cells', "a comma inside a number counts as one"),
        ("South,2021", '"South,2021", 2 cells', "add what is missing"),
    ],
)
def test_a_row_with_too_many_or_too_few_cells_is_reported_alone(tiny, row, found, remedy):
    tiny.edit(TURNOVER, "South,2021,20", row)
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.found) == (PATH, "3", found)
    assert problem.expected == "3 cells: region,year,value"
    assert remedy in problem.remedy


def test_a_ragged_row_of_regions_does_not_make_its_region_unknown_elsewhere(tiny):
    tiny.edit("regions.csv", "2,3,S\n", "2,3,S,\n")
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/regions.csv", "3")


def test_a_row_of_empty_cells_is_to_be_deleted(tiny):
    tiny.append(TURNOVER, ",,\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.remedy) == (PATH, "8", "delete the line")


def test_blank_lines_do_no_harm(tiny):
    tiny.append(TURNOVER, "\n\n")
    assert tiny.problems() == ()


def test_a_quote_that_is_never_closed_is_reported(tiny):
    tiny.append(TURNOVER, '"East,2023,1\n')
    problem = tiny.problem()
    assert (problem.file, problem.expected) == (PATH, "CSV")
    assert "close every quote" in problem.remedy


def test_the_line_counts_line_breaks_inside_quotes(tiny):
    tiny.edit("regions.csv", "N|Upper Tiny", '"N|Upper\nTiny"')
    tiny.edit("regions.csv", ",2,3,S", ",0,3,S")
    assert tiny.problem().place == "4, column tile_column"


def test_when_no_indicator_table_can_be_read_each_is_named(tiny):
    """Nothing is left to compare then; that must not be a crash."""
    files = sorted(path.name for path in (tiny.root / "data/indicators").iterdir())
    for file in files:
        tiny.write(f"indicators/{file}", b"")
    assert [problem.file for problem in tiny.problems()] == [f"data/indicators/{file}" for file in files]
    for file in files:
        tiny.remove(f"indicators/{file}")
    assert {(problem.file, problem.found) for problem in tiny.problems()} == {
        (f"data/indicators/{file}", "no such file") for file in files
    }


def test_indicator_tables_without_rows_lack_their_years(tiny):
    for path in (tiny.root / "data/indicators").iterdir():
        path.write_text("region,year,value\n")
    assert {problem.found for problem in tiny.problems()} == {"no row for 2021", "no row for 2022"}
