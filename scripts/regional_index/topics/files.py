"""What readers may take along from the pages: which tables and charts were shown, and where."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.files import digest
from regional_index.render import (
    Column,
    Links,
    PlainTable,
    Rows,
    cite,
    element,
    offering,
    page_url,
    plain_table,
    plain_text,
)

TABLE_FOLDER = "tables"


TABLE_FORMATS = {"csv": "CSV", "xlsx": "XLSX"}


# Block macros whose tables say what the published edition states or implies; all others are of the open series.
OF_EDITION = {
    "table_claims", "table_claims_of_region", "table_context", "table_trend_figures", "table_edition",
    "table_region_edition", "table_self_test", "table_self_test_kinds", "table_weights",
}  # fmt: skip


OF_BOTH = {"table_region_indices"}


# Their many small tables are parts of one download (steps.csv, compare.json), or change under the reader's hands.
WITHOUT_FILES = {"chart", "receipts", "next_steps", "table_next_steps", "weighing_panel"}


@dataclass(frozen=True)
class ShownTable:
    """A table, the address below the root of the first page that shows it, what it stands on, and what it is."""

    table: PlainTable
    page: str
    sources: tuple[str, ...]
    status: str


@dataclass
class Shown:
    """The tables and charts that pages have shown so far, by id; it grows while pages are filled.

    `charts` has, for every chart, the addresses of its pages and the chart that takes its place on narrow screens.
    """

    tables: dict[str, ShownTable] = field(default_factory=dict)
    charts: dict[str, tuple[list[str], str]] = field(default_factory=dict)

    def note_chart(self, chart: str, page: str, narrow: str) -> None:
        """Remember that a page shows a chart."""
        pages, before = self.charts.get(chart, ([], ""))
        self.charts[chart] = (list(dict.fromkeys([*pages, page])), before or narrow)

    def page_of(self, chart: str) -> str:
        """Address of the page that is about a chart: the first that shows it; the home page where no other does."""
        pages, _ = self.charts[chart]
        return next((page for page in pages if page), "")


class TakeAlong:
    """Offers the files of every table of the page being written."""

    def __init__(self, facts: Facts, links: Links, current: Callable[[], str]) -> None:
        self.shown = Shown()
        self._facts = facts
        self._links = links
        self._current = current

    @property
    def page(self) -> str:
        """Address below the root of the page being written."""
        return page_url(self._current())

    def offer_tables(self, name: str, macro: Callable[..., object]) -> Callable[..., object]:
        """The macro, but with links to its files below every table that it writes."""
        if name in WITHOUT_FILES:
            return macro

        def call(*arguments: object, **named: object) -> object:
            given = [*arguments, *(named[key] for key in sorted(named))]
            stem = "-".join([_slug(name.removeprefix("table_")), *filter(None, map(self._name, given))])
            with offering(lambda columns, rows, caption: self._offer(name, stem, given, columns, rows, caption)):
                return macro(*arguments, **named)

        functools.update_wrapper(call, macro)
        return call

    def _offer(
        self, macro: str, stem: str, given: Sequence[object], columns: Sequence[Column], rows: Rows, caption: str
    ) -> Markup:
        table = plain_table(columns, rows, caption, lambda title: self._facts.sentence("file.beside", column=title))
        name = self._keep(macro, stem, given, table)
        files = {label: self._links.to(f"{TABLE_FOLDER}/{name}.{ending}") for ending, label in TABLE_FORMATS.items()}
        links = [
            element("a", label, href=address, download=True, aria_label=f"{label} {table.caption}")
            for label, address in files.items()
        ]
        return element("p", Markup(" · ").join(links), class_="ri-files", data_search_exclude=True)

    def _keep(self, macro: str, stem: str, given: Sequence[object], table: PlainTable) -> str:
        """Remember a table under the name of its macro and arguments; another one of that name gets a longer one."""
        tables = self.shown.tables
        name = stem
        if name in tables and tables[name].table != table:
            name = f"{stem}-{digest([repr(table)])[:8]}"
        if name not in tables:
            tables[name] = ShownTable(table, self.page, self._sources(macro, given), self._status(macro))
        return name

    def _sources(self, macro: str, given: Sequence[object]) -> tuple[str, ...]:
        facts = self._facts
        below = [facts.framework.sources_below(code) for code in map(str, given) if code in facts.framework.nodes]
        tops = [facts.framework.sources_below(node.code) for node in facts.framework.indices]
        computed = [] if macro in OF_EDITION else [source for sources in below or tops for source in sources]
        stated = [facts.edition.source] if self._states(macro) else []
        return tuple(plain_text(cite(facts, source)) for source in dict.fromkeys([*stated, *computed]))

    def _status(self, macro: str) -> str:
        facts, framework = self._facts, self._facts.framework
        said = [] if macro in OF_EDITION else [facts.word("file.status_open")]
        if self._states(macro):
            gaps = {"edition": framework.edition_name, "year": framework.edition_year}
            said.insert(0, facts.sentence("file.status_published", **gaps))
        return facts.word("list.semicolon").join(said)

    def _states(self, macro: str) -> bool:
        """Whether a table says what the published edition states."""
        return self._facts.has_edition and macro in OF_EDITION | OF_BOTH

    def _name(self, argument: object) -> str:
        """An argument as a part of a file's name."""
        if argument is None or isinstance(argument, bool):
            return ""
        try:
            return self._facts.region(str(argument)).slug
        except LookupFailed:
            return _slug(str(argument)) or digest([str(argument)])[:8]


def copy_button(facts: Facts) -> Markup:
    """A button that copies the text beside it, and what it says then."""
    said = {f"data_{what}": facts.word(f"copy.{what}") for what in ("done", "refused")}
    return element("button", facts.word("copy.button"), type="button", data_ri_copy=True, **said)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
