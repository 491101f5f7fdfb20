"""Checks of the sources, and that the regions add up to the totals published elsewhere."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import ControlTotal, Regions
from regional_index.read.checks.changes import check_file_and_year
from regional_index.read.checks.references import check_known, check_once
from regional_index.read.declarations import Declaration
from regional_index.read.yaml_files import Document


def check_sources(document: Document) -> Iterator[Problem]:
    """A problem for each source id that stands twice."""
    yield from check_once(document, [("sources", i, "id") for i in range(len(document.data["sources"]))])


def check_totals(
    document: Document,
    totals: tuple[ControlTotal, ...],
    measured: pd.DataFrame,
    declarations: Mapping[str, Declaration],
    regions: Regions,
) -> Iterator[Problem]:
    """A problem for each control total that means no file, year or source, or that does not close.

    All raw values count, also those a correction excludes: the total is of the source. A year that lacks
    regions, or has a wrong value, is left for when that is mended.
    """
    sources = {source["id"] for source in document.data["sources"]}
    for i, total in enumerate(totals):
        path = ("control_totals", i)
        problems = [
            *check_file_and_year(document, path, declarations),
            *check_known(document, [(*path, "source")], sources, "an id under sources"),
        ]
        yield from problems
        rows = _rows_of(total, measured)
        if not problems and _is_whole(rows, declarations[total.indicator], regions, total.year):
            yield from _check_closes(document, path, sum_up(total, measured))


def sum_up(total: ControlTotal, measured: pd.DataFrame) -> ControlTotal:
    """The control total with what the regions add up to."""
    return replace(total, found=float(_rows_of(total, measured)["number"].sum()))


def _rows_of(total: ControlTotal, measured: pd.DataFrame) -> pd.DataFrame:
    return measured[(measured["file"] == total.indicator) & (measured["year"] == total.year)]


def _is_whole(rows: pd.DataFrame, declared: Declaration, regions: Regions, year: int) -> bool:
    due = {code for code in regions.evaluated if (code, year) not in declared.not_published}
    codes = list(rows["code"])
    return not rows["wrong"].any() and due <= set(codes) <= set(regions.evaluated) and len(codes) == len(set(codes))


def _check_closes(document: Document, path: Any, total: ControlTotal) -> Iterator[Problem]:
    expected = total.total + total.known_gap
    # The sum carries a rounding error of its own; without this slack a tolerance of 0 could never be met.
    if abs(total.found - expected) > total.tolerance + math.ulp(max(total.found, abs(expected))) * 64:
        said = f"{total.indicator}, {total.year}: the regions add up to {total.found:.10g}"
        wanted = f"{expected:.10g} within {total.tolerance:g}"
        remedy = "correct the values, or declare the difference as known_gap with a note"
        yield Problem(document.file, document.place((*path, "total")), said, wanted, remedy)
