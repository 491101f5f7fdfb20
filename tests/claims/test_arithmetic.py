"""Figures computed again from other figures, and how they were rounded."""

from regional_index.claims.arithmetic import find_checks
from regional_index.claims.findings import Check
from regional_index.framework import Claim
from tests.claims.worked import UNIVERSE, claim


def only_check(*claims: Claim) -> Check:
    """The one check there is among some claims."""
    [check] = find_checks(claims, UNIVERSE)
    return check


def test_a_mean_is_the_total_over_all_regions() -> None:
    check = only_check(claim("total", "101.9"), claim("mean", "20.38"))
    assert (check.rule, check.claim, check.others, check.parts) == ("mean", "mean", ("total",), ("101.9", "5"))
    assert check.fits == "rounded"


def test_a_mean_that_does_not_fit_says_so() -> None:
    assert only_check(claim("total", "101.9"), claim("mean", "20.48")).fits == "not"


def test_a_share_may_be_truncated() -> None:
    """501.60 of 589.29 is 85.119 %."""
    whole, part = claim("total", "589.29"), claim("sum", "501.60", "ab")
    assert only_check(whole, part, claim("share", "85.11", "ba", of="total")).fits == "truncated"
    assert only_check(whole, part, claim("share", "85.12", "ba", of="total")).fits == "rounded"
    assert only_check(whole, part, claim("share", "85.13", "ba", of="total")).fits == "not"


def test_a_share_of_regions_whose_scores_are_all_known_is_computed_from_them() -> None:
    scores = [claim("score", "30", "a", name="one"), claim("score", "20", "b", name="two")]
    check = only_check(claim("total", "100"), *scores, claim("share", "50.0", "ab", of="total"))
    assert check.others == ("one", "two", "total")
    assert check.parts == ("30 + 20", "100")
    assert check.fits == "rounded"


def test_sums_of_scores_have_the_same_bits_by_any_python() -> None:
    """At least 0.05 + 0.15 + 0.35: `sum` of these floats is 0.55 before Python 3.12, then a bit less."""
    scores = [claim("score", text, region, name=region) for text, region in (("0.1", "a"), ("0.2", "b"), ("0.4", "c"))]
    check = only_check(claim("total", "1.0"), *scores, claim("share", "60", "abc", of="total"))
    assert check.computed.lower == 0.5499999999999999 / 1.05 * 100


def test_a_share_of_a_sum_that_is_not_known_is_not_checked() -> None:
    assert find_checks([claim("total", "100"), claim("share", "50", "ab", of="total")], UNIVERSE) == []


def test_counts_are_checked_against_shares_of_counts_lists_and_the_other_side() -> None:
    above = claim("count", "2", relation="above", threshold="mean")
    assert only_check(above, claim("count_share", "40", relation="above", threshold="mean")).fits == "rounded"
    assert only_check(above, claim("above", "", "ab", threshold="mean", exhaustive=True)).rule == "members"
    assert only_check(above, claim("above", "", "abc", threshold="mean", exhaustive=True)).fits == "not"
    below = claim("count", "3", name="below", relation="below", threshold="mean")
    assert (only_check(above, below).rule, only_check(above, below).fits) == ("both_sides", "rounded")


def test_a_list_that_is_not_complete_counts_nothing() -> None:
    listed = claim("above", "", "a", threshold="mean", exhaustive=False)
    assert find_checks([listed, claim("count", "2", relation="above", threshold="mean")], UNIVERSE) == []


def test_the_mean_of_the_rest_follows_from_total_and_sum() -> None:
    """(100 - 70) / 3 = 10."""
    claims = [
        claim("total", "100"),
        claim("sum", "70", "ab"),
        claim("above", "", "ab", threshold="mean", exhaustive=True),
        claim("group_mean", "10.0", group={"relation": "below", "threshold": "mean"}, size="3"),
    ]
    check = only_check(*claims)
    assert (check.rule, check.parts, check.fits) == ("rest", ("100", "70", "3"), "rounded")


def test_an_approximate_figure_fits_within_its_tolerance() -> None:
    count = claim("count", "2", relation="below", threshold="10")
    vague = claim("count_share", "42", relation="below", threshold="10", wording="approximate", tolerance="3")
    assert only_check(count, vague).fits == "approximate"


def test_indices_are_not_mixed() -> None:
    assert find_checks([claim("total", "100"), claim("mean", "20", index="y")], UNIVERSE) == []


def test_a_share_of_a_total_that_may_be_nothing_is_not_computed() -> None:
    total = claim("total", "0.5", wording="approximate", tolerance="0.5")
    claims = [total, claim("sum", "0.2", "ab"), claim("share", "40", "ab", of="total")]
    assert find_checks(claims, UNIVERSE) == []
