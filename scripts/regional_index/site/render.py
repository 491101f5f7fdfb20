"""The step `render`: from `build/results/` and the templates to the folder of generated pages and files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from regional_index.cache import FOLDER, Cache, key_of
from regional_index.charts import (
    BUNDLE,
    CHARTS,
    SPECIFICATIONS,
    Drawing,
    Drawings,
    draw_interactive,
    palette_css,
    vega_bundle,
)
from regional_index.downloads import chart_files, interactive_files, public_files
from regional_index.facts import Facts, read_facts
from regional_index.files import Stamp, list_files, mirror, read_bytes, read_folder, write_if_changed
from regional_index.framework import Declarations, Publication
from regional_index.history import last_change
from regional_index.pages import Page, PageWriter, make_pages
from regional_index.processes import processes
from regional_index.read import PageFile, read_pages, read_parts, read_source, refuse_typed_names
from regional_index.results.folder import DATA
from regional_index.topics.all import catalogue, variants
from regional_index.topics.files import Shown

THEME_STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
STYLES = ("base", "site")
GENERATED = Path("docs/generated")
# What pages of the shell must know of the generated ones, and the drawings that belong into pages.
RENDERED = Path("build/rendered")
RECORD, INLINE = "record.json", "inline"
# Folders of generated files that are the charts' own.
OF_CHARTS = ("charts/", "assets/js/")
# Given the name of some long work, its steps and their number; gives the steps back one by one.
Show = Callable[[str, Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True)
class Record:
    """Record of the generated pages: their place in the navigation, and what they show."""

    pages: tuple[Page, ...]
    shown: Shown


@dataclass(frozen=True)
class Site:
    """Everything that one build shares: the facts, the generated pages, and a writer for the pages written by hand.

    Attributes:
        root: The project's folder.
        results: Where the results are.
        cache: Holds finished drawings.
        by_hand: The pages that people wrote, by path below `docs/`.
    """

    root: Path
    results: Path
    facts: Facts
    pages: tuple[Page, ...]
    writer: PageWriter
    drawings: Drawings
    cache: Cache
    by_hand: Mapping[str, PageFile]

    def inline_svg(self, chart: str, width: int) -> str:
        """The drawing of a chart for a page, at one of the widths that charts are drawn at."""
        path = self.root / RENDERED / INLINE / f"{chart}-{width}.svg"
        return read_bytes(path).decode() if path.is_file() else self.drawings[chart].inline[width]

    def generated(self, folder: str) -> dict[str, bytes]:
        """The generated files below a folder of the site, by path below the site's root."""
        found = read_folder(self.root / GENERATED / folder)
        return {f"{folder}/{name}": content for name, content in found.items()}

    def inputs(self) -> dict[str, bytes]:
        """The files of `data/` that the results were computed from, by path below it."""
        return read_folder(self.results / DATA)


def render(
    declared: Declarations,
    results: Path,
    progress: Show = lambda _what, steps, _total: steps,
    publication: Publication = Publication(),  # noqa: B008
    theme: Path | None = None,
    *,
    draw: bool = True,
) -> Site:
    """Bring `docs/generated/` up to date with the results; nothing is made again when nothing changed.

    Args:
        declared: What people decided.
        results: Folder of the results.
        progress: Wraps the steps of long work, given its name and their number, to show how far it is.
        publication: What `mkdocs.yml` says of the site; the day of the last change is added.
        theme: The theme's folder, whose styles come before ours.
        draw: Whether to draw the charts; else each is drawn when it is asked for.

    Raises:
        DataError: The results are not as their schema says, a page cannot be read, or names an edition by hand.
        LookupFailed: A template asks for something that does not exist.
    """
    root = declared.root
    publication = replace(publication, updated=last_change(root, "data").day)
    by_hand, parts = read_pages(root), read_parts(root)
    refuse_typed_names(by_hand, parts, declared.framework.edition_names)
    styles = _styles(root, theme)
    said = [_said(declared), parts, list(by_hand), astuple(publication), styles]
    key = key_of(__name__, read_folder(results), *said)
    facts = read_facts(declared, results)
    cache = Cache(root / FOLDER)
    drawings = Drawings(catalogue(facts), cache)
    changed_on = publication.updated or facts.word("site.unknown_date")
    variables = {"data_changed": changed_on, "site_address": publication.address}
    writer = PageWriter(facts, drawings, parts, variables, publication)
    with processes() as run:  # charts are drawn while pages are written
        charts = Stamp(root / RENDERED / "charts.stamp", tuple(_chart_folders(root)))
        drawing = drawings.draw_all(run) if draw and not charts.fits(key) else None
        others = {**public_files(facts, results), **styles}
        record = _read_or_write_pages(facts, writer, key, by_hand, others)
        site = Site(root, results, facts, record.pages, writer, drawings, cache, by_hand)
        if drawing is not None:
            _write_charts(site, dict(progress("charts", drawing, len(drawings))))
            charts.put(key)
    return site


def _read_or_write_pages(
    facts: Facts, writer: PageWriter, key: str, by_hand: Mapping[str, PageFile], others: Mapping[str, bytes]
) -> Record:
    """Record of the generated pages, which are written unless they are there, with the other files."""
    root = facts.declared.root
    path, stamp = root / RENDERED / RECORD, Stamp(root / RENDERED / "pages.stamp", (root / GENERATED,), leave=OF_CHARTS)
    if stamp.fits(key):
        record = TypeAdapter(Record).validate_json(read_bytes(path))
        writer.shown.tables |= record.shown.tables
        writer.shown.charts |= record.shown.charts
        return record
    pages = tuple(make_pages(facts, writer, by_hand))
    mirror(root / GENERATED, {**{page.path: page.text.encode() for page in pages}, **others}, leave=OF_CHARTS)
    record = Record(tuple(replace(page, text="") for page in pages), writer.shown)
    write_if_changed(path, TypeAdapter(Record).dump_json(record))
    stamp.put(key)
    return record


def _said(declared: Declarations) -> list[Any]:
    return [astuple(declared.framework), [astuple(region) for region in declared.regions.values()], declared.sources,
            declared.control_totals, declared.corrections, dict(declared.words)]  # fmt: skip


def _chart_folders(root: Path) -> list[Path]:
    return [root / RENDERED / INLINE, *(root / GENERATED / name for name in OF_CHARTS)]


def _write_charts(site: Site, drawn: Mapping[str, Drawing]) -> None:
    """The files of all charts, and what a browser draws them with."""
    specs = {name: draw_interactive(make(), site.cache) for name, make in variants(site.facts).items()}
    files = {**chart_files(drawn), **interactive_files(specs, vega_bundle(site.cache))}
    inline, *others = _chart_folders(site.root)
    svgs = {f"{name}-{width}.svg": svg.encode() for name, made in drawn.items() for width, svg in made.inline.items()}
    mirror(inline, svgs)
    for name, folder in zip(OF_CHARTS, others, strict=True):
        mirror(folder, {path.removeprefix(name): data for path, data in files.items() if path.startswith(name)})
    for kind in (CHARTS, SPECIFICATIONS, BUNDLE):
        site.cache.prune(kind)


def _styles(root: Path, theme: Path | None) -> dict[str, bytes]:
    """The palette, and all that pages need in one file: each file that a page waits for costs its reader time."""
    palette = palette_css().encode()
    before = [path for pattern in THEME_STYLES for path in list_files(theme, pattern)] if theme else []
    own = [read_source(root, f"docs/assets/{name}.css") for name in STYLES]
    parts = [*map(read_bytes, before), palette, *own]
    return {"assets/palette.css": palette, "assets/style.css": b"\n".join(parts)}
