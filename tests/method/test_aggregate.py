"""The tree of indices: levels, coverage, weights that depend on the children, and what cannot be computed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.framework.method import Method, Rule
from regional_index.framework.tree import Framework, Node
from regional_index.method.aggregate import SHARE_TOLERANCE, aggregate_tree
from regional_index.method.describe import effective_weights
from regional_index.method.rules import CannotCompute, make_rule
from regional_index.method.rules.definition import NodeWeights

NAN = np.nan
NAME = {"en": "Invented"}


def node(code: str, children: Sequence[Node] = (), weight: float = 1.0, **indicators: float) -> Node:
    """An index of nodes or of indicators with their weights."""
    return Node(code, NAME, code, "", weight, children=tuple(children), indicators=indicators)


def framework_of(*indices: Node, share: float | tuple[float, ...] = 2 / 3, **method: object) -> Framework:
    """A framework with nothing in it but a tree and a method."""
    shares = share if isinstance(share, tuple) else (share,)
    return Framework(
        NAME, "", 1, (1, 2), Method(minimum_weight_share=shares, **method), (), (), indices, {}  # type: ignore[arg-type]
    )  # fmt: skip


def declared(framework: Framework) -> dict[str, pd.Series]:
    """The weights of the framework, rescaled to 1."""
    weights = {code: pd.Series(node.child_weights, dtype=float) for code, node in framework.nodes.items()}
    return {code: own / own.sum() for code, own in weights.items()}


def panel_of(columns: Mapping[str, Sequence[float]], years: int = 1) -> pd.DataFrame:
    """A panel of scores, regions named a, b, c and so on."""
    count = len(next(iter(columns.values())))
    index = pd.MultiIndex.from_product(
        [list("abcdefgh")[: count // years], range(1, years + 1)], names=["region", "year"]
    )
    return pd.DataFrame(columns, index=index, dtype=float)


def score(panel: pd.DataFrame, framework: Framework, column: str = "score") -> dict[str, list[float]]:
    """What `aggregate_tree` gives with the declared weights: a list over the rows of the panel by code."""
    scores = aggregate_tree(panel, declared(framework), framework).scores
    return {str(code): rows[column].tolist() for code, rows in scores.groupby("index", sort=False)}


def test_a_tree_of_three_levels_is_scored_from_the_leaves_up() -> None:
    """Low: (10 + 30) / 2 = 20; mid: (3 x 20 + 1 x 60) / 4 = 30; top: (30 + 50) / 2 = 40. Rows lie in tree order."""
    low, other, side = node("low", x=1, y=1, weight=3), node("other", z=5), node("side", w=2)
    framework = framework_of(node("top", [node("mid", [low, other]), side]))
    panel = panel_of({"x": [10, 0], "y": [30, 0], "z": [60, 100], "w": [50, 100]})
    frame = aggregate_tree(panel, declared(framework), framework).scores
    assert list(frame.columns) == ["region", "year", "index", "score", "weight_present", "partial"]
    assert frame["index"].tolist() == [code for code in ("top", "mid", "low", "other", "side") for _ in "ab"]
    assert frame["region"].tolist() == ["a", "b"] * 5
    assert frame["score"].tolist() == [40, 62.5, 30, 25, 20, 0, 60, 100, 50, 100]
    assert not frame["partial"].any()
    assert (frame["weight_present"] == 1).all()


def test_every_level_has_its_own_rule_and_the_last_one_goes_on() -> None:
    """Top geometric, below it arithmetic, at any depth: sqrt(20 x 80) = 40."""
    low = node("low", [node("lowest", x=1, y=1)])
    framework = framework_of(node("top", [low, node("side", z=1)]), aggregate=(Rule("geometric"), Rule("arithmetic")))
    found = score(panel_of({"x": [10], "y": [30], "z": [80]}), framework)
    assert found["lowest"] == [20]
    assert found["top"] == pytest.approx([40], rel=1e-12)


def test_rows_may_come_in_any_order() -> None:
    """Scores are put to their region and year, whatever the order of the panel."""
    framework = framework_of(node("top", x=1), aggregate=(Rule("copeland"),))
    panel = panel_of({"x": [9, 1, 5, 3, 7, 2]}, years=2)
    keys = ["region", "year", "index"]
    expected = aggregate_tree(panel, declared(framework), framework).scores.set_index(keys)
    found = aggregate_tree(panel.iloc[[3, 0, 5, 2, 4, 1]], declared(framework), framework).scores.set_index(keys)
    pd.testing.assert_frame_equal(found.sort_index(), expected.sort_index())


@pytest.mark.parametrize(
    ("share", "computed"), [(0.75, True), (0.7501 + SHARE_TOLERANCE, False), (0.5, True), (1, False)]
)
def test_a_node_is_computed_where_the_share_is_reached(share: float, computed: bool) -> None:
    """Three quarters of the weight are present; an equal share is enough."""
    framework = framework_of(node("top", x=3, y=1), share=share)
    panel = panel_of({"x": [10.0], "y": [NAN]})
    assert score(panel, framework)["top"] == ([10.0] if computed else pytest.approx([NAN], nan_ok=True))
    assert score(panel, framework, "weight_present")["top"] == [0.75]
    assert score(panel, framework, "partial")["top"] == [True]


def test_two_thirds_written_with_four_decimals_admits_two_of_three() -> None:
    """0.6667 is slightly more than 2/3; the tolerance must not shut out two of three equal children."""
    framework = framework_of(node("top", x=1, y=1, z=1), share=0.6667)
    assert score(panel_of({"x": [10], "y": [20], "z": [NAN]}), framework)["top"] == pytest.approx([15])


def test_shares_differ_by_level() -> None:
    """Half of the weight is enough below, but not at the top."""
    sub = node("sub", x=1, y=1)
    framework = framework_of(node("top", [sub, node("other", z=1)]), share=(1.0, 0.5))
    found = score(panel_of({"x": [10, 10], "y": [NAN, NAN], "z": [20, NAN]}), framework)
    assert found["sub"] == [10, 10]
    assert found["top"] == pytest.approx([15, NAN], nan_ok=True)


def test_what_is_missing_far_below_makes_all_above_partial() -> None:
    """The weight at the top is all there; yet a part of a part is missing."""
    sub = node("sub", x=3, y=1)
    framework = framework_of(node("top", [sub, node("other", z=1)]))
    panel = panel_of({"x": [10, 10], "y": [NAN, 10], "z": [20, 20]})
    assert score(panel, framework, "partial") == {"top": [True, False], "sub": [True, False], "other": [False, False]}
    assert score(panel, framework, "weight_present")["top"] == [1, 1]


def test_a_child_of_weight_zero_is_as_good_as_absent() -> None:
    """Missing, negative or partial, it moves nothing: no score, no share, no flag, no complaint."""
    ghost = node("ghost", x=1, y=1, weight=0)
    framework = framework_of(node("top", [ghost, node("sub", z=1, w=0)]), aggregate=(Rule("geometric"),))
    panel = panel_of({"x": [5, 5], "y": [NAN, 6], "z": [20, 30], "w": [NAN, -9]})
    assert score(panel, framework)["top"] == pytest.approx([20, 30], rel=1e-12)
    assert score(panel, framework, "partial")["top"] == [False, False]
    assert score(panel, framework, "partial")["sub"] == [False, False]
    assert score(panel, framework, "weight_present")["sub"] == [1, 1]


def test_an_index_that_is_not_computed_has_rows_without_scores() -> None:
    """It has no children; its weights are an empty series, and its parent goes without it."""
    bare = node("bare", weight=1)
    framework = framework_of(node("top", [bare, node("sub", x=1, weight=3)]))
    result = aggregate_tree(panel_of({"x": [8]}), declared(framework), framework)
    rows = result.scores.set_index("index")
    assert np.isnan(rows.loc["bare", "score"])
    assert rows.loc["bare", ["weight_present", "partial"]].tolist() == [0, True]
    assert rows.loc["top", ["score", "weight_present", "partial"]].tolist() == [8, 0.75, True]
    assert result.weights["bare"].empty
    assert list(result.weights) == ["top", "bare", "sub"]


def test_weights_may_depend_on_the_scores_of_the_children() -> None:
    """The function sees the scores of the children, nodes as well, and its weights are kept."""
    framework = framework_of(node("top", [node("sub", x=1, y=1), node("side", z=1)]))
    panel = panel_of({"x": [10, 20], "y": [30, 40], "z": [50, 0]})
    chosen = {"sub": {"x": 0.25, "y": 0.75}, "side": {"z": 1.0}, "top": {"sub": 0.25, "side": 0.75}}
    seen = {}

    def weigh(code: str, children: pd.DataFrame) -> NodeWeights:
        seen[code] = children
        return NodeWeights(pd.Series(chosen[code]))

    result = aggregate_tree(panel, weigh, framework)
    assert seen["top"].to_dict("list") == {"sub": [25.0, 35.0], "side": [50.0, 0.0]}
    assert seen["top"].index.equals(panel.index)
    assert {code: weights.to_dict() for code, weights in result.weights.items()} == chosen
    assert list(result.weights) == ["top", "sub", "side"]
    assert result.scores["score"].tolist()[:2] == [0.25 * 25 + 0.75 * 50, 0.25 * 35]
    assert result.own_weights == {}


def test_weights_of_each_row_make_a_sum_that_is_not_rescaled() -> None:
    """0.5 x 100 + 0.1 x 200; b lacks a child, and c has no weights at all. The share is that of the shared weights."""
    framework = framework_of(node("top", x=1, y=1), share=0.6)
    panel = panel_of({"x": [100, 80, 5], "y": [200, NAN, 6]})
    own = pd.DataFrame({"y": [0.1, 0.9, NAN], "x": [0.5, 1.0, NAN]}, index=panel.index)
    shared = pd.Series({"x": 0.7, "y": 0.3})
    result = aggregate_tree(panel, lambda _code, _children: NodeWeights(shared, own), framework)
    assert result.scores["score"].tolist() == pytest.approx([70, 80, NAN], nan_ok=True)
    assert result.scores["weight_present"].tolist() == [1, 0.7, 1]
    pd.testing.assert_frame_equal(result.own_weights["top"], own[["x", "y"]])
    assert result.weights["top"].to_dict() == shared.to_dict()


def test_a_geometric_mean_of_a_negative_is_refused_with_its_place() -> None:
    """All nodes and children with negatives are named at once, each with its lowest score."""
    framework = framework_of(node("one", x=1, y=1), node("two", z=1), aggregate=(Rule("geometric"),))
    panel = panel_of({"x": [-1, 4, -2.5, 0], "y": [1, 1, 1, 1], "z": [1, -7, 1, 1]}, years=2)
    with pytest.raises(CannotCompute) as caught:
        score(panel, framework)
    assert [problem.found for problem in caught.value.findings] == [
        "geometric mean of a negative in one: x is -2.5 for region b in 1, and 1 more",
        "geometric mean of a negative in two: z is -7 for region a in 2",
    ]
    assert {finding.step for finding in caught.value.findings} == {"aggregate"}
    assert "0 or more" in caught.value.findings[0].expected


def test_a_negative_where_nothing_is_computed_is_no_problem() -> None:
    """Half of the weight is too little for a score, so there is none to be undefined."""
    framework = framework_of(node("top", x=1, y=1), aggregate=(Rule("geometric"),))
    found = score(panel_of({"x": [-1, 4], "y": [NAN, 9]}), framework)["top"]
    assert found == pytest.approx([NAN, 6], nan_ok=True)


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        ("geometric", "geometric mean"),
        ("harmonic", "harmonic mean"),
        ({"rule": "generalised-mean", "power": 2}, "generalised mean"),
        ({"rule": "generalised-mean", "power": 1}, ""),
        ("arithmetic", ""),
        ("weakest-link", ""),
        ("copeland", ""),
    ],
)
def test_each_mean_says_which_children_it_cannot_have(given: Any, mean: str) -> None:
    """Missing ones, zeros and those of weight 0 it can."""
    panel = panel_of({"x": [1, -6, NAN, 0], "y": [3, 4, NAN, 0], "z": [-1, -1, -1, -1]})
    framework = framework_of(node("top", x=1, y=1, z=0), aggregate=(make_rule("aggregate", given),))
    assert refused(panel, framework) == ([f"{mean} of a negative in top: x is -6 for region b in 1"] if mean else [])


def test_the_penalty_says_where_the_mean_is_not_above_zero() -> None:
    """Of b it is (3 x -6 + 2) / 4 = -4, of d 0; all zeros, missing ones and a lone positive one are fine."""
    panel = panel_of({"x": [1, -6, NAN, 1, 0, 5], "y": [3, 2, NAN, -3, 0, NAN]})
    framework = framework_of(node("top", x=3, y=1), aggregate=(make_rule("aggregate", "mazziotta-pareto"),))
    assert refused(panel, framework) == [
        "no coefficient of variation in top: the mean of its children is -4 for region b in 1, and 1 more"
    ]


def refused(panel: pd.DataFrame, framework: Framework) -> list[str]:
    """What is found where scores are refused; nothing where they are not."""
    try:
        score(panel, framework)
    except CannotCompute as error:
        return [finding.found for finding in error.findings]
    return []


def test_columns_may_come_in_any_order_and_be_more_than_the_tree_has() -> None:
    """Each indicator is found by its code."""
    framework = framework_of(node("top", x=3, y=1))
    assert score(panel_of({"unused": [7], "y": [20], "more": [8], "x": [100]}), framework)["top"] == [80]
    assert score(panel_of({"y": [20], "x": [100]}), framework)["top"] == [80]


def test_an_indicator_without_a_column_is_an_error() -> None:
    """It is not taken for another one."""
    framework = framework_of(node("top", x=1, y=1))
    with pytest.raises(KeyError, match="y"):
        score(panel_of({"x": [1], "z": [2]}), framework)


def test_effective_weights_are_products_down_the_tree() -> None:
    """X stands twice below the first index (0.25 x 0.5 + 0.75 x 1) and once, with 0.4, below the second."""
    first = node("first", [node("s", x=1, y=1), node("t", x=1, weight=3)])
    framework = framework_of(first, node("second", x=2, z=3), node("bare"))
    weights = effective_weights(declared(framework), framework)
    assert weights.index.name == "code"
    assert [(code, *row) for code, row in zip(weights.index, weights.to_numpy().tolist(), strict=True)] == [
        ("first", "first", 1.0),
        ("s", "first", 0.25),
        ("x", "first", 0.875),
        ("y", "first", 0.125),
        ("t", "first", 0.75),
        ("second", "second", 1.0),
        ("x", "second", 0.4),
        ("z", "second", 0.6),
        ("bare", "bare", 1.0),
    ]


def test_what_is_not_computed_weighs_nothing_and_the_others_share_its_weight() -> None:
    """Of 1, 1 and 2, the first is left out: 1/3 and 2/3 of the index are left for the others."""
    left_out = replace(node("s"), not_computed="no figures")
    framework = framework_of(node("top", [left_out, node("t", x=1), node("u", y=1, weight=2)]))
    weights = effective_weights(declared(framework), framework)["weight"].to_dict()
    assert weights == pytest.approx({"top": 1, "s": 0, "t": 1 / 3, "x": 1 / 3, "u": 2 / 3, "y": 2 / 3})
