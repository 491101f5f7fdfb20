"""Which files of `data/` are read, which are refused, and what becomes of all others."""

import os
from pathlib import Path

import pytest

from regional_index.read import read_project, source_files

TURNOVER = "indicators/turnover.csv"
PATH = "data/indicators/turnover.csv"
SYSTEM_FILES = [
    ".DS_Store", "indicators/.DS_Store", "indicators/._turnover.csv", "indicators/.~lock.turnover.csv#",
    "indicators/~$turnover.csv", "~$book.xlsx", "indicators/Thumbs.db", "published/desktop.ini",
    "indicators/.ipynb_checkpoints/turnover.xlsx",
]  # fmt: skip


def test_a_project_knows_the_files_that_were_read(tiny_project, tiny):
    files = sorted(path for path in (tiny.root / "data").rglob("*") if path.is_file())
    assert tiny_project.files == {path.relative_to(tiny.root / "data").as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("file", [*SYSTEM_FILES, "notes.txt", "published/2021.yml"])
def test_what_nobody_reads_is_no_file_of_the_project(tiny, tiny_project, file):
    path = tiny.root / "data" / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\x00\xff")
    assert read_project(tiny.root).files == tiny_project.files


def test_a_link_that_nobody_reads_is_no_file_of_the_project(tiny, tiny_project, tmp_path):
    secret = tmp_path / "secret.yml"
    secret.write_text("a: b\n")
    (tiny.root / "data/published/old.yml").symlink_to(secret)
    assert read_project(tiny.root).files == tiny_project.files


@pytest.mark.parametrize("file", ["book.xlsx", "indicators/turnover.XLSX", "indicators/book.ods", "published/old.xls"])
def test_a_workbook_is_refused_with_a_way_to_bring_its_figures_in(tiny, file):
    tiny.write(file, b"PK\x03\x04")
    problem = tiny.problem()
    assert (problem.file, problem.found) == (f"data/{file}", "a workbook, which is not read")
    assert problem.remedy == f"move it out of data/, then run: make import BOOK={file.rpartition('/')[2]} YEAR=…"


@pytest.mark.parametrize("name", ["patents.CSV", "patents.txt", "patents", "patents.csv~"])
def test_what_is_no_csv_among_the_indicators_is_refused(tiny, name):
    tiny.write(f"indicators/{name}", b"region,year,value\n")
    problem = tiny.problem()
    assert (problem.file, problem.expected) == (f"data/indicators/{name}", "files that end in .csv")


def test_a_folder_among_the_indicators_is_refused(tiny):
    (tiny.root / "data/indicators/2023").mkdir()
    assert tiny.problem().file == "data/indicators/2023"


FILES = [TURNOVER, "regions.csv", "framework.yml", "words.yml", "published/2022.yml"]


@pytest.mark.parametrize("file", FILES)
def test_a_link_that_leaves_the_project_is_refused(tiny, tmp_path, file):
    path = tiny.root / "data" / file
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    problem = tiny.problem()
    assert (problem.file, problem.found) == (f"data/{file}", "a path or link that leads out of its folder")
    assert problem.remedy == "put a copy of the file in its place"


def test_a_folder_that_is_a_link_out_of_the_project_is_refused(tiny, tmp_path):
    folder = tiny.root / "data/indicators"
    folder.rename(tmp_path / "indicators")
    folder.symlink_to(tmp_path / "indicators")
    assert {problem.found for problem in tiny.problems()} == {"a path or link that leads out of its folder"}
    assert len(tiny.problems()) == 4


def test_a_link_within_the_project_is_read(tiny):
    path = tiny.root / PATH
    path.rename(tiny.root / "turnover.csv")
    path.symlink_to(Path("..") / ".." / "turnover.csv")
    assert tiny.problems() == ()
    assert TURNOVER in read_project(tiny.root).files


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def make_circle(path: Path) -> None:
    path.symlink_to(path.name)


def make_link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("make", "found"),
    [
        (make_folder, "a folder"),
        (make_pipe, "a pipe or device"),
        (make_link_to_nothing, "a link to a file that is not there"),
        (make_circle, "a path that leads nowhere"),
        (make_link_to_device, "a path or link that leads out of its folder"),
    ],
)
def test_what_is_no_regular_file_is_refused_without_being_opened(tiny, file, make, found):
    """Opening a pipe would wait for ever."""
    tiny.remove(file)
    make(tiny.root / "data" / file)
    problem = tiny.problem()
    assert problem.file == f"data/{file}"
    assert problem.found.startswith(found)
    assert problem.remedy


def test_a_file_without_the_right_to_read_it_is_refused(tiny, monkeypatch):
    """Root may read everything, so that only the answer of the disk can be put in its place."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(source_files, "read_bytes", refuse)
    assert {problem.found for problem in tiny.problems()} == {"no right to read it"}
