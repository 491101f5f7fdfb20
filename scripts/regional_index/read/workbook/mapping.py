"""`data/import.yml`: which heading of a workbook is which indicator, in which unit; and proposals for new headings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from regional_index.errors import DataError, Problem
from regional_index.files import read_bytes
from regional_index.framework import Framework, fold
from regional_index.read.indicator_files import Declaration
from regional_index.read.numbers import narrow
from regional_index.read.references import check_known
from regional_index.read.schemas import check_schema
from regional_index.read.workbook.tables import IMPORT, Column
from regional_index.read.yaml_edits import quoted
from regional_index.read.yaml_files import Document, load_yaml

NEAREST = 3
"""How many indicators are proposed for a new heading."""


@dataclass(frozen=True)
class Entry:
    """What the columns under a heading are.

    Attributes:
        file: Name of the file in `data/indicators/`; empty where the column is not read.
        unit: Unit in the book; empty where it must be that of the file.
        factor: What a figure is multiplied by to be in the unit of the file.
        unallocated: How much of the total may belong to no region, as a share of it, and why.
        line: Where it is declared, for messages.
    """

    file: str
    unit: str = ""
    factor: Decimal = Decimal(1)
    unallocated: tuple[float, str] | None = None
    line: str = IMPORT


@dataclass(frozen=True)
class Headings:
    """All that is known of the headings of workbooks.

    Attributes:
        entries: By folded name of the sheet (empty: any sheet) and folded heading.
        totals: Names of rows with totals, besides those of the language.
        other_rows: Names of further rows that are not read.
    """

    entries: Mapping[tuple[str, str], Entry]
    totals: tuple[str, ...] = ()
    other_rows: tuple[str, ...] = ()

    def find(self, column: Column) -> Entry | None:
        """The entry of a column; one for its sheet comes before one for any sheet."""
        heading = heading_key(column.heading)
        return self.entries.get((fold(column.sheet), heading)) or self.entries.get(("", heading))


def heading_key(heading: str) -> str:
    """A heading in the form by which headings are compared."""
    return fold(narrow(heading))


def read_headings(root: Path, declarations: Mapping[str, Declaration]) -> Headings:
    """Read `data/import.yml`; without that file no heading is known.

    Raises:
        DataError: It cannot be used; it carries every problem found.
    """
    path = root / IMPORT
    document = load_yaml(IMPORT, read_bytes(path) if path.is_file() else b"{}\n")
    problems = [*document.problems]
    if not problems:
        problems = check_schema(document, "import") or [*check_headings(document, declarations)]
    if problems:
        raise DataError(problems)
    data = document.data
    entries = {
        _key(given): Entry("", line=_line(document, "ignore", i)) for i, given in enumerate(data.get("ignore", ()))
    }
    for i, given in enumerate(data.get("columns", ())):
        entries[_key(given)] = _entry(document, i, given, declarations)
    return Headings(entries, tuple(data.get("totals", ())), tuple(data.get("other_rows", ())))


def check_headings(document: Document, declarations: Mapping[str, Declaration]) -> Iterator[Problem]:
    """A problem for each unknown indicator, each heading that is there twice, each other unit without a factor."""
    files = _files_by_name(declarations)
    columns = document.data.get("columns", ())
    paths = [("columns", i, "indicator") for i in range(len(columns))]
    yield from check_known(document, paths, files, "an indicator with a file in data/indicators/")
    seen: dict[tuple[str, str], int] = {}
    for part in ("columns", "ignore"):
        for i, given in enumerate(document.data.get(part, ())):
            line = document.line((part, i))
            first = seen.setdefault(_key(given), line)
            if first != line:
                remedy = f"remove it here or in line {first}"
                yield document.problem((part, i, "heading"), given["heading"], "each heading of a sheet once", remedy)
    for i, given in enumerate(columns):
        declared = files.get(given["indicator"])
        unit = given.get("unit", "")
        if declared and unit and not same_unit(unit, declared.unit) and "factor" not in given:
            remedy = f"add factor: what a figure in {unit} is multiplied by to be in {declared.unit}"
            yield document.problem(("columns", i, "unit"), unit, f"{declared.unit}, or a factor", remedy)


def _entry(document: Document, i: int, given: Mapping[str, Any], declarations: Mapping[str, Declaration]) -> Entry:
    unallocated = given.get("unallocated")
    return Entry(
        file=_files_by_name(declarations)[given["indicator"]].file,
        unit=given.get("unit", ""),
        # as it is written, for 0.0001 is no float
        factor=Decimal(document.raw[("columns", i, "factor")]) if "factor" in given else Decimal(1),
        unallocated=(float(unallocated["share"]), unallocated["note"]) if unallocated else None,
        line=_line(document, "columns", i),
    )


def _line(document: Document, part: str, i: int) -> str:
    return f"{IMPORT}, line {document.line((part, i))}"


def _key(given: Mapping[str, Any]) -> tuple[str, str]:
    return fold(given.get("sheet", "")), heading_key(given["heading"])


def _files_by_name(declarations: Mapping[str, Declaration]) -> dict[str, Declaration]:
    """Declarations by the code of the indicator that describes them, and by the name of the file."""
    return {declared.indicator: declared for declared in declarations.values()} | dict(declarations)


def same_unit(unit: str, other: str) -> bool:
    """Whether two units are the same but for case, spaces and full-width letters."""
    return heading_key(unit) == heading_key(other)


def propose(column: Column, framework: Framework, declarations: Mapping[str, Declaration]) -> list[str]:
    """All indicator files, those whose names are nearest to a heading first; the same unit counts a little."""

    def likeness(declared: Declaration) -> float:
        indicator = framework.indicator(declared.indicator)
        names = [declared.file, *indicator.name.values()]
        near = max(_likeness(column.labels[-1], name) for name in names)
        return near + 0.1 * same_unit(column.unit, declared.unit)

    return sorted(declarations, key=lambda file: -likeness(declarations[file]))


def _likeness(heading: str, name: str) -> float:
    heading, name = heading_key(heading), heading_key(name)
    return SequenceMatcher(None, heading, name).ratio() + (heading in name or name in heading)


def write_entry(column: Column, entry: Entry, declarations: Mapping[str, Declaration]) -> str:
    """The line of `data/import.yml` that says what a column is."""
    place = f"sheet: {quoted(column.sheet)}, heading: {quoted(column.heading)}"
    if not entry.file:
        return f"  - {{{place}}}"
    declared = declarations[entry.file]
    unit = quoted(entry.unit or column.unit or declared.unit)
    factor = "" if entry.factor == 1 else f", factor: {entry.factor:f}"
    return f"  - {{{place}, indicator: {declared.indicator}, unit: {unit}{factor}}}"
