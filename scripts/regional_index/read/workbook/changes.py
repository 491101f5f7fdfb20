"""What the figures of a new year change in `data/`: rows and lines are added, and nothing else is touched."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from regional_index.errors import DataError, Problem
from regional_index.files import read_bytes
from regional_index.framework import ControlTotal, Declarations, site_name
from regional_index.model import write_number
from regional_index.read.csv_files import load_table
from regional_index.read.indicator_files import INDICATOR_COLUMNS, indicator_path
from regional_index.read.numbers import is_plain_number
from regional_index.read.references import find_region
from regional_index.read.review import review_path, write_review
from regional_index.read.source_files import read_source
from regional_index.read.workbook.figures import Book, Figure, write_figure
from regional_index.read.workbook.tables import IMPORT
from regional_index.read.yaml_edits import FRAMEWORK, SOURCES, add_items, quoted
from regional_index.read.yaml_files import load_yaml


def change_files(declared: Declarations, book: Book, year: int) -> dict[str, bytes]:
    """New content of every file that the figures change, by its path below the project.

    Raises:
        DataError: A file has another figure for a region and the year already, or cannot be edited with certainty.
    """
    problems: list[Problem] = []
    changed: dict[str, bytes] = {}
    for file, figures in book.figures.items():
        path = indicator_path(file)
        content = read_source(declared.root, path) if (declared.root / path).is_file() else b"region,year,value\n"
        changed[path] = _add_rows(declared, path, content, figures, year, book.declarations[file].unit, problems)
    changed[FRAMEWORK] = _add_year(read_source(declared.root, FRAMEWORK), year, problems)
    codes = {book.declarations[file].indicator for file in book.figures}
    ids = {declared.framework.indicator(code).source for code in codes}
    sources = _extend_years(declared, read_source(declared.root, SOURCES), year, ids)
    known = {(total.indicator, total.year): total.total for total in declared.control_totals}
    new = [total for total in book.totals if known.get((total.indicator, total.year)) != total.total]
    for total in new:
        if (total.indicator, total.year) in known:
            found = f"{total.indicator}, {year}: a total of {write_number(known[total.indicator, total.year])}"
            remedy = "correct it here or in the book"
            problems.append(Problem(SOURCES, "", found, f"{write_number(total.total)}, as in the book", remedy))
    changed[SOURCES] = add_items(SOURCES, sources, "control_totals", [_total_lines(total) for total in new], problems)
    review = review_path(year)
    if year not in declared.framework.years and not (declared.root / review).exists():
        changed[review] = write_review((), declared.regions, declared.words["review.comment"].format(year=year))
    if book.answers:
        path = declared.root / IMPORT
        content = read_bytes(path) if path.is_file() else b""
        for part, lines in book.answers.items():
            content = add_items(IMPORT, content, part, lines, problems)
        changed[IMPORT] = content
    if problems:
        raise DataError(problems)
    return changed


def describe_rest(declared: Declarations, book: Book, name: str, year: int) -> list[str]:
    """What a person still has to know: indicators that the book has not, and what of it was not read."""
    codes = [book.declarations[file].indicator for file in book.absent]
    absent = [f"{code} ({site_name(declared.framework.indicator(code).name)})" for code in codes]
    said = [f"{name}: {len(book.figures)} of {len(book.figures) + len(absent)} indicators for {year}."]
    if absent:
        remedy = f"import another book that has them; what was not published in {year} lists its years under `years`"
        said.append(f"Not in {name}: {', '.join(absent)}; {remedy} in {FRAMEWORK}.")
    return [*said, *book.notes]


def _add_rows(
    declared: Declarations,
    path: str,
    content: bytes,
    figures: Mapping[str, Figure],
    year: int,
    unit: str,
    problems: list[Problem],
) -> bytes:
    """The CSV with the rows of the year that it lacks at its end, regions in the order of the year before."""
    table = load_table(path, content, INDICATOR_COLUMNS, ("unit",))
    if table.cells is None or table.problems:
        problems += table.problems
        return content
    codes = table.cells["region"].map(lambda name: find_region(declared.regions, name, evaluated=False)[0])
    is_new = table.cells["year"] == str(year)
    there = dict(zip(codes[is_new], table.cells[is_new].itertuples(), strict=True))
    for code in there.keys() & figures.keys():
        line, value, new = there[code].Index, there[code].value, write_figure(figures[code])
        if value != new and not (is_plain_number(value) and new and float(value) == float(new)):
            remedy = "correct the book, or delete the line and import again"
            expected = f'"{new}", as in {figures[code].place}'
            problems.append(Problem(path, f"{line}, column value", f'"{value}"', expected, remedy))
    last = table.cells["year"].where(~is_new).max()
    names = dict(zip(codes, table.cells["region"], strict=True))
    order = [*codes[table.cells["year"] == last], *figures]
    rows = io.StringIO()
    writer = csv.DictWriter(rows, list(table.cells.columns), lineterminator="\r\n" if b"\r\n" in content else "\n")
    for code in dict.fromkeys(order):
        # A region that never publishes has an empty row if it had one before.
        if code in figures and code not in there and (figures[code].value is not None or code in names):
            name = names.get(code, declared.regions[code].name)
            row = {"region": name, "year": year, "value": write_figure(figures[code]), "unit": unit}
            writer.writerow({column: row[column] for column in table.cells.columns})
    return content + rows.getvalue().encode()


def _add_year(content: bytes, year: int, problems: list[Problem]) -> bytes:
    """The framework with the year among those of the open series."""
    document = load_yaml(FRAMEWORK, content)
    years = document.data["series"]["open"]["years"]
    if year in years:
        return content
    wanted = sorted([*years, year])
    place = wanted.index(year)
    neighbour, new = (
        (wanted[place - 1], f"{wanted[place - 1]}, {year}") if place else (wanted[1], f"{year}, {wanted[1]}")
    )
    lines = content.decode().splitlines(keepends=True)
    start = document.line(("series", "open", "years")) - 1
    rest = re.sub(rf"(\byears:[^\]]*?)\b{neighbour}\b", rf"\g<1>{new}", "".join(lines[start:]), count=1)
    edited = ("".join(lines[:start]) + rest).encode()
    if load_yaml(FRAMEWORK, edited).data["series"]["open"]["years"] != wanted:
        remedy = f"write years: [{', '.join(map(str, wanted))}], then import again"
        problems.append(document.problem(("series", "open", "years"), years, f"the year {year} among them", remedy))
        return content
    return edited


def _extend_years(declared: Declarations, content: bytes, year: int, ids: set[str]) -> bytes:
    """The sources with the year in what they say of their years, where it is not in it already."""
    document = load_yaml(SOURCES, content)
    lines = content.decode().splitlines(keepends=True)
    for i, source in enumerate(document.data["sources"]):
        named = [int(number) for number in re.findall(r"\d{4}", source["years"])]
        if source["id"] in ids and named and year > max(named):
            number = document.line(("sources", i, "years")) - 1
            head, key, tail = lines[number].rpartition("years:")
            new = _with_year(source["years"], named, year, declared.words)
            lines[number] = head + key + tail.replace(source["years"], new, 1)
    return "".join(lines).encode()


def _with_year(text: str, named: Sequence[int], year: int, words: Mapping[str, str]) -> str:
    """Years as text with one more at the end: the range goes on, or the year is added to the list."""
    if year > named[-1] + 1:
        return f"{text}{words['list.separator']}{year}"
    before, _, after = text.rpartition(str(named[-1]))
    is_range = re.search(r"\d{4}\s*[-–—]\s*$", before)
    return f"{before}{year if is_range else words['list.range'].format(first=named[-1], last=year)}{after}"


def _total_lines(total: ControlTotal) -> str:
    fields = {
        "indicator": total.indicator,
        "year": total.year,
        "total": write_number(total.total),
        "tolerance": write_number(total.tolerance),
        "source": total.source,
    }
    if not total.note:
        return f"  - {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}"
    fields |= {"known_gap": write_number(total.known_gap), "note": quoted(total.note)}
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in fields.items())
