"""The method in words: every rule has words in both languages, and the page follows the framework by itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from regional_index.facts import Facts
from regional_index.framework import Rule
from regional_index.method.rules import RULES, make_rule
from regional_index.read.words import languages, read_pack
from regional_index.render import Links
from regional_index.topics.method.combination import say_combination
from regional_index.topics.method.rule_text import describe_rule, name_with_options, show_formula
from regional_index.topics.method.steps import method_steps
from tests.changed_facts import with_declared
from tests.listening import Listening
from tests.methods import as_text, compute

NEEDED: dict[str, Any] = {
    "value": 7, "group": "ring", "target": 120, "worst": 1, "best": 120, "file": "experts.yml", "power": 0.5,
    "scores": {"1": 0, "2": 60},
}  # fmt: skip
WITHOUT_FORMULA = {
    "treat": {"none", "winsorise"},
    "normalise": {"none", "rank", "categorical"},
    "weight": {"declared", "equal", "expert", "ahp", "correlation", "benefit-of-the-doubt"},
    "aggregate": set(),
}
ALL_RULES = [(step, name) for step, rules in RULES.items() for name in rules]


def variants(step: str, name: str) -> Iterator[Rule]:
    """A rule with every one of its choices."""
    options = RULES[step][name].options
    needed = {key: NEEDED[key] for key in options if key in NEEDED}
    if name == "distance-to-reference":
        needed |= {"region": "A1", "year": 2030}
    yield make_rule(step, {"rule": name, **needed})
    for key, option in options.items():
        others = option.choices if option.kind == "choice" else (True,) if option.kind == "yes-no" else ()
        for choice in others:
            yield make_rule(step, {"rule": name, **needed, key: choice})
    if name == "distance-to-reference":
        yield make_rule(step, {"rule": name, "region": "A1"})
        yield make_rule(step, {"rule": name, "region": "A1", "over": "year"})
        yield make_rule(step, {"rule": name, "year": 2030})
    if name == "availability":
        yield make_rule(step, {"rule": name, "least_by_node": 0.25})
    if name == "benefit-of-the-doubt":
        yield make_rule(step, {"rule": name, "least_share": 0.1, "most_share": 0.6})


def speaking(facts: Facts, words: Mapping[str, str]) -> Facts:
    """The same facts with other words."""
    return with_declared(facts, words=words)


def steps(facts: Facts) -> list[str]:
    """The paragraphs of the steps, without elements."""
    return as_text(method_steps(facts, Links(facts, lambda: "methodology.md"))).split("\n\n")


def step(facts: Facts, title: str) -> list[str]:
    """The paragraphs from a step's title to the next title."""
    paragraphs = steps(facts)
    start = next(i for i, text in enumerate(paragraphs) if re.match(rf"\d+\. {title}\.", text))
    rest = [i for i in range(start + 1, len(paragraphs)) if re.match(r"\d+\. \w", paragraphs[i])]
    return paragraphs[start : rest[0] if rest else None]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("of", "name"), ALL_RULES)
def test_every_rule_with_every_choice_has_words(second_facts: Facts, of: str, name: str, language: str) -> None:
    """Whatever `method.rules.RULES` admits can be declared, and then is said in words in which no gap stays open."""
    facts = speaking(second_facts, read_pack(language))
    links = Links(facts, lambda: "methodology.md")
    for rule in variants(of, name):
        said = as_text(describe_rule(facts, links, of, rule)) + as_text(show_formula(facts, links, of, rule))
        assert said.strip()
        assert not re.search(r"[{}]|None|nan|True|False", said), said


def test_rules_have_formulas_where_they_are_formulas() -> None:
    """Those that are not are known."""
    pack = read_pack("en")
    found = {of: {name for name in RULES[of] if f"method.formula.{of}.{name}" not in pack} for of in WITHOUT_FORMULA}
    assert found == WITHOUT_FORMULA


def test_a_rule_without_words_is_named(second_facts: Facts) -> None:
    """The guard itself, seen to fail."""
    words = {key: word for key, word in second_facts.words.items() if key != "method.treat.log"}
    facts = speaking(second_facts, words)
    with pytest.raises(LookupError, match=r'unknown word "method\.treat\.log"'):
        describe_rule(facts, Links(facts, lambda: "x.md"), "treat", make_rule("treat", "log"))


