"""Ranges of ranks: a bar from the lower to the upper rank, a tick at the median, a dot at the declared rank."""

import pytest

from regional_index.cache import Cache
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.figures import catalogue, draw
from regional_index.figures.ranges import chart_ranges, choose_ranks
from regional_index.framework import Robustness

from .marks import Mark, read_marks, texts
from .studies import with_ranks, with_study

NORTH, SOUTH, EAST = "1", "2", "3"


def found(facts: Facts, lines: dict[str, tuple[int, int, int]], code: str = "supply") -> Facts:
    """The same facts where the study finds these ranges in an index; in supply South comes after North."""
    return with_study(with_ranks(facts, SOUTH, {"supply": 3}), ranges={code: lines})


@pytest.fixture(scope="module")
def uneven(tiny_facts: Facts) -> Facts:
    """East is surely first; South, declared last, is mostly second; North may be second or third."""
    return found(tiny_facts, {EAST: (1, 1, 1), NORTH: (2, 3, 3), SOUTH: (2, 2, 3)})


@pytest.fixture(scope="module")
def marks(uneven: Facts, cache: Cache) -> list[Mark]:
    """What is drawn of them."""
    return read_marks(draw(catalogue(uneven)["supply-ranges"](), cache).inline_svg)


def rank_places(marks: list[Mark]) -> dict[str, float]:
    """Where each rank stands on the axis."""
    return {mark.text: float(mark.style["x"]) for mark in marks if mark.text in ("1", "2", "3")}


def bars(marks: list[Mark]) -> list[tuple[float, float]]:
    """Ends of the bars of regions, from top to bottom."""
    lines = [mark.style for mark in marks if mark.kind == "line" and mark.has(stroke="other")][1:]
    starts = [float(line["transform"].split("(")[1].split(",")[0]) for line in lines]
    return [(start, start + float(line["x2"])) for start, line in zip(starts, lines, strict=True)]


def test_rows_stand_in_the_order_of_the_declared_rank(uneven: Facts, marks: list[Mark]) -> None:
    """Not in that of the median."""
    names = [mark for mark in marks if mark.text in ("South", "North", "East")]
    shown = [mark.text for mark in sorted(names, key=lambda mark: float(mark.style["y"]))]
    assert catalogue(uneven)["supply-ranges"]().table["Region"].tolist() == shown == ["East", "North", "South"]


def test_a_bar_ends_at_the_lower_and_the_upper_rank(marks: list[Mark]) -> None:
    """And a range of a single rank has none."""
    places = rank_places(marks)
    assert bars(marks) == [pytest.approx((places["2"], places["3"]), abs=0.2)] * 2


def test_the_dot_is_the_declared_rank_and_the_tick_the_median(marks: list[Mark]) -> None:
    """They are apart where the draws differ from the declared method."""
    places = rank_places(marks)
    dots = [float(mark.style["cx"]) for mark in marks if mark.kind == "circle"][1:]
    assert dots == pytest.approx([places["1"], places["2"], places["3"]], abs=0.2)
    ticks = [mark for mark in marks if mark.kind == "path" and mark.has(fill="ink")][1:]
    middles = [middle_of(mark) for mark in ticks]
    assert middles == pytest.approx([places["1"], places["3"], places["2"]], abs=0.3)


def middle_of(mark: Mark) -> float:
    """Where an upright tick stands."""
    start = float(mark.style["d"].removeprefix("M").split(",")[0])
    width = float(mark.style["d"].split("h")[1].split("v")[0])
    return start + width / 2


def test_rank_and_range_stand_beside_the_name(marks: list[Mark]) -> None:
    """Also where the range is a single rank."""
    assert {"1 (1–1)", "2 (2–3)", "3 (2–3)"} <= set(texts(marks))


def test_the_description_says_what_was_varied_and_whose_rank_is_sure(uneven: Facts) -> None:
    """With numbers."""
    said = catalogue(uneven)["supply-ranges"]().description
    assert "3 ranks by Supply in 2022" in said
    assert "of 2,000 computations, which vary weights, rule of normalisation," in said
    assert "In first place, with the range of ranks: East (1–1)." in said
    assert "The widest range (North, South) is 1 from end to end." in said
    assert "The range is a single rank for East." in said


