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


def claims_of(seed: int, most: int = 5) -> tuple[Universe, list[Claim]]:
    """True claims about a random table."""
    universe, table = random_case(seed)
    return universe, derive_claims(table, universe, random.Random(seed), most)


ANY = (0, 100, 1, 5)
LOOSE, ORDERED = (claim("top", regions="ab", size="2", ordered=ordered) for ordered in (False, True))
COUNT = claim("count", "3", relation="at_least", threshold="30")
# Above the mean are a and b, 70 together; two are below 15, 5 on the mean; so one is left with 20, the mean at most.
ONE_BETWEEN = [
    HUNDRED, claim("above", regions="ab", threshold="mean", exhaustive=True), claim("sum", "70.00", "ab"),
    claim("count", "2", relation="below", threshold="15"),
    claim("group_mean", "5.00", group={"relation": "below", "threshold": "15"}, size="2"),
]  # fmt: skip
IN_Y = [claim("score", "40", "a"), claim("comparison", greater=side_of("y", "b"), less=side_of("x", "a"))]


@pytest.mark.parametrize(
    ("claims", "index", "expected"),
    [
        ([], "x", {"abcde": ANY}),
        # What a printed number stands for, and nothing of the others.
        ([claim("score", "20.38", "b")], "x", {"b": (20.375, 20.385, 1, 5), "acde": ANY}),
        ([claim("score", "20.4", "b")], "x", {"b": (20.35, 20.45, 1, 5)}),
        ([claim("score", "20", "b")], "x", {"b": (19.5, 20.5, 1, 5)}),
        # What two claims and a band allow of one score.
        (
            [claim("score", "20", "a"), claim("score", "20.4", "a"), claim("band", regions="a", upper="20.4")],
            "x", {"a": (20.35, 20.4, 1, 5)},
        ),
        # 100 - 40 - 30 - 9 = 21, by four halves of a hundredth, for d and e, one of which is ahead of c.
        (
            [HUNDRED, A, B, C], "x",
            {"a": (39.995, 40.005, 1, 1), "b": (29.995, 30.005, 2, 2), "c": (8.995, 9.005, 4, 5),
             "de": (0, 21.02, 3, 5)},
        ),
        ([HUNDRED, A, B, C, claim("score", "1.00", "e", name="e")], "x", {"d": (19.975, 20.025, 3, 3)}),
        # A mean is a total of 99.975 to 100.025, or of half of that.
        ([claim("mean", "20.00")], "x", {"abcde": ANY}),
        ([claim("mean", "10.00")], "x", {"abcde": (0, 50.025, 1, 5)}),
        # Each of the others is behind both a and b, in an ordered list b behind a.
        ([HUNDRED, LOOSE], "x", {"ab": (0, 100, 1, 2), "cde": (0, 100.005 / 3, 3, 5)}),
        (
            [HUNDRED, ORDERED], "x",
            {"a": (99.995 / 5, 100, 1, 1), "b": (0, 100.005 / 2, 2, 2), "cde": (0, 100.005 / 3, 3, 5)},
        ),
        # a or b, with half of the 70 or more, is ahead of all others.
        ([HUNDRED, claim("sum", "70.00", "ab")], "x", {"ab": (0, 70.005, 1, 5), "cde": (0, 30.01, 2, 5)}),
        # 85.11 is 85.105 to 85.12 percent of 99.995 to 100.005.
        (
            [HUNDRED, claim("share", "85.11", "a", of="total")], "x",
            {"a": (0.85105 * 99.995, 0.8512 * 100.005, 1, 1), "bcde": (0, (1 - 0.85105) * 100.005, 2, 5)},
        ),
        # b is behind a, or no region's equal where both have nothing; c may have all 100.
        ([HUNDRED, claim("share", "60", "a", of=("a", "b"))], "x", {"b": (0, 0.405 * 100.005, 2, 5), "cde": ANY}),
        (ONE_BETWEEN, "x", {"cde": (0, 20.001, 3, 5)}),
        (
            [*ONE_BETWEEN, claim("band", regions="c", lower="15")],
            "x", {"c": (19.98, 20.001, 3, 3), "de": (0, 10.01, 4, 5)},
        ),
        # Three of 30 or more leave 10 for the other two, and at most 40 for one.
        ([COUNT], "x", {"abcde": ANY}),
        ([HUNDRED, COUNT], "x", {"abcde": (0, 40.005, 1, 5)}),
        # b is ahead in y of a in x; nothing is said of the others, nor of a region named in another index only.
        (IN_Y, "y", {"b": (39.5, 100, 1, 5), "acde": ANY}),
        ([claim("score", "40", "a"), claim("score", "10", "b", index="y")], "y", {"a": ANY, "b": (9.5, 10.5, 1, 5)}),
    ],
)  # fmt: skip
def test_scores_and_places_are_bounded_as_worked_by_hand(
    claims: list[Claim], index: str, expected: dict[str, tuple[float, ...]]
) -> None:
    """Least and greatest score to a fraction of a printed decimal, best and worst place exactly."""
    found = bounds_of(*claims, index=index)
    for region, bounds in ((region, bounds) for regions, bounds in expected.items() for region in regions):
        assert found[region][:2] == pytest.approx(bounds[:2], abs=ALMOST)
        assert found[region][2:] == bounds[2:]