def test_no_word_about_the_method_is_kept_that_no_method_prints(second_facts: Facts) -> None:
    """All rules together ask for all words under `method.normalise` and its like."""
    words = Listening(second_facts.words)
    facts = speaking(second_facts, words)
    links = Links(facts, lambda: "methodology.md")
    for of, name in ALL_RULES:
        for rule in variants(of, name):
            describe_rule(facts, links, of, rule)
            show_formula(facts, links, of, rule)
    begins = (*(f"method.{of}." for of in RULES), "method.formula.", "method.numbers.")
    said_elsewhere = {
        "method.screen.all_enough", "method.screen.not_enough", "method.normalise.turned",
        "method.weight.declared-equal", "method.weight.consistency",
        "method.aggregate.own-weights", "method.formula.aggregate.own-weights",
    }  # fmt: skip
    assert {key for key in words if key.startswith(begins)} - words.asked == said_elsewhere


def test_steps_are_those_declared_in_order(second_facts: Facts) -> None:
    """Numbered from 1; division is a step because one indicator is divided."""
    titles = [match[0] for match in map(re.compile(r"\d+\. [A-Z]\w+").match, steps(second_facts)) if match]
    assert titles == [
        "1. Division", "2. Screening", "3. Imputation", "4. Outliers", "5. Normalisation", "6. Weights",
        "7. Aggregation", "8. Ranks",
    ]  # fmt: skip
    assert step(second_facts, "Division") == [
        "1. Division. Cargo per 100 residents: the figure divided by Residents of the same year and multiplied by 100."
    ]


def test_without_a_division_there_is_no_such_step(second_facts: Facts) -> None:
    """The next step is the first."""
    facts = compute(second_facts.declared, indicators={"cargo_per_resident": {"per": None}})
    assert steps(facts)[0].startswith("1. Screening.")


def test_the_declared_method_is_said_with_its_options(second_facts: Facts) -> None:
    """z-scores by year, winsorising, group medians, the geometric mean at the top level, weights by entropy."""
    facts = compute(
        second_facts.declared,
        impute={"rule": "group-median", "group": "ring"},
        treat={"rule": "winsorise", "most": 3, "then": "log"},
        normalise={"rule": "min-max", "lower": 1, "over": "year"},
        weight=["entropy", "equal"],
        aggregate=["geometric", "arithmetic"],
        minimum_weight_share=[0.5, 1.0],
    )
    assert "the median of the regions of the same Ring in the same year" in step(facts, "Imputation")[0]
    treated = step(facts, "Outliers")[0]
    assert "at most 3 values" in treated
    assert "the logarithm of the original values is taken" in treated
    normalised = step(facts, "Normalisation")
    assert "from 1 for the worst value to 100 for the best" in normalised[0]
    assert "compare within a year only" in normalised[0]
    assert normalised[1] == "score = 1 + (value − minimum) ÷ (maximum − minimum) × 99"
    assert step(facts, "Weights")[0].startswith("6. Weights. Harbour index, Shore index: Weights are larger")
    aggregated = step(facts, "Aggregation")
    assert aggregated[0].startswith("7. Aggregation. Harbour index, Shore index: The score is the weighted geometric")
    assert aggregated[2].startswith("Traffic, Goods, Density, Speed: The score is the weighted mean")
    assert "Computed when at least 50% of the weight has data: Harbour index, Shore index." in aggregated[4]
    assert "at least 100% of the weight has data: Traffic, Goods, Density, Speed." in aggregated[4]


def test_indicators_with_rules_of_their_own_are_named_with_them(second_facts: Facts) -> None:
    """Those with goalposts of their own are one passage, each with its goalposts and unit."""
    posts = {
        "cargo": {"normalise": {"rule": "goalposts", "worst": 0, "best": 200}},
        "waiting_time": {"normalise": {"rule": "goalposts", "worst": 50, "best": 0}},
        "clean_beaches": {"impute": "linear"},
    }
    facts = compute(second_facts.declared, indicators=posts)
    normalised = step(facts, "Normalisation")
    assert normalised[2].startswith(
        "Except Cargo (0 to 200 thousand tonnes), Waiting time (50 to 0 hours): The score is the position between"
    )
    assert "less is better" not in " ".join(normalised)
    assert step(facts, "Imputation")[1].startswith(
        "Except Clean beaches: A missing value is interpolated on a straight line"
    )


def test_a_rule_that_no_indicator_follows_is_not_said(second_facts: Facts) -> None:
    """Where all have goalposts of their own, the rule of the method is none."""
    own = {"normalise": {"rule": "goalposts", "worst": 0, "best": 500}}
    turned = {"normalise": {"rule": "goalposts", "worst": 500, "best": 0}}
    used = second_facts.framework.used_indicators
    own_rules = {code: turned if code == "waiting_time" else own for code in used}
    facts = compute(second_facts.declared, indicators=own_rules)
    normalised = step(facts, "Normalisation")
    assert "0 for the worst value" not in normalised[0]
    assert "The indicators are Cargo (0 to 500 thousand tonnes), " in normalised[0]
    assert len(normalised) == 2


