"""A folder of results as a whole: tables, documents, and copies of the data that they were computed from."""

from pathlib import Path

from regional_index.cache import PACKS, key_of
from regional_index.files import Stamp, read_folder

RESULTS = Path("build/results")
DATA = "data"
# By name, for most of what it imports is needed only when something has changed.
COMPUTING = "regional_index.computing"


def stamp_of_results(root: Path) -> tuple[Stamp, str]:
    """The stamp of a project's results, and the key that it has when they belong to the data as they are now."""
    results = root / RESULTS
    key = key_of(COMPUTING, read_folder(root / DATA), read_folder(PACKS))
    return Stamp(results.with_suffix(".stamp"), (results,)), key
