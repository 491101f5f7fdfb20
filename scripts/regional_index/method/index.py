"""The whole method on one screen."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from regional_index.framework import Framework
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.denominate import denominate
from regional_index.method.impute import Imputed, impute
from regional_index.method.normalise import Normalised, normalise
from regional_index.method.rank import rank_scores
from regional_index.method.screen import Screening, screen
from regional_index.method.treat import Treated, treat
from regional_index.method.weigh import weigh_node


@dataclass(frozen=True)
class Results:
    """Every step of the computation, so that each can be shown.

    Attributes:
        values: Panel of indicators in their own units, after division; rows (region, year), a column each.
        screening: How much of the data each region has in each year.
        imputation: The panel without the gaps that the method fills, and which cells were filled.
        treatment: The panel with outliers treated, and the log of what changed.
        normalisation: The panel of indicator scores, and the numbers that the formulas use.
        weights: For every node, the weights of its children, summing to 1.
        own_weights: For nodes whose rule lets each region have weights of its own, these; rows (region, year).
        scores: Long frame `region, year, index, score, rank, weight_present, partial`, unrounded.
    """

    values: pd.DataFrame
    screening: Screening
    imputation: Imputed
    treatment: Treated
    normalisation: Normalised
    weights: dict[str, pd.Series]
    own_weights: dict[str, pd.DataFrame]
    scores: pd.DataFrame

    @property
    def normalised(self) -> pd.DataFrame:
        """Panel of indicator scores."""
        return self.normalisation.panel


def compute_index(values: pd.DataFrame, framework: Framework, membership: pd.DataFrame | None = None) -> Results:
    """Compute every score of every region and year by the method that the framework declares.

    Args:
        values: Long frame `indicator, region, year, value` of raw values; `indicator` is the file they are in.
        framework: Tree, indicators and method.
        membership: The group of every region; rows regions, a column for each grouping. Needed by rules that use one.

    Returns:
        All steps. A score that cannot be computed is missing, never zero.

    Raises:
        CannotCompute: The method cannot be carried out on these data.
    """
    return compute_from_panel(denominate(values, framework), framework, membership)


def compute_from_panel(measured: pd.DataFrame, framework: Framework, membership: pd.DataFrame | None = None) -> Results:
    """Compute the index from indicators in their own units, after division.

    Args:
        measured: Complete panel; rows (region, year), a column for each indicator.
        framework: Tree, indicators and method.
        membership: As in `compute_index`.

    Raises:
        CannotCompute: The method cannot be carried out on these data.
    """
    screened = screen(measured, framework)
    imputed = impute(screened.panel, framework, membership)
    treated = treat(imputed.panel, framework)
    normalised = normalise(treated.panel, framework)
    aggregated = aggregate_tree(normalised.panel, partial(weigh_node, framework), framework)
    scores = rank_scores(aggregated.scores)
    return Results(
        measured, screened, imputed, treated, normalised, aggregated.weights, aggregated.own_weights, scores
    )  # fmt: skip
