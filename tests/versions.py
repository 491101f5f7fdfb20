"""Two versions of the tiny project, which differ as a test wants them to."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from regional_index.framework import Framework, Project
from regional_index.results.diff import Version
from tests.computed import build_scores

Change = Callable[[Project], Project]


def version_of(project: Project, name: str = "now") -> Version:
    """A version with the tables that are computed from a project."""
    facts = build_scores(project)
    return Version(name, facts.tables, project, facts.findings)


def with_value(file: str, region: str, year: int, value: float | None) -> Change:
    """Another figure in one cell; none: it was not published."""

    def change(project: Project) -> Project:
        values = project.values.copy()
        cell = (values["indicator"] == file) & (values["region"] == region) & (values["year"] == year)
        assert cell.sum() == 1
        values.loc[cell, "value"] = value
        values.loc[cell, "status"] = "not_published" if value is None else "published"
        return replace(project, values=values)

    return change


def with_framework(change: Callable[[Framework], Framework]) -> Change:
    """Another framework."""
    return lambda project: replace(project, framework=change(project.framework))


def with_weight(index: str, part: str, weight: float) -> Change:
    """Another weight of a sub-index."""

    def change(framework: Framework) -> Framework:
        parent = framework.node(index)
        children = tuple(replace(child, weight=weight) if child.code == part else child for child in parent.children)
        indices = tuple(replace(node, children=children) if node is parent else node for node in framework.indices)
        return replace(framework, indices=indices)

    return with_framework(change)


def in_years(*years: int) -> Change:
    """The years of the open series, of which the figures are there."""

    def change(project: Project) -> Project:
        values = project.values[project.values["year"].isin(years)]
        return replace(project, values=values, framework=replace(project.framework, years=years))

    return change


def only(frame: pd.DataFrame, **where: object) -> pd.Series:
    """The one row in which these columns have these values."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0]
