"""Which regions are alike by one indicator, and what scores a few indicators would let expect."""

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.rank import DECIMALS_OF_NOISE, ranks_of
from regional_index.model import TABLES

PEERS = 3
SPARE = 5
"""A regression has at least as many regions as coefficients, and so many more."""


def expectation_tables(known: pd.DataFrame, scores: pd.DataFrame, framework: Framework) -> dict[str, pd.DataFrame]:
    """The tables `peers` and `expected` of the last year of the series; none where no expectation is declared.

    Args:
        known: Long frame with `indicator, region, year, value`, the evaluated regions in order.
        scores: Long frame with `index, region, year, score`.
        framework: Declares which indicator makes peers, and which ones explain scores.
    """
    declared, last = framework.expectation, framework.years[-1]
    if declared is None:
        return {}
    values = known[known["year"] == last].pivot(index="region", columns="indicator", values="value")
    values = values.reindex(columns=[*framework.indicators]).astype(float)
    logs = np.log(values.where(values > 0))
    found = [expected(own.set_index("region")["score"], logs[list(declared.by)]).assign(index=code)
             for code, own in scores[scores["year"] == last].groupby("index", sort=False)]  # fmt: skip
    return {"peers": peers(logs[declared.peers]), "expected": pd.concat(found, ignore_index=True)}


def peers(logs: pd.Series) -> pd.DataFrame:
    """The regions that are most alike by one indicator, nearest first.

    The distance of two regions is |ln x - ln y|: 0.1 is a difference of some 10 %, between small values and large.

    Args:
        logs: Natural logarithm of the indicator by region; regions without one have no peers.

    Returns:
        Rows `region, other, distance`, at most `PEERS` a region.
    """
    known, rows = logs.dropna(), []
    for region in known.index:
        distances = (known.drop(region) - known[region]).abs()
        nearest = distances.round(DECIMALS_OF_NOISE).sort_values(kind="stable").index[:PEERS]
        rows += [(region, other, distances[other]) for other in nearest]
    return pd.DataFrame(rows, columns=list(TABLES["peers"].columns))


def expected(scores: pd.Series, logs: pd.DataFrame) -> pd.DataFrame:
    """Scores that a few indicators would let expect: score = a + b1 ln x1 + b2 ln x2 + ..., by ordinary least squares.

    Args:
        scores: Of one index by region.
        logs: Natural logarithms of the indicators; rows regions.

    Returns:
        Rows `region, expected, difference, rank_expected, explained` of the regions that have all of these; none where
        they are fewer than coefficients + `SPARE`. `difference` is the score less the expected one, `explained` is
        R2 = 1 - sum(difference^2) / sum((score - mean)^2), missing where all scores are equal.
    """
    both = logs.join(scores.rename("score").astype(float), how="inner").dropna()
    design = np.column_stack([np.ones(len(both)), both[list(logs.columns)].to_numpy()])
    if len(both) < design.shape[1] + SPARE:
        both, design = both.iloc[:0], design[:0]
    score = both["score"].to_numpy()
    fitted = design @ np.linalg.lstsq(design, score, rcond=None)[0] if len(both) else score
    columns = {
        "expected": fitted,
        "difference": score - fitted,
        "rank_expected": pd.array(ranks_of(fitted), dtype="Int64"),
        "explained": _explained(score, fitted),
    }
    return pd.DataFrame(columns, index=both.index).rename_axis("region").reset_index()


def _explained(score: np.ndarray, fitted: np.ndarray) -> float:
    if not len(score) or np.ptp(score) < 10.0**-DECIMALS_OF_NOISE:
        return np.nan
    return float(1 - ((score - fitted) ** 2).sum() / ((score - score.mean()) ** 2).sum())
