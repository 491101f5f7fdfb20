"""Every kind of claim, worked by hand: what a table says of it, what its rows allow, how it is made wrong.

The table, with its groups: coast a d, hills b, plain c e.

        a      b      c      d     e     total  mean
    x  40.00  30.00  20.38  9.62  0.00   100    20      in 2020: 25, 40, 10, 0, 5
    y  10     50     30     20    15     125    25
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import pytest

from regional_index.claims.kinds import KINDS
from regional_index.claims.universe import Universe
from regional_index.framework import Claim

from .worked import UNIVERSE, allows, claim, table_of

TABLE = table_of(x=(40, 30, 20.38, 9.62, 0), y=(10, 50, 30, 20, 15), x_2020=(25, 40, 10, 0, 5))
# a and b share the first place, c and d the third; c and d are exactly at the mean of 20.
TIED = table_of(x=(30, 30, 20, 20, 0), y=(0, 0, 0, 0, 0))
BELOW_15, ABOVE_MEAN = {"relation": "below", "threshold": "15"}, {"relation": "above", "threshold": "mean"}
NOBODY = {"relation": "above", "threshold": "90"}


def side(index: str, regions: str = "") -> dict[str, object]:
    """One side of a comparison: regions, or the mean."""
    return {"index": index, "regions": tuple(regions)} if regions else {"index": index, "mean": True}


HIGHEST, LOWEST, MEDIAN = ({"index": "y", statistic: True} for statistic in ("highest", "lowest", "median"))


@dataclass(frozen=True)
class Example:
    """A claim, whether it is true of a table, and the number or the regions that the table has in its place."""

    claim: Claim
    holds: bool
    number: float | None = None
    regions: str = ""
    table: Mapping[str, pd.Series] = field(default_factory=lambda: TABLE)

    def __str__(self) -> str:
        said = f"{self.claim.value} {''.join(self.claim.regions)} {dict(self.claim.details)}"
        return f"{self.claim.kind} {said}{' (tied)' if self.table is TIED else ''}: {self.holds}"


EXAMPLES = [
    # score
    Example(claim("score", "20.38", "c"), True, 20.38),
    Example(claim("score", "20.4", "c"), True, 20.38),
    Example(claim("score", "20", "c"), True, 20.38),
    Example(claim("score", "20.39", "c"), False, 20.38),
    Example(claim("score", "0", "e"), True, 0),
    Example(claim("score", "30", "b", index="y"), False, 50),
    # total
    Example(claim("total", "100.00"), True, 100),
    Example(claim("total", "99"), False, 100),
    Example(claim("total", "125", index="y"), True, 125),
    # mean
    Example(claim("mean", "20.00"), True, 20),
    Example(claim("mean", "20.01"), False, 20),
    # sum: of named regions, or of a side of a threshold, which may have nobody
    Example(claim("sum", "70.0", "ab"), True, 70),
    Example(claim("sum", "70.1", "ab"), False, 70),
    Example(claim("sum", "90.38", group=ABOVE_MEAN), True, 90.38, "abc"),
    Example(claim("sum", "9.62", group=BELOW_15), True, 9.62, "de"),
    Example(claim("sum", "9.64", group=BELOW_15), False, 9.62, "de"),
    Example(claim("sum", "90.38", group={"relation": "at_least", "threshold": "20.38"}), True, 90.38, "abc"),
    Example(claim("sum", "70", group={"relation": "above", "threshold": "20.38"}), True, 70, "ab"),
    Example(claim("sum", "30", group={"relation": "at_most", "threshold": "20.38"}), True, 30, "cde"),
    Example(claim("sum", "0", group=NOBODY), True, 0),
    Example(claim("sum", "40", group={"relation": "at_most", "threshold": "mean"}), True, 40, "cde", table=TIED),
    # share: of all, or of some
    Example(claim("share", "70.00", "ab", of="total"), True, 70),
    Example(claim("share", "71", "ab", of="total"), False, 70),
    Example(claim("share", "57.14", "a", of=("a", "b")), True, 400 / 7),
    Example(claim("share", "40", "a", of=("a", "b")), False, 400 / 7),
    Example(claim("share", "100", "a", of=("a", "e")), True, 100),
    # group_mean: as sum; the mean of nobody is no number
    Example(claim("group_mean", "35", "ab"), True, 35),
    Example(claim("group_mean", "36", "ab"), False, 35),
    Example(claim("group_mean", "35", "ab", size="2"), True, 35),
    Example(claim("group_mean", "35", "ab", size="3"), False, 35),
    Example(claim("group_mean", "4.81", group=BELOW_15), True, 4.81, "de"),
    Example(claim("group_mean", "4.81", group=BELOW_15, size="2"), True, 4.81, "de"),
    Example(claim("group_mean", "4.81", group=BELOW_15, size="3"), False, 4.81, "de"),
    Example(claim("group_mean", "30.13", group=ABOVE_MEAN), True, 90.38 / 3, "abc"),
    Example(claim("group_mean", "31", group=ABOVE_MEAN), False, 90.38 / 3, "abc"),
    Example(claim("group_mean", "0", group=NOBODY), False),
    # rank: alone, unless it is said to be shared
    Example(claim("rank", "1", "a"), True, 1),
    Example(claim("rank", "1", "b"), False, 2),
    Example(claim("rank", "3", "c"), True, 3),
    Example(claim("rank", "4", "c"), False, 3),
    Example(claim("rank", "3", "c", shared=True), True, 3),
    Example(claim("rank", "1", "a"), False, 1, table=TIED),
    Example(claim("rank", "1", "a", shared=True), True, 1, table=TIED),
    Example(claim("rank", "3", "c"), False, 3, table=TIED),
    Example(claim("rank", "3", "c", shared=True), True, 3, table=TIED),
    Example(claim("rank", "4", "c", shared=True), False, 3, table=TIED),
    Example(claim("rank", "5", "e"), True, 5, table=TIED),
    # order: from any place, or from a stated one
    Example(claim("order", regions="abe"), True, regions="abe"),
    Example(claim("order", regions="aeb"), False, regions="abe"),
    Example(claim("order", regions="ab", starts_at="1"), True, regions="ab"),
    Example(claim("order", regions="ac", starts_at="1"), False, regions="ab"),
    Example(claim("order", regions="bcd", starts_at="2"), True, regions="bcd"),
    Example(claim("order", regions="bc", starts_at="3"), False, regions="cd"),
    Example(claim("order", regions="de", starts_at="4"), True, regions="de"),
    Example(claim("order", regions="ab"), False, regions="ab", table=TIED),
    Example(claim("order", regions="ac"), True, regions="ac", table=TIED),
    Example(claim("order", regions="ac", starts_at="2"), False, regions="bc", table=TIED),
    # top: one after the other, or in any order
    Example(claim("top", regions="abc", size="3", ordered=True), True, regions="abc"),
    Example(claim("top", regions="acb", size="3", ordered=True), False, regions="abc"),
    Example(claim("top", regions="acb", size="3", ordered=False), True, regions="abc"),
    Example(claim("top", regions="ac", size="2", ordered=False), False, regions="ab"),
    Example(claim("top", regions="ac", size="2", ordered=True), False, regions="ab"),
    Example(claim("top", regions="abcde", size="5", ordered=True), True, regions="abcde"),
    Example(claim("top", regions="edcba", size="5", ordered=False), True, regions="abcde"),
    Example(claim("top", regions="ba", size="2", ordered=False), True, regions="ab", table=TIED),
    Example(claim("top", regions="ab", size="2", ordered=True), False, regions="ab", table=TIED),
    Example(claim("top", regions="abc", size="3", ordered=False), False, regions="abc", table=TIED),
    # above: a number or the mean; who is exactly there is not above
    Example(claim("above", regions="ab", threshold="20", exhaustive=False), True, regions="abc"),
    Example(claim("above", regions="ab", threshold="20", exhaustive=True), False, regions="abc"),
    Example(claim("above", regions="cba", threshold="20", exhaustive=True), True, regions="abc"),
    Example(claim("above", regions="abc", threshold="mean", exhaustive=True), True, regions="abc"),
    Example(claim("above", regions="ad", threshold="mean", exhaustive=False), False, regions="abc"),
    Example(claim("above", regions="ab", threshold="30", exhaustive=False), False, regions="a"),
    Example(claim("above", regions="ab", threshold="mean", exhaustive=True), True, regions="ab", table=TIED),
    Example(claim("above", regions="abc", threshold="mean", exhaustive=False), False, regions="ab", table=TIED),
    # below: as above
    Example(claim("below", regions="d", threshold="15", exhaustive=False), True, regions="de"),
    Example(claim("below", regions="d", threshold="15", exhaustive=True), False, regions="de"),
    Example(claim("below", regions="de", threshold="mean", exhaustive=True), True, regions="de"),
    Example(claim("below", regions="ed", threshold="9.62", exhaustive=False), False, regions="e"),
    Example(claim("below", regions="e", threshold="mean", exhaustive=True), True, regions="e", table=TIED),
    Example(claim("below", regions="ce", threshold="mean", exhaustive=False), False, regions="e", table=TIED),
    # count: four relations
    Example(claim("count", "3", relation="at_least", threshold="20.38"), True, 3, "abc"),
    Example(claim("count", "2", relation="above", threshold="20.38"), True, 2, "ab"),
    Example(claim("count", "2", relation="below", threshold="20.38"), True, 2, "de"),
    Example(claim("count", "3", relation="at_most", threshold="20.38"), True, 3, "cde"),
    Example(claim("count", "3", relation="below", threshold="20.38"), False, 2, "de"),
    Example(claim("count", "0", relation="above", threshold="90"), True, 0),
    Example(claim("count", "2", relation="above", threshold="mean"), True, 2, "ab", table=TIED),
    Example(claim("count", "4", relation="at_least", threshold="mean"), True, 4, "abcd", table=TIED),
    Example(claim("count", "1", relation="below", threshold="mean"), True, 1, "e", table=TIED),
    Example(claim("count", "3", relation="at_most", threshold="mean"), True, 3, "cde", table=TIED),
    Example(claim("count", "2", relation="at_most", threshold="mean"), False, 3, "cde", table=TIED),
    # count_share
    Example(claim("count_share", "60.0", relation="above", threshold="mean"), True, 60, "abc"),
    Example(claim("count_share", "58", relation="above", threshold="mean"), False, 60, "abc"),
    Example(claim("count_share", "40", relation="below", threshold="20.38"), True, 40, "de"),
    Example(claim("count_share", "80", relation="at_least", threshold="mean"), True, 80, "abcd", table=TIED),
    # band: both ends belong to it
    Example(claim("band", regions="bc", lower="20", upper="30"), True),
    Example(claim("band", regions="bcd", lower="20", upper="30"), False, regions="d"),
    Example(claim("band", regions="abc", lower="20"), True),
    Example(claim("band", regions="bcde", upper="9.62"), False, regions="bc"),
    Example(claim("band", regions="c", lower="20.38", upper="20.38"), True),
    # tiers: the rest come last only where that is said
    Example(claim("tiers", tiers=(("a",), ("c", "b"))), True),
    Example(claim("tiers", tiers=(("b",), ("a", "c"))), False, regions="ba"),
    Example(claim("tiers", tiers=(("a",), ("c",))), True),
    Example(claim("tiers", tiers=(("a",), ("c",)), rest=True), False, regions="cb"),
    Example(claim("tiers", tiers=(("a", "b"), ("c",)), rest=True), True),
    Example(claim("tiers", tiers=(("a", "b"), ("c",)), exhaustive=True), True),
    Example(claim("tiers", tiers=(("a", "c"),), exhaustive=True), False, regions="cb"),
    Example(claim("tiers", tiers=(("a",), ("b",))), False, regions="ab", table=TIED),
    # group_count: one group, or several together
    Example(claim("group_count", "1", "a", group_name="coast", within="3"), True, 1, "a"),
    Example(claim("group_count", "2", "a", group_name="coast", within="3"), False, 1, "a"),
    Example(claim("group_count", "1", "d", group_name="coast", within="3"), False, 1, "a"),
    Example(claim("group_count", "2", groups=("coast", "hills"), within="3"), True, 2, "ab"),
    Example(claim("group_count", "2", "ad", group_name="coast", within="5"), True, 2, "ad"),
    Example(claim("group_count", "2", group_name="plain", within="5"), True, 2, "ce"),
    Example(claim("group_count", "1", "b", group_name="hills", within="2"), True, 1, "b", TIED),
    Example(claim("group_count", "1", group_name="plain", within="3"), False, 1, "c", TIED),
    # comparison: within an index or across two, with regions or means
    Example(claim("comparison", greater=side("x", "ab"), less=side("x", "cd")), True),
    Example(claim("comparison", greater=side("x", "bc"), less=side("x", "ad")), False, regions="bca"),
    Example(claim("comparison", greater=side("y", "b"), less=side("x", "ab")), True),
    Example(claim("comparison", greater=side("x", "a"), less=side("y", "ab")), False, regions="ab"),
    Example(claim("comparison", greater=side("x"), less=side("x", "de")), True),
    Example(claim("comparison", greater=side("x"), less=side("x", "ce")), False, regions="c"),
    Example(claim("comparison", greater=side("y", "bcd"), less=side("x")), False, regions="d"),
    Example(claim("comparison", greater=side("y"), less=side("x")), True),
    Example(claim("comparison", greater=side("x"), less=side("y")), False),
    Example(claim("comparison", greater=side("x", "c"), less=side("x")), False, regions="c", table=TIED),
    Example(claim("comparison", greater=side("y", "b"), less=MEDIAN), True),
    Example(claim("comparison", greater=side("y", "d"), less=MEDIAN), False, regions="d"),
    Example(claim("comparison", greater=side("x", "a"), less=HIGHEST), False, regions="a"),
    # ratio and difference: of two regions, within an index or across two, of numbers of all regions
    Example(claim("ratio", "1.3", greater=side("x", "a"), less=side("x", "b")), True, 4 / 3),
    Example(claim("ratio", "1.4", greater=side("x", "a"), less=side("x", "b")), False, 4 / 3),
    Example(claim("ratio", "1.25", greater=side("y", "b"), less=side("x", "a")), True, 1.25),
    Example(claim("ratio", "5", greater=HIGHEST, less=LOWEST), True, 5),
    Example(claim("ratio", "4", greater=HIGHEST, less=LOWEST), False, 5),
    Example(claim("ratio", "2.5", greater=HIGHEST, less=MEDIAN), True, 2.5),
    Example(claim("difference", "10.0", greater=side("x", "a"), less=side("x", "b")), True, 10),
    Example(claim("difference", "9.9", greater=side("x", "a"), less=side("x", "b")), False, 10),
    Example(claim("difference", "40", greater=HIGHEST, less=LOWEST), True, 40),
    Example(claim("difference", "30", greater=HIGHEST, less=side("x")), True, 30),
    Example(claim("difference", "0", greater=side("x", "a"), less=side("x", "b"), index="x"), True, 0, table=TIED),
    # median: the middle score
    Example(claim("median", "20.4"), True, 20.38),
    Example(claim("median", "20.00"), False, 20.38),
    Example(claim("median", "20"), True, 20, table=TIED),
    # among: those with the same score share the better place
    Example(claim("among", regions="ab", within="2"), True),
    Example(claim("among", regions="cab", within="2"), False, regions="c"),
    Example(claim("among", regions="b", within="1"), True, table=TIED),
    Example(claim("among", regions="ce", within="3"), False, regions="e", table=TIED),
    # groups that are not named one by one: by their name, or the first few
    Example(claim("sum", "49.62", group_name="coast"), True, 49.62),
    Example(claim("sum", "79.62", group_name="both", groups=("coast", "hills")), True, 79.62),
    Example(claim("sum", "70", within="2"), True, 70, "ab"),
    Example(claim("share", "49.62", of="total", group_name="coast"), True, 49.62),
    Example(claim("share", "50.62", of="total", group_name="coast"), False, 49.62),
    Example(claim("share", "90.38", of="total", within="3"), True, 90.38, "abc"),
    Example(claim("share", "80.38", of="total", within="3"), False, 90.38, "abc"),
    Example(claim("share", "9.62", of="total", group=BELOW_15), True, 9.62, "de"),
    Example(claim("group_mean", "24.81", group_name="coast"), True, 24.81),
    Example(claim("group_mean", "35", within="2"), True, 35, "ab"),
    Example(claim("group_mean", "36", within="2"), False, 35, "ab"),
    Example(claim("count", "1", **ABOVE_MEAN, group_name="coast"), True, 1, "a"),
    Example(claim("count", "2", **ABOVE_MEAN, group_name="coast"), False, 1, "a"),
    Example(claim("count", "1", **BELOW_15, group_name="coast"), True, 1, "d"),
    Example(claim("count_share", "50", **ABOVE_MEAN, group_name="plain"), True, 50, "c"),
    Example(claim("count_share", "60", **ABOVE_MEAN, group_name="plain"), False, 50, "c"),
    # growth: on a year of which there are scores, or on a stated one
    Example(claim("growth", "60", "a", year=2020), True, 60),
    Example(claim("growth", "61", "a", year=2020), False, 60),
    Example(claim("growth", "103.8", "c", year=2020), True, 103.8),
    Example(claim("growth", "-25.0", "b", year=2020), True, -25),
    Example(claim("growth", "25.0", "b", year=2020), False, -25),
    Example(claim("growth", "60", "a", year=2020, before="25.0"), True, 60),
    Example(claim("growth", "60", "a", year=2020, before="25.1"), False, 60),
    # place_change: from the second place to the first, from the last to the fourth
    Example(claim("place_change", "1", "a", year=2020), True, 1),
    Example(claim("place_change", "1", "d", year=2020), True, 1),
    Example(claim("place_change", "-1", "b", year=2020), True, -1),
    Example(claim("place_change", "2", "b", year=2020), False, -1),
    Example(claim("place_change", "0", "c", year=2020), True, 0),
    # what is called approximate, within its tolerance or else its rounding
    Example(claim("score", "21", "c", wording="approximate", tolerance="0.7"), True, 20.38),
    Example(claim("score", "20", "c", wording="approximate", tolerance="0.1"), True, 20.38),
    Example(claim("score", "21", "c", wording="approximate", tolerance="0.1"), False, 20.38),
    Example(claim("total", "98", wording="approximate", tolerance="2"), True, 100),
    Example(claim("total", "97", wording="approximate", tolerance="2"), False, 100),
    Example(claim("share", "68", "ab", of="total", wording="approximate", tolerance="2"), True, 70),
    Example(claim("share", "67", "ab", of="total", wording="approximate", tolerance="2"), False, 70),
    Example(claim("count", "4", **ABOVE_MEAN, wording="approximate", tolerance="1"), True, 3, "abc"),
    Example(claim("count", "5", **ABOVE_MEAN, wording="approximate", tolerance="1"), False, 3, "abc"),
    Example(claim("band", regions="c", lower="20.88", wording="approximate", tolerance="0.5"), True),
    Example(claim("band", regions="c", lower="20.89", wording="approximate", tolerance="0.5"), False, regions="c"),
]

one_kind = pytest.mark.parametrize("kind", KINDS)
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=str)


@one_kind
def test_every_kind_has_a_docstring_of_its_own_and_examples_both_ways(kind: str) -> None:
    """A kind that is added without them fails here."""
    assert type(KINDS[kind]).__doc__
    assert {example.holds for example in EXAMPLES if example.claim.kind == kind} == {True, False}
    assert kind in {falsified.kind for falsified, _ in FALSIFIED}


@each_example
def test_a_table_is_measured(example: Example) -> None:
    """True or false, and what the table has instead."""
    measured = KINDS[example.claim.kind].measure(example.claim, example.table, UNIVERSE)
    assert bool(measured.holds) is example.holds
    assert measured.number == pytest.approx(example.number)
    assert measured.regions == tuple(example.regions)


@each_example
def test_the_rows_of_a_claim_allow_exactly_the_tables_of_which_it_is_true(example: Example) -> None:
    """With every cell fixed."""
    assert allows([example.claim], UNIVERSE, example.table) is example.holds


@each_example
def test_the_rows_of_a_falsified_claim_agree_with_its_measure(example: Example) -> None:
    """A version that happens to be true as well is allowed, any other is not."""
    for version in KINDS[example.claim.kind].falsify(example.claim, UNIVERSE):
        holds = bool(KINDS[example.claim.kind].measure(version.claim, example.table, UNIVERSE).holds)
        assert allows([version.claim], UNIVERSE, example.table) is holds, version


def made(change: str, part: str, *versions: Any) -> list[tuple[str, dict[str, Any]]]:
    """Versions that differ from a claim in one part of it."""
    return [(change, {part: version}) for version in versions]


# Each claim with what is made of it: the figure, the regions or the details that stand in place of its own.
FALSIFIED: list[tuple[Claim, list[tuple[str, dict[str, Any]]]]] = [
    (
        claim("score", "12.3", "a"),
        made("five", "value", "12.9", "11.7") + made("one", "value", "12.4", "12.2")
        + made("digits", "value", "21.3", "13.2"),
    ),
    (claim("score", "0", "a"), made("five", "value", "1")),
    (claim("total", "3"), made("five", "value", "4", "2")),
    (claim("mean", "0.4"), made("five", "value", "0.5", "0.3") + made("digits", "value", "4.0")),
    (claim("sum", "7", "ab"), made("five", "value", "8", "6")),
    (claim("share", "7", "a", of="total"), made("five", "value", "8", "6")),
    (claim("group_mean", "7", group=BELOW_15, size="2"), made("five", "value", "8", "6")),
    (claim("count", "3", **ABOVE_MEAN), made("five", "value", "4", "2")),
    (
        claim("count_share", "60", **ABOVE_MEAN),
        made("five", "value", "63", "57") + made("one", "value", "61", "59") + made("digits", "value", "06"),
    ),
    # There is no place before the first, none after the last.
    (claim("rank", "1", "a"), made("five", "value", "2")),
    (claim("rank", "5", "e"), made("five", "value", "4")),
    (claim("order", regions="abc", starts_at="1"), made("neighbours", "regions", tuple("bac"), tuple("acb"))),
    (claim("top", regions="ab", size="2", ordered=True), made("neighbours", "regions", tuple("ba"))),
    # A name is exchanged for the next region that is not named, after the last comes the first.
    (claim("top", regions="ab", size="2", ordered=False), made("names", "regions", tuple("cb"), tuple("ac"))),
    (claim("above", regions="e", threshold="mean", exhaustive=True), made("names", "regions", ("a",))),
    (claim("below", regions="d", threshold="15", exhaustive=False), made("names", "regions", ("e",))),
    (
        claim("band", regions="a", lower="2", upper="4"),
        made("five", "details", *({"lower": low, "upper": up} for low, up in ("34", "14", "25", "23"))),
    ),
    (
        claim("tiers", tiers=(("a", "b"), ("c", "d")), rest=True),
        made("neighbours", "details", {"tiers": (("a", "c"), ("b", "d")), "rest": True},
             {"tiers": (("a", "b"), ("c", "e")), "rest": True}),
    ),
    # Fewer than are named: then none is.
    (
        claim("group_count", "2", "ad", group_name="coast", within="4"),
        [("five", {"value": "3"}), ("five", {"value": "1", "regions": ()})],
    ),
    (
        claim("comparison", greater=side("x", "ab"), less=side("y")),
        made("sides", "details", {"greater": side("y"), "less": side("x", "ab")}),
    ),
    (claim("ratio", "2", greater=HIGHEST, less=LOWEST), made("five", "value", "3", "1")),
    (claim("difference", "2", greater=HIGHEST, less=LOWEST), made("five", "value", "3", "1")),
    (claim("median", "2"), made("five", "value", "3", "1")),
    (claim("among", regions="ab", within="2"), made("names", "regions", tuple("cb"), tuple("ac"))),
    (claim("growth", "-2", "a", year=2020), made("five", "value", "-1", "-3")),
    # Of five regions none can be more than four places up.
    (claim("place_change", "4", "a", year=2020), made("five", "value", "3")),
]  # fmt: skip


@pytest.mark.parametrize(("true", "expected"), FALSIFIED, ids=[true.kind for true, _ in FALSIFIED])
def test_falsified_versions_are_those_that_are_documented(true: Claim, expected: list) -> None:
    """Nothing else about the claim changes."""
    found = [(version.change, version.claim) for version in KINDS[true.kind].falsify(true, UNIVERSE)]
    assert found == [(change, replace(true, **changed)) for change, changed in expected]


@each_example
def test_a_falsified_version_is_never_the_claim_itself_nor_made_twice(example: Example) -> None:
    """For all examples, true or not."""
    versions = [version.claim for version in KINDS[example.claim.kind].falsify(example.claim, UNIVERSE)]
    assert example.claim not in versions
    assert all(version not in versions[:place] for place, version in enumerate(versions))


@pytest.mark.parametrize(
    ("printed", "exact", "holds"),
    [
        ("20.38", 20.3749, False), ("20.38", 20.375, True), ("20.38", 20.38, True), ("20.38", 20.385, True),
        ("20.38", 20.3851, False), ("20.4", 20.35, True), ("20.4", 20.349, False), ("20", 20.5, True),
        ("20", 20.501, False), ("20.0", 20.06, False), ("0", 0.5, True), ("0.00", 0.006, False),
    ],
)  # fmt: skip
def test_a_printed_number_means_its_rounding_interval(printed: str, exact: float, holds: bool) -> None:
    """20.38 is 20.375 to 20.385, both ends included; for every kind that states one number."""
    table = table_of(x=[exact] * 5, y=[exact] * 5)
    whole = {"value": printed, "regions": tuple("abcde")}
    for said in (claim("score", printed, "a"), claim("mean", printed), replace(claim("group_mean"), **whole)):
        assert bool(KINDS[said.kind].measure(said, table, UNIVERSE).holds) is holds
        assert allows([said], UNIVERSE, table) is holds


@pytest.mark.parametrize(
    ("printed", "holds"),
    [("66.67", True), ("66.66", True), ("66.7", True), ("66.6", True), ("67", True), ("66", True), ("66.8", False),
     ("66.5", False), ("66.68", False), ("65", False)],
)  # fmt: skip
def test_a_share_may_be_rounded_or_truncated(printed: str, holds: bool) -> None:
    """Two thirds, of scores and of regions."""
    universe = Universe(("x",), tuple("abc"), {})
    table = table_of(x=(10, 10, 10))
    share = claim("share", printed, "ab", of="total")
    counted = claim("count_share", printed, relation="above", threshold="15")
    assert bool(KINDS["share"].measure(share, table, universe).holds) is holds
    assert allows([share], universe, table) is holds
    table = table_of(x=(20, 20, 10))
    assert bool(KINDS["count_share"].measure(counted, table, universe).holds) is holds
    assert allows([counted], universe, table) is holds


def test_a_score_is_never_truncated() -> None:
    """20.389 is not printed as 20.38."""
    table = table_of(x=[20.389] * 5)
    assert not KINDS["mean"].measure(claim("mean", "20.38"), table, UNIVERSE).holds


def test_an_approximate_share_is_not_truncated_too() -> None:
    """About 69, by 1: 68 to 70; by nothing: 68.5 to 69.5."""
    for tolerance, holds in (("1", True), ("0", False)):
        about = claim("share", "69", "ab", of="total", wording="approximate", tolerance=tolerance)
        assert bool(KINDS["share"].measure(about, TABLE, UNIVERSE).holds) is holds


@pytest.mark.parametrize("score", [0.0, 0.1, 0.7, 7.001, 10.3, 68.999])
@pytest.mark.parametrize("count", [5, 6, 7])
def test_regions_that_all_score_the_same_are_neither_above_nor_below_their_mean(score: float, count: int) -> None:
    """Though the mean of six times 10.3 is not 10.3 to the last bit."""
    universe = Universe(("x",), tuple("abcdefg"[:count]), {})
    table = table_of(x=[score] * count)
    for relation, number in (("above", 0), ("below", 0), ("at_least", count), ("at_most", count)):
        said = claim("count", str(number), relation=relation, threshold="mean")
        assert KINDS["count"].measure(said, table, universe).holds
        assert allows([said], universe, table)
    for greater, less in ((side("x"), side("x", "a")), (side("x", "a"), side("x"))):
        assert not KINDS["comparison"].measure(claim("comparison", greater=greater, less=less), table, universe).holds


def test_a_share_of_nothing_is_true_of_no_table_though_its_rows_allow_it() -> None:
    """0 of 0 is no number; rows without a division cannot say so, and bounds are only wider for it."""
    share = claim("share", "50", "a", of="total", index="y")
    assert not KINDS["share"].measure(share, TIED, UNIVERSE).holds
    assert allows([share], UNIVERSE, TIED)


def test_scores_below_zero_are_summed_on_either_side_of_a_threshold() -> None:
    """Products of a score and a yes or no are exact whatever the range of scores."""
    universe = Universe(("x",), tuple("abcd"), {}, lowest=-50, highest=150)
    table = table_of(x=(120, 10, -20, -50))
    for relation, total in (("above", "120"), ("at_least", "130"), ("below", "-70"), ("at_most", "-60")):
        said = claim("sum", total, group={"relation": relation, "threshold": "10"})
        assert KINDS["sum"].measure(said, table, universe).holds
        assert allows([said], universe, table)
        assert not allows([replace(said, value="121")], universe, table)


def test_the_order_of_regions_in_a_table_does_not_matter() -> None:
    """Only who scores what."""
    codes = list("abcde")
    for seed in range(5):
        random.Random(seed).shuffle(codes)
        shuffled = {index: scores[codes] for index, scores in TABLE.items()}
        for example in EXAMPLES:
            if example.table is TABLE:
                measured = KINDS[example.claim.kind].measure(example.claim, shuffled, UNIVERSE)
                assert (bool(measured.holds), measured.regions) == (example.holds, tuple(example.regions))
