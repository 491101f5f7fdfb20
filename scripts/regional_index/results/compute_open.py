"""The open series, computed from the figures in `data/`, as the files of its result tables."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from regional_index.errors import DataError
from regional_index.framework import Framework, Project, Regions
from regional_index.method.index import compute_index
from regional_index.method.rules import CannotCompute
from regional_index.read import locate
from regional_index.results.drivers import drivers
from regional_index.results.files import write_table
from regional_index.results.open_tables import next_step_table, open_scores, open_tables
from regional_index.results.robustness_tables import coherence_tables, rank_changes, robustness_tables
from regional_index.soundness import Progress


def compute_open(
    project: Project, progress: Progress = lambda steps, _: steps, *, next_steps: bool = True
) -> dict[str, bytes]:
    """The tables of the open series by the name of their file; `scores.csv` has its rows alone.

    Args:
        project: The checked input.
        progress: Wraps the steps of the draws and takes their number, to show how far they are.
        next_steps: Whether to find what would gain a place, too, which takes as long as most of the rest.

    Raises:
        DataError: The method cannot be carried out on these data.
    """
    try:
        return _compute(project, progress, next_steps=next_steps)
    except CannotCompute as error:
        raise DataError(locate(error.findings, project.framework)) from error


def _compute(project: Project, progress: Progress, *, next_steps: bool) -> dict[str, bytes]:
    members = membership_of(project.framework, project.regions)
    results = compute_index(project.values, project.framework, members)
    tables = {**open_tables(project, results, members), **coherence_tables(results, project.framework)}
    if next_steps:
        tables["next_steps"] = next_step_table(project, results, members)
    tables["drivers"] = drivers(tables["steps"], results.scores, project.framework)
    ranges = None
    if project.framework.robustness is not None:
        robustness, ranges = robustness_tables(results, project.framework, members, progress)
        tables |= robustness
    else:
        tables["rank_changes"] = rank_changes(results.scores, project.framework, None)
    tables["scores"] = open_scores(results.scores, ranges)
    return {f"{name}.csv": write_table(name, table) for name, table in tables.items()}


def membership_of(framework: Framework, regions: Regions) -> pd.DataFrame:
    """The group of every evaluated region in every grouping; missing where it belongs to none."""
    rows = {region: regions[region].groups for region in regions.evaluated}
    codes = [group.code for group in framework.groups]
    if not codes:
        return pd.DataFrame(index=list(rows))
    return pd.DataFrame.from_dict(rows, orient="index", columns=codes, dtype=object)


def open_inputs(project: Project) -> list[Any]:
    """All that the results of the open series depend on."""
    return [
        asdict(project.framework),
        [asdict(region) for region in project.regions.values()],
        project.values.to_csv(index=False),
    ]
