"""Bounds of scores and places, worked by hand on five regions, and what must be true of all bounds."""

import random
from dataclasses import replace

import pandas as pd
import pytest

from regional_index.claims import bounds as bounds_module
from regional_index.claims.bounds import find_bounds
from regional_index.claims.rows import find_classes
from regional_index.claims.solver import SolverError
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

from .claims_from_table import derive_claims, random_case
from .worked import UNIVERSE, claim

ALMOST = 2e-4
SLACK = 1e-5
COLUMNS = ["lower", "upper", "rank_lower", "rank_upper"]

ABOVE_MEAN = {"relation": "above", "threshold": "mean"}
HUNDRED = claim("total", "100.00")
A, B, C = claim("score", "40.00", "a", name="a"), claim("score", "30.00", "b", name="b"), claim("score", "9.00", "c")


def side_of(index: str, regions: str) -> dict[str, object]:
    """One side of a comparison."""
    return {"index": index, "regions": tuple(regions)}


def bounds_of(*claims: Claim, index: str = "x", universe: Universe = UNIVERSE) -> dict[str, tuple[float, ...]]:
    """Least and greatest score and place, by region."""
    found = find_bounds(claims, universe, index)
    return {str(region): tuple(row) for region, row in found[COLUMNS].iterrows()}


def assert_bounds(found: tuple[float, ...], *expected: float) -> None:
    """Scores to a fraction of a printed decimal, places exactly."""
    assert found[:2] == pytest.approx(expected[:2], abs=ALMOST)
    assert found[2:] == expected[2:]


def claims_of(seed: int, most: int = 5) -> tuple[Universe, list[Claim]]:
    """True claims about a random table."""
    universe, table = random_case(seed)
    return universe, derive_claims(table, universe, random.Random(seed), most)


def test_without_claims_every_score_and_every_place_is_possible() -> None:
    """Within the range of scores, whatever it is."""
    for found in bounds_of().values():
        assert_bounds(found, 0, 100, 1, 5)
    for found in bounds_of(universe=replace(UNIVERSE, lowest=-10, highest=50)).values():
        assert_bounds(found, -10, 50, 1, 5)


@pytest.mark.parametrize(
    ("printed", "lower", "upper"), [("20.38", 20.375, 20.385), ("20.4", 20.35, 20.45), ("20", 19.5, 20.5)]
)
def test_a_published_score_is_bounded_by_its_rounding_interval(printed: str, lower: float, upper: float) -> None:
    """And nothing is said of anybody else's."""
    found = bounds_of(claim("score", printed, "b"))
    assert_bounds(found["b"], lower, upper, 1, 5)
    assert_bounds(found["a"], 0, 100, 1, 5)


def test_two_claims_about_the_same_score_leave_what_both_allow() -> None:
    """20 is 19.5 to 20.5, 20.4 is 20.35 to 20.45 and the band ends at 20.4."""
    found = bounds_of(
        claim("score", "20", "a", name="1"),
        claim("score", "20.4", "a", name="2"),
        claim("band", regions="a", upper="20.4"),
    )
    assert_bounds(found["a"], 20.35, 20.4, 1, 5)


def test_a_total_and_some_scores_leave_the_rest_to_the_others() -> None:
    """100 - 40 - 30 - 9 = 21, by four halves of a hundredth, are left for d and e, one of which is ahead of c."""
    found = bounds_of(HUNDRED, A, B, C)
    assert_bounds(found["a"], 39.995, 40.005, 1, 1)
    assert_bounds(found["b"], 29.995, 30.005, 2, 2)
    assert_bounds(found["c"], 8.995, 9.005, 4, 5)
    for region in "de":
        assert_bounds(found[region], 0, 21.02, 3, 5)


def test_the_last_unknown_score_follows_from_a_total() -> None:
    """100 - 40 - 30 - 9 - 1 = 20, give or take five halves of a hundredth."""
    found = bounds_of(HUNDRED, A, B, C, claim("score", "1.00", "e", name="e"))
    assert_bounds(found["d"], 19.975, 20.025, 3, 3)


