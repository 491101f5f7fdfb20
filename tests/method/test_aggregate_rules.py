"""The rules of aggregation on arrays: worked numbers, SciPy, and properties that hold for any children."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from regional_index.method.rules.aggregate import AGGREGATE

NAN = np.nan
RULES = [
    ("arithmetic", {}),
    ("geometric", {}),
    ("harmonic", {}),
    ("generalised-mean", {"power": 0.5}),
    ("weakest-link", {}),
    ("mazziotta-pareto", {"penalty": "downward"}),
    ("copeland", {}),
]
assert {name for name, _ in RULES} == set(AGGREGATE), "a new rule needs a line above"
# These are run for every rule.
few_examples = settings(max_examples=25)
POWERS = st.sampled_from([-400.0, -3.0, -1.0, -0.5, -1e-4, 0.0, 1e-4, 0.5, 1.0, 2.0, 7.0, 400.0])
scores = st.floats(0.01, 100)
weights_of_children = st.floats(0.01, 10)


def aggregate(
    name: str, children: Sequence[Sequence[float]], weights: Sequence[float], years: int = 1, **options: object
) -> np.ndarray:
    """One draw: the children and weights as plain lists."""
    arrays = [np.array([child], dtype=float) for child in children]
    return AGGREGATE[name].function(arrays, np.array([weights], dtype=float), years=years, **options)[0]


@st.composite
def tables(draw: st.DrawFn, gaps: bool = True, least_regions: int = 1) -> tuple[list[list[float]], list[float]]:
    """Children (a list over the regions each) and their weights; every child may be missing anywhere."""
    regions = draw(st.integers(least_regions, 6))
    cell = scores | st.just(NAN) if gaps else scores
    children = draw(st.lists(st.lists(cell, min_size=regions, max_size=regions), min_size=1, max_size=5))
    weights = draw(st.lists(weights_of_children, min_size=len(children), max_size=len(children)))
    return children, weights


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("arithmetic", {}, 7.0),  # (3 x 4 + 1 x 16) / 4
        ("geometric", {}, 5.656854249492381),  # (4^3 x 16)^(1/4) = 2^(5/2)
        ("harmonic", {}, 4.923076923076923),  # 4 / (3/4 + 1/16) = 64/13
        ("generalised-mean", {"power": 0.5}, 6.25),  # ((3 x 2 + 4) / 4)^2
        ("generalised-mean", {"power": 2.0}, 8.717797887081348),  # sqrt((3 x 16 + 256) / 4) = sqrt(76)
        ("weakest-link", {}, 4.0),
        ("mazziotta-pareto", {"penalty": "downward"}, 7 - 27 / 7),  # variance (3 x 9 + 81) / 4 = 27
        ("mazziotta-pareto", {"penalty": "upward"}, 7 + 27 / 7),
    ],
)
def test_every_rule_gives_the_number_worked_out_by_hand(name: str, options: dict[str, object], expected: float) -> None:
    """Children 4 and 16 with weights 3 and 1; a third child is missing and must not be seen."""
    assert aggregate(name, [[4], [NAN], [16]], [3, 5, 1], **options) == pytest.approx([expected], rel=1e-12)


@given(tables(), POWERS.filter(lambda power: abs(power) < 10))
def test_means_over_the_children_present_are_those_of_scipy(
    table: tuple[list[list[float]], list[float]], power: float
) -> None:
    """`scipy.stats.pmean` of what is there, its weights as they are: the mean rescales them, to any power."""
    children, weights = np.array(table[0]), np.array(table[1])
    found = aggregate("generalised-mean", *table, power=power)
    # Near 0, SciPy's own formula loses digits.
    tolerance = 1e-6 if 0 < abs(power) < 0.01 else 1e-9
    for score, column in zip(found, children.T, strict=True):
        present = ~np.isnan(column)
        expected = stats.pmean(column[present], power, weights=weights[present]) if present.any() else NAN
        assert score == pytest.approx(expected, rel=tolerance, nan_ok=True)


@pytest.mark.parametrize(("name", "options"), RULES)
def test_nothing_present_gives_nothing(name: str, options: dict[str, object]) -> None:
    """Neither 0 nor infinity: missing, whether the child is missing or its weight 0."""
    found = aggregate(name, [[NAN, 5.0, NAN], [NAN, 5.0, 7.0]], [1.0, 0.0], **options)
    assert np.isnan(found).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("geometric", {}),
        ("harmonic", {}),
        ("generalised-mean", {"power": -2.0}),
        ("generalised-mean", {"power": -0.001}),
        ("generalised-mean", {"power": -500.0}),
        ("weakest-link", {}),
    ],
)
def test_a_child_of_zero_makes_these_means_zero(name: str, options: dict[str, object]) -> None:
    """So they do in the limit; but not a child whose weight is 0."""
    assert aggregate(name, [[0.0, 3.0], [50.0, 3.0]], [1, 1], **options)[0] == 0.0
    assert aggregate(name, [[0.0, 3.0], [50.0, 3.0]], [0, 1], **options) == pytest.approx([50.0, 3.0])
    both = [np.array([[0.0, 3.0]]), np.array([[50.0, 3.0]])]
    drawn = AGGREGATE[name].function(both, np.array([[1.0, 1.0], [0.0, 1.0]]), years=1, **options)
    assert drawn == pytest.approx(np.array([[0.0, 3.0], [50.0, 3.0]]))


@pytest.mark.parametrize("power", [-500.0, -2.0, -1.0, -0.001, 0.0, 0.001, 0.5, 2.0, 500.0])
def test_a_mean_that_a_negative_child_has_not_is_missing_in_draws(power: float) -> None:
    """Powers of a negative number are not defined, or lose its sign; without weight it does no harm."""
    children = [np.array([[-3.0, 5.0]]), np.array([[2.0, 5.0]])]
    found = AGGREGATE["generalised-mean"].function(children, np.array([[1.0, 1.0], [0.0, 1.0]]), years=1, power=power)
    assert np.isnan(found[0, 0])
    assert [found[0, 1], *found[1]] == pytest.approx([5.0, 2.0, 5.0])
    assert np.isnan(aggregate("generalised-mean", [[-3.0], [2.0]], [1, 1], power=power)[0])


def test_great_powers_neither_overflow_nor_vanish() -> None:
    """99^500 is no floating-point number; the mean of 0.01 and 0.02 to such a power still is about the greater."""
    found = aggregate("generalised-mean", [[99.0, 0.01, 0.0], [98.0, 0.02, 0.0]], [1, 1], power=500.0)
    half = 0.5 ** (1 / 500)
    assert found == pytest.approx([99 * half * (1 + (98 / 99) ** 500) ** (1 / 500), 0.02 * half, 0.0], rel=1e-12)
    assert aggregate("generalised-mean", [[99.0], [1e-9]], [1, 1], power=-500.0) == pytest.approx([1e-9 / half])


def test_the_penalty_is_zero_for_balance_and_has_no_value_without_a_mean_above_zero() -> None:
    """All children 0 are balanced; children whose mean is 0 or below have no coefficient of variation."""
    found = aggregate("mazziotta-pareto", [[0.0, 8.0, -1.0, -5.0], [0.0, 8.0, 1.0, -5.0]], [1, 1], penalty="downward")
    assert found[:2].tolist() == [0.0, 8.0]
    assert np.isnan(found[2:]).all()


@given(tables(), POWERS)
def test_a_mean_lies_between_its_least_and_greatest_child(
    table: tuple[list[list[float]], list[float]], power: float
) -> None:
    """Over the children present, whatever the weights; so does the weakest link."""
    for found in (aggregate("generalised-mean", *table, power=power), aggregate("weakest-link", *table)):
        for k, score in enumerate(found):
            present = [child[k] for child in table[0] if not np.isnan(child[k])]
            assert np.isnan(score) if not present else min(present) * (1 - 1e-9) <= score <= max(present) * (1 + 1e-9)


@few_examples
@given(tables(gaps=False), st.floats(0, 50), st.data())
@pytest.mark.parametrize(("name", "options"), [rule for rule in RULES if rule[0] != "mazziotta-pareto"])
def test_a_score_never_falls_when_a_child_rises(
    name: str,
    options: dict[str, object],
    table: tuple[list[list[float]], list[float]],
    rise: float,
    data: st.DataObject,
) -> None:
    """In each child, all else being equal. The penalty for imbalance alone can outweigh a rise."""
    children, weights = table
    risen = [list(child) for child in children]
    risen[data.draw(st.integers(0, len(children) - 1))][0] += rise
    before, after = aggregate(name, children, weights, **options)[0], aggregate(name, risen, weights, **options)[0]
    assert after >= before - 1e-9 * max(abs(before), 1)


@given(tables())
def test_harmonic_is_at_most_geometric_is_at_most_arithmetic(table: tuple[list[list[float]], list[float]]) -> None:
    """The less a high child makes up for a low one, the lower the score; the weakest link lets none do so."""
    found = [aggregate(name, *table) for name in ("weakest-link", "harmonic", "geometric", "arithmetic")]
    for lower, higher in pairwise(found):
        present = ~np.isnan(higher)
        assert (lower[present] <= higher[present] * (1 + 1e-9)).all()


@given(tables())
def test_the_generalised_mean_of_power_1_0_and_minus_1_is_the_mean_of_that_name(
    table: tuple[list[list[float]], list[float]],
) -> None:
    """And it nears the geometric mean as the power nears 0."""
    for power, name in [(1, "arithmetic"), (0, "geometric"), (-1, "harmonic")]:
        np.testing.assert_array_equal(aggregate("generalised-mean", *table, power=power), aggregate(name, *table))
    near = aggregate("generalised-mean", *table, power=1e-10)
    np.testing.assert_allclose(near, aggregate("geometric", *table), rtol=1e-8)


@few_examples
@given(st.data())
@pytest.mark.parametrize("power", [-500.0, -0.001, 3.0])
@pytest.mark.parametrize("drawn_children", [False, True])
def test_many_draws_at_once_are_the_single_draws(drawn_children: bool, power: float, data: st.DataObject) -> None:
    """With children that are the same in all draws, and with such as differ from draw to draw."""
    draws, regions, years = data.draw(st.integers(2, 4)), data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    random = np.random.default_rng(data.draw(st.integers(0, 999)))
    count = int(random.integers(1, 5))
    children = [
        random.integers(0, 5, ((draws if drawn_children and k % 2 else 1), regions * years)) for k in range(count)
    ]
    children = [np.where(random.random(child.shape) < 0.2, NAN, child) for child in children]
    weights = random.random((draws, count)) * (random.random((draws, count)) < 0.8)
    for name, options in [*RULES, ("generalised-mean", {"power": power})]:
        found = AGGREGATE[name].function(children, weights, years=years, **options)
        assert found.shape == (draws, regions * years)
        for draw in range(draws):
            own = [child[draw % len(child)][None] for child in children]
            single = AGGREGATE[name].function(own, weights[draw][None], years=years, **options)[0]
            np.testing.assert_allclose(found[draw], single, rtol=1e-9, atol=1e-9)


@few_examples
@given(tables(), st.lists(scores, min_size=6, max_size=6), st.integers(0, 5), st.floats(0.1, 10))
@pytest.mark.parametrize(("name", "options"), RULES)
def test_what_holds_for_every_rule(
    name: str,
    options: dict[str, object],
    table: tuple[list[list[float]], list[float]],
    other: list[float],
    place: int,
    scale: float,
) -> None:
    """A child of weight 0 counts as absent; weights count in proportion; order and unit do not matter."""
    children, weights = table
    found, regions = aggregate(name, children, weights, **options), len(children[0])
    more, padded = list(children), list(weights)
    more.insert(place, other[:regions])
    padded.insert(place, 0.0)
    np.testing.assert_allclose(aggregate(name, more, padded, **options), found, rtol=1e-12)
    rescaled = aggregate(name, children, [weight * scale for weight in weights], **options)
    np.testing.assert_allclose(rescaled, found, rtol=1e-9, atol=1e-9)
    turned = aggregate(name, [child[::-1] for child in children], weights, **options)
    np.testing.assert_array_equal(turned, found[::-1])
    in_unit = aggregate(name, [[cell * scale for cell in child] for child in children], weights, **options)
    factor = 1 if AGGREGATE[name].compares else scale
    np.testing.assert_allclose(in_unit, found * factor, rtol=1e-9, atol=1e-9)
