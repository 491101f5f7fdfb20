"""The Human Development Index, from printed components to the printed index.

Source: United Nations Development Programme, Human Development Report 2015, Statistical Annex, Table 1 "Human
Development Index and its components" (data year 2014; hdr.undp.org/en/composite/HDI as archived on 15 May 2016 at
megalodon.jp/2016-0515-0933-16/). Goalposts, caps and formulas: Technical note 1 of the same report.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional_index.framework import Framework, Indicator, Method, Node, Rule
from regional_index.method.index import compute_index
from regional_index.method.normalise import normalise
from regional_index.method.rules import make_rule

YEAR = 2014
COMPONENTS = ("life_expectancy", "expected_schooling", "mean_schooling", "income")

# Life expectancy at birth (years), expected and mean years of schooling, GNI per capita (2011 PPP $), HDI as printed.
PRINTED = {
    "Norway": (81.6, 17.5, 12.6, 64_992, 0.944),
    "Australia": (82.4, 20.2, 13.0, 42_261, 0.935),
    "Denmark": (80.2, 18.7, 12.7, 44_025, 0.923),
    "Netherlands": (81.6, 17.9, 11.9, 45_435, 0.922),
    "Ireland": (80.9, 18.6, 12.2, 39_568, 0.916),
    "United States": (79.1, 16.5, 12.9, 52_947, 0.915),
    "Liechtenstein": (80.0, 15.0, 11.8, 79_851, 0.908),
    "Sweden": (82.2, 15.8, 12.1, 45_636, 0.907),
    "Luxembourg": (81.7, 13.9, 11.7, 58_711, 0.892),
    "Finland": (80.8, 17.1, 10.3, 38_695, 0.883),
}
# The index was computed from components with more digits than are printed, and so may differ in the last one.
PRINTED_TOO_COARSELY = {
    "Switzerland": (83.0, 15.8, 12.8, 56_431, 0.930),
    "Germany": (80.9, 16.5, 13.1, 43_919, 0.916),
    "Singapore": (83.0, 15.4, 10.6, 76_628, 0.912),
    "Iceland": (82.6, 19.0, 10.6, 35_182, 0.899),
    "Japan": (83.5, 15.3, 11.5, 36_927, 0.891),
}


def goalposts(worst: float, best: float, *, log: bool = False) -> Rule:
    """Goalposts scored from 0 to 1."""
    return make_rule("normalise", {"rule": "goalposts", "worst": worst, "best": best, "log": log, "times": 1})


def indicator(code: str, unit: str, rule: Rule) -> Indicator:
    return Indicator(code, {"en": code}, unit, "level", 1, 1, "undp", "", "", code, normalise=rule)


def node(code: str, **inside: Any) -> Node:
    return Node(code, {"en": code}, code, code, **inside)


@pytest.fixture(scope="module")
def framework() -> Framework:
    """Three dimensions, education of two indicators; geometric at the top, arithmetic below."""
    health = node("health", indicators={"life_expectancy": 1.0})
    education = node("education", indicators={"expected_schooling": 1.0, "mean_schooling": 1.0})
    living = node("living", indicators={"income": 1.0})
    indicators = (
        indicator("life_expectancy", "years", goalposts(20, 85)),
        indicator("expected_schooling", "years", goalposts(0, 18)),
        indicator("mean_schooling", "years", goalposts(0, 15)),
        indicator("income", "2011 PPP $", goalposts(100, 75_000, log=True)),
    )
    return Framework(
        title={"en": "Human Development Index"},
        edition="2015",
        edition_year=YEAR,
        years=(YEAR,),
        method=Method(aggregate=(Rule("geometric"), Rule("arithmetic"))),
        groups=(),
        bands=(),
        indices=(node("hdi", children=(health, education, living)),),
        indicators={each.code: each for each in indicators},
    )


def panel_of(printed: Mapping[str, tuple[float, ...]]) -> pd.DataFrame:
    """The components as a panel."""
    rows = pd.MultiIndex.from_product([list(printed), [YEAR]], names=["region", "year"])
    return pd.DataFrame([each[:4] for each in printed.values()], index=rows, columns=list(COMPONENTS), dtype=float)


def compute(printed: Mapping[str, tuple[float, ...]], framework: Framework) -> pd.Series:
    """The index of each country by the whole method."""
    values = panel_of(printed).melt(ignore_index=False, var_name="indicator").reset_index()
    scores = compute_index(values, framework).scores
    return scores[scores["index"] == "hdi"].set_index("region")["score"]


def index_of_dimensions(scores: pd.DataFrame) -> pd.Series:
    """The last steps written out: the mean of both schoolings, then the cube root of the product."""
    education = (scores["expected_schooling"] + scores["mean_schooling"]) / 2
    return np.cbrt(scores["life_expectancy"] * education * scores["income"]).droplevel("year")


def as_printed(index: pd.Series) -> dict[str, str]:
    return {country: f"{value:.3f}" for country, value in index.items()}


def test_goalposts_give_the_printed_index_of_ten_countries(framework: Framework) -> None:
    """Three of them beyond 18 years of expected schooling, one beyond 75,000 dollars: held at the goalpost."""
    scores = normalise(panel_of(PRINTED), framework).panel
    assert as_printed(index_of_dimensions(scores)) == {country: f"{each[4]:.3f}" for country, each in PRINTED.items()}


def test_the_whole_method_gives_the_printed_index_of_ten_countries(framework: Framework) -> None:
    """From raw values to the index, to three decimals."""
    assert as_printed(compute(PRINTED, framework)) == {country: f"{each[4]:.3f}" for country, each in PRINTED.items()}


def test_the_index_of_others_differs_by_the_last_printed_digit_at_most(framework: Framework) -> None:
    """Components printed to a tenth of a year cannot give all digits back."""
    index = compute(PRINTED_TOO_COARSELY, framework)
    assert index.to_dict() == pytest.approx({c: each[4] for c, each in PRINTED_TOO_COARSELY.items()}, abs=0.0011)


def test_the_dimensions_of_norway_are_those_worked_out_by_hand(framework: Framework) -> None:
    """(81.6 - 20) / 65, 17.5 / 18, 12.6 / 15, and (ln 64,992 - ln 100) / (ln 75,000 - ln 100)."""
    scores = normalise(panel_of(PRINTED), framework).panel.loc[("Norway", YEAR)]
    expected = [61.6 / 65, 17.5 / 18, 12.6 / 15, np.log(649.92) / np.log(750)]
    assert scores.tolist() == pytest.approx(expected, abs=1e-12)
