"""Charts of scores that do not lie between 0 and 100: of z-scores, of Copeland's victories, around 100."""

from typing import Any

import pytest

from regional_index.cache import Cache
from regional_index.facts import Facts
from regional_index.figures import Drawing, catalogue, draw
from tests.methods import compute

from .labels import read_labels
from .marks import read_marks

Z = {"rule": "z-score", "mean": 0, "sd": 1}
METHODS: dict[str, dict[str, Any]] = {
    "z-scores": {"normalise": Z},
    "Copeland at the top": {"normalise": Z, "aggregate": ["copeland", "arithmetic"]},
    "around 100": {"normalise": {"rule": "z-score", "mean": 100, "sd": 10}, "aggregate": "mazziotta-pareto"},
}


@pytest.fixture(scope="module", params=METHODS.values(), ids=list(METHODS))
def drawn(request: pytest.FixtureRequest, crowded_facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """Charts in which scores have a place, of many regions."""
    facts = compute(crowded_facts.declared, **request.param)
    top = facts.framework.indices[0]
    wanted = [f"{top.code}-ranking", f"{top.code}-areas", f"{top.children[0].code}-map", "heat-map", "quadrants"]
    wanted += ["quadrants-narrow", f"region-{facts.regions[facts.regions.evaluated[-1]].slug}-profile"]
    figures = catalogue(facts)
    return {name: draw(figures[name](), cache) for name in wanted}


def test_every_label_is_inside_its_picture(drawn: dict[str, Drawing]) -> None:
    """Also long negative numbers, at both ends of a bar and of an axis."""
    for name, drawing in drawn.items():
        frame, labels = read_labels(drawing.inline_svg)
        outside = [text for text, box in labels if box.left < frame.left - 1 or box.right > frame.right + 1]
        assert outside == [], name


def test_no_two_labels_cover_each_other(drawn: dict[str, Drawing]) -> None:
    """Ticks, scores and names keep apart."""
    for name, drawing in drawn.items():
        _, labels = read_labels(drawing.inline_svg)
        crossing = [(a.text, b.text) for k, a in enumerate(labels) for b in labels[:k] if a.box.overlaps(b.box)]
        assert crossing == [], name


def test_every_dot_is_inside_its_picture(drawn: dict[str, Drawing]) -> None:
    """No score is beyond the end of its axis."""
    for name, drawing in drawn.items():
        frame, _ = read_labels(drawing.inline_svg)
        dots = [mark.style for mark in read_marks(drawing.inline_svg) if mark.kind == "circle"]
        reach = [(float(dot["cx"]) - float(dot["r"]), float(dot["cx"]) + float(dot["r"])) for dot in dots]
        assert [ends for ends in reach if ends[0] < frame.left or ends[1] > frame.right] == [], name


def test_bars_begin_at_zero_and_go_both_ways(second_facts: Facts) -> None:
    """The label of a negative score stands left of its bar."""
    facts = compute(second_facts.declared, aggregate="copeland")
    specification = catalogue(facts)["harbour-ranking"]().chart.to_dict()
    (bars,) = [layer for layer in specification["layer"] if layer["mark"]["type"] == "bar"]
    assert bars["encoding"]["x"]["scale"]["domain"] == [-3, 2]
    sides = {
        layer["mark"].get("dx"): layer["mark"]["align"] for layer in specification["layer"] if "dx" in layer["mark"]
    }
    assert sides == {5: "left", -5: "right"}


def test_the_root_scale_is_named_only_where_it_is_one(second_facts: Facts) -> None:
    """Of z-scores there are no roots."""
    for declared, is_root in (({}, True), ({"normalise": Z}, False)):
        figure = catalogue(compute(second_facts.declared, **declared))["quadrants"]()
        specification = figure.chart.to_dict()
        assert ("square-root scale" in str(specification)) is is_root
        assert ("sqrt" in str(specification)) is is_root


def test_strips_with_scales_of_their_own_have_their_own_ticks(second_facts: Facts) -> None:
    """Copeland at the top from −4 to 4, all below from 0 to 100; where scales follow each other, once."""
    facts = compute(second_facts.declared, aggregate=["copeland", "arithmetic"])
    specification = catalogue(facts)["region-arden-profile"]().chart.to_dict()
    (ticks,) = [
        rows for rows in specification["datasets"].values() if rows and set(rows[0]) == {"node", "score", "shown"}
        and "region" not in rows[0] and any(row["shown"] == "0" for row in rows)
    ]  # fmt: skip
    assert [(row["node"], row["shown"]) for row in ticks] == [
        ("harbour", "−4"), ("harbour", "0"), ("harbour", "4"), ("speed", "0"), ("speed", "50"), ("speed", "100"),
        ("shore", "−4"), ("shore", "0"), ("shore", "4"),
    ]  # fmt: skip
    assert {row["score"] for row in ticks} == {0, 0.5, 1}
