"""All that `data/` holds, read and checked: what the rooms after `read` work on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from regional_index.framework.edition import SCORE_RANGE, Edition
from regional_index.framework.regions import Regions
from regional_index.framework.tree import Framework


@dataclass(frozen=True)
class Source:
    """A source: who published something, what, for which years, on which terms; `note`: what else is known of it."""

    id: str
    publisher: str
    title: str
    years: str
    terms: str
    note: str = ""


@dataclass(frozen=True)
class ControlTotal:
    """A national total published elsewhere, and how far the regions' sum may be from it.

    Args:
        indicator: Code of an indicator that has a file of the same name and describes its raw values.
        year: The data year.
        total: What was published.
        tolerance: How far the regions' sum may be from `total` and `known_gap` together.
        source: Id of the source of the total.
        known_gap: What the regions' sum is known to exceed the total by; negative where it falls short.
        note: Why.
        found: What the raw values of the regions add up to, those that a correction excludes among them.
    """

    indicator: str
    year: int
    total: float
    tolerance: float
    source: str
    known_gap: float = 0.0
    note: str = ""
    found: float = math.nan


@dataclass(frozen=True)
class Correction:
    """A person's decision on a value that looks wrong: `keep` it or `exclude` it from computing.

    `indicator` is the code of an indicator that has a file of the same name and describes its raw values.
    """

    indicator: str
    region: str
    year: int
    value: float
    decision: str
    reason: str
    until: str


@dataclass(frozen=True)
class Revision:
    """A figure that was changed after it had been released.

    `indicator` is the code of an indicator that has a file of the same name; `old` and `new` are raw values, None where
    there was or is none; `date` is the day of the change, as YYYY-MM-DD.
    """

    indicator: str
    region: str
    year: int
    date: str
    who: str
    why: str
    old: float | None = None
    new: float | None = None


@dataclass(frozen=True)
class Confirmation:
    """A person's word that something strange is as it should be.

    Attributes:
        kind: Of what is strange.
        columns: File and year of each column that it rests on.
        values: What was found there, column by column; a digest of it where that is much.
        place: Where it is written.
    """

    kind: str
    file: str
    year: int
    regions: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    values: tuple[float | None, ...] | str
    by: str
    date: str
    reason: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str, int, tuple[str, ...]]:
        """What it is about: kind, file, year and regions."""
        return self.kind, self.file, self.year, self.regions


@dataclass(frozen=True)
class Declarations:
    """Decisions without measured values and claims: all that pages need of `data/` itself.

    Attributes:
        root: The folder that `data/` is in.
        words: Words and sentences of the site's language, by key.
        synonyms: Words that readers search for, by the title or a name of what they mean.
    """

    root: Path
    framework: Framework
    regions: Regions
    sources: Mapping[str, Source]
    control_totals: tuple[ControlTotal, ...]
    corrections: tuple[Correction, ...]
    revisions: tuple[Revision, ...]
    confirmations: tuple[Confirmation, ...]
    words: Mapping[str, str]
    synonyms: Mapping[str, list[str]]


@dataclass(frozen=True)
class Project(Declarations):
    """The checked input.

    `values` is a long frame with columns `indicator, region, year, value, status`: one row for every
    indicator file, evaluated region and year; raw values in the file's own unit, before any division;
    `status` is `published`, `not_published` or `excluded` (by a correction; the value is then missing).
    `files` holds the bytes of the files that were read, and of no other, by path below `data/`.
    """

    values: pd.DataFrame
    edition: Edition | None
    files: Mapping[str, bytes]

    @property
    def score_range(self) -> tuple[float, float]:
        """Between which the scores of the edition are."""
        return self.edition.score_range if self.edition else SCORE_RANGE
