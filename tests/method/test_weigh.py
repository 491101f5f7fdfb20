"""Weights of a node by each rule, and what a rule refuses."""

import numpy as np
import pandas as pd
import pytest

from regional_index.framework import Framework, Method, Node
from regional_index.method.rules import WEIGH, CannotCompute, Finding, make_rule
from regional_index.method.weigh import declared_weights, weigh_node

FROM_SCORES = ["pca", "correlation", "entropy", "critic", "benefit-of-the-doubt"]
WITHOUT_ROWS = pd.DataFrame(columns=["a", "b", "c"], dtype=float)


def make_node(code: str, children: tuple[Node, ...] = (), **indicators: float) -> Node:
    """A node of which nothing but its place matters."""
    return Node(code, {"en": code}, code, code, children=children, indicators=indicators)


def make_framework(rule: object, node: Node | None = None, **given: object) -> Framework:
    """A framework with one node `top` of the indicators a, b, c with weights 1, 1, 2."""
    options = {"rule": rule} if isinstance(rule, str) else rule
    if isinstance(rule, str) and rule in ("expert", "ahp"):
        options = {"rule": rule, "file": "weights.csv"}
    method = Method(weight=(make_rule("weight", options),))  # pyright: ignore
    top = node or make_node("top", a=1.0, b=1.0, c=2.0)
    return Framework({"en": "x"}, "1", 1, (1, 2), method, (), (), (top,), {}, **given)  # pyright: ignore


