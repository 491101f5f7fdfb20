"""Claims in an Excel workbook: the form that people fill in, and the claims read back from it.

The form is made from the schema of claims alone: a column for each key, those of an inner map as `side.key`; a list is
one cell. A kind that is added is in the form, with its sentence from the language pack as help.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from regional_index.errors import DataError, Problem
from regional_index.framework import Declarations, site_name
from regional_index.read.checks.published import check_published
from regional_index.read.schemas import check_schema, schema_of
from regional_index.read.source_files import read_source
from regional_index.read.workbook.form import NO_DATE
from regional_index.read.workbook.sheets import Sheet, read_sheets
from regional_index.read.yaml_edits import add_items
from regional_index.read.yaml_files import Document, KeyPath, load_yaml

KEYS, FIRST = 2, 3
"""Rows of the form: in the first the data year, then the keys, then a row for each claim."""
ROWS = 500
_YEAR = "data_year"
_NEW_ID = "a new id, for the edition has another claim with this one"
_BETWEEN, _LISTS = re.compile(r"\s*[\u3001,\uff0c]\s*"), re.compile(r"\s*[;\uff1b]\s*")


@dataclass(frozen=True)
class ClaimsBook(Document):
    """The claims of a workbook, after those of an edition if there is one; a place in one is a sheet and a cell."""

    sheet: Sheet | None = None
    rows: tuple[int, ...] = ()
    columns: Mapping[str, int] | None = None
    before: int = 0

    def place(self, path: KeyPath) -> str:
        """Sheet and cell of a value of a claim of the book."""
        if self.sheet is None or path[0] != "claims" or len(path) < 2 or int(path[1]) < self.before:
            return self.sheet.place(1, 2) if self.sheet and path == (_YEAR,) else super().place(path)
        keys = [".".join(str(step) for step in path[2:end]) for end in range(len(path), 2, -1)]
        column = next((self.columns[key] for key in keys if self.columns and key in self.columns), 1)
        return self.sheet.place(self.rows[int(path[1]) - self.before], column)


def claims_form(declared: Declarations, claims: Iterable[Mapping[str, Any]] = (), year: int | None = None) -> bytes:
    """A workbook to write claims into, with drop-down lists and what each kind says and needs.

    Args:
        declared: The names of indices and regions, and the words of the site.
        claims: Those that are in it already, as they are in a file of an edition.
        year: Their data year; the last of the open series by default.
    """
    import xlsxwriter

    content, words = io.BytesIO(), declared.words
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"created": NO_DATE})
    head, text = workbook.add_format({"bold": True, "border": 1}), workbook.add_format({"num_format": "@"})
    sheet, help_sheet, lists = (workbook.add_worksheet(words[f"form.{name}"]) for name in ("claims", "help", "lists"))
    sheet.write_row(0, 0, [_YEAR, year or declared.framework.years[-1]], head)
    sheet.write_row(KEYS - 1, 0, [*_columns()], head)
    sheet.freeze_panes(KEYS, 1)
    sheet.set_column(0, len(_columns()), 14, text)
    names = _names(declared)
    for row, claim in enumerate(claims, start=FIRST - 1):
        sheet.write_row(row, 0, [_written(_at(claim, key), names.get(_last(key), {})) for key in _columns()], text)
    choices = {**names, "regions": {name: name for name in _region_names(declared)}}
    for column, (key, allowed) in enumerate(choices.items()):
        lists.write_column(0, column, [key, *allowed])
    for place, key in enumerate(_columns()):
        if _last(key) in choices:
            column = [*choices].index(_last(key))
            source = f"={_range(words['form.lists'], column, len(choices[_last(key)]))}"
            rule = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(FIRST - 1, place, FIRST - 1 + ROWS, place, rule)
    help_sheet.set_column(0, 4, 40)
    help_sheet.write_row(0, 0, words["form.help_columns"].split("|"), head)
    for row, kind in enumerate(_properties()["kind"]["enum"], start=1):
        required = ", ".join(sorted({key for rule in _rules(kind) for key in rule.get("required", ())}))
        help_sheet.write_row(row, 0, [words[f"kind.{kind}"], kind, words[f"claim.{kind}"], required])
    workbook.close()
    return content.getvalue()


def read_claims_book(declared: Declarations, book: str, content: bytes) -> ClaimsBook:
    """The claims of the first sheet of a workbook, and its data year, as a draft in YAML has them.

    Raises:
        DataError: It is no workbook, or has no row of keys.
    """
    sheet = read_sheets(book, content)[0]
    headings = {sheet.text(KEYS, column): column for column in sheet.columns if sheet.text(KEYS, column)}
    unknown = [key for key in headings if key not in _columns()]
    if "kind" not in headings or unknown:
        place = sheet.place(KEYS, headings[unknown[0]] if unknown else 1)
        remedy = "take a form from: make claims-form, and leave the row as it is"
        raise DataError([Problem(book, place, f'"{"".join(unknown[:1])}"', "the keys of a claim", remedy)])
    names = _names(declared)
    claims, rows = [], []
    for row in sheet.rows[FIRST - 1 :]:
        cells = {key: sheet.text(row, column) for key, column in headings.items() if sheet.text(row, column)}
        if cells:
            claims.append(_claim(cells, names))
            rows.append(row)
    year = sheet.text(1, 2)
    data = {_YEAR: int(year) if year.isdigit() else year, "claims": claims}
    return ClaimsBook(book, data, {}, {}, sheet=sheet, rows=tuple(rows), columns=headings)


def add_claims(declared: Declarations, path: str, book: ClaimsBook) -> tuple[bytes, list[str]]:
    """The file of an edition with the claims of a book that it has not yet, and their ids.

    Args:
        declared: The project.
        path: The file of the edition, relative to the project.
        book: As it was read.

    Raises:
        DataError: A claim is wrong, or the edition has another one with its id.
    """
    content = read_source(declared.root, path)
    edition = load_yaml(path, content)
    known = {claim["id"]: claim for claim in edition.data["claims"]}
    given = list(zip(book.data["claims"], book.rows, strict=True))
    new = [(claim, row) for claim, row in given if known.get(claim.get("id", "")) != claim]
    merged = replace(
        book, file=book.file, data={**edition.data, "claims": [*edition.data["claims"], *(claim for claim, _ in new)]},
        rows=tuple(row for _, row in new), before=len(edition.data["claims"]), lines=edition.lines, raw=edition.raw,
    )  # fmt: skip
    problems = [
        merged.problem(
            ("claims", merged.before + i, "id"), claim["id"], _NEW_ID, "correct the row, or give it another id"
        )
        for i, (claim, _) in enumerate(new)
        if claim.get("id") in known
    ]
    problems = problems or check_schema(merged, "published")
    problems = problems or check_published(merged, declared.framework, declared.regions, declared.sources)
    lines = [f"  - {_flow(claim)}" for claim, _ in new]
    changed = content if problems else add_items(path, content, "claims", lines, problems)
    if problems:
        raise DataError(problems)
    return changed, [claim["id"] for claim, _ in new]


@cache
def _properties() -> Mapping[str, Any]:
    return schema_of("published")["$defs"]["claim"]["properties"]


@cache
def _columns() -> Mapping[str, Mapping[str, Any]]:
    """The schema of every column by its key."""
    found: dict[str, Mapping[str, Any]] = {}
    for key, schema in _properties().items():
        inner = schema.get("properties", {}) if schema.get("type") == "object" else {}
        found |= {f"{key}.{name}": part for name, part in inner.items()} or {key: schema}
    return found


def _rules(kind: str) -> Iterator[Mapping[str, Any]]:
    """What the schema requires of a kind."""
    for rule in schema_of("published")["$defs"]["claim"]["allOf"]:
        of = rule["if"].get("properties", {}).get("kind", {})
        if kind == of.get("const") or kind in of.get("enum", ()):
            yield rule["then"]


def _names(declared: Declarations) -> dict[str, Mapping[str, Any]]:
    """What may be chosen in a column by the last part of its key: code by name, codes too."""
    words, kinds = declared.words, _properties()["kind"]["enum"]
    nodes = declared.framework.nodes
    relations = _columns()["relation"]["enum"]
    named: dict[str, Mapping[str, Any]] = {
        "kind": {words[f"kind.{kind}"]: kind for kind in kinds},
        "index": {site_name(node.name): code for code, node in nodes.items()},
        "relation": {words[f"relation.{relation}"]: relation for relation in relations},
    }
    flags = [
        key for key, schema in _columns().items() if schema.get("type") == "boolean" or schema.get("const") is True
    ]
    return named | {_last(key): {words["form.yes"]: True, words["form.no"]: False} for key in flags}


def _region_names(declared: Declarations) -> list[str]:
    return [declared.regions[code].name for code in declared.regions.evaluated]


def _claim(cells: Mapping[str, str], names: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    claim: dict[str, Any] = {}
    for key, text in cells.items():
        outer, _, inner = key.partition(".")
        value = _read(text, _columns()[key], names.get(_last(key), {}))
        if inner:
            claim.setdefault(outer, {})[inner] = value
        else:
            claim[key] = value
    return claim


def _read(text: str, schema: Mapping[str, Any], names: Mapping[str, Any]) -> Any:
    """What a cell means: a list where the schema has one, a whole number, yes or no; else its text."""
    if schema.get("type") == "array":
        if schema["items"].get("type") == "array":
            return [_read(part, schema["items"], {}) for part in _LISTS.split(text)]
        return [part for part in _BETWEEN.split(text) if part]
    if "if" in schema and text != schema["else"]["enum"][0]:
        return [part for part in _BETWEEN.split(text) if part]
    if schema.get("type") == "integer" and text.isdigit():
        return int(text)
    return names.get(text, text)


def _written(value: Any, names: Mapping[str, Any]) -> str:
    """A value as it is in a cell: the other way round."""
    if value is None:
        return ""
    if isinstance(value, list):
        nested = value and isinstance(value[0], list)
        return ("; " if nested else ", ").join(_written(item, {}) for item in value)
    return next((name for name, code in names.items() if code == value and type(code) is type(value)), str(value))


def _at(claim: Mapping[str, Any], key: str) -> Any:
    outer, _, inner = key.partition(".")
    return claim.get(outer, {}).get(inner) if inner else claim.get(outer)


def _last(key: str) -> str:
    return key.rpartition(".")[2]


def _range(sheet: str, column: int, count: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"'{sheet}'!{xl_range_abs(1, column, count, column)}"


def _flow(claim: Mapping[str, Any]) -> str:
    """A claim on one line of YAML."""
    return yaml.safe_dump(
        dict(claim), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    ).strip()
