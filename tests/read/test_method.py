"""The method: rules by name with their options, levels, files of weights, what is varied."""

import pytest

from regional_index.framework import Rule
from regional_index.read import read_project

METHOD = "  normalise: min-max\n"
ROBUSTNESS = """
robustness:
  draws: 200
  seed: 7
  base: 16
  tiers: [1, 2]
  vary:
    weights: {noise: 0.25, levels: [1, 2]}
    normalise: [min-max, {rule: z-score, mean: 50, sd: 10}]
    aggregate: [arithmetic, [geometric, arithmetic]]
    leave_out: true

bands:"""


def declare(tiny, *lines: str) -> None:
    """Add lines to the method, or put one in place of the declared normalisation."""
    text = "".join(f"  {line}\n" for line in lines)
    tiny.edit("framework.yml", METHOD, text if lines[0].startswith("normalise") else METHOD + text)


def test_a_rule_has_its_defaults_and_what_is_given(tiny):
    declare(tiny, "normalise: {rule: z-score, sd: 15}")
    method = read_project(tiny.root).framework.method
    assert method.normalise == Rule("z-score", {"mean": 50.0, "sd": 15, "over": "panel"})
    assert method.weight == (Rule("declared"),)


def test_rules_by_level_run_from_the_top_down(tiny):
    tiny.edit("framework.yml", "  aggregate: arithmetic\n", "  aggregate: [geometric, arithmetic]\n")
    tiny.edit("framework.yml", "minimum_weight_share: 0.6667", "minimum_weight_share: [0.5, 1]")
    method = read_project(tiny.root).framework.method
    assert [rule.name for rule in method.aggregate] == ["geometric", "arithmetic"]
    assert method.minimum_weight_share == (0.5, 1.0)


def test_an_indicator_may_have_rules_of_its_own(tiny):
    tiny.edit(
        "framework.yml",
        "    measures: Share of homes",
        "    normalise: {rule: goalposts, worst: 0, best: 100}\n    measures: Share of homes",
    )
    framework = read_project(tiny.root).framework
    assert framework.rule_of("normalise", "coverage").options["best"] == 100
    assert framework.rule_of("normalise", "turnover").name == "min-max"
    assert framework.rule_of("impute", "coverage").name == "none"


@pytest.mark.parametrize(
    ("lines", "place", "found", "expected", "remedy"),
    [
        (["normalise: min-maxx"], "method.normalise", '"min-maxx"', "one of none, min-max", "write min-max"),
        (["treat: {rule: winsorize}"], "method.treat.rule", '"winsorize"', "one of none, winsorise", "write winsorise"),
        (["treat: {rule: winsorise, mots: 3}"], "method.treat.mots", '"mots"', "an option of winsorise", "write"),
        (
            ["treat: {rule: log, over: year}"],
            "method.treat", "over: year, with years normalised together", "over: panel", "write over: panel here",
        ),
        (["treat: {rule: winsorise, most: 2.5}"], "method.treat.most", "2.5", "a whole number", "correct the value"),
        (["treat: {rule: winsorise, most: -1}"], "method.treat.most", "-1", "a whole number of at least 0", "correct"),
        (["impute: constant"], "method.impute", "", "`value`, which constant needs", "{rule: constant, value: …}"),
        (["impute: {rule: group-mean, group: shore}"], "method.impute.group", '"shore"', "code of one", "coast"),
        (["normalise: {rule: min-max, lower: 9, upper: 9}"], "method.normalise", "lower 9", "lower below", "exchange"),
        (["normalise: distance-to-reference"], "method.normalise", "neither region", "what to compare", "name a"),
        (
            ["normalise: {rule: distance-to-reference, region: Nroth}"],
            "method.normalise.region", '"Nroth"', "a region of data/regions.csv", "write North",
        ),
        (
            ["normalise: {rule: distance-to-reference, year: 1999}"],
            "method.normalise.year", "1999", "a year of the series: 2021, 2022", "choose one",
        ),
        (["normalise: {rule: categorical, scores: {a: 1}}"], "method.normalise.scores", "a map", "both", "correct"),
        (["screen: {rule: availability, least: 2}"], "method.screen.least", "2", "at most 1", "correct the value"),
        (["weight: [equal, equal, equal]"], "method.weight", "3 entries", "at most 2", "remove some"),
        (
            ["weight: {rule: benefit-of-the-doubt, least_share: 0.6}"],
            "method.weight", "least_share 0.6", "can add up to 1", "keep 1/2",
        ),
    ],
)  # fmt: skip
def test_what_a_rule_cannot_be_is_reported(tiny, lines, place, found, expected, remedy):
    if lines[0].startswith("impute"):
        tiny.edit("framework.yml", "  impute: none\n", "")
    declare(tiny, *lines)
    problem = next(problem for problem in tiny.problems())
    assert problem.file == "data/framework.yml"
    assert problem.place.split(", line")[0] == place
    assert found in problem.found
    assert expected in problem.expected
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("rule", "found", "expected"),
    [
        ("{rule: goalposts, worst: 50, best: 50}", "worst 50, best 50", "best above worst"),
        ("{rule: goalposts, worst: 90, best: 10}", "worst 90, best 10", "best above worst"),
        ("{rule: goalposts, worst: 0, best: 10, log: true}", "worst 0, best 10", "goalposts above 0"),
    ],
)
def test_goalposts_that_are_equal_or_reversed_are_refused(tiny, rule, found, expected):
    tiny.edit("framework.yml", "    measures: Share of homes", f"    normalise: {rule}\n    measures: Share of homes")
    problem = tiny.problem()
    assert problem.place.startswith("indicators[2] (code coverage).normalise, line ")
    assert (problem.found, expected in problem.expected) == (found, True)


