"""Every run of a design against the same method taken through the public steps, one run at a time."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.framework import Framework
from regional_index.method.rules import CannotCompute
from regional_index.read import locate
from regional_index.soundness.draws import Variants, evaluate, make_variants
from tests.method.varied import NODES, framework_of, levels, node, panel_of, random_panel, rules
from tests.soundness.one_run import score_one

EVERYTHING: Mapping[str, Any] = {
    "noise": 0.3,
    "leave_out": True,
    "aggregate": (levels("arithmetic"), levels("geometric", "arithmetic"), levels("copeland", "harmonic")),
    "impute": rules("impute", "none", "median"),
    "treat": rules("treat", "none", "log"),
    "normalise": rules("normalise", {"rule": "min-max", "lower": 1}, "z-score", "percentile-rank"),
}


def run_all(
    panel: pd.DataFrame, framework: Framework, design: np.ndarray, factors: np.ndarray | None = None
) -> tuple[np.ndarray, Variants]:
    """Scores of all nodes, shape (runs, nodes, years, regions), and what they were drawn from."""
    variants = make_variants(panel, framework)
    factors = np.ones((len(design), len(variants.choices.edges))) if factors is None else factors
    by_year = [evaluate(design, factors, variants, year) for year in variants.years]
    return np.array([[made[code] for made in by_year] for code in framework.nodes]).transpose(2, 0, 1, 3), variants


def nominal_of(variants: Variants) -> np.ndarray:
    """Scores by the declared method, shape (nodes, years, regions)."""
    return np.array([[variants.of_year(variants.nominal, year)[code][0] for year in variants.years] for code in NODES])


@pytest.mark.parametrize(("missing", "third"), [(0.0, "copeland"), (0.15, "weakest-link")])
def test_every_run_is_what_the_public_steps_make_of_its_choices(missing: float, third: str) -> None:
    """Among them levels, gaps, an indicator with rules of its own and one of which less is better.

    With gaps without Copeland's rule, for which it matters to others whether a sub-index has enough data.
    """
    own = {"b": {"direction": -1}, "d": {"normalise": rules("normalise", {"rule": "z-score", "mean": 70.0})[0]}}
    varied = {**EVERYTHING, "aggregate": (*EVERYTHING["aggregate"][:2], levels(third, "harmonic"))}
    framework = framework_of(own=own, robustness=varied, normalise=EVERYTHING["normalise"][0])
    panel = random_panel(8, missing=missing)
    choices = make_variants(panel, framework).choices
    generator = np.random.default_rng(5)
    design = generator.random((40, len(choices.factors)))
    factors = choices.vary_weights(generator, 40)
    scores, variants = run_all(panel, framework, design, factors)
    options = choices.pick(design)
    for run in range(40):
        picked = {name: choices.options[name][number[run]] for name, number in options.items()}
        expected = score_one(panel, framework, picked, factors[run]).reshape(3, 8, 2).swapaxes(1, 2)
        expected = np.where(np.isnan(nominal_of(variants)), np.nan, expected)
        np.testing.assert_allclose(scores[run], expected, atol=1e-9)


def test_leaving_out_an_indicator_without_weight_changes_nothing() -> None:
    top = node("all", node("left", a=2.0, b=0.0), node("right", c=1.0, d=4.0))
    framework = framework_of(top, robustness={"leave_out": True})
    design = np.array([[0.0], [0.5]])  # none, and the second of four
    scores, _ = run_all(random_panel(), framework, design)
    np.testing.assert_array_equal(scores[1], scores[0])


def test_a_node_without_a_child_that_has_weight_is_absent() -> None:
    """Without `a`, `left` has no scores and `all` is `right` alone."""
    top = node("all", node("left", weight=3.0, a=1.0), node("right", weight=2.0, c=1.0, d=4.0))
    framework = framework_of(top, robustness={"leave_out": True})
    panel = random_panel()[["a", "c", "d"]]
    scores, _ = run_all(panel, framework, np.array([[0.0], [0.3]]))
    assert np.isnan(scores[1, 1]).all()
    np.testing.assert_allclose(scores[1, 0], scores[1, 2], atol=1e-12)
    assert not np.isnan(scores[0]).any()


def test_no_region_appears_that_has_no_score_by_the_declared_method() -> None:
    """Imputation would give C a score; it is no reason to move the others down."""
    panel = panel_of({"a": [1, 2, np.nan, 4], "b": [1, 2, np.nan, 4], "c": [4, 1, 9, 3], "d": [1, 2, 9, 5]})
    framework = framework_of(robustness={"impute": rules("impute", "none", {"rule": "constant", "value": 99.0})})
    scores, _ = run_all(panel, framework, np.array([[0.0], [0.9]]))
    assert np.isnan(scores[:, :2, 0, 2]).all()
    assert (~np.isnan(scores[:, :2, 0, [0, 1, 3]])).all()


def test_a_region_without_a_score_by_the_method_of_a_run_has_none_in_it() -> None:
    """z-scores around 0 are negative for the lower half, and have no geometric mean."""
    framework = framework_of(
        normalise=rules("normalise", {"rule": "z-score", "mean": 0.0})[0],
        robustness={"aggregate": (levels("arithmetic"), levels("geometric"))},
    )
    scores, _ = run_all(random_panel(), framework, np.array([[0.0], [0.9]]))
    assert not np.isnan(scores[0]).any()
    assert np.isnan(scores[1]).any()


def test_rows_with_weights_of_their_own_are_scored_by_the_same_rule() -> None:
    """Benefit of the doubt: a run without noise gives the declared scores, one without `a` the sum of the others."""
    doubt = rules("weight", "benefit-of-the-doubt")
    framework = framework_of(weight=doubt, robustness={"leave_out": True}, normalise=EVERYTHING["normalise"][0])
    scores, variants = run_all(random_panel(), framework, np.array([[0.0], [0.3]]))
    np.testing.assert_allclose(scores[0], nominal_of(variants), atol=1e-9)
    method = variants.methods[0, 0, 0, 0]
    expected = (method.own["left"][1:] * method.columns["b"]).reshape(-1, 2).T
    np.testing.assert_allclose(scores[1, 1], expected, atol=1e-9)


def test_weights_that_follow_from_the_data_follow_from_those_of_the_run() -> None:
    framework = framework_of(
        weight=rules("weight", "entropy"), normalise=EVERYTHING["normalise"][0],
        robustness={"normalise": EVERYTHING["normalise"]},
    )  # fmt: skip
    panel = random_panel()
    scores, variants = run_all(panel, framework, np.array([[0.1], [0.5], [0.9]]))
    weights = [variants.methods[0, 0, number, 0].weights["left"] for number in range(3)]
    assert not np.allclose(weights[0], weights[2])
    for run, rule in enumerate(variants.choices.options["normalise"]):
        picked = {"normalise": rule, "leave_out": ""}
        expected = score_one(panel, framework, picked, np.ones(6)).reshape(3, -1, 2).swapaxes(1, 2)
        np.testing.assert_allclose(scores[run], expected, atol=1e-9)


def test_a_rule_that_cannot_be_carried_out_is_named_where_it_stands() -> None:
    """Not under `method`, whose own rule is fine; and both of them at once."""
    varied = {
        "normalise": rules("normalise", "min-max", "fraction-of-maximum"),
        "impute": rules("impute", "none", "em"),
    }
    panel = random_panel(3, missing=0.1)
    panel["a"] = -1.0 - panel["a"]
    framework = framework_of(robustness=varied)
    with pytest.raises(CannotCompute) as caught:
        make_variants(panel, framework)
    places = {problem.place for problem in locate(caught.value.findings, framework)}
    assert {"robustness.vary.normalise", "robustness.vary.impute"} <= places, caught.value
