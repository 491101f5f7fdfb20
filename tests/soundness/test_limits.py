"""The best and worst ranks that weights near the declared ones allow."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from regional_index.errors import LookupFailed
from regional_index.framework import Framework, Method, Node, Rule
from regional_index.soundness.limits import count_ahead, rank_limits
from regional_index.soundness.weight_box import WeightBox, greatest_mean, make_box

NAME = {"en": "any"}
seeds = st.integers(0, 10_000)
Given = tuple[pd.DataFrame, pd.DataFrame, dict[str, pd.Series], Framework]


def node(code: str, weight: float = 1.0, children: tuple[Node, ...] = (), **indicators: float) -> Node:
    return Node(code, NAME, code, code, weight, children=children, indicators=indicators)


def tree(*rules: str) -> Framework:
    """Three levels: an index of two sub-indices, one of them of two more; `a` is in two places."""
    inner = node("left", 2.0, (node("upper", 1.0, a=1, b=2), node("lower", 1.0, c=1, d=1, a=1)))
    top = node("top", 1.0, (inner, node("right", 1.0, e=1, f=1, g=0)))
    method = Method(aggregate=tuple(Rule(rule) for rule in rules or ("arithmetic",)))
    return Framework(NAME, "first", 2030, (2030,), method, (), (), (top,), {})


def scores_of(
    leaves: pd.DataFrame,
    weights: dict[str, pd.Series],
    framework: Framework,
    least: float,
    scored: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Arithmetic means from the bottom up, where at least a share of the weight is there, or where it is said."""
    made = leaves.copy()
    for code in reversed(list(framework.nodes)):
        family = made[weights[code].index]
        share = (family.notna() * weights[code]).sum(axis=1)
        enough = share >= least if scored is None else scored[code]
        made[code] = ((family.fillna(0) * weights[code]).sum(axis=1) / share).where(enough)
    return made[list(framework.nodes)]


def given_data(seed: int, regions: int = 8, gaps: float = 0.0, framework: Framework | None = None) -> Given:
    framework = framework or tree()
    random = np.random.default_rng(seed)
    codes = list(framework.used_indicators)
    shape = (regions, len(codes))
    values = np.where(random.random(shape) < gaps, np.nan, random.uniform(20, 80, shape))
    leaves = pd.DataFrame(values, [f"r{number}" for number in range(regions)], codes)
    declared = {code: pd.Series(one.child_weights, dtype=float) for code, one in framework.nodes.items()}
    weights = {code: series / series.sum() for code, series in declared.items()}
    return leaves, scores_of(leaves, weights, framework, 0.5), weights, framework


def shaken(weights: dict[str, pd.Series], width: float, random: np.random.Generator) -> dict[str, pd.Series]:
    """Weights anywhere in the box or at its corners, rescaled in each family."""
    found = {}
    for code, series in weights.items():
        noise = random.uniform(-1, 1, len(series)) if random.random() < 0.5 else random.choice([-1.0, 1.0], len(series))
        moved = series * (1 + width * noise)
        found[code] = moved / moved.sum()
    return found


def rank_of(scores: pd.Series) -> pd.Series:
    return scores.round(9).rank(method="min", ascending=False)


def test_limits_of_two_indicators_by_hand() -> None:
    """Weights 1/2 within a half: shares from 1/4 to 3/4. 80 and 20 against 40 and 50: level at 3/7; 10, 10 is last."""
    framework = Framework(NAME, "first", 2030, (2030,), Method(), (), (), (node("top", a=1, b=1),), {})
    leaves = pd.DataFrame({"a": [80.0, 40, 10], "b": [20.0, 50, 10]}, ["x", "y", "z"])
    weights = {"top": pd.Series({"a": 0.5, "b": 0.5})}
    scores = pd.DataFrame({"top": leaves.mean(axis=1)})
    found = rank_limits(leaves, scores, weights, framework, "top", width=0.5)
    table = found.set_index("region")
    assert table.loc["x", ["rank", "best", "worst"]].tolist() == [1, 1, 2]
    assert table.loc["y", ["rank", "best", "worst"]].tolist() == [2, 1, 2]
    assert table.loc["z", ["rank", "best", "worst"]].tolist() == [3, 3, 3]
    assert table["exact"].all()
    # Shares from 9/20 to 11/20 do not reach 3/7.
    narrow = rank_limits(leaves, scores, weights, framework, "top", width=0.1).set_index("region")
    assert narrow.loc["x", ["best", "worst"]].tolist() == [1, 1]


