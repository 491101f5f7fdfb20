"""What the pages of a project know, computed in memory: nothing is written into the project."""

import json
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from regional_index.cache import Cache
from regional_index.charts import HALF, WIDE, Drawing, Drawings, Figure
from regional_index.computing import compute_tables, edition_tables, join_series
from regional_index.documents import make_documents
from regional_index.downloads import API_FOLDER, public_files
from regional_index.facts import Facts, read_facts
from regional_index.files import mirror
from regional_index.framework import Project
from regional_index.results.compute_open import compute_open
from regional_index.topics.all import catalogue

# The same input is computed once for all test runs, as a project's own cache does it.
CACHE = Path(__file__).parent.parent / "build" / "tests" / "cache"


def build_facts(project: Project, cache: Path = CACHE) -> Facts:
    """The facts of a project; its tables are read from files, as pages read them."""
    return facts_from(project, compute_tables(project, Cache(cache), prune=False))


def build_scores(project: Project) -> Facts:
    """The facts of a project without next steps, which few tests ask for and which take longer than all else."""
    series = compute_open(project, next_steps=False)
    return facts_from(project, join_series(edition_tables(project, Cache(CACHE)), series))


def facts_from(project: Project, files: Mapping[str, bytes]) -> Facts:
    """The facts that some result files hold."""
    with tempfile.TemporaryDirectory() as folder:
        mirror(Path(folder), files)
        return read_facts(project, Path(folder))


@lru_cache
def facts_of(root: Path) -> Facts:
    """The facts of the project in a folder, read once. Not to be changed."""
    from regional_index.read import read_project

    return build_facts(read_project(root))


def undrawn(figure: Figure, specification: str = "{}") -> Drawing:
    """A figure that looks as if it were drawn."""
    return Drawing(figure, "", dict.fromkeys((WIDE, HALF), "<svg/>"), 100, specification, "{}")


class Undrawn(Drawings):
    """The figures of a catalogue, each made but not drawn."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(catalogue(facts), Cache(CACHE))

    def __getitem__(self, name: str) -> Drawing:
        figure = self.figure(name)
        specification = json.dumps(figure.chart.to_dict(validate=False), allow_nan=False)
        return undrawn(figure, specification)


def results_of(project: Project) -> dict[str, bytes]:
    """All results of a project by the name of their file: the tables, and the documents made from them."""
    tables = compute_tables(project, Cache(CACHE), prune=False)
    return {**tables, **make_documents(facts_from(project, tables))}


def api_of(project: Project) -> dict[str, bytes]:
    """The files of the interface that a project's results are offered as, by their name."""
    files = results_of(project)
    with tempfile.TemporaryDirectory() as folder:
        mirror(Path(folder), files)
        public = public_files(read_facts(project, Path(folder)), Path(folder))
    return {path.removeprefix(f"{API_FOLDER}/"): content for path, content in public.items()}