def test_a_mean_bounds_a_score_as_its_total_does() -> None:
    """The mean of 20.00 is a total of 99.975 to 100.025; the others may score nothing."""
    for found in bounds_of(claim("mean", "20.00")).values():
        assert_bounds(found, 0, 100, 1, 5)
    for found in bounds_of(claim("mean", "10.00")).values():
        assert_bounds(found, 0, 50.025, 1, 5)


def test_a_list_of_the_best_bounds_everybody() -> None:
    """c, d, e are each behind both a and b: at most a third of 100.005."""
    found = bounds_of(HUNDRED, claim("top", regions="ab", size="2", ordered=False))
    for region in "ab":
        assert_bounds(found[region], 0, 100, 1, 2)
    for region in "cde":
        assert_bounds(found[region], 0, 100.005 / 3, 3, 5)


def test_an_ordered_list_fixes_places_and_bounds_the_second_by_half() -> None:
    """a > b > everybody else."""
    found = bounds_of(HUNDRED, claim("top", regions="ab", size="2", ordered=True))
    assert_bounds(found["a"], 99.995 / 5, 100, 1, 1)
    assert_bounds(found["b"], 0, 100.005 / 2, 2, 2)
    assert_bounds(found["c"], 0, 100.005 / 3, 3, 5)


def test_a_sum_over_a_group_bounds_its_members_and_the_rest() -> None:
    """70 for a and b, 30 for the others; a or b, with half of the 70 or more, is ahead of them all."""
    found = bounds_of(HUNDRED, claim("sum", "70.00", "ab"))
    for region in "ab":
        assert_bounds(found[region], 0, 70.005, 1, 5)
    for region in "cde":
        assert_bounds(found[region], 0, 30.01, 2, 5)


def test_a_share_bounds_by_its_base() -> None:
    """85.11 is 85.105 to 85.12 percent of 99.995 to 100.005."""
    found = bounds_of(HUNDRED, claim("share", "85.11", "a", of="total"))
    assert_bounds(found["a"], 0.85105 * 99.995, 0.8512 * 100.005, 1, 1)
    assert_bounds(found["b"], 0, (1 - 0.85105) * 100.005, 2, 5)


def test_a_share_of_some_says_nothing_of_those_who_are_not_among_them() -> None:
    """a has 60 % of a and b, so b is behind it, or nobody's equal where both have nothing; c may have all 100."""
    found = bounds_of(HUNDRED, claim("share", "60", "a", of=("a", "b")))
    assert_bounds(found["b"], 0, 0.405 * 100.005, 2, 5)
    for region in "cde":
        assert_bounds(found[region], 0, 100, 1, 5)


def test_the_mean_of_a_side_of_a_threshold_leaves_the_one_between() -> None:
    """Above the mean are a and b, 70 together; two are below 15, 5 on the mean; so one is left with 20.

    It is not above the mean, which is at most 20.001.
    """
    known = [
        HUNDRED,
        claim("above", regions="ab", threshold="mean", exhaustive=True),
        claim("sum", "70.00", "ab"),
        claim("count", "2", relation="below", threshold="15"),
        claim("group_mean", "5.00", group={"relation": "below", "threshold": "15"}, size="2"),
    ]
    for region, found in bounds_of(*known).items():
        if region in "cde":
            assert_bounds(found, 0, 20.001, 3, 5)
    found = bounds_of(*known, claim("band", regions="c", lower="15"))
    assert_bounds(found["c"], 19.98, 20.001, 3, 3)
    for region in "de":
        assert_bounds(found[region], 0, 10.01, 4, 5)


def test_stated_ranks_are_exact_and_leave_the_other_places() -> None:
    """b is third, e is last."""
    found = bounds_of(claim("rank", "3", "b", name="1"), claim("rank", "5", "e", name="2"))
    assert [found[region][2:] for region in "abcde"] == [(1, 4), (3, 3), (1, 4), (1, 4), (5, 5)]
    assert [found[region][1] for region in "be"] == pytest.approx([100, 100], abs=5 * ALMOST)


