"""Read what all pages share from the result tables."""

from pathlib import Path

from pydantic import TypeAdapter

from regional_index.claims.findings import EditionFindings
from regional_index.errors import DataError, Problem
from regional_index.facts.facts import Facts
from regional_index.files import read_bytes
from regional_index.framework import Declarations
from regional_index.model import EDITION
from regional_index.results.files import check_regions, read_tables


def read_facts(declared: Declarations, folder: Path) -> Facts:
    """Everything that pages ask for, from a folder of results; what it does not hold is absent.

    Args:
        declared: What people decided.
        folder: Where `compute` wrote the results, or somebody else.

    Raises:
        DataError: A table is not as its schema says, or there is an edition and none is declared.
    """
    tables = read_tables(folder)
    check_regions(tables, list(declared.regions), list(declared.framework.nodes), folder)
    findings = read_findings(folder)
    if findings and not declared.framework.edition:
        remedy = (
            "declare series.published in data/framework.yml, or remove the file and the published rows of scores.csv"
        )
        raise DataError(
            [Problem((folder / EDITION).as_posix(), "", "an edition", "no edition, for none is declared", remedy)]
        )
    return Facts(declared, tables, findings)


def read_findings(folder: Path) -> EditionFindings | None:
    """The published edition of a folder of results, and what its claims say of each other, if there is one."""
    path = folder / EDITION
    return TypeAdapter(EditionFindings).validate_json(read_bytes(path)) if path.is_file() else None
