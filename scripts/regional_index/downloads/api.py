"""`api/v1/`: the public part of the results, and `index.json`, which says what there is."""

import json
from pathlib import Path

from regional_index.downloads.csv_text import harmless_csv
from regional_index.downloads.description import describe
from regional_index.facts import Facts
from regional_index.files import list_files, read_bytes
from regional_index.model import DOCUMENTS, public_tables

API_FOLDER = "api/v1"


def public_files(facts: Facts, results: Path) -> dict[str, bytes]:
    """Every file of the interface, by its path below the site's root: copies of results, in which no text is a formula.

    Args:
        facts: What was read from the results.
        results: Their folder.
    """
    there = {path.name: path for path in list_files(results)}
    files = {table.file: harmless_csv(read_bytes(there[table.file])) for table in public_tables(there)}
    files |= {name: read_bytes(there[name]) for name in DOCUMENTS if name in there}
    index = json.dumps(describe(facts, sorted(files)), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files["index.json"] = index.encode()
    return {f"{API_FOLDER}/{name}": content for name, content in files.items()}
