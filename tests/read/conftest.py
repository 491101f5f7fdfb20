"""A tiny project to break, one thing at a time."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from regional_index.errors import DataError, Problem
from regional_index.read import read_project
from tests.editing import replace_once


@dataclass(frozen=True)
class Tiny:
    """The tiny project in a folder of its own."""

    root: Path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once in a file below data/."""
        replace_once(self.root / "data" / file, old, new)

    def append(self, file: str, text: str) -> None:
        """Add lines to a file below data/."""
        path = self.root / "data" / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def write(self, file: str, content: bytes) -> None:
        """Put bytes in place of a file below data/."""
        (self.root / "data" / file).write_bytes(content)

    def remove(self, file: str) -> None:
        """Delete a file below data/."""
        (self.root / "data" / file).unlink()

    def line(self, file: str, text: str) -> int:
        """The number of the only line with a text in a file below data/."""
        lines = (self.root / "data" / file).read_text(encoding="utf-8").splitlines()
        (number,) = [i for i, line in enumerate(lines, start=1) if text in line]
        return number

    def problems(self) -> tuple[Problem, ...]:
        """Everything that reading the project finds wrong."""
        try:
            read_project(self.root)
        except DataError as error:
            return error.problems
        return ()

    def problem(self) -> Problem:
        """The one thing that reading the project finds wrong."""
        found = self.problems()
        assert len(found) == 1, "\n".join(str(problem) for problem in found) or "no problem"
        return found[0]


@pytest.fixture
def tiny(tiny_root: Path) -> Tiny:
    """A fresh tiny project with means to break it."""
    return Tiny(tiny_root)


@pytest.fixture(autouse=True)
def _translated(translated: None) -> None:
    """Whatever reading finds wrong, it can be said in every language."""
