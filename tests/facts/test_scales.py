"""On which scale scores stand, for bars, dots and classes."""

from typing import Any

import pytest

from regional_index.facts import Facts, ScoreScale
from regional_index.facts.scales import score_scales
from regional_index.method.index import compute_index
from regional_index.results.compute_open import membership_of
from tests.changed_facts import with_tables
from tests.methods import compute, declare

Z = {"rule": "z-score", "mean": 0, "sd": 1}
DOUBT = "benefit-of-the-doubt"


def scale(facts: Facts, index: str, **declared: Any) -> ScoreScale:
    """The scale of an index of the second index by another method; nothing but its scores is computed."""
    project = declare(facts.declared, **declared)
    results = compute_index(project.values, project.framework, membership_of(project.framework, project.regions))
    last = results.scores[results.scores["year"] == facts.last_year]
    scores = {str(code): rows["score"] for code, rows in last.groupby("index")}
    return score_scales(project.framework, scores, len(project.regions.evaluated))[index]


@pytest.mark.parametrize(
    ("declared", "ends"),
    [
        ({}, (0, 100)),
        ({"normalise": {"rule": "min-max", "lower": -1, "upper": 1}}, (-1, 1)),
        ({"normalise": {"rule": "percentile-rank", "times": 1}}, (0, 1)),
        ({"normalise": "distance-to-maximum"}, (0, 100)),
        ({"normalise": "rank"}, (1, 5)),
        ({"normalise": "borda"}, (0, 4)),
        ({"aggregate": "copeland"}, (-4, 4)),
        ({"normalise": Z, "aggregate": ["copeland", "arithmetic"]}, (-4, 4)),
        ({"normalise": {"rule": "min-max", "upper": 1}, "weight": [DOUBT, "equal"]}, (0, 100)),
    ],
)
def test_rules_say_where_the_scale_ends(
    second_facts: Facts, declared: dict[str, Any], ends: tuple[float, float]
) -> None:
    """Five islands: ranks to 5, and 4 duels."""
    found = scale(second_facts, "harbour", **declared)
    assert (found.ends, found.declared) == (ends, True)


def test_where_no_rule_says_it_the_scores_do(second_facts: Facts) -> None:
    """With a little room; indices that are counted in the same share the scale, bars have 0 on it."""
    facts = compute(second_facts.declared, normalise=Z)
    scores = [facts.open.scores(code)["score"] for code in facts.open.ranked_nodes]
    least, greatest = min(s.min() for s in scores), max(s.max() for s in scores)
    found = facts.open.score_scale("harbour")
    room = 0.04 * (greatest - least)
    assert found.ends == pytest.approx((least - room, greatest + room))
    assert found.bar_ends == pytest.approx((least, greatest))
    assert not found.declared
    assert found == facts.open.score_scale("speed")


def test_duels_stand_on_another_scale_than_what_they_are_about(second_facts: Facts) -> None:
    """Copeland at the top only: the parts keep theirs."""
    facts = compute(second_facts.declared, aggregate=["copeland", "arithmetic"])
    assert facts.open.score_scale("harbour").ends == (-4, 4)
    assert facts.open.score_scale("traffic").ends == (0, 100)


def test_scores_beyond_the_end_that_a_rule_says_stay_on_the_scale(second_facts: Facts) -> None:
    """A bonus for imbalance may lead above the best score of the parts."""
    rule = {"rule": "mazziotta-pareto", "penalty": "upward"}
    facts = compute(second_facts.declared, aggregate=rule)
    greatest = max(facts.open.scores(code)["score"].max() for code in facts.open.ranked_nodes)
    assert facts.open.score_scale("harbour").ends[1] == max(100, greatest)


def test_bars_of_negative_scores_start_left_of_zero_and_end_there(second_facts: Facts) -> None:
    """From −4 to 4, 0 is in the middle."""
    found = scale(second_facts, "harbour", aggregate="copeland")
    assert [found.bar(score) for score in (-4, -1, 0, 3)] == [(0, 50), (37.5, 50), (50, 50), (50, 87.5)]


def test_declared_bands_hold_where_all_of_them_lie_on_the_scale(second_facts: Facts) -> None:
    """Bounds 33 and 66 divide 0 to 100."""
    assert second_facts.open.score_scale("harbour").bounds == (33, 66)
    assert scale(second_facts, "harbour", aggregate="geometric", normalise="distance-to-maximum").bounds == (33, 66)


@pytest.mark.parametrize("declared", [{"normalise": Z}, {"aggregate": "copeland"}, {"normalise": "rank"}])
def test_else_classes_hold_about_as_many_scores_each(second_facts: Facts, declared: dict[str, Any]) -> None:
    """As many classes as the bands make, with bounds that ascend, none of them empty."""
    facts = compute(second_facts.declared, **declared)
    bounds = facts.open.score_scale("harbour").bounds
    scores = [s for code in facts.open.ranked_nodes for s in facts.open.scores(code)["score"].dropna()]
    assert len(bounds) == 2
    assert bounds[0] < bounds[1]
    counts = [sum(low <= s < high for s in scores) for low, high in zip((-99, *bounds), (*bounds, 99), strict=True)]
    assert min(counts) >= len(scores) / 6


def test_equal_scores_make_one_class(second_facts: Facts) -> None:
    """And still there is a scale to draw them on."""
    facts = compute(second_facts.declared, normalise=Z)
    flat = facts.tables["scores"].assign(score=-3.0)
    found = with_tables(facts, scores=flat).open.score_scale("harbour")
    assert found.bounds == ()
    assert found.ends == pytest.approx((-3.12, -2.88))
    assert found.bar_ends == (-3, 0)
