"""Workbooks of yearbooks, read into `data/`; and the blank workbook that editors fill in."""

import os
import pty
import shutil
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from regional_index.errors import DataError
from regional_index.files import read_folder
from regional_index.read import read_declarations, read_project
from regional_index.read.workbook import Entry, blank_workbook, change_files, read_book
from tests.commands import SCRIPT, run, said
from tests.conftest import SECOND, TINY
from tests.read.books import HEADINGS, LAYOUTS, PLAIN, book_of, hide, merge

YEAR = 2023
WHOLE = {
    "Firms": "Region | Turnover (million crowns)\nTotal | 160\nNorth | 30\nSouth | 45\nEast | 85",
    "Skills": "Region | Patents (patents)\nNorth | 6\nSouth | 4\nEast | …",
    "Homes": "Region | Coverage (%)\nTotal | 71\nNorth | 55\nSouth | 75\nEast | 95",
}


@pytest.fixture
def known(tiny):
    tiny.write("import.yml", HEADINGS.encode())
    return tiny


def read(root: Path, content: bytes, ask=None):
    return read_book(read_declarations(root), YEAR, "book.xlsx", content, ask)


def changes(root: Path, content: bytes) -> dict[str, bytes]:
    return change_files(read_declarations(root), read(root, content), YEAR)


def refused(root: Path, content: bytes) -> list[str]:
    with pytest.raises(DataError) as error:
        read(root, content)
    return [str(problem) for problem in error.value.problems]


def assert_begins(found: list[str], says: list[str]) -> None:
    assert len(found) == len(says), found
    assert [message[: len(begins)] for message, begins in zip(found, says, strict=True)] == says


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_of_yearbooks_is_read(known, layout):
    found = read(known.root, book_of(*LAYOUTS[layout])).figures
    assert {code: float(figure.value) for code, figure in found["turnover"].items()} == {"1": 30, "2": 1234.5, "3": 80}
    assert list(found) == ["turnover"]


def test_a_name_may_be_followed_by_the_same_in_latin_letters(known):
    known.edit("regions.csv", "N|Upper Tiny", "Βορράς|Upper Tiny")
    found = read(known.root, book_of({"A": PLAIN.replace("North |", "Βορράς Northern land |")})).figures["turnover"]
    assert found["1"].text == "30"


def test_what_excel_shows_as_percent_is_read_as_percent(known):
    def as_percent(book):
        for row, share in enumerate([0.55, 0.075, 1], start=2):
            book.worksheets[0].cell(row, 2, share).number_format = "0.0%"

    found = read(known.root, book_of({"A": "Region | Coverage (%)\nNorth\nSouth\nEast"}, as_percent)).figures[
        "coverage"
    ]
    assert [str(figure.value) for figure in found.values()] == ["55", "7.5", "100"]


