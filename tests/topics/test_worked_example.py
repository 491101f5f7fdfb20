"""The worked example: for every rule of aggregation, the printed numbers give the printed score."""

from typing import Any

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.method.rules import RULES
from regional_index.render import Links, render_table
from regional_index.topics.receipts.worked_example import worked_example
from tests.changed_facts import with_tables
from tests.methods import as_text, compute, evaluate, terms

ROUNDING = 0.0100001
OWN = "benefit-of-the-doubt"
MIXED = {"rule": "generalised-mean", "power": 0.5}

DECLARED: dict[str, dict[str, Any]] = {
    "arithmetic": {"aggregate": "arithmetic"},
    "geometric": {"aggregate": "geometric"},
    "harmonic": {"aggregate": "harmonic"},
    "generalised-mean": {"aggregate": MIXED},
    "generalised-mean of power 0": {"aggregate": {"rule": "generalised-mean", "power": 0}},
    "generalised-mean of power -2": {"aggregate": {"rule": "generalised-mean", "power": -2}},
    "copeland": {"aggregate": "copeland"},
    "weakest-link": {"aggregate": "weakest-link"},
    "mazziotta-pareto": {"aggregate": "mazziotta-pareto"},
    "mazziotta-pareto upwards": {"aggregate": {"rule": "mazziotta-pareto", "penalty": "upward"}},
    "one rule for each level": {"aggregate": ["copeland", MIXED, "weakest-link"]},
    "equal weights": {"weight": "equal"},
    "weights of its own": {"weight": OWN},
    "weights of its own on top": {"weight": [OWN, "equal"], "aggregate": ["arithmetic", "harmonic"]},
    "negative scores": {"normalise": {"rule": "min-max", "lower": -50, "upper": 50}},
    "small scores": {"normalise": {"rule": "min-max", "lower": 0.001, "upper": 0.1}, "aggregate": "geometric"},
}


def example(facts: Facts, region: str, top: str) -> str:
    """The worked example as a reader sees it."""
    return as_text(worked_example(facts, Links(facts, lambda: "methodology.md"), render_table, region, top))


def lines(facts: Facts, region: str, top: str) -> list[str]:
    """The lines in which parts make a score."""
    return [line for line in example(facts, region, top).split("\n\n") if ", rank " in line]


def check_line(line: str) -> None:
    """The terms of a line give its score."""
    *_, score = line.partition(", rank ")[0].split(" = ")
    shown = terms(line)
    found = min(map(evaluate, shown[4:-1].split(", "))) if shown.startswith("min(") else evaluate(shown)
    assert found == pytest.approx(evaluate(score), abs=ROUNDING), line


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED.keys())
def test_the_printed_numbers_give_the_printed_score(second_facts: Facts, declared: dict[str, Any]) -> None:
    """Of every region that has one, at every level."""
    facts = compute(second_facts.declared, **declared)
    for top in ("harbour", "shore"):
        for region in facts.open.scores(top).dropna(subset=["score"]).index:
            found = lines(facts, str(region), top)
            assert found
            for line in found:
                if line.count(" = ") > 1:
                    check_line(line)


def test_every_rule_of_aggregation_is_tried_above() -> None:
    """A new one needs a line there."""
    assert set(RULES["aggregate"]) <= set(DECLARED)


def test_it_goes_down_a_tree_of_three_levels(second_facts: Facts) -> None:
    """Harbour, traffic, goods: 0.75 x 25 + 0.25 x 15, then 2/3 of that and 1/3 of 80."""
    assert lines(second_facts, "Skerries", "harbour") == [
        "Goods = 1.0000 × 25.00 = 25.00, rank 3.",
        "Density = 1.0000 × 15.00 = 15.00, rank 4.",
        "Traffic = 0.7500 × 25.00 + 0.2500 × 15.00 = 22.50, rank 3.",
        "Speed = 1.0000 × 80.00 = 80.00, rank 2.",
        "Harbour index = 0.6667 × 22.50 + 0.3333 × 80.00 = 41.67, rank 3.",
    ]


def test_what_is_missing_is_said_with_the_weight_that_is_left(second_facts: Facts) -> None:
    """Corsa's shore rests on its beaches, whose weight is 3 of 4."""
    said = example(second_facts, "Corsa", "shore")
    assert "There is no score of Waiting time; the other weights are 0.7500 in all and are scaled up to 1." in said
    assert "Shore index = 1.0000 × 100.00 = 100.00, rank 1." in said


