"""Mistakes in the input: one `Problem` a finding, all of them in one `DataError`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST, SHOWN = 400, 80


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake that a person has to fix.

    Args:
        file: The file, relative to the project, with `/` between folders.
        place: Line, key or column in it; may be empty when the whole file is meant.
        found: The value that is there; may be empty when something is missing.
        expected: What should be there.
        remedy: What to do, as an instruction.
    """

    file: str
    place: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.place}" if self.place else self.file
        found = f"found {shorten(self.found)}; " if self.found else ""
        return f"{where}: {found}expected {self.expected}; {self.remedy}"


def shorten(found: str) -> str:
    """Text short enough to be read in a message: of a number of 5,000 digits, how it begins."""
    return found if len(found) <= LONGEST else f"{found[:SHOWN]}… ({len(found)} characters)"


class DataError(Exception):
    """The input cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_reading_order))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _reading_order(problem: Problem) -> tuple[object, ...]:
    # Numbers in a place are lines, or rows of a sheet: 21 comes before 114.
    file, place = (
        [part.zfill(9) if part.isdecimal() else part for part in re.split(r"(\d+)", text)]
        for text in (problem.file, problem.place)
    )
    return (file, place, str(problem))


class NotComputed(RuntimeError):
    """A result could not be computed from the data; there is no number to go on with."""


class LookupFailed(LookupError):
    """A page asked for something that does not exist, or for a number that is missing."""