@pytest.mark.parametrize(
    ("sheet", "change", "says"),
    [
        ("million crowns | North | 30 | South | 1,234.5O | East | 80", None, [
            'A!B3: found "1,234.5O"; expected a number; write a plain number such as 1234.5']),
        ("million crowns | North | 30 | South | 12,3 | East | -1", None, [
            'A!B3: found "12,3"; expected a number with a decimal point; write 12.3 if the comma is a decimal',
            'A!B4: found "-1"; expected 0 or more']),
        ("million crowns | North | 30 | Suoth | 5 | East | 80", None, [
            'A!A3: found "Suoth"; expected a region of data/regions.csv, or the name of a total; write South if that']),
        ("million crowns | North | 30 | | 5 | South | 5 | East | 80", None, [
            "A!A3: found figures without a name; expected a region"]),
        ("million crowns | North | 30 | South | 5", None, [
            "A!B1: found no row of East; expected a row for every evaluated region"]),
        ("million crowns | North | 30 | South | — | East | 80", None, [
            'A!B3: found "—"; expected the figure of South; fill it in; if it was not published, list South under']),
        ("million crowns | North | 30 | South | 5 | East | 80 | Southland Province | 6", None, [
            'A!B5: found "6"; expected "5" of A!B3, which is in the row of the same name']),
        ("million crowns | North | 30 | South | | East | 80", merge("B2:B3"), [
            'A!B2: found "30"; expected one cell for each region', 'A!B3: found ""; expected one cell for each']),
        ("million crowns | North | 30 | South | =B2*2 | East | 80", None, [
            'A!B3: found "=B2*2"; expected a number; open the book in Excel']),
        ("million crowns | Total | 1100 | North | 30 | South | 5 | East | 80", None, [
            'A!B2: found "1100"; expected the sum of the regions, 115, within 2; correct the figures']),
        ("million crowns | North | 3 | South | 5 | East | 8", hide("B"), [
            'A!B1: found a hidden column, "Turnover"; expected a column that shows']),
        ("crowns | North | 3 | South | 5 | East | 8", None, [
            'A!B1: found unit "crowns"; expected unit "million crowns" for turnover; correct it; if it is']),
    ],
)  # fmt: skip
def test_a_wrong_column_is_said_with_its_cell(known, sheet, change, says):
    unit, *cells = sheet.split("|")
    rows = "\n".join("|".join(cells[i : i + 2]) for i in range(0, len(cells), 2))
    content = book_of({"A": f"Region | Turnover ({unit.strip()})\n{rows}"}, change)
    assert_begins(refused(known.root, content), says)


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("Region | Turnover\nNorth | 3\nSouth | 5\nEast | 8", [
            'A!B1: found no unit for "Turnover"; expected the unit of the figures; write the unit']),
        (PLAIN.replace("Turnover", "Turnovers"), [
            ('A!B1: found a heading that is not known, "Turnovers"; expected a heading of data/import.yml; add under '
             'columns: - {sheet: "A", heading: "Turnovers", indicator: turnover, unit: "million crowns"}; or under')]),
        ("Region | Patents (patents)\nNorth | 3.5\nSouth | 5\nEast | 8", [
            'A!B2: found "3.5"; expected a whole number, for this is a count',
            'A!B4: found "8"; expected no figure of East; take East from not_published of patents']),
        (f"Trade, 2022\n{PLAIN}", [
            "book.xlsx: found no figures of 2023; expected figures of 2023; give the right YEAR, or correct"]),
        ("Region | Region | Turnover (million crowns)\nNorth | North | 3\nSouth | East | 5\nEast | East | 8", [
            'A!B3: found "East"; expected a name of "South", as in the same row']),
    ],
)  # fmt: skip
def test_a_wrong_table_is_said_with_its_cell(known, sheet, says):
    assert_begins(refused(known.root, book_of({"A": sheet})), says)


def test_what_is_no_workbook_is_refused(known):
    (message,) = refused(known.root, b"region,year\n")
    assert message.startswith("book.xlsx: found no workbook")
    assert "save it as .xlsx" in message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("  - {heading: A, indicator: turnovr}", '"turnovr"; expected an indicator with a file'),
        ("  - {heading: turn OVER, indicator: turnover}", '"turn OVER"; expected each heading of a sheet once'),
        ("  - {heading: A, indicator: turnover, unit: crowns}", '"crowns"; expected million crowns, or a factor; add'),
        ("  - {heading: A, indicator: turnover, factor: 0}", "0; expected a number above 0"),
    ],
)
def test_a_wrong_line_of_import_yml_is_found_by_every_check(known, line, says):
    known.edit("import.yml", "ignore:", f"{line}\nignore:")
    assert says in str(known.problem())
    assert says in refused(known.root, book_of({"A": PLAIN}))[0]


def test_a_person_is_asked_once_for_each_new_heading(known):
    asked = []

    def answer(column, near):
        asked.append((column.place, column.heading, column.unit, near[0].file))
        return Entry("") if column.heading == "Weather" else Entry("turnover", "crowns", Decimal("0.000001"))

    rows = "Region | Turnover, net (crowns) | Weather (days)\nNorth | 1 | 1\nSouth | 1 | 2\nEast | 1 | 3"
    found = read(known.root, book_of({"A": rows, "B": "Region | x"}), answer)
    assert asked[0] == ("A!B1", "Turnover, net", "crowns", "turnover")
    assert [place for place, *_ in asked] == ["A!B1", "A!C1"]
    assert found.answers == {
        "columns": (
            '  - {sheet: "A", heading: "Turnover, net", indicator: turnover, unit: "crowns", factor: 0.000001}',
        ),
        "ignore": ('  - {sheet: "A", heading: "Weather"}',),
    }
    no_year, no_table = found.notes
    assert no_year == "No year in titles and headings, taken as 2023: A"
    assert no_table == "Not read: B: no rows with figures of regions"


