"""How sure scores and ranks are, and whether the parts of an index belong together, as result tables."""

from collections.abc import Iterable

import pandas as pd

from regional_index.framework import Framework
from regional_index.method import Results
from regional_index.model import TABLES
from regional_index.soundness import describe_coherence, implied_importance
from regional_index.soundness.association import correlations
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
    year = framework.years[-1]
    wide = results.scores.pivot(index=["region", "year"], columns="index", values="score")
    wide = wide.reindex(index=results.normalised.index, columns=list(framework.nodes))
    found = describe_coherence(results.normalised, wide, framework, year=year)
    table = pd.concat([results.normalised, wide], axis=1).xs(year, level="year")
    within = {code: _long(matrix, "part", "other", "correlation") for code, matrix in found.within.items()}
    importance = {
        code: implied_importance(table[code], table[list(node.child_weights)]).rename_axis("part").reset_index()
        for code, node in framework.nodes.items()
        if node.child_weights
    }
    return {
        "coherence": found.summary.reset_index(),
        "correlations": _stack("correlations", within),
        "parent_correlations": found.parents.rename(columns={"child": "part"}),
        "correlation_flags": found.flags.rename(columns={"first": "part", "second": "other"}),
        "coherence_notes": found.notes.rename(columns={"child": "part"}),
        "importance": _stack("importance", importance),
        "indicator_correlations": _of_indicators(table, framework),
    }


def _of_indicators(table: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Correlations of all indicators below an index with each other, with the node above them and with the index."""
    rows = []
    for index in framework.nodes:
        parents = framework.indicators_by_parent(index)
        indicators = [code for codes in parents.values() for code in codes]
        matrix = correlations(table[list(dict.fromkeys([*indicators, *parents, index]))])
        for parent, codes in parents.items():
            others = dict.fromkeys([*indicators, parent, index])
            rows += [(index, code, other, matrix.loc[code, other]) for code in codes for other in others]
    return pd.DataFrame(rows, columns=["index", "indicator", "other", "correlation"])


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
