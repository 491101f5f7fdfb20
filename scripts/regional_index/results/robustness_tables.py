"""Result tables of robustness (how sure ranks are) and coherence (whether parts belong together)."""

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.describe import base_years, change_between
from regional_index.method.index import Results
from regional_index.method.rules import aggregation_by, aggregation_of
from regional_index.model import TABLES
from regional_index.soundness import (
    Progress,
    analyse_sensitivity,
    analyse_uncertainty,
    declared_robustness,
    describe_coherence,
    flip_neighbours,
    rank_limits,
)

CELL = ["index", "year", "region"]
WEIGHT = "weight_"


def robustness_tables(
    results: Results, framework: Framework, membership: pd.DataFrame, progress: Progress = lambda steps, _: steps
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Tables of scores and ranks when all that the framework declares to be varied is varied.

    Args:
        results: The scores by the declared method.
        framework: It must have `robustness`.
        membership: The group of every region.
        progress: Wraps the steps of the draws and takes their number, to show how far they are.

    Returns:
        Tables by name; and the ranges of scores and ranks by (index, year, region), see `Uncertainty.ranges`.
    """
    year = framework.years[-1]
    normalised, scores = scores_of_year(results, framework, year)
    nodes = [code for code in framework.nodes if scores[code].notna().any()]
    panel, width = results.screening.panel, declared_robustness(framework).range_width
    found = analyse_uncertainty(panel, framework, membership, nodes=nodes, progress=progress)
    ranges = found.ranges.set_index(CELL).sort_index()
    flips, limits = {}, {}
    for code in nodes:
        if _is_mean(framework, code):
            weights = results.weights[code]
            children = pd.concat([normalised, scores], axis=1)[list(weights.index)].dropna(axis=1, how="all")
            rule = aggregation_of(framework, code)
            flips[code] = flip_neighbours(children, weights[children.columns], rule, scores[code])
            limits[code] = rank_limits(normalised, scores, results.weights, framework, code, width=width)
    tables = {
        "medians": ranges.rename(columns={"median": "score_median"}).reset_index(),
        "tiers": found.tiers.sort_values(CELL, kind="stable"),
        "first_place": found.first_place.sort_values(["index", "region"]),
        "ahead": found.ahead,
        "rank_changes": rank_changes(results.scores, framework, found.moves),
        "sensitivity": analyse_sensitivity(panel, framework, membership, nodes=nodes),
        "flips": _stack("flips", flips).rename(columns={"first": "ahead", "second": "behind"}),
        "flip_weights": _stack("flip_weights", {code: _flip_weights(frame) for code, frame in flips.items()}),
        "rank_limits": _stack("rank_limits", limits),
    }
    return tables, ranges


def rank_changes(scores: pd.DataFrame, framework: Framework, moves: pd.DataFrame | None) -> pd.DataFrame:
    """Changes of rank from the first year to the last, and from the year before it, and how often draws agree.

    Args:
        scores: Of the declared method.
        framework: Says which years there are.
        moves: As `Uncertainty.moves`; nothing where nothing is varied.
    """
    last = framework.years[-1]
    frames = [change_between(scores, base, last).assign(base_year=base) for base in base_years(framework.years)]
    if not frames:
        return pd.DataFrame(columns=list(TABLES["rank_changes"].columns))
    changes = pd.concat(frames, ignore_index=True).assign(year=last)
    if moves is None:
        return changes.assign(rose=np.nan, fell=np.nan)
    return changes.merge(moves, on=["index", "region", "base_year"], how="left", validate="one_to_one")


def coherence_tables(results: Results, framework: Framework) -> dict[str, pd.DataFrame]:
    """Tables of coherence in the last year, by name: how the parts of every index go together."""
    return describe_coherence(pd.concat(scores_of_year(results, framework, framework.years[-1]), axis=1), framework)


def scores_of_year(results: Results, framework: Framework, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores of indicators and of nodes in one year; regions as rows."""
    normalised = results.normalised.xs(year, level="year")
    scores = results.scores[results.scores["year"] == year].pivot(index="region", columns="index", values="score")
    return normalised, scores.reindex(index=normalised.index, columns=list(framework.nodes))


def _is_mean(framework: Framework, code: str) -> bool:
    """Whether weights put regions in a linear order: only those of means that all regions share."""
    rule = aggregation_of(framework, code)
    return aggregation_by(rule).power(rule.options) is not None


def _flip_weights(flips: pd.DataFrame) -> pd.DataFrame:
    weights = [name for name in flips if name.startswith(WEIGHT)]
    long = flips.melt(["first", "second"], weights, "part", "weight")
    long["part"] = long["part"].str.removeprefix(WEIGHT)
    return long.rename(columns={"first": "ahead", "second": "behind"})


def _stack(table: str, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The frames below each other, each with the code of its index; without any, the columns of the result table."""
    if not frames:
        return pd.DataFrame(columns=list(TABLES[table].columns))
    return pd.concat([frame.assign(index=code) for code, frame in frames.items()], ignore_index=True)
