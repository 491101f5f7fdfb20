"""The step `render`: from `build/results/` and the templates to the folder of generated pages and files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
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
from regional_index.errors import DataError, Problem
from regional_index.facts import Facts, Kept, read_facts
from regional_index.files import Stamp, list_files, mirror, read_bytes, read_folder, write_if_changed
from regional_index.framework import Declarations, Publication, Release, edition_page
from regional_index.history import DATA as DATA_PATHS
from regional_index.history import last_change
from regional_index.pages import (
    Page,
    PageWriter,
    home_of_lens,
    home_of_release,
    make_lens_pages,
    make_pages,
    make_release_pages,
    pages_of_lens,
)
from regional_index.processes import processes
from regional_index.read import (
    PageFile,
    read_declarations,
    read_pages,
    read_parts,
    read_source,
    refuse_typed_names,
)
from regional_index.render import Home
from regional_index.results.folder import DATA
from regional_index.results.lenses import lens_folder, other_lenses, see
from regional_index.results.releases import PAGES, RELEASES, open_release, read_releases
from regional_index.topics.all import catalogue, variants
from regional_index.topics.edition.releases import name_release
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
    """What one build shares of a series: the facts, its generated pages, and a writer for the pages written by hand.

    Attributes:
        root: The project's folder.
        results: Where the results are.
        cache: Holds finished drawings.
        by_hand: The pages that people wrote, by path below `docs/`.
        others: The same of every other lens and every release; each has all its pages generated.
    """

    root: Path
    results: Path
    facts: Facts
    pages: tuple[Page, ...]
    writer: PageWriter
    drawings: Drawings
    cache: Cache
    by_hand: Mapping[str, PageFile]
    others: tuple["Site", ...] = ()

    @property
    def all_pages(self) -> tuple[Page, ...]:
        """The generated pages of the newest state, of all lenses and of all releases."""
        return (*self.pages, *(page for other in self.others for page in other.pages))

    def of(self, path: str) -> "Site":
        """The lens or release that a page or file belongs to, by its path below the root; else the newest state."""
        return next((other for other in self.others if path.startswith(other.writer.home.folder)), self)

    def inline_svg(self, chart: str, width: int) -> str:
        """The drawing of a chart for a page, at one of the widths that charts are drawn at."""
        path = _folder_of_record(self.root, self.writer) / INLINE / f"{chart}-{width}.svg"
        return read_bytes(path).decode() if path.is_file() else self.drawings[chart].inline[width]

    def generated(self, folder: str) -> dict[str, bytes]:
        """The generated files below a folder, by path below the home of the pages."""
        found = read_folder(_generated(self.root, self.writer) / folder)
        return {f"{folder}/{name}": content for name, content in found.items()}

    def inputs(self) -> dict[str, bytes]:
        """The files of `data/` that the results were computed from, by path below it."""
        return read_folder(self.results / DATA)


@dataclass(frozen=True)
class _Build:
    """What the newest state and all releases are rendered with."""

    root: Path
    publication: Publication
    parts: Mapping[str, str]
    cache: Cache
    progress: Show
    draw: bool


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
    by_hand, parts = read_pages(root), read_parts(root)
    refuse_typed_names(by_hand, parts, declared.framework.edition_names)
    changed = last_change(root, *DATA_PATHS)
    publication = replace(publication, updated=changed.day, commit=changed.commit)
    build = _Build(root, publication, parts, Cache(root / FOLDER), progress, draw)
    releases = read_releases(root)
    _refuse_current(declared, releases)
    folders = [open_release(root, release) for release in releases]
    kept = [
        Kept(release, read_facts(read_declarations(folder), folder))
        for release, folder in zip(releases, folders, strict=True)
    ]
    facts = read_facts(declared, results)
    site, drawn = _render_series(build, facts, results, by_hand, others=_styles(root, theme), releases=kept)
    below = [_render_lens(build, see(declared, lens), results, by_hand) for lens in other_lenses(declared)]
    below += [_render_release(build, *each, site) for each in zip(kept, folders, strict=True)]
    if drawn and all(was_drawn for _, was_drawn in below):
        for kind in (CHARTS, SPECIFICATIONS, BUNDLE):
            build.cache.prune(kind)
    return replace(site, others=tuple(rendered for rendered, _ in below))


def _render_lens(
    build: _Build, declared: Declarations, results: Path, by_hand: Mapping[str, PageFile]
) -> tuple[Site, bool]:
    """What another lens than the publisher's shows, from its own results."""
    folder = results / lens_folder(declared.framework.lens)
    facts, own = read_facts(declared, folder), pages_of_lens(by_hand)
    make = partial(make_lens_pages, facts, by_hand=own)
    return _render_series(build, facts, folder, own, home_of_lens(facts, by_hand), make)


