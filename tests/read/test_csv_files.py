"""Files that are not CSV in UTF-8, and rows that do not fit the header."""

import pytest

TURNOVER = "indicators/turnover.csv"
PATH = "data/indicators/turnover.csv"


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
