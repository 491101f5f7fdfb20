"""How MkDocs gets the generated pages: the same steps for `mkdocs build` and `mkdocs serve`."""

import logging
import sys
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from rich.progress import track

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.errors import DataError, LookupFailed
from regional_index.markup import escape
from regional_index.site import (
    GENERATED,
    current_site,
    expand_navigation,
    generate,
    noted_problems,
    set_current,
)
from regional_index.site.search import write_search_index

log = logging.getLogger("mkdocs.hooks.regional_index")


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the data, compute and generate, before any plugin reads the configuration."""
    root = Path(config.config_file_path).parent
    try:
        site = generate(root, _show_progress)
    except DataError as error:
        raise PluginError(f"{len(error.problems)} problem(s) in the data:\n{error}") from error
    except LookupFailed as error:
        raise PluginError(str(error)) from error
    set_current(site)
    log.info("generated %d pages, %d files changed", len(site.pages), len(site.changed))
    if config.nav:
        config.nav = expand_navigation(config.nav, site.pages)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give generated files the address they have without the folder they are kept in."""
    # What pages print with macros is text unless it is markup already, as in the templates of generated pages.
    config.plugins["macros"].env.finalize = escape  # type: ignore[attr-defined]
    folder = Path(config.config_file_path).parent / GENERATED
    prefix = GENERATED.name + "/"
    for file in list(files):
        if file.src_uri.startswith(prefix):
            files.remove(file)
            files.append(_moved(file, folder, prefix, config))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Stop when pages asked for what does not exist; all of them at once."""
    problems = noted_problems()
    if problems:
        raise PluginError("\n".join([f"{len(problems)} problem(s) in the pages:", *problems]))
    return env


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Replace the index of the theme's search by the one that our worker reads."""
    write_search_index(Path(config.site_dir), current_site().facts)


def _moved(file: File, folder: Path, prefix: str, config: MkDocsConfig) -> File:
    return File(file.src_uri.removeprefix(prefix), str(folder), config.site_dir, config.use_directory_urls)


def _show_progress(names: Iterable[str], total: int) -> Iterable[str]:
    return track(list(names), description="charts", total=total, transient=True, disable=not sys.stderr.isatty())