def test_a_total_of_which_a_part_is_in_no_region_becomes_a_control_total(known):
    rows = "Region | Turnover with abroad (million crowns)\nTotal | 170\nNorth | 30\nSouth | 45\nEast | 85"
    (total,) = read(known.root, book_of({"A": rows})).totals
    assert (total.total, total.known_gap, total.note) == (170, -10, "Sold abroad.")
    too_much = book_of({"A": rows.replace("170", "200")})
    assert refused(known.root, too_much)[0].startswith('A!B2: found "200"; expected the sum of the regions')


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book_of(WHOLE))
    return path


def test_import_adds_lines_and_changes_no_other(known, book):
    before = read_folder(known.root)
    done = run("import", "--root", known.root, book, YEAR)
    assert done.returncode == 0, said(done)
    assert "Not in book.xlsx: residents (Residents); import another book that has them" in done.stdout
    after = read_folder(known.root)
    changed = {name: (before[name].decode(), after[name].decode()) for name in before if before[name] != after[name]}
    added = {name: new.removeprefix(old) for name, (old, new) in changed.items() if new.startswith(old)}
    total = "  - {indicator: turnover, year: 2023, total: 160, tolerance: 2, source: office}\n"
    assert added == {
        "data/indicators/turnover.csv": "North,2023,30\nSouth,2023,45\nEast,2023,85\n",
        "data/indicators/patents.csv": "North,2023,6\nSouth,2023,4\nEast,2023,\n",
        "data/indicators/coverage.csv": "North,2023,55,%\nSouth,2023,75,%\nEast,2023,95,%\n",
    }
    sources, framework = changed["data/sources.yml"], changed["data/framework.yml"]
    years = sources[0].replace("Yearbook, years: 2021-2022", "Yearbook, years: 2021-2023")
    assert sources[1] == years.replace("survey, years: 2021-2022", "survey, years: 2021-2023") + total
    assert framework[1] == framework[0].replace("years: [2021, 2022]", "years: [2021, 2022, 2023]")
    # A second time, and a second book with what was not in the first.
    again = changes(known.root, book_of(WHOLE))
    assert again == {name: after[name] for name in again}
    rest = book_of({"A": "Region | Residents (thousand)\nNorth | 100\nSouth | 99\nEast | 200"})
    for file, content in changes(known.root, rest).items():
        known.write(file.removeprefix("data/"), content)
    assert read_project(known.root).framework.years == (2021, 2022, 2023)


def test_nothing_is_written_when_anything_is_wrong(known, book):
    """Also a figure of the year that is there already, and is another one."""
    known.append("indicators/patents.csv", "North,2023,7\n")
    before = read_folder(known.root)
    done = run("import", "--root", known.root, book, YEAR)
    assert done.returncode == 1
    assert 'data/indicators/patents.csv:8, column value: found "7"; expected "6", as in Skills!B2;' in done.stderr
    assert done.stderr.endswith("nothing was changed.\n")
    assert read_folder(known.root) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "wanted"),
    [
        ("framework.yml", "[2021, 2022]", "[2021,\n    2022]", "[2021,\n    2022, 2023]"),
        ("framework.yml", "[2021, 2022]", "[2021, 2022, 2024]", "[2021, 2022, 2023, 2024]"),
        ("framework.yml", "[2021, 2022]", "[2024]", "[2023, 2024]"),
        ("sources.yml", "Yearbook, years: 2021-2022", 'Yearbook, years: "2022"', 'years: "2022–2023"'),
        ("sources.yml", "Yearbook, years: 2021-2022", 'Yearbook, years: "2020"', 'years: "2020, 2023"'),
        ("sources.yml", "Yearbook, years: 2021-2022", "Yearbook, years: 2021-2024", "years: 2021-2024"),
    ],
)
def test_years_are_added_as_they_are_written(known, file, old, new, wanted):
    known.edit(file, old, new)
    assert wanted in changes(known.root, book_of(WHOLE))[f"data/{file}"].decode()


