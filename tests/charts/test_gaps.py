"""What figures say of regions that are left out, and of years and quadrants in which there is nobody."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from regional_index.charts import Figure
from regional_index.facts import Facts
from regional_index.method.describe import change_between
from regional_index.method.rank import rank_scores
from regional_index.topics import chart_words
from regional_index.topics.all import catalogue
from tests.changed_facts import with_scores, with_tables
from tests.methods import compute

from .marks import rows_with
from .studies import with_ranks, with_study

NORTH, SOUTH, EAST = "1", "2", "3"


def with_values(facts: Facts, values: pd.DataFrame) -> Facts:
    """The same project with other numbers."""
    return compute(replace(facts.declared, values=values))


def chosen(facts: Facts, indicator: str, year: int) -> pd.Series:
    """Which rows are of an indicator and a year."""
    values = facts.declared.values
    return (values["indicator"] == indicator) & (values["year"] == year)


def test_an_index_with_scores_in_the_last_year_alone_has_no_chart_of_years(tiny_facts: Facts) -> None:
    """One year is compared with nothing."""
    values = tiny_facts.declared.values
    first = chosen(tiny_facts, "coverage", 2021) | chosen(tiny_facts, "turnover", 2021)
    facts = with_values(tiny_facts, values.assign(value=values["value"].mask(first)))
    assert "use-ranking" in catalogue(facts)
    assert "use-years" not in catalogue(facts)


def test_of_more_regions_than_there_is_room_for_a_chart_shows_the_ends(
    second_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so; its table has all."""
    monkeypatch.setattr(chart_words, "MOST_SHOWN", 2)
    for name in ("harbour-ranking", "harbour-edition", "harbour-ranges", "heat-map", "harbour-years"):
        figure = catalogue(with_study(second_facts))[name]()
        shown = {row["region"] for row in rows_with(figure, "region")}
        assert shown == ({"Arden"} if name == "harbour-years" else {"Arden", "Elm"}), name  # Elm has no rank
        assert "the first 1 and the last 1; all 5 regions are in its table" in figure.description, name
        assert len(figure.table) == 5


def in_quadrants(facts: Facts, supply: list[int], use: list[int]) -> Figure:
    """The quadrants when North, South and East score so."""

    def change(scores: pd.DataFrame) -> None:
        for index, found in {"supply": supply, "use": use}.items():
            for region, score in zip((NORTH, SOUTH, EAST), found, strict=True):
                scores.loc[(index, slice(None), region), "score"] = score

    return catalogue(with_scores(facts, change))["quadrants"]()


def test_a_quadrant_with_nobody_in_it_is_said_so(tiny_facts: Facts) -> None:
    """And no list is empty."""
    crossed = in_quadrants(tiny_facts, [90, 10, 10], [10, 90, 90]).description
    assert (
        "No region is at or above both means. No region is below both means. Only the Supply is at or above" in crossed
    )
    along = in_quadrants(tiny_facts, [90, 90, 10], [90, 90, 10]).description
    assert "2 regions are at or above both means: North, South. 1 region is below both means." in along


def test_points_without_room_for_a_name_are_spoken_of(tiny_facts: Facts) -> None:
    """Three regions have room, but not where all are in one place."""
    said = "Some points have no room for a name"
    assert said not in in_quadrants(tiny_facts, [90, 10, 80], [10, 20, 80]).description
    assert said in in_quadrants(tiny_facts, [90, 90, 90], [90, 90, 90]).description


def test_without_a_region_in_both_indices_there_are_no_quadrants(tiny_facts: Facts) -> None:
    """There would be no mean to cross."""

    def change(scores: pd.DataFrame) -> None:
        for index, region in (("supply", SOUTH), ("supply", EAST), ("use", NORTH)):
            scores.loc[(index, slice(None), region), "score"] = float("nan")

    assert "quadrants" not in catalogue(with_scores(tiny_facts, change))


@pytest.mark.parametrize(
    ("doubtful", "chart", "said"),
    [
        ("patents", "patents", "Not published for 2022: East. In doubt for 2022 and left out: South."),
        ("residents", "turnover_per_head", "In doubt for 2022 and left out: South."),
    ],
)
def test_a_value_that_a_correction_excludes_is_not_called_unpublished(
    tiny_facts: Facts, doubtful: str, chart: str, said: str
) -> None:
    """East publishes no patents; those of South are in doubt, or the residents that its turnover is divided by."""
    values = tiny_facts.declared.values
    doubted = chosen(tiny_facts, doubtful, 2022) & (values["region"] == SOUTH)
    corrected = values.assign(value=values["value"].mask(doubted), status=values["status"].mask(doubted, "excluded"))
    assert catalogue(with_values(tiny_facts, corrected))[f"indicator-{chart}"]().description.endswith(f". {said}")


@pytest.mark.parametrize(
    ("ranks", "said"),
    [((1, 3, 3), "Its best rank is in Size (1), its worst in Skill, Spread (3)."),
     ((2, 2, 2), "All its sub-indices with a score have rank 2.")],
)  # fmt: skip
def test_all_sub_indices_that_are_tied_are_named(tiny_facts: Facts, ranks: tuple[int, int, int], said: str) -> None:
    """As in the text of the page, which asks the same question; none is called both best and worst."""
    tied = with_ranks(tiny_facts, NORTH, dict(zip(("size", "skill", "spread"), ranks, strict=True)))
    description = catalogue(tied)["region-north-profile"]().description
    assert description.endswith(said)
    assert ("best" in description) == ("best" in said)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ({SOUTH: 65.0, EAST: 60.0}, []),
        ({SOUTH: 60.0, EAST: 65.0}, ["East climbed most, by 1.", "South fell most, by 1.", "among the 2"]),
    ],
)
def test_nobody_climbs_into_the_place_of_a_region_that_left(
    tiny_facts: Facts, last: dict[str, float], said: list[str]
) -> None:
    """North was first and has no score any more; the two that stay are compared with each other."""
    years = {2021: {NORTH: 90.0, SOUTH: 80.0, EAST: 70.0}, 2022: {NORTH: np.nan, **last}}
    rows = [(region, year, "use", score) for year, scores in years.items() for region, score in scores.items()]
    changed = rank_scores(pd.DataFrame(rows, columns=["region", "year", "index", "score"]))

    def change(scores: pd.DataFrame) -> None:
        for row in changed.itertuples():
            scores.loc[("use", row.year, row.region), ["score", "rank"]] = [row.score, row.rank]

    movement = tiny_facts.tables["movement"]
    moved = pd.concat([movement[movement["index"] != "use"], change_between(changed, 2021, 2022)])
    facts = with_tables(with_scores(tiny_facts, change), movement=moved)
    description = catalogue(facts)["use-years"]().description
    for sentence in said:
        assert sentence in description
    assert ("climbed" in description) == bool(said)
