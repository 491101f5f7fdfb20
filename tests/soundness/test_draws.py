"""Every run of a design against the same method taken through the public steps, one run at a time."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.errors import DataError, LookupFailed
from regional_index.framework import Framework, Node
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.impute import impute
from regional_index.method.normalise import normalise
from regional_index.method.panel import years_of
from regional_index.method.rank import ranks_of
from regional_index.method.treat import treat
from regional_index.method.weight import weigh_node
from regional_index.soundness import draws
from regional_index.soundness.choices import Choices
from regional_index.soundness.draws import ABSENT, as_whole, evaluate
from regional_index.soundness.variants import Variants, make_variants
from tests.method.varied import NODES, framework_of, levels, node, panel_of, random_panel, rules

EVERYTHING: Mapping[str, Any] = {
    "noise": 0.3,
    "leave_out": True,
    "aggregate": (levels("arithmetic"), levels("geometric", "arithmetic"), levels("copeland", "harmonic")),
    "impute": rules("impute", "none", "median"),
    "treat": rules("treat", "none", "log"),
    "normalise": rules("normalise", {"rule": "min-max", "lower": 1}, "z-score", "percentile-rank"),
}


def prepare(panel: pd.DataFrame, framework: Framework, **given: Any) -> tuple[Choices, Variants]:
    assert framework.robustness is not None
    choices = Choices.from_framework(framework, framework.robustness)
    return choices, make_variants(panel, framework, choices, **given)


def run_all(
    panel: pd.DataFrame, framework: Framework, design: np.ndarray, factors: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, Variants]:
    """Scores and ranks of all nodes, shape (runs, nodes, years, regions)."""
    choices, variants = prepare(panel, framework)
    factors = np.ones((len(design), len(choices.edges))) if factors is None else factors
    batches = list(evaluate(design, factors, variants, choices, list(framework.nodes)))
    order = np.argsort(np.concatenate([batch.rows for batch in batches]))
    scores, ranks = (np.concatenate([getattr(batch, name) for batch in batches])[order] for name in ("scores", "ranks"))
    return scores, ranks, variants


def weighted(top: Node, by_edge: Mapping[tuple[str, str], float]) -> Node:
    """The tree with its weights multiplied; a node whose children all have 0 has 0 itself."""
    children = tuple(weighted(child, by_edge) for child in top.children)
    children = tuple(replace(child, weight=child.weight * by_edge[top.code, child.code]) for child in children)
    children = tuple(replace(child, weight=child.weight * any(child.child_weights.values())) for child in children)
    indicators = {code: weight * by_edge[top.code, code] for code, weight in top.indicators.items()}
    return replace(top, children=children, indicators=indicators)


def score_one(panel: pd.DataFrame, framework: Framework, picked: Mapping[str, Any], factors: np.ndarray) -> np.ndarray:
    """The scores of one run by the public steps; shape (nodes, rows)."""
    edges = [(code, child) for code, each in framework.nodes.items() for child in each.child_weights]
    factors = [0.0 if child == picked["leave_out"] else own for own, (_, child) in zip(factors, edges, strict=True)]
    top = weighted(framework.indices[0], dict(zip(edges, factors, strict=True)))
    steps = {step: rule for step, rule in picked.items() if step != "leave_out"}
    method = replace(framework.method, **steps, minimum_weight_share=(0.0,))
    varied = replace(framework, indices=(top,), method=method)
    treated = treat(impute(panel, varied).panel, varied).panel
    with np.errstate(invalid="ignore"):
        weigh = partial(weigh_node, varied)
        scores = aggregate_tree(normalise(treated, varied).panel, weigh, varied).scores
    return scores["score"].to_numpy(dtype=float).reshape(len(varied.nodes), -1)


@pytest.mark.parametrize(("missing", "third"), [(0.0, "copeland"), (0.15, "weakest-link")])
def test_every_run_is_what_the_public_steps_make_of_its_choices(missing: float, third: str) -> None:
    """Among them levels, gaps, an indicator with rules of its own and one of which less is better.

    With gaps without Copeland's rule, for which it matters to others whether a sub-index has enough data.
    """
    own = {"b": {"direction": -1}, "d": {"normalise": rules("normalise", {"rule": "z-score", "mean": 70.0})[0]}}
    varied = {**EVERYTHING, "aggregate": (*EVERYTHING["aggregate"][:2], levels(third, "harmonic"))}
    framework = framework_of(own=own, robustness=varied, normalise=EVERYTHING["normalise"][0])
    panel = random_panel(8, missing=missing)
    choices, _ = prepare(panel, framework)
    generator = np.random.default_rng(5)
    design = generator.random((40, len(choices.factors)))
    factors = choices.vary_weights(generator, 40)
    scores, ranks, variants = run_all(panel, framework, design, factors)
    options = choices.pick(design)
    nominal = np.concatenate([variants.nominal[code] for code in NODES])
    for run in range(40):
        picked = {name: choices.options[name][number[run]] for name, number in options.items()}
        expected = score_one(panel, framework, picked, factors[run])
        expected = np.where(np.isnan(nominal), np.nan, expected)
        by_year = expected.reshape(3, 8, years_of(panel)).swapaxes(1, 2)
        np.testing.assert_allclose(scores[run], by_year, atol=1e-9)
        np.testing.assert_array_equal(ranks[run], as_whole(ranks_of(by_year)))


def test_leaving_out_an_indicator_without_weight_changes_nothing() -> None:
    top = node("all", node("left", a=2.0, b=0.0), node("right", c=1.0, d=4.0))
    framework = framework_of(top, robustness={"leave_out": True})
    design = np.array([[0.0], [0.5]])  # none, and the second of four
    scores, ranks, _ = run_all(random_panel(), framework, design)
    np.testing.assert_array_equal(scores[1], scores[0])
    np.testing.assert_array_equal(ranks[1], ranks[0])


def test_a_node_without_a_child_that_has_weight_is_absent() -> None:
    """Without `a`, `left` has no scores and `all` is `right` alone."""
    top = node("all", node("left", weight=3.0, a=1.0), node("right", weight=2.0, c=1.0, d=4.0))
    framework = framework_of(top, robustness={"leave_out": True})
    panel = random_panel()[["a", "c", "d"]]
    scores, ranks, _ = run_all(panel, framework, np.array([[0.0], [0.3]]))
    assert np.isnan(scores[1, 1]).all()
    assert (ranks[1, 1] == ABSENT).all()
    np.testing.assert_allclose(scores[1, 0], scores[1, 2], atol=1e-12)
    assert not np.isnan(scores[0]).any()


def test_nobody_appears_who_has_no_score_by_the_declared_method() -> None:
    """Imputation would give C a score; it is no reason to move the others down."""
    panel = panel_of({"a": [1, 2, np.nan, 4], "b": [1, 2, np.nan, 4], "c": [4, 1, 9, 3], "d": [1, 2, 9, 5]})
    framework = framework_of(robustness={"impute": rules("impute", "none", {"rule": "constant", "value": 99.0})})
    scores, ranks, _ = run_all(panel, framework, np.array([[0.0], [0.9]]))
    assert np.isnan(scores[:, :2, 0, 2]).all()
    assert ranks[:, 1, 0].tolist() == [[3, 2, ABSENT, 1]] * 2
    assert ranks[0, 0, 0, 2] == ABSENT


def test_who_has_no_score_by_the_method_of_a_run_has_no_rank_in_it() -> None:
    """z-scores around 0 are negative for the lower half, and have no geometric mean."""
    framework = framework_of(
        normalise=rules("normalise", {"rule": "z-score", "mean": 0.0})[0],
        robustness={"aggregate": (levels("arithmetic"), levels("geometric"))},
    )
    scores, ranks, _ = run_all(random_panel(), framework, np.array([[0.0], [0.9]]))
    assert not np.isnan(scores[0]).any()
    lost = np.isnan(scores[1])
    assert lost.any()
    assert (ranks[1] == ABSENT).tolist() == lost.tolist()


def test_rows_with_weights_of_their_own_are_scored_by_the_same_rule() -> None:
    """Benefit of the doubt: a run without noise gives the declared scores, one without `a` the sum of the others."""
    doubt = rules("weight", "benefit-of-the-doubt")
    framework = framework_of(weight=doubt, robustness={"leave_out": True}, normalise=EVERYTHING["normalise"][0])
    scores, _, variants = run_all(random_panel(), framework, np.array([[0.0], [0.3]]))
    for k, code in enumerate(NODES):
        np.testing.assert_allclose(scores[0, k], variants.by_year(variants.nominal[code])[0], atol=1e-9)
    method = variants.methods[0, 0, 0, 0]
    expected = variants.by_year(method.own["left"][1:] * method.columns["b"])[0]
    np.testing.assert_allclose(scores[1, 1], expected, atol=1e-9)


def test_weights_that_follow_from_the_data_follow_from_those_of_the_run() -> None:
    framework = framework_of(
        weight=rules("weight", "entropy"), normalise=EVERYTHING["normalise"][0],
        robustness={"normalise": EVERYTHING["normalise"]},
    )  # fmt: skip
    panel = random_panel()
    choices, variants = prepare(panel, framework)
    weights = [variants.methods[0, 0, number, 0].weights["left"] for number in range(3)]
    assert not np.allclose(weights[0], weights[2])
    scores, _, _ = run_all(panel, framework, np.array([[0.1], [0.5], [0.9]]))
    for run, rule in enumerate(choices.options["normalise"]):
        picked = {"normalise": rule, "leave_out": ""}
        expected = score_one(panel, framework, picked, np.ones(6)).reshape(3, -1, 2).swapaxes(1, 2)
        np.testing.assert_allclose(scores[run], expected, atol=1e-9)


def test_batches_hold_every_run_once_however_small_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    framework = framework_of(robustness=EVERYTHING, normalise=EVERYTHING["normalise"][0])
    design = np.random.default_rng(2).random((50, 6))
    factors = np.random.default_rng(3).uniform(0.7, 1.3, (50, 6))
    whole = run_all(random_panel(), framework, design, factors)
    monkeypatch.setattr(draws, "CELLS", 1)
    single = run_all(random_panel(), framework, design, factors)
    np.testing.assert_allclose(single[0], whole[0], atol=1e-9)
    np.testing.assert_array_equal(single[1], whole[1])


def test_only_the_years_wanted_are_kept_and_the_scale_is_that_of_all() -> None:
    framework, panel = framework_of(robustness=EVERYTHING), random_panel()
    _, both = prepare(panel, framework)
    _, last = prepare(panel, framework, years=[2022])
    assert last.years == (2022,)
    np.testing.assert_array_equal(last.nominal["all"], both.by_year(both.nominal["all"])[:, 1])
    cut = both.of_years([2022])
    for key, variant in last.methods.items():
        np.testing.assert_array_equal(variant.columns["a"], cut.methods[key].columns["a"])


def test_an_unknown_year_is_refused_with_those_there_are() -> None:
    with pytest.raises(LookupFailed, match="unknown year 1999; there are 2021, 2022"):
        prepare(random_panel(), framework_of(), years=[1999])


def test_a_rule_that_cannot_be_carried_out_is_named_where_it_stands() -> None:
    """Not under `method`, whose own rule is fine; and both of them at once."""
    varied = {
        "normalise": rules("normalise", "min-max", "fraction-of-maximum"),
        "impute": rules("impute", "none", "em"),
    }
    panel = random_panel(3, missing=0.1)
    panel["a"] = -1.0 - panel["a"]
    with pytest.raises(DataError) as caught:
        prepare(panel, framework_of(robustness=varied))
    places = {problem.place for problem in caught.value.problems}
    assert {"robustness.vary.normalise", "robustness.vary.impute"} <= places, caught.value


def test_more_regions_than_two_bytes_count_are_refused() -> None:
    with pytest.raises(ValueError, match="40000 regions"):
        as_whole(np.ones((1, 40_000)))


def test_neither_the_panel_nor_the_weights_are_changed() -> None:
    framework = framework_of(robustness=EVERYTHING)
    panel = random_panel(missing=0.1)
    before, factors = panel.copy(), np.full((30, 6), 1.1)
    run_all(panel, framework, np.random.default_rng(1).random((30, 6)), factors)
    pd.testing.assert_frame_equal(panel, before)
    assert (factors == 1.1).all()
