"""The smallest changes of weights that make two neighbours change places."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.errors import DataError, LookupFailed
from regional_index.framework import Rule
from regional_index.soundness.flips import flip_neighbours, order_values, smallest_flip

ARITHMETIC = Rule("arithmetic")
MEANS = [ARITHMETIC, Rule("geometric"), Rule("harmonic")] + [Rule("generalised-mean", {"power": p}) for p in (-2, 0, 3)]
seeds = st.integers(0, 10_000)


def mean_of(values: np.ndarray, weights: np.ndarray, rule: Rule) -> float:
    """The mean as it is defined, over the children present."""
    there = ~np.isnan(values) & (weights > 0)
    x, w = values[there], weights[there] / weights[there].sum()
    power = rule.options.get("power", {"arithmetic": 1, "geometric": 0, "harmonic": -1}.get(rule.name))
    return float(np.exp(w @ np.log(x)) if power == 0 else (w @ x**power) ** (1 / power))


def nearest_by_faces(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The nearest weights by trying every set of children with weight; second is behind."""
    difference, best = second - first, None
    for size in range(1, len(weights) + 1):
        for face in map(list, combinations(range(len(weights)), size)):
            rows = np.vstack([np.ones(size), difference[face]])
            gap = np.array([1.0, 0.0]) - rows @ weights[face]
            point = np.zeros(len(weights))
            point[face] = weights[face] + np.linalg.pinv(rows) @ gap
            allowed = (point >= -1e-12).all() and np.allclose(rows @ point[face], [1, 0], atol=1e-10)
            if allowed and (best is None or np.linalg.norm(point - weights) < np.linalg.norm(best - weights)):
                best = point
    return best


def test_a_flip_of_three_children_by_hand() -> None:
    """Behind by 3, level, ahead by 1: from thirds along (-7, 2, 5) until 3a = c, 1/39 of it."""
    flip = smallest_flip(np.array([3.0, 0, 0]), np.array([0.0, 0, 1]), np.full(3, 1 / 3))
    assert flip is not None
    assert flip.tolist() == pytest.approx([6 / 39, 15 / 39, 18 / 39], abs=1e-12)


def test_one_that_is_as_good_everywhere_is_never_behind() -> None:
    weights = np.array([0.5, 0.5])
    assert smallest_flip(np.array([3.0, 2]), np.array([1.0, 2]), weights) is None
    assert smallest_flip(np.array([0.1 + 0.2, 2]), np.array([0.3, 1]), weights) is None
    assert smallest_flip(np.array([3.0, 2]), np.array([1.0, np.nan]), weights) is None


@given(seeds, st.integers(2, 6))
def test_flips_are_the_nearest_of_all_faces(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 6, (2, count)).astype(float)
    weights = random.dirichlet(np.ones(count))
    if (second - first) @ weights >= 0:
        first, second = second, first
    flip = smallest_flip(first, second, weights)
    if (second - first) @ weights >= 0:
        assert flip is not None
        assert flip.tolist() == weights.tolist()
        return
    expected = nearest_by_faces(first, second, weights) if (second > first).any() else None
    assert (flip is None) == (expected is None)
    if flip is not None and expected is not None:
        assert flip == pytest.approx(expected, abs=1e-9)
        assert (flip >= 0).all()
        assert flip.sum() == pytest.approx(1, abs=1e-12)
        assert (second - first) @ flip == pytest.approx(0, abs=1e-9)


def test_many_children_are_no_obstacle() -> None:
    random = np.random.default_rng(0)
    first, second, weights = random.random(200) + 0.05, random.random(200), random.dirichlet(np.ones(200))
    flip = smallest_flip(first, second, weights)
    assert flip is not None
    assert (second - first) @ flip == pytest.approx(0, abs=1e-12)
    # Where the nearest point is: moved along the difference and the sum alone, or down to zero.
    moved = flip > 0
    rows = np.column_stack([np.ones(moved.sum()), (second - first)[moved]])
    change = (flip - weights)[moved]
    factors, *_ = np.linalg.lstsq(rows, change, rcond=None)
    assert rows @ factors == pytest.approx(change, abs=1e-10)
    assert (weights + factors[0] + factors[1] * (second - first))[~moved].max() <= 1e-10


