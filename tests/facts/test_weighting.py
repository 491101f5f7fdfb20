"""Which indices a reader can weigh anew, and what their weights are called."""

from pathlib import Path
from typing import Any

import pytest

from regional_index.facts import Facts
from regional_index.facts.weighting import obstacle_to_weighing, weighed_nodes, weight_keys
from regional_index.method.rules import AGGREGATE
from tests.methods import declare

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "assets" / "js" / "weighting.js"


def test_nodes_that_are_made_of_something_are_weighed(second_facts: Facts, bare_facts: Facts) -> None:
    assert weighed_nodes(second_facts.framework, "harbour") == ["harbour", "traffic", "goods", "density", "speed"]
    assert weighed_nodes(bare_facts.framework, "shore") == []


def test_a_weight_is_called_as_its_child_unless_that_stands_twice(second_facts: Facts) -> None:
    keys = weight_keys(second_facts.framework)
    assert keys["traffic", "goods"] == "goods"
    assert keys["shore", "waiting_time"] == "shore.waiting_time"
    assert keys["speed", "waiting_time"] == "speed.waiting_time"
    assert len(set(keys.values())) == len(keys)


@pytest.mark.parametrize(
    ("declared", "index", "expected"),
    [
        ({}, "harbour", None),
        ({"aggregate": ["arithmetic", "copeland"]}, "harbour", ("traffic", "aggregate", "copeland")),
        ({"aggregate": ["arithmetic", "copeland"]}, "shore", None),
        ({"aggregate": "copeland"}, "shore", ("shore", "aggregate", "copeland")),
        ({"weight": ["equal", "benefit-of-the-doubt"]}, "harbour", ("traffic", "weight", "benefit-of-the-doubt")),
        ({"weight": "pca", "aggregate": ["geometric", "mazziotta-pareto"]}, "harbour", None),
    ],
)
def test_rules_that_weights_cannot_go_through_are_found(
    second_facts: Facts, declared: dict[str, Any], index: str, expected: tuple[str, str, str] | None
) -> None:
    """At the level where they stand, from the top down."""
    found = obstacle_to_weighing(declare(second_facts.declared, **declared).framework, index)
    assert (found and (*found[:2], found[2].name)) == expected


def test_the_script_has_the_formulas_that_rules_name() -> None:
    """And no others."""
    text = SCRIPT.read_text()
    listed = text[text.index("export const FORMULAS = {") :].split("{")[1].split("}")[0]
    options = {"power": 2, "penalty": "upward"}
    formulas = [rule.formula_in_browser(options) for rule in AGGREGATE.values()]
    assert {entry.split(":")[0].strip() for entry in listed.split(",")} == {each["name"] for each in formulas if each}
