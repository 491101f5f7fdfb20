"""Ranges of scores and ranks over random draws: seeds, workers, and cases whose outcome is known beforehand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_index.errors import DataError, LookupFailed
from regional_index.framework import Framework
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.normalise import normalise
from regional_index.method.rank import rank_scores
from regional_index.method.weight import declared_weights
from regional_index.soundness import draws, monte_carlo, uncertainty
from regional_index.soundness.uncertainty import Uncertainty, analyse_uncertainty
from tests.method.varied import framework_of, levels, panel_of, random_panel, rules

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
    normalised = normalise(panel, framework).panel
    return rank_scores(aggregate_tree(normalised, declared_weights(framework), framework).scores)


def as_bytes(found: Uncertainty) -> bytes:
    """Everything in it."""
    frames = [found.ranges, found.tiers, *(table for _, table in sorted(found.ahead.items()))]
    return "".join(frame.to_csv(float_format="%.17g") for frame in frames).encode()


def test_a_seed_gives_its_draws_again() -> None:
    panel = random_panel()
    first, again, other = (analyse_uncertainty(panel, varied(seed=seed)) for seed in (1, 1, 2))
    assert as_bytes(first) == as_bytes(again) != as_bytes(other)
    assert (first.draws, first.seed) == (300, 1)


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_share_the_work_and_change_nothing(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(monte_carlo, "CHUNK", 32)
    panel = random_panel(missing=0.1)
    alone, together = (analyse_uncertainty(panel, varied(), workers=count) for count in (1, workers))
    assert as_bytes(alone) == as_bytes(together)


def test_what_else_is_asked_for_changes_nothing() -> None:
    panel = random_panel()
    whole = analyse_uncertainty(panel, varied()).ranges
    part = analyse_uncertainty(panel, varied(), nodes=["left"], years=[2022], pairs=False).ranges
    wanted = whole[(whole["index"] == "left") & (whole["year"] == 2022)].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, wanted, rtol=0, atol=1e-9)


def test_little_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nodes and years are analysed one after the other, all with the same draws."""
    panel = random_panel()
    whole = analyse_uncertainty(panel, varied())
    monkeypatch.setattr(uncertainty, "blocks_of", lambda *given: draws.blocks_of(*given, most=1))
    pieces = analyse_uncertainty(panel, varied())
    pd.testing.assert_frame_equal(pieces.ranges, whole.ranges, rtol=0, atol=1e-9)
    pd.testing.assert_frame_equal(pieces.tiers, whole.tiers)
    assert pieces.ahead.keys() == whole.ahead.keys()


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
    found = analyse_uncertainty(panel, fixed(**method)).ranges
    variants = nominal_of(panel, fixed(**method))
    for name in ("rank_lower", "rank_median", "rank_upper"):
        assert found[name].tolist() == variants["rank"].tolist()
    for name in ("lower", "median", "upper"):
        np.testing.assert_allclose(found[name], variants["score"], atol=1e-9)


