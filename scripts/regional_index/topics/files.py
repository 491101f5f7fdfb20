"""Files of the tables and charts that pages have shown, and the page that showed each first."""

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.render import (
    Links,
    Origin,
    PlainTable,
    Table,
    cite,
    element,
    page_url,
    plain_table,
    render_ranking,
    render_table,
)

TABLE_FOLDER = "tables"
TABLE_FORMATS = {"csv": "CSV", "xlsx": "XLSX", "md": "Markdown"}


@dataclass(frozen=True)
class ShownTable:
    """A table, the address below the root of the first page that shows it, its origin, and what it is."""

    table: PlainTable
    page: str
    sources: tuple[str, ...]
    status: str


@dataclass
class Shown:
    """The tables and charts that pages have shown so far, by id; it grows while pages are filled.

    `charts` has, for every chart, the addresses of its pages.
    """

    tables: dict[str, ShownTable] = field(default_factory=dict)
    charts: dict[str, list[str]] = field(default_factory=dict)

    def note_chart(self, chart: str, page: str) -> None:
        """Remember that a page shows a chart."""
        self.charts[chart] = list(dict.fromkeys([*self.charts.get(chart, []), page]))

    def page_of(self, chart: str) -> str:
        """Address of the page that is about a chart: the first that shows it; the home page where no other does."""
        return next((page for page in self.charts[chart] if page), "")


class TakeAlong:
    """Writes tables into the page being written, with links to their files, and remembers them.

    Args:
        facts: Words, sources and the groups of regions.
        links: Links from that page.
        current: Gives its source path below `docs/`.
    """

    def __init__(self, facts: Facts, links: Links, current: Callable[[], str]) -> None:
        self.shown = Shown()
        self._facts = facts
        self._links = links
        self._current = current

    @property
    def page(self) -> str:
        """Address below the root of the page being written."""
        return page_url(self._current())

    def show(self, table: Table) -> Markup:
        """A table as HTML, with what readers need to find regions in it, and links to its files.

        Raises:
            ValueError: Another table has the name of its files.
        """
        html = render_ranking(self._facts, table) if table.tools else render_table(table)
        return html + self._files(table) if table.name else html

    def _files(self, table: Table) -> Markup:
        self._remember(table)
        files = {label: f"{TABLE_FOLDER}/{table.name}.{ending}" for ending, label in TABLE_FORMATS.items()}
        links = [
            element("a", label, href=self._links.to(path), download=True, aria_label=f"{label} {table.caption}")
            for label, path in files.items()
        ]
        return element("p", Markup(" · ").join(links), class_="ri-files", data_search_exclude=True)

    def _remember(self, table: Table) -> None:
        plain, tables = plain_table(table, self._name_notes), self.shown.tables
        if table.name not in tables:
            sources = tuple(str(cite(self._facts, source).striptags()) for source in table.origin.sources)
            tables[table.name] = ShownTable(plain, self.page, sources, self._status(table.origin))
        elif tables[table.name].table != plain:
            raise ValueError(f'two tables would be the file "{table.name}"; name what differs')

    def _status(self, origin: Origin) -> str:
        """Which series the numbers belong to, in words."""
        facts = self._facts
        gaps = {"edition": facts.framework.edition_name, "year": facts.framework.edition_year}
        said = {
            "published": facts.sentence("file.status_published", **gaps),
            "open": facts.word("file.status_open"),
        }
        series = [said[name] for name in origin.series]
        return facts.word("list.semicolon").join(series) or facts.word("file.status_decided")

    def _name_notes(self, column: str) -> str:
        return self._facts.sentence("file.note", column=column)


def copy_button(facts: Facts) -> Markup:
    """A button that copies the text next to it, and what it says then."""
    said = {f"data_{what}": facts.word(f"copy.{what}") for what in ("done", "refused")}
    return element("button", facts.word("copy.button"), type="button", data_ri_copy=True, **said)
