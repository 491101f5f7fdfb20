"""Hooks that give MkDocs the generated pages: the same for `mkdocs build`, `mkdocs serve` and `build.py check`."""

import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext
from rich.progress import track

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.errors import DataError, LookupFailed, NotComputed
from regional_index.framework import Publication
from regional_index.messages import language_of, list_problems, translate
from regional_index.render import escape
from regional_index.site import (
    CURRENT,
    GENERATED,
    Site,
    expand_navigation,
    late_files,
    prepare,
    table_files,
    write_late_files,
)
from regional_index.site.aside import put_aside, put_back
from regional_index.site.current import Checked
from regional_index.site.on_demand import draw_on_demand, show_messages
from regional_index.site.policy import write_policies
from regional_index.site.printed_links import number_links
from regional_index.site.search import SearchIndex
from regional_index.topics.charts import put_in_drawings

log = logging.getLogger("mkdocs.hooks.regional_index")
# Where there is no terminal for a moving bar, a line is printed after so many charts.
STEPS_A_LINE = 30
PRINTED_LINKS = "printed_links"
_aside: dict[str, list[str]] = {}
_search = SearchIndex()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether somebody is editing."""
    CURRENT.serving = command == "serve"
    _search.clear()


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the data, compute and render, before any plugin reads the configuration."""
    root = Path(config.config_file_path).parent
    CURRENT.messages.clear()
    try:
        site = prepare(
            root, _show_progress, publication_of(config), theme_of(config),
            results=CURRENT.results, draw=not (CURRENT.serving or CURRENT.checking),
        )  # fmt: skip
    except DataError as error:
        site = _last_good_site(list_problems(error.problems, "in data/ and docs/", language_of(root)))
    except (LookupFailed, NotComputed) as error:
        site = _last_good_site(translate(str(error), language_of(root)))
    CURRENT.begin(site)
    config.theme["language"] = site.facts.framework.language
    if config.nav:
        config.nav = expand_navigation(config.nav, site.all_pages, site.by_hand)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give generated files the address they have without the folder they are in."""
    # What pages print with macros is text unless it is markup already, as in the templates of generated pages.
    macros: Any = config.plugins["macros"]
    macros.env.finalize = escape
    # Mistakes are noted by site_macros and told together by on_env.
    macros.config["on_error_fail"] = False
    folder = Path(config.config_file_path).parent / GENERATED
    prefix = GENERATED.name + "/"
    unlisted = {page.path for page in CURRENT.rendered.all_pages if not page.listed}
    for file in list(files):
        if file.src_uri.startswith(prefix):
            files.remove(file)
            moved = _moved(file, folder, prefix, config)
            if moved.src_uri in unlisted:
                moved.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(moved)
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Number the links of a page for paper."""
    numbered, page.meta[PRINTED_LINKS] = number_links(html, _address_of(page))
    return numbered


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Tell the theme what overrides/partials/paper.html prints."""
    writer = CURRENT.rendered.of(page.file.src_uri).writer
    claims = get_relative_url(writer.home.of("claims/"), page.url)
    whole = [page.content or "", *_aside[page.file.src_uri]]
    quotes = any('class="ri-claim"' in part for part in whole)
    printed = {
        "printed_links": page.meta[PRINTED_LINKS],
        "claims_address": urljoin(_address_of(page), claims) if quotes else "",
        "edition_name": writer.edition_name,
        "data_changed": writer.variables["data_changed"],
        "data_commit": writer.publication.commit,
    }
    context.update(printed)  # type: ignore[typeddict-item]
    return context


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Stop when pages asked for what does not exist; all of them at once."""
    if CURRENT.problems:
        _refuse(list_problems(CURRENT.problems, "in the pages", _language()))
    if CURRENT.checking:
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        raise Checked
    return env


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace what is HTML already by placeholders, once macros have filled the page."""
    shortened, _aside[page.file.src_uri] = put_aside(str(markdown))
    return shortened


@event_priority(100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put it back where it was, and the drawings in their places."""
    try:
        whole = put_back(output, _aside.pop(page.file.src_uri))
    except ValueError as error:
        _refuse(f"docs/{page.file.src_uri}: {error}")
        return output
    return whole if CURRENT.serving else put_in_drawings(whole, CURRENT.rendered.of(page.file.src_uri).inline_svg)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Replace the theme's index by our worker's, add the files that depend on the pages, say what pages may run."""
    site, folder = CURRENT.rendered, Path(config.site_dir)
    problems = _search.write(folder, site.facts)
    write_late_files(folder, table_files(site) if CURRENT.serving else late_files(site))
    if not CURRENT.serving:  # MkDocs' live reload is an inline script of its own
        problems += write_policies(folder, map(Path, config.theme.dirs))
    if problems:
        _refuse(list_problems(problems, "in the built pages", _language()))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Draw a chart when somebody looks at it, and say on every page what is wrong."""
    drawn = draw_on_demand(server.serve_request, Path(config.site_dir), server.mount_path)
    server.set_app(show_messages(drawn))
    return server


def _address_of(page: Page) -> str:
    """Address of a page, in full where the site has one, else below its root."""
    return page.canonical_url or f"/{page.url}"


def publication_of(config: MkDocsConfig) -> Publication:
    """The site as a publication, as mkdocs.yml describes it; the address of `mkdocs serve` is none."""
    address = "" if CURRENT.serving else config.site_url or ""
    return Publication(address, config.site_author or "")


def theme_of(config: MkDocsConfig) -> Path:
    """The folder of the theme's own templates, which come after those that we put before them."""
    return Path(config.theme.dirs[1 if config.theme.custom_dir else 0])


def _language() -> str:
    """The language of the site under way."""
    return CURRENT.rendered.facts.framework.language


def _refuse(message: str) -> None:
    """Stop the build; while somebody is editing, say on every page what is wrong, for MkDocs would show nothing."""
    if not CURRENT.serving:
        raise PluginError(message)
    CURRENT.messages.append(message)
    log.error("%s", message)


def _last_good_site(message: str) -> Site:
    _refuse(message)
    if CURRENT.site is None:
        raise PluginError(message)
    return CURRENT.site


def _moved(file: File, folder: Path, prefix: str, config: MkDocsConfig) -> File:
    return File(file.src_uri.removeprefix(prefix), str(folder), config.site_dir, config.use_directory_urls)


def _show_progress(what: str, steps: Iterable[Any], total: int) -> Iterable[Any]:
    if sys.stdout.isatty():
        yield from track(steps, description=what, total=total, transient=True)
        return
    for number, step in enumerate(steps, start=1):
        yield step
        if number % STEPS_A_LINE == 0 or number == total:
            print(f"{what}: {number} of {total}", flush=True)