def test_a_list_that_lines_cannot_be_added_to_is_left_to_a_person(known):
    known.edit("framework.yml", "{years: [2021, 2022]}", "\n    years:\n      - 2021\n      - 2022")
    known.edit("import.yml", "other_rows: [Old provinces]\n", "")
    known.write("sources.yml", (known.root / "data/sources.yml").read_bytes().split(b"\ncontrol_totals")[0] + b"\n")
    known.append(
        "sources.yml", "control_totals: [{indicator: turnover, year: 2021, total: 80, tolerance: 0, source: office}]\n"
    )
    with pytest.raises(DataError) as error:
        changes(known.root, book_of(WHOLE))
    framework, sources = map(str, error.value.problems)
    assert "write years: [2021, 2022, 2023], then import again" in framework
    assert (
        "write the list with one item a line; or add there: - {indicator: turnover, year: 2023, total: 160" in sources
    )


@pytest.mark.parametrize("lists", ["", "control_totals: []\n"])
def test_a_list_is_begun_where_there_is_none(known, lists):
    known.write("sources.yml", (known.root / "data/sources.yml").read_bytes().split(b"\ncontrol_totals")[0] + b"\n")
    known.append("sources.yml", lists)
    assert (
        b"\ncontrol_totals:\n  - {indicator: turnover, year: 2023"
        in changes(known.root, book_of(WHOLE))["data/sources.yml"]
    )


@pytest.mark.parametrize(("source", "year"), [(TINY, 2023), (SECOND, 2032)])
def test_the_blank_workbook_is_read_back_without_any_mapping(tmp_path, source, year):
    """Filled in with the last values; what is not published stays a dash."""
    root = Path(shutil.copytree(source / "data", tmp_path / "data")).parent
    path = tmp_path / "form.xlsx"
    done = run("workbook", "--root", root, year, "--out", path)
    assert done.returncode == 0, said(done)
    assert run("workbook", "--root", root, year, "--out", path).returncode == 1
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet["A7"].protection.locked
        assert len(sheet.data_validations.dataValidation) * 2 == sheet.max_column - 1
        for column in range(3, sheet.max_column + 1, 2):
            assert not sheet.cell(7, column).protection.locked
            for row in range(7, sheet.max_row):
                last = sheet.cell(row, column - 1).value
                is_excluded = last == "—" and sheet.cell(row, 1).value == "Corsa"
                sheet.cell(row, column).value = 35 if is_excluded else last
    book.save(path)
    done = run("import", "--root", root, path, year)
    assert done.returncode == 0, said(done)
    assert "Not in" not in done.stdout
    assert (root / f"data/review/{year}.yml").read_text().endswith("decisions: []\n")
    done = run("confirm", "--root", root, "--name", "Office", "--all", "--reason", "Filled in as before.")
    assert done.returncode == 0, said(done)
    values = read_project(root).values.set_index(["indicator", "region", "year"])["value"]
    new, old = (values.xs(y, level="year").dropna().to_dict() for y in (year, year - 1))
    assert new == ({("waiting_time", "C3"): 35} if source == SECOND else {}) | old


def test_the_blank_workbook_shows_unit_definition_and_last_year(tiny_project):
    sheet = openpyxl.load_workbook(BytesIO(blank_workbook(tiny_project, YEAR)))["Size"]
    assert [row[:3] for row in sheet.iter_rows(min_row=1, max_row=7, values_only=True)] == [
        ("Size: 2023", None, None),
        ("Region", "turnover", None),
        (None, "Turnover", None),
        (None, "(million crowns)", None),
        (None, "What the firms of a region sell in a year. Invented.", None),
        (None, 2022, 2023),
        ("North", 20, None),
    ]
    assert sheet["A10"].value == "Total"


