"""YAML with line numbers, so that a problem can say where it is.

YAML reads some of what people write as something else: `1:30` as 90, `no` as false, text behind ` #` as a comment.
All that is refused, so that what an editor sees in a file is what is read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from regional_index.errors import DataError, Problem
from regional_index.read.numbers import LONGEST, narrow
from regional_index.read.source_files import decode_text, require_line_end

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of a document down to one value."""

# libyaml reads the published edition about eight times as fast as the loader in pure Python.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40

DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?")
# Text for YAML, a number for people: an odd exponent, a leading 0, another base, commas, parts of sixty.
_NUMBER_LIKE = re.compile(
    r"[-+]?(?:\.?[0-9][0-9_.]*[eE][-+]?[0-9]+|0[0-9_]+|0[oObBxX][0-9a-fA-F_]+|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9][0-9_]*(?::[0-9][0-9_]*)+(?:\.[0-9_]*)?|[0-9_.]*[0-9]_[0-9_.]*)"
)
_COMMENT = re.compile(r"[ \t]+#.*")


@dataclass(frozen=True)
class Document:
    """A YAML file as read.

    Args:
        file: Its name, relative to the project.
        data: What it holds; `None` when it could not be read.
        lines: Line of every key and list item, by path.
        raw: How every value that is not text is written, by path.
        problems: What was wrong with it.
        refused: Where a value is that cannot be used; a problem says why.
    """

    file: str
    data: Any
    lines: Mapping[KeyPath, int]
    raw: Mapping[KeyPath, str]
    problems: tuple[Problem, ...] = ()
    refused: frozenset[KeyPath] = frozenset()

    def problem(self, path: KeyPath, found: Any, expected: str, remedy: str) -> Problem:
        """A problem with the value at a path; `found` is shown as it is written in the file."""
        return Problem(self.file, self.place(path), self.written(path, found), expected, remedy)

    def place(self, path: KeyPath) -> str:
        """A path for people, e.g. `indicators[3] (code software_revenue).unit, line 88`."""
        text, node = "", self.data
        for step in path:
            node = _inside(node, step)
            text += f"[{step}]{_label(node)}" if isinstance(step, int) else f".{step}" if text else step
        return ", ".join(part for part in (text, f"line {self.line(path)}") if part)

    def line(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest thing around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def written(self, path: KeyPath, value: Any) -> str:
        """A value as it is written in the file."""
        if isinstance(value, Mapping):
            return "a map"
        if isinstance(value, list | tuple):
            return "a list" if value else "an empty list"
        if value is None:
            return "nothing"
        return f'"{value}"' if isinstance(value, str) else self.raw.get(path, str(value))


def load_yaml(file: str, content: bytes) -> Document:
    r"""Read a YAML file; keys are always text, and no key may be twice in a map.

    Args:
        file: Its name, for messages.
        content: Its bytes.

    Examples:
        >>> document = load_yaml("data/x.yml", b"bands: [10, 20]\n")
        >>> document.data, document.place(("bands", 1))
        ({'bands': [10, 20]}, 'bands[1], line 1')
    """
    try:
        text = decode_text(file, content)
        require_line_end(file, text)
        endless = tuple(_check_shape(file, text))
        return Document(file, None, {}, {}, endless) if endless else _Walk(file, text).document()
    except DataError as error:
        return Document(file, None, {}, {}, error.problems)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or str(error)
        remedy = "fix the indentation, quotes, colons or brackets there or just before; indent with spaces"
        if "mapping values" in str(reason):
            remedy = 'put a text that holds ": " in quotes, or fix the indentation'
        problem = Problem(file, place, str(reason).replace("\n", " "), "YAML", remedy)
        return Document(file, None, {}, {}, (problem,))


def _check_shape(file: str, text: str) -> Iterator[Problem]:
    """A problem for each alias and for what is nested too deeply: a few lines of either can grow without bound."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        place = f"line {event.start_mark.line + 1}"
        if isinstance(event, yaml.AliasEvent):
            yield Problem(
                file, place, f"the alias *{event.anchor}", "values, no aliases", "write the value itself there"
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield Problem(
                file, place, "lists or maps nested too deeply", f"at most {DEEPEST} levels", "remove brackets"
            )
            return


class _Walk:
    """Turns the nodes of one document into plain data, noting lines and what is read otherwise than it is written."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.loader = file, text, _Loader(text)
        self.lines: dict[KeyPath, int] = {}
        self.raw: dict[KeyPath, str] = {}
        self.problems: list[Problem] = []
        self.refused: dict[KeyPath, tuple[str, str, str]] = {}

    def document(self) -> Document:
        node = self.loader.get_single_node()
        data = None if node is None else self.value(node, ())
        read = Document(self.file, data, self.lines, self.raw)
        refused = [Problem(self.file, read.place(path), *why) for path, why in self.refused.items()]
        problems = (*self.problems, *refused)
        return Document(self.file, data, self.lines, self.raw, problems, frozenset(self.refused))

    def value(self, node: Any, path: KeyPath) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return self.scalar(node, path)

    def mapping(self, node: Any, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise ValueError(f"a key that is not text, in line {key_node.start_mark.line + 1}")
            key, line = key_node.value, key_node.start_mark.line + 1
            if key in found:
                remedy = f"remove it here or in line {self.lines[(*path, key)]}"
                found_twice = Problem(self.file, f"line {line}", f'key "{key}" again', "each key once", remedy)
                self.problems.append(found_twice)
                continue
            self.lines[(*path, key)] = line
            found[key] = self.value(child, (*path, key))
        return found

    def scalar(self, node: Any, path: KeyPath) -> Any:
        kind, written = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        is_plain = kind == "str" and not node.style
        if is_plain and DECIMAL.fullmatch(written):  # 1e3, which YAML 1.1 takes for text
            kind, is_plain = "float", False
        wrong = _explain_scalar("plain" if is_plain else kind, written)
        comment = _COMMENT.match(self.text, node.end_mark.index)
        if is_plain and comment:
            found = f'"{written}", and behind it a comment: "{comment[0].strip()}"'
            remedy = "put the whole text in quotes, or the comment on a line of its own"
            wrong = (found, "text that ends with its line", remedy)
        if wrong:
            self.refused[path] = wrong
        if wrong or kind == "str":
            return written
        self.raw[path] = written
        if kind in ("int", "float"):
            number = float(written)
            return number if "." in written or not number.is_integer() else int(number)
        return self.loader.construct_object(node)


def _explain_scalar(kind: str, written: str) -> tuple[str, str, str] | None:
    """Explain a value that YAML takes for something else than it looks: found, expected, remedy."""
    quotes = f'put it in quotes: "{written}"' if len(written) <= LONGEST else "put it in quotes"
    if kind == "timestamp":
        return written, "text in quotes", quotes
    if kind == "bool" and written.lower() not in ("true", "false"):
        return written, "true or false", f"write true or false; if it is text, {quotes}"
    if kind == "float" and written.lower().strip("+-") in (".inf", ".nan"):
        return written, "a finite number", "write the number"
    is_number = kind in ("int", "float")
    if is_number and len(written) > LONGEST:
        return written, f"a number of at most {LONGEST} characters", "write fewer digits"
    narrowed = narrow(written)
    is_wide = narrowed != written and DECIMAL.fullmatch(narrowed)
    looks_like_one = kind == "plain" and (is_wide or _NUMBER_LIKE.fullmatch(narrowed))
    if looks_like_one or (is_number and not DECIMAL.fullmatch(written)):
        return written, "a number in decimal digits", f"write it like 1000 or 0.5; if it is text, {quotes}"
    return None


def _inside(node: Any, step: str | int) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def _label(node: Any) -> str:
    for key in ("code", "id", "indicator"):
        if isinstance(node, Mapping) and isinstance(node.get(key), str):
            return f" ({key} {node[key]})"
    return ""
