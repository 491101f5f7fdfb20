"""`normalised.json`: with what it holds the scores can be computed again by hand."""

import math
from typing import Any

import pytest

from regional_index.downloads.description import FIELDS
from regional_index.downloads.weighting_api import weighting_document
from regional_index.facts import Facts
from tests.downloads.reading import document
from tests.methods import compute


@pytest.fixture
def normalised(api: dict[str, bytes]) -> Any:
    return document(api, "normalised.json")


def test_scores_of_indicators_are_there_in_full(real_facts: Facts, normalised: Any) -> None:
    """Bit by bit; missing is null."""
    panel = real_facts.results.normalised.xs(real_facts.last_year, level="year")
    for entry in normalised["indicators"]:
        column = panel.loc[normalised["regions"], entry["indicator"]]
        assert [math.nan if score is None else score for score in entry["scores"]] == pytest.approx(
            column.tolist(), rel=0, abs=0, nan_ok=True
        )


def test_an_index_can_be_computed_from_it_by_hand(real_facts: Facts, normalised: Any) -> None:
    """The scale of the first region: the weighted mean of two indicators."""
    scores = {entry["indicator"]: entry["scores"][0] for entry in normalised["indicators"]}
    node = next(entry for entry in normalised["nodes"] if entry["index"] == "scale")
    assert node["aggregate"] == {"rule": "arithmetic"}
    found = sum(child["weight"] * scores[child["code"]] for child in node["children"])
    assert found == pytest.approx(real_facts.score("scale", normalised["regions"][0]), abs=1e-9)


def test_weights_of_every_node_add_up_to_one(normalised: Any) -> None:
    """But for the one that has no children; parents stand before their children."""
    sums = {node["index"]: sum(child["weight"] for child in node["children"]) for node in normalised["nodes"]}
    assert {code for code, total in sums.items() if abs(total - 1) > 1e-12} == {"government"}
    seen = [node["index"] for node in normalised["nodes"]]
    assert all(
        node["parent"] is None or seen.index(node["parent"]) < seen.index(node["index"]) for node in normalised["nodes"]
    )


def test_fields_that_are_explained_are_there(normalised: Any) -> None:
    for name in FIELDS["normalised.json"]:
        found = normalised
        for step in name.split("."):
            found = (found[0] if isinstance(found, list) else found)[step]


def test_without_tiers_there_is_nothing_to_keep(second_facts: Facts, normalised: Any) -> None:
    """The second index has its own."""
    assert normalised["random"] == {"count": 10_000, "seed": 2020, "tiers": [5, 10, 20]}
    assert weighting_document(second_facts)["random"]["tiers"] == [1, 3]


def test_every_node_has_the_share_and_the_rule_of_its_own_level(second_facts: Facts) -> None:
    """Declared from the top down: harbour and shore first, then traffic and speed, then goods and density."""
    facts = compute(
        second_facts.project, minimum_weight_share=[0.5, 0.75, 1.0], aggregate=["geometric", "harmonic", "arithmetic"]
    )
    nodes = {node["index"]: node for node in weighting_document(facts)["nodes"]}
    shares = {code: node["minimum_weight_share"] for code, node in nodes.items()}
    assert shares == {"harbour": 0.5, "traffic": 0.75, "goods": 1.0, "density": 1.0, "speed": 0.75, "shore": 0.5}
    rules = {code: node["aggregate"]["rule"] for code, node in nodes.items()}
    assert [rules[code] for code in ("harbour", "traffic", "goods")] == ["geometric", "harmonic", "arithmetic"]
