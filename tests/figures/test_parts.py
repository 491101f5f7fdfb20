"""The parts that charts are made of."""

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.figures.place_labels import Box, label_box, place_labels, spread
from regional_index.figures.scale import linear
from regional_index.figures.text import break_lines, text_width
from regional_index.figures.ticks import choose_ticks, show_tick
from regional_index.figures.tile_map import empty_rectangles, hatch_lines

FRAME = Box(0, 0, 300, 200)
POINTS = st.lists(
    st.tuples(st.floats(20, 280), st.floats(20, 180), st.sampled_from(["North", "South", "Far East"])), max_size=12
)


@given(points=POINTS)
def test_placed_labels_never_overlap(points: list[tuple[float, float, str]]) -> None:
    """Nor do they leave the frame or cover a point; where there is no room there is no label."""
    spots = place_labels(points, size=12, frame=FRAME)
    boxes = [label_box(*point, 12, spot) for point, spot in zip(points, spots, strict=True) if spot]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(box.within(FRAME) for box in boxes)


@given(places=st.lists(st.floats(0, 100), min_size=1, max_size=5))
def test_places_are_spread_within_their_limits(places: list[float]) -> None:
    """At least the distance apart, and in the same order."""
    moved = spread(places, 10, 0, 100)
    assert all(-0.1 <= place <= 100.1 for place in moved)
    in_order = [moved[i] for i in sorted(range(len(places)), key=lambda i: places[i])]
    assert all(b - a >= 9.7 for a, b in pairwise(in_order))


def test_wide_characters_are_wider() -> None:
    """Measured without a font: Han characters fill a square, digits a little over half of one."""
    assert text_width("\u5317\u4eac", 10) == 20
    assert 5 < text_width("0", 10) < 6.5


@pytest.mark.parametrize("text", ["iiiiiiiiii", "0000000", "Kaohsiung 3.14", "WwMm%@ 2031"])
def test_a_width_has_the_same_bits_by_any_python(text: str) -> None:
    """From 3.12 on `sum` of floats is more exact than before; the width is the exact sum, rounded once."""
    exact = sum(Fraction(text_width(character, 1)) for character in text)
    assert text_width(text, 1) == float(exact)


def test_lines_break_between_words_and_not_before_punctuation() -> None:
    """Latin words stay whole; a full stop never starts a line."""
    assert break_lines("one two three", text_width("one two", 10) + 1, 10) == ["one two", "three"]
    lines = break_lines("\u5317\u4eac\uff0c\u4e0a\u6d77\u3002", 31, 10)
    assert lines == ["\u5317\u4eac\uff0c", "\u4e0a\u6d77\u3002"]


def test_the_legend_takes_the_largest_empty_corner() -> None:
    """Largest first, then the topmost."""
    assert empty_rectangles({(3, 1), (1, 3), (2, 3), (3, 3)})[0] == (1, 1, 2, 2)
    assert empty_rectangles({(1, 1)}) == []


def test_hatching_stays_within_its_square() -> None:
    """So that it needs no clipping."""
    for line in hatch_lines(2, 3, 0.9):
        assert 2 <= line["left"] <= line["right"] <= 2.9
        assert 3 - 1e-9 <= line["bottom"] <= line["top"] <= 3.9


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (0, 1, "linear"),
        (0, 47419, "linear"),
        (0, 3e12, "linear"),
        (0, 4e-7, "linear"),
        (-3, 2, "linear"),
        (7, 7, "linear"),
        (3, 22497, "log"),
        (0, 82, "sqrt"),
        (0, 3e12, "sqrt"),
        (0, 0.004, "sqrt"),
    ],
)
def test_ticks_are_few_and_within_the_scale(low: float, high: float, kind: str) -> None:
    """At least one, at most six."""
    ticks = choose_ticks(low, high, kind)
    assert 1 <= len(ticks) <= 6
    assert all(low <= tick <= high for tick in ticks)


@pytest.mark.parametrize(
    ("low", "high", "kind", "shown"),
    [
        (0, 0.25, "linear", ["0", "0.05", "0.1", "0.15", "0.2", "0.25"]),
        (0, 0.3, "linear", ["0", "0.1", "0.2", "0.3"]),
        (0, 3e12, "linear", ["0", "1,000,000,000,000", "2,000,000,000,000", "3,000,000,000,000"]),
        (0, 8e7, "sqrt", ["500,000", "1,000,000", "5,000,000", "10,000,000", "50,000,000"]),
    ],
)
def test_ticks_fit_values_of_any_size(low: float, high: float, kind: str, shown: list[str]) -> None:
    """And each label says exactly where its tick stands."""
    assert [show_tick(tick) for tick in choose_ticks(low, high, kind)] == shown


def test_a_scale_of_one_value_does_not_divide_by_zero() -> None:
    """A single year, a single region."""
    assert linear(5, 5, 10, 20).pixel(5) == 10