def _refuse_current(declared: Declarations, releases: Sequence[Release]) -> None:
    """Refuse a release at the address of the edition that is still the current one."""
    edition = declared.framework.edition
    clashes = [release.name for release in releases if edition and release.address == edition_page(edition)]
    if clashes:
        file = f"{RELEASES.as_posix()}/{clashes[0]}"
        remedy = "rename the folder, and the name in release.yml; or begin the next edition: make edition NAME=…"
        raise DataError([Problem(file, "", "a release at the address of the current edition", "another name", remedy)])


def _render_release(build: _Build, kept: Kept, folder: Path, newest: Site) -> tuple[Site, bool]:
    """What one release shows, from its own results, declarations and pages."""
    release = kept.release
    by_hand = read_pages(build.root, f"{RELEASES.as_posix()}/{release.name}/{PAGES}")
    publication = replace(build.publication, updated=release.data_day, commit=release.data_commit, release=release.name)
    here = {page.path for page in newest.pages} | set(newest.by_hand)
    extra = {"release": release, "release_name": name_release(kept)}

    def make(writer: PageWriter) -> list[Page]:
        return make_release_pages(kept, writer, by_hand, here)

    home = home_of_release(kept, by_hand)
    return _render_series(replace(build, publication=publication), kept.facts, folder, by_hand, home, make, extra)


def _render_series(
    build: _Build,
    facts: Facts,
    results: Path,
    by_hand: Mapping[str, PageFile],
    home: Home = Home(),  # noqa: B008
    make: Callable[[PageWriter], list[Page]] | None = None,
    extra: Mapping[str, object] | None = None,
    others: Mapping[str, bytes] | None = None,
    releases: Sequence[Kept] = (),
) -> tuple[Site, bool]:
    """The pages, charts and files of one folder of results, and whether the charts were drawn."""
    publication = build.publication
    said = [_said(facts.declared), build.parts, astuple(publication), [home.folder, *sorted(home.own)], others or {}]
    said.append([astuple(kept.release) for kept in releases])
    # Pages at the root are filled by MkDocs; those of a release here.
    texts = [page.text for page in by_hand.values()] if home.folder else []
    key = key_of(__name__, read_folder(results), list(by_hand), texts, *said)
    drawings = Drawings(catalogue(facts), build.cache)
    changed_on = publication.updated or facts.word("site.unknown_date")
    # Code on receipts reads the files of its own series.
    address = publication.address and publication.address + home.folder
    variables = {"data_changed": changed_on, "site_address": address, **(extra or {})}
    writer = PageWriter(facts, drawings, build.parts, variables, publication, home, releases)
    with processes() as run:  # charts are drawn while pages are written
        folders = _chart_folders(build.root, writer)
        charts = Stamp(_folder_of_record(build.root, writer) / "charts.stamp", tuple(folders))
        draws = build.draw and not charts.fits(key)
        # All pages of a lens or release are filled here. Those at the root MkDocs fills: they may ask for any chart.
        drawing = drawings.draw_all(run) if draws and not home.folder else None
        files = {**public_files(facts, results), **(others or {})}
        made = partial(make or partial(make_pages, facts, by_hand=by_hand), writer=writer)
        # What other series have is below the folder of the newest one.
        lenses = () if home.folder else facts.framework.lenses[1:]
        leave = (*(f"{lens.code}/" for lens in lenses), *(kept.release.address for kept in releases))
        record = _read_or_write_pages(build.root, writer, key, made, files, leave)
        drawn = drawings.only(record.shown.charts) if home.folder else drawings
        site = Site(build.root, results, facts, record.pages, writer, drawn, build.cache, by_hand)
        if draws:
            _write_charts(site, dict(build.progress("charts", drawing or drawn.draw_all(run), len(drawn))))
            charts.put(key)
    return site, draws


