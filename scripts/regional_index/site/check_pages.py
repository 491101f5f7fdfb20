"""Fill every page without drawing a chart or building the site, to hear what is wrong with the pages in seconds."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, cast

import jinja2
import pandas as pd

from regional_index.errors import DataError, LookupFailed
from regional_index.facts import Facts, build_facts
from regional_index.figures import Drawing, Figure, catalogue
from regional_index.framework import Project
from regional_index.inputs import read_pages, read_parts
from regional_index.pages import PageWriter, make_pages

# What mkdocs-macros gives to a page besides our own names, as far as prose may use it.
FROM_MKDOCS = ("config", "page", "data_changed")
MISTAKES = (LookupFailed, TypeError, KeyError, ValueError, IndexError)


def check_pages(project: Project) -> list[str]:
    """What is wrong with the pages, as sentences that name page, macro and what it was given; each sentence once.

    Raises:
        DataError: A page asks for what the data do not allow.
    """
    try:
        by_hand, parts = read_pages(project.root), read_parts(project.root)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    facts = build_facts(project, project.root)
    unknown = {name: jinja2.ChainableUndefined(name=name) for name in FROM_MKDOCS}
    writer = PageWriter(facts, _undrawn(facts), parts, unknown)
    problems: dict[str, list[str]] = {}
    for name, macro in writer.macros.items():
        writer.macros[name] = _noting(writer, name, macro, problems)
    _note(problems, lambda: make_pages(facts, writer, by_hand))
    for page, written in by_hand.items():
        _note(problems, lambda page=page, text=written.text: writer.fill(page, text))
    return [_tell(message, pages) for message, pages in problems.items()]


def _undrawn(facts: Facts) -> Mapping[str, Drawing]:
    """Something in place of every drawing there is."""
    figure = Figure("", "", "", cast(Any, None), pd.DataFrame(), ())
    return dict.fromkeys(catalogue(facts), Drawing(figure, "", "", b"", "", ""))


def _noting(
    writer: PageWriter, name: str, macro: Callable[..., object], problems: dict[str, list[str]]
) -> Callable[..., object]:
    """The macro, but what is wrong with a call is noted and the page goes on, so that all of it is heard."""

    @functools.wraps(macro)
    def call(*arguments: Any, **named: Any) -> object:
        try:
            return macro(*arguments, **named)
        except MISTAKES as error:
            given = ", ".join([*map(repr, arguments), *(f"{key}={value!r}" for key, value in named.items())])
            problems.setdefault(f"{name}({given}): {error}", []).append(f"docs/{writer.current_page}")
            return ""

    return call


def _note(problems: dict[str, list[str]], make: Callable[[], object]) -> None:
    try:
        make()
    except LookupFailed as error:
        problems.setdefault(str(error), [])


def _tell(message: str, pages: list[str]) -> str:
    first, *others = dict.fromkeys(pages) or [""]
    more = f" (and on {len(others)} other pages)" if others else ""
    return f"{first}: {message}{more}" if first else message
