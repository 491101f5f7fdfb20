"""YAML with line numbers, so that a problem can say where it stands."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from regional_index.errors import Problem

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of a document down to one value."""

# libyaml reads the published edition about eight times as fast as the loader in pure Python.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file as read.

    Args:
        file: Its name, relative to the project.
        data: What it holds; `None` when it could not be read.
        lines: Line of every key and list item, by path.
        raw: How every value that is not text is written, by path.
        problems: What was wrong with it.
    """

    file: str
    data: Any
    lines: Mapping[KeyPath, int]
    raw: Mapping[KeyPath, str]
    problems: tuple[Problem, ...] = ()

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
    """Read a YAML file; keys are always text, and no key may stand twice in a map.

    Args:
        file: Its name, for messages.
        content: Its bytes.

    Examples:
        >>> document = load_yaml("data/x.yml", b"bands: [10, 20]")
        >>> document.data, document.place(("bands", 1))
        ({'bands': [10, 20]}, 'bands[1], line 1')
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"bytes that are not UTF-8 ({error.reason})"
        return _unreadable(Problem(file, f"line {line}", found, "UTF-8 text", "save the file as UTF-8"))
    try:
        return _Walk(file, _Loader(text)).document()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or str(error)
        remedy = "mend the indentation, quotes, colons or brackets there or just before; indent with spaces"
        return _unreadable(Problem(file, place, str(reason).replace("\n", " "), "YAML", remedy))


class _Walk:
    """Turns the nodes of one document into plain data, noting lines on the way."""

    def __init__(self, file: str, loader: Any) -> None:
        self.file, self.loader = file, loader
        self.lines: dict[KeyPath, int] = {}
        self.raw: dict[KeyPath, str] = {}
        self.problems: list[Problem] = []

    def document(self) -> Document:
        node = self.loader.get_single_node()
        data = None if node is None else self.value(node, ())
        return Document(self.file, data, self.lines, self.raw, tuple(self.problems))

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
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        value = self.loader.construct_object(node)
        self.raw[path] = node.value
        if isinstance(value, float) and not math.isfinite(value):
            place = f"line {node.start_mark.line + 1}"
            self.problems.append(Problem(self.file, place, node.value, "a finite number", "write the number"))
            return 0.0
        return value


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


def _unreadable(problem: Problem) -> Document:
    return Document(problem.file, None, {}, {}, (problem,))