def test_filled_figures_are_counted(second_facts: Facts) -> None:
    """Corsa's waiting time of 2031, and Elm's cargo, which nothing but the others can fill."""
    assert "Values imputed" not in step(second_facts, "Imputation")[0]
    facts = compute(second_facts.declared, impute="last-observation")
    assert "Values imputed: 1, marked †." in step(facts, "Imputation")[0]


def test_regions_without_enough_data_are_listed(second_facts: Facts) -> None:
    """Elm has no cargo: 2 of 4 indicators."""
    facts = compute(second_facts.declared, screen={"rule": "availability", "least": 0.75, "then": "exclude"})
    said = step(facts, "Screening")[0]
    assert "A region must have at least 75% of the indicators in a year. Regions with less are not computed." in said
    assert said.endswith("Not enough: Elm (all years).")
    facts = compute(second_facts.declared, screen={"rule": "availability", "least": 0.5})
    assert step(facts, "Screening")[0].endswith("All have enough.")


def test_an_indicator_that_is_the_same_everywhere_is_named(second_facts: Facts) -> None:
    """Its score is missing for a reason that a reader finds."""
    values = second_facts.declared.values.copy()
    values.loc[values["indicator"] == "clean_beaches", "value"] = 50.0
    facts = compute(replace(second_facts.declared, values=values))
    assert step(facts, "Normalisation")[-1] == ("The same value in all regions, hence no score: Clean beaches.")


def test_weights_of_regions_themselves_are_no_weighted_mean(second_facts: Facts) -> None:
    """Their sum is not divided by anything, and what is missing is not made up for."""
    facts = compute(second_facts.declared, weight=["benefit-of-the-doubt", "declared"])
    aggregated = step(facts, "Aggregation")
    assert "sum of the parts, each multiplied by the weight that the region has for it" in aggregated[0]
    assert aggregated[1] == "score = Σ(weight × score of the part)"
    assert "other weights are scaled up" in aggregated[-1]
    assert "scaled up" not in as_text(say_combination(facts, Links(facts, lambda: "x.md"), "harbour"))


def test_equal_weights_are_said_to_be_equal(second_facts: Facts) -> None:
    """Those of the second index are not; of its indices with one part they are."""
    links = Links(second_facts, lambda: "harbour/index.md")
    assert as_text(say_combination(second_facts, links, "harbour")).startswith("Weights are those declared in data/")
    assert as_text(say_combination(second_facts, links, "goods")).startswith("All weights are equal, as declared")
    with pytest.raises(LookupError, match="unknown index"):
        say_combination(second_facts, links, "harbor")


def test_judgements_in_pairs_come_with_their_consistency(second_facts: Facts) -> None:
    """The ratio is there for every index of more than two parts; two judgements cannot contradict each other."""
    pairwise = {"harbour": [[1, 3], [1 / 3, 1]], "traffic": [[1, 2], [0.5, 1]], "shore": [[1, 2], [0.5, 1]]}
    facts = compute(second_facts.declared, weight={"rule": "ahp", "file": "pairs.yml"}, extra={"pairwise": pairwise})
    assert "in data/pairs.yml" in step(facts, "Weights")[0]
    assert "consistency ratio" not in step(facts, "Weights")[0]
    framework = second_facts.framework
    shore = replace(framework.node("shore"), indicators={"clean_beaches": 1, "waiting_time": 1, "cargo": 1})
    changed = {"indices": (framework.node("harbour"), shore), "pairwise": {**pairwise, "shore": [[1] * 3] * 3}}
    facts = compute(second_facts.declared, weight={"rule": "ahp", "file": "pairs.yml"}, extra=changed)
    assert "\n".join(steps(facts)).count("is 0.000") == 1


def test_names_in_data_stay_text(second_facts: Facts) -> None:
    """A script in the name of an indicator."""
    facts = compute(
        second_facts.declared,
        indicators={"cargo": {"name": {"en": "<script>"}, "normalise": "rank"}},
    )
    links = Links(facts, lambda: "methodology.md")
    assert "<script>" not in str(method_steps(facts, links))
    assert "&lt;script&gt;" in str(name_with_options(facts, links, "normalise", "cargo"))
