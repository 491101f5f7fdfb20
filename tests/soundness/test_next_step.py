"""The least change of one indicator that gains a place: by hand, and by recomputing the index with and without it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.facts import Facts
from regional_index.framework import Project
from regional_index.method.denominate import denominate
from regional_index.method.index import compute_from_panel, compute_index
from regional_index.soundness import next_steps
from tests.methods import declare

YEAR = 2031
METHODS: dict[str, dict[str, Any]] = {
    "declared": {},
    "z-score": {"normalise": "z-score"},
    "ranks": {"normalise": "percentile-rank"},
    "yearly": {"normalise": {"rule": "min-max", "over": "year"}},
    "winsorised": {"treat": {"rule": "winsorise", "skewness": 0.5, "kurtosis": 0.5}},
    "filled": {"impute": "mean"},
    "entropy": {"weight": "entropy"},
    "copeland": {"aggregate": "copeland"},
    "expectation-maximisation": {"impute": "em"},
    "excluded": {"screen": {"rule": "availability", "least": 0.5, "zeros": "missing", "then": "exclude"}},
    "own weights": {"weight": ["equal", "benefit-of-the-doubt", "equal"]},
    "imbalance": {"aggregate": ["mazziotta-pareto", "geometric", "arithmetic"]},
}


def membership_of(project: Project) -> pd.DataFrame:
    return pd.DataFrame({g.code: {c: r.groups.get(g.code) for c, r in project.regions.items()}
                         for g in project.framework.groups})  # fmt: skip


def rank_with(project: Project, row: pd.Series, change: float) -> float:
    """The rank of the region when the value of the row is changed by so much, by the whole method."""
    panel = denominate(project.values, project.framework)
    panel.loc[(row["region"], YEAR), row["indicator"]] = row["value"] + change
    scores = compute_from_panel(panel, project.framework, membership_of(project)).scores
    return scores.set_index(["index", "region", "year"])["rank"][row["index"], row["region"], YEAR]


def steps_of(project: Project) -> pd.DataFrame:
    membership = membership_of(project)
    results = compute_index(project.values, project.framework, membership)
    return next_steps(results, project.framework, YEAR, membership)


def test_a_step_by_hand(second_facts: Facts) -> None:
    """Brill's speed is a step behind the one ahead of it.

    Waiting time is the only indicator of speed, and less is better: to gain a place its value has to become that of
    the island ahead, whatever the scale.
    """
    steps = steps_of(second_facts.declared).set_index(["index", "region", "indicator"])
    values = second_facts.results.values.xs(YEAR, level="year")["waiting_time"]
    speed = steps.loc["speed"]
    assert len(speed) > 0
    for (region, _), row in speed.iterrows():
        assert row["needed"] == pytest.approx(values[row["above"]], abs=1e-6)
        assert row["change"] == pytest.approx(values[row["above"]] - values[region], abs=1e-6)
        assert row["percent"] == pytest.approx(row["change"] / values[region] * 100, abs=1e-4)
        assert row["change"] < 0


def test_a_step_of_a_mean_is_the_gap_divided_by_weight_and_scale(second_facts: Facts) -> None:
    """Shore: Brill 40 x 0.75 + 60 x 0.25; a percent of clean beaches is 2 points (40-90), of weight 0.75."""
    steps = steps_of(second_facts.declared).set_index(["index", "region", "indicator"])
    step = steps.loc[("shore", "B2", "clean_beaches")]
    assert step["change"] == pytest.approx(step["gap"] / (0.75 * 2))


@pytest.mark.parametrize("method", METHODS)
def test_steps_are_those_of_the_whole_method_carried_out_again(second_facts: Facts, method: str) -> None:
    """A step gains a place and one percent less does not; what is out of reach is not reached by the best value."""
    project = declare(second_facts.declared, **METHODS[method])
    steps = steps_of(project)
    reached, beyond = (steps[steps["status"] == status] for status in ("reached", "limit"))
    assert len(reached) > 3
    for _, row in some_of(reached).iterrows():
        assert rank_with(project, row, row["change"]) < row["rank"], dict(row)
        assert rank_with(project, row, row["change"] * 0.99) == row["rank"], dict(row)
    for _, row in some_of(beyond).iterrows():
        values = second_facts.results.values[row["indicator"]]
        best = values.min() if row["indicator"] == "waiting_time" else values.max()
        for share in (0.5, 1.0):
            assert rank_with(project, row, (best - row["value"]) * share) == row["rank"], dict(row)


def some_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Six rows from all over the tree, for each is computed again by the whole method."""
    return rows.iloc[:: max(1, len(rows) // 6)].head(6)


def test_where_only_listed_values_have_a_score_the_step_is_to_the_nearest_that_gains_a_place(
    second_facts: Facts,
) -> None:
    """Of 90, 80 … 40 percent clean beaches; no value between two of them is ever asked for."""
    scores = {50: 20, 40: 10, 60: 40, 70: 55, 80: 70, 90: 100}
    listed = {"clean_beaches": {"normalise": {"rule": "categorical", "scores": scores}}}
    project = declare(second_facts.declared, indicators=listed)
    steps = steps_of(project)
    beaches = steps[(steps["indicator"] == "clean_beaches") & (steps["index"] == "shore")]
    assert {"reached"} <= set(beaches["status"])
    for _, row in beaches.iterrows():
        gains = {value for value in scores if rank_with(project, row, value - row["value"]) < row["rank"]}
        nearest = min(gains, key=lambda value: abs(value - row["value"]), default=None)
        assert (row["needed"] if row["status"] == "reached" else None) == nearest


def test_first_and_unranked_regions_have_no_rows(second_facts: Facts) -> None:
    """There is no region ahead of Arden, and Elm has no rank."""
    steps = steps_of(second_facts.declared)
    harbour = steps[steps["index"] == "harbour"]
    assert not set(harbour["region"]) & {"A1", "E5"}


def test_a_missing_value_is_said_to_be_missing(second_facts: Facts) -> None:
    """Corsa's waiting time of the last year is excluded, and Corsa is not first in the harbour."""
    step = (
        steps_of(second_facts.declared)
        .set_index(["index", "region", "indicator"])
        .loc[("harbour", "C3", "waiting_time")]
    )
    assert step["status"] == "missing"
    assert np.isnan(step["needed"])


def test_a_value_that_fills_a_gap_is_what_changes(second_facts: Facts) -> None:
    """Corsa's waiting time of the last year is taken from the year before, by which its score is computed."""
    project = declare(second_facts.declared, indicators={"waiting_time": {"impute": "last-observation"}})
    steps = steps_of(project)
    step = steps.set_index(["index", "region", "indicator"]).loc[("harbour", "C3", "waiting_time")]
    panel = denominate(project.values, project.framework)["waiting_time"]
    assert step["value"] == panel["C3", YEAR - 1]
    assert step["status"] != "missing"
