"""Weights in whole steps that agree with totals and claims."""

import pytest

from regional_index.claims.universe import Universe
from regional_index.claims.weights import study_weights
from tests.claims.worked import claim

UNIVERSE = Universe(indices=("top", "left", "right"), regions=tuple("abcde"), members={})
TOTALS = [
    claim("total", "130.0", index="top", name="top"),
    claim("total", "100.0", index="left", name="left"),
    claim("total", "200.0", index="right", name="right"),
]


def test_two_totals_leave_one_weighting() -> None:
    """0.7 · 100 + 0.3 · 200 = 130."""
    study = study_weights(TOTALS, UNIVERSE, "top", ("left", "right"), 20)
    assert study is not None
    assert (study.tried, study.fit_totals, study.fit_all) == (19, 1, ((14, 6),))
    assert study.shares((14, 6)) == {"left": pytest.approx(0.7), "right": pytest.approx(0.3)}


def test_a_region_whose_index_is_above_all_its_parts_allows_no_weighting() -> None:
    scores = [
        claim("score", "50", "a", index="top", name="a-top"),
        claim("score", "40", "a", index="left", name="a-left"),
        claim("score", "45", "a", index="right", name="a-right"),
    ]
    study = study_weights([*TOTALS, *scores], UNIVERSE, "top", ("left", "right"), 20)
    assert study is not None
    assert (study.fit_totals, study.fit_all) == (1, ())


def test_without_a_total_nothing_is_inferred() -> None:
    assert study_weights(TOTALS[:2], UNIVERSE, "top", ("left", "right"), 20) is None


def test_totals_are_compared_within_their_rounding() -> None:
    """Printed without decimals, 130 stands for 129.5 to 130.5, which 69 to 71 steps of a hundred reach."""
    vague = [
        claim("total", text, index=name, name=name)
        for name, text in (("top", "130"), ("left", "100"), ("right", "200"))
    ]
    study = study_weights(vague, UNIVERSE, "top", ("left", "right"), 100)
    assert study is not None
    assert [weights[0] for weights in study.fit_all] == [69, 70, 71]


def test_each_part_has_a_weight() -> None:
    study = study_weights(TOTALS, UNIVERSE, "top", ("left", "right"), 2)
    assert study is not None
    assert study.tried == 1


def test_an_approximate_total_allows_all_that_its_tolerance_allows() -> None:
    vague = claim("total", "130", index="top", name="top", wording="approximate", tolerance="10")
    study = study_weights([vague, *TOTALS[1:]], UNIVERSE, "top", ("left", "right"), 20)
    assert study is not None
    assert [weights[1] for weights in study.fit_all] == [8, 7, 6, 5, 4]
