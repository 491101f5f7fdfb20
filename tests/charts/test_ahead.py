"""Who is ahead of whom, and how surely: half a matrix in classes; in numbers only the neighbours."""

import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.charts import Figure, draw
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from regional_index.topics.series.charts import ahead
from regional_index.topics.series.charts.ahead import chart_ahead, shares_ahead

from .marks import count_cells, layers_of, marks_of, rows_with
from .studies import with_ranks, with_study

NORTH, SOUTH, EAST = "1", "2", "3"
FILLS = ("class0", "class1", "class2", "class4")
NAN = float("nan")


def found(facts: Facts, east_north: float, east_south: float, north_south: float) -> Figure:
    """The chart where supply has these shares of draws; East is declared first, South last."""
    shares = {(EAST, NORTH): east_north, (EAST, SOUTH): east_south, (NORTH, SOUTH): north_south}
    frame = pd.DataFrame(0.5, index=[SOUTH, NORTH, EAST], columns=[SOUTH, NORTH, EAST])
    for (first, second), share in shares.items():
        frame.loc[first, second], frame.loc[second, first] = share, 1 - share
    return chart_ahead(with_study(with_ranks(facts, SOUTH, {"supply": 3}), ahead={"supply": frame}), "supply")


def test_pairs_that_are_usually_the_other_way_round_are_grey_and_told(tiny_facts: Facts, cache: Cache) -> None:
    """The official order is then the rare one: that is not the same as an open race."""
    figure = found(tiny_facts, 0.17, 0.95, 0.44)
    grey = [mark for mark in marks_of(draw(figure, cache)) if mark.has(fill="muted", stroke="ink")]
    assert len(grey) == 2  # one of them is in the legend
    assert "In 2 pairs the region of lower rank leads in more than half" in figure.description
    assert "most clearly North over East: in 83%" in figure.description
    assert "In 1 of them" in figure.description
    assert "lower rank" not in found(tiny_facts, 0.5, 0.95, 0.7).description


def test_each_pair_has_one_cell_in_the_class_of_its_share(tiny_facts: Facts, cache: Cache) -> None:
    """Nearly certain is darkest, even is palest; a little more often the other way round is hollow, usually is grey."""
    figure = found(tiny_facts, 0.6, 0.95, 0.45)
    assert count_cells(marks_of(draw(figure, cache)), FILLS) == {"class0": 1, "class4": 1, "reverse": 1}
    cells = [(row["region"], row["other"], row["shown"]) for row in rows_with(figure, "other")]
    assert cells == [("East", "North", "60.0%"), ("East", "South", "95.0%"), ("North", "South", "45.0%")]


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        (1, "95% or more, nearly certain"), (0.95, "95% or more, nearly certain"), (0.9496, "80%–95%"),
        (0.8, "80%–95%"), (0.65, "65%–80%"), (0.5, "50%–65%"),
        (0.4996, "35%–50%, more often reversed"),
        (0.35, "35%–50%, more often reversed"),
        (0.3496, "less than 35%, mostly reversed"),
    ],
)  # fmt: skip
def test_a_share_is_in_its_class_before_it_is_rounded(tiny_facts: Facts, share: float, kind: str) -> None:
    """94.96% is not 95% or more."""
    assert {row["class"] for row in rows_with(found(tiny_facts, share, share, share), "class")} == {kind}


def test_lines_and_columns_are_in_the_order_of_the_ranks(tiny_facts: Facts) -> None:
    """So that each cell is right of the name of the better rank and above the other."""
    cells = layers_of(found(tiny_facts, 0.6, 0.95, 0.45), "rect")[0]["encoding"]
    assert cells["y"]["scale"]["domain"] == ["East", "North", "South"]
    assert cells["x"]["scale"]["domain"] == ["North", "South"]


def test_the_table_has_neighbours_only(tiny_facts: Facts) -> None:
    """A row for each region but the last, in percent."""
    table = found(tiny_facts, 0.604, 0.95, 0.45).table
    assert list(table.columns) == ["Rank", "Region", "Next", "Ahead in (%)"]
    assert table.to_numpy().tolist() == [[1, "East", "North", pytest.approx(60.4)], [2, "North", "South", 45]]


def test_the_description_counts_certain_pairs_both_ways(tiny_facts: Facts) -> None:
    """Surely behind is as certain as surely ahead; the closest neighbours are named, if any are close."""
    said = found(tiny_facts, 0.7, 0.99, 0.02).description
    assert "Of the 3 pairs of 3 regions, the order of 2 is at least 95% certain." in said
    assert "East and North are hardest to tell apart: East is ahead in 70%." in said
    assert "share of 2,000 computations" in said
    assert "hardest" not in found(tiny_facts, 1, 1, 0.97).description


def test_pairs_are_counted_before_they_are_rounded(tiny_facts: Facts) -> None:
    """94.6% would round to 95%, and 5.4% to 5%; neither is nearly certain."""
    assert "the order of 1 is at least 95% certain" in found(tiny_facts, 0.946, 0.95, 0.054).description


def test_what_is_not_known_is_an_outline(tiny_facts: Facts, cache: Cache) -> None:
    """It is neither even nor certain, and counts for nothing."""
    figure = found(tiny_facts, NAN, 0.95, 0.97)
    marks = marks_of(draw(figure, cache))
    assert count_cells(marks, FILLS) == {"class4": 2}
    assert len([mark for mark in marks if mark.kind == "path" and mark.has(stroke="other")]) == 1
    assert rows_with(figure, "class")[0]["shown"] == "—"
    assert "Of the 2 pairs of 3 regions, the order of 2" in figure.description
    assert figure.table["Ahead in (%)"].isna().tolist() == [True, False]


def test_a_region_without_a_rank_is_left_out_and_named(second_facts: Facts) -> None:
    """Elm has no harbour index; whatever the draws say of it."""
    figure = catalogue(with_study(second_facts))["harbour-ahead"]()
    assert "Elm" not in figure.table.to_numpy().ravel().tolist()
    assert "No data and no score: Elm" in figure.description
    assert list(shares_ahead(with_study(second_facts), "harbour").columns) == ["A1", "B2", "D4", "C3"]


def test_only_top_indices_with_a_legible_number_of_regions_have_the_chart(
    tiny_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of regions have millions of pairs."""
    tops = {"supply-ahead", "use-ahead"}
    assert {name for name in catalogue(tiny_facts) if name.endswith("-ahead")} == tops
    monkeypatch.setattr(ahead, "MOST_COMPARED", 2)
    assert not tops & set(catalogue(tiny_facts))


def test_an_index_that_was_not_compared_is_refused(tiny_facts: Facts) -> None:
    """By name."""
    facts = with_study(tiny_facts, ahead={"supply": pd.DataFrame({NORTH: {NORTH: 0.5}})})
    with pytest.raises(LookupFailed, match='ahead of each other in "use"'):
        chart_ahead(facts, "use")
