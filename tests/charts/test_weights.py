"""Weights that may have been used: a dot for each weighting that fits, a ring where only one does in coarse steps."""

from collections.abc import Sequence

import pytest

from regional_index.cache import Cache
from regional_index.charts import Figure, draw
from regional_index.claims.findings import WeightStudy
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from regional_index.topics.edition.charts.weights import chart_weights
from tests.changed_facts import with_findings

from .marks import Mark, marks_of, rows_with, texts

PARTS = ("size", "skill")
THREE = ((20, 80), (25, 75), (60, 40))
Weightings = Sequence[tuple[int, int]]


def with_weights(facts: Facts, coarse: Weightings, fine: Weightings) -> Figure:
    """The chart where the study finds these weightings of supply."""
    weights = (
        WeightStudy("supply", PARTS, 20, 19, len(coarse), tuple(coarse)),
        WeightStudy("supply", PARTS, 100, 99, len(fine), tuple(fine)),
    )
    return chart_weights(with_findings(facts, weights=weights), "supply")


def signs(marks: list[Mark]) -> tuple[int, int]:
    """How many dots and rings there are, without those of the legend."""
    circles = [mark for mark in marks if mark.kind == "circle"]
    dots, rings = (sum(mark.has(**tokens) for mark in circles) for tokens in ({"fill": "class3"}, {"stroke": "ink"}))
    return dots - 1, max(rings - 1, 0)


def test_every_weighting_that_fits_has_a_dot_in_every_line(tiny_facts: Facts, cache: Cache) -> None:
    """Three weightings of two sub-indices, at their weights, with their range at the end of the line."""
    figure = with_weights(tiny_facts, [], THREE)
    marks = marks_of(draw(figure, cache))
    assert signs(marks) == (6, 0)
    assert {"20–60%", "40–80%", "0%", "100%", "Size", "Skill"} <= set(texts(marks))
    dots = sorted((row["index"], row["share"]) for row in rows_with(figure, "share"))
    assert dots == [("Size", 20), ("Size", 25), ("Size", 60), ("Skill", 40), ("Skill", 75), ("Skill", 80)]
    spans = {row["index"]: (row["least"], row["greatest"]) for row in rows_with(figure, "least")}
    assert spans == {"Size": (20, 60), "Skill": (40, 80)}


def test_a_single_coarse_weighting_has_rings_with_its_weights(tiny_facts: Facts, cache: Cache) -> None:
    """Eleven and nine of twenty steps."""
    figure = with_weights(tiny_facts, [(11, 9)], THREE)
    marks = marks_of(draw(figure, cache))
    assert signs(marks) == (6, 2)
    assert {"55%", "45%"} <= set(texts(marks))
    assert "In steps of 5% only one agrees: Size 55%, Skill 45%." in figure.description


@pytest.mark.parametrize("coarse", [[], [(11, 9), (4, 16)]], ids=["none", "two"])
def test_without_a_single_coarse_weighting_there_is_no_ring(
    tiny_facts: Facts, cache: Cache, coarse: list[tuple[int, int]]
) -> None:
    """Nothing sets one of several apart."""
    figure = with_weights(tiny_facts, coarse, THREE)
    assert signs(marks_of(draw(figure, cache))) == (6, 0)
    assert f"In steps of 5%, {len(coarse)} agree." in figure.description


def test_where_no_weighting_fits_the_chart_says_so(tiny_facts: Facts, cache: Cache) -> None:
    """An index that is no weighted mean: empty lines, an empty table with its columns."""
    figure = with_weights(tiny_facts, [], [])
    assert signs(marks_of(draw(figure, cache))) == (0, 0)
    assert [(row["least"], row["range"]) for row in rows_with(figure, "least")] == [(None, "")] * 2
    assert "0 agree with the published totals" in figure.description
    assert "Ranges" not in figure.description
    assert (list(figure.table.columns), len(figure.table)) == (["Size", "Skill"], 0)


def test_the_table_has_a_row_for_every_weighting(tiny_facts: Facts) -> None:
    """In percent, exactly, so that every row adds up."""
    table = with_weights(tiny_facts, [], [*THREE, (55, 45), (57, 43)]).table
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
