"""What prose may call, given to mkdocs-macros. The macros themselves are in `regional_index`."""

import functools
import sys
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError
from mkdocs.structure.pages import Page
from mkdocs_macros.errors import format_error

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.errors import LookupFailed
from regional_index.framework import site_name
from regional_index.site import Site, current_site, note_problem


def define_env(env: Any) -> None:
    """Register every macro and variable, bound to the page that MkDocs is rendering."""
    site = current_site()
    env.variables.update(site.writer.variables)
    env.filter(site_name, "first_value")
    for name, macro in site.writer.macros.items():
        env.macro(_on_current_page(env, site, name, macro), name)


def _on_current_page(env: Any, site: Site, name: str, macro: Any) -> Any:
    @functools.wraps(macro)
    def call(*arguments: Any, **named: Any) -> Any:
        page = env.page.file.src_uri
        site.writer.current_page = page
        try:
            return macro(*arguments, **named)
        except (LookupFailed, TypeError, KeyError, ValueError, IndexError) as error:
            # The build goes on, so that all pages are heard; it fails when they are through (see site_hooks).
            given = ", ".join([*map(repr, arguments), *(f"{key}={value!r}" for key, value in named.items())])
            note_problem(f"docs/{page}: {name}({given}): {error}")
            return ""

    return call


@format_error.register
def _say_what_is_misspelt(error: TemplateSyntaxError, markdown: str, page: Page) -> str:
    """One line instead of a page of Markdown."""
    line = markdown.splitlines()[error.lineno - 1].strip()
    return f"docs/{page.file.src_uri}: {error.message}, in: {line}"


@format_error.register
def _say_what_is_undefined(error: UndefinedError, markdown: str, page: Page) -> str:
    """One line instead of a traceback."""
    return f"docs/{page.file.src_uri}: {error.message}; docs/guide lists what a page may call"