def test_an_indicator_without_a_parent_is_refused_unless_it_says_that_it_is_context(tiny):
    tiny.edit("framework.yml", "{coverage: 1, turnover_per_head: 1}", "{turnover_per_head: 1}")
    problem = tiny.problem()
    assert (problem.found, problem.expected) == (
        "no parent",
        "an indicator that is in an index, or divides another",
    )
    assert "give coverage a weight under an index" in problem.remedy
    tiny.edit("framework.yml", "    measures: Share of homes", "    context: true\n    measures: Share of homes")
    assert tiny.problems() == ()


def test_an_indicator_in_the_tree_is_no_context(tiny):
    tiny.edit("framework.yml", "    measures: Share of homes", "    context: true\n    measures: Share of homes")
    assert "take the indicator out of the index" in tiny.problem().remedy


def test_weights_of_experts_are_the_mean_of_their_shares(tiny):
    declare(tiny, "weight: [{rule: expert, file: weights.csv}, equal]")
    tiny.write("weights.csv", b"index,child,Ada,Ben\nsupply,size,3,1\nsupply,skill,1,1\n")
    weights = read_project(tiny.root).framework.expert_weights
    assert weights == {"supply": {"size": 0.625, "skill": 0.375}}


@pytest.mark.parametrize(
    ("content", "place", "expected"),
    [
        ("index,child,Ada\nsupply,size,-3\nsupply,skill,1\n", "2, column Ada", "a plain number of at least 0"),
        ("index,child,Ada\nsupply,size,many\nsupply,skill,1\n", "2, column Ada", "a plain number of at least 0"),
        ("index,child,Ada\nsupply,size,0\nsupply,skill,0\n", "2, column Ada", "a weight above 0"),
        ("index,child,Ada\nsupply,size,1\n", "2", "each child of supply once: size, skill"),
        ("index,child,Ada\nsupply,sizes,1\nsupply,skill,1\n", "2, column child", "the code of a child of supply"),
        ("index,child,Ada\nsuply,size,1\nsupply,size,1\nsupply,skill,1\n", "2, column index", "the code of an index"),
        ("index,child\nsupply,size\nsupply,skill\n", "1", "a column of weights"),
    ],
)
def test_what_experts_cannot_have_meant_is_reported(tiny, content, place, expected):
    declare(tiny, "weight: [{rule: expert, file: weights.csv}, equal]")
    tiny.write("weights.csv", content.encode())
    problems = [problem for problem in tiny.problems() if problem.file == "data/weights.csv"]
    assert (place, expected) in [(problem.place, problem.expected) for problem in problems]


