"""Tables of a sheet: columns of figures with heading, unit and year, each figure with the region of its own row."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from regional_index.errors import LookupFailed, Problem
from regional_index.framework import Regions, fold
from regional_index.read.numbers import narrow
from regional_index.read.references import find_region
from regional_index.read.workbook.sheets import Place, Sheet, is_number

_FOOTNOTE_MARKS = re.compile(r"[*①-⑳¹²³⁴-⁹]+$")
# a name in another script is often followed by the same name in Latin letters
_LATIN_END = re.compile(r"(?<=[^\x00-\x7f])\s*[A-Za-z][A-Za-z' .-]*$")
_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)$")
IMPORT = "data/import.yml"
TOTAL, OTHER = "total", "other"


@dataclass(frozen=True)
class Names:
    """What the labels of a yearbook's tables mean.

    Attributes:
        regions: All regions.
        totals: Folded names of rows that hold the total of all regions.
        other_rows: Folded names of further rows that hold figures, such as subtotals.
        missing: Folded signs for a figure that was not published.
        units: Folded units that are known.
        unit_word: What a line such as "Unit: million" begins with, as a regular expression.
        year_word: What may follow a year, as a regular expression.
    """

    regions: Regions
    totals: frozenset[str]
    other_rows: frozenset[str]
    missing: frozenset[str]
    units: frozenset[str]
    unit_word: str
    year_word: str

    def row_of(self, label: str) -> str:
        """Code of the region of a row, `total`, `other`, or nothing where the label is unknown."""
        name = _FOOTNOTE_MARKS.sub("", narrow(label)).strip()
        if is_number(name):  # it may be the code of a region, but also a figure
            return ""
        for known in dict.fromkeys((name, _LATIN_END.sub("", name))):
            try:
                return self.regions.find(known).code
            except LookupFailed:
                if fold(known) in self.totals:
                    return TOTAL
                if fold(known) in self.other_rows:
                    return OTHER
        return ""

    def is_missing(self, text: str) -> bool:
        """Whether a cell says that there is no figure."""
        return fold(narrow(text)).strip("–—") in self.missing

    def year_in(self, text: str) -> int | None:
        """The year that a text is and nothing else; of a date, its year."""
        match = re.fullmatch(rf"\(?((?:19|20)\d\d)(?:-\d\d-\d\d|\s*(?:{self.year_word}))?\)?", narrow(text).strip())
        return int(match[1]) if match else None

    def years_in(self, text: str) -> list[int]:
        """Every year that a text names."""
        return [int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", narrow(text))]


@dataclass(frozen=True)
class Value:
    """A cell with a figure: where it is, its text, the region of its row or `total`."""

    place: str
    text: str
    row: str
    is_merged: bool = False


@dataclass(frozen=True)
class Column:
    """A column of figures.

    Attributes:
        sheet: Name of its sheet.
        place: Its lowest heading, as sheet and cell.
        labels: Headings above it without unit and year, from the top; the title of the table where there is none.
        unit: The unit as the book has it; empty where it has none.
        year: The year of its figures, if any heading, title or the name of the sheet says it.
        is_hidden: Whether Excel shows it.
        values: Its figures, from the top.
    """

    sheet: str
    place: str
    labels: tuple[str, ...]
    unit: str
    year: int | None
    is_hidden: bool
    values: tuple[Value, ...]

    @property
    def heading(self) -> str:
        """All its headings as one text."""
        return " / ".join(self.labels)


@dataclass
class _Table:
    """Rows of one table: those above it, those with a region or total, those with figures and an unknown name."""

    above: list[int] = field(default_factory=list)
    named: dict[int, str] = field(default_factory=dict)
    strays: list[int] = field(default_factory=list)


def find_columns(sheet: Sheet, names: Names) -> tuple[list[Column], list[Problem]]:
    """Every column of figures next to names of regions, and what is wrong with rows.

    Rows that Excel hides are not read. Columns to the left of the first names are not read either.
    """
    columns: list[Column] = []
    problems: list[Problem] = []
    lists = _name_columns(sheet, names)
    # A second column of the same names, in another language, is no table of its own.
    firsts = [c for i, c in enumerate(lists) if not any(_same_rows(lists[c], lists[o]) for o in [*lists][:i])]
    for first, after in pairwise([*firsts, sheet.columns.stop]):
        block = [column for column in range(first + 1, after) if column not in lists]
        problems += _disagreements(sheet, lists, first, after)
        for table in _split_tables(sheet, names, first, block):
            if table.named:
                problems += [_stray(sheet, names, row, first) for row in table.strays]
                columns += _columns_of(sheet, names, table, first, block)
    return columns, problems


def _name_columns(sheet: Sheet, names: Names) -> dict[int, dict[int, str]]:
    """The columns with names of at least two regions: by row, the code of the region."""
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(sheet.texts.items()):
        code = names.row_of(text)
        if code and code not in (TOTAL, OTHER):
            found.setdefault(column, {})[row] = code
    return {column: found[column] for column in sorted(found) if len(set(found[column].values())) > 1}


def _same_rows(names: dict[int, str], others: dict[int, str]) -> bool:
    """Whether two columns name the same regions, the second perhaps in another language."""
    shared = names.keys() & others.keys()
    return sum(names[row] == others[row] for row in shared) * 2 > len(shared)


def _disagreements(sheet: Sheet, lists: dict[int, dict[int, str]], first: int, after: int) -> Iterator[Problem]:
    """A problem for each row in which two columns of the same table name different regions."""
    for other in (column for column in lists if first < column < after):
        for row, code in lists[other].items():
            if lists[first].get(row, code) != code:
                expected = f'a name of "{sheet.text(row, first)}", as in the same row'
                found, remedy = f'"{sheet.text(row, other)}"', "correct one of the two names"
                yield Problem(sheet.place(row, other), "", found, expected, remedy)


def _split_tables(sheet: Sheet, names: Names, first: int, block: list[int]) -> list[_Table]:
    """Tables one below the other: a row of headings after rows of regions begins the next."""
    tables = [_Table()]
    for row in sheet.rows:
        if row in sheet.hidden_rows:
            continue
        known = names.row_of(sheet.text(row, first))
        if known:
            tables[-1].named[row] = known
            continue
        texts = [text for column in block if (text := sheet.text(row, column)) and not names.is_missing(text)]
        figures = [text for text in texts if is_number(text)]
        if figures and not (_counts_columns(figures) or all(names.year_in(text) for text in figures)):
            tables[-1].strays.append(row)
            continue
        if texts and tables[-1].named:
            tables.append(_Table())
        if not figures or not _counts_columns(figures) or names.year_in(figures[0]):
            tables[-1].above.append(row)
    return tables


def _counts_columns(figures: list[str]) -> bool:
    """Whether a row only numbers the columns, from 1, or from 2 where the names are column 1."""
    return [narrow(text) for text in figures] in [[str(i + start) for i in range(len(figures))] for start in (1, 2)]


def _stray(sheet: Sheet, names: Names, row: int, first: int) -> Problem:
    label = sheet.text(row, first)
    expected, remedy = "a region of data/regions.csv, or the name of a total", "write the region's name in this row"
    if not label:
        return Problem(sheet.place(row, first), "", "figures without a name", expected, remedy)
    _, wrong = find_region(names.regions, label, evaluated=False)
    remedy = f"{wrong[1] if wrong else remedy}; if it is no region, list it under totals or other_rows in {IMPORT}"
    return Problem(sheet.place(row, first), "", f'"{label}"', expected, remedy)


def _columns_of(sheet: Sheet, names: Names, table: _Table, first: int, block: list[int]) -> Iterator[Column]:
    captions, levels = _split_headings(sheet, names, table, first, block)
    for column in block:
        values = tuple(
            Value(sheet.place(row, column), sheet.text(row, column), known, (row, column) in sheet.merged)
            for row, known in table.named.items()
            if known != OTHER
        )
        if any(is_number(value.text) or value.text.startswith("=") for value in values):
            path = _path(sheet, levels, first, column)
            labels, unit, year = _read_path([sheet.text(*place) for place in path], captions, names)
            headings = [place for place in path if _is_label(sheet.text(*place))] or path
            place = headings[-1] if headings else (min(table.named), column)
            sheet_years = names.years_in(sheet.title)
            yield Column(
                sheet=sheet.title,
                place=sheet.place(*place),
                labels=labels or (sheet.title,),
                unit=unit,
                year=year or (sheet_years[0] if len(sheet_years) == 1 else _year_of(captions, names)),
                is_hidden=column in sheet.hidden_columns,
                values=values,
            )


def _split_headings(
    sheet: Sheet, names: Names, table: _Table, first: int, block: list[int]
) -> tuple[list[str], list[int]]:
    """Titles above the whole table, and the rows of headings."""
    captions: list[str] = []
    levels: list[int] = []
    for row in (row for row in table.above if row < min(table.named)):
        places = dict.fromkeys(sheet.origin(row, column) for column in (first, *block))
        own = {place: text for place in places if (text := sheet.text(*place))}
        if not own:  # to the left of the second half of a table that is set in two halves
            captions += [text for column in range(1, first) if (text := sheet.text(row, column))]
        elif any(_unit_line(text, names) for text in own.values()) or (len(own) == 1 and next(iter(own))[1] <= first):
            captions += own.values()
        else:
            levels.append(row)
    return captions, levels


def _path(sheet: Sheet, levels: list[int], first: int, column: int) -> list[Place]:
    """Places of the headings above a column, each once, from the top."""
    found: list[Place] = []
    for level, row in enumerate(levels):
        place = sheet.origin(row, column)
        if not sheet.text(*place):
            place = _spread(sheet, levels[level + 1 :], row, first, column)
        if place and sheet.text(*place) and place not in found:
            found.append(place)
    return found


def _spread(sheet: Sheet, below: list[int], row: int, first: int, column: int) -> Place | None:
    """The heading to the left that spans a column, though not merged: both have headings of their own below."""
    left = next((c for c in range(column - 1, first, -1) if sheet.text(*sheet.origin(row, c))), 0)
    if not left or (row, left) in sheet.merged:
        return None
    both = all(any(_is_label(sheet.text(*sheet.origin(r, c))) for r in below) for c in (left, column))
    return (row, left) if both else None


def _is_label(text: str) -> bool:
    plain = narrow(text)
    return bool(plain) and not (plain.startswith("(") and plain.endswith(")"))


def _read_path(texts: list[str], captions: list[str], names: Names) -> tuple[tuple[str, ...], str, int | None]:
    """Labels, unit and year of the headings above one column, and of the titles above the table."""
    labels: list[str] = []
    unit, year = "", None
    for text in texts:
        found = names.year_in(text)
        if found:
            year = found
        elif not _is_label(text):
            unit = narrow(text)[1:-1].strip()
        else:
            labels.append(text)
    if not unit and len(labels) > 1 and fold(narrow(labels[-1])) in names.units:
        unit = labels.pop()
    line = next((found for text in captions if (found := _unit_line(text, names))), "")
    for i, label in enumerate(labels):
        inside = _IN_BRACKETS.fullmatch(narrow(label))
        is_last = i == len(labels) - 1 and not line
        if inside and inside[1] and not unit and (fold(inside[2]) in names.units or is_last):
            unit, labels[i] = inside[2].strip(), label[: len(inside[1])]
    if year is None:
        labels, year = _cut_year(labels, names)
    title = [_cut_year([cut], names)[0] for text in captions if (cut := _cut_unit(text, names))]
    return tuple(labels or (title[0] if title else ())), unit or line, year


def _cut_year(labels: list[str], names: Names) -> tuple[list[str], int | None]:
    """Labels without the year at the beginning or end of one of them, and the year."""
    word, year = rf"((?:19|20)\d\d)\s*(?:{names.year_word})?", None
    cut = []
    for label in labels:
        plain = narrow(label)
        match = re.match(rf"{word}(?!\d)", plain) or re.search(rf"\(?(?<!\d){word}\)?$", plain)
        if match and year is None:
            year = int(match[1])
            label = (label[: match.start()] + label[match.end() :]).strip()
        cut += [label] if label else []
    return cut, year


def _unit_line(text: str, names: Names) -> str:
    match = re.search(rf"(?:{names.unit_word})\s*:\s*([^()]+)", narrow(text), re.IGNORECASE)
    return match[1].strip() if match else ""


def _cut_unit(text: str, names: Names) -> str:
    return re.split(rf"\(?(?:{names.unit_word})\s*:", narrow(text), flags=re.IGNORECASE)[0].strip()


def _year_of(captions: Iterable[str], names: Names) -> int | None:
    """The one year that the titles name."""
    years = {year for text in captions for year in names.years_in(text)}
    return years.pop() if len(years) == 1 else None
