"""Weights that may have been used: a dot for each weighting that fits, a ring where only one does in coarse steps."""

from collections.abc import Sequence

import pytest

from regional_index.cache import Cache
from regional_index.claims.findings import WeightStudy
from regional_index.facts import Facts
from regional_index.figures import catalogue, draw
from tests.changed_facts import with_findings

from .marks import Mark, read_marks, texts

PARTS = ("size", "skill")
THREE = ((20, 80), (25, 75), (60, 40))
Weightings = Sequence[tuple[int, int]]


def with_weights(facts: Facts, coarse: Weightings, fine: Weightings) -> Facts:
    """The same facts where the study finds these weightings of supply."""
    weights = (
        WeightStudy("supply", PARTS, 20, 19, len(coarse), tuple(coarse)),
        WeightStudy("supply", PARTS, 100, 99, len(fine), tuple(fine)),
    )
    return with_findings(facts, weights=weights)


def drawn(facts: Facts, cache: Cache) -> list[Mark]:
    """The marks of the chart of supply."""
    return read_marks(draw(catalogue(facts)["supply-weights"](), cache).inline_svg)


def dots(marks: list[Mark]) -> list[Mark]:
    """One for each weight, without that of the legend."""
    return [mark for mark in marks if mark.kind == "circle" and mark.has(fill="class3")][1:]


def rings(marks: list[Mark]) -> list[Mark]:
    """One for each sub-index, without that of the legend."""
    return [mark for mark in marks if mark.kind == "circle" and mark.has(stroke="ink")][1:]


def spans(marks: list[Mark]) -> list[Mark]:
    """Lines from the least weight to the greatest."""
    return [mark for mark in marks if mark.kind == "line" and mark.has(stroke="other")]


def test_every_weighting_that_fits_has_a_dot_in_every_row(tiny_facts: Facts, cache: Cache) -> None:
    """Three weightings of two sub-indices; they let the line beneath and each other shine through."""
    marks = drawn(with_weights(tiny_facts, [], THREE), cache)
    assert len(dots(marks)) == 6
    assert all(0 < float(dot.style["fill-opacity"]) < 1 for dot in dots(marks))
    assert len(spans(marks)) == 2
    assert {"20–60%", "40–80%", "0%", "100%", "Size", "Skill"} <= set(texts(marks))


def test_dots_stand_at_their_weights(tiny_facts: Facts, cache: Cache) -> None:
    """On the axis of whole percent."""
    marks = drawn(with_weights(tiny_facts, [], [(25, 75), (50, 50)]), cache)
    ticks = {mark.text: float(mark.style["x"]) for mark in marks if mark.text in ("25%", "50%", "75%")}
    places = [float(dot.style["cx"]) for dot in dots(marks)]
    assert places == pytest.approx([ticks["25%"], ticks["75%"], ticks["50%"], ticks["50%"]], abs=0.2)


def test_a_single_coarse_weighting_has_rings_with_its_weights(tiny_facts: Facts, cache: Cache) -> None:
    """Eleven and nine of twenty steps."""
    facts = with_weights(tiny_facts, [(11, 9)], THREE)
    marks = drawn(facts, cache)
    assert len(rings(marks)) == 2
    assert {"55%", "45%"} <= set(texts(marks))
    assert "In steps of 5% only one agrees: Size 55%, Skill 45%." in catalogue(facts)["supply-weights"]().description


@pytest.mark.parametrize("coarse", [[], [(11, 9), (4, 16)]], ids=["none", "two"])
def test_without_a_single_coarse_weighting_there_is_no_ring(
    tiny_facts: Facts, cache: Cache, coarse: list[tuple[int, int]]
) -> None:
    """Nothing sets one of several apart."""
    facts = with_weights(tiny_facts, coarse, THREE)
    assert rings(drawn(facts, cache)) == []
    assert f"In steps of 5%, {len(coarse)} agree." in catalogue(facts)["supply-weights"]().description


def test_where_no_weighting_fits_the_chart_says_so(tiny_facts: Facts, cache: Cache) -> None:
    """An index that is no weighted mean: empty rows, an empty table with its columns."""
    facts = with_weights(tiny_facts, [], [])
    marks = drawn(facts, cache)
    assert dots(marks) == spans(marks) == rings(marks) == []
    figure = catalogue(facts)["supply-weights"]()
    assert "0 agree with the published totals" in figure.description
    assert "Ranges" not in figure.description
    assert list(figure.table.columns) == ["Size", "Skill"]
    assert len(figure.table) == 0


def test_the_table_has_a_row_for_every_weighting(tiny_facts: Facts) -> None:
    """In percent, exactly, so that every row adds up."""
    table = catalogue(with_weights(tiny_facts, [], [*THREE, (55, 45), (57, 43)]))["supply-weights"]().table
    assert table["Size"].tolist() == [20, 25, 60, 55, 57]
    assert (table.sum(axis=1) == 100).all()


def test_it_is_called_an_inference_and_not_a_statement(tiny_facts: Facts) -> None:
    """In the title, in the description and below a download."""
    figure = catalogue(tiny_facts)["supply-weights"]()
    assert "inference" in figure.title
    for text in (figure.description, figure.credit):
        assert "the publication states no weights" in text
    assert "Computed" not in figure.credit


def test_there_is_a_chart_where_weights_can_be_inferred_and_nowhere_else(
    tiny_facts: Facts, second_facts: Facts
) -> None:
    """In the second index nothing can be inferred."""
    for facts, expected in ((tiny_facts, {"supply-weights"}), (second_facts, set())):
        assert {name for name in catalogue(facts) if name.endswith("-weights")} == expected
        assert {f"{study.index}-weights" for study in facts.study.weights} == expected