@pytest.mark.parametrize("rule", MEANS, ids=str)
def test_regions_are_level_by_the_mean_itself(rule: Rule) -> None:
    random = np.random.default_rng(7)
    children = pd.DataFrame(random.uniform(1, 100, (6, 3)), list("uvwxyz"), list("abc"))
    weights = pd.Series([2.0, 1, 1], list("abc"))
    scores = children.apply(lambda row: mean_of(row.to_numpy(), weights.to_numpy(), rule), axis=1)
    table = flip_neighbours(children, weights, rule, scores)
    assert table["first"].tolist() == scores.sort_values(ascending=False).index[:-1].tolist()
    assert table["possible"].any()
    for row in table[table["possible"]].to_dict("records"):
        new = np.array([row[f"weight_{code}"] for code in "abc"])
        one, two = (mean_of(children.loc[row[side]].to_numpy(), new, rule) for side in ("first", "second"))
        assert one == pytest.approx(two, rel=1e-9)


@pytest.mark.parametrize("rule", MEANS, ids=str)
def test_order_values_put_regions_in_the_order_of_the_mean(rule: Rule) -> None:
    random = np.random.default_rng(8)
    values, weights = random.uniform(1, 9, (40, 4)), random.dirichlet(np.ones(4))
    means = [mean_of(row, weights, rule) for row in values]
    assert np.argsort(order_values(values, rule) @ weights).tolist() == np.argsort(means).tolist()


def test_neighbours_are_told_with_their_weights() -> None:
    """North 3, south 2, east 1.5; north and south are level where 6w = w + 3(1 - w), at w = 3/8."""
    children = pd.DataFrame({"a": [6.0, 1.0, 0.0], "b": [0.0, 3.0, 3.0]}, ["north", "south", "east"])
    scores = children.mean(axis=1)
    table = flip_neighbours(children, pd.Series({"a": 1.0, "b": 1.0}), ARITHMETIC, scores)
    first, second = table.to_dict("records")
    assert (first["first"], first["second"], first["gap"]) == ("north", "south", 1.0)
    assert [first["weight_a"], first["weight_b"]] == pytest.approx([0.375, 0.625])
    assert [first["distance"], first["largest_change"]] == pytest.approx([0.125 * 2**0.5, 0.125])
    assert (first["raised"], first["lowered"], first["possible"], first["exact"]) == ("b", "a", True, True)
    assert (second["first"], second["second"], second["possible"]) == ("south", "east", False)
    assert np.isnan(second["distance"])


def test_ties_need_no_change_and_regions_without_a_score_are_left_out() -> None:
    children = pd.DataFrame({"a": [2.0, 0.0, np.nan], "b": [0.0, 2.0, 9.0]}, ["x", "y", "z"])
    scores = pd.Series([1.0, 1.0, np.nan], children.index)
    table = flip_neighbours(children, pd.Series({"a": 1.0, "b": 1.0}), ARITHMETIC, scores)
    assert table[["first", "second", "distance", "raised", "lowered"]].to_numpy().tolist() == [["x", "y", 0.0, "", ""]]


def test_a_child_without_weight_stays_absent() -> None:
    """Only c could turn them, and it does not count."""
    children = pd.DataFrame({"a": [2.0, 1], "b": [2.0, 1], "c": [0.0, 99]}, ["x", "y"])
    weights = pd.Series({"a": 1.0, "b": 1.0, "c": 0.0})
    scores = pd.Series({"x": 2.0, "y": 1.0})
    with_c = flip_neighbours(children, weights, ARITHMETIC, scores)
    assert with_c["possible"].tolist() == [False]
    children.loc["y", ["a", "c"]] = [5.0, np.nan]
    scores["x"] = 4.0
    children.loc["x", "b"] = 6.0
    without = flip_neighbours(children[["a", "b"]], weights[["a", "b"]], ARITHMETIC, scores)
    with_c = flip_neighbours(children, weights, ARITHMETIC, scores)
    assert with_c["distance"].tolist() == without["distance"].tolist()
    assert with_c["exact"].all()


