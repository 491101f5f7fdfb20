"""The whole method on the tiny project, against numbers worked out by hand."""

import pandas as pd
import pytest

from regional_index.framework import Project
from regional_index.method.index import Results, compute_index

NORTH, SOUTH, EAST = "1", "2", "3"


@pytest.fixture(scope="module")
def results(tiny_project: Project) -> Results:
    """All steps for the tiny project."""
    return compute_index(tiny_project.values, tiny_project.framework)


def cell(results: Results, index: str, region: str, year: int) -> pd.Series:
    """The one row of an index, region and year."""
    frame = results.scores
    found = frame[(frame["index"] == index) & (frame["region"] == region) & (frame["year"] == year)]
    assert len(found) == 1
    return found.iloc[0]


def test_there_is_a_row_for_every_region_year_and_node(results: Results) -> None:
    """3 regions x 2 years x 5 nodes."""
    assert len(results.scores) == 30


def test_a_value_is_divided_by_its_denominator(results: Results) -> None:
    """East sells 60 with 200 residents: 60 / 200 x 100 = 30."""
    assert results.values.loc[(EAST, 2022), "turnover_per_head"] == pytest.approx(30)


def test_goalposts_span_all_regions_and_years(results: Results) -> None:
    """Turnover runs from 10 (North 2021) to 60 (East 2022)."""
    assert results.normalisation.parameters.loc[("turnover", 0), ["min", "max"]].tolist() == [10, 60]


@pytest.mark.parametrize(
    ("index", "region", "year", "score"),
    [
        ("size", NORTH, 2022, 20.0),  # (20 - 10) / 50
        ("skill", SOUTH, 2022, 40.0),  # (3 - 1) / 5
        ("supply", NORTH, 2022, 40.0),  # 0.75 x 20 + 0.25 x 100
        ("supply", SOUTH, 2022, 40.0),  # 0.75 x 40 + 0.25 x 40
        ("supply", EAST, 2022, 100.0),  # only size: 100
        ("spread", NORTH, 2022, 35.0),  # (20 + 50) / 2
        ("use", SOUTH, 2022, 80.0),  # (60 + 100) / 2
        ("supply", NORTH, 2021, 20.0),  # 0.75 x 0 + 0.25 x 80
    ],
)
def test_scores_are_those_worked_out_by_hand(
    results: Results, index: str, region: str, year: int, score: float
) -> None:
    """Every step of the method enters one of these."""
    assert cell(results, index, region, year)["score"] == pytest.approx(score, abs=1e-12)


def test_a_score_without_all_of_its_weight_is_flagged(results: Results) -> None:
    """East has no patents, so a quarter of the weight of supply is missing."""
    east = cell(results, "supply", EAST, 2022)
    assert east["weight_present"] == pytest.approx(0.75)
    assert east["partial"]
    assert not cell(results, "supply", NORTH, 2022)["partial"]


def test_a_missing_indicator_stays_missing(results: Results) -> None:
    """Nothing is imputed unless the method says so."""
    assert pd.isna(cell(results, "skill", EAST, 2022)["score"])
    assert cell(results, "skill", EAST, 2022)["rank"] is pd.NA


def test_equal_scores_share_the_better_rank(results: Results) -> None:
    """North and South both have 40 behind East."""
    assert [cell(results, "supply", region, 2022)["rank"] for region in (EAST, NORTH, SOUTH)] == [1, 2, 2]


def test_the_published_series_does_not_enter(tiny_project: Project, results: Results) -> None:
    """Recomputing from the measured values alone gives the same frame."""
    again = compute_index(tiny_project.values.sample(frac=1, random_state=1), tiny_project.framework)
    columns = ["region", "year", "index"]
    pd.testing.assert_frame_equal(
        again.scores.sort_values(columns, ignore_index=True), results.scores.sort_values(columns, ignore_index=True)
    )