def make_scores(rows: int = 12, seed: int = 1) -> pd.DataFrame:
    """Positive scores of a, b and c, two years of each region."""
    index = pd.MultiIndex.from_product(
        [[f"r{number}" for number in range(rows // 2)], [1, 2]], names=["region", "year"]
    )
    return pd.DataFrame(np.random.default_rng(seed).uniform(1, 100, (rows, 3)), index=index, columns=["a", "b", "c"])


def problems_of(framework: Framework, children: pd.DataFrame, code: str = "top") -> list[Finding]:
    """What the rule refuses; each problem must say where."""
    with pytest.raises(CannotCompute) as caught:
        weigh_node(framework, code, children)
    assert {finding.step for finding in caught.value.findings} == {"weight"}
    return list(caught.value.findings)


def test_declared_weights_are_rescaled_to_one() -> None:
    """1 : 1 : 2."""
    framework = make_framework("declared")
    assert declared_weights(framework)["top"].to_dict() == {"a": 0.25, "b": 0.25, "c": 0.5}
    assert weigh_node(framework, "top", WITHOUT_ROWS).shared.to_dict() == {"a": 0.25, "b": 0.25, "c": 0.5}


def test_weights_that_are_all_0_are_refused_and_not_divided() -> None:
    """0 / 0 would be no number, and so every score."""
    framework = make_framework("declared", make_node("top", a=0.0, b=0.0))
    assert "top: weights that sum to 0" in problems_of(framework, WITHOUT_ROWS)[0].found


def test_equal_weights_are_one_over_their_number() -> None:
    assert weigh_node(make_framework("equal"), "top", WITHOUT_ROWS).shared.to_dict() == {
        "a": 1 / 3,
        "b": 1 / 3,
        "c": 1 / 3,
    }


@pytest.mark.parametrize("rule", list(WEIGH))
def test_a_node_without_children_has_no_weights(rule: str) -> None:
    found = weigh_node(make_framework(rule, make_node("top")), "top", pd.DataFrame())
    assert (len(found.shared), found.own, found.notes) == (0, None, ())


@pytest.mark.parametrize("rule", [rule for rule in WEIGH if rule != "benefit-of-the-doubt"])
def test_an_only_child_has_all_the_weight_whatever_the_rule(rule: str) -> None:
    """Also where its scores are constant or missing, and no file names it."""
    framework = make_framework(rule, make_node("top", a=3.0))
    for value in (5.0, np.nan):
        assert weigh_node(framework, "top", pd.DataFrame({"a": [value, value]})).shared.to_dict() == {"a": 1.0}


def test_each_level_has_its_own_rule() -> None:
    """The last one goes on for the levels below."""
    leaf = make_node("leaf", a=1.0, b=3.0)
    framework = make_framework("equal", make_node("top", (leaf, make_node("other"))))
    object.__setattr__(framework.method, "weight", (make_rule("weight", "equal"), make_rule("weight", "declared")))
    assert weigh_node(framework, "top", pd.DataFrame()).shared.to_dict() == {"leaf": 0.5, "other": 0.5}
    assert weigh_node(framework, "leaf", pd.DataFrame()).shared.to_dict() == {"a": 0.25, "b": 0.75}


def test_experts_weights_come_in_the_order_of_the_tree_and_sum_to_one() -> None:
    framework = make_framework("expert", expert_weights={"top": {"c": 6.0, "a": 3.0, "b": 1.0}})
    assert list(weigh_node(framework, "top", WITHOUT_ROWS).shared.items()) == [("a", 0.3), ("b", 0.1), ("c", 0.6)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, "top: weights of no child"),
        ({"top": {"a": 1.0, "b": 1.0}}, "top: weights of a, b"),
        ({"top": {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}}, "top: weights of a, b, c, d"),
        ({"top": {"a": 1.0, "b": 1.0, "c": -1.0}}, "top: a 1, b 1, c -1"),
        ({"top": {"a": 0.0, "b": 0.0, "c": 0.0}}, "top: a 0, b 0, c 0"),
        ({"top": {"a": 1.0, "b": float("nan"), "c": 1.0}}, "top: a 1, b nan, c 1"),
    ],
)
def test_experts_weights_that_do_not_fit_are_refused(given: dict[str, dict[str, float]], found: str) -> None:
    problem = problems_of(make_framework("expert", expert_weights=given), WITHOUT_ROWS)[0]
    assert problem.found == found
    assert problem.expected.startswith("weights of a, b, c in data/weights.csv")


def test_pairwise_comparisons_that_agree_give_their_weights() -> None:
    """4 : 2 : 1, and nothing to note."""
    found = weigh_node(
        make_framework("ahp", pairwise={"top": [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]}), "top", WITHOUT_ROWS
    )
    assert found.shared.to_dict() == pytest.approx({"a": 4 / 7, "b": 2 / 7, "c": 1 / 7}, abs=1e-12)
    assert found.notes == ()


def test_pairwise_comparisons_that_contradict_each_other_are_noted() -> None:
    """Largest eigenvalue 1 + 2 + 1/2: index 0.25, ratio 0.25 / 0.58."""
    found = weigh_node(
        make_framework("ahp", pairwise={"top": [[1, 2, 0.5], [0.5, 1, 2], [2, 0.5, 1]]}), "top", WITHOUT_ROWS
    )
    assert found.notes == (
        "The pairwise comparisons of top contradict each other: consistency ratio 0.431, above 0.1.",
    )


@pytest.mark.parametrize("rule", [rule for rule in FROM_SCORES if rule != "benefit-of-the-doubt"])
def test_rows_without_every_child_are_left_out_and_noted(rule: str) -> None:
    """The weights are those of the others alone."""
    scores = make_scores()
    gaps = scores.copy()
    gaps.iloc[0, 0], gaps.iloc[7, 2] = np.nan, np.nan
    found = weigh_node(make_framework(rule), "top", gaps)
    complete = weigh_node(make_framework(rule), "top", scores.drop(scores.index[[0, 7]]))
    pd.testing.assert_series_equal(found.shared, complete.shared)
    assert found.notes[-1] == "From the 10 of 12 rows that have every child of top."


@pytest.mark.parametrize("rule", FROM_SCORES)
def test_a_child_without_any_score_has_no_weight_and_a_note(rule: str) -> None:
    """The others weigh as if it were not there."""
    scores = make_scores()
    found = weigh_node(make_framework(rule), "top", scores.assign(b=np.nan))
    without = weigh_node(make_framework(rule, make_node("top", a=1.0, c=1.0)), "top", scores[["a", "c"]])
    assert found.shared.to_dict() == {**without.shared, "b": 0.0}
    assert found.notes[0] == "No scores, so no weight in top: b."
    if found.own is not None:
        assert (found.own["b"] == 0).all()


@pytest.mark.parametrize("rule", FROM_SCORES)
def test_fewer_than_three_complete_rows_are_refused(rule: str) -> None:
    scores = make_scores()
    scores.iloc[2:, 0] = np.nan
    found = problems_of(make_framework(rule), scores)[0].found
    assert found == "top: 2 of 12 rows have a score of each of a, b, c"


@pytest.mark.parametrize("rule", FROM_SCORES)
def test_no_scores_at_all_are_refused(rule: str) -> None:
    scores = make_scores()
    scores.iloc[:, :] = np.nan
    assert problems_of(make_framework(rule), scores)


@pytest.mark.parametrize("rule", [rule for rule in FROM_SCORES if rule != "entropy"])
def test_a_constant_child_is_named_and_gives_no_silent_nan(rule: str) -> None:
    """0.1 + 0.2 and 0.3 differ in the last bit only."""
    scores = make_scores().assign(a=[0.3, 0.1 + 0.2] * 6, c=7.0)
    assert problems_of(make_framework(rule), scores)[0].found == "top: the same score everywhere: a 0.3, c 7"


def test_a_constant_child_has_no_weight_by_entropy() -> None:
    """As if it were absent."""
    scores = make_scores().assign(b=[0.3, 0.1 + 0.2] * 6)
    found = weigh_node(make_framework("entropy"), "top", scores).shared
    without = weigh_node(make_framework("entropy", make_node("top", a=1.0, c=1.0)), "top", scores[["a", "c"]]).shared
    assert found["b"] == 0.0
    assert found.drop("b").to_dict() == without.to_dict()


def test_entropy_refuses_children_that_are_all_constant() -> None:
    scores = make_scores().assign(a=1.0, b=2.0, c=0.0)
    assert problems_of(make_framework("entropy"), scores)[0].found == "top: the same score everywhere: a 1, b 2, c 0"


@pytest.mark.parametrize("rule", ["entropy", "benefit-of-the-doubt"])
def test_scores_below_0_are_refused_where_they_mean_nothing(rule: str) -> None:
    scores = make_scores()
    scores.iloc[3, 0], scores.iloc[4, 2] = -2.5, -1.0
    assert [problem.found for problem in problems_of(make_framework(rule), scores)] == [
        "top: a goes down to -2.5",
        "top: c goes down to -1",
    ]


def test_critic_refuses_children_that_all_move_together() -> None:
    """Nobody tells more than another: 0 / 0."""
    one = np.arange(12.0)
    scores = make_scores().assign(a=one, b=2 * one + 3, c=one / 7)
    assert problems_of(make_framework("critic"), scores)[0].found == "top: a, b, c move exactly together"


def test_what_the_first_component_explains_is_noted() -> None:
    """b is a with another sign, so the component explains 2 of 3 at least."""
    scores = make_scores()
    note = weigh_node(make_framework("pca"), "top", scores.assign(b=101 - scores["a"])).notes[0]
    assert note.startswith("The first principal component explains ")
    assert note.endswith(("1 of 3 children run against it.", "2 of 3 children run against it."))


def test_whether_correlations_are_equal_is_noted() -> None:
    scores = make_scores()
    assert weigh_node(make_framework("correlation"), "top", scores).notes[0].startswith("Each child correlates 0.")
    opposed = scores.assign(b=101 - scores["a"] + scores["c"] / 100)
    assert weigh_node(make_framework("correlation"), "top", opposed).notes[0].startswith("No weights make")


def test_benefit_of_the_doubt_shares_are_the_mean_over_rows() -> None:
    """Shares of the first child: 2/3, 1/3, 1/2; the third row, 100 / 6 and 100 / 3 for a point, has 66.67."""
    scores = pd.DataFrame({"a": [4.0, 2.0, 2.0], "b": [1.0, 2.0, 1.0]}, index=["north", "south", "east"])
    found = weigh_node(make_framework("benefit-of-the-doubt", make_node("top", a=1.0, b=1.0)), "top", scores)
    assert found.shared.to_dict() == pytest.approx({"a": 0.5, "b": 0.5}, abs=1e-12)
    assert found.own is not None
    assert (found.own * scores).sum(axis=1).to_dict() == pytest.approx({"north": 100, "south": 100, "east": 200 / 3})
    assert found.own.loc["east"].to_dict() == pytest.approx({"a": 50 / 3, "b": 100 / 3})


@pytest.mark.parametrize(("least", "most"), [(0.4, 1.0), (0.0, 0.3)])
def test_shares_that_cannot_add_up_to_one_are_refused(least: float, most: float) -> None:
    framework = make_framework({"rule": "benefit-of-the-doubt", "least_share": least, "most_share": most})
    assert problems_of(framework, make_scores())[0].remedy == "keep 1/3 between them"


@pytest.mark.parametrize("limits", [{"least_share": 1 / 3}, {"most_share": 1 / 3}])
def test_shares_may_all_have_to_be_equal(limits: dict[str, float]) -> None:
    """3 x (1/3) is enough and not too much."""
    found = weigh_node(make_framework({"rule": "benefit-of-the-doubt", **limits}), "top", make_scores())
    assert found.shared.to_dict() == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, abs=1e-9)


