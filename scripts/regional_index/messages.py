"""Messages for editors in the language of the site: mistakes translated where they are printed, and grouped.

Messages are written in English where mistakes are found. `words/messages/<language>.yml` holds the same texts in
another language: `frame` has the parts of a line, `texts` maps each English template with `{gaps}` to a template with
the same gaps. What is in a gap is copied. How the name of a gap begins says more: `part` is translated too, items of
`list` are joined as in the language, `code` is one word, `number` one number. A text that no template fits stays
English.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width

import yaml

from regional_index.cache import PACKS
from regional_index.errors import Problem, shorten
from regional_index.files import list_files, read_bytes

MESSAGES = PACKS / "messages"
ENGLISH = "en"
# Problems of one kind in one file are listed one by one up to so many; of more, so many examples are given.
MOST_ALONE, EXAMPLES = 10, 3
QUOTE = '"'
GAP = re.compile(r"\{([a-z]+)\}")
_PART, _LIST = "part", "list"
_SHAPES = {_PART: ".*?", "code": r"[\w-]+", "number": r"[-+\d.,/%]+"}
_BETWEEN = re.compile(r",? (?:and|or) |, ")
_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([A-Za-z-]+)", re.MULTILINE)
_VARYING = re.compile(r'"[^"]*"|-?\d+(?:[.,]\d+)*')
_FIRST_NUMBER, _LINE, _CELL = re.compile(r"^\d+"), re.compile(r"line (\d+)$"), re.compile(r"^(.+)!([A-Z]+\d+)$")


@dataclass(frozen=True)
class Pack:
    """The messages of a language.

    Attributes:
        frame: Parts of a line, by name.
        exact: Translations of texts without gaps.
        templates: What fits an English text, and its translation; those with most letters of their own first.
    """

    frame: Mapping[str, str]
    exact: Mapping[str, str]
    templates: tuple[tuple[re.Pattern[str], str], ...]


def message_languages() -> list[str]:
    """Codes of the languages that messages can be printed in."""
    return [path.stem for path in list_files(MESSAGES, "*.yml")]


@cache
def read_messages(language: str) -> Pack:
    """The messages of a language; English where it has none."""
    known = language if language in message_languages() else ENGLISH
    data = yaml.safe_load(read_bytes(MESSAGES / f"{known}.yml"))
    texts = data["texts"] or {}
    ordered = sorted(texts, key=lambda text: len(GAP.sub("", text)), reverse=True)
    templates = tuple((_pattern(text), texts[text]) for text in ordered if GAP.search(text))
    return Pack(data["frame"], {text: texts[text] for text in ordered if not GAP.search(text)}, templates)


def _pattern(template: str) -> re.Pattern[str]:
    """What fits a template. A gap ends at a semicolon, as clauses do, unless it is in quotes or a text itself."""
    pieces = GAP.split(template)
    pattern = re.escape(pieces[0])
    for before, gap, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        shape = next((shape for start, shape in _SHAPES.items() if gap.startswith(start)), "[^;]+?")
        pattern += f"(?P<{gap}>{'.*?' if before.endswith(QUOTE) else shape}){re.escape(after)}"
    return re.compile(pattern, re.DOTALL)


def language_of(root: Path) -> str:
    """The language of a project, from `data/framework.yml` as it stands, however wrong; English if it has none."""
    try:
        written = read_bytes(root / "data" / "framework.yml").decode("utf-8", errors="replace")
    except OSError:  # what is wrong with the file is one of the messages
        return ENGLISH
    match = _LANGUAGE.search(written)
    return match[1] if match else ENGLISH


def translate(text: str, language: str) -> str:
    """A message, or a part of one, in a language; unchanged if the language has no template that fits it."""
    pack = read_messages(language)
    if text in pack.exact:
        return pack.exact[text]
    for pattern, translation in pack.templates:
        match = pattern.fullmatch(text)
        if match:
            return _fill(translation, **{gap: _say_gap(gap, said, language) for gap, said in match.groupdict().items()})
    return text


def _fill(template: str, **said: str) -> str:
    """A template with its gaps filled; a space that sets a gap off is dropped between two wide letters."""
    text, *rest = GAP.split(template)
    for gap, after in zip(rest[::2], rest[1::2], strict=True):
        value = said[gap]
        text = (text[:-1] if _is_wide(text[-2:-1], text[-1:], value[:1]) else text) + value
        text += after[1:] if _is_wide(value[-1:], after[:1], after[1:2]) else after
    return text


def _is_wide(before: str, space: str, after: str) -> bool:
    return space == " " and all(letter and east_asian_width(letter) in "WF" for letter in (before, after))


def _say_gap(gap: str, text: str, language: str) -> str:
    if gap.startswith(_PART):
        return translate(text, language)
    return read_messages(language).frame["and"].join(_BETWEEN.split(text)) if gap.startswith(_LIST) else text


def say(problem: object, language: str) -> str:
    """One line about a problem, or about a message that is a text already."""
    if not isinstance(problem, Problem):
        return translate(str(problem), language)
    frame = read_messages(language).frame
    where = f"{problem.file}:{translate(problem.place, language)}" if problem.place else problem.file
    found = _fill(frame["found"], found=translate(shorten(problem.found), language)) if problem.found else ""
    expected, remedy = translate(problem.expected, language), translate(problem.remedy, language)
    return _fill(frame["line"], where=where, found=found, expected=expected, remedy=remedy)


def group_problems(problems: Iterable[object], language: str = ENGLISH) -> list[str]:
    """A line for each problem in their order, and one for many of the same kind in one file.

    Of the same kind are problems whose place, expected value and remedy differ in nothing but numbers and what is in
    quotes.

    Examples:
        >>> rows = [Problem("a.csv", f"{i}, column value", f'"{i},0"', "a number", f"write {i}") for i in range(2, 467)]
        >>> group_problems(rows)[0].split("; ")[0]
        'a.csv: 465 of the same kind (lines 2–466), such as 2: "2,0", 3: "3,0", 4: "4,0"'
    """
    groups: dict[object, list[object]] = defaultdict(list)
    for problem in problems:
        groups[_kind(problem)].append(problem)
    lines: list[str] = []
    for same in groups.values():
        alike = [problem for problem in same if isinstance(problem, Problem)]
        is_many = len(alike) > MOST_ALONE
        lines += [_say_many(alike, language)] if is_many else [say(problem, language) for problem in same]
    return lines


def list_problems(problems: Sequence[object], where: str, language: str = ENGLISH) -> str:
    """Write how many problems there are and where, then a line for each, or for many of a kind.

    Examples:
        >>> print(list_problems(["a.md: no title"], "in the pages"))
        1 problem(s) in the pages:
        a.md: no title
    """
    head = translate(f"{len(problems)} problem(s) {where}:", language)
    return "\n".join([head, *group_problems(problems, language)])


def _kind(problem: object) -> object:
    if not isinstance(problem, Problem):
        return problem
    texts = (problem.place, problem.expected, problem.remedy)
    return (_file_and_place(problem)[0], *(_VARYING.sub("#", text) for text in texts))


def _file_and_place(problem: Problem) -> tuple[str, str]:
    """File, or sheet of a book, and the line or cell in it."""
    cell = _CELL.match(problem.file)
    if cell:
        return cell[1], cell[2]
    line = _FIRST_NUMBER.search(problem.place) or _LINE.search(problem.place)
    return problem.file, line[line.lastindex or 0] if line else problem.place


def _say_many(problems: Sequence[Problem], language: str) -> str:
    frame = read_messages(language).frame
    file, places = _file_and_place(problems[0])[0], [_file_and_place(problem)[1] for problem in problems]
    examples = [
        _fill(frame["example"], place=place, found=translate(shorten(problem.found), language))
        for place, problem in zip(places[:EXAMPLES], problems[:EXAMPLES], strict=True)
    ]
    remedy = translate(problems[0].remedy, language)
    return _fill(
        frame["many"],
        file=file,
        count=str(len(problems)),
        span=_fill(frame["lines" if places[0].isdecimal() else "cells"], first=places[0], last=places[-1]),
        examples=frame["and"].join(examples),
        expected=translate(problems[0].expected, language),
        remedy=remedy if len({problem.remedy for problem in problems}) == 1 else _fill(frame["first"], remedy=remedy),
    )
