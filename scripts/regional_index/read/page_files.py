"""Reads the pages that people write, and refuses what MkDocs would drop, or print as text, without a word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regional_index.errors import DataError, Problem
from regional_index.read.source_files import check_source, decode_text, read_source
from regional_index.read.yaml_files import load_yaml

DOCS = "docs"
# Folders of docs/ without pages by hand: templates, and what the build writes.
PARTS, GENERATED = "_parts", "generated"
# The same as in MkDocs: what does not match is text of the page.
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_RULE = re.compile(r"\s*---[ \t]*\n")
_KEY = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_BETWEEN = "front matter between two lines of ---, the first of them line 1"


@dataclass(frozen=True)
class PageFile:
    """A page as it is written.

    Attributes:
        meta: Its front matter; empty where it has none.
        body: Everything after that.
        line: The line on which the body begins.
        text: All of it.
    """

    meta: Mapping[str, Any]
    body: str
    line: int
    text: str


def read_pages(root: Path, folder: str = DOCS) -> dict[str, PageFile]:
    """All pages by hand, by their path below the folder.

    Args:
        root: The project's folder.
        folder: Below it; `docs/`, or that of the pages of a release.

    Raises:
        DataError: It carries what is wrong with any of them, and every link and pipe among the other files.
    """
    pages: dict[str, PageFile] = {}
    problems: list[Problem] = []
    for path in _files_by_hand(root / folder):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".md":
            try:
                pages[name.removeprefix(f"{folder}/")] = read_page(root, name)
            except DataError as error:
                problems += error.problems
        elif path.is_symlink() or not (path.is_file() or path.is_dir()):
            problem = check_source(root, name)
            problems += [problem] if problem else []
    if problems:
        raise DataError(problems)
    return pages


def _files_by_hand(docs: Path) -> Iterator[Path]:
    for path in sorted(docs.rglob("*")):
        inside = path.relative_to(docs).parts
        if inside[0] not in (PARTS, GENERATED) and not any(part.startswith(".") for part in inside):
            yield path


def read_parts(root: Path) -> dict[str, str]:
    """The templates that pages share, by name.

    Raises:
        DataError: It carries what is wrong with any of them.
    """
    parts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((root / DOCS / PARTS).glob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            parts[path.stem] = decode_text(name, read_source(root, name))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return parts


def read_page(root: Path, file: str) -> PageFile:
    """A page by hand.

    Args:
        root: The project's folder.
        file: Its path below the root, such as `docs/about.md`.

    Raises:
        DataError: It is no file, not UTF-8, or its front matter is not what MkDocs takes for front matter.
    """
    text = decode_text(file, read_source(root, file)).replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT_MATTER.match(text)
    if found is None:
        _refuse_failed_front_matter(file, text)
        return PageFile({}, text, 1, text)
    # An empty line in place of the first one, so that lines count as in the file.
    document = load_yaml(file, f"\n{found[1]}".encode())
    problems = list(document.problems)
    if not problems and not isinstance(document.data, dict):
        wrong = (document.data, "keys with values, such as title: …", "write `key: value` on each line")
        problems = [document.problem((), *wrong)]
    for key in ("title", "description"):
        value = document.data.get(key, "text") if isinstance(document.data, dict) else "text"
        if not isinstance(value, str) and (key,) not in document.refused:
            remedy = f'put it in quotes: "{document.raw[key,]}"' if document.raw.get((key,)) else "write it as text"
            problems.append(document.problem((key,), value, "text", remedy))
    if problems:
        raise DataError(problems)
    return PageFile(document.data, text[found.end() :], text.count("\n", 0, found.end()) + 1, text)


def _refuse_failed_front_matter(file: str, text: str) -> None:
    """Refuse a page without front matter whose first lines would be taken for some, or were meant to be."""
    first = text.partition("\n")[0]
    if _RULE.match(text):
        is_first = text.startswith("---")
        what = "front matter that is not closed" if is_first else "empty lines before the front matter"
        remedy = "add a line of --- below its last key" if is_first else "delete them"
        raise DataError([Problem(file, "1", what, _BETWEEN, f"{remedy}, or write *** for a rule across the page")])
    if _KEY.match(first):
        remedy = "put a line of --- before and after it, or begin the page with an empty line"
        raise DataError([Problem(file, "1", f'"{first}", which is taken for a key and not printed', _BETWEEN, remedy)])