def nominal_of(panel: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Scores by whatever weights the framework declares."""
    from functools import partial

    from regional_index.method.weight import weigh_node

    normalised = normalise(panel, framework).panel
    return rank_scores(aggregate_tree(normalised, partial(weigh_node, framework), framework).scores)


def test_with_gaps_ranges_are_nominal_too_and_missing_where_scores_are() -> None:
    panel = random_panel(9, missing=0.25)
    for rule in ("arithmetic", "copeland"):
        framework = fixed(aggregate=levels(rule))
        found, nominal = analyse_uncertainty(panel, framework).ranges, nominal_scores(panel, framework)
        assert nominal["score"].isna().any()
        assert (
            found[["region", "year", "index"]].values.tolist() == nominal[["region", "year", "index"]].values.tolist()
        )
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
    found, nominal = analyse_uncertainty(panel, framework).ranges, nominal_scores(panel, framework)
    for name in ("lower", "median", "upper"):
        np.testing.assert_allclose(found[name], nominal["score"], atol=1e-9)
    assert (found["rank_lower"] < found["rank_upper"]).any()


def test_scores_have_no_range_where_the_declared_normalisation_is_not_drawn() -> None:
    found = analyse_uncertainty(random_panel(), varied(normalise=rules("normalise", "rank", "z-score"), aggregate=()))
    assert found.ranges[["lower", "median", "upper"]].isna().all(axis=None)
    assert found.ranges["rank_median"].notna().all()
    assert found.notes == ("scores have no range, for no draw has the declared rule of normalisation",)


def test_draws_without_a_score_are_said() -> None:
    """Geometric means of z-scores around 0: half of the draws, and there some."""
    z_score = rules("normalise", {"rule": "z-score", "mean": 0.0})[0]
    framework = framework_of(
        normalise=z_score, robustness={"aggregate": (levels("arithmetic"), levels("geometric"))}
    )  # fmt: skip
    found = analyse_uncertainty(random_panel(), framework)
    assert len(found.notes) == 3
    assert found.notes[0].startswith("all: in ")
    assert found.notes[0].endswith(" % of the draws a region that is ranked has no score, so no rank")
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
    assert (found.ahead["all", 2022].loc["D"].drop("D") == 1).all()


@settings(max_examples=8)
@given(st.integers(0, 2**32 - 1), st.permutations(list("ABCDEFG")))
def test_the_order_of_regions_is_irrelevant(seed: int, order: list[str]) -> None:
    panel = random_panel(7, seed=seed, missing=0.1)
    shuffled = panel.loc[order]
    framework = varied(draws=60, aggregate=(levels("arithmetic"), levels("copeland", "geometric")))
    one, other = (analyse_uncertainty(each, framework).ranges.set_index(CELL) for each in (panel, shuffled))
    pd.testing.assert_frame_equal(one, other.loc[one.index], rtol=0, atol=1e-9)


def test_a_rank_range_holds_its_median_and_is_of_ranks() -> None:
    ranges = analyse_uncertainty(random_panel(), varied()).ranges
    assert (ranges["rank_lower"] <= ranges["rank_median"]).all()
    assert (ranges["rank_median"] <= ranges["rank_upper"]).all()
    assert (ranges["lower"] <= ranges["median"]).all()
    assert (ranges["median"] <= ranges["upper"]).all()
    assert ranges["rank_lower"].min() >= 1
    assert ranges["rank_upper"].max() <= 7
    assert str(ranges["rank_lower"].dtype) == "Int64"


def test_probabilities_of_tiers_sum_to_1() -> None:
    """Tiers 1-2, 3-4 and the rest; who has no score is in none."""
    found = analyse_uncertainty(random_panel(missing=0.2), varied())
    total = found.tiers.groupby(CELL, sort=False)["probability"].sum(min_count=1)
    scored = found.ranges.set_index(CELL)["rank_median"].notna()
    assert found.tiers["tier"].unique().tolist() == [1, 2, 3]
    np.testing.assert_allclose(total[scored], 1, atol=1e-12)
    assert not scored.all()
    assert total[~scored].isna().all()


def test_without_tiers_the_frame_is_empty() -> None:
    tiers = analyse_uncertainty(random_panel(), varied(tiers=())).tiers
    assert tiers.columns.tolist() == ["region", "year", "index", "tier", "probability"]
    assert tiers.empty


def test_ahead_and_behind_make_1_in_the_last_year() -> None:
    found = analyse_uncertainty(random_panel(), varied())
    assert list(found.ahead) == [("all", 2022), ("left", 2022), ("right", 2022)]
    for table in found.ahead.values():
        assert table.index.tolist() == table.columns.tolist() == list("ABCDEFG")
        np.testing.assert_allclose(table + table.T, 1, atol=1e-12)


def test_pairs_are_of_the_years_asked_for() -> None:
    panel, framework = random_panel(), varied(draws=20)
    assert analyse_uncertainty(panel, framework, pairs=False).ahead == {}
    found = analyse_uncertainty(panel, framework, nodes=["left"], pairs=[2021]).ahead
    assert list(found) == [("left", 2021)]


def test_every_step_of_the_work_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monte_carlo, "CHUNK", 100)
    seen = []

    def progress(items: Iterable[Any], total: int) -> Iterable[Any]:
        for item in items:
            seen.append(total)
            yield item

    analyse_uncertainty(random_panel(), varied(draws=250), progress=progress)
    assert seen == [3, 3, 3]


def test_chunks_draw_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every chunk to draw the same, ten of them would tell no more than one."""
    monkeypatch.setattr(monte_carlo, "CHUNK", 5)
    framework = framework_of(robustness={"draws": 50, "noise": 0.9})
    choices = monte_carlo.Choices.from_framework(framework, framework.robustness)  # type: ignore[arg-type]
    chunks = monte_carlo.Draws(choices, framework, 50, seed=1).chunks
    assert len({np.random.default_rng(chunk.seed).random() for chunk in chunks}) == 10


def test_nothing_declared_is_refused() -> None:
    with pytest.raises(DataError, match="robustness: expected the choices to vary"):
        analyse_uncertainty(random_panel(), replace(varied(), robustness=None))


def test_an_unknown_node_or_year_is_refused() -> None:
    with pytest.raises(LookupFailed, match='unknown index "wrong"'):
        analyse_uncertainty(random_panel(), varied(), nodes=["wrong"])
    with pytest.raises(LookupFailed, match="unknown year 1999"):
        analyse_uncertainty(random_panel(), varied(), years=[1999])


def test_the_panel_is_not_changed() -> None:
    panel = random_panel(missing=0.1)
    before = panel.copy()
    analyse_uncertainty(panel, varied(draws=20))
    pd.testing.assert_frame_equal(panel, before)
