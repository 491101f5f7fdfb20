"""Reads every file of `data/` by itself; what the files say of each other comes later."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regional_index.errors import DataError, Problem
from regional_index.framework import Release
from regional_index.method.rules import WEIGH
from regional_index.read.csv_files import TextTable, load_table
from regional_index.read.indicator_files import INDICATOR_COLUMNS
from regional_index.read.releases import read_releases
from regional_index.read.review import FOLDER, review_path
from regional_index.read.rules import as_levels, check_rules
from regional_index.read.schemas import check_schema
from regional_index.read.source_files import check_strays, is_system_file, read_source
from regional_index.read.weight_files import WEIGHT_COLUMNS
from regional_index.read.workbook.tables import IMPORT
from regional_index.read.yaml_files import Document, load_yaml

REGIONS = "data/regions.csv"
CORRECTIONS = "data/corrections.yml"
REVISIONS = "data/revisions.yml"
WORDS = "data/words.yml"
SYNONYMS = "data/synonyms.yml"

REGION_COLUMNS = ("code", "name", "slug", "evaluated", "aliases")
MORE_REGION_COLUMNS = ("iso", "full_name", "name_en", "label", "tile_column", "tile_row")


@dataclass(frozen=True)
class ProjectFiles:
    """Every file of `data/` as read. A document that cannot be used is `None`; `problems` says why.

    There need be no `revisions`, `words`, `synonyms` and `headings`. `reviews` are the decisions on a year's figures,
    by year. `read` holds the bytes of all files that were read, by path below `data/`, but for `headings`: no result
    depends on them.
    """

    framework: Document | None
    sources: Document | None
    corrections: Document | None
    revisions: Document | None
    published: Document | None
    words: Document | None
    synonyms: Document | None
    headings: Document | None
    reviews: dict[int, Document]
    regions: TextTable
    indicators: dict[str, TextTable]
    expert_weights: dict[str, TextTable]
    pairwise: dict[str, Document]
    read: Mapping[str, bytes]
    releases: tuple[Release, ...]
    problems: tuple[Problem, ...]


def read_files(root: Path, *, measured: bool = True) -> ProjectFiles:
    """Read all files of a project and check each by itself.

    Args:
        root: The folder that `data/` is in.
        measured: Whether to read what was measured and published as well, not only what people decide; without it
            there may be no corrections.
    """
    reader = _Reader(root)
    if measured:
        reader.problems += check_strays(root)
    framework = reader.document("data/framework.yml")
    usable = reader.fit(framework, "framework")
    published = _published_file(framework) if measured else ""
    groups = _group_columns(usable)
    regions = reader.table(REGIONS, (*REGION_COLUMNS, *(groups or ())), None if groups is None else MORE_REGION_COLUMNS)
    known = _known_words(regions, usable)
    releases: tuple[Release, ...] = ()
    try:
        releases = read_releases(root) if measured else ()
    except DataError as error:
        reader.problems += error.problems
    return ProjectFiles(
        framework=usable,
        sources=reader.fit(reader.document("data/sources.yml"), "sources"),
        corrections=reader.fit(reader.document(CORRECTIONS), "corrections")
        if measured or _is_there(root / CORRECTIONS)
        else None,
        revisions=reader.fit(reader.document(REVISIONS), "revisions") if _is_there(root / REVISIONS) else None,
        published=reader.fit(reader.document(published), "published") if published else None,
        words=reader.fit(reader.document(WORDS), "words") if _is_there(root / WORDS) else None,
        synonyms=reader.fit(reader.document(SYNONYMS), "synonyms") if _is_there(root / SYNONYMS) else None,
        headings=reader.fit(reader.document(IMPORT), "import") if measured and _is_there(root / IMPORT) else None,
        reviews={
            year: document
            for year in _review_years(reader)
            if (document := reader.fit(reader.document(review_path(year)), "review"))
        },
        regions=regions,
        indicators={
            path.stem: reader.table(f"data/indicators/{path.name}", INDICATOR_COLUMNS, ("unit",), known)
            for path in sorted((root / "data" / "indicators").glob("*.csv"))
            if measured and not is_system_file(path.name)
        },
        expert_weights={name: reader.table(name, WEIGHT_COLUMNS, None) for name in _weight_files(usable, "weights")},
        pairwise={
            name: document
            for name in _weight_files(usable, "comparisons")
            if (document := reader.fit(reader.document(name), "pairwise"))
        },
        read={file: content for file, content in reader.read.items() if f"data/{file}" != IMPORT},
        releases=releases,
        problems=tuple(reader.problems),
    )


def read_known_words(root: Path) -> frozenset[str]:
    """Names of regions and units of indicators, as far as their files can be read."""
    reader = _Reader(root)
    framework = reader.fit(reader.document("data/framework.yml"), "framework")
    return _known_words(reader.table(REGIONS, REGION_COLUMNS, None), framework)


def _known_words(regions: TextTable, framework: Document | None) -> frozenset[str]:
    cells = [] if regions.cells is None else regions.cells.to_numpy().ravel()
    units = [indicator["unit"] for indicator in framework.data["indicators"]] if framework else []
    return frozenset(name.strip() for text in [*cells, *units] for name in text.split("|"))


def _is_there(path: Path) -> bool:
    """Whether there is a file, or a link that leads nowhere."""
    return path.exists() or path.is_symlink()


class _Reader:
    """Reads files below a root and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.read: dict[str, bytes] = {}

    def bytes(self, file: str) -> bytes | None:
        try:
            content = read_source(self.root, file)
        except DataError as error:
            self.problems += error.problems
            return None
        self.read[file.removeprefix("data/")] = content
        return content

    def document(self, file: str) -> Document | None:
        content = self.bytes(file)
        if content is None:
            return None
        document = load_yaml(file, content)
        self.problems += document.problems
        return document if document.lines or not document.problems else None

    def fit(self, document: Document | None, schema: str) -> Document | None:
        """The document if it fits its schema, else `None`."""
        if document is None:
            return None
        problems = check_schema(document, schema)
        if schema == "framework" and not problems and not document.refused:
            problems = check_rules(document)
        self.problems += problems
        return None if problems or document.refused else document

    def table(
        self, file: str, required: tuple[str, ...], optional: tuple[str, ...] | None, known: Collection[str] = ()
    ) -> TextTable:
        """A table with these columns; `None` for `optional` allows any others. `known` are words of the project."""
        content = self.bytes(file)
        if content is None:
            return TextTable(file, None)
        table = load_table(file, content, required, optional, known)
        self.problems += table.problems
        return table