def test_all_that_share_the_first_place_are_named(second_facts: Facts) -> None:
    """Corsa and Elm both score 100 on the shore."""
    said = catalogue(with_study(second_facts))["shore-ranges"]().description
    assert "In first place, with the range of ranks: Corsa (1–2), Elm (1–2)." in said


def test_ranges_without_width_have_no_widest(tiny_facts: Facts) -> None:
    """Nothing is said of a width of 0."""
    sure = found(tiny_facts, {EAST: (1, 1, 1), NORTH: (2, 2, 2), SOUTH: (3, 3, 3)})
    said = catalogue(sure)["supply-ranges"]().description
    assert "widest" not in said
    assert "The range is a single rank for East, North, South." in said


def test_where_nothing_is_varied_the_chart_says_so(tiny_facts: Facts) -> None:
    """There is no empty list."""
    still = with_study(tiny_facts, varied=Robustness(draws=10, seed=1, noise=0))
    assert "which vary nothing," in catalogue(still)["supply-ranges"]().description


def test_a_region_without_a_rank_is_last_and_not_published(tiny_facts: Facts, cache: Cache) -> None:
    """East has no patents: no bar, no dot, no number."""
    figure = catalogue(tiny_facts)["skill-ranges"]()
    assert figure.table["Region"].iloc[-1] == "East"
    assert figure.table.drop(columns="Region").iloc[-1].isna().all()
    assert "No data and no score: East" in figure.description
    marks = read_marks(draw(figure, cache).inline_svg)
    assert [mark.has(fill="muted") for mark in marks if mark.text == "not published"] == [True]
    assert len([mark for mark in marks if mark.kind == "circle"]) == 1 + 2
    assert len(bars(marks)) == 2


def test_a_range_of_a_region_without_a_rank_is_not_shown(tiny_facts: Facts) -> None:
    """Whatever the draws say of it."""
    facts = found(tiny_facts, {SOUTH: (1, 1, 2), NORTH: (1, 2, 2), EAST: (1, 1, 1)}, code="skill")
    assert catalogue(facts)["skill-ranges"]().table.drop(columns="Region").iloc[-1].isna().all()


def test_a_rank_whose_range_is_not_known_stands_alone(tiny_facts: Facts, cache: Cache) -> None:
    """It keeps its dot."""
    facts = found(tiny_facts, {EAST: (1, 1, 2), NORTH: (1, 2, 3)})
    marks = read_marks(draw(catalogue(facts)["supply-ranges"](), cache).inline_svg)
    assert "3" in [mark.text for mark in marks if mark.style.get("text-anchor") == "end"]
    assert len([mark for mark in marks if mark.kind == "circle"]) == 1 + 3


def test_the_table_holds_whole_numbers(uneven: Facts) -> None:
    """Rank, region, and the three ranks of the range."""
    table = catalogue(uneven)["supply-ranges"]().table
    assert list(table.columns) == ["Rank", "Region", "Best rank in range", "Median rank", "Worst rank in range"]
    assert table.drop(columns="Region").to_numpy().tolist() == [[1, 1, 1, 1], [2, 2, 3, 3], [3, 2, 2, 3]]


def test_the_axis_has_first_place_and_a_few_round_ranks() -> None:
    """However many regions there are."""
    assert choose_ranks(2) == [1, 2]
    assert choose_ranks(12) == [1, 2, 4, 6, 8, 10, 12]
    assert choose_ranks(2844) == [1, 500, 1000, 1500, 2000, 2500]


def test_without_declared_choices_there_is_no_chart(tiny_facts: Facts) -> None:
    """Not in the catalogue, and not when it is asked for all the same."""
    plain = with_study(tiny_facts, varied=None)
    robust = ("-ranges", "-sensitivity", "-ahead")
    assert [name for name in catalogue(plain) if name.endswith(robust)] == []
    with pytest.raises(LookupFailed, match="declares no `robustness`"):
        chart_ranges(plain, "supply")


def test_an_index_that_was_not_studied_is_refused(tiny_facts: Facts) -> None:
    """By name."""
    with pytest.raises(LookupFailed, match='no ranges of ranks of "use"'):
        chart_ranges(found(tiny_facts, {EAST: (1, 1, 1)}), "use")
