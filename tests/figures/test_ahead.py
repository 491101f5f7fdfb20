"""Who is ahead of whom, and how surely: half a matrix in classes; in numbers only the neighbours."""

from itertools import combinations

import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.figures import Drawing, catalogue, draw
from regional_index.figures.ahead import chart_ahead, shares_ahead

from .labels import read_labels
from .marks import Mark, count_cells, read_marks, texts
from .studies import with_ranks, with_study

NORTH, SOUTH, EAST = "1", "2", "3"
FILLS = ("class0", "class1", "class2", "class4")


def found(facts: Facts, east_north: float, east_south: float, north_south: float) -> Facts:
    """The same facts where supply has these shares of draws; East is declared first, South last."""
    shares = {(EAST, NORTH): east_north, (EAST, SOUTH): east_south, (NORTH, SOUTH): north_south}
    frame = pd.DataFrame(0.5, index=[SOUTH, NORTH, EAST], columns=[SOUTH, NORTH, EAST])
    for (first, second), share in shares.items():
        frame.loc[first, second], frame.loc[second, first] = share, 1 - share
    return with_study(with_ranks(facts, SOUTH, {"supply": 3}), ahead={"supply": frame})


def drawn(facts: Facts, cache: Cache, index: str = "supply") -> tuple[Drawing, list[Mark]]:
    """A chart and its marks."""
    drawing = draw(catalogue(facts)[f"{index}-ahead"](), cache)
    return drawing, read_marks(drawing.inline_svg)


def test_each_pair_has_one_cell_in_the_class_of_its_share(tiny_facts: Facts, cache: Cache) -> None:
    """Nearly certain is darkest, even is palest, the other way round is hollow."""
    _, marks = drawn(found(tiny_facts, 0.6, 0.95, 0.45), cache)
    assert count_cells(marks, FILLS) == {"class0": 1, "class4": 1, "reverse": 1}
    assert {"60%", "95%", "45%"} <= set(texts(marks))


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        (1, "class4"), (0.946, "class4"), (0.944, "class2"), (0.8, "class2"), (0.65, "class1"), (0.5, "class0"),
        (0.494, "reverse"),
    ],
)  # fmt: skip
def test_a_share_counts_as_it_is_shown(tiny_facts: Facts, cache: Cache, share: float, kind: str) -> None:
    """What reads 95% is in the class that starts at 95."""
    _, marks = drawn(found(tiny_facts, share, share, share), cache)
    assert count_cells(marks, FILLS) == {kind: 3}


def test_cells_stand_right_of_one_name_and_above_the_other(tiny_facts: Facts, cache: Cache) -> None:
    """The name of the better rank on the left, that of the other straight below."""
    _, marks = drawn(found(tiny_facts, 0.6, 0.95, 0.45), cache)
    places = {mark.text: (float(mark.style["x"]), float(mark.style["y"])) for mark in marks if mark.kind == "text"}
    for text, first, second in (
        ("60%", "1 East", "2 North"),
        ("95%", "1 East", "3 South"),
        ("45%", "2 North", "3 South"),
    ):
        x, y = places[text]
        assert y == pytest.approx(places[first][1], abs=1)
        assert places[first][0] < x
        assert y < places[second][1]
        assert x < places[second][0] + 5
    assert places["95%"][0] > places["2 North"][0]


def test_the_table_has_neighbours_only(tiny_facts: Facts) -> None:
    """A row for each region but the last, in percent."""
    table = catalogue(found(tiny_facts, 0.604, 0.95, 0.45))["supply-ahead"]().table
    assert list(table.columns) == ["Rank", "Region", "Next", "Ahead in (%)"]
    assert table.to_numpy().tolist() == [[1, "East", "North", pytest.approx(60.4)], [2, "North", "South", 45]]


def test_the_description_counts_certain_pairs_both_ways(tiny_facts: Facts) -> None:
    """Surely behind is as certain as surely ahead; the closest neighbours are named."""
    said = catalogue(found(tiny_facts, 0.7, 0.99, 0.02))["supply-ahead"]().description
    assert "Of the 3 pairs of 3 regions, the order of 2 is at least 95% certain." in said
    assert "East and North are hardest to tell apart: East is ahead in 70%." in said
    assert "share of 2,000 computations" in said


def test_where_all_is_certain_nobody_is_hard_to_tell_apart(tiny_facts: Facts) -> None:
    """Nothing is said."""
    assert "hardest" not in catalogue(found(tiny_facts, 1, 1, 0.97))["supply-ahead"]().description


def test_what_is_not_known_is_an_outline_with_a_dash(tiny_facts: Facts, cache: Cache) -> None:
    """It is neither even nor certain, and counts for nothing."""
    drawing, marks = drawn(found(tiny_facts, float("nan"), 0.95, 0.97), cache)
    assert count_cells(marks, FILLS) == {"class4": 2}
    dashed = [mark for mark in marks if mark.kind == "path" and mark.has(stroke="other")]
    assert len(dashed) == 1
    assert texts(marks).count("—") == 1
    assert "Of the 2 pairs of 3 regions, the order of 2" in drawing.figure.description
    assert drawing.figure.table["Ahead in (%)"].isna().tolist() == [True, False]


def test_a_region_without_a_rank_is_left_out_and_named(second_facts: Facts) -> None:
    """Elm has no harbour index; whatever the draws say of it."""
    figure = catalogue(with_study(second_facts))["harbour-ahead"]()
    assert "Elm" not in figure.table.to_numpy().ravel().tolist()
    assert "No data and no score: Elm" in figure.description
    assert list(shares_ahead(with_study(second_facts), "harbour").columns) == ["A1", "B2", "D4", "C3"]


def test_many_regions_have_names_without_numbers(crowded_facts: Facts, cache: Cache) -> None:
    """Every pair has its cell, no name is cut, none covers another, and the legend is in the empty corner."""
    drawing, marks = drawn(crowded_facts, cache)
    count = len(crowded_facts.regions.evaluated)
    assert sum(count_cells(marks, FILLS).values()) == count * (count - 1) / 2
    frame, labels = read_labels(drawing.inline_svg)
    assert all(box.left >= -1 and box.right <= frame.right + 1 and box.bottom <= frame.bottom for _, box in labels)
    assert [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.overlaps(b.box)] == []
    title = next(box for text, box in labels if text == crowded_facts.word("chart.ahead.legend"))
    assert title.top > frame.bottom / 2


def test_few_regions_have_the_legend_above(second_facts: Facts, cache: Cache) -> None:
    """There is no empty corner."""
    drawing, _ = drawn(with_study(second_facts), cache, "harbour")
    _, labels = read_labels(drawing.inline_svg)
    assert [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.overlaps(b.box)] == []
    assert min(labels, key=lambda label: label.box.top).text == second_facts.word("chart.ahead.legend")


def test_only_top_indices_with_a_legible_number_of_regions_have_the_chart(
    tiny_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of regions have millions of pairs."""
    tops = {"supply-ahead", "use-ahead"}
    assert {name for name in catalogue(tiny_facts) if name.endswith("-ahead")} == tops
    monkeypatch.setitem(catalogue.__globals__, "MOST_COMPARED", 2)
    assert not tops & set(catalogue(tiny_facts))


def test_an_index_that_was_not_compared_is_refused(tiny_facts: Facts) -> None:
    """By name."""
    with pytest.raises(LookupFailed, match='ahead of each other in "use"'):
        chart_ahead(found(tiny_facts, 1, 1, 1), "use")
