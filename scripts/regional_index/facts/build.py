"""Read what all pages share from the result tables."""

import re
from dataclasses import replace
from pathlib import Path
from unicodedata import east_asian_width

from pydantic import TypeAdapter

from regional_index.claims.findings import EditionFindings
from regional_index.errors import DataError, Problem
from regional_index.facts.facts import Facts
from regional_index.files import read_bytes
from regional_index.framework import Declarations, site_name
from regional_index.model import EDITION
from regional_index.results.files import check_regions, read_tables

# Words about numbers of the series, which say by which lens they are.
NAMES_SERIES = ("caption.", "chart.", "compare.", "page.", "portrait.")
OF_FILES = "file."


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
    return Facts(_name_reading(declared), tables, findings)


def _name_reading(declared: Declarations) -> Declarations:
    """The declarations with the lens in the words for the series, wherever numbers are shown by it."""
    reading = declared.framework.reading
    if reading is None:
        return declared
    series = declared.words["series.open"]
    by_lens = declared.words["series.by_lens"].format(series=series, lens=site_name(reading.name))
    # What is cited and downloaded as a whole, at the root, holds every lens.
    keys = NAMES_SERIES if reading == declared.framework.lenses[0] else (*NAMES_SERIES, OF_FILES)
    # A full-width bracket brings its own space.
    found = re.compile(f"{re.escape(series)} ?" if east_asian_width(by_lens[-1]) in ("F", "W") else re.escape(series))
    named = {
        key: found.sub(lambda _: by_lens, text) if key.startswith(keys) else text
        for key, text in declared.words.items()
    }
    return replace(declared, words=named)


def read_findings(folder: Path) -> EditionFindings | None:
    """The published edition of a folder of results, and what its claims say of each other, if there is one."""
    path = folder / EDITION
    return TypeAdapter(EditionFindings).validate_json(read_bytes(path)) if path.is_file() else None
