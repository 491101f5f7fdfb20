"""Why ranks moved between two years of one series, from the steps that were computed."""

from collections.abc import Callable

import pandas as pd

from regional_index.framework import Framework
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.decompose import YearState, decompose_movement
from regional_index.method.index import Results
from regional_index.method.normalise import Scale, fit

LEVELLING = "copeland"


def decompose_years(results: Results, framework: Framework, first: int, last: int) -> pd.DataFrame:
    """Take apart the change of every rank and score from one year to another; see `decompose_movement`.

    The method's part is what the scale moved: nothing where it is that of the whole panel. Weights are those of the
    series. Where a region's score is not its own affair (Copeland's rule, weights of its own), there are no parts; nor
    where a step between the years has no score, as where the scale of one year gives figures of the other scores below
    0 and the rule is a geometric mean.

    Args:
        results: Every step of the computation.
        framework: Tree and method.
        first: The earlier year.
        last: The later year.

    Returns:
        As `decompose_movement`; no rows where there are no parts, or where both years are the same.
    """
    treated = results.treatment.panel
    scale = fit(treated, framework)
    yearly = (results.normalisation.parameters.index.get_level_values("year") != 0).any()
    score_first = _scorer(results, framework, scale, first)
    states = [
        YearState(_of_year(treated, year), _scorer(results, framework, scale, year) if yearly else score_first)
        for year in (first, last)
    ]
    moved = decompose_movement(*states)
    depends = results.own_weights or any(rule.name == LEVELLING for rule in framework.method.aggregate)
    return moved.iloc[:0] if depends or first == last else moved


def _of_year(panel: pd.DataFrame, year: int) -> pd.DataFrame:
    return panel.xs(year, level="year")


def _scorer(results: Results, framework: Framework, scale: Scale, year: int) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Scores figures of one year by the scale of a year and the weights of the series."""

    def score(figures: pd.DataFrame) -> pd.DataFrame:
        panel = pd.concat({year: figures}, names=["year"]).swaplevel().rename_axis(["region", "year"])
        scored = aggregate_tree(scale.apply(panel, year), results.weights, framework, refuse=False).scores
        wide = scored.pivot(index="region", columns="index", values="score")
        return wide.reindex(index=figures.index, columns=list(framework.nodes))

    return score
