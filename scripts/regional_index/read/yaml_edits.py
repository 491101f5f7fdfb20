"""Edits of YAML files that people write: lines are added, and nothing else is touched."""

from collections.abc import Collection, Sequence

from regional_index.errors import Problem
from regional_index.read.yaml_files import Document, load_yaml

FRAMEWORK, SOURCES, SYNONYMS = "data/framework.yml", "data/sources.yml", "data/synonyms.yml"


def quoted(text: str) -> str:
    """A text as YAML holds it between double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def add_items(file: str, content: bytes, key: str, items: Sequence[str], problems: list[Problem]) -> bytes:
    """A YAML file with more items at the end of one of its lists, one under the other."""
    if not items:
        return content
    text = content.decode()
    document = load_yaml(file, content or b"{}\n")
    before = document.data.get(key) or []
    lines = text.splitlines(keepends=True)
    new = "".join(f"{item}\n" for item in items)
    if key not in document.data:
        edited = f"{text}\n{key}:\n{new}" if text else f"{key}:\n{new}"
    else:
        start = document.line((key,)) - 1
        if not before:
            lines[start] = f"{key}:\n"
        end = _end_of(document, key, lines)
        edited = "".join([*lines[:end], new, *lines[end:]])
    read = load_yaml(file, edited.encode())
    listed = [] if read.problems else read.data[key]
    if listed[: len(before)] != before or len(listed) != len(before) + len(items):
        remedy = f"write the list with one item a line; or add there: {' '.join(new.split())}"
        problems.append(document.problem((key,), before, "a list that lines can be added to", remedy))
        return content
    return edited.encode()


def remove_keys(file: str, content: bytes, keys: Collection[str], problems: list[Problem]) -> bytes:
    """A YAML file without some of the keys at its top; a problem where that is not certain."""
    document, lines = load_yaml(file, content), content.decode().splitlines(keepends=True)
    tops = sorted((line, path[0]) for path, line in document.lines.items() if len(path) == 1)
    for line, key in reversed(tops):
        if key in keys:
            del lines[line - 1 : _end_of(document, str(key), lines)]
    edited = "".join(lines).encode()
    if load_yaml(file, edited).data != {key: value for key, value in document.data.items() if key not in keys}:
        remedy = f"remove these keys: {', '.join(sorted(keys))}"
        problems.append(Problem(file, "", "keys that cannot be removed with certainty", "a key on each line", remedy))
        return content
    return edited


def _end_of(document: Document, key: str, lines: Sequence[str]) -> int:
    """How many lines come before the end of a list: the next key at the top, without comments and blank lines."""
    start = document.line((key,))
    later = [line for path, line in document.lines.items() if len(path) == 1 and line > start]
    end = min(later, default=len(lines) + 1) - 1
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end
