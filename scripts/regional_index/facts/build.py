"""Compute once what all pages share."""

from regional_index.claims import published_scores
from regional_index.compute import compute_index
from regional_index.facts.facts import Facts
from regional_index.framework import Project


def build_facts(project: Project) -> Facts:
    """Compute the open series and lay the published one beside it; the two are never mixed."""
    return Facts(
        project=project,
        results=compute_index(project.values, project.framework),
        published=published_scores(project.edition, project.framework, project.regions),
    )
