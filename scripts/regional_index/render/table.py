"""Tables as data, and the ways to write them: HTML for pages, Markdown, and the plain rows that files hold."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.model import write_number
from regional_index.render.html import element
from regional_index.render.numbers import (
    MISSING,
    SCORE_DECIMALS,
    MaybeNumber,
    drop_noise,
    is_missing,
    show_change,
    show_number,
    show_percent,
)

Value = str | float | None


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its heading, as plain text.
        numeric: Whether it aligns right.
        wide: Whether its text may wrap.
        key: Short name in addresses.
        shown: The heading as a page shows it, where that is more than the title.
        best: Which number the first click on the heading brings to the top: the greatest, the least; `none` where
            numbers of different units share the column, which then does not sort.
        in_page: Whether pages show it; files always have it.
        place: Pages show columns of a lower place first, those of one place in the order of the table, which is that
            of files.
    """

    title: str
    numeric: bool = False
    wide: bool = False
    key: str = ""
    shown: Markup | None = None
    best: Literal["high", "low", "none"] = "high"
    in_page: bool = True
    place: int = 0


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        value: Text or a number, as files hold it; None where there is nothing, which pages show as a dash.
        shown: The value as a page shows it, where that is not its text.
        note: What follows a number, such as a mark or a range; files have it in a column of its own.
        sort: The number to sort by, where that is not the value.
        bar: A share of 100 to draw; or where the bar starts and where it ends, in percent of the width.
    """

    value: Value = None
    shown: Markup | str | None = None
    note: str = ""
    sort: float | None = None
    bar: float | tuple[float, float] | None = None

    @property
    def html(self) -> Markup | str:
        """The content as a page shows it."""
        if self.shown is not None:
            return self.shown
        return MISSING if self.value is None else str(self.value)


@dataclass(frozen=True)
class Origin:
    """Origin of a table's content.

    Attributes:
        series: `published` and `open`: the series that its numbers belong to; none where people decided them.
        sources: Ids of the sources that it rests on.
    """

    series: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __add__(self, other: "Origin") -> "Origin":
        join = dict.fromkeys
        return Origin(tuple(join(self.series + other.series)), tuple(join(self.sources + other.sources)))


DECIDED = Origin()
"""What people declared: the tree, the indicators, the decisions."""


def of_open_series(facts: Facts, *indices: str) -> Origin:
    """Numbers of the open series that rest on the sources of these indices; of all where none is named."""
    codes = indices or tuple(node.code for node in facts.framework.indices)
    sources = dict.fromkeys(name for code in codes for name in facts.framework.sources_below(code))
    return Origin(("open",), tuple(sources))


def of_indicators(facts: Facts, codes: Iterable[str]) -> Origin:
    """What people declared or decided about some indicators: it rests on their sources."""
    sources = dict.fromkeys(name for code in codes for name in facts.framework.sources_of_indicator(code))
    return Origin(sources=tuple(sources))


def of_edition(facts: Facts) -> Origin:
    """Numbers that the published edition states or that follow from it; nothing where there is no edition."""
    return Origin(("published",), (facts.edition.source,)) if facts.has_edition else Origin()


@dataclass(frozen=True)
class Table:
    """A table: what it says, where that comes from, and what pages add for readers.

    Attributes:
        name: Of its files below `tables/`, whatever the content; empty where it is a part of another download.
        caption: What it holds.
        columns: In order.
        rows: Cells, as many as columns.
        origin: The series and sources of its numbers.
        ids: Anchors of the rows, so that a figure can link to its row; none, or one for each row.
        attributes: Further attributes of each row, for scripts; none, or some for each row.
        sortable: Whether a click on a heading sorts.
        foot: Cells of a last row that sums up; none, or as many as columns. Files do without it.
        regions: Codes of the regions that rows are about: then readers can find and filter them, and choose columns.
        tools: Short name of the table in addresses, where readers can do that.
        note: What is said below it, such as where the rest is.
        stacked: Whether the cells of a row stand below each other on a phone, where its text is what matters.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    origin: Origin = DECIDED
    ids: tuple[str, ...] = ()
    attributes: tuple[Mapping[str, object], ...] = ()
    sortable: bool = True
    foot: tuple[Cell, ...] = ()
    regions: tuple[str, ...] = ()
    tools: str = ""
    note: Markup | str = ""
    stacked: bool = False


