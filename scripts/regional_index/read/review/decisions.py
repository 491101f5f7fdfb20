"""What people confirmed of a year's findings, in `data/review/<year>.yml`, and the check that nothing is left open."""

import hashlib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from regional_index.errors import Problem
from regional_index.framework import Confirmation, Regions
from regional_index.read.review.cells import find_cells
from regional_index.read.review.findings import GRAVE, Finding, find_grave, values_of
from regional_index.read.review.panel import Panel
from regional_index.read.review.sentences import Namer
from regional_index.read.yaml_edits import quoted
from regional_index.read.yaml_files import Document

FOLDER = "data/review"
MOST_VALUES = 4  # that a decision lists; of more it has a digest
Key = tuple[str, str, int, tuple[str, ...]]
"""Kind, file, year and regions of a finding."""


def review_path(year: int) -> str:
    """Path of the decisions on a year, relative to the project."""
    return f"{FOLDER}/{year}.yml"


def years_under_review(written: Collection[int], unreleased: Collection[int] = ()) -> frozenset[int]:
    """Years of which single cells must be confirmed as well.

    Args:
        written: Years that have a file of decisions; the importer writes one for each year that it adds.
        unreleased: Years after those of the newest release.
    """
    return frozenset([*written, *unreleased])


def fingerprint(found: Iterable[float]) -> tuple[float | None, ...] | str:
    """Values as a decision holds them: the numbers, missing ones as `None`; a digest of them where they are many.

    Examples:
        >>> fingerprint([2.5, float("nan")])
        (2.5, None)
        >>> fingerprint(range(5))
        'f798e9d0154f'
    """
    values = tuple(None if math.isnan(value) else float(value) for value in found)
    if len(values) <= MOST_VALUES:
        return values
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Review:
    """All that is strange in the values, and what people confirmed of it.

    Attributes:
        panels: The values, by file.
        confirmations: Of all years.
        under_review: Years of which single cells must be confirmed as well.
    """

    panels: Mapping[str, Panel]
    confirmations: tuple[Confirmation, ...] = ()
    under_review: frozenset[int] = frozenset()

    @cached_property
    def grave(self) -> list[Finding]:
        """Findings of the grave kinds in all years."""
        return find_grave(self.panels)

    def find(self, year: int) -> list[Finding]:
        """Everything that is strange in a year, file by file, whole columns first, the strangest first."""
        found = []
        for panel in self.panels.values():
            own = [finding for finding in self.grave if (finding.file, finding.year) == (panel.file, year)]
            found += sorted(own, key=lambda finding: -finding.strength)
            found += find_cells(panel, year, self.grave) if year in panel.years else []
        return found

    def must_confirm(self, finding: Finding) -> bool:
        """Whether somebody has to confirm it."""
        return finding.is_grave or finding.year in self.under_review

    def confirmation(self, finding: Finding) -> Confirmation | None:
        """Who confirmed it as it is now; none where a value changed since."""
        known = self._by_key.get(key_of(finding))
        return known if known and known.values == fingerprint(finding.found) else None

    def left_open(self, year: int) -> list[Finding]:
        """What has yet to be confirmed in a year."""
        return [found for found in self.find(year) if self.must_confirm(found) and not self.confirmation(found)]

    def is_stale(self, known: Confirmation) -> bool:
        """Whether a value that a confirmation rests on is another now; not where its file or year is gone."""
        if any(file not in self.panels or year not in self.panels[file].years for file, year in known.columns):
            return False
        now = [v for file, year in known.columns for v in values_of(self.panels[file], year, known.regions)]
        return known.values != fingerprint(now)

    @cached_property
    def _by_key(self) -> dict[Key, Confirmation]:
        return {known.key: known for known in self.confirmations}

    @property
    def years(self) -> list[int]:
        """All years of any file."""
        return sorted({year for panel in self.panels.values() for year in panel.years})


def key_of(finding: Finding) -> Key:
    """What a finding is about."""
    return finding.kind, finding.file, finding.year, finding.regions


def read_confirmations(documents: Mapping[int, Document], regions: Regions) -> tuple[Confirmation, ...]:
    """The decisions of all years; a name that no region has stays as it is written, and so fits nothing."""
    codes = {name: code for code, region in regions.items() for name in region.all_names}
    return tuple(
        _read_confirmation(entry, year, codes, document.place(("decisions", i)))
        for year, document in documents.items()
        for i, entry in enumerate(document.data["decisions"])
    )


