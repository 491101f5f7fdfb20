"""Finds names of an edition that are typed by hand: the name is data, for next year's edition has another."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from regional_index.errors import DataError, Problem
from regional_index.framework.publication import EDITION_FOLDER
from regional_index.framework.tree import Name
from regional_index.read.page_files import DOCS, PARTS, PageFile
from regional_index.read.yaml_files import Document, KeyPath

GAP = "{edition}"
DECLARED = ("series", "published")
_PARTS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_CODE = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_EXPECTED = "no typed name of an edition: series.published.name in data/framework.yml has it"


def name_pattern(names: Name) -> re.Pattern[str] | None:
    """Pattern of names of this edition or another: its digits may be any, its spaces are free.

    Nothing is looked for where no name has a letter: a bare year is in many sentences.

    Examples:
        >>> pattern = name_pattern({"en": "2020 edition", "fr": "Rapport trois"})
        >>> [bool(pattern.search(text)) for text in ("the 2021 Edition", "rapport  trois", "in 2021", "12020 edition")]
        [True, True, False, False]
        >>> name_pattern({"en": "2020"})
    """
    named = [_PARTS.findall(name) for name in names.values() if any(sign.isalpha() for sign in name)]
    patterns = [r"\s*".join(map(_part_pattern, parts)) for parts in named]
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _part_pattern(part: str) -> str:
    if part.isdecimal():
        return rf"(?<!\d)\d{{{len(part)}}}"
    return rf"(?<![a-z]){part}" if part.isascii() and part.isalpha() else re.escape(part)


def check_typed_words(words: Document, names: Name) -> Iterator[Problem]:
    """A problem for each sentence with a typed name."""
    remedy = f"write {GAP} if the sentence has that gap, else leave the name out"
    yield from _check_texts(words, words.data, (), name_pattern(names), remedy)


def check_framework_texts(framework: Document, names: Name) -> Iterator[Problem]:
    """A problem for each text with a typed name, but for the one that declares it."""
    yield from _check_texts(framework, framework.data, (), name_pattern(names), f"write {GAP}")


def _check_texts(
    document: Document, value: Any, path: KeyPath, pattern: re.Pattern[str] | None, remedy: str
) -> Iterator[Problem]:
    if isinstance(value, Mapping | list) and path != DECLARED:
        for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _check_texts(document, inner, (*path, key), pattern, remedy)
    elif isinstance(value, str) and pattern:
        for found in pattern.finditer(value):
            yield document.problem(path, found[0], _EXPECTED, remedy)


def refuse_typed_names(pages: Mapping[str, PageFile], parts: Mapping[str, str], names: Name) -> None:
    """Refuse pages and templates with a typed name; code is an example of how something is written.

    A page of an earlier edition below `docs/editions/` keeps its own name.

    Args:
        pages: By their path below `docs/`.
        parts: The templates, by name.
        names: Those of the edition, by language.

    Raises:
        DataError: It carries each place.
    """
    pattern = name_pattern(names)
    files = {
        f"{DOCS}/{path}": (page.text, page.line)
        for path, page in pages.items()
        if not path.startswith(f"{EDITION_FOLDER}/")
    }
    files |= {f"{DOCS}/{PARTS}/{name}.md": (text, 1) for name, text in parts.items()}
    problems = [problem for file, read in files.items() if pattern for problem in _check_page(file, *read, pattern)]
    if problems:
        raise DataError(problems)


def _check_page(file: str, text: str, body: int, pattern: re.Pattern[str]) -> Iterator[Problem]:
    prose = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    for found in pattern.finditer(prose):
        line = text.count("\n", 0, found.start()) + 1
        remedy = "write {{ edition }}" if line >= body else "leave it out, for front matter is not filled"
        yield Problem(file, str(line), f'"{found[0]}"', _EXPECTED, remedy)


def fill_edition_name(value: Any, name: str) -> Any:
    """A document with its gaps `{edition}` filled.

    Examples:
        >>> fill_edition_name({"limits": ["As {edition} has it"], "years": [2020]}, "B")
        {'limits': ['As B has it'], 'years': [2020]}
    """
    if isinstance(value, Mapping):
        return {key: fill_edition_name(inner, name) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill_edition_name(inner, name) for inner in value]
    return value.replace(GAP, name) if isinstance(value, str) else value
