"""How often ranks rise and fall between two years of the same draws, against one draw at a time in plain Python."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.framework import Framework
from regional_index.soundness import uncertainty
from regional_index.soundness.choices import Choices
from regional_index.soundness.draws import evaluate, make_variants
from regional_index.soundness.uncertainty import analyse_uncertainty, draw_choices, shares_moved
from tests.method.varied import LETTERS, NODES, framework_of, levels, random_panel, rules
from tests.soundness.one_run import score_one

YEARS = (2020, 2021, 2022)
REGIONS = 6
DRAWS = 60
VARIED: dict[str, Any] = {
    "draws": DRAWS,
    "noise": 0.5,
    "leave_out": True,
    "normalise": rules("normalise", "min-max", "z-score", "percentile-rank"),
    "treat": rules("treat", "none", "log"),
    "aggregate": (levels("arithmetic"), levels("weakest-link", "arithmetic")),
}


def moves_by_hand(panel: pd.DataFrame, framework: Framework) -> dict[tuple[str, str, int], tuple[float, float]]:
    """By index, region and base year: in which part of the draws the rank of the last year is better, and worse."""
    choices = Choices.from_framework(framework)
    design, factors = draw_choices(choices, DRAWS, framework.robustness.seed if framework.robustness else 0)
    options = choices.pick(design)
    nominal = np.isnan([each[0] for each in make_variants(panel, framework).nominal.values()])
    counts: dict[tuple[str, str, int], list[int]] = {}
    for run in range(DRAWS):
        picked = {name: choices.options[name][number[run]] for name, number in options.items()}
        scores = np.where(nominal, np.nan, score_one(panel, framework, picked, factors[run]))
        for node, by_region in zip(NODES, scores.reshape(len(NODES), REGIONS, len(YEARS)).round(9), strict=True):
            for base in (0, 1):
                pairs = {k: (row[base], row[-1]) for k, row in enumerate(by_region) if row[base] == row[base]}
                pairs = {k: pair for k, pair in pairs.items() if pair[1] == pair[1]}
                for k, (before, after) in pairs.items():
                    ahead_before = sum(other > before for other, _ in pairs.values())
                    ahead_after = sum(other > after for _, other in pairs.values())
                    count = counts.setdefault((node, LETTERS[k], YEARS[base]), [0, 0, 0])
                    count[0] += 1
                    count[1] += ahead_after < ahead_before
                    count[2] += ahead_after > ahead_before
    return {key: (rose / draws, fell / draws) for key, (draws, rose, fell) in counts.items()}


def assert_moves_are_those_by_hand(missing: float) -> None:
    framework = framework_of(robustness=VARIED, years=YEARS)
    panel = random_panel(REGIONS, YEARS, seed=3, missing=missing)
    found = analyse_uncertainty(panel, framework).moves.dropna()
    rows = found[["index", "region", "base_year", "rose", "fell"]].itertuples(index=False, name=None)
    assert {(code, region, base): (rose, fell) for code, region, base, rose, fell in rows} == moves_by_hand(
        panel, framework
    )


@pytest.mark.parametrize("missing", [0.0, 0.12])
def test_moves_are_counted_draw_by_draw(missing: float) -> None:
    """Exactly, to the first year and to the one before the last; with gaps among the regions that have both scores."""
    assert_moves_are_those_by_hand(missing)


@pytest.mark.parametrize("shuffled", ["design", "factors"])
def test_other_draws_in_the_second_year_would_be_noticed(shuffled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted error: the last year has the choices, or the weights, of another draw."""

    def evaluate_shuffled(design: np.ndarray, factors: np.ndarray, variants: Any, year: int) -> dict[str, np.ndarray]:
        last = year == YEARS[-1]
        design = design[::-1] if last and shuffled == "design" else design
        return evaluate(design, factors[::-1] if last and shuffled == "factors" else factors, variants, year)

    monkeypatch.setattr(uncertainty, "evaluate", evaluate_shuffled)
    with pytest.raises(AssertionError):
        assert_moves_are_those_by_hand(0.0)


def test_every_year_has_the_same_draws_and_is_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    years, draws = [], set()

    def note(design: np.ndarray, factors: np.ndarray, variants: Any, year: int) -> dict[str, np.ndarray]:
        years.append(year)
        draws.add((design.tobytes(), factors.tobytes()))
        return evaluate(design, factors, variants, year)

    monkeypatch.setattr(uncertainty, "evaluate", note)
    analyse_uncertainty(random_panel(REGIONS, YEARS), framework_of(robustness=VARIED, years=YEARS))
    assert years == list(YEARS)
    assert len(draws) == 1


def test_who_is_best_in_one_year_and_worst_in_the_other_falls_in_every_draw() -> None:
    panel = random_panel(REGIONS, YEARS)
    panel.loc[("A", 2021)] = 1000.0
    panel.loc[("A", 2022)] = 0.001
    moves = analyse_uncertainty(panel, framework_of(robustness=VARIED, years=YEARS), nodes=["left"]).moves
    row = moves.set_index(["region", "base_year"]).loc[("A", 2021)]
    assert (row["rose"], row["fell"]) == (0, 1)


def test_two_years_are_one_pair_and_one_year_is_none() -> None:
    two, one = (
        analyse_uncertainty(random_panel(REGIONS, years), framework_of(robustness=VARIED, years=years)).moves
        for years in ((2021, 2022), (2022,))
    )
    assert set(two["base_year"]) == {2021}
    assert one.empty
    assert list(one.columns) == list(two.columns)


def test_a_region_without_both_ranks_moves_nobody() -> None:
    """The second has no rank before: the third, last of two, is last of two afterwards. It has no shares itself."""
    rose, fell = shares_moved(np.array([[1.0, np.nan, 2.0]]), np.array([[1.0, 2.0, 3.0]]))
    np.testing.assert_array_equal(rose, [0, np.nan, 0])
    np.testing.assert_array_equal(fell, [0, np.nan, 0])
