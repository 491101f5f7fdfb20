"""What holds for every rule of every step, once over the registry: order, bytes, what is missing."""

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.method.impute import impute
from regional_index.method.normalise import normalise
from regional_index.method.rules import RULES, WEIGH, make_rule
from regional_index.method.treat import treat
from regional_index.method.weigh import weigh_node
from tests.method.varied import INDICATORS, framework_of, node, panel_of

YEARS = (2021, 2022)
REGIONS, COMPLETE = 12, 6
GROUPS = pd.DataFrame({"area": ["east", "west", "west", None] * 3}, index=list("ABCDEFGHIJKL"))
# What a rule needs, and rules with other options than their own.
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "constant": {"value": 7}, "group-mean": {"group": "area"}, "group-median": {"group": "area"},
    "em": {"iterations": 9000, "tolerance": 1e-12}, "distance-to-reference": {"year": 2022},
    "distance-to-target": {"target": 1e6}, "goalposts": {"worst": 1, "best": 99, "log": True},
    "categorical": {"scores": {str(value): value % 7 for value in range(1, 201)}},
}  # fmt: skip
VARIANTS = {
    "treat": [
        {"rule": "winsorise", "then": "box-cox", "most": 1, "skewness": 0.5123, "kurtosis": 0.4877},
        {"rule": "winsorise", "over": "year"}, {"rule": "log", "over": "year"},
    ],
    "normalise": [
        {"rule": "z-score", "over": "year"}, {"rule": "rank", "ties": "average"},
        {"rule": "distance-to-target", "target": 1e6, "cap": True},
    ],
}  # fmt: skip
CASES = [
    (step, rule)
    for step in ("impute", "treat", "normalise")
    for rule in [*({"rule": name, **NEEDED.get(name, {})} for name in RULES[step]), *VARIANTS.get(step, [])]
]
FROM_SCORES = [name for name, rule in WEIGH.items() if rule.from_scores]

every_case = pytest.mark.parametrize(("step", "rule"), CASES, ids=lambda part: part if isinstance(part, str) else "")
seeds = st.integers(0, 9999)


def carry_out(step: str, rule: Mapping[str, Any], panel: pd.DataFrame) -> pd.DataFrame:
    """The panel after a step by a rule."""
    top = node("all", **dict.fromkeys(panel.columns, 1.0))
    framework = framework_of(top, years=YEARS, **{step: make_rule(step, rule)})
    if step == "impute":
        return impute(panel, framework, GROUPS).panel
    return (treat if step == "treat" else normalise)(panel, framework).panel


def panel_with_gaps(seed: int) -> pd.DataFrame:
    """Whole numbers from 1 to 200 with outliers and ties, a seventh of them missing; some rows are complete."""
    random = np.random.default_rng(seed)
    figures = random.lognormal(2, 1, (REGIONS * len(YEARS), len(INDICATORS))).round().clip(1, 200)
    gaps = random.random(figures.shape) < 1 / 7
    gaps[: COMPLETE * len(YEARS)] = False
    return panel_of(dict(zip(INDICATORS, np.where(gaps, np.nan, figures).T, strict=True)), YEARS)


@every_case
@settings(max_examples=10)
@given(seed=seeds)
def test_nothing_given_is_changed_and_the_same_input_gives_the_same_bytes(
    step: str, rule: Mapping[str, Any], seed: int
) -> None:
    """No warning is raised; rows and columns keep their places; no number is infinite."""
    panel = panel_with_gaps(seed)
    before = panel.copy(deep=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = carry_out(step, rule, panel)
    pd.testing.assert_frame_equal(panel, before)
    assert not np.shares_memory(found.to_numpy(), panel.to_numpy())
    assert found.index.equals(panel.index)
    assert found.columns.equals(panel.columns)
    assert not np.isinf(found.to_numpy()).any()
    assert carry_out(step, rule, panel).to_numpy().tobytes() == found.to_numpy().tobytes()


@every_case
@settings(max_examples=10)
@given(seed=seeds)
def test_values_are_kept_by_imputation_and_what_is_missing_by_all_else(
    step: str, rule: Mapping[str, Any], seed: int
) -> None:
    panel = panel_with_gaps(seed)
    there, found = panel.notna(), carry_out(step, rule, panel)
    if step == "impute":
        np.testing.assert_array_equal(found.to_numpy()[there], panel.to_numpy()[there])
    elif rule["rule"] != "distance-to-reference":  # a region without a value in its year has no score
        pd.testing.assert_frame_equal(found.notna(), there)
    else:
        assert not (found.notna() & ~there).any(axis=None)


@every_case
@settings(max_examples=10)
@given(seed=seeds)
def test_neither_the_order_of_regions_nor_of_indicators_matters(step: str, rule: Mapping[str, Any], seed: int) -> None:
    panel = panel_with_gaps(seed)
    random = np.random.default_rng(seed)
    regions, columns = random.permutation(GROUPS.index), random.permutation(panel.columns)
    found = carry_out(step, rule, panel.loc[list(regions), list(columns)]).loc[panel.index, panel.columns]
    np.testing.assert_allclose(found, carry_out(step, rule, panel), rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("step", ["impute", "treat", "normalise"])
def test_rows_that_are_not_region_by_region_are_refused(step: str) -> None:
    """Year by year, the value of one region would be taken for that of another."""
    panel = panel_with_gaps(1)
    rule = {"impute": {"rule": "linear"}, "treat": {"rule": "log", "over": "year"}, "normalise": {"rule": "rank"}}[step]
    for wrong in (panel.sort_index(level=["year", "region"]), panel.iloc[:-1]):
        with pytest.raises(ValueError, match=r"panel\.complete first"):
            carry_out(step, rule, wrong)


@pytest.mark.parametrize("rule", FROM_SCORES)
@settings(max_examples=15)
@given(seed=seeds, order=st.permutations(range(REGIONS * len(YEARS))), columns=st.permutations(INDICATORS))
def test_weights_from_scores_are_shares_whatever_the_order(
    rule: str, seed: int, order: list[int], columns: list[str]
) -> None:
    """None negative, none missing, sum 1; rows of a region go with it."""
    scores = panel_with_gaps(seed)
    scores = scores.fillna(scores.mean())
    framework = framework_of(node("all", **dict.fromkeys(INDICATORS, 1.0)), weight=(make_rule("weight", rule),))
    before = scores.copy(deep=True)
    found, other = (weigh_node(framework, "all", frame) for frame in (scores, scores.iloc[order][list(columns)]))
    pd.testing.assert_frame_equal(scores, before)
    assert list(found.shared.index) == list(INDICATORS)
    assert (found.shared >= 0).all()
    assert found.shared.sum() == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(other.shared[list(INDICATORS)], found.shared, rtol=0, atol=1e-9)
    assert (found.own is not None) == WEIGH[rule].of_each_row
    if found.own is not None and other.own is not None:
        pd.testing.assert_frame_equal(found.own, other.own.loc[found.own.index, found.own.columns], atol=1e-9)
