"""Registers macros and variables with mkdocs-macros. The macros themselves are in `regional_index/topics/`."""

import functools
import inspect
import logging
import sys
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError
from mkdocs.structure.pages import Page
from mkdocs_macros.errors import format_error

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.errors import LookupFailed
from regional_index.framework import site_name
from regional_index.render import element
from regional_index.site import CURRENT, Site

TEMPLATE = "<template>"


def define_env(env: Any) -> None:
    """Register every macro and variable, bound to the page that MkDocs is rendering."""
    # It would say again, at length, what is noted here.
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.ERROR)
    site = CURRENT.rendered
    env.variables.update(site.writer.variables)
    env.filter(site_name, "first_value")
    for name, macro in site.writer.macros.items():
        env.macro(_on_current_page(env, site, name, macro), name)


def _on_current_page(env: Any, site: Site, name: str, macro: Any) -> Any:
    parameters = inspect.signature(macro)

    @functools.wraps(macro)
    def call(*arguments: Any, **named: Any) -> Any:
        page = env.page.file.src_uri
        site.writer.current_page = page
        try:
            parameters.bind(*arguments, **named)
        except TypeError as error:
            return _note(page, _calling_line(sys._getframe()), name, arguments, named, error)
        try:
            return macro(*arguments, **named)
        except LookupFailed as error:
            return _note(page, _calling_line(sys._getframe()), name, arguments, named, error)

    return call


def _note(page: str, line: int, name: str, arguments: Any, named: Any, error: Exception) -> str:
    """Note what is wrong with a call. The build goes on, so that all pages are read; then it fails."""
    given = ", ".join([*map(repr, arguments), *(f"{key}={value!r}" for key, value in named.items())])
    problem = f"{_place(page, line)}: {name}({given}): {error}"
    CURRENT.problems.append(problem)
    return element("mark", problem, class_="ri-problem") if CURRENT.serving else ""


def _calling_line(frame: FrameType | None) -> int:
    """The line of the page from which a macro is called, counted from the end of its front matter."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename in (None, TEMPLATE):
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return 1


def _place(page: str, line: int) -> str:
    written = CURRENT.rendered.by_hand.get(page)
    if written is None:
        return f"docs/{page}:{line}"
    # MkDocs drops empty lines before the text.
    dropped = len(written.body) - len(written.body.lstrip("\n"))
    return f"docs/{page}:{written.line + dropped + line - 1}"


@format_error.register
def _note_mistake(error: Exception, markdown: str, page: Page) -> str:
    """Note a mistake of the page; an error inside a macro is a bug of ours, and raised."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == TEMPLATE]
    inside = [frame for frame in frames if "regional_index" in Path(frame.filename).parts]
    # What is undefined is noticed where it is printed, which is our code.
    if not lines or (inside and not isinstance(error, UndefinedError)):
        raise error
    problem = f"{_place(page.file.src_uri, lines[-1] or 1)}: {error}; docs/guide lists what a page may call"
    CURRENT.problems.append(problem)
    return problem


@format_error.register
def _note_misspelling(error: TemplateSyntaxError, markdown: str, page: Page) -> str:
    """Note what is misspelt, with the line that it is in."""
    line = markdown.splitlines()[error.lineno - 1].strip()
    CURRENT.problems.append(f"{_place(page.file.src_uri, error.lineno)}: {error.message}, in: {line}")
    return CURRENT.problems[-1]
