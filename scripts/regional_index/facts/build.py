"""Compute once what all pages share."""

import json
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from types import ModuleType
from typing import Any

import pandas as pd

from regional_index import claims, compute, framework
from regional_index.claims import Study, published_scores, study_edition
from regional_index.compute import Results, compute_index, next_steps
from regional_index.compute.uncertainty import Progress
from regional_index.facts import robustness
from regional_index.facts.facts import Facts
from regional_index.facts.robustness import RobustnessStudy, study_robustness
from regional_index.files import cached_object, digest, list_files, read_bytes
from regional_index.framework import Project

CACHE = Path("build/cache")
SOLVERS = ("highspy", "scipy", "numpy", "pandas")


def build_facts(project: Project, cache_root: Path | None = None, progress: Progress = lambda steps, _: steps) -> Facts:
    """Compute the open series and lay the published one beside it; the two are never mixed.

    Args:
        project: The checked input.
        cache_root: Folder of the project in which the studies of the claims and of the method's choices are kept, by
            their content; none: they are made anew. Each is made when it is first asked for.
        progress: Wraps the steps of the draws and takes their number, to show how far they are.

    Raises:
        DataError: The method cannot be carried out on these data.
    """
    membership = _membership(project)
    results = compute_index(project.values, project.framework, membership)
    return Facts(
        project=project,
        results=results,
        published=published_scores(project.edition, project.framework, project.regions),
        make_study=_study_maker(project, cache_root),
        make_robustness=_robustness_maker(project, results, membership, cache_root, progress),
        make_next_steps=_next_steps_maker(project, results, membership, cache_root),
    )


def _membership(project: Project) -> pd.DataFrame:
    """The group of every evaluated region in every grouping; missing where it belongs to none."""
    codes = [group.code for group in project.framework.groups]
    rows = {region: project.regions[region].groups for region in project.regions.evaluated}
    return (
        pd.DataFrame.from_dict(rows, orient="index", columns=codes, dtype=object)
        if codes
        else pd.DataFrame(index=list(rows))
    )


def _study_maker(project: Project, cache_root: Path | None) -> Callable[[], Study]:
    def make() -> Study:
        return study_edition(project.edition, project.framework, project.regions)

    return _kept(make, cache_root, "claims", lambda: _claims_key(project))


def _robustness_maker(
    project: Project, results: Results, membership: pd.DataFrame, cache_root: Path | None, progress: Progress
) -> Callable[[], RobustnessStudy]:
    def make() -> RobustnessStudy:
        return study_robustness(results, project.framework, membership, progress)

    return _kept(make, cache_root, "robustness", lambda: _robustness_key(project, membership))


def _next_steps_maker(
    project: Project, results: Results, membership: pd.DataFrame, cache_root: Path | None
) -> Callable[[], pd.DataFrame]:
    def make() -> pd.DataFrame:
        return next_steps(results, project.framework, project.framework.years[-1], membership)

    return _kept(make, cache_root, "next_steps", lambda: _robustness_key(project, membership))


def _kept(
    make: Callable[[], Any], cache_root: Path | None, name: str, key: Callable[[], list[str]]
) -> Callable[[], Any]:
    """`make`, or what it returned for the same key before."""

    def from_cache() -> Any:
        assert cache_root is not None
        return cached_object(cache_root / CACHE / name, key(), make)

    return make if cache_root is None else from_cache


def _claims_key(project: Project) -> list[str]:
    """Everything that a study of the claims depends on: its input, our code, the solvers."""
    edition = json.dumps(asdict(project.edition), default=str, ensure_ascii=False)
    regions = json.dumps([[code, sorted(project.regions[code].groups.items())] for code in project.regions.evaluated])
    parents = json.dumps([[code, project.framework.parents.get(code)] for code in project.framework.nodes])
    return [edition, regions, parents, *_tools(claims, framework)]


def _robustness_key(project: Project, membership: pd.DataFrame) -> list[str]:
    """Everything that a study of the method's choices depends on."""
    tree = json.dumps(asdict(project.framework), default=str, ensure_ascii=False)
    return [tree, membership.to_csv(), project.values.to_csv(index=False), *_tools(compute, framework, robustness)]


def _tools(*rooms: ModuleType) -> list[str]:
    """Our own code, and the versions of what it uses."""
    paths = [Path(str(room.__file__)) for room in rooms]
    files = [file for path in paths for file in (list_files(path.parent, "**/*.py") if _is_room(path) else [path])]
    tools = [python_version(), *(f"{name} {version(name)}" for name in SOLVERS)]
    return [digest(read_bytes(file) for file in files), *tools]


def _is_room(path: Path) -> bool:
    return path.name == "__init__.py"