@settings(max_examples=6)
@given(seeds, st.sampled_from([0.0, 0.1, 0.25]), st.sampled_from([0.1, 0.4, 0.95]))
def test_no_weights_in_the_box_surpass_the_limits(seed: int, gaps: float, width: float) -> None:
    leaves, scores, weights, framework = given_data(seed, gaps=gaps)
    table = rank_limits(leaves, scores, weights, framework, "top", width=width).set_index("region")
    pd.testing.assert_series_equal(table["rank"], rank_of(scores["top"].dropna()), check_names=False, check_dtype=False)
    random = np.random.default_rng(seed)
    for _ in range(20):
        made = scores_of(leaves, shaken(weights, width, random), framework, 0.0, scores.notna())
        ranks = rank_of(made["top"].loc[table.index])
        assert (ranks >= table["best"]).all()
        assert (ranks <= table["worst"]).all()
    assert (table["best"] <= table["best_found"]).all()
    assert (table["best_found"] <= table["rank"]).all()
    assert (table["worst"] >= table["worst_found"]).all()
    assert (table["worst_found"] >= table["rank"]).all()


@settings(max_examples=6)
@given(seeds)
def test_limits_are_those_of_a_fine_grid(seed: int) -> None:
    """Three children of one node: every combination of weights in steps of a fortieth of the box."""
    framework = Framework(NAME, "first", 2030, (2030,), Method(), (), (), (node("top", a=1, b=2, c=1),), {})
    leaves, scores, weights, _ = given_data(seed, regions=7, framework=framework)
    table = rank_limits(leaves, scores, weights, framework, "top", width=0.5)
    steps = np.array(list(product(np.linspace(0.5, 1.5, 41), repeat=3))) * weights["top"].to_numpy()
    made = (steps / steps.sum(axis=1, keepdims=True)) @ leaves.to_numpy().T
    ranks = pd.DataFrame(made).round(9).rank(axis=1, method="min", ascending=False)
    assert table["exact"].all()
    assert (table["best"].to_numpy() <= ranks.min().to_numpy()).all()
    assert (table["worst"].to_numpy() >= ranks.max().to_numpy()).all()
    # A grid may step over a narrow place, seldom and never far.
    assert (table["worst"] - table["best"] - (ranks.max() - ranks.min())).sum() <= 2


def test_limits_are_exact_where_all_lack_the_same() -> None:
    """A child that no region has is no gap, nor is a sub-index without scores."""
    leaves, _, weights, framework = given_data(5, regions=6)
    leaves["b"] = np.nan
    leaves[["e", "f", "g"]] = np.nan
    scores = scores_of(leaves, weights, framework, 0.3)
    assert rank_limits(leaves, scores, weights, framework, "top", width=0.4)["exact"].all()


def test_the_order_of_regions_does_not_matter() -> None:
    leaves, scores, weights, framework = given_data(3, gaps=0.1)
    found = rank_limits(leaves, scores, weights, framework, "top", width=0.3)
    turned = rank_limits(leaves[::-1], scores[::-1], weights, framework, "top", width=0.3)
    columns = ["region", "rank", "best", "worst"]
    pd.testing.assert_frame_equal(found[columns], turned[columns][::-1].reset_index(drop=True))


def test_regions_without_a_score_are_not_ranked() -> None:
    leaves, scores, weights, framework = given_data(5)
    scores.loc["r3", "top"] = np.nan
    table = rank_limits(leaves, scores, weights, framework, "top", width=0.3)
    assert "r3" not in set(table["region"])
    assert table["worst"].max() <= 7
    none = rank_limits(leaves, scores.assign(top=np.nan), weights, framework, "top", width=0.3)
    assert none.empty


def test_a_child_without_weight_is_as_good_as_absent() -> None:
    leaves, scores, weights, framework = given_data(6)
    with_gaps = leaves.assign(g=np.nan)
    pd.testing.assert_frame_equal(
        rank_limits(leaves, scores, weights, framework, "top", width=0.3),
        rank_limits(with_gaps, scores, weights, framework, "top", width=0.3),
    )


