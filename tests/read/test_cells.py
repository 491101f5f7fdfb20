"""Cells of the indicator tables that are no number, or one that cannot be."""

import pytest

from regional_index.read import read_project
from regional_index.read.numbers import explain_number, is_plain_number

TURNOVER = "indicators/turnover.csv"
PATH = "data/indicators/turnover.csv"
TIDY = f", or run: make tidy FILES={PATH}"
EMPTY = "leave the cell empty if it was not published, and list the region under not_published"


@pytest.mark.parametrize(
    ("cell", "expected", "remedy"),
    [
        ("12,3", "a number with a decimal point", "write 12.3 if the comma is a decimal sign, 123 if not"),
        ("1,234", "a number without thousands separators", f"write 1234{TIDY}"),
        ("1,234,567.8", "a number without thousands separators", f"write 1234567.8{TIDY}"),
        ("１２.３", "a number in the digits 0-9", f"write 12.3{TIDY}"),
        (" 12.3", "a number without spaces", f"write 12.3{TIDY}"),
        ("1 234", "a number without spaces", "write 1234"),
        ("12.3%", "a number without percent sign", "write 12.3; the unit is in data/framework.yml"),
        ("12 万元", "a number without unit", "write 12; the unit is in data/framework.yml"),
        ("1.5e300", "a number with an exponent of one or two digits, such as 1.5E-7", "correct the exponent"),
        ("about 12", "a number", "write a plain number such as 1234.5"),
        ("12.", "a number", "write a plain number such as 1234.5"),
        ("inf", "a finite number", f"write the number, or {EMPTY}"),
        ("NaN", "a finite number", f"write the number, or {EMPTY}"),
        ("9" * 400, "a number of at most 40 characters", f"write the number, or {EMPTY}"),
        ("#N/A", "a number, or nothing", f"correct the formula, or {EMPTY}"),
        ("#REF!", "a number, or nothing", f"correct the formula, or {EMPTY}"),
        ("N/A", "a number, or nothing", EMPTY),
        ("-", "a number, or nothing", EMPTY),
        ("—", "a number, or nothing", EMPTY),
        ("…", "a number, or nothing", EMPTY),
        ("null", "a number, or nothing", EMPTY),
    ],
)
def test_a_cell_that_is_no_plain_number_is_explained(tiny, cell, expected, remedy):
    tiny.edit(TURNOVER, "North,2022,20", f'North,2022,"{cell}"')
    problem = tiny.problem()
    assert (problem.file, problem.place) == (PATH, "5, column value")
    assert (problem.found, problem.expected, problem.remedy) == (f'"{cell}"', expected, remedy)


def test_a_footnote_mark_is_not_taken_for_a_digit():
    assert not is_plain_number("12²")
    assert "122" not in explain_number("12²", PATH)[1]


@pytest.mark.parametrize("text", ["0", "-1", "12.50", "007", "1e-7", "1.5E+3", "-2E05"])
def test_plain_numbers_are_accepted(text):
    assert is_plain_number(text)


@pytest.mark.parametrize("text", ["2e1", "2.0E+01", "200e-1"])
def test_a_number_with_an_exponent_is_read(tiny, tiny_project, text):
    tiny.edit(TURNOVER, "North,2022,20", f"North,2022,{text}")
    assert read_project(tiny.root).values.equals(tiny_project.values)


@pytest.mark.parametrize("text", ["-20", "-0.5", "-2E1"])
def test_a_signed_indicator_may_be_negative(tiny, text):
    tiny.edit("framework.yml", "kind: share", "kind: signed")
    tiny.edit("indicators/coverage.csv", "East,2022,90", f"East,2022,{text}")
    assert tiny.problems() == ()
    assert read_project(tiny.root).values["value"].min() == float(text)


@pytest.mark.parametrize("year", ["2021.0", "21", "２０２２", "2022年", " 2022"])
def test_a_year_has_four_digits_and_nothing_else(tiny, year):
    tiny.edit(TURNOVER, "North,2022,20", f"North,{year},20")
    problem = tiny.problem()
    assert (problem.file, problem.place) == (PATH, "5, column year")
    assert (problem.found, problem.expected) == (f'"{year}"', "a year of four digits")
