"""Claims that cannot all hold are found in sets that are irreducible, with the least change that mends them."""

import pytest

from regional_index.claims.conflicts import can_all_hold, claims_for, find_components, find_conflicts
from regional_index.claims.findings import Mend
from tests.claims.worked import UNIVERSE, claim

TOTAL = claim("total", "100")
SHARE = claim("share", "60", "ab", of="total")
BAND = claim("band", "", "ab", lower="10", upper="20")


def test_claims_that_agree_have_no_conflict() -> None:
    assert find_conflicts([TOTAL, SHARE], UNIVERSE) == []
    assert can_all_hold([TOTAL, SHARE], UNIVERSE)


def test_a_share_and_a_band_that_cannot_both_hold_are_found_with_the_total_between_them() -> None:
    """Two regions of at most 20 are at most 40 of 100, not 60."""
    bystander = claim("score", "5.0", "c")
    [conflict] = find_conflicts([TOTAL, SHARE, bystander, BAND], UNIVERSE)
    assert conflict.claims == ("total", "share", "band")
    assert not conflict.overlaps


def test_every_set_is_irreducible() -> None:
    claims = [TOTAL, SHARE, BAND, claim("mean", "20"), claim("order", "", "abc")]
    for conflict in find_conflicts(claims, UNIVERSE):
        members = [c for c in claims if c.id in conflict.claims]
        assert not can_all_hold(members, UNIVERSE)
        for left_out in members:
            assert can_all_hold([c for c in members if c is not left_out], UNIVERSE)


def test_the_least_change_of_each_figure_is_named() -> None:
    """40 of 100 is the most; a share printed 40 stands for 39.5 to 41."""
    [conflict] = find_conflicts([TOTAL, SHARE, BAND], UNIVERSE)
    mends = {(mend.claim, mend.part): mend for mend in conflict.mends}
    assert mends["share", "value"] == Mend("share", "value", "60", "40")
    assert mends["band", "upper"] == Mend("band", "upper", "20", "30")
    assert mends["total", "value"] == Mend("total", "value", "100", "67")


def test_the_change_that_is_named_mends_and_a_smaller_one_does_not() -> None:
    [conflict] = find_conflicts([TOTAL, SHARE, BAND], UNIVERSE)
    [share] = [mend for mend in conflict.mends if mend.claim == "share"]
    assert can_all_hold([TOTAL, BAND, claim("share", share.needed, "ab", of="total")], UNIVERSE)
    assert not can_all_hold([TOTAL, BAND, claim("share", "41", "ab", of="total")], UNIVERSE)


def test_a_figure_between_two_bounds_is_mended_though_going_too_far_would_break_it_again() -> None:
    """The score must lie between 30 and 31; 90 must come down to 31, not below 30."""
    claims = [claim("score", "90", "a"), claim("band", "", "a", lower="30", upper="31")]
    [conflict] = find_conflicts(claims, UNIVERSE)
    assert Mend("score", "value", "90", "31") in conflict.mends


def test_a_list_is_mended_by_another_name() -> None:
    """b leads c in the tiers, but is said to be below the mean, and c above it."""
    tiers = claim("tiers", tiers=(("a", "b"),), rest=True)
    above = claim("above", "", "ac", threshold="mean", exhaustive=True)
    [conflict] = find_conflicts([tiers, above], UNIVERSE)
    assert Mend("tiers", "regions", "b", "c") in conflict.mends
    assert Mend("above", "regions", "c", "b") in conflict.mends


def test_two_contradictions_that_share_no_claim_are_both_found() -> None:
    claims = [
        claim("score", "10", "a", name="ten"),
        claim("score", "20", "a", name="twenty"),
        claim("rank", "1", "b", name="first"),
        claim("order", "", "cb", name="behind"),
    ]
    found = [set(conflict.claims) for conflict in find_conflicts(claims, UNIVERSE) if not conflict.overlaps]
    assert found == [{"ten", "twenty"}, {"first", "behind"}]


def test_a_set_that_shares_a_claim_with_another_is_found_and_marked() -> None:
    """The share contradicts the band by way of the total, and the order of the tiers by itself."""
    claims = [
        TOTAL,
        SHARE,
        BAND,
        claim("share", "10", "cd", name="other", of="total"),
        claim("tiers", tiers=(("c", "d"), ("a", "b"))),
    ]
    conflicts = find_conflicts(claims, UNIVERSE)
    first, *others = conflicts
    assert not first.overlaps
    assert others
    assert all(conflict.overlaps and set(conflict.claims) & set(first.claims) for conflict in others)


def test_indices_that_no_claim_compares_are_apart() -> None:
    first, second = claim("total", "100"), claim("total", "90", index="y", name="other")
    both = claim("comparison", greater={"index": "x", "regions": ("a",)}, less={"index": "y", "regions": ("b",)})
    assert find_components([first, second]) == [[first], [second]]
    assert find_components([first, second, both]) == [[first, second, both]]
    assert claims_for("y", [first, second]) == [second]
    assert claims_for("z", [first, second]) == []


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_the_order_of_the_file_does_not_change_which_claims_conflict(order: slice) -> None:
    claims = [TOTAL, SHARE, BAND, claim("score", "5.0", "c")]
    [conflict] = find_conflicts(claims[order], UNIVERSE)
    assert set(conflict.claims) == {"total", "share", "band"}


def test_a_rank_is_mended_by_the_nearest_that_fits() -> None:
    claims = [claim("order", "", "abcde", starts_at="1"), claim("rank", "3", "e")]
    [conflict] = find_conflicts(claims, UNIVERSE)
    assert Mend("rank", "value", "3", "5") in conflict.mends


def test_a_mean_is_mended_within_its_rounding_where_the_total_says_exactly_what_it_is() -> None:
    """101.9 over five is 20.38, printed with its digits transposed."""
    [conflict] = find_conflicts([claim("total", "101.91"), claim("mean", "20.83")], UNIVERSE)
    assert Mend("mean", "value", "20.83", "20.38") in conflict.mends
