"""The whole method on one screen."""

from dataclasses import dataclass

import pandas as pd

from regional_index.compute.aggregate import aggregate_tree
from regional_index.compute.denominate import denominate
from regional_index.compute.impute import impute
from regional_index.compute.normalise import find_goalposts, normalise
from regional_index.compute.rank import rank_scores
from regional_index.compute.weight import weigh
from regional_index.framework import Framework


@dataclass(frozen=True)
class Results:
    """Every step of the computation, so that each can be shown.

    Attributes:
        values: Panel of indicators in their own units, after division; rows (region, year), a column each.
        imputed: The same without the gaps that the method fills.
        goalposts: Columns `worst, best`, a row for each indicator, in the indicator's unit.
        normalised: Panel of indicator scores 0-100.
        weights: For every node, the weights of its children, summing to 1.
        scores: Long frame `region, year, index, score, rank, weight_present, partial`, unrounded.
    """

    values: pd.DataFrame
    imputed: pd.DataFrame
    goalposts: pd.DataFrame
    normalised: pd.DataFrame
    weights: dict[str, pd.Series]
    scores: pd.DataFrame


def compute_index(values: pd.DataFrame, framework: Framework) -> Results:
    """Compute every score of every region and year by the method that the framework declares.

    Args:
        values: Long frame `indicator, region, year, value` of raw values; `indicator` is the file they are in.
        framework: Tree, indicators and method.

    Returns:
        All steps. A score that cannot be computed is missing, never zero.
    """
    method = framework.method
    measured = denominate(values, framework)
    imputed = impute(measured, method)
    goalposts = find_goalposts(imputed, framework)
    normalised = normalise(imputed, goalposts, method)
    weights = weigh(framework)
    scores = rank_scores(aggregate_tree(normalised, weights, framework))
    return Results(measured, imputed, goalposts, normalised, weights, scores)
