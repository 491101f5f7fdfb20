"""What follows from an edition: published scores, intervals for the others, and nothing from the open series."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.claims.findings import EditionFindings
from regional_index.claims.study import stated_ranks, study_edition
from regional_index.facts import Facts
from regional_index.framework import Claim, Project


@pytest.fixture(scope="module")
def second_study(second_facts: Facts) -> tuple[pd.DataFrame, EditionFindings]:
    """The scores and findings of the invented second edition."""
    declared = second_facts.declared
    return study_edition(second_facts.edition, declared.framework, declared.regions)


@pytest.fixture(scope="module")
def second_scores(second_study: tuple[pd.DataFrame, EditionFindings]) -> pd.DataFrame:
    return second_study[0]


def scores_of(project: Project, *claims: Claim) -> pd.DataFrame:
    """The scores of a project's edition with other claims, and no decisions."""
    edition = replace(project.edition, claims={claim.id: claim for claim in claims}, set_aside={})
    return study_edition(edition, project.framework, project.regions)[0].set_index("index")


def test_there_is_a_row_for_every_index_and_evaluated_region(second_scores: pd.DataFrame, second_facts: Facts) -> None:
    pairs = [(index, region) for index in second_facts.framework.nodes for region in second_facts.regions.evaluated]
    assert list(zip(second_scores["index"], second_scores["region"], strict=True)) == pairs


def test_a_published_score_is_its_own_interval(second_scores: pd.DataFrame) -> None:
    published = second_scores[second_scores["status"] == "published"]
    assert set(published["claim"]) == {"harbour-score-arden", "harbour-score-brill"}
    assert (published["lower"] == published["score"]).all()
    assert (published["upper"] == published["score"]).all()


def test_a_score_that_is_not_published_has_an_interval_and_no_number_in_it(second_scores: pd.DataFrame) -> None:
    """Of `harbour` a total and two scores are stated, of `speed` only who is first and second."""
    unstated = second_scores[second_scores["status"] != "published"]
    assert set(unstated["status"]) == {"not_published"}
    assert unstated["score"].isna().all()
    assert unstated[["lower", "upper", "rank_lower", "rank_upper"]].notna().all(axis=None)
    assert set(unstated.loc[unstated["index"] == "speed", "rank_upper"]) == {2, 5}


def test_a_rank_is_there_only_where_a_claim_states_it(second_scores: pd.DataFrame) -> None:
    """The list of the harbours is in order; of the others, the claims only say between which ranks they are."""
    ranked = second_scores.dropna(subset=["rank"])
    found = ranked[["index", "region", "rank"]].itertuples(index=False, name=None)
    assert list(found) == [("harbour", "A1", 1), ("harbour", "B2", 2), ("harbour", "D4", 3)]
    assert (ranked["rank_lower"] == ranked["rank"]).all()
    assert (ranked["rank_upper"] == ranked["rank"]).all()


def test_a_score_has_the_decimals_that_were_printed(second_scores: pd.DataFrame) -> None:
    assert second_scores["decimals"].dropna().tolist() == [2, 0]


def test_a_total_alone_bounds_every_score_alike(tiny_project: Project) -> None:
    """No region can have more than all of them together."""
    scores = scores_of(tiny_project, Claim("t", "supply", "total", "supply-1", "60.00")).loc["supply"]
    assert scores["lower"].tolist() == [0, 0, 0]
    assert scores["upper"].tolist() == pytest.approx([60, 60, 60], abs=0.006)
    assert scores[["score", "rank"]].isna().all(axis=None)


@pytest.mark.parametrize("ends", [(0, 100), (-50, 200)])
def test_without_any_claim_the_range_of_scores_is_all_that_is_known(
    tiny_project: Project, ends: tuple[float, float]
) -> None:
    scores = scores_of(replace(tiny_project, edition=replace(tiny_project.edition, score_range=ends)))
    assert scores["score"].isna().all()
    assert (set(scores["lower"]), set(scores["upper"])) == ({ends[0]}, {ends[1]})
    assert set(scores["rank_upper"]) == {len(tiny_project.regions.evaluated)}


@pytest.mark.parametrize(
    ("kind", "regions", "details"),
    [
        ("order", ("3", "2"), {"starts_at": "1"}),
        ("top", ("3", "2"), {"size": "2", "ordered": False}),
        ("above", ("3", "2"), {"threshold": "mean", "exhaustive": True}),
        ("band", ("3",), {"lower": "80"}),
        ("tiers", (), {"tiers": (("3",), ("2",))}),
        ("group_count", ("3",), {"within": "1", "group_name": "seaside"}),
    ],
)
def test_lists_of_other_kinds_state_no_rank(kind: str, regions: tuple[str, ...], details: dict) -> None:
    """Whichever region comes first in them."""
    assert stated_ranks(Claim("x", "supply", kind, "supply-1", regions=regions, details=details)) == {}


def test_an_ordered_top_list_states_ranks_but_no_scores(tiny_project: Project) -> None:
    """The places in the list; a rank without a score leaves the cell unpublished."""
    claim = Claim("x", "use", "top", "supply-1", regions=("2", "3"), details={"size": "2", "ordered": True})
    scores = scores_of(tiny_project, claim).loc["use"]
    assert scores.set_index("region")["rank"].dropna().to_dict() == {"2": 1, "3": 2}
    assert scores["score"].isna().all()
    assert set(scores["status"]) == {"not_published"}


def test_a_total_of_one_region_s_share_is_not_turned_into_a_score(tiny_project: Project) -> None:
    """60 % of 150 would be 90."""
    share = Claim("s", "supply", "share", "supply-1", value="60.00", regions=("3",), details={"of": "total"})
    total = Claim("t", "supply", "total", "supply-1", value="150.00")
    assert scores_of(tiny_project, share, total)["score"].isna().all()


def test_the_same_input_gives_the_same_study(
    second_facts: Facts, second_study: tuple[pd.DataFrame, EditionFindings]
) -> None:
    """Also as it is read from files."""
    scores, findings = second_study
    assert second_facts.study == findings
    pd.testing.assert_frame_equal(
        second_facts.published.frame, scores, check_like=True, check_dtype=False, check_index_type=False
    )
