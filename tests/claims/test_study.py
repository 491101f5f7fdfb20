"""What follows from an edition: published scores, intervals for the others, and nothing from the open series."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.claims import Study, study_edition
from regional_index.facts import Facts, build_facts
from regional_index.framework import Claim, Project


@pytest.fixture(scope="module")
def second_study(second_facts: Facts) -> Study:
    """The study of the invented second edition."""
    return second_facts.study


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
    again = build_facts(second_facts.project).study
    pd.testing.assert_frame_equal(again.scores, second_study.scores)
    assert again.audit == second_study.audit


def test_exactly_one_weighting_in_steps_of_five_percent_gives_the_application_index(real_facts: Facts) -> None:
    studies = {(study.index, study.steps): study for study in real_facts.study.weights}
    coarse = studies["application", 20]
    assert coarse.parts == ("government", "industrial", "key", "livelihood")
    assert coarse.fit_all == ((2, 5, 6, 7),)
    assert studies["industry", 20].fit_all == ()
    assert (10, 25, 30, 35) in studies["application", 100].fit_all


def test_the_contradictions_of_the_edition_are_found(real_facts: Facts) -> None:
    sets = [set(conflict.claims) for conflict in real_facts.study.audit.conflicts if not conflict.overlaps]
    assert {"scale-tiers", "scale-above-mean"} in sets
    assert {"application-total", "application-band-third-tier", "application-share-third-tier"} in sets


def test_the_one_region_between_fifteen_and_the_mean_bounds_all_that_are_below(real_facts: Facts) -> None:
    """589.29 - 501.60 - 18 x 3.97 leaves 16.23 for it, give or take the rounding of the eighteen."""
    shanxi = real_facts.edition_scores("scale").loc["140000"]
    assert shanxi["upper"] == pytest.approx(16.23 + 0.09 + 0.01, abs=0.001)
    assert (shanxi["rank_lower"], shanxi["rank_upper"]) == (13, 31)
