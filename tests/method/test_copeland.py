"""Copeland's rule against pairs counted one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.method.rules import copeland
from regional_index.method.rules.copeland import aggregate_copeland

NAN = np.nan


def count_pairs(table: np.ndarray, weights: np.ndarray) -> list[float]:
    """Regions x children, by the definition: every pair by itself."""
    result = []
    for own in table:
        outcome = 0
        for other in table:
            both = ~np.isnan(own) & ~np.isnan(other) & (weights > 0)
            if both.any():
                above = weights[both & (own > other)].sum() + weights[both & (own == other)].sum() / 2
                lead = above / weights[both].sum() - 0.5
                outcome += int(lead > 1e-12) - int(lead < -1e-12)
        result.append(outcome if (~np.isnan(own) & (weights > 0)).any() else NAN)
    return result


def compare(table: list[list[float]], weights: list[float], years: int = 1) -> list[float]:
    """Rows of regions (and years) as plain lists."""
    children = [column[None] for column in np.array(table, dtype=float).T]
    return aggregate_copeland(children, np.array([weights], dtype=float), years=years)[0].tolist()


def test_victories_less_defeats_worked_out_by_hand() -> None:
    """North is above South by 0.6, South above East by 0.6, East and North share 0.4 and 0.6."""
    table = [[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]]
    assert compare(table, [0.6, 0.4]) == [2.0, 0.0, -2.0]
    assert compare(table, [0.5, 0.5]) == [0.0, 0.0, 0.0]


def test_a_pair_without_a_common_child_counts_for_neither() -> None:
    """North has the first child only, East the second; South is below both."""
    assert compare([[9.0, NAN], [1.0, 1.0], [NAN, 2.0]], [0.5, 0.5]) == [1.0, -2.0, 1.0]


def test_weights_are_rescaled_over_what_both_have() -> None:
    """A lead in the only common child is a victory, even if that child has a tenth of the weight."""
    assert compare([[5.0, NAN], [4.0, 9.0]], [0.1, 0.9]) == [1.0, -1.0]


def test_equal_children_count_half() -> None:
    """0.4 + 0.3 / 2 = 0.55 is above one half."""
    assert compare([[2.0, 1.0, 1.0], [1.0, 1.0, 2.0]], [0.4, 0.3, 0.3]) == [1.0, -1.0]


def test_last_bits_of_sums_of_weights_decide_nothing() -> None:
    """0.1 + 0.2 is a little more than 0.3, and 7 x 0.1 a little less than 0.7."""
    assert 0.1 + 0.2 - 0.3 != 0
    assert compare([[2.0, 2.0, 1.0], [1.0, 1.0, 2.0]], [0.1, 0.2, 0.3]) == [0.0, 0.0]
    assert compare([[1.0, *[2.0] * 7], [2.0, *[1.0] * 7]], [0.7, *[0.1] * 7]) == [0.0, 0.0]


def test_a_small_lead_that_is_real_decides() -> None:
    """1e-9 of the weight is a thousand times the tolerance, beside a tie that is none but for the last bits, too."""
    assert compare([[2.0, 1.0], [1.0, 2.0]], [0.5 + 1e-9, 0.5 - 1e-9]) == [1.0, -1.0]
    table = [[2.0, 2.0, 1.0, 2.0], [1.0, 1.0, 2.0, 2.0], [2.0, 2.0, 1.0, 1.0]]
    assert compare(table, [0.1, 0.2, 0.3, 1e-9]) == [1.0, 1.0, -2.0]


def test_the_tolerance_is_relative_to_the_weight_that_both_have() -> None:
    """North and South have a child of 1e-13 of the weight in common, and nothing else to be compared by."""
    assert compare([[5.0, NAN], [4.0, 9.0]], [1e-13, 1.0]) == [1.0, -1.0]


@given(st.data())
@pytest.mark.parametrize("cells", [1, 7, 2**17])
def test_pairs_counted_one_by_one_give_the_same(cells: int, data: st.DataObject) -> None:
    """With ties, gaps, weights of 0 and several years, however the draws are cut into blocks."""
    random = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    regions, years, count, draws = (int(random.integers(1, most)) for most in (9, 4, 6, 4))
    table = random.integers(0, 4, (draws, regions, years, count)).astype(float)
    table[random.random(table.shape) < 0.2] = NAN
    weights = random.integers(0, 4, (draws, count)) / 10
    children = [table[..., k].reshape(draws, -1) for k in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copeland, "CELLS", cells)
        found = aggregate_copeland(children, weights, years=years).reshape(draws, regions, years)
        shared = aggregate_copeland([child[:1] for child in children], weights, years=years)
    for draw in range(draws):
        for year in range(years):
            np.testing.assert_array_equal(found[draw, :, year], count_pairs(table[draw, :, year], weights[draw]))
            alone = shared[draw].reshape(regions, years)[:, year]
            np.testing.assert_array_equal(alone, count_pairs(table[0, :, year], weights[draw]))
