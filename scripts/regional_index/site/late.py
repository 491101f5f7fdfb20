"""Files that can be made only when all pages are: they depend on which tables and charts those show, and where."""

from collections.abc import Callable, Mapping
from pathlib import Path

from regional_index.charts import Figure
from regional_index.downloads import FEED, atom_feed, table_csv, table_xlsx
from regional_index.facts import Facts
from regional_index.files import write_if_changed
from regional_index.render import PlainTable, cite, plain_table, table_markdown, table_of_frame
from regional_index.site.archive import edition_archive
from regional_index.site.render import Site
from regional_index.topics.charts import EMBED_FOLDER, put_in_drawings
from regional_index.topics.files import TABLE_FOLDER, Shown


def write_late_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write them into the built site, which holds all other files already."""
    for path, content in files.items():
        write_if_changed(folder / path, content)


def late_files(site: Site) -> dict[str, bytes]:
    """Every table as CSV, XLSX and Markdown; every chart's data as XLSX, and its page to embed; all in one archive.

    The same of each release, below its own folder.
    """
    return {**_with_releases(site, _files_of_series), FEED: feed_of(site)}


def feed_of(site: Site) -> bytes:
    """The Atom feed of corrections and releases."""
    return atom_feed(site.facts, site.writer.publication, site.writer.releases)


def _with_releases(site: Site, make: Callable[[Site], dict[str, bytes]]) -> dict[str, bytes]:
    series = {part.writer.home.folder: make(part) for part in (site, *site.others)}
    return {folder + path: content for folder, files in series.items() for path, content in files.items()}


def _files_of_series(site: Site) -> dict[str, bytes]:
    shown = site.writer.shown
    files = _tables_of_series(site)
    for name in shown.charts:
        files[f"{EMBED_FOLDER}/{name}.html"] = put_in_drawings(site.writer.embedded(name), site.inline_svg).encode()
        files[f"charts/{name}.xlsx"] = _chart_workbook(site, shown, site.drawings.figure(name))
    package = str(site.writer.variables.get("edition_package", ""))
    if package:
        files[package.removeprefix(site.writer.home.folder)] = edition_archive(site, files)
    return files


def table_files(site: Site) -> dict[str, bytes]:
    """Every table that pages have shown, as CSV, XLSX and Markdown, that of a release below its folder; the feed."""
    return {**_with_releases(site, _tables_of_series), FEED: feed_of(site)}


def _tables_of_series(site: Site) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, entry in site.writer.shown.tables.items():
        files[f"{TABLE_FOLDER}/{name}.csv"] = table_csv(entry.table)
        files[f"{TABLE_FOLDER}/{name}.md"] = table_markdown(entry.table).encode()
        about = [entry.table.caption, *_about(site, "\n".join(entry.sources), entry.status, entry.page)]
        files[f"{TABLE_FOLDER}/{name}.xlsx"] = _workbook(site.facts, entry.table, about)
    return files


def _chart_workbook(site: Site, shown: Shown, figure: Figure) -> bytes:
    table = plain_table(table_of_frame(figure.table, {}, figure.title), str)
    sources = "\n".join(cite(site.facts, name).striptags() for name in figure.sources)
    caption, page = f"{figure.title}\n{figure.description}", shown.page_of(figure.id)
    return _workbook(site.facts, table, [caption, *_about(site, sources, figure.credit, page)])


def _about(site: Site, sources: str, status: str, page: str) -> list[str]:
    return [sources, status, site.writer.edition_name, site.writer.publication.address + page]


def _workbook(facts: Facts, table: PlainTable, about: list[str]) -> bytes:
    labels = [facts.word(f"file.{name}") for name in ("caption", "source", "status", "edition", "page")]
    return table_xlsx(table, list(zip(labels, about, strict=True)), (facts.word("file.data"), facts.word("file.about")))
