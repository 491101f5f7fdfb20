"""Ranges of scores and ranks over random draws: seeds, workers, and cases whose outcome is known beforehand."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regional_index.errors import DataError, LookupFailed
from regional_index.framework import QUANTILES, Framework
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.normalise import normalise
from regional_index.method.rank import rank_scores
from regional_index.method.weigh import weigh_node
from regional_index.soundness import uncertainty
from regional_index.soundness.choices import Choices
from regional_index.soundness.uncertainty import (
    Uncertainty,
    analyse_uncertainty,
    draw_choices,
    quantiles_of,
    shares_ahead,
    tier_probabilities,
)
from tests.method.varied import framework_of, levels, panel_of, random_panel, rules

some_ranks = arrays(
    float, st.tuples(st.integers(1, 40), st.integers(1, 6)), elements=st.sampled_from([1.0, 2.0, 3.0, 5.0, 6.0, np.nan])
)
VARIED: dict[str, Any] = {
    "draws": 300,
    "noise": 0.4,
    "leave_out": True,
    "normalise": rules("normalise", {"rule": "min-max", "lower": 1}, "z-score", "percentile-rank"),
    "aggregate": (levels("arithmetic"), levels("geometric", "arithmetic")),
    "tiers": (2, 4),
}
MIN_MAX = VARIED["normalise"][0]
CELL = ["index", "year", "region"]


def varied(**changes: Any) -> Framework:
    return framework_of(normalise=MIN_MAX, robustness={**VARIED, **changes})


def fixed(**method: Any) -> Framework:
    """Nothing is varied."""
    return framework_of(robustness={"draws": 20}, **method)


def nominal_scores(panel: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Scores and ranks by the declared method, indexed by cell."""
    normalised = normalise(panel, framework).panel
    scores = aggregate_tree(normalised, partial(weigh_node, framework), framework).scores
    return rank_scores(scores).set_index(CELL).sort_index()


