"""Figures of one year in a workbook: each with its region, in the unit of its file; and the totals of all regions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.framework import ControlTotal, Declarations, fold
from regional_index.model import write_number
from regional_index.read.checks.cells import check_indicator_cells
from regional_index.read.csv_files import TextTable
from regional_index.read.indicator_files import Declaration, declare_files
from regional_index.read.numbers import GROUPED, LONGEST, PLAIN, explain_number, narrow
from regional_index.read.workbook.mapping import (
    Entry,
    Headings,
    heading_key,
    propose,
    read_headings,
    same_unit,
    write_entry,
)
from regional_index.read.workbook.sheets import read_sheets
from regional_index.read.workbook.tables import IMPORT, TOTAL, Column, Names, Value, find_columns

Ask = Callable[[Column, Sequence[Declaration]], Entry]
"""Asks a person what a column is; given are the nearest files."""


@dataclass(frozen=True)
class Figure:
    """A figure in the unit of its file, or `None` where the book says that there is none; and where it is."""

    place: str
    value: Decimal | None
    text: str


@dataclass(frozen=True)
class Book:
    """What was found in a workbook for one year.

    Attributes:
        figures: By file and code of the region, evaluated regions only.
        totals: The totals of all regions, as control totals.
        absent: Files that should have the year, and are not in the book.
        answers: Lines for `data/import.yml`, by the list they belong to.
        notes: What was not read, and sheets that say no year, for people.
        declarations: What every file must hold once it has the year.
    """

    figures: Mapping[str, Mapping[str, Figure]]
    totals: tuple[ControlTotal, ...]
    absent: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    declarations: Mapping[str, Declaration]


def read_book(declared: Declarations, year: int, book: str, content: bytes, ask: Ask | None = None) -> Book:
    """Read the figures of a year from a workbook.

    Args:
        declared: What people decided so far; the year need not be among those of the framework.
        year: The data year.
        book: Name of the workbook, for messages.
        content: Its bytes.
        ask: How a person is asked about a heading that is not in `data/import.yml`; without it, that is a problem.

    Raises:
        DataError: Something is wrong; it carries every problem found, each with sheet and cell.
    """
    years = tuple(sorted({*declared.framework.years, year}))
    declarations = declare_files(replace(declared.framework, years=years))
    headings = read_headings(declared.root, declarations)
    reader = _Reader(declared, declarations, headings, year, ask)
    names = _names(declared, declarations, headings)
    for sheet in read_sheets(book, content):
        columns, problems = ([], []) if sheet.is_hidden else find_columns(sheet, names)
        reader.problems += problems
        reader.strays[sheet.title] = len(problems)
        if not columns:
            why = "a hidden sheet" if sheet.is_hidden else "no rows with figures of regions"
            reader.notes.append(f"Not read: {sheet.title}: {why}")
        for column in columns:
            reader.take(column, names)
    return reader.finish(book)


def _names(declared: Declarations, declarations: Mapping[str, Declaration], headings: Headings) -> Names:
    words = {key: declared.words[f"workbook.{key}"].split("|") for key in ("totals", "other_rows", "missing")}
    members = [member for group in declared.framework.groups for member in group.order]
    others = [form.format(group=member) for member in members for form in words["other_rows"]]
    units = [*(file.unit for file in declarations.values()), *(entry.unit for entry in headings.entries.values())]
    return Names(
        regions=declared.regions,
        totals=_folded([*words["totals"], *headings.totals]),
        other_rows=_folded([*others, *headings.other_rows]),
        missing=_folded([*words["missing"], ""]),
        units=_folded(unit for unit in units if unit),
        unit_word=declared.words["workbook.unit"],
        year_word=declared.words["workbook.year"],
    )


def _folded(names: Sequence[str] | Iterator[str]) -> frozenset[str]:
    return frozenset(fold(narrow(name)) for name in names)


@dataclass
class _Reader:
    """Takes the columns of a book one after the other and gathers figures and problems."""

    declared: Declarations
    declarations: Mapping[str, Declaration]
    headings: Headings
    year: int
    ask: Ask | None
    figures: dict[str, dict[str, Figure]] = field(default_factory=dict)
    heads: dict[str, tuple[Column, Entry]] = field(default_factory=dict)
    hidden: list[tuple[Column, Entry]] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    answered: dict[tuple[str, str], Entry | None] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    strays: dict[str, int] = field(default_factory=dict)

    def take(self, column: Column, names: Names) -> None:
        """Read a column, if it is of the year and known."""
        own = [label for label in column.labels if label in self.declarations]
        entry = Entry(own[0]) if own else self.headings.find(column)
        if column.year not in (None, self.year):
            if entry:
                self.others[entry.file] = f"{column.place} is of {column.year}"
        elif column.is_hidden:
            self.notes.append(f'Not read: {column.place}: a hidden column, "{column.heading}"')
            self.hidden += [(column, entry)] if entry and entry.file else []
        elif (entry := entry or self._asked(column)) and entry.file:
            self._read(column, entry, names)

    def _asked(self, column: Column) -> Entry | None:
        """What a person says that a column is, or a problem with the lines to add; each heading once."""
        key = (column.sheet, heading_key(column.heading))
        if key not in self.answered:
            near = propose(column, self.declared.framework, self.declarations)
            self.answered[key] = self.ask(column, [self.declarations[file] for file in near]) if self.ask else None
            if entry := self.answered[key]:
                part = "columns" if entry.file else "ignore"
                self.answers.setdefault(part, []).append(write_entry(column, entry, self.declarations))
            else:
                lines = [write_entry(column, Entry(file), self.declarations).strip() for file in (near[0], "")]
                remedy = f"add under columns: {lines[0]}; or under ignore: {lines[1]}"
                found, expected = f'a heading that is not known, "{column.heading}"', f"a heading of {IMPORT}"
                self.problems.append(Problem(column.place, "", found, expected, remedy))
        return self.answered[key]

    def _read(self, column: Column, entry: Entry, names: Names) -> None:
        self.problems += _check_unit(column, entry, self.declarations[entry.file])
        is_share = same_unit(column.unit or entry.unit, "%")
        figures: list[tuple[str, Figure]] = []
        for value in column.values:
            number, wrong = _number(value, names, is_share=is_share)
            if wrong:
                self.problems.append(Problem(value.place, "", f'"{value.text}"', *wrong))
                self.refused.add((entry.file, value.row))
            elif value.row == TOTAL or value.row in self.declared.regions.evaluated:
                scaled = None if number is None else number * entry.factor
                figures.append((value.row, Figure(value.place, scaled, value.text)))
        if any(figure.value is not None for _, figure in figures):
            self.heads.setdefault(entry.file, (column, entry))
            if column.year is None:
                self.notes.append(f"No year in titles and headings, taken as {self.year}: {column.sheet}")
            for row, figure in figures:
                self._put(self.figures.setdefault(entry.file, {}), row, figure)

    def _put(self, known: dict[str, Figure], row: str, figure: Figure) -> None:
        """Take a figure; another one of the same region is a problem."""
        first = known.get(row)
        if first is None or first.value is None:
            known[row] = figure
        elif figure.value not in (None, first.value):
            expected = f'"{first.text}" of {first.place}, which is in the row of the same name'
            remedy = "correct or ignore one of them"
            self.problems.append(Problem(figure.place, "", f'"{figure.text}"', expected, remedy))

    def finish(self, book: str) -> Book:
        """Check what was read as a whole."""
        for column, entry in self.hidden:
            if entry.file not in self.figures:
                expected = f"a column that shows, as {entry.line} names it"
                remedy = f"show it if it is right, or put the heading under ignore in {IMPORT}"
                found = f'a hidden column, "{column.heading}"'
                self.problems.append(Problem(column.place, "", found, expected, remedy))
        totals = [total for file in self.figures for total in self._check_file(file)]
        due = [file for file, declared in self.declarations.items() if self.year in declared.years]
        absent = tuple(file for file in due if file not in self.figures)
        if not self.figures and not self.problems:
            remedy = "; ".join(["give the right YEAR, or correct titles and headings", *self.others.values()])
            self.problems.append(Problem(book, "", f"no figures of {self.year}", f"figures of {self.year}", remedy))
        if self.problems:
            self.problems += self._lines_to_keep(book)
            raise DataError(self.problems)
        evaluated = self.declared.regions.evaluated
        return Book(
            figures={
                file: {code: found[code] for code in evaluated if code in found} for file, found in self.figures.items()
            },
            totals=tuple(totals),
            absent=absent,
            answers={part: tuple(lines) for part, lines in self.answers.items()},
            notes=(*dict.fromkeys(self.notes), *(f"Not read: {self.others[f]}" for f in absent if f in self.others)),
            declarations=self.declarations,
        )

    def _lines_to_keep(self, book: str) -> Iterator[Problem]:
        """What was answered, so that it need not be asked again."""
        for part, lines in self.answers.items():
            found = f"{len(lines)} new heading(s), answered just now"
            remedy = f"to keep the answers, add under {part}: {' '.join(line.strip() for line in lines)}"
            yield Problem(book, "", found, f"them in {IMPORT}", remedy)

    def _check_file(self, file: str) -> Iterator[ControlTotal]:
        """Check the figures of a file against what is declared of it; its control total, if the book has one."""
        declared, found, (head, entry) = self.declarations[file], self.figures[file], self.heads[file]
        if self.year not in declared.years:
            expected = f"a year of {file}: {', '.join(map(str, declared.years))}"
            remedy = f"add it to years of {declared.indicator} in data/framework.yml, or ignore the heading in {IMPORT}"
            self.problems.append(Problem(head.place, "", f"figures of {self.year}", expected, remedy))
        self.problems += self._check_complete(declared, found, head)
        self.problems += _check_kind(declared, found)
        total = found.get(TOTAL)
        owner = self.declared.framework.indicators.get(file)
        is_sum = owner and declared.kind in ("count", "amount") and owner.per is None
        due = [code for code in self.declared.regions.evaluated if (code, self.year) not in declared.not_published]
        is_whole = all(code in found and found[code].value is not None for code in due)
        if is_sum and is_whole and total and total.value is not None:
            yield from self._check_total(declared, found, total, entry)

    def _check_complete(self, declared: Declaration, found: Mapping[str, Figure], head: Column) -> Iterator[Problem]:
        """A problem for each region without a figure that should have one, and the other way round."""
        key = f"not_published of {declared.indicator} in data/framework.yml"
        absent: list[str] = []
        for code in self.declared.regions.evaluated:
            name, figure = self.declared.regions[code].name, found.get(code)
            is_gap = (code, self.year) in declared.not_published
            if is_gap and figure and figure.value is not None:
                remedy = f"take {name} from {key}, or empty the cell"
                yield Problem(figure.place, "", f'"{figure.text}"', f"no figure of {name}", remedy)
            if is_gap or (figure and figure.value is not None) or (declared.file, code) in self.refused:
                continue
            if figure:
                remedy = f"fill it in; if it was not published, list {name} under {key}"
                yield Problem(figure.place, "", f'"{figure.text}"', f"the figure of {name}", remedy)
            else:
                absent.append(name)
        if len(absent) > self.strays[head.sheet]:  # a row whose name is unknown may be any of them
            remedy = f"add the rows, or show hidden ones; if nothing was published, list the regions under {key}"
            yield Problem(head.place, "", f"no row of {', '.join(absent)}", "a row for every evaluated region", remedy)

    def _check_total(
        self, declared: Declaration, found: Mapping[str, Figure], total: Figure, entry: Entry
    ) -> Iterator[ControlTotal]:
        """The control total, if the regions add up to it but for rounding and what is declared to be in no region."""
        assert total.value is not None
        values = [figure.value for row, figure in found.items() if row != TOTAL and figure.value is not None]
        # Each figure is rounded to its last digit; numbers that end in 0 show fewer digits than the others.
        digit = min(value.normalize().as_tuple().exponent for value in values)
        half = Decimal((0, (5,), int(digit) - 1))
        last = Decimal((0, (5,), int(min(total.value.normalize().as_tuple().exponent, 0)) - 1)) * entry.factor
        tolerance = half * len(values) + max(half, last)
        gap = sum(values, Decimal(0)) - total.value
        known: dict = {}
        if abs(gap) > tolerance:
            share, note = entry.unallocated or (0, "")
            if not -Decimal(str(share)) * total.value <= gap < 0:
                expected = f"the sum of the regions, {_plain(total.value + gap)}, within {_plain(tolerance)}"
                remedy = "correct the figures; if a part of the total is of no region, say so: "
                remedy += f"unallocated: {{share: 0.1, note: …}} for the heading in {IMPORT}"
                self.problems.append(Problem(total.place, "", f'"{total.text}"', expected, remedy))
                return
            known = {"known_gap": float(gap), "note": note}
        source = self.declared.framework.indicator(declared.indicator).source
        yield ControlTotal(declared.file, self.year, float(total.value), float(tolerance), source, **known)


def _check_unit(column: Column, entry: Entry, declared: Declaration) -> Iterator[Problem]:
    unit = entry.unit or declared.unit
    if not column.unit and not entry.unit:
        remedy = f"write the unit above the figures, or as unit in {entry.line}"
        yield Problem(column.place, "", f'no unit for "{column.heading}"', "the unit of the figures", remedy)
    elif column.unit and not same_unit(column.unit, unit):
        remedy = f"correct it; if it is right, write it with its factor to {declared.unit} in {entry.line}"
        yield Problem(column.place, "", f'unit "{column.unit}"', f'unit "{unit}" for {declared.indicator}', remedy)


def _number(value: Value, names: Names, *, is_share: bool) -> tuple[Decimal | None, tuple[str, str] | None]:
    """A cell as a number, `None` where there is no figure; or what was expected, and what to do."""
    if value.is_merged:
        return None, ("one cell for each region", "split the cell, and fill in each")
    if names.is_missing(value.text):
        return None, None
    if value.text.startswith("="):
        return None, ("a number", "open the book in Excel or LibreOffice and save it, so that it is computed")
    plain = narrow(value.text).strip()
    plain = plain.removesuffix("%").strip() if is_share else plain
    plain = plain.replace(",", "") if GROUPED.fullmatch(plain) else plain
    if PLAIN.fullmatch(plain) and len(plain) <= LONGEST:
        return Decimal(plain), None
    return None, explain_number(value.text, "")


def _check_kind(declared: Declaration, found: Mapping[str, Figure]) -> Iterator[Problem]:
    """What the checks of an indicator file say of the figures, with sheet and cell."""
    figures = [figure for figure in found.values() if figure.value is not None]
    cells = pd.DataFrame(
        {"region": "x", "year": "2000", "value": [write_figure(figure) for figure in figures]},
        index=[figure.place for figure in figures],
        dtype="str",
    )
    for problem in check_indicator_cells(TextTable("", cells), declared):
        yield replace(problem, file=problem.place.removesuffix(", column value"), place="")


def write_figure(figure: Figure) -> str:
    """A figure as CSV files have it; nothing where there is none."""
    return "" if figure.value is None else _plain(figure.value)


def _plain(value: Decimal) -> str:
    text = write_number(float(value))
    return f"{Decimal(text):f}" if "e+" in text else text
