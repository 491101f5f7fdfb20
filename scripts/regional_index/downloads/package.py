"""Everything of an edition as one archive: data with a codebook, tables, charts, the method, how to cite it."""

import json
from collections.abc import Iterable
from pathlib import PurePosixPath

import pandas as pd

from regional_index.downloads.csv_text import csv_bytes
from regional_index.facts import Facts
from regional_index.framework import edition_package, site_name
from regional_index.model import NUMBER, TABLES, WHOLE, kind_of
from regional_index.render import name_edition
from regional_index.topics.data import columns_of, meaning_of

DATA = "data"


def codebook_csv(facts: Facts) -> bytes:
    """Every column of every data file: type and meaning, in the site's language."""
    rows = [
        {"file": f"{DATA}/{file}", "column": column, "type": _type(column), "meaning": meaning_of(facts, column)}
        for file, columns in columns_of(facts).items()
        for column in columns
    ]
    return csv_bytes(pd.DataFrame(rows))


def data_package(facts: Facts, names: Iterable[str]) -> bytes:
    """Description of every data file for programs, as a Data Package (https://specs.frictionlessdata.io/data-package/).

    Args:
        facts: What the files were made from.
        names: Names of the data files.
    """
    columns = columns_of(facts)
    described = {
        "profile": "data-package",
        "name": PurePosixPath(edition_package(facts.framework.edition)).stem,
        "title": f"{site_name(facts.framework.title)}: {name_edition(facts)}",
        "sources": [{"title": f"{source.publisher}: {source.title}"} for source in facts.declared.sources.values()],
        "resources": [_resource(facts, name, columns.get(name)) for name in sorted(names)],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(facts: Facts, file: str, columns: list[str] | None) -> dict[str, object]:
    stem, _, ending = file.partition(".")
    common = {"name": stem, "path": f"{DATA}/{file}", "format": ending, "encoding": "utf-8"}
    if columns is None:
        return {**common, "type": "file", "profile": "data-resource", "mediatype": "application/json"}
    fields = [{"name": name, "type": _type(name), "description": meaning_of(facts, name)} for name in columns]
    schema: dict[str, object] = {"fields": fields, "missingValues": [""], "primaryKey": list(TABLES[stem].key)}
    if "region" in columns:
        schema["foreignKeys"] = [{"fields": ["region"], "reference": {"resource": "regions", "fields": ["code"]}}]
    return {**common, "profile": "tabular-data-resource", "mediatype": "text/csv", "schema": schema}


def _type(column: str) -> str:
    """The type of a column in the words of the standard."""
    return {WHOLE: "integer", NUMBER: "number"}.get(kind_of(column), "string")
