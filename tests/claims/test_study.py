"""What follows from an edition: published scores, intervals for the others, and nothing from the open series."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.claims.study import Study, study_edition
from regional_index.facts import Facts
from regional_index.framework import Claim, Project


@pytest.fixture(scope="module")
def second_study(second_facts: Facts) -> Study:
    """The study of the invented second edition."""
    declared = second_facts.declared
    return study_edition(second_facts.edition, declared.framework, declared.regions)


def study_of(project: Project, claims: list[Claim]) -> Study:
    """The study of a project's edition with other claims, and no decisions."""
    edition = replace(project.edition, claims={claim.id: claim for claim in claims}, set_aside={})
    return study_edition(edition, project.framework, project.regions)


def test_there_is_a_row_for_every_index_and_evaluated_region(second_study: Study, second_facts: Facts) -> None:
    pairs = [(index, region) for index in second_facts.framework.nodes for region in second_facts.regions.evaluated]
    assert list(zip(second_study.scores["index"], second_study.scores["region"], strict=True)) == pairs


def test_a_published_score_is_its_own_interval(second_study: Study) -> None:
    published = second_study.scores[second_study.scores["status"] == "published"]
    assert set(published["claim"]) == {"harbour-score-arden", "harbour-score-brill"}
    assert (published["lower"] == published["score"]).all()
    assert (published["upper"] == published["score"]).all()


def test_a_score_that_is_not_published_has_an_interval_and_no_number_in_it(second_study: Study) -> None:
    """Of `harbour` a total and two scores are stated, of `speed` only who is first and second."""
    unstated = second_study.scores[second_study.scores["status"] != "published"]
    assert set(unstated["status"]) == {"not_published"}
    assert unstated["score"].isna().all()
    assert unstated[["lower", "upper", "rank_lower", "rank_upper"]].notna().all(axis=None)
    assert set(unstated.loc[unstated["index"] == "speed", "rank_upper"]) == {2, 5}


def test_a_rank_is_there_only_where_a_claim_states_it(second_study: Study) -> None:
    """The list of the harbours is in order; of the others, the claims only say between which ranks they are."""
    ranked = second_study.scores.dropna(subset=["rank"])
    found = ranked[["index", "region", "rank"]].itertuples(index=False, name=None)
    assert list(found) == [("harbour", "A1", 1), ("harbour", "B2", 2), ("harbour", "D4", 3)]
    assert (ranked["rank_lower"] == ranked["rank"]).all()
    assert (ranked["rank_upper"] == ranked["rank"]).all()


def test_a_total_alone_bounds_every_score_alike(tiny_project: Project) -> None:
    """No region can have more than all of them together."""
    total = Claim("t", "supply", "total", "supply-1", "60.00")
    scores = study_of(tiny_project, [total]).scores.set_index("index").loc["supply"]
    assert scores["lower"].tolist() == [0, 0, 0]
    assert scores["upper"].tolist() == pytest.approx([60, 60, 60], abs=0.006)
    assert scores["score"].isna().all()
    assert scores["rank"].isna().all()


def test_without_any_claim_nothing_is_said(tiny_project: Project) -> None:
    study = study_of(tiny_project, [])
    assert study.scores["score"].isna().all()
    assert (study.scores["lower"] == 0).all()
    assert (study.scores["upper"] == 100).all()
    assert set(study.scores["rank_upper"]) == {len(tiny_project.regions.evaluated)}


def test_the_range_of_scores_is_the_editions_own(tiny_project: Project) -> None:
    project = replace(tiny_project, edition=replace(tiny_project.edition, score_range=(-50.0, 200.0)))
    study = study_of(project, [])
    assert (study.scores["lower"] == -50).all()
    assert (study.scores["upper"] == 200).all()


def test_the_same_input_gives_the_same_study(second_facts: Facts, second_study: Study) -> None:
    """Also as it is read from files."""
    assert second_facts.study.audit == second_study.audit
    assert second_facts.study.weights == second_study.weights
    pd.testing.assert_frame_equal(
        second_facts.published.frame, second_study.scores, check_like=True, check_dtype=False, check_index_type=False
    )