def test_an_order_of_all_gives_every_place() -> None:
    """And each a bound by those who are at least as good."""
    found = bounds_of(HUNDRED, claim("order", regions="ebdca"))
    assert [found[region][2:] for region in "ebdca"] == [(place, place) for place in range(1, 6)]
    expected = [100, *(100.005 / place for place in range(2, 6))]
    assert [found[region][1] for region in "ebdca"] == pytest.approx(expected, abs=2 * ALMOST)


def test_places_within_the_list_follow_from_where_it_starts() -> None:
    """Two others are ahead of b and c."""
    found = bounds_of(claim("order", regions="bc", starts_at="3"))
    assert [found[region][2:] for region in "abcde"] == [(1, 5), (3, 3), (4, 4), (1, 5), (1, 5)]


def test_a_shared_place_is_the_best_of_those_who_share_it() -> None:
    """Two regions share the first place with 40: nobody is ahead of either."""
    shared = [claim("rank", "1", region, name=region, shared=True) for region in "ab"]
    found = bounds_of(*shared, claim("score", "40.0", "a"))
    for region in "ab":
        assert found[region][2:] == (1, 1)
        assert found[region][:2] == pytest.approx((39.95, 40.05), abs=ALMOST)
    assert_bounds(found["c"], 0, 40.05, 1, 5)


def test_a_count_alone_bounds_nobody_but_with_a_total_everybody() -> None:
    """Three of 30 or more leave 10 for the other two, and at most 40 for one."""
    count = claim("count", "3", relation="at_least", threshold="30")
    for found in bounds_of(count).values():
        assert_bounds(found, 0, 100, 1, 5)
    for found in bounds_of(HUNDRED, count).values():
        assert_bounds(found, 0, 40.005, 1, 5)


def test_a_group_count_bounds_the_places_of_those_it_names() -> None:
    """Of a and d, only d is among the two best."""
    found = bounds_of(claim("group_count", "1", "d", group_name="coast", within="2"))
    assert [found[region][2:] for region in "abcde"] == [(3, 5), (1, 5), (1, 5), (1, 2), (1, 5)]


def test_bounds_of_one_index_follow_from_another_by_a_comparison() -> None:
    """In y, b is ahead of a in x; nobody else is said anything of, not even in which index."""
    claims = [claim("score", "40", "a"), claim("comparison", greater=side_of("y", "b"), less=side_of("x", "a"))]
    found = bounds_of(*claims, index="y")
    assert_bounds(found["b"], 39.5, 100, 1, 5)
    for region in "acde":
        assert_bounds(found[region], 0, 100, 1, 5)


def test_a_region_that_is_named_in_another_index_only_has_bounds() -> None:
    """The claims about x say nothing of a in y."""
    found = bounds_of(claim("score", "40", "a"), claim("score", "10", "b", index="y"), index="y")
    assert_bounds(found["a"], 0, 100, 1, 5)
    assert_bounds(found["b"], 9.5, 10.5, 1, 5)


@pytest.mark.parametrize(
    "claims",
    [
        [claim("score", "40", "a", name="1"), claim("score", "42", "a", name="2")],
        [HUNDRED, claim("sum", "101.0", "ab")],
        [claim("order", regions="ab", name="1"), claim("order", regions="ba", name="2")],
        [claim("order", regions="abc"), claim("comparison", greater=side_of("x", "c"), less=side_of("x", "a"))],
        [claim("rank", "1", "a", name="1"), claim("rank", "1", "b", name="2")],
        [claim("rank", "2", "a", name="1"), claim("rank", "2", "b", name="2")],
        [claim("count", "3", **ABOVE_MEAN), claim("above", regions="ab", threshold="mean", exhaustive=True)],
        [claim("count", "5", **ABOVE_MEAN)],
        [claim("group_mean", "20", "ab", size="3")],
    ],
    ids=lambda claims: "-".join(said.kind for said in claims),
)  # fmt: skip
def test_claims_that_cannot_all_hold_have_no_bounds(claims: list[Claim]) -> None:
    """An error, never a number."""
    with pytest.raises(SolverError, match="cannot all hold"):
        find_bounds(claims, UNIVERSE, "x")


