"""Claims that are in no published edition: those of a draft, or of a sentence on a page.

They are written in the language of `data/published/` and checked by the same rules; only the places are free text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.files import read_bytes
from regional_index.framework import SCORE_RANGE, Claim, Declarations, Framework, Project, fold
from regional_index.read.build import build_edition
from regional_index.read.checks.published import check_published
from regional_index.read.csv_files import load_table
from regional_index.read.numbers import explain_number, is_plain_number
from regional_index.read.references import find_region
from regional_index.read.schemas import check_schema
from regional_index.read.workbook.claims import read_claims_book
from regional_index.read.yaml_files import Document, KeyPath, load_yaml

SCORE_COLUMNS = ("index", "region", "score")
_PLACE = "draft"
_Wrong = tuple[tuple[str, str], str, str]
"""Column and cell, what was expected, what to do."""


@dataclass(frozen=True)
class Draft:
    """The claims of a draft, and the scores to compare them with.

    Attributes:
        data_year: The year that the draft is about.
        claims: In the order of the file; a claim without id has its number, and `place` is free text.
        scores: By index, indexed by region code; `None` where the open series is meant.
    """

    data_year: int
    claims: tuple[Claim, ...]
    scores: Mapping[str, pd.Series] | None = None


def read_draft(project: Project, draft: Path, scores: Path | None = None) -> Draft:
    """Read a draft and, if there is one, its table of scores.

    Raises:
        DataError: One of them cannot be used; it carries every problem found in both.
    """
    is_book = draft.suffix == ".xlsx"
    content = read_bytes(draft)
    document = read_claims_book(project, draft.name, content) if is_book else load_yaml(draft.as_posix(), content)
    table, problems = (None, []) if scores is None else _read_scores(scores, project)
    problems += document.problems
    if document.lines or not document.problems:
        problems += _check_draft(document, project, has_scores=scores is not None)
    if problems:
        raise DataError(problems)
    return Draft(document.data["data_year"], _build_claims(document, project, project.score_range), table)


def read_claim(
    fields: Mapping[str, Any], declared: Declarations, score_range: tuple[float, float] = SCORE_RANGE
) -> Claim:
    """A claim from its keys and values, as a page states it.

    Raises:
        DataError: It is none; each problem has the key in place of a file, and no line.
    """
    written = dict(_written_otherwise(fields, ("claims", 0)))
    document = _OneClaim("", {"claims": [dict(fields)]}, {}, written)
    problems = _check_claims(document, declared, score_range)
    if problems:
        raise DataError(replace(problem, file=problem.place, place="") for problem in problems)
    return _build_claims(document, declared, score_range)[0]


class _OneClaim(Document):
    """A claim that is in no file: a place in it is a key."""

    def place(self, path: KeyPath) -> str:
        return ".".join(str(step) for step in path[2:]) or "claim"


def _written_otherwise(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Values that are not text as the file has them, by path, for messages."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _written_otherwise(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _written_otherwise(inner, (*path, place))
    elif not isinstance(value, str):
        yield path, str(value)


def _check_draft(document: Document, project: Project, *, has_scores: bool) -> list[Problem]:
    problems = check_schema(document, "draft")
    given = document.data if isinstance(document.data, dict) else {}
    if isinstance(given.get("claims"), list) and all(isinstance(claim, dict) for claim in given["claims"]):
        problems += _check_claims(document, project, project.score_range)
    years = project.framework.years
    if not has_scores and isinstance(given.get("data_year"), int) and given["data_year"] not in years:
        expected = f"a year of the open series: {', '.join(map(str, years))}"
        remedy = "correct the year, or give the scores of that year with --scores"
        problems.append(document.problem(("data_year",), given["data_year"], expected, remedy))
    return problems


def _check_claims(document: Document, declared: Declarations, score_range: tuple[float, float]) -> list[Problem]:
    edition = _as_edition(document, declared, score_range)
    return check_schema(edition, "published") or check_published(edition, declared.framework, declared.regions, None)


def _as_edition(draft: Document, declared: Declarations, score_range: tuple[float, float]) -> Document:
    """A draft as if it were published: its claims keep their paths, and so their lines."""
    given = enumerate(draft.data["claims"], start=1)
    lower, upper = (f"{end:f}" for end in score_range)
    data = {
        "edition": declared.framework.edition or _PLACE,
        "data_year": declared.framework.edition_year or declared.framework.years[-1],
        "source": _PLACE,
        "score_range": {"lower": lower, "upper": upper},
        "places": [{"id": _PLACE, "section": _PLACE, "paragraph": 1, "summary": _PLACE}],
        "claims": [{"id": str(number), **claim, "place": _PLACE} for number, claim in given],
        "context": [],
        "trends": [],
    }
    return replace(draft, data=data)


def _build_claims(document: Document, declared: Declarations, score_range: tuple[float, float]) -> tuple[Claim, ...]:
    edition = build_edition(_as_edition(document, declared, score_range), declared.regions)
    places = [claim.get("place", "") for claim in document.data["claims"]]
    return tuple(replace(claim, place=place) for claim, place in zip(edition.claims.values(), places, strict=True))


def _read_scores(path: Path, project: Project) -> tuple[dict[str, pd.Series], list[Problem]]:
    """The scores of a CSV file by index, and what is wrong with it."""
    table = load_table(path.as_posix(), read_bytes(path), SCORE_COLUMNS)
    problems = list(table.problems)
    names = _index_names(project.framework)
    found: dict[tuple[str, str], tuple[int, float]] = {}
    rows = [] if table.cells is None else table.cells[list(SCORE_COLUMNS)].itertuples(name=None)
    for line, index, region, score in rows:
        code, wrong = find_region(project.regions, region, evaluated=True)
        own = [*_check_index(index, names), *([(("region", region), *wrong)] if wrong else [])]
        own += _check_score(score, project, table.file)
        key = (names.get(fold(index), ""), code)
        if not own and key in found:
            own.append(
                (("region", region), "each region once for an index", f"remove it here or in line {found[key][0]}")
            )
        problems += [
            Problem(table.file, f"{line}, column {column}", f'"{cell}"', expected, remedy)
            for (column, cell), expected, remedy in own
        ]
        if not own:
            found[key] = (line, float(score or "nan"))
    return _by_index({key: score for key, (_, score) in found.items()}), problems


def _check_index(name: str, names: Mapping[str, str]) -> Iterator[_Wrong]:
    if fold(name) not in names:
        near = get_close_matches(fold(name), names, 1)
        remedy = f"write {names[near[0]]}" if near else f"choose from: {', '.join(dict.fromkeys(names.values()))}"
        yield ("index", name), "the code or a name of an index in data/framework.yml", remedy


def _check_score(cell: str, project: Project, file: str) -> Iterator[_Wrong]:
    lowest, highest = project.score_range
    if cell and not is_plain_number(cell):
        expected, _ = explain_number(cell, file)
        yield (
            ("score", cell),
            expected,
            "write a plain number such as 68.96, or leave the cell empty if there is no score",
        )
    elif cell and not lowest <= float(cell) <= highest:
        yield ("score", cell), f"a score from {lowest:g} to {highest:g}", "correct the score"


def _index_names(framework: Framework) -> dict[str, str]:
    """Code of every index by all that it is called; its code and its name come before the aliases of others."""
    nodes = framework.nodes.values()
    names = {fold(alias): node.code for node in nodes for alias in node.aliases}
    names |= {fold(name): node.code for node in nodes for name in node.name.values()}
    return names | {fold(node.code): node.code for node in nodes}


def _by_index(scores: Mapping[tuple[str, str], float]) -> dict[str, pd.Series]:
    tables: dict[str, dict[str, float]] = {}
    for (index, region), score in scores.items():
        tables.setdefault(index, {})[region] = score
    return {index: pd.Series(values) for index, values in tables.items()}