def test_a_file_of_weights_that_is_not_there_is_named(tiny):
    declare(tiny, "weight: [{rule: expert, file: weights.csv}, equal]")
    assert ("data/weights.csv", "no such file") in [(problem.file, problem.found) for problem in tiny.problems()]


def test_a_pairwise_matrix_may_be_written_with_fractions(tiny):
    declare(tiny, "weight: [{rule: ahp, file: pairs.yml}, equal]")
    tiny.write("pairs.yml", b"supply: [[1, 3], [1/3, 1]]\n")
    assert read_project(tiny.root).framework.pairwise == {"supply": [[1, 3], [1 / 3, 1]]}


@pytest.mark.parametrize(
    ("content", "place", "found", "expected"),
    [
        ("supply: [[1, 3], [1/2, 1]]", "supply[0][1]", "3", "size to skill"),
        ("supply: [[1, 3], [1/3, 2]]", "supply[1][1]", "2", "skill to skill: 1"),
        ("supply: [[1, -3], [-1/3, 1]]", "supply[0][1]", "-3", "a number above 0"),
        ("supply: [[1, '1e999999999'], [1/3, 1]]", "supply[0][1]", '"1e999999999"', "a number above 0"),
        ("supply: [[1, 3/0], [1/3, 1]]", "supply[0][1]", '"3/0"', "a number above 0"),
        ("supply: [[1, often], [1/3, 1]]", "supply[0][1]", '"often"', "a number above 0"),
        ("supply: [[1, 3]]", "supply", "1 rows of 2", "2 rows of 2 numbers, in the order size, skill"),
        ("suply: [[1]]", "suply", '"suply"', "the code of an index"),
    ],
)
def test_a_matrix_that_cannot_be_one_of_comparisons_is_reported(tiny, content, place, found, expected):
    declare(tiny, "weight: [{rule: ahp, file: pairs.yml}, equal]")
    tiny.write("pairs.yml", f"{content}\n".encode())
    problem = next(problem for problem in tiny.problems() if problem.file == "data/pairs.yml")
    assert problem.place.split(", line")[0] == place
    assert found in problem.found
    if place == "supply[0][1]" and found == "3":
        assert "opposite: skill to size is 1/2" in problem.expected
        assert "write 1/3 there" in problem.remedy
    else:
        assert expected in problem.expected


def test_what_is_varied_is_read(tiny):
    tiny.edit("framework.yml", "\nbands:", ROBUSTNESS)
    varied = read_project(tiny.root).framework.robustness
    assert varied is not None
    assert (varied.draws, varied.seed, varied.noise, varied.noise_levels) == (200, 7, 0.25, (1, 2))
    assert [rule.name for rule in varied.normalise] == ["min-max", "z-score"]
    assert [[rule.name for rule in rules] for rules in varied.aggregate] == [
        ["arithmetic"],
        ["geometric", "arithmetic"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ("tiers: [1, 2]", "tiers: [2, 1]", "robustness.tiers", "last ranks that ascend"),
        ("base: 16", "base: 20", "robustness.base", "a power of two"),
        ("levels: [1, 2]", "levels: [1, 3]", "robustness.vary.weights.levels[1]", "a level of the tree, 1 to 2"),
        ("noise: 0.25", "noise: 2", "robustness.vary.weights.noise", "a number of at most 1"),
        ("draws: 200", "draws: 5", "robustness.draws", "a number of at least 100"),
        ("min-max, {rule: z", "min-max, {rule: zz", "robustness.vary.normalise[1].rule", "one of none"),
        ("leave_out: true", "leave_out: often", "robustness.vary.leave_out", "true or false"),
    ],
)
def test_what_cannot_be_varied_is_reported(tiny, old, new, place, expected):
    tiny.edit("framework.yml", "\nbands:", ROBUSTNESS)
    tiny.edit("framework.yml", old, new)
    problem = tiny.problem()
    assert problem.place.split(", line")[0] == place
    assert expected in problem.expected