def _read_confirmation(entry: Mapping[str, Any], year: int, codes: Mapping[str, str], place: str) -> Confirmation:
    columns = (column.rpartition(" ") for column in entry["columns"])
    values = entry.get("values")
    return Confirmation(
        kind=entry["kind"],
        file=entry["indicator"],
        year=year,
        regions=tuple(codes.get(name, name) for name in entry.get("regions", ())),
        columns=tuple((file, int(when)) for file, _, when in columns),
        values=entry.get("digest", "") if values is None else tuple(None if v is None else float(v) for v in values),
        by=entry["by"],
        date=entry["date"],
        reason=entry.get("reason", ""),
        place=place,
    )


def check_review(review: Review, namer: Namer) -> Iterator[Problem]:
    """A problem for what is still to be confirmed, those of a kind, file and year in one; and for stale decisions.

    Args:
        review: What is strange, and what is confirmed.
        namer: Words of the site, and names.
    """
    years = review.under_review | {finding.year for finding in review.grave}
    for year in sorted(years):
        found = review.left_open(year)
        for (file, kind), same in groupby(found, key=lambda finding: (finding.file, finding.kind)):
            yield _left_open(review.panels[file], year, kind, list(same), namer)
    for known in review.confirmations:
        if known.kind in GRAVE and not known.reason:
            expected, remedy = namer.sentence("review.reason_expected"), namer.sentence("review.reason_remedy")
            yield Problem(
                review_path(known.year),
                known.place,
                namer.about(known.kind, known.file, known.regions),
                expected,
                remedy,
            )
        if review.is_stale(known):
            said = namer.sentence(
                "review.stale", by=known.by, date=known.date, about=namer.about(known.kind, known.file, known.regions)
            )
            expected = namer.sentence("review.stale_expected")
            remedy = namer.sentence("review.remedy", year=known.year)
            yield Problem(review_path(known.year), known.place, said, expected, remedy)


def _left_open(panel: Panel, year: int, kind: str, found: list[Finding], namer: Namer) -> Problem:
    rows = [panel.regions.index(region) for finding in found for region in finding.regions]
    lines = panel.lines[rows or slice(None), panel.years.index(year)]
    place = ", ".join(str(line) for line in sorted(lines)) if rows else f"{lines[lines > 0].min()}-{lines.max()}"
    said = namer.join([namer.say(finding) for finding in found])
    expected, remedy = namer.sentence("review.expected"), namer.sentence("review.remedy", year=year)
    return Problem(panel.declared.path, f"{place}, column value", f"{year} {said}", expected, remedy)


def confirm(finding: Finding, by: str, date: str, reason: str = "") -> Confirmation:
    """A person's confirmation of what is found now."""
    values = fingerprint(finding.found)
    return Confirmation(*key_of(finding), finding.columns, values, by, date, reason)


def write_review(confirmations: Iterable[Confirmation], regions: Regions, comment: str) -> bytes:
    """The file of decisions on a year, in a fixed order.

    Args:
        confirmations: Of one year.
        regions: Their names.
        comment: Its first line.
    """
    entries = [_write(known, regions) for known in sorted(confirmations, key=lambda known: known.key)]
    return "".join([f"# {comment}\n", "decisions:\n" if entries else "decisions: []\n", *entries]).encode()


def _write(known: Confirmation, regions: Regions) -> str:
    fields: dict[str, str] = {"kind": known.kind, "indicator": known.file}
    if known.regions:
        fields["regions"] = _list(quoted(regions[code].name) for code in known.regions)
    fields["columns"] = _list(f"{file} {year}" for file, year in known.columns)
    if isinstance(known.values, str):
        fields["digest"] = quoted(known.values)
    else:
        # All digits, so that the value read again is the same.
        fields["values"] = _list("null" if v is None else repr(v).removesuffix(".0") for v in known.values)
    fields |= {"by": quoted(known.by), "date": quoted(known.date)}
    if known.reason:
        fields["reason"] = quoted(known.reason)
    lines = [f"{key}: {value}\n" for key, value in fields.items()]
    return "  - " + "    ".join(lines)


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"
