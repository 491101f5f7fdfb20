"""How sure scores and ranks are, and whether the parts of an index belong together, as result tables."""

from collections.abc import Iterable

import pandas as pd

from regional_index.framework import Framework
from regional_index.method import Results
from regional_index.model import TABLES
from regional_index.soundness import describe_coherence
from regional_index.soundness.robustness import RobustnessStudy

WEIGHT = "weight_"


def robustness_tables(study: RobustnessStudy) -> dict[str, pd.DataFrame]:
    """What the declared choices of method do, by name of the table; tiers and orders of the last year alone.

    Args:
        study: What was found.
    """
    tiers = study.tiers.rename_axis(columns="tier").stack().rename("probability").reset_index()
    sensitivity = study.sensitivity[study.sensitivity["measure"] == "rank"]
    return {
        "medians": study.ranges.rename(columns={"median": "score_median"}).reset_index(),
        "tiers": tiers,
        "first_place": study.first_place.rename("probability").reset_index(),
        "ahead": _stack(
            "ahead",
            {code: _long(matrix, "ahead", "behind", "probability") for (code, _), matrix in study.ahead.items()},
        ),
        "sensitivity": sensitivity,
        "flips": _flips(study.flips.items()),
        "flip_weights": _flip_weights(study.flips.items()),
        "rank_limits": _stack("rank_limits", {code: frame.reset_index() for code, frame in study.limits.items()}),
    }


def coherence_tables(results: Results, framework: Framework) -> dict[str, pd.DataFrame]:
    """How the parts of every index go together in the last year, by name of the table."""
    return describe_coherence(pd.concat(scores_of_year(results, framework, framework.years[-1]), axis=1), framework)


def scores_of_year(results: Results, framework: Framework, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores of indicators and of nodes in one year; regions as rows."""
    normalised = results.normalised.xs(year, level="year")
    scores = results.scores[results.scores["year"] == year].pivot(index="region", columns="index", values="score")
    return normalised, scores.reindex(index=normalised.index, columns=list(framework.nodes))


def _long(matrix: pd.DataFrame, row: str, column: str, value: str) -> pd.DataFrame:
    """A row for every cell of a matrix."""
    return matrix.rename_axis(index=row, columns=column).stack(future_stack=True).rename(value).reset_index()


def _flips(flips: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    frames = {code: frame.rename(columns={"first": "ahead", "second": "behind"}) for code, frame in flips}
    return _stack("flips", frames)


def _flip_weights(flips: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    frames = {}
    for code, frame in flips:
        weights = [name for name in frame if name.startswith(WEIGHT)]
        long = frame.melt(["first", "second"], weights, "part", "weight")
        long["part"] = long["part"].str.removeprefix(WEIGHT)
        frames[code] = long.rename(columns={"first": "ahead", "second": "behind"})
    return _stack("flip_weights", frames)


def _stack(table: str, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The frames below each other, each with the code of its index; without any, the columns of the result table."""
    if not frames:
        return pd.DataFrame(columns=list(TABLES[table].columns))
    return pd.concat([frame.assign(index=code) for code, frame in frames.items()], ignore_index=True)
