"""The completed table: published where published, estimated elsewhere, with intervals that the claims allow."""

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
    """The study of a project's edition with other claims, and nothing to predict from."""
    edition = replace(project.edition, claims={claim.id: claim for claim in claims}, set_aside={})
    nothing = pd.DataFrame(index=list(project.regions.evaluated))
    return study_edition(edition, project.framework, project.regions, nothing)


def test_there_is_a_row_for_every_index_and_evaluated_region(second_study: Study, second_facts: Facts) -> None:
    pairs = [(index, region) for index in second_facts.framework.nodes for region in second_facts.regions.evaluated]
    assert list(zip(second_study.scores["index"], second_study.scores["region"], strict=True)) == pairs


def test_a_published_score_is_its_own_interval(second_study: Study) -> None:
    published = second_study.scores[second_study.scores["status"] == "published"]
    assert set(published["claim"]) == {"harbour-score-arden", "harbour-score-brill"}
    assert (published["lower"] == published["score"]).all()
    assert (published["upper"] == published["score"]).all()


def test_estimates_lie_in_their_intervals_and_ranks_in_theirs(second_study: Study) -> None:
    scored = second_study.scores.dropna(subset=["score"])
    assert {"published", "estimated"} == set(scored["status"])
    assert scored["score"].between(scored["lower"], scored["upper"]).all()
    assert (scored["rank"] >= scored["rank_lower"]).all()
    assert (scored["rank"] <= scored["rank_upper"]).all()


def test_an_index_of_which_no_level_is_known_has_intervals_but_no_estimates(second_study: Study) -> None:
    """Of `speed` only the first two are named."""
    speed = second_study.scores[second_study.scores["index"] == "speed"]
    assert set(speed["status"]) == {"not_published"}
    assert speed["score"].isna().all()
    assert speed["lower"].notna().all()
    assert set(speed["rank_upper"]) == {2, 5}


def test_without_any_published_score_the_first_rule_is_used(tiny_project: Project) -> None:
    total = Claim("t", "supply", "total", "supply-1", "150.00")
    study = study_of(tiny_project, [total])
    supply = study.scores[study.scores["index"] == "supply"]
    assert study.left_out == ()
    assert study.rule == "middle"
    assert supply["score"].tolist() == pytest.approx([50, 50, 50], abs=0.01)
    assert supply["rank"].tolist() == [1, 1, 1]


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
    assert again.left_out == second_study.left_out


def test_the_rule_in_use_is_the_one_with_the_least_error(real_facts: Facts) -> None:
    errors = real_facts.study.errors()
    assert errors.iloc[0]["rule"] == real_facts.study.rule
    assert errors["mean_absolute"].is_monotonic_increasing
    assert set(errors["count"]) == {20}


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
