"""All that `data/` holds, read and checked: what the rooms after `inputs` work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from regional_index.framework.edition import Edition
from regional_index.framework.regions import Regions
from regional_index.framework.tree import Framework


@dataclass(frozen=True)
class Source:
    """Who published something, what, for which years, on which terms."""

    id: str
    publisher: str
    title: str
    years: str
    terms: str


@dataclass(frozen=True)
class ControlTotal:
    """A national total published elsewhere, and how far the regions' sum may be from it."""

    indicator: str
    year: int
    total: float
    tolerance: float
    source: str
    known_gap: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Correction:
    """A person's decision on a value that looks wrong: `keep` it or `exclude` it from computing."""

    indicator: str
    region: str
    year: int
    value: float
    decision: str
    reason: str
    until: str


@dataclass(frozen=True)
class Project:
    """The checked input.

    `values` is a long frame with columns `indicator, region, year, value, status`: one row for every
    indicator file, evaluated region and year; raw values in the file's own unit, before any division;
    `status` is `published`, `not_published` or `excluded` (by a correction; the value is then missing).
    """

    root: Path
    framework: Framework
    regions: Regions
    values: pd.DataFrame
    sources: Mapping[str, Source]
    control_totals: tuple[ControlTotal, ...]
    corrections: tuple[Correction, ...]
    edition: Edition
    words: Mapping[str, str]