def test_without_claims_the_range_of_scores_is_all_that_bounds_them() -> None:
    for found in bounds_of(universe=replace(UNIVERSE, lowest=-10, highest=50)).values():
        assert found == pytest.approx((-10, 50, 1, 5))


@pytest.mark.parametrize(
    ("claims", "places"),
    [
        ([claim("rank", "3", "b"), claim("rank", "5", "e")], [(1, 4), (3, 3), (1, 4), (1, 4), (5, 5)]),
        ([claim("order", regions="bc", starts_at="3")], [(1, 5), (3, 3), (4, 4), (1, 5), (1, 5)]),
        ([claim("group_count", "1", "d", group_name="coast", within="2")], [(3, 5), (1, 5), (1, 5), (1, 2), (1, 5)]),
    ],
)  # fmt: skip
def test_stated_places_leave_the_others(claims: list[Claim], places: list[tuple[int, int]]) -> None:
    """Of a to e. Two others are ahead of b and c; of a and d, only d is among the two best."""
    found = bounds_of(*claims)
    assert [found[region][2:] for region in "abcde"] == places


def test_an_order_of_all_gives_every_place() -> None:
    """And each a bound by those that are at least as good."""
    found = bounds_of(HUNDRED, claim("order", regions="ebdca"))
    assert [found[region][2:] for region in "ebdca"] == [(place, place) for place in range(1, 6)]
    expected = [100, *(100.005 / place for place in range(2, 6))]
    assert [found[region][1] for region in "ebdca"] == pytest.approx(expected, abs=2 * ALMOST)


def test_a_shared_place_is_the_best_of_those_that_share_it() -> None:
    """Two regions share the first place with 40: none is ahead of either."""
    found = bounds_of(
        *(claim("rank", "1", region, name=region, shared=True) for region in "ab"), claim("score", "40.0", "a")
    )
    for region, places in (("a", (1, 1)), ("b", (1, 1)), ("c", (1, 5))):
        assert found[region][2:] == places
        assert found[region][1] == pytest.approx(40.05, abs=ALMOST)


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


@pytest.mark.parametrize(
    ("claims", "classes"),
    [
        ([], "abcde"),
        ([HUNDRED, LOOSE], "ab cde"),
        ([ORDERED], "a b cde"),
        ([LOOSE, A], "a b cde"),
        ([claim("order", regions="db")], "ace b d"),
        ([claim("tiers", tiers=(("a", "b"), ("c",)))], "ab c de"),
        ([claim("share", "5", "a", of=tuple("abc"))], "a bc de"),
        ([claim("share", "5", "a", of="total")], "a bcde"),
        ([claim("group_count", "1", groups=("coast", "hills"), within="3")], "abd ce"),
        ([claim("comparison", greater=side_of("x", "a"), less=side_of("y", "bc"))], "a bc de"),
    ],
)
def test_regions_of_which_every_claim_says_the_same_are_in_one_class(claims: list[Claim], classes: str) -> None:
    """In a list without order its members; in an ordered one only those that are not in it."""
    assert find_classes(claims, UNIVERSE) == [list(members) for members in classes.split()]


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
