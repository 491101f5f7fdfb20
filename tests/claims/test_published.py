"""The published series holds what the edition states, and nothing that could be derived from it."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.claims.readings import decimals_of
from regional_index.claims.study import published_scores, stated_ranks
from regional_index.framework import Claim, Project

NORTH, SOUTH, EAST = "1", "2", "3"


@pytest.fixture(scope="module")
def cells(tiny_project: Project) -> pd.DataFrame:
    """The published series of the tiny project: East 90.00 and rank 1 in supply, nothing else."""
    frame = published_scores(tiny_project.edition, tiny_project.framework, tiny_project.regions)
    return frame.set_index(["index", "region"])


def with_claims(project: Project, *claims: Claim) -> pd.DataFrame:
    """The published series of an edition that states only these."""
    edition = replace(project.edition, claims={claim.id: claim for claim in claims})
    return published_scores(edition, project.framework, project.regions).set_index(["index", "region"])


def test_there_is_a_row_for_every_index_and_evaluated_region(cells: pd.DataFrame) -> None:
    """5 nodes x 3 regions, each of the data year; the isle takes no part."""
    assert len(cells) == 15
    assert set(cells["year"]) == {2021}
    assert set(cells.index.get_level_values("region")) == {NORTH, SOUTH, EAST}


def test_a_score_is_there_where_a_claim_states_it(cells: pd.DataFrame) -> None:
    """With the decimals it was printed with and the claim that states it."""
    east = cells.loc[("supply", EAST)]
    assert east[["score", "rank", "decimals", "status", "claim"]].tolist() == [
        90.0, 1, 2, "published", "supply-score-east",
    ]  # fmt: skip


def test_every_other_cell_is_not_published(cells: pd.DataFrame) -> None:
    """Order, tiers, counts and a total of 150 would allow guesses for North and South; none is made."""
    others = cells.drop(index=("supply", EAST))
    assert set(others["status"]) == {"not_published"}
    assert others[["score", "rank", "decimals"]].isna().all(axis=None)
    assert set(others["claim"]) == {""}


@pytest.mark.parametrize(
    ("kind", "regions", "details"),
    [
        ("order", (EAST, SOUTH), {"starts_at": "1"}),
        ("top", (EAST, SOUTH), {"size": "2", "ordered": False}),
        ("above", (EAST, SOUTH), {"threshold": "mean", "exhaustive": True}),
        ("band", (EAST,), {"lower": "80"}),
        ("tiers", (), {"tiers": ((EAST,), (SOUTH,))}),
        ("group_count", (EAST,), {"within": "1", "group_name": "seaside"}),
    ],
)
def test_lists_of_other_kinds_state_no_rank(
    tiny_project: Project, kind: str, regions: tuple[str, ...], details: dict
) -> None:
    """Whoever stands first in them."""
    claim = Claim("x", "supply", kind, "supply-1", regions=regions, details=details)
    assert stated_ranks(claim) == {}
    frame = with_claims(tiny_project, claim)
    assert frame[["score", "rank"]].isna().all(axis=None)


def test_an_ordered_top_list_states_ranks_but_no_scores(tiny_project: Project) -> None:
    """The places in the list; a rank without a score leaves the cell unpublished."""
    claim = Claim("x", "use", "top", "supply-1", regions=(SOUTH, EAST), details={"size": "2", "ordered": True})
    frame = with_claims(tiny_project, claim).loc["use"]
    assert frame["rank"].dropna().to_dict() == {SOUTH: 1, EAST: 2}
    assert frame["score"].isna().all()
    assert set(frame["status"]) == {"not_published"}


def test_a_total_of_one_region_s_share_is_not_turned_into_a_score(tiny_project: Project) -> None:
    """60 % of 150 would be 90."""
    share = Claim("s", "supply", "share", "supply-1", value="60.00", regions=(EAST,))
    total = Claim("t", "supply", "total", "supply-1", value="150.00")
    assert with_claims(tiny_project, share, total)["score"].isna().all()


@pytest.mark.parametrize(("printed", "decimals"), [("68.96", 2), ("19.5", 1), ("8", 0), ("8.00", 2), ("-0.5", 1)])
def test_decimals_are_those_that_were_printed(printed: str, decimals: int) -> None:
    """Text is counted, not a number."""
    assert decimals_of(printed) == decimals
