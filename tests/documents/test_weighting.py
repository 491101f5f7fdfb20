"""`normalised.json`: with what it holds the scores can be computed again by hand."""

from dataclasses import replace
from typing import Any

import pytest

from regional_index.documents.weighting import weighting_document
from regional_index.facts import Facts
from tests.methods import compute
from tests.reading import document


@pytest.fixture(scope="module")
def normalised(second_results: dict[str, bytes]) -> Any:
    return document(second_results, "normalised.json")


def scores_of(normalised: Any, region: str) -> dict[str, float | None]:
    """Normalised scores of a region by indicator."""
    place = normalised["regions"].index(region)
    return {entry["indicator"]: entry["scores"][place] for entry in normalised["indicators"]}


def test_scores_of_indicators_are_those_of_the_goalposts(normalised: Any) -> None:
    """Brill 2031: cargo 60 of 10-110, 120 of 20-120 per 100 residents, 21 hours of 45-5; Elm has no cargo."""
    found = scores_of(normalised, "B2")
    assert (found["cargo"], found["cargo_per_resident"], found["waiting_time"]) == pytest.approx((50, 100, 60))
    assert scores_of(normalised, "E5")["cargo"] is None


def test_an_index_can_be_computed_from_it_by_hand(second_facts: Facts, normalised: Any) -> None:
    """From the indicators up to the top, with the weights of the file."""
    found = {code: score for code, score in scores_of(normalised, "B2").items() if score is not None}
    for node in reversed(normalised["nodes"]):
        assert node["aggregate"] == {"rule": "arithmetic"}
        found[node["index"]] = sum(child["weight"] * found[child["code"]] for child in node["children"])
    for code in second_facts.framework.nodes:
        assert found[code] == pytest.approx(second_facts.open.score(code, "B2"), abs=1e-9), code


def test_weights_of_every_node_add_up_to_one_and_parents_are_before_their_children(normalised: Any) -> None:
    seen: list[str] = []
    for node in normalised["nodes"]:
        assert sum(child["weight"] for child in node["children"]) == pytest.approx(1, abs=1e-12)
        assert node["parent"] is None or node["parent"] in seen
        seen.append(node["index"])


def test_random_weights_are_those_of_the_declared_draws(second_facts: Facts, normalised: Any) -> None:
    """Seed and tiers of the framework; where it has none, there is nothing to keep to."""
    declared = second_facts.soundness.declared
    assert (normalised["random"]["seed"], normalised["random"]["tiers"]) == (declared.seed, list(declared.tiers))
    framework = replace(second_facts.framework, robustness=None)
    facts = replace(second_facts, declared=replace(second_facts.declared, framework=framework))
    assert weighting_document(facts)["random"] is None


def test_every_node_has_the_share_and_the_rule_of_its_own_level(second_facts: Facts) -> None:
    """Declared from the top down: harbour and shore first, then traffic and speed, then goods and density."""
    facts = compute(
        second_facts.declared, minimum_weight_share=[0.5, 0.75, 1.0], aggregate=["geometric", "harmonic", "arithmetic"]
    )
    nodes = {node["index"]: node for node in weighting_document(facts)["nodes"]}
    shares = {code: node["minimum_weight_share"] for code, node in nodes.items()}
    assert shares == {"harbour": 0.5, "traffic": 0.75, "goods": 1.0, "density": 1.0, "speed": 0.75, "shore": 0.5}
    rules = {code: node["aggregate"]["rule"] for code, node in nodes.items()}
    assert [rules[code] for code in ("harbour", "traffic", "goods")] == ["geometric", "harmonic", "arithmetic"]
