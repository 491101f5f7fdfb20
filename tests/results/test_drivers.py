"""Which indicators moved ranks: contributions that add up, compared with those of the regions that were overtaken."""

import pandas as pd
import pytest

from regional_index.results.drivers import drivers
from tests.method.varied import framework_of

YEARS = (2020, 2021, 2022)
# `all` = 0.6 x `left` + 0.4 x `right`; left = (2 a + b) / 3, right = (c + 4 d) / 5.
WEIGHTS = {("all", "left"): 0.6, ("all", "right"): 0.4, ("left", "a"): 2 / 3, ("left", "b"): 1 / 3}
WEIGHTS |= {("right", "c"): 0.2, ("right", "d"): 0.8}
# Scores of a, b, c, d by region and year.
FIGURES = {
    ("A", 2020): (10, 10, 10, 10), ("A", 2021): (10, 10, 10, 10), ("A", 2022): (40, 16, 10, 20),
    ("B", 2020): (20, 20, 20, 20), ("B", 2021): (20, 20, 20, 20), ("B", 2022): (20, 20, 30, 20),
    ("C", 2020): (90, 90, 90, 90), ("C", 2021): (90, 90, 90, 90), ("C", 2022): (99, 90, 90, 90),
}  # fmt: skip


def tables(*, is_sum: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Steps and scores as they follow from the figures."""
    steps, scores = [], []
    for (region, year), figures in FIGURES.items():
        known = dict(zip("abcd", map(float, figures), strict=True))
        for index in ("left", "right", "all"):
            parts = {part: weight for (above, part), weight in WEIGHTS.items() if above == index}
            known[index] = sum(weight * known[part] for part, weight in parts.items())
            scores.append((index, region, year, known[index]))
            for part, weight in parts.items():
                gives = weight * known[part] if is_sum or index == "all" else float("nan")
                steps.append((index, region, year, part, weight, gives))
    return (
        pd.DataFrame(steps, columns=["index", "region", "year", "part", "weight", "contribution"]),
        pd.DataFrame(scores, columns=["index", "region", "year", "score"]),
    )


def found_of(*given: pd.DataFrame) -> pd.DataFrame:
    return (
        drivers(*given, framework_of(years=YEARS)).set_index(["index", "region", "base_year", "indicator"]).sort_index()
    )


def test_points_add_up_to_the_change_of_the_score() -> None:
    steps, scores = tables()
    found = found_of(steps, scores)["points"].groupby(level=["index", "region", "base_year"]).sum()
    by_cell = scores.set_index(["index", "region", "year"])["score"]
    assert len(found) == 3 * 3 * 2
    for (index, region, base), points in found.items():
        assert points == pytest.approx(by_cell[index, region, 2022] - by_cell[index, region, base])


def test_a_rise_is_compared_with_who_was_overtaken_and_a_fall_with_who_overtook() -> None:
    """A passes B: from a 30 x 0.4 = 12, from b 6 x 0.2 = 1.2, from d 10 x 0.32 = 3.2; B has 10 x 0.08 = 0.8 from c."""
    points = found_of(*tables())["points_relative"]
    assert points["all", "A", 2021].to_dict() == pytest.approx({"a": 12, "b": 1.2, "c": -0.8, "d": 3.2})
    assert points["all", "B", 2021].to_dict() == pytest.approx({"a": -12, "b": -1.2, "c": 0.8, "d": -3.2})


def test_a_rank_that_stays_has_no_reason() -> None:
    """C is first in both years."""
    assert found_of(*tables()).loc[("all", "C", 2021), "points_relative"].isna().all()


def test_where_a_score_below_is_no_sum_there_are_no_drivers() -> None:
    assert drivers(*tables(is_sum=False), framework_of(years=YEARS)).empty


def test_a_region_without_a_score_in_one_of_the_years_is_left_out() -> None:
    """B is not there in 2021: A overtakes nobody."""
    steps, scores = tables()
    gone = (scores["region"] == "B") & (scores["year"] == 2021)
    found = found_of(steps, scores.assign(score=scores["score"].mask(gone)))
    assert ("all", "B", 2021) not in found.index.droplevel("indicator")
    assert found.loc[("all", "A", 2021), "points_relative"].isna().all()


def test_an_indicator_that_appears_contributes_all_it_has() -> None:
    """Without `b` before, `left` of A was `a` alone."""
    steps, scores = tables()
    old = (steps["region"] == "A") & (steps["year"] == 2021) & (steps["index"] == "left")
    steps = steps[~(old & (steps["part"] == "b"))].copy()
    steps.loc[old & (steps["part"] == "a"), ["weight", "contribution"]] = (1.0, 10.0)
    points = found_of(steps, scores)["points"]["left", "A", 2021]
    assert points.to_dict() == pytest.approx({"a": 40 * 2 / 3 - 10, "b": 16 / 3})
