"""How MkDocs gets the generated pages: the same steps for `mkdocs build` and `mkdocs serve`."""

import logging
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext
from rich.progress import track

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.claims import SolverError
from regional_index.errors import DataError, LookupFailed, list_problems
from regional_index.framework import Publication
from regional_index.markup import escape
from regional_index.site import (
    GENERATED,
    Site,
    current_site,
    expand_navigation,
    generate,
    late_files,
    noted_problems,
    set_current,
    write_late_files,
)
from regional_index.site.aside import put_aside, put_back
from regional_index.site.filled import Filled, FilledPage
from regional_index.site.policy import write_policies
from regional_index.site.printed_links import number_links
from regional_index.site.search import write_search_index

log = logging.getLogger("mkdocs.hooks.regional_index")
# Where there is no terminal for a moving bar, a line is printed after so many charts.
STEPS_A_LINE = 30
PRINTED_LINKS = "printed_links"


@dataclass
class _Build:
    """The build under way: whether somebody is editing, pages as macros filled them, and what was put aside."""

    serving: bool = False
    filled: Filled | None = None
    aside: dict[str, list[str]] = field(default_factory=dict)


_build = _Build()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether somebody is editing."""
    _build.serving = command == "serve"


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the data, compute and generate, before any plugin reads the configuration."""
    try:
        site = generate(Path(config.config_file_path).parent, _show_progress, _publication(config), _theme(config))
        log.info("generated %d pages, %d files changed", len(site.pages), len(site.changed))
    except DataError as error:
        site = _last_good_site(list_problems(error.problems, "in data/ and docs/"))
    except (LookupFailed, SolverError) as error:
        site = _last_good_site(str(error))
    set_current(site)
    read: Any = config.user_configs  # the first is mkdocs.yml, the second what the command line adds
    _build.filled = Filled.open(Path(config.config_file_path).parent, site, read[0])
    if config.nav:
        config.nav = expand_navigation(config.nav, site.pages)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give generated files the address they have without the folder they are kept in."""
    # What pages print with macros is text unless it is markup already, as in the templates of generated pages.
    config.plugins["macros"].env.finalize = escape  # type: ignore[attr-defined]
    folder = Path(config.config_file_path).parent / GENERATED
    prefix = GENERATED.name + "/"
    unlisted = {page.path for page in current_site().pages if not page.listed}
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
    writer = current_site().writer
    whole = [page.content or "", *_build.aside[page.file.src_uri]]
    quotes = any('class="ri-claim"' in part for part in whole)
    printed = {
        "printed_links": page.meta[PRINTED_LINKS],
        "claims_address": urljoin(_address_of(page), get_relative_url("claims/", page.url)) if quotes else "",
        "edition_name": writer.edition_name,
        "data_changed": writer.variables["data_changed"],
    }
    context.update(printed)  # type: ignore[typeddict-item]
    return context


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Stop when pages asked for what does not exist; all of them at once."""
    problems = noted_problems()
    if problems:
        _refuse(list_problems(problems, "in the pages"))
    return env


@event_priority(100)
def _before_macros(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Take a page as it was filled in the last build, if nothing that macros ask for has changed."""
    filled = _filled_again(page)
    if filled is None:
        return markdown
    page.meta["render_macros"] = False
    return filled.text


@event_priority(-100)
def _after_macros(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Remember a page for the next build; put aside what is HTML already."""
    name, filled = page.file.src_uri, _filled_again(page)
    if filled is not None and page.title != filled.title:
        page.title = filled.title  # type: ignore[assignment]
    elif filled is None and _build.filled is not None and page.meta.get("render_macros") is not False:
        _build.filled.pages[name] = FilledPage(str(markdown), str(page.title))
    shortened, _build.aside[name] = put_aside(str(markdown))
    return shortened


on_page_markdown = CombinedEvent(_before_macros, _after_macros)


def _filled_again(page: Page) -> FilledPage | None:
    filled = _build.filled
    return filled.pages.get(page.file.src_uri) if filled is not None and filled.again else None


@event_priority(100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put it back where it was."""
    try:
        return put_back(output, _build.aside.pop(page.file.src_uri))
    except ValueError as error:
        _refuse(f"docs/{page.file.src_uri}: {error}")
        return output


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Replace the theme's index by our worker's, add the files that depend on the pages, say what pages may run."""
    site = current_site()
    write_search_index(Path(config.site_dir), site.facts)
    write_late_files(Path(config.site_dir), _late_files(site))
    if not _build.serving:  # MkDocs' live reload is an inline script of its own
        problems = write_policies(Path(config.site_dir), map(Path, config.theme.dirs))
        if problems:
            _refuse(list_problems(problems, "in the built pages"))


def _address_of(page: Page) -> str:
    """In full where the site has an address, else below its root."""
    return page.canonical_url or f"/{page.url}"


def _late_files(site: Site) -> Mapping[str, bytes]:
    """Made once for the same input; not kept while somebody is editing and a page has something wrong in it."""
    filled = _build.filled
    if filled is None or noted_problems():
        return late_files(site)
    filled.keep(lambda: late_files(site))
    return filled.files


def _publication(config: MkDocsConfig) -> Publication:
    return Publication(config.site_url or "", str(config.theme["language"] or ""), config.site_author or "")


def _theme(config: MkDocsConfig) -> Path:
    """The folder of the theme's own templates, which come after those that we put before them."""
    return Path(config.theme.dirs[1 if config.theme.custom_dir else 0])


def _refuse(message: str) -> None:
    """Stop the build; while somebody is editing, only say what is wrong, for MkDocs would show nothing at all."""
    if not _build.serving:
        raise PluginError(message)
    log.error("%s", message)


def _last_good_site(message: str) -> Site:
    _refuse(message)
    try:
        return current_site()
    except RuntimeError:
        raise PluginError(message) from None


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