def _read_or_write_pages(
    root: Path,
    writer: PageWriter,
    key: str,
    make: Callable[[], list[Page]],
    others: Mapping[str, bytes],
    leave: tuple[str, ...],
) -> Record:
    """Record of the generated pages, which are written unless they are there, with the other files."""
    folder, target = _folder_of_record(root, writer), _generated(root, writer)
    path, stamp = folder / RECORD, Stamp(folder / "pages.stamp", (target,), leave=(*OF_CHARTS, *leave))
    if stamp.fits(key):
        record = TypeAdapter(Record).validate_json(read_bytes(path))
        writer.shown.tables |= record.shown.tables
        writer.shown.charts |= record.shown.charts
        return record
    pages = tuple(make())
    below = {page.path.removeprefix(writer.home.folder): page.text.encode() for page in pages}
    mirror(target, {**below, **others}, leave=(*OF_CHARTS, *leave))
    record = Record(tuple(replace(page, text="") for page in pages), writer.shown)
    write_if_changed(path, TypeAdapter(Record).dump_json(record))
    stamp.put(key)
    return record


def _generated(root: Path, writer: PageWriter) -> Path:
    """The folder of the generated pages and files."""
    return root / GENERATED / writer.home.folder


def _folder_of_record(root: Path, writer: PageWriter) -> Path:
    return root / RENDERED / writer.home.folder


def _said(declared: Declarations) -> list[Any]:
    return [astuple(declared.framework), [astuple(region) for region in declared.regions.values()], declared.sources,
            declared.control_totals, declared.corrections, declared.revisions, dict(declared.words)]  # fmt: skip


def _chart_folders(root: Path, writer: PageWriter) -> list[Path]:
    """Of the drawings that belong into pages, of the files of charts, and of the script that all of them share."""
    own = [_folder_of_record(root, writer) / INLINE, _generated(root, writer) / OF_CHARTS[0]]
    return own if writer.home.folder else [*own, root / GENERATED / OF_CHARTS[1]]


def _write_charts(site: Site, drawn: Mapping[str, Drawing]) -> None:
    """The files of all charts, and what a browser draws them with."""
    specs = {name: draw_interactive(make(), site.cache) for name, make in variants(site.facts).items()}
    files = {**chart_files(drawn), **interactive_files(specs, vega_bundle(site.cache))}
    inline, *others = _chart_folders(site.root, site.writer)
    svgs = {f"{name}-{width}.svg": svg.encode() for name, made in drawn.items() for width, svg in made.inline.items()}
    mirror(inline, svgs)
    for name, folder in zip(OF_CHARTS, others, strict=False):
        mirror(folder, {path.removeprefix(name): data for path, data in files.items() if path.startswith(name)})


def _styles(root: Path, theme: Path | None) -> dict[str, bytes]:
    """The palette, and all that pages need in one file: each file that a page waits for costs its reader time."""
    palette = palette_css().encode()
    before = [path for pattern in THEME_STYLES for path in list_files(theme, pattern)] if theme else []
    own = [read_source(root, f"docs/assets/{name}.css") for name in STYLES]
    parts = [*map(read_bytes, before), palette, *own]
    return {"assets/palette.css": palette, "assets/style.css": b"\n".join(parts)}
