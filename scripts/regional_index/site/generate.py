"""From `data/` and the templates to the folder of generated pages and files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from regional_index.compute.uncertainty import Progress
from regional_index.downloads import chart_files, interactive_files, make_api
from regional_index.facts import Facts, build_facts
from regional_index.figures import (
    Drawing,
    catalogue,
    draw,
    draw_interactive,
    palette_css,
    variants,
    vega_bundle,
)
from regional_index.files import last_change, list_files, mirror, only_used, read_bytes
from regional_index.framework import Publication
from regional_index.inputs import read_project
from regional_index.pages import Page, PageWriter, make_pages

DATA = "data"
THEME_STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
STYLES = ("base", "site")
GENERATED = Path("docs/generated")
PARTS = Path("docs/_parts")
CACHE = Path("build/cache/charts")
# Given the name of some long work, its steps and their number; gives the steps back one by one.
Show = Callable[[str, Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True)
class Site:
    """What one build knows: the facts, the generated pages, and a writer for the pages written by hand.

    `api` and `charts` are the generated downloads, by path below the site's root; `inputs` are the files of `data/`.
    """

    facts: Facts
    pages: tuple[Page, ...]
    writer: PageWriter
    changed: tuple[str, ...]
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    api: Mapping[str, bytes] = field(default_factory=dict)
    charts: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, bytes] = field(default_factory=dict)


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
        DataError: The data cannot be used.
        LookupFailed: A template asks for something that does not exist.
    """
    facts = build_facts(read_project(root), root, partial(progress, "draws"))
    drawings, live = _draw_all(facts, root / CACHE, partial(progress, "charts"))
    parts = {path.stem: read_bytes(path).decode() for path in list_files(root / PARTS, "*.md")}
    publication = replace(publication, updated=last_change(root, DATA))
    changed_on = publication.updated or facts.word("site.unknown_date")
    variables = {"data_changed": changed_on, "site_address": publication.address}
    writer = PageWriter(facts, drawings, parts, variables, publication)
    pages = make_pages(facts, writer, _pages_by_hand(root))
    files: dict[str, bytes] = {page.path: page.text.encode() for page in pages}
    api, charts = make_api(facts), chart_files(drawings)
    files |= {**api, **charts, **live, **_styles(root, theme)}
    changed = mirror(root / GENERATED, files)
    inputs = {path.relative_to(root / DATA).as_posix(): read_bytes(path) for path in list_files(root / DATA)}
    return Site(facts, tuple(pages), writer, tuple(changed), drawings, api, charts, inputs)


def _draw_all(facts: Facts, cache: Path, progress: Progress) -> tuple[Mapping[str, Drawing], Mapping[str, bytes]]:
    """The charts of the pages, and the files with which a browser draws them again."""
    makers, others = catalogue(facts), variants(facts)
    with only_used(cache):
        drawings = {name: draw(makers[name](), cache) for name in progress(makers, len(makers))}
        specs = {name: draw_interactive(make(), cache) for name, make in others.items()}
        return drawings, interactive_files(specs, vega_bundle(cache))


def _styles(root: Path, theme: Path | None) -> dict[str, bytes]:
    """The palette, and all that pages need in one file: each file that a page waits for costs its reader time."""
    palette = palette_css().encode()
    before = [path for pattern in THEME_STYLES for path in list_files(theme, pattern)] if theme else []
    own = [root / "docs" / "assets" / f"{name}.css" for name in STYLES]
    parts = [*map(read_bytes, before), palette, *map(read_bytes, own)]
    return {"assets/palette.css": palette, "assets/style.css": b"\n".join(parts)}


def _pages_by_hand(root: Path) -> list[str]:
    docs, generated = root / "docs", root / GENERATED
    pages = [path for path in list_files(docs, "**/*.md") if generated not in path.parents]
    return [path.relative_to(docs).as_posix() for path in pages]