def test_other_means_vary_the_weights_of_their_own_children() -> None:
    """Geometric at the top: what is below does not follow weights in a straight line, so it stays."""
    leaves, scores, weights, _ = given_data(7)
    framework = tree("geometric", "arithmetic")
    shares = weights["top"]
    scores["top"] = np.exp(np.log(scores[["left", "right"]]) @ shares)
    found = rank_limits(leaves, scores, weights, framework, "top", width=0.5)
    assert found["exact"].all()
    table = found.set_index("region")
    for noise in product(np.linspace(-0.5, 0.5, 11), repeat=2):
        moved = shares * (1 + np.array(noise))
        ranks = rank_of(np.exp(np.log(scores[["left", "right"]]) @ (moved / moved.sum())))
        assert ((ranks >= table["best"]) & (ranks <= table["worst"])).all()


def test_a_zero_in_a_geometric_mean_is_last_whatever_the_weights() -> None:
    framework = Framework(
        NAME, "first", 2030, (2030,), Method(aggregate=(Rule("geometric"),)), (), (), (node("top", a=1, b=1),), {}
    )
    leaves = pd.DataFrame({"a": [80.0, 0, 10, 0], "b": [20.0, 90, 10, 5]}, list("wxyz"))
    scores = pd.DataFrame({"top": np.sqrt(leaves["a"] * leaves["b"])})
    weights = {"top": pd.Series({"a": 0.5, "b": 0.5})}
    table = rank_limits(leaves, scores, weights, framework, "top", width=0.5)
    assert table[["rank", "best", "worst"]].to_numpy().tolist() == [[1, 1, 1], [3, 3, 3], [2, 2, 2], [3, 3, 3]]


def test_rules_without_straight_lines_are_refused() -> None:
    leaves, scores, weights, _ = given_data(8)
    with pytest.raises(LookupFailed, match="copeland"):
        rank_limits(leaves, scores, weights, tree("copeland"), "top", width=0.3)
    with pytest.raises(ValueError, match=r"width -0\.1"):
        rank_limits(leaves, scores, weights, tree(), "top", width=-0.1)


@given(seeds)
def test_the_greatest_mean_is_that_of_a_linear_programme(seed: int) -> None:
    """With t the scale of the weights, maximise w x under sum w = 1 and least t <= w <= most t."""
    random = np.random.default_rng(seed)
    values, least = random.random(5), random.random(5)
    most = least + random.random(5)
    identity = np.eye(5)
    rows = np.vstack([np.column_stack([identity, -most]), np.column_stack([-identity, least])])
    bound = linprog(-np.r_[values, 0], rows, np.zeros(10), [[1, 1, 1, 1, 1, 0]], [1])
    assert greatest_mean(values[None, :], least, most)[0] == pytest.approx(-bound.fun, abs=1e-9)


def test_what_fills_a_gap_gives_the_score_of_what_is_there() -> None:
    """Between the least and greatest filling lies the mean over the parts present, whatever the weights."""
    leaves, scores, weights, framework = given_data(9, regions=20, gaps=0.25)
    box, ways = make_box(framework, weights, "top", 0.4)
    assert [way[-1] for way in ways].count("a") == 2
    values = np.column_stack([leaves[way[-1]].where(scores[list(way[:-1])].notna().all(axis=1)) for way in ways])[
        scores["top"].notna()
    ]
    low, high = box.fill(values)
    random = np.random.default_rng(0).random((300, len(box.parent)))
    draws = box.least + random * (box.most - box.least)
    there = box.scores(values, draws)
    assert (box.scores(low, draws) <= there + 1e-9).all()
    assert (box.scores(high, draws) >= there - 1e-9).all()
    least, greatest = box.ranges(values, values)
    assert ((there >= least[:, 0] - 1e-9) & (there <= greatest[:, 0] + 1e-9)).all()


def test_programmes_count_who_can_be_ahead() -> None:
    """Shares of 1/4 to 3/4 and leads of (1, -1), (-1, 1), (1, -5): level at half, ahead one at a time."""
    box = WeightBox(np.array([-1, 0, 0]), *(np.array([1.0, share, share]) for share in (0.5, 0.25, 0.75)))
    leads = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, -5.0]])
    assert count_ahead(box, leads, most=False)[0] == 0
    assert count_ahead(box, leads, most=True)[0] == 1
    assert count_ahead(box, leads[:1], most=True)[1][1:].tolist() != [0.5, 0.5]
    assert count_ahead(box, leads + 0.1, most=False)[0] == 1
