"""Bring figures in: from workbooks, and from CSV files that Excel saved."""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from commands.shared import ROOT_OPTION, YEAR, ask_for, checked_project, command, report, run, tell
from regional_index.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regional_index.framework import Declarations
    from regional_index.read.workbook import Column, Declaration, Entry


@command()
@ROOT_OPTION
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def tidy(root: Path, files: tuple[Path, ...]) -> None:
    """Repair CSV files that Excel saved: byte-order mark, GBK, full-width digits, thousands separators.

    A file is changed only where that is certain; if one cannot be read, none is changed.
    """
    from regional_index.files import read_bytes, write_if_changed
    from regional_index.read import read_known_words, tidy_csv

    known = read_known_words(root)
    tidied, problems = {}, []
    for path in files:
        try:
            tidied[path] = tidy_csv(path.as_posix(), read_bytes(path), known)
        except DataError as error:
            problems += error.problems
    if problems:
        report(DataError(problems), "in these files")
    for path, content in tidied.items():
        tell(f"{path}: {'repaired' if write_if_changed(path, content) else 'nothing to repair'}")


@command("import")
@ROOT_OPTION
@click.argument("book", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("year", type=YEAR)
def import_book(root: Path, book: Path, year: int) -> None:
    """Read the figures of a year from a workbook into data/; nothing is written unless all is well."""
    from regional_index.files import read_bytes
    from regional_index.read import read_declarations

    declared = run(lambda: read_declarations(root))
    ask = (lambda column, near: _ask(declared, column, near)) if sys.stdin.isatty() else None
    try:
        said = _import(declared, book.name, read_bytes(book), year, ask)
    except DataError as error:
        report(error, f"in {book}")
    for line in said:
        tell(line)


@command()
@ROOT_OPTION
def inbox(root: Path) -> None:
    """Read every workbook of data/inbox/ into data/; its name begins with the year of its figures.

    Nothing is written unless all is well. The workbooks stay where they are.
    """
    from regional_index.files import mirror, read_folder, write_if_changed
    from regional_index.read import INBOX, list_inbox, read_declarations

    books, before = run(lambda: list_inbox(root)), read_folder(root / "data")
    said, problems = [], []
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        mirror(copy / "data", before)
        for file, year in books.items():
            try:
                said += _import(read_declarations(copy), file, before[file.removeprefix("data/")], year, None)
            except DataError as error:
                problems += [_in_book(problem, file) for problem in error.problems]
        after = read_folder(copy / "data")
    if problems:
        report(DataError(problems), f"in {INBOX}/")
    for path, content in after.items():
        write_if_changed(root / "data" / path, content)
    words = run(lambda: read_declarations(root)).words
    said.append(words["workbook.imported" if books else "workbook.none"].format(folder=f"{INBOX}/", count=len(books)))
    for line in said:
        tell(line)


@command()
@ROOT_OPTION
@click.argument("year", type=YEAR)
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="File to write; workbook-YEAR.xlsx by default."
)
def workbook(root: Path, year: int, out: Path | None) -> None:
    """Write the blank workbook for the figures of a year, which `import` reads."""
    from regional_index.files import write_if_changed
    from regional_index.read.workbook import blank_workbook

    path = out or root / f"workbook-{year}.xlsx"
    if path.exists():
        raise click.ClickException(f"{path}: found a file, which may be filled in; move it, or give another with --out")
    write_if_changed(path, blank_workbook(checked_project(root), year))
    tell(f"{path}: fill in the empty cells, then run: make import BOOK={path.name} YEAR={year}")


def _import(
    declared: "Declarations",
    name: str,
    content: bytes,
    year: int,
    ask: "Callable[[Column, Sequence[Declaration]], Entry] | None",
) -> list[str]:
    """Write the figures of a workbook into data/; return what was done, and what a person still has to know.

    Raises:
        DataError: Something is wrong with the book; nothing was written.
    """
    from regional_index.files import write_if_changed
    from regional_index.read.workbook import change_files, describe_rest, read_book

    found = read_book(declared, year, name, content, ask)
    changed = change_files(declared, found, year)
    written = [path for path, text in changed.items() if write_if_changed(declared.root / path, text)]
    return [*(f"{path}: {year} added" for path in written), *describe_rest(declared, found, name, year)]


def _in_book(problem: Problem, file: str) -> Problem:
    """A problem of a sheet or cell, with the name of the workbook; one of another file as it is."""
    if problem.file.startswith("data/"):
        return problem
    return replace(problem, file=file, place=problem.file)


def _ask(declared: "Declarations", column: "Column", near: "Sequence[Declaration]") -> "Entry":
    """Ask on the terminal what a heading is that data/import.yml does not have."""
    from regional_index.framework import site_name
    from regional_index.read.workbook import NEAREST, Entry, same_unit

    tell(f'{column.place}: "{column.heading}" {column.unit} is not in data/import.yml. It is:')
    for number, file in enumerate(near[:NEAREST], start=1):
        name = site_name(declared.framework.indicator(file.indicator).name)
        click.echo(f"  {number}  {file.indicator}, {name}, {file.unit}")
    tell("  0  none of the indicators: do not read it")
    choices = (
        {"0": None} | {file.indicator: file for file in near} | {str(n): f for n, f in enumerate(near[:NEAREST], 1)}
    )
    file = choices[ask_for("Number, or code of an indicator", type=click.Choice([*choices]), show_choices=False)]
    if file is None:
        return Entry("")
    unit = column.unit or ask_for("Its unit in the book", default=file.unit)
    if same_unit(unit, file.unit):
        return Entry(file.file, unit)
    factor = ask_for(
        f"Figures in {unit} are multiplied by what, to be in {file.unit}", type=click.FloatRange(min=0, min_open=True)
    )
    return Entry(file.file, unit, Decimal(repr(factor)))
