"""From `data/` and the templates to the folder of generated pages and files."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from regional_index.compute.uncertainty import Progress
from regional_index.downloads import chart_files, interactive_files, make_api
from regional_index.facts import Facts, build_facts
from regional_index.figures import (
    Drawing,
    Drawings,
    catalogue,
    draw_interactive,
    palette_css,
    surroundings,
    variants,
    vega_bundle,
)
from regional_index.files import cached_object, digest, list_files, mirror, only_used, read_bytes
from regional_index.framework import Publication
from regional_index.history import last_change
from regional_index.inputs import read_pages, read_parts, read_project
from regional_index.pages import Page, PageWriter, make_pages
from regional_index.pages.take_along import Shown

DATA = "data"
THEME_STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
STYLES = ("base", "site")
GENERATED = Path("docs/generated")
CACHE = Path("build/cache/charts")
CACHE_OF_PAGES = Path("build/cache/generated")
CODE = Path(__file__).parent.parent
TOOLS = ("highspy", "Jinja2", "MarkupSafe", "numpy", "pandas", "scipy", "XlsxWriter")
# Given the name of some long work, its steps and their number; gives the steps back one by one.
Show = Callable[[str, Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True)
class Site:
    """What one build knows: the facts, the generated pages, and a writer for the pages written by hand.

    `api` and `charts` are the generated downloads, by path below the site's root; `inputs` are the files of `data/`
    that were read; `key` stands for everything that any of it depends on.
    """

    facts: Facts
    pages: tuple[Page, ...]
    writer: PageWriter
    changed: tuple[str, ...]
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    api: Mapping[str, bytes] = field(default_factory=dict)
    charts: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class Made:
    """What is kept for the next build from the same input: generated pages and downloads, and what those pages show."""

    pages: tuple[Page, ...]
    api: Mapping[str, bytes]
    charts: Mapping[str, bytes]
    shown: Shown


def generate(
    root: Path,
    progress: Show = lambda _what, steps, _total: steps,
    publication: Publication = Publication(),  # noqa: B008
    theme: Path | None = None,
) -> Site:
    """Check the data, compute, draw, and bring `docs/generated/` up to date. Nothing is written if the data are bad.

    Args:
        root: The project's folder, with `data/` and `docs/`.
        progress: Wraps the steps of long work, given its name and their number, to show how far it is.
        publication: What `mkdocs.yml` says of the site; the day of the last change is added.
        theme: The theme's folder, whose styles come before ours.

    Raises:
        DataError: The data cannot be used, or a page cannot be read.
        LookupFailed: A template asks for something that does not exist.
    """
    project, by_hand, parts = read_project(root), list(read_pages(root)), read_parts(root)
    facts = build_facts(project, root, partial(progress, "draws"))
    publication = replace(publication, updated=last_change(root, DATA).day)
    changed_on = publication.updated or facts.word("site.unknown_date")
    variables = {"data_changed": changed_on, "site_address": publication.address}
    drawings = Drawings(catalogue(facts), root / CACHE)
    writer = PageWriter(facts, drawings, parts, variables, publication)
    key = _everything([*project.files.items(), *parts.items()], [*by_hand, *astuple(publication)])

    def make() -> Made:
        charts = _draw_all(facts, drawings, root / CACHE, partial(progress, "charts"))
        pages = tuple(make_pages(facts, writer, by_hand))
        return Made(pages, make_api(facts), charts, writer.shown)

    made = cached_object(root / CACHE_OF_PAGES, [key], make)
    writer.shown.tables |= made.shown.tables
    writer.shown.charts |= made.shown.charts
    files = {page.path: page.text.encode() for page in made.pages}
    changed = mirror(root / GENERATED, {**files, **made.api, **made.charts, **_styles(root, theme)})
    return Site(facts, made.pages, writer, tuple(changed), drawings, made.api, made.charts, project.files, key)


def _everything(files: Iterable[tuple[str, bytes | str]], said: Iterable[object]) -> str:
    """A hash of whatever the generated pages and files depend on: input, our own code, tools and fonts."""
    code = [read_bytes(path) for path in list_files(CODE) if path.suffix in (".py", ".json")]
    tools = [python_version(), *(f"{name} {version(name)}" for name in TOOLS), *surroundings()]
    named = [part for name, content in files for part in (name, content)]
    return digest([*named, json.dumps(list(said)), *code, *tools])


def _draw_all(facts: Facts, drawings: Drawings, cache: Path, progress: Progress) -> dict[str, bytes]:
    """The files of the charts of all pages, and those with which a browser draws them again."""
    others = variants(facts)
    with only_used(cache):
        drawn = dict(progress(drawings.draw_all(), len(drawings)))
        specs = {name: draw_interactive(make(), cache) for name, make in others.items()}
        return {**chart_files(drawn), **interactive_files(specs, vega_bundle(cache))}


def _styles(root: Path, theme: Path | None) -> dict[str, bytes]:
    """The palette, and all that pages need in one file: each file that a page waits for costs its reader time."""
    palette = palette_css().encode()
    before = [path for pattern in THEME_STYLES for path in list_files(theme, pattern)] if theme else []
    own = [root / "docs" / "assets" / f"{name}.css" for name in STYLES]
    parts = [*map(read_bytes, before), palette, *map(read_bytes, own)]
    return {"assets/palette.css": palette, "assets/style.css": b"\n".join(parts)}
