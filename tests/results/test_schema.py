"""What the tables hold is declared once: what is computed, read, described and explained follows from it."""

import csv
import io
import json
from html import unescape

import pytest

from regional_index.downloads import codebook_csv, data_package
from regional_index.facts import Facts
from regional_index.model import (
    COLUMNS,
    DOCUMENTS,
    EDITION,
    FLAG,
    NUMBER,
    TABLES,
    TEXT,
    WHOLE,
    ResultTable,
    kind_of,
    public_tables,
)
from regional_index.read.words import languages, read_pack
from regional_index.topics.data import table_columns

PUBLIC = {table.file: table for table in TABLES.values() if table.public}
# As a Data Package says it; a flag is yes or no, which no standard type reads.
TYPES = {TEXT: "string", FLAG: "string", WHOLE: "integer", NUMBER: "number"}


def expected_columns(facts: Facts, table: ResultTable) -> list[str]:
    """The columns of a table of an index, which may have groupings."""
    return [*table.columns, *([group.code for group in facts.framework.groups] if table.grouped else [])]


def test_what_is_computed_is_what_is_declared(second_facts: Facts, second_results: dict[str, bytes]) -> None:
    """Every table and document, in the declared columns, and nothing else."""
    there = {name for name in second_results if "/" not in name}
    assert there == {*(table.file for table in TABLES.values()), *DOCUMENTS, EDITION}
    for table in TABLES.values():
        header = second_results[table.file].decode().split("\n", 1)[0].split(",")
        assert header == expected_columns(second_facts, table), table.name


def test_every_column_is_declared_and_used() -> None:
    """With a kind and a meaning; a key is made of columns of the table."""
    used = {column for table in TABLES.values() for column in table.columns}
    assert used == set(COLUMNS)
    assert all(column.kind in TYPES and column.meaning for column in COLUMNS.values())
    assert all(set(table.key) <= set(table.columns) and table.key for table in TABLES.values())


@pytest.mark.parametrize("language", languages())
def test_every_public_column_has_a_word(language: str) -> None:
    """In each language, and no word is of a column that is not there; `group` is that of groupings."""
    public = {column for table in PUBLIC.values() for column in table.columns}
    said = {key.removeprefix("column.") for key in read_pack(language) if key.startswith("column.")}
    assert said == {*public, "group"}


def test_the_codebook_has_every_public_column_with_its_type(second_facts: Facts) -> None:
    """In the order of the files; each with what it means."""
    rows = list(csv.DictReader(io.StringIO(codebook_csv(second_facts).decode("utf-8-sig"))))
    expected = [
        (f"data/{file}", column, TYPES[kind_of(column)])
        for file, table in PUBLIC.items()
        for column in expected_columns(second_facts, table)
    ]
    assert [(row["file"], row["column"], row["type"]) for row in rows] == expected
    assert all(row["meaning"] for row in rows)


def test_a_program_is_told_columns_types_and_keys(second_facts: Facts, second_api: dict[str, bytes]) -> None:
    """By the description of the archive, for every table that it holds."""
    described = json.loads(data_package(second_facts, second_api))["resources"]
    tables = {entry["path"].removeprefix("data/"): entry["schema"] for entry in described if "schema" in entry}
    assert set(tables) == set(PUBLIC)
    for file, schema in tables.items():
        columns = expected_columns(second_facts, PUBLIC[file])
        assert [(field["name"], field["type"]) for field in schema["fields"]] == [
            (column, TYPES[kind_of(column)]) for column in columns
        ]
        assert schema["primaryKey"] == list(PUBLIC[file].key)


def test_the_index_of_the_interface_says_the_same(second_facts: Facts, second_api: dict[str, bytes]) -> None:
    """Files with their columns, and the meaning of each."""
    index = json.loads(second_api["index.json"])
    tables = {file: columns for file, columns in index["files"].items() if columns is not None}
    assert tables == {file: expected_columns(second_facts, table) for file, table in PUBLIC.items()}
    assert {file for file, columns in index["files"].items() if columns is None} == set(DOCUMENTS)
    assert index["columns"] == {
        column: COLUMNS[column].meaning for table in PUBLIC.values() for column in table.columns
    }


def test_the_table_of_columns_has_each_once_with_its_files(second_facts: Facts) -> None:
    page = unescape(str(table_columns(second_facts)))
    for column in {column for table in PUBLIC.values() for column in expected_columns(second_facts, table)}:
        assert page.count(f"<code>{column}</code>") == 1, column


def test_only_public_tables_are_offered_and_as_they_are(
    second_results: dict[str, bytes], second_api: dict[str, bytes]
) -> None:
    """The same bytes as the results; what is not there is not offered."""
    assert set(second_api) == {*PUBLIC, *DOCUMENTS, "index.json"}
    assert all(content == second_results[name] for name, content in second_api.items() if name != "index.json")
    assert [table.name for table in public_tables(["scores.csv", "cells.csv", "scores.txt"])] == ["scores"]
