"""Charts of scores that do not lie between 0 and 100: of z-scores, of Copeland's victories, around 100."""

from typing import Any

import pytest

from regional_index.cache import Cache
from regional_index.charts import WIDE
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from tests.methods import compute

from .conftest import draw_some
from .marks import layers_of, marks_of, rows_with

Z = {"rule": "z-score", "mean": 0, "sd": 1}
METHODS: dict[str, dict[str, Any]] = {
    "z-scores": {"normalise": Z},
    "Copeland at the top": {"normalise": Z, "aggregate": ["copeland", "arithmetic"]},
    "around 100": {"normalise": {"rule": "z-score", "mean": 100, "sd": 10}, "aggregate": "mazziotta-pareto"},
}


@pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))
def test_every_score_has_its_mark_inside_the_picture(second_facts: Facts, cache: Cache, method: dict[str, Any]) -> None:
    """No number is beyond the end of its axis, and none is NaN."""
    drawings = draw_some(compute(second_facts.declared, **method), cache)
    quadrants = drawings["quadrants"]
    assert len(quadrants.figure.table) == sum(mark.kind == "circle" for mark in marks_of(quadrants))
    for name, drawing in drawings.items():
        assert "NaN" not in drawing.inline[WIDE], name
        dots = [mark.style for mark in marks_of(drawing) if mark.kind == "circle"]
        assert [dot for dot in dots if not 0 <= float(dot["cx"]) <= WIDE] == [], name


def test_bars_begin_at_zero_and_go_both_ways(second_facts: Facts) -> None:
    """The score of a negative one is left of its bar."""
    figure = catalogue(compute(second_facts.declared, aggregate="copeland"))["harbour-ranking"]()
    scores = [row["score"] for row in rows_with(figure, "score")]
    assert min(score for score in scores if score is not None) < 0
    ends = [layer["mark"]["align"] for layer in layers_of(figure, "text")]
    assert {"expr": "datum.score < 0 ? 'right' : 'left'"} in ends


def test_the_root_scale_is_named_only_where_it_is_one(second_facts: Facts) -> None:
    """Of z-scores there are no roots."""
    for declared, is_root in (({}, True), ({"normalise": Z}, False)):
        specification = str(catalogue(compute(second_facts.declared, **declared))["quadrants"]().chart.to_dict())
        assert ("square-root scale" in specification) is is_root
        assert ("sqrt" in specification) is is_root


def test_indices_on_scales_of_their_own_are_shown_as_shares_of_each(second_facts: Facts) -> None:
    """Copeland at the top from −4 to 4, all below from 0 to 100: no axis says what would not hold for all."""
    for method, shared in (({}, True), ({"aggregate": ["copeland", "arithmetic"]}, False)):
        figure = catalogue(compute(second_facts.declared, **method))["region-arden-profile"]()
        places = {row["index"]: row["place"] for row in rows_with(figure, "place", "rank")}
        x = layers_of(figure, "point")[0]["encoding"]["x"]
        assert (x["axis"] is not None) is shared
        assert x["scale"]["domain"] == ([0, 100] if shared else [0, 1])
        assert all(place is None or 0 <= place <= x["scale"]["domain"][1] for place in places.values())
