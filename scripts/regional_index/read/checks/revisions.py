"""Checks that every figure that was changed after it had been released is among the revisions, and no other is."""

import io
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import Regions, Revision
from regional_index.read.indicator_files import INDICATOR_COLUMNS, Declaration, indicator_path
from regional_index.read.references import find_region
from regional_index.read.yaml_files import Document

FILE = "data/revisions.yml"
Key = tuple[str, str, int]
"""File, region and year."""


def released_values(inputs: Mapping[str, bytes], regions: Regions) -> dict[Key, float | None]:
    """The raw figures in the data of a release; None where it has a row and no number.

    Args:
        inputs: Its files, by path; those of the data are below `data/`.
        regions: As they are now, by which names are read.
    """
    found: dict[Key, float | None] = {}
    for path, content in inputs.items():
        folder, _, name = path.rpartition("/")
        if folder == "data/indicators" and name.endswith(".csv"):
            rows = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
            for region, year, value in rows[[*INDICATOR_COLUMNS]].itertuples(index=False):
                code, _ = find_region(regions, region, evaluated=False)
                found[name.removesuffix(".csv"), code, int(year)] = float(value) if value.strip() else None
    return found


def check_revisions(
    document: Document | None,
    revisions: tuple[Revision, ...],
    released: Mapping[Key, float | None],
    measured: pd.DataFrame,
    declarations: Mapping[str, Declaration],
    regions: Regions,
) -> Iterator[Problem]:
    """A problem for each changed figure that no revision has, and for each revision that no longer says what is so.

    A figure that was changed twice has two entries, in the order of the changes.

    Args:
        document: `data/revisions.yml`, if there is one.
        revisions: What it says.
        released: The figures of the newest release.
        measured: The rows of all files, read.
        declarations: What each file must hold.
        regions: All regions.
    """
    rows = measured[measured["code"] != ""]
    lines = {(row.file, row.code, row.year): row.line for row in rows.itertuples()}
    now = {(row.file, row.code, row.year): _number(row.number) for row in rows.itertuples()}
    of_cell: dict[Key, list[tuple[int, Revision]]] = {}
    for i, entry in enumerate(revisions):
        of_cell.setdefault((entry.indicator, entry.region, entry.year), []).append((i, entry))
    for key, entries in of_cell.items():
        if document is not None:
            yield from _check_entries(document, key, entries, now, declarations)
    for key, old in released.items():
        file, region, year = key
        if file not in declarations or not region or now.get(key) == old:
            continue
        if not any(entry.old == old for _, entry in of_cell.get(key, ())):
            found = f"{regions[region].name}, {year}: {_written(now.get(key))}, which was released as {_written(old)}"
            place = f"{lines[key]}, column value" if key in lines else ""
            entry = _entry(regions, key, old, now.get(key))
            remedy = f"put the released figure back, or enter the change in {FILE}: {entry}"
            yield Problem(indicator_path(file), place, found, "the figure that was released", remedy)


def _check_entries(
    document: Document,
    key: Key,
    entries: list[tuple[int, Revision]],
    now: Mapping[Key, float | None],
    declarations: Mapping[str, Declaration],
) -> Iterator[Problem]:
    file, region, _ = key
    i, last = entries[-1]
    if file not in declarations:
        known = ", ".join(sorted(declarations))
        yield document.problem(("revisions", i, "indicator"), file, f"a file of data/indicators: {known}", "correct it")
    elif region and now.get(key) != last.new:
        expected = f"the figure in {indicator_path(file)}, now {_written(now.get(key))}"
        remedy = "correct the entry; where the figure was changed again, add another entry below"
        yield document.problem(("revisions", i, "new"), _written(last.new), expected, remedy)
    for (_, before), (j, after) in pairwise(entries):
        if after.old != before.new:
            expected = f"{_written(before.new)}, which the entry before made of it"
            yield document.problem(("revisions", j, "old"), _written(after.old), expected, "correct either entry")


def _entry(regions: Regions, key: Key, old: float | None, new: float | None) -> str:
    """The line to add, but for who, when and why."""
    file, region, year = key
    numbers = {name: _written(value) for name, value in (("old", old), ("new", new)) if value is not None}
    said = {"indicator": file, "region": regions[region].name, "year": str(year), **numbers}
    return "- {" + ", ".join(f"{name}: {value}" for name, value in said.items()) + ', date: "…", who: …, why: …}'


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _written(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.15g}"