def ranges_of(panel: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    return analyse_uncertainty(panel, framework).ranges.set_index(CELL).sort_index()


def as_bytes(found: Uncertainty) -> bytes:
    """Everything in it."""
    frames = [found.ranges, found.tiers, found.first_place, found.ahead]
    return "".join(frame.to_csv(float_format="%.17g") for frame in frames).encode()


def test_a_seed_gives_its_draws_again() -> None:
    panel = random_panel()
    first, again, other = (analyse_uncertainty(panel, varied(seed=seed)) for seed in (1, 1, 2))
    assert as_bytes(first) == as_bytes(again) != as_bytes(other)


def test_what_else_is_asked_for_changes_nothing() -> None:
    panel = random_panel()
    whole = analyse_uncertainty(panel, varied()).ranges
    part = analyse_uncertainty(panel, varied(), nodes=["left"]).ranges
    pd.testing.assert_frame_equal(part, whole[whole["index"] == "left"].reset_index(drop=True))


@pytest.mark.parametrize(
    "method",
    [
        {},
        {"aggregate": levels("geometric", "arithmetic"), "normalise": MIN_MAX},
        {"aggregate": levels("copeland")},
        {"weight": rules("weight", "pca")},
        {"weight": rules("weight", "benefit-of-the-doubt")},
    ],
)
def test_without_anything_varied_ranges_are_the_nominal_ranks_and_scores(method: dict[str, Any]) -> None:
    panel = random_panel(9)
    found, nominal = ranges_of(panel, fixed(**method)), nominal_scores(panel, fixed(**method))
    for name in ("rank_lower", "rank_median", "rank_upper"):
        assert found[name].tolist() == nominal["rank"].tolist()
    for name in ("lower", "median", "upper"):
        np.testing.assert_allclose(found[name], nominal["score"], atol=1e-9)


def test_with_gaps_ranges_are_nominal_too_and_missing_where_scores_are() -> None:
    panel = random_panel(9, missing=0.25)
    for rule in ("arithmetic", "copeland"):
        framework = fixed(aggregate=levels(rule))
        found, nominal = ranges_of(panel, framework), nominal_scores(panel, framework)
        assert nominal["score"].isna().any()
        pd.testing.assert_series_equal(found["rank_upper"], nominal["rank"], check_names=False)
        np.testing.assert_allclose(found["median"], nominal["score"], atol=1e-9)


def test_noise_on_the_top_level_moves_no_sub_index() -> None:
    found = analyse_uncertainty(random_panel(), framework_of(robustness={"noise": 0.9, "noise_levels": (1,)})).ranges
    width = (found["upper"] - found["lower"]).groupby(found["index"]).max()
    assert width["all"] > 1
    assert width["left"] == width["right"] == 0


def test_noise_makes_scores_as_wide_as_worked_out() -> None:
    """One region of 100 in `left` and 0 in `right` scores 100 x 3a / (3a + 2b), a and b between 0.5 and 1.5."""
    panel = panel_of({code: [high, 1 - high] for code, high in zip("abcd", (1, 1, 0, 0), strict=True)})
    framework = framework_of(robustness={"draws": 20_000, "noise": 0.5, "noise_levels": (1,)})
    found = analyse_uncertainty(panel, framework, nodes=["all"]).ranges.set_index("region").loc["A"]
    a, b = (0.5 + (np.arange(2000) + 0.5) / 2000 for _ in range(2))
    expected = np.quantile(100 * 3 * a[:, None] / (3 * a[:, None] + 2 * b), [0.05, 0.5, 0.95])
    np.testing.assert_allclose(found[["lower", "median", "upper"]].to_numpy(dtype=float), expected, atol=0.4)
    assert found["rank_lower"] == 1
    assert found["rank_upper"] == 2


def test_quantiles_of_scores_are_of_the_draws_with_the_declared_normalisation() -> None:
    """Without noise these all have the nominal score, while ranks range over all rules."""
    panel = random_panel(9)
    framework = varied(noise=0.0, leave_out=False, aggregate=())
    found, nominal = ranges_of(panel, framework), nominal_scores(panel, framework)
    for name in ("lower", "median", "upper"):
        np.testing.assert_allclose(found[name], nominal["score"], atol=1e-9)
    assert (found["rank_lower"] < found["rank_upper"]).any()


def test_scores_have_no_range_where_the_declared_normalisation_is_not_drawn() -> None:
    found = analyse_uncertainty(random_panel(), varied(normalise=rules("normalise", "rank", "z-score"), aggregate=()))
    assert found.ranges[["lower", "median", "upper"]].isna().all(axis=None)
    assert found.ranges["rank_median"].notna().all()


@settings(max_examples=8)
@given(st.integers(0, 2**32 - 1))
def test_who_is_best_in_everything_is_first_in_every_draw(seed: int) -> None:
    panel = random_panel(6, seed=seed)
    best = panel.groupby("year").max() * 1.001
    panel.loc["D"] = best.to_numpy()
    found = analyse_uncertainty(panel, varied(draws=100))
    rank = found.ranges[found.ranges["region"] == "D"]["rank_upper"]
    assert rank.tolist() == [1] * 6
    ahead = found.ahead[(found.ahead["ahead"] == "D") & (found.ahead["behind"] != "D")]
    assert (ahead["probability"] == 1).all()
    assert found.first_place.set_index("region").loc["D", "probability"].tolist() == [1] * 3


def test_probabilities_of_tiers_sum_to_1() -> None:
    """Tiers 1-2, 3-4 and the rest; a region without a score is in none."""
    found = analyse_uncertainty(random_panel(missing=0.2), varied())
    total = found.tiers.groupby(CELL, sort=False)["probability"].sum(min_count=1)
    scored = found.ranges.set_index(CELL)["rank_median"].notna()
    assert found.tiers["tier"].unique().tolist() == [1, 2, 3]
    np.testing.assert_allclose(total[scored], 1, atol=1e-12)
    assert not scored.all()
    assert total[~scored].isna().all()


def test_without_tiers_the_frame_is_empty() -> None:
    tiers = analyse_uncertainty(random_panel(), varied(tiers=())).tiers
    assert set(tiers.columns) == {*CELL, "tier", "probability"}
    assert tiers.empty


def test_ahead_and_behind_make_1_in_the_last_year() -> None:
    ahead = analyse_uncertainty(random_panel(), varied()).ahead
    assert ahead["index"].unique().tolist() == ["all", "left", "right"]
    for _, rows in ahead.groupby("index"):
        table = rows.pivot(index="ahead", columns="behind", values="probability")
        assert table.index.tolist() == table.columns.tolist() == list("ABCDEFG")
        np.testing.assert_allclose(table + table.T, 1, atol=1e-12)


def test_chunks_draw_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every chunk to draw the same, ten of them would tell no more than one."""
    monkeypatch.setattr(uncertainty, "CHUNK", 5)
    choices = Choices.from_framework(framework_of(robustness={"noise": 0.9}))
    design, factors = draw_choices(choices, 48, seed=1)
    assert design.shape == (48, 1)
    assert len(np.unique(factors[:, 0])) == 48


def test_nothing_declared_is_refused() -> None:
    with pytest.raises(DataError, match="robustness: expected the choices to vary"):
        analyse_uncertainty(random_panel(), replace(varied(), robustness=None))


def test_an_unknown_node_is_refused() -> None:
    with pytest.raises(LookupFailed, match='unknown index "wrong"'):
        analyse_uncertainty(random_panel(), varied(), nodes=["wrong"])


@given(some_ranks)
def test_quantiles_of_ranks_are_ranks_that_occurred(ranks: np.ndarray) -> None:
    """Of those there are; the least rank that so large a share of the draws does not exceed."""
    found = quantiles_of(ranks, "inverted_cdf")
    for column, quantiles in zip(ranks.T, found.T, strict=True):
        present = np.sort(column[~np.isnan(column)])
        places = [
            next(k for k in range(1, len(present) + 1) if k >= level * len(present))
            for level in QUANTILES
            if len(present)
        ]
        assert quantiles.tolist() == [present[k - 1] for k in places] if len(present) else np.isnan(quantiles).all()


@given(some_ranks)
def test_tiers_and_pairs_are_those_of_counting(ranks: np.ndarray) -> None:
    ahead, tiers = shares_ahead(ranks), tier_probabilities(ranks, [1, 4])
    for i, column in enumerate(ranks.T):
        present = column[~np.isnan(column)]
        parts = (
            [(present <= 1).mean(), ((present > 1) & (present <= 4)).mean(), (present > 4).mean()]
            if len(present)
            else [np.nan] * 3
        )
        np.testing.assert_allclose(tiers[:, i], parts, atol=1e-12)
        for j, other in enumerate(ranks.T):
            both = [
                1.0 if x < y else 0.5 if x == y else 0.0
                for x, y in zip(column, other, strict=True)
                if x == x and y == y
            ]
            np.testing.assert_allclose(ahead[i, j], np.mean(both) if both else np.nan, atol=1e-12)


def test_without_a_node_there_are_tables_without_rows() -> None:
    """As where all indicators have one value, and so no index a score."""
    found = analyse_uncertainty(random_panel(), varied(), nodes=[])
    assert [len(frame) for frame in (found.ranges, found.tiers, found.first_place, found.ahead, found.moves)] == [0] * 5
    assert found.ranges.set_index(CELL).loc[[]].empty
