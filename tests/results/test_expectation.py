"""Peers by one indicator, and the scores that some indicators let expect: compared with other ways to compute them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from regional_index.framework import Expectation
from regional_index.results import expectation
from regional_index.results.expectation import expectation_tables, expected, peers
from tests.method.varied import framework_of

# Twice as much a region: logarithms are 0, 1, 2 ... times ln 2.
DOUBLED = pd.Series({letter: np.log(2.0) * place for place, letter in enumerate("ABCDEFGH")})
SCORES = pd.Series({"A": 10.0, "B": 18.0, "C": 35.0, "D": 31.0, "E": 52.0, "F": 60.0, "G": 58.0, "H": 80.0})


def test_peers_are_the_nearest_in_proportion() -> None:
    """100 is as far from 50 as from 200, and 190 is nearer than either."""
    values = pd.Series({"A": 50.0, "B": 100.0, "C": 200.0, "D": 190.0, "E": 1000.0})
    found = peers(np.log(values)).groupby("region")["other"].agg(list)
    assert found["B"] == ["D", "A", "C"]
    assert found["E"] == ["C", "D", "B"]


def test_the_distance_of_peers_is_the_difference_of_logarithms() -> None:
    found = peers(np.log(pd.Series({"A": 50.0, "B": 100.0}))).set_index(["region", "other"])["distance"]
    assert found.to_dict() == pytest.approx({("A", "B"): np.log(2), ("B", "A"): np.log(2)})


def test_a_region_without_the_indicator_has_no_peers_and_is_none() -> None:
    found = peers(np.log(pd.Series({"A": 50.0, "B": np.nan, "C": 60.0})))
    assert set(found["region"]) | set(found["other"]) == {"A", "C"}


def by_polynomial() -> pd.DataFrame:
    """The same fit by another function of NumPy."""
    slope, intercept = np.polyfit(DOUBLED, SCORES, 1)
    fitted = intercept + slope * DOUBLED
    explained = np.corrcoef(DOUBLED, SCORES)[0, 1] ** 2
    return pd.DataFrame({"expected": fitted, "difference": SCORES - fitted, "explained": explained})


def is_polynomial() -> None:
    found = expected(SCORES, DOUBLED.to_frame("x")).set_index("region")
    pd.testing.assert_frame_equal(found[["expected", "difference", "explained"]], by_polynomial(), check_names=False)


def test_with_one_indicator_it_is_the_straight_line() -> None:
    is_polynomial()


@pytest.mark.parametrize(
    "wrong",
    [lambda a, b, **_: (-np.linalg.inv(a.T @ a) @ a.T @ b,), lambda a, b, **_: (np.array([b.mean(), 0.0]),)],
    ids=["a wrong sign", "no slope"],
)
def test_a_wrong_fit_is_noticed(monkeypatch: pytest.MonkeyPatch, wrong: Callable[..., tuple[np.ndarray]]) -> None:
    monkeypatch.setattr(expectation.np.linalg, "lstsq", wrong)
    with pytest.raises(AssertionError):
        is_polynomial()


def test_with_two_indicators_it_solves_the_normal_equations() -> None:
    """x and z are orthogonal with mean 0: by hand a = mean, b = sum(x y) / sum(x x), c = sum(z y) / sum(z z)."""
    x = pd.Series(dict(zip("ABCDEFGH", [-1, -1, -1, -1, 1, 1, 1, 1], strict=True)), dtype=float)
    z = pd.Series(dict(zip("ABCDEFGH", [-1, 1, -1, 1, -1, 1, -1, 1], strict=True)), dtype=float)
    found = expected(SCORES, pd.DataFrame({"x": x, "z": z})).set_index("region")
    # Sum 344; x: 250 - 94 = 156; z: (18 + 31 + 60 + 80) - (10 + 35 + 52 + 58) = 34.
    fitted = 43 + 19.5 * x + 4.25 * z
    assert found["expected"].to_dict() == pytest.approx(fitted.to_dict())
    assert found["difference"].to_dict() == pytest.approx((SCORES - fitted).to_dict())
    # 8 x 19.5^2 + 8 x 4.25^2 = 3186.5 of 18 678 - 8 x 43^2 = 3886.
    assert found["explained"].to_numpy() == pytest.approx(3186.5 / 3886)
    assert found["rank_expected"].tolist() == [7, 5, 7, 5, 3, 1, 3, 1]


def test_too_few_regions_explain_nothing() -> None:
    """Two coefficients take seven regions."""
    logs = DOUBLED.to_frame("x")
    assert len(expected(SCORES.iloc[:7], logs)) == 7
    assert expected(SCORES.iloc[:6], logs).empty
    assert expected(SCORES.where(SCORES > 18), logs).empty


def test_equal_scores_have_no_differences_to_explain() -> None:
    found = expected(SCORES * 0 + 50, DOUBLED.to_frame("x"))
    assert found["explained"].isna().all()
    assert found["difference"].to_numpy() == pytest.approx(0)


def test_tables_are_of_the_last_year_and_of_values_above_0() -> None:
    letters, years = "ABCDEFGHI", (2021, 2022)
    figures = [("a", letter, year, 0 if letter == "I" else year - 2020 + place)
               for place, letter in enumerate(letters) for year in years]  # fmt: skip
    known = pd.DataFrame(figures, columns=["indicator", "region", "year", "value"])
    scored = [("all", letter, year, 7 * place + year % 2) for place, letter in enumerate(letters) for year in years]
    scores = pd.DataFrame(scored, columns=["index", "region", "year", "score"])
    framework = replace(framework_of(years=years), expectation=Expectation("a", ("a",)))
    found = expectation_tables(known, scores, framework)
    own = expected(
        pd.Series({letter: 7.0 * place for place, letter in enumerate(letters)}),
        pd.DataFrame({"a": {letter: np.log(2 + place) for place, letter in enumerate(letters[:-1])}}),
    )
    pd.testing.assert_frame_equal(found["expected"].drop(columns="index"), own)
    assert set(found["peers"]["region"]) == set(letters[:-1])
    assert expectation_tables(known, scores, framework_of(years=years)) == {}