def test_on_a_terminal_the_command_asks_and_keeps_the_answer(tiny, book):
    tiny.write("import.yml", HEADINGS.replace("  - {heading: Patents, indicator: patents}\n", "").encode())
    ours, theirs = pty.openpty()
    command = [sys.executable, str(SCRIPT), "import", "--root", str(tiny.root), str(book), str(YEAR)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, b"patents\n")
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    assert 'Skills!B1: "Patents" patents is not in data/import.yml. It is:\n  1  patents, Patents, patents' in output
    line = '  - {sheet: "Skills", heading: "Patents", indicator: patents, unit: "patents"}\nignore:'
    assert line in (tiny.root / "data" / "import.yml").read_text()


@pytest.fixture
def inbox(known):
    """The tiny project with a workbook in its inbox, and what is imported from where."""
    folder = known.root / "data" / "inbox"
    folder.mkdir()
    (folder / "2023-yearbook.xlsx").write_bytes(book_of(WHOLE))
    return folder


def test_workbooks_of_the_inbox_are_imported_like_others(known, inbox, book, tmp_path):
    """Two books that complete each other; they stay where they are."""
    (inbox / "2023 homes.xlsx").write_bytes(book_of({"A": WHOLE["Homes"]}))
    (inbox / "2023-yearbook.xlsx").write_bytes(book_of({name: WHOLE[name] for name in ("Firms", "Skills")}))
    other = Path(shutil.copytree(TINY, tmp_path / "other"))
    (other / "data" / "import.yml").write_text(HEADINGS)
    assert run("import", "--root", other, book, YEAR).returncode == 0
    done = run("inbox", "--root", known.root)
    assert done.returncode == 0, said(done)
    assert "data/indicators/patents.csv: 2023 added\n" in done.stdout
    assert "data/inbox/: 2 workbooks imported; delete them from here" in done.stdout
    files = read_folder(known.root)
    assert {name: text for name, text in files.items() if "inbox" not in name} == read_folder(other)
    assert len(read_folder(inbox)) == 2


def test_nothing_of_the_inbox_is_written_when_anything_is_wrong(known, inbox):
    """Book and cell are named; the other book, which is sound, is not written either."""
    (inbox / "2024-firms.xlsx").write_bytes(book_of({"2024": PLAIN.replace("30", "3O")}))
    before = read_folder(known.root)
    done = run("inbox", "--root", known.root, env={"GITHUB_ACTIONS": "true"})
    assert done.returncode == 1
    problem = 'data/inbox/2024-firms.xlsx:2024!B2: found "3O"; expected a number'
    assert done.stderr.startswith(problem)
    assert f"::error file=data/inbox/2024-firms.xlsx::{problem}" in done.stderr
    assert read_folder(known.root) == before


@pytest.mark.parametrize(
    ("name", "found"),
    [("yearbook.xlsx", "a name without a year"), ("20231.xlsx", "a name without"), ("2023.docx", "a file or folder")],
)
def test_a_file_of_the_inbox_that_is_no_workbook_of_a_year_is_refused(known, inbox, name, found):
    (inbox / name).write_bytes(b"PK")
    done = run("inbox", "--root", known.root)
    assert done.returncode == 1
    assert done.stderr.startswith(f"data/inbox/{name}: found {found}")


def test_a_workbook_in_the_inbox_does_not_stop_reading_but_is_refused_in_the_end(known, inbox):
    """A pull request has it beside what was imported from it; a release has not."""
    assert read_project(known.root).framework.years == (2021, 2022)
    refused = "data/inbox/2023-yearbook.xlsx: found a workbook that waits to be imported; expected none; run make inbox"
    for command in (["check"], ["release", "open"]):
        done = run(*command, "--root", known.root)
        assert done.returncode == 1
        assert done.stderr.startswith(refused)
    accepted = run("check", "--root", known.root, "--inbox").stdout
    assert accepted == "data/inbox/2023-yearbook.xlsx: imported by the workflow; remove after import\n"