def test_regions_of_which_every_claim_says_the_same_are_in_one_class() -> None:
    """In a list without order its members; in an ordered one nobody else but those who are not in it."""
    loose = claim("top", regions="ab", size="2", ordered=False)
    assert find_classes([], UNIVERSE) == [list("abcde")]
    assert find_classes([HUNDRED, loose], UNIVERSE) == [list("ab"), list("cde")]
    assert find_classes([replace(loose, details={"ordered": True})], UNIVERSE) == [["a"], ["b"], list("cde")]
    assert find_classes([loose, A], UNIVERSE) == [["a"], ["b"], list("cde")]
    assert find_classes([claim("order", regions="db")], UNIVERSE) == [list("ace"), ["b"], ["d"]]
    assert find_classes([claim("tiers", tiers=(("a", "b"), ("c",)))], UNIVERSE) == [list("ab"), ["c"], list("de")]
    assert find_classes([claim("share", "5", "a", of=tuple("abc"))], UNIVERSE) == [["a"], list("bc"), list("de")]
    assert find_classes([claim("share", "5", "a", of="total")], UNIVERSE) == [["a"], list("bcde")]
    assert find_classes([claim("group_count", "1", groups=("coast", "hills"), within="3")], UNIVERSE) == [
        ["a", "b", "d"],
        list("ce"),
    ]
    assert find_classes([claim("comparison", greater=side_of("x", "a"), less=side_of("y", "bc"))], UNIVERSE) == [
        ["a"],
        list("bc"),
        list("de"),
    ]


@pytest.mark.parametrize("seed", range(12))
def test_exchangeable_regions_have_the_same_bounds(seed: int) -> None:
    """Each from programmes in which no class is sorted and no switch is fixed: the shortcuts change nothing."""
    universe, claims = claims_of(seed)
    quick = find_bounds(claims, universe, "x")
    for members in find_classes(claims, universe):
        assert (quick.loc[members] == quick.loc[members[0]]).all(axis=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds_module, "find_classes", lambda *_: [[region] for region in universe.regions])
        patch.setattr(bounds_module, "_surely_behind", lambda *_: dict.fromkeys(universe.regions, frozenset()))
        slow = find_bounds(claims, universe, "x")
    assert_same(quick, slow)


@pytest.mark.parametrize("seed", range(100, 112))
def test_bounds_never_widen_when_a_claim_is_added(seed: int) -> None:
    """Neither of scores nor of places."""
    universe, claims = claims_of(seed)
    before = find_bounds(claims[:1], universe, "x")
    for count in range(2, len(claims) + 1):
        after = find_bounds(claims[:count], universe, "x")
        assert (after["lower"] >= before["lower"] - SLACK).all()
        assert (after["upper"] <= before["upper"] + SLACK).all()
        assert (after["rank_lower"] >= before["rank_lower"]).all()
        assert (after["rank_upper"] <= before["rank_upper"]).all()
        before = after


@pytest.mark.parametrize("seed", range(200, 212))
def test_the_order_of_claims_and_of_regions_does_not_matter(seed: int) -> None:
    """Bounds are a matter of what is claimed."""
    universe, claims = claims_of(seed)
    rng = random.Random(seed)
    shuffled = replace(universe, regions=tuple(rng.sample(universe.regions, len(universe.regions))))
    other = find_bounds(rng.sample(claims, len(claims)), shuffled, "x")
    assert list(other.index) == list(shuffled.regions)
    assert_same(find_bounds(claims, universe, "x"), other)


def test_claims_of_an_index_that_no_comparison_links_change_nothing() -> None:
    """Only whom they tell apart."""
    alone = find_bounds([HUNDRED, A], UNIVERSE, "x")
    elsewhere = [claim("score", "3", "d", index="y"), claim("rank", "2", "e", index="y")]
    assert_same(alone, find_bounds([HUNDRED, A, *elsewhere], UNIVERSE, "x"))


def assert_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """The same bounds for each region."""
    other = other.loc[one.index]
    pd.testing.assert_frame_equal(one[["lower", "upper"]], other[["lower", "upper"]], rtol=0, atol=SLACK)
    assert one[["rank_lower", "rank_upper"]].equals(other[["rank_lower", "rank_upper"]])