def _review_years(reader: _Reader) -> list[int]:
    """The years that have a file of decisions; another file in their folder is a problem."""
    names = [path.name for path in sorted((reader.root / FOLDER).glob("*")) if not is_system_file(path.name)]
    for name in names:
        if not re.fullmatch(r"[0-9]{4}\.yml", name):
            remedy = "rename it if it has decisions on a year, or move it out of this folder"
            reader.problems.append(Problem(f"{FOLDER}/{name}", "", "a file that is not read", "YEAR.yml", remedy))
    return [int(name.removesuffix(".yml")) for name in names if re.fullmatch(r"[0-9]{4}\.yml", name)]


def _published_file(framework: Document | None) -> str:
    """Path of the published edition, also when something else in the framework is wrong."""
    value: Any = framework.data if framework else None
    for key in ("series", "published", "file"):
        value = value.get(key) if isinstance(value, dict) else None
    return f"data/{value}" if isinstance(value, str) and value else ""


def _weight_files(framework: Document | None, kind: str) -> list[str]:
    """The files that the method names, each once, of which a rule reads `weights` or `comparisons`."""
    given = as_levels(framework.data["method"].get("weight", [])) if framework else []
    named = [entry["file"] for entry in given if isinstance(entry, dict) and WEIGH[entry["rule"]].file == kind]
    return [f"data/{name}" for name in dict.fromkeys(named)]


def _group_columns(framework: Document | None) -> tuple[str, ...] | None:
    """The columns of the regions table that the framework asks for; `None` if that is not known."""
    return None if framework is None else tuple(group["code"] for group in framework.data["groups"])