def test_rows_that_the_limits_of_shares_leave_at_0_are_noted() -> None:
    """A child with score 0 cannot have a tenth of a score; they do not enter the mean share."""
    framework = make_framework({"rule": "benefit-of-the-doubt", "least_share": 0.1})
    scores = make_scores()
    scores.iloc[5, 1] = 0.0
    found = weigh_node(framework, "top", scores)
    assert found.notes == (
        "Within the limits of shares, 1 rows can only score 0 in top: a child of theirs has score 0.",
    )
    assert found.own is not None
    assert (found.own.iloc[5] == 0).all()
    assert found.shared.sum() == pytest.approx(1)
    nobody = pd.DataFrame({"a": [0.0, 1, 2], "b": [1.0, 0, 3], "c": [1.0, 2, 0]})
    assert "cannot have its share" in problems_of(framework, nobody)[0].found


def test_a_greatest_share_that_is_raised_is_noted() -> None:
    """Who has two of three children cannot keep both below 0.4."""
    scores = make_scores()
    scores.iloc[5, 1] = np.nan
    found = weigh_node(make_framework({"rule": "benefit-of-the-doubt", "most_share": 0.4}), "top", scores)
    assert found.notes == ("1 rows lack so many children of top that their greatest share is above 0.4.",)
    assert found.own is not None
    contributions = (found.own * scores).iloc[5]
    assert (contributions / contributions.sum())[["a", "c"]].to_list() == pytest.approx([0.5, 0.5])
