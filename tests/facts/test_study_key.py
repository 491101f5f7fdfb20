"""What the study of the claims is kept under: everything it depends on, the order of the claims among it."""

from dataclasses import replace

import pandas as pd

from regional_index.facts import Facts
from regional_index.facts.build import _claims_key, _robustness_key
from regional_index.framework import Project


def test_the_order_of_the_claims_counts(tiny_project: Project) -> None:
    """Among claims that contradict each other, the first ones are named."""
    claims = dict(reversed(tiny_project.edition.claims.items()))
    turned = replace(tiny_project, edition=replace(tiny_project.edition, claims=claims))
    assert _claims_key(turned) != _claims_key(tiny_project)
    assert _claims_key(replace(tiny_project)) == _claims_key(tiny_project)


def test_a_changed_decision_counts(tiny_project: Project) -> None:
    changed = replace(tiny_project.edition, score_range=(0.0, 99.0))
    assert _claims_key(replace(tiny_project, edition=changed)) != _claims_key(tiny_project)


def test_words_and_open_figures_do_not_count(tiny_project: Project) -> None:
    values = tiny_project.values.assign(value=tiny_project.values["value"] * 2)
    assert _claims_key(replace(tiny_project, words={}, values=values)) == _claims_key(tiny_project)


def robustness_key_of(project: Project) -> list[str]:
    return _robustness_key(project, pd.DataFrame(index=list(project.regions.evaluated)))


def test_a_changed_figure_or_choice_counts_for_the_study_of_the_method(second_facts: Facts) -> None:
    """The claims of the edition do not."""
    project = second_facts.project
    robustness = project.framework.robustness
    assert robustness is not None
    reseeded = replace(project.framework, robustness=replace(robustness, seed=robustness.seed + 1))
    assert robustness_key_of(replace(project, framework=reseeded)) != robustness_key_of(project)
    values = project.values.assign(value=project.values["value"] * 2)
    assert robustness_key_of(replace(project, values=values)) != robustness_key_of(project)
    other = replace(project.edition, score_range=(0.0, 99.0))
    assert robustness_key_of(replace(project, edition=other)) == robustness_key_of(project)
