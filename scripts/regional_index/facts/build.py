"""Compute once what all pages share."""

import json
import pickle
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import pandas as pd

from regional_index import claims, framework
from regional_index.claims import Study, published_scores, study_edition
from regional_index.compute import Results, compute_index
from regional_index.facts.facts import Facts
from regional_index.files import cached, digest, list_files, only_used, read_bytes
from regional_index.framework import Project

CACHE = Path("build/cache/claims")
SOLVERS = ("highspy", "clarabel", "scipy", "numpy", "pandas")


def build_facts(project: Project, cache_root: Path | None = None) -> Facts:
    """Compute the open series and lay the published one beside it; the two are never mixed.

    Args:
        project: The checked input.
        cache_root: Folder of the project in which the study of the claims is kept, by its content; none: it is made
            anew. It is made when it is first asked for.
    """
    results = compute_index(project.values, project.framework)
    return Facts(
        project=project,
        results=results,
        published=published_scores(project.edition, project.framework, project.regions),
        make_study=_study_maker(project, results, cache_root),
    )


def _study_maker(project: Project, results: Results, cache_root: Path | None) -> Callable[[], Study]:
    same_year = results.scores[results.scores["year"] == project.edition.data_year]
    predictors = same_year.pivot(index="region", columns="index", values="score")
    predictors = predictors.reindex(index=list(project.regions.evaluated))

    def make() -> Study:
        return study_edition(project.edition, project.framework, project.regions, predictors)

    def from_cache() -> Study:
        folder = (cache_root or project.root) / CACHE
        with only_used(folder):
            return pickle.loads(cached(folder, _key(project, predictors), ".pickle", lambda: pickle.dumps(make())))

    return make if cache_root is None else from_cache


def _key(project: Project, predictors: pd.DataFrame) -> list[str]:
    """Everything that a study depends on: its input, our code, the solvers."""
    edition = json.dumps(asdict(project.edition), default=str, ensure_ascii=False)
    regions = json.dumps([[code, sorted(project.regions[code].groups.items())] for code in project.regions.evaluated])
    parents = json.dumps([[code, project.framework.parents.get(code)] for code in project.framework.nodes])
    rooms = [Path(str(room.__file__)).parent for room in (claims, framework)]
    own = digest(read_bytes(path) for room in rooms for path in list_files(room, "**/*.py"))
    tools = [python_version(), *(f"{name} {version(name)}" for name in SOLVERS)]
    return [edition, regions, parents, predictors.round(9).to_csv(), own, *tools]
