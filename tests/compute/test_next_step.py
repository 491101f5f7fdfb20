"""The least change of one indicator that gains a place: by hand, and by recomputing the index with and without it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.compute import compute_index, next_steps
from regional_index.facts import Facts
from regional_index.framework import Project
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
    "own weights": {"weight": "benefit-of-the-doubt"},
    "imbalance": {"aggregate": ["mazziotta-pareto", "geometric", "arithmetic"]},
}


def membership_of(project: Project) -> pd.DataFrame:
    return pd.DataFrame({g.code: {c: r.groups.get(g.code) for c, r in project.regions.items()}
                         for g in project.framework.groups})  # fmt: skip


def rank_with(project: Project, row: pd.Series, change: float) -> float:
    """The rank of the region when the value of the row is changed by so much, by the whole method."""
    from regional_index.compute.denominate import denominate
    from regional_index.compute.index import compute_from_panel

    panel = denominate(project.values, project.framework)
    panel.loc[(row["region"], YEAR), row["indicator"]] += change
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
    steps = steps_of(second_facts.project).set_index(["index", "region", "indicator"])
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
    steps = steps_of(second_facts.project).set_index(["index", "region", "indicator"])
    step = steps.loc[("shore", "B2", "clean_beaches")]
    assert step["change"] == pytest.approx(step["gap"] / (0.75 * 2))


@pytest.mark.parametrize("method", METHODS)
def test_the_step_gains_a_place_and_one_percent_less_does_not(second_facts: Facts, method: str) -> None:
    """Each is checked by computing the whole index again."""
    project = declare(second_facts.project, **METHODS[method])
    steps = steps_of(project)
    reached = steps[steps["status"] == "reached"]
    assert len(reached) > 3
    for _, row in reached.iterrows():
        assert rank_with(project, row, row["change"]) < row["rank"], dict(row)
        assert rank_with(project, row, row["change"] * 0.99) == row["rank"], dict(row)


@pytest.mark.parametrize("method", METHODS)
def test_what_is_out_of_reach_is_not_reached_by_the_best_value(second_facts: Facts, method: str) -> None:
    """Neither the best value of all islands and years nor anything between gains a place."""
    project = declare(second_facts.project, **METHODS[method])
    steps = steps_of(project)
    for _, row in steps[steps["status"] == "limit"].iterrows():
        values = second_facts.results.values[row["indicator"]]
        best = values.min() if row["indicator"] == "waiting_time" else values.max()
        for share in np.linspace(0, 1, 4):
            assert rank_with(project, row, (best - row["value"]) * share) == row["rank"]


def test_where_only_listed_values_have_a_score_the_step_is_to_the_nearest_that_gains_a_place(
    second_facts: Facts,
) -> None:
    """Of 90, 80 … 40 percent clean beaches; no value between two of them is ever asked for."""
    scores = {50: 20, 40: 10, 60: 40, 70: 55, 80: 70, 90: 100}
    listed = {"clean_beaches": {"normalise": {"rule": "categorical", "scores": scores}}}
    project = declare(second_facts.project, indicators=listed)
    steps = steps_of(project)
    beaches = steps[(steps["indicator"] == "clean_beaches") & (steps["index"] == "shore")]
    assert {"reached"} <= set(beaches["status"])
    for _, row in beaches.iterrows():
        gains = {value for value in scores if rank_with(project, row, value - row["value"]) < row["rank"]}
        nearest = min(gains, key=lambda value: abs(value - row["value"]), default=None)
        assert (row["needed"] if row["status"] == "reached" else None) == nearest


def test_the_real_index_agrees_with_its_recomputation(real_facts: Facts) -> None:
    """A sample of all rows: the place is gained, and not with one percent less."""
    project = real_facts.project
    steps = real_facts.next_steps
    sample = steps[steps["status"] == "reached"].sample(25, random_state=5)
    panel, last = real_facts.results.values, real_facts.last_year
    from regional_index.compute.index import compute_from_panel

    for _, row in sample.iterrows():
        ranks = []
        for part in (1.0, 0.99):
            changed = panel.copy()
            changed.loc[(row["region"], last), row["indicator"]] += row["change"] * part
            scores = compute_from_panel(changed, project.framework).scores.set_index(["index", "region", "year"])
            ranks.append(scores["rank"][row["index"], row["region"], last])
        assert ranks[0] < ranks[1] == row["rank"]


def test_first_and_unranked_regions_have_no_rows(second_facts: Facts) -> None:
    """There is nobody ahead of Arden, and Elm stands nowhere."""
    steps = steps_of(second_facts.project)
    harbour = steps[steps["index"] == "harbour"]
    assert not set(harbour["region"]) & {"A1", "E5"}


def test_a_missing_value_is_said_to_be_missing(second_facts: Facts) -> None:
    """Corsa's waiting time of the last year is excluded, and Corsa is not first in the harbour."""
    step = (
        steps_of(second_facts.project)
        .set_index(["index", "region", "indicator"])
        .loc[("harbour", "C3", "waiting_time")]
    )
    assert step["status"] == "missing"
    assert np.isnan(step["needed"])
