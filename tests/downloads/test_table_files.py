"""Each table as CSV and XLSX: the same numbers, and nothing that a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from markupsafe import Markup

from regional_index.downloads import table_csv, table_xlsx
from regional_index.downloads.csv_text import csv_bytes, harmless
from regional_index.render import (
    Cell,
    Column,
    PlainTable,
    Table,
    change_cell,
    lines,
    number_cell,
    plain_table,
    rows_of,
    table_of_frame,
    year_cell,
)

PLANTED = ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "＝1+1", "<script>alert(1)</script>", "{{ 7*7 }}", "**bold**"]
ABOUT = [("Content", "=cmd|'/c calc'!A0"), ("Source", "Bureau\nPilots")]
SHEETS = ("Data", "About")


def table_of(*rows: tuple[str | float | None, ...]) -> PlainTable:
    """Two columns."""
    return PlainTable("=caption", ("Name", "=Value"), rows)


def read(content: bytes) -> list[list[object]]:
    """The cells of the first sheet, by another library."""
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", PLANTED)
def test_what_is_planted_begins_no_formula_in_any_file(text: str) -> None:
    """And what a reader of the file finds is the text, with an apostrophe where it needs one."""
    shown = text if text[0] in "<{*" else f"'{text}".replace("\r", "\n")
    table = table_of((text, 1.0))
    assert list(csv.reader(StringIO(table_csv(table).decode("utf-8-sig"), newline="")))[1] == [shown, "1"]
    workbook = openpyxl.load_workbook(BytesIO(table_xlsx(table, ABOUT, SHEETS)))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert workbook.worksheets[0]["A2"].value == shown
    frame = pd.DataFrame({text: [text, None], "n": [-1.5, 2]})
    assert next(iter(csv.reader(StringIO(csv_bytes(frame).decode("utf-8-sig"), newline=""))))[0] == shown


def test_numbers_stay_as_they_are() -> None:
    """Negative ones too, and text that is a number."""
    assert [harmless(value) for value in (-3, -0.5, "-3", "+4.25", None)] == [-3, -0.5, "-3", "+4.25", None]
    table = table_of(("a", -3.25), ("b", 1234567.0), ("c", None), ("d", 0.12345678901234567), ("e", 5e-8), ("f", -0.0))
    lines = ["Name,'=Value", "a,-3.25", "b,1234567", "c,", "d,0.123456789012346", "e,5e-08", "f,0"]
    assert table_csv(table).decode("utf-8-sig").splitlines() == lines
    numbers = [row[1] for row in read(table_xlsx(table, ABOUT, SHEETS))[1:]]
    assert numbers == [-3.25, 1234567, None, 0.123456789012346, 5e-8, 0]


def test_a_workbook_read_again_is_the_table() -> None:
    """Under a bold row that stays, in columns that are wide enough, with a sheet that says what it is."""
    table = table_of(("北京市海淀区", 68.9551), ("Elm", None))
    content = table_xlsx(table, ABOUT, SHEETS)
    assert read(content) == [["Name", "'=Value"], ["北京市海淀区", 68.9551], ["Elm", None]]
    data, about = openpyxl.load_workbook(BytesIO(content)).worksheets
    assert (data.title, about.title, data.freeze_panes) == ("Data", "About", "A2")
    assert data["A1"].font.bold
    assert data.column_dimensions["A"].width >= 12
    assert [[cell.value for cell in row] for row in about.iter_rows()] == [
        ["Content", "'=cmd|'/c calc'!A0"], ["Source", "Bureau\nPilots"],
    ]  # fmt: skip


def test_the_same_table_gives_the_same_bytes() -> None:
    """No clock in it."""
    assert len({table_xlsx(table_of(("a", 1.0)), ABOUT, SHEETS) for _ in range(3)}) == 1
    assert b"1980-01-01" in _properties(table_xlsx(table_of(("a", 1.0)), ABOUT, SHEETS))


def _properties(content: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        return packed.read("docProps/core.xml")


def plain(*rows: list[Cell | Markup | str]) -> PlainTable:
    """What files hold of a table of two columns."""
    return plain_table(Table("", "C", (Column("A"), Column("B", numeric=True)), rows_of(rows)), "{} (note)".format)


def test_files_have_full_numbers_and_marks_in_a_column_of_their_own() -> None:
    """Rounded and marked on the page; names without their links."""
    table = plain(
        [Markup('<a href="x">A &amp; <b>B</b></a>'), number_cell(68.9551, 2, mark="*", meaning="partial")],
        ["{{ x }} <i>", change_cell(-2, 0)],
    )
    assert table.titles == ("A", "B", "B (note)")
    assert table.rows == (("A & B", 68.9551, "*"), ("{{ x }} <i>", -2.0, None))


def test_missing_is_empty_and_a_span_of_ranks_is_text() -> None:
    """It sorts by its width and is no number; a year is one."""
    table = plain([Cell("4–8", sort=4.0), year_cell(2019)], [number_cell(None, 2), Cell("5", sort=9)])
    assert table.rows == (("4–8", 2019.0), (None, "5"))


def test_the_data_of_a_chart_are_as_computed() -> None:
    """Whatever its labels show."""
    frame = pd.DataFrame({"Rank": [1, None], "Score": [1 / 3, 2e-9], "Name": ["x", None]})
    table = plain_table(table_of_frame(frame, {}, "C"), str)
    assert table.rows == ((1.0, 1 / 3, "x"), (None, 2e-9, None))


def test_lines_of_a_cell_are_on_one_line_in_files() -> None:
    """With a space between them."""
    assert plain([lines("a", Markup("b  <small>c</small>")), "<script>{{ 1 }}"]).rows == (("a b c", "<script>{{ 1 }}"),)


def test_numbers_among_texts_have_the_same_digits() -> None:
    """A column that holds both."""
    frame = pd.DataFrame({"x": [0.1 + 0.2, "=1", None, 2.0]}, dtype=object)
    assert csv_bytes(frame).decode("utf-8-sig").splitlines() == ["x", "0.3", "'=1", '""', "2"]