def rows_of(rows: Iterable[Iterable[Cell | Markup | str]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of a table; text in the place of a cell is its own content."""
    return tuple(tuple(map(cell_of, row)) for row in rows)


def cell_of(content: Cell | Markup | str) -> Cell:
    """Text as a cell: a name with its link, a sentence."""
    if isinstance(content, Cell):
        return content
    return Cell(content.striptags(), content) if isinstance(content, Markup) else Cell(content)


def lines(*parts: Markup | str) -> Markup:
    """Parts one below the other in a cell; files have them on one line."""
    return Markup(" <br>").join(parts)


def number_cell(value: MaybeNumber, decimals: int, *, mark: str = "", meaning: str = "") -> Cell:
    """A number, rounded for reading and sorted by its full value; missing sorts last.

    Args:
        value: The number.
        decimals: As pages show it.
        mark: A letter after it, such as an asterisk.
        meaning: What the mark says.
    """
    if is_missing(value):
        return Cell()
    return marked(Cell(float(value), show_number(float(value), decimals)), mark, meaning)


def computed_cell(value: MaybeNumber, decimals: int = SCORE_DECIMALS) -> Cell:
    """A score or another computed number; it shows 0 for what arithmetic left of 0."""
    return Cell() if is_missing(value) else Cell(float(value), show_number(drop_noise(float(value)), decimals))


def change_cell(value: MaybeNumber, decimals: int) -> Cell:
    """A computed difference with its sign."""
    return Cell() if is_missing(value) else Cell(float(value), show_change(drop_noise(float(value)), decimals))


def share_cell(share: MaybeNumber) -> Cell:
    """A share of 1 in percent, with a bar as long."""
    return Cell() if is_missing(share) else Cell(float(share), show_percent(share), bar=float(share) * 100)


def year_cell(year: int) -> Cell:
    """A year, which has no thousands separator."""
    return Cell(float(year), str(year))


def marked(cell: Cell, mark: str, meaning: str) -> Cell:
    """The cell with a mark after it, which says on touch what it means; the cell itself where there is no mark."""
    if not mark:
        return cell
    shown = Markup("{}{}").format(cell.html, element("abbr", mark, title=meaning))
    return Cell(cell.value, shown, mark, cell.sort, cell.bar)


def table_of_frame(frame: pd.DataFrame, decimals: Mapping[str, int], caption: str) -> Table:
    """The rows and columns of a frame: the data behind a chart.

    Args:
        frame: Text and numbers; whole numbers of the type `Int64` are ranks, of which 1 is the best.
        decimals: Of numbers as pages show them, by column; 0 by default.
        caption: What it holds.
    """
    numeric = [pd.api.types.is_numeric_dtype(frame[title]) for title in frame.columns]
    columns = [
        Column(str(title), numeric=is_number, best="low" if frame[title].dtype == "Int64" else "high")
        for title, is_number in zip(frame.columns, numeric, strict=True)
    ]
    cells = [
        [number_cell(value, decimals.get(title, 0)) if is_number else _text_cell(value) for value in frame[title]]
        for title, is_number in zip(frame.columns, numeric, strict=True)
    ]
    return Table("", caption, tuple(columns), tuple(zip(*cells, strict=True)))


def _text_cell(value: object) -> Cell:
    return Cell() if is_missing(value) else Cell(value if isinstance(value, float) else str(value), str(value))


def render_table(table: Table) -> Markup:
    """A table as HTML, in a box that scrolls by itself where the screen is narrow; the caption is above it."""
    heads = [_heading(column) for column in page_columns(table.columns)]
    body = [
        element("tr", *_cells(table, row), id=table.ids[place] if table.ids else None,
                **(table.attributes[place] if table.attributes else {}))
        for place, row in enumerate(table.rows)
    ]  # fmt: skip
    html = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *heads)),
        element("tbody", *body),
        element("tfoot", element("tr", *_cells(table, table.foot))) if table.foot else Markup(""),
        class_="ri-table"
        + (" ri-table--sortable" if table.sortable else "")
        + (" ri-table--stacked" if table.stacked else ""),
    )
    size = f"--ri-rows:{len(table.rows)}"
    box = element("div", html, class_="ri-scroll", tabindex="0", role="region", aria_label=table.caption, style=size)
    return box + element("p", table.note, class_="ri-note", data_search_exclude=True) if table.note else box


def page_columns(columns: Iterable[Column]) -> list[Column]:
    """The columns that pages show, in their order there.

    Examples:
        >>> columns = (Column("region"), Column("2030", place=2), Column("2031"), Column("unit", in_page=False))
        >>> [column.title for column in page_columns(columns)]
        ['region', '2031', '2030']
    """
    return sorted((column for column in columns if column.in_page), key=lambda column: column.place)


CHANGE_PLACE = 1


def year_place(year: int, newest: int) -> int:
    """Place of the column of a year: the newest is first, a change has room after it, then follow the years before.

    Examples:
        >>> sorted([year_place(year, 2031) for year in (2029, 2030, 2031)] + [CHANGE_PLACE])
        [0, 1, 2, 4]
    """
    return 2 * (newest - year)


def _heading(column: Column) -> Markup:
    kind = "ri-n" if column.numeric else None
    best = column.best if column.best != "high" else None
    shown = column.title if column.shown is None else column.shown
    return element("th", shown, scope="col", class_=kind, data_column=column.key or None, data_best=best)


def _cells(table: Table, row: Sequence[Cell]) -> list[Markup]:
    shown = [pair for pair in zip(table.columns, row, strict=True) if pair[0].in_page]
    return [_data(column, cell) for column, cell in sorted(shown, key=lambda pair: pair[0].place)]


def _data(column: Column, cell: Cell) -> Markup:
    wanted = {"ri-n": column.numeric, "ri-wide": column.wide, "ri-bar": cell.bar is not None}
    sort = cell.value if cell.sort is None and isinstance(cell.value, float) else cell.sort
    return element(
        "td",
        cell.html,
        class_=" ".join(name for name, is_so in wanted.items() if is_so) or None,
        data_sort=None if sort is None else write_number(sort),
        style=bar_style(cell.bar) if cell.bar is not None else None,
    )


def bar_style(bar: float | tuple[float, float]) -> str:
    """The properties by which the style sheet draws a bar.

    Examples:
        >>> bar_style(42.25), bar_style((25, 50))
        ('--ri-share:42.2', '--ri-from:25.0;--ri-share:50.0')
    """
    start, stop = (max(0.0, min(end, 100.0)) for end in (bar if isinstance(bar, tuple) else (0.0, bar)))
    return (f"--ri-from:{start:.1f};" if start else "") + f"--ri-share:{stop:.1f}"


@dataclass(frozen=True)
class PlainTable:
    """Titles and rows of text and numbers, as files hold them; None where there is nothing."""

    caption: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def plain_table(table: Table, name_notes: Callable[[str], str]) -> PlainTable:
    """The rows of a table without anything for pages.

    Args:
        table: What is written.
        name_notes: From the title of a column to that of its notes, which are in a column of their own after it; there
            is one where any cell has a note.

    Examples:
        >>> table = Table("x", "X", (Column("score"),), rows_of([[number_cell(2.5, 2, mark="*", meaning="partial")]]))
        >>> plain_table(table, "{}: note".format)
        PlainTable(caption='X', titles=('score', 'score: note'), rows=((2.5, '*'),))
    """
    titles: list[str] = []
    parts: list[list[Value]] = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        titles.append(column.title)
        parts.append([None if cell.value == "" else cell.value for cell in cells])
        if any(cell.note for cell in cells):
            titles.append(name_notes(column.title))
            parts.append([cell.note or None for cell in cells])
    return PlainTable(table.caption, tuple(titles), tuple(zip(*parts, strict=True)))


def table_markdown(table: PlainTable) -> str:
    r"""A table as Markdown, numbers with all their digits; text stays text, also where it looks like HTML or emphasis.

    Examples:
        >>> print(table_markdown(PlainTable("Scores", ("region", "score"), (("a|b", 2.5), ("<b>", None)))), end="")
        **Scores**
        <BLANKLINE>
        | region | score |
        | --- | ---: |
        | a\|b | 2.5 |
        | &lt;b> |  |
    """
    numeric = [any(isinstance(row[place], float) for row in table.rows) for place in range(len(table.titles))]
    rule = ["---:" if is_number else "---" for is_number in numeric]
    rows = [[_in_markdown(value) for value in row] for row in (table.titles, *table.rows)]
    written = [f"| {' | '.join(row)} |\n" for row in (rows[0], rule, *rows[1:])]
    return f"**{_in_markdown(table.caption)}**\n\n{''.join(written)}"


def _in_markdown(value: Value) -> str:
    if isinstance(value, int | float):
        return write_number(value)
    text = re.sub(r"([\\`\[|]|\*(?=\S))", r"\\\1", " ".join((value or "").split()))
    return re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