def test_a_zero_in_a_geometric_mean_has_to_lose_its_weight() -> None:
    """y is zero as long as b counts. Without b its 9 beats 4; 5 and 5 are level with 4 and 20 where a/c says so."""
    children = pd.DataFrame({"a": [4.0, 9], "b": [4.0, 0], "c": [4.0, 9]}, ["x", "y"])
    scores = pd.Series({"x": 4.0, "y": 0.0})
    (row,) = flip_neighbours(children, pd.Series(1.0, list("abc")), Rule("geometric"), scores).to_dict("records")
    assert [row[f"weight_{code}"] for code in "abc"] == pytest.approx([0.5, 0, 0.5])
    children.loc["x"] = [4.0, 4, 20]
    children.loc["y"] = [5.0, 0, 5]
    (row,) = flip_neighbours(children, pd.Series(1.0, list("abc")), Rule("geometric"), scores).to_dict("records")
    assert row["weight_b"] == 0
    assert row["weight_a"] * np.log(5 / 4) == pytest.approx(row["weight_c"] * np.log(4))


def test_two_regions_that_lack_the_same_child_are_still_solved() -> None:
    """6w = 2v within half of the weight, and b may take up what helps."""
    first, second = np.array([6.0, 0, np.nan]), np.array([0.0, 2, np.nan])
    weights = np.full(3, 1 / 3)
    flip = smallest_flip(first, second, weights)
    assert flip is not None
    assert 6 * flip[0] == pytest.approx(2 * flip[1])
    grid = np.random.default_rng(0).dirichlet(np.ones(3), 50_000)
    turned = grid[2 * grid[:, 1] >= 6 * grid[:, 0]]
    assert np.linalg.norm(flip - weights) <= np.linalg.norm(turned - weights, axis=1).min()


@settings(max_examples=8)
@given(seeds)
def test_regions_with_different_children_are_brought_level(seed: int) -> None:
    """No weights of a fine sample are nearer than those found."""
    random = np.random.default_rng(seed)
    first, second = random.uniform(0, 10, 3), random.uniform(0, 10, 3)
    second[random.integers(3)] = np.nan
    weights = random.dirichlet(np.full(3, 4.0))
    if mean_of(second, weights, ARITHMETIC) > mean_of(first, weights, ARITHMETIC):
        first, second = second, first
    flip = smallest_flip(first, second, weights)
    sample = np.vstack([random.dirichlet(np.ones(3), 3000), random.dirichlet(100 * weights + 0.1, 3000)])
    one, two = (sample @ np.nan_to_num(side) / (sample @ ~np.isnan(side)) for side in (first, second))
    turned = sample[two >= one]
    if flip is None:
        assert not len(turned)
        return
    assert mean_of(first, flip, ARITHMETIC) == pytest.approx(mean_of(second, flip, ARITHMETIC), abs=1e-7)
    assert flip.sum() == pytest.approx(1)
    assert (flip >= 0).all()
    assert np.linalg.norm(flip - weights) <= np.linalg.norm(turned - weights, axis=1).min(initial=np.inf) + 1e-6


def test_rules_that_are_no_means_have_no_flips() -> None:
    for name in ("copeland", "weakest-link", "mazziotta-pareto"):
        with pytest.raises(LookupFailed, match=name):
            order_values(np.ones((2, 2)), Rule(name))


def test_a_negative_child_of_a_geometric_mean_is_refused() -> None:
    with pytest.raises(DataError, match="geometric of -1"):
        order_values(np.array([[2.0, -1.0]]), Rule("geometric"))
    assert order_values(np.array([-1.0]), ARITHMETIC).tolist() == [-1.0]
