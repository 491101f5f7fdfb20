"""Ranges of ranks: a bar from the lower to the upper rank, a tick at the median, a dot at the declared rank."""

import pytest

from regional_index.cache import Cache
from regional_index.charts import Figure, draw
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Robustness
from regional_index.topics.all import catalogue
from regional_index.topics.series.charts.ranges import chart_ranges, round_ranks

from .marks import marks_of, rows_with, texts
from .studies import with_ranks, with_study

NORTH, SOUTH, EAST = "1", "2", "3"


def found(facts: Facts, lines: dict[str, tuple[int, int, int]], code: str = "supply") -> Figure:
    """The chart where the study finds these ranges in an index; in supply South comes after North."""
    return chart_ranges(with_study(with_ranks(facts, SOUTH, {"supply": 3}), ranges={code: lines}), code)


@pytest.fixture(scope="module")
def uneven(tiny_facts: Facts) -> Figure:
    """East is surely first; South, declared last, is mostly second; North may be second or third."""
    return found(tiny_facts, {EAST: (1, 1, 1), NORTH: (2, 3, 3), SOUTH: (2, 2, 3)})


def test_lines_are_in_the_order_of_the_declared_rank(uneven: Figure, cache: Cache) -> None:
    """Not in that of the median; each with its rank and range, in words at the end."""
    names = ("region", "rank", "rank_lower", "rank_median", "rank_upper", "shown")
    assert [tuple(row[name] for name in names) for row in rows_with(uneven, *names)] == [
        ("East", 1, 1, 1, 1, "1 (1–1)"), ("North", 2, 2, 3, 3, "2 (2–3)"), ("South", 3, 2, 2, 3, "3 (2–3)"),
    ]  # fmt: skip
    drawn = texts(marks_of(draw(uneven, cache)))
    assert [text for text in drawn if text in ("East", "North", "South")] == ["East", "North", "South"]
    assert {"1 (1–1)", "2 (2–3)", "3 (2–3)"} <= set(drawn)


def test_marks_are_on_an_axis_of_ranks(uneven: Figure, cache: Cache) -> None:
    """A dot at the rank, a bar between the ends; where the range is a single rank there is no bar."""
    marks = marks_of(draw(uneven, cache))
    places = {mark.text: float(mark.style["x"]) for mark in marks if mark.text in ("1", "2", "3")}
    dots = [float(mark.style["cx"]) for mark in marks if mark.kind == "circle" and mark.has(stroke="surface")]
    assert dots == pytest.approx([places["1"], places["2"], places["3"]], abs=0.6)
    spans = [mark.style for mark in marks if mark.kind == "line" and mark.has(stroke="other")]
    lengths = [float(span["x2"]) for span in spans if float(span.get("x2", 0))]
    assert lengths == pytest.approx([places["3"] - places["2"]] * 2, abs=0.2)


def test_the_description_says_what_was_varied_and_whose_rank_is_sure(uneven: Figure) -> None:
    """With numbers."""
    said = uneven.description
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
    said = found(tiny_facts, {EAST: (1, 1, 1), NORTH: (2, 2, 2), SOUTH: (3, 3, 3)}).description
    assert "widest" not in said
    assert "The range is a single rank for East, North, South." in said


def test_where_nothing_is_varied_the_chart_says_so(tiny_facts: Facts) -> None:
    """There is no empty list."""
    still = with_study(tiny_facts, varied=Robustness(draws=10, seed=1, noise=0))
    assert "which vary nothing," in catalogue(still)["supply-ranges"]().description


def test_a_region_without_a_rank_is_last_and_says_why(tiny_facts: Facts) -> None:
    """East has no patents: nothing of it is shown, whatever the draws say of it."""
    for figure in (
        catalogue(tiny_facts)["skill-ranges"](),
        found(tiny_facts, {SOUTH: (1, 1, 2), NORTH: (1, 2, 2), EAST: (1, 1, 1)}, code="skill"),
    ):
        assert figure.table["Region"].iloc[-1] == "East"
        assert figure.table.drop(columns="Region").iloc[-1].isna().all()
        assert "No data and no score: East" in figure.description
        last = rows_with(figure, "rank_lower")[-1]
        assert (last.pop("region"), last.pop("shown")) == ("East", "not computable")
        assert set(last.values()) == {None}


def test_a_rank_whose_range_is_not_known_is_shown_alone(tiny_facts: Facts) -> None:
    """Its dot is where it was."""
    row = rows_with(found(tiny_facts, {EAST: (1, 1, 2), NORTH: (1, 2, 3)}), "rank_lower")[-1]
    assert (row["rank"], row["rank_lower"], row["shown"]) == (3, None, "3")


def test_the_table_holds_whole_numbers(uneven: Figure) -> None:
    """Rank, region, and the three ranks of the range."""
    assert list(uneven.table.columns) == ["Rank", "Region", "Best rank in range", "Median rank", "Worst rank in range"]
    assert uneven.table.drop(columns="Region").to_numpy().tolist() == [[1, 1, 1, 1], [2, 2, 3, 3], [3, 2, 2, 3]]


@pytest.mark.parametrize(
    ("count", "ranks"),
    [(2, [1, 2]), (12, [1, 2, 4, 6, 8, 10, 12]), (2844, [1, 500, 1000, 1500, 2000, 2500])],
)
def test_the_axis_has_first_place_and_a_few_round_ranks(count: int, ranks: list[int]) -> None:
    """However many regions there are."""
    assert round_ranks(count) == ranks


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
        chart_ranges(with_study(tiny_facts, ranges={"supply": {EAST: (1, 1, 1)}}), "use")