def test_a_part_without_a_score_is_passed_over(second_facts: Facts) -> None:
    """Corsa has no speed in 2031; its harbour is its traffic."""
    said = example(second_facts, "Corsa", "harbour")
    assert "Speed of Corsa" not in said
    assert "There is no score of Speed; the other weights are 0.6667 in all" in said
    assert "Harbour index = 1.0000 × 12.50 = 12.50, rank 4." in said


def test_products_and_powers_are_printed_as_such(second_facts: Facts) -> None:
    """Traffic 22.50, speed 80: weights 2 and 1."""
    facts = compute(second_facts.declared, aggregate=["geometric", "arithmetic"])
    assert lines(facts, "Dunmore", "harbour")[-1].startswith(
        "Harbour index = 22.50**(0.66667) × 80.00**(0.33333) = 34.34, rank"
    )
    assert "<sup>0.66667</sup>" in worked_example(
        facts, Links(facts, lambda: "x.md"), render_table, "Dunmore", "harbour"
    )


def test_a_part_of_0_makes_a_harmonic_mean_0_in_words(second_facts: Facts) -> None:
    """Its formula would divide by 0; Arden's clean beaches of 2030 are the fewest."""
    years = second_facts.framework.years
    facts = compute(second_facts.declared, aggregate="harmonic", extra={"years": years[:1]})
    said = example(facts, "Arden", "shore")
    assert "One part has 0, and so has the whole." in said
    assert "Shore index = 0.00, rank" in said


def test_duels_are_counted(second_facts: Facts) -> None:
    """Harbour 2031: Arden leads on traffic, which has two thirds of the weight; with Elm it shares speed alone."""
    facts = compute(second_facts.declared, aggregate=["copeland", "arithmetic"])
    said = example(facts, "Arden", "harbour")
    assert "victories 3, defeats 1, draws 0." in said
    assert "Harbour index = 3 − 1 = 2.00, rank 1." in said


def test_the_spread_is_said_before_it_is_used(second_facts: Facts) -> None:
    """Beaches 40 and speed 60, weights 3 and 1: mean 45, standard deviation the root of 75."""
    facts = compute(second_facts.declared, aggregate="mazziotta-pareto")
    said = example(facts, "Brill", "shore")
    assert "weighted mean 45.00 and the weighted standard deviation 8.6603." in said
    assert "Shore index = 45.00 − 8.6603² ÷ 45.00 = 43.33, rank" in said


def test_weights_of_its_own_are_said_to_be_so(second_facts: Facts) -> None:
    """They are the best for that region."""
    facts = compute(second_facts.declared, weight=OWN)
    assert "These are the weights that are best for Brill." in example(facts, "Brill", "shore")
    assert "best for" not in example(second_facts, "Brill", "shore")


def test_screening_is_said_where_there_is_any(second_facts: Facts) -> None:
    """Corsa has 3 of 4 indicators in 2031."""
    facts = compute(second_facts.declared, screen={"rule": "availability", "least": 0.8})
    assert "Corsa has 75% of the indicators in 2031, which is too little." in example(facts, "Corsa", "shore")
    assert "Brill has 100% of the indicators in 2031, which is enough." in example(facts, "Brill", "shore")
    assert "of the indicators in" not in example(second_facts, "Brill", "shore")


def test_a_region_without_a_score_is_refused(second_facts: Facts) -> None:
    """Naming region, index and year; an unknown one and one that takes no part, too."""
    with pytest.raises(LookupFailed, match='no score of "traffic" for "E5" in 2031'):
        example(second_facts, "Elm", "traffic")
    with pytest.raises(LookupFailed, match='unknown index "trade"'):
        example(second_facts, "Brill", "trade")
    with pytest.raises(LookupFailed, match='region "Fogholm" is not evaluated'):
        example(second_facts, "Fogholm", "traffic")


def test_a_wrong_weight_would_be_noticed(second_facts: Facts) -> None:
    """Planted: weights that are not those used."""
    weights = second_facts.tables["weights"].copy()
    shore = weights["index"] == "shore"
    weights.loc[shore, "weight"] = weights.loc[shore, "weight"].to_numpy()[::-1]
    planted = with_tables(second_facts, weights=weights)
    with pytest.raises(AssertionError):
        check_line(lines(planted, "Brill", "shore")[-1])
