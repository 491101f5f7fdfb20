"""The steps of the method for `make bench` in plain NumPy: the arithmetic alone, for one fixed choice of rules.

It knows the rules of `bench_random.METHOD` and no others, checks nothing, and keeps nothing but what it returns.
"""

import numpy as np
import pandas as pd
from bench_random import DIVIDED, FIRST_YEAR, LESS_IS_BETTER

MOST_WINSORISED = 5


def plain_steps(values: pd.DataFrame, shape: tuple[int, int, int], per_node: int) -> tuple[np.ndarray, np.ndarray]:
    """How much of the data there is, and ranks: shape (nodes, regions, years) each, the index before its sub-indices.

    Args:
        values: Long frame `indicator, region, year, value`.
        shape: How many regions, years and indicators.
        per_node: How many indicators a sub-index has.
    """
    regions, years, columns = shape
    x = np.empty((columns, regions, years))
    at = (values[name].cat.codes.to_numpy() for name in ("indicator", "region"))
    x[*at, values["year"].to_numpy() - FIRST_YEAR] = values["value"].to_numpy()
    x[DIVIDED - 1 :: DIVIDED] *= 100 / x[0]
    present = ~np.isnan(x)
    shares = np.stack([below.mean(axis=0) for below in (present, *np.split(present, columns // per_node))])
    x = np.where(present, x, _medians(x)[:, None]).reshape(columns, -1)
    x = np.stack([_treated(column) for column in x])
    x[::LESS_IS_BETTER] *= -1
    low, high = x.min(axis=1, keepdims=True), x.max(axis=1, keepdims=True)
    subs = ((x - low) / (high - low) * 100).reshape(-1, per_node, regions, years).mean(axis=1)
    return shares, _ranks(np.concatenate([np.exp(np.log(subs).mean(axis=0))[None], subs]))


def _medians(x: np.ndarray) -> np.ndarray:
    """Of every indicator and year; sorting puts the missing values last, and is faster than `nanmedian`."""
    ordered = np.sort(x.swapaxes(1, 2), axis=2)
    count = (~np.isnan(ordered)).sum(axis=2, keepdims=True)
    middle = [np.take_along_axis(ordered, place, axis=2) for place in ((count - 1) // 2, count // 2)]
    return (middle[0] + middle[1])[:, :, 0] / 2


def _treated(x: np.ndarray) -> np.ndarray:
    treated = x
    while not _passes(treated):
        high = _skewness_and_kurtosis(treated)[0] >= 0
        end = treated.max() if high else treated.min()
        rest = treated[treated != end]
        treated = np.where(treated == end, rest.max() if high else rest.min(), treated)
        if (treated != x).sum() > MOST_WINSORISED:
            return np.log(x - x.min() + 0.01 * (x.max() - x.min()))
    return treated


def _passes(x: np.ndarray) -> bool:
    skewness, kurtosis = _skewness_and_kurtosis(x)
    return abs(skewness) < 2 or kurtosis < 3.5


def _skewness_and_kurtosis(x: np.ndarray) -> tuple[float, float]:
    n, deviation = len(x), x - x.mean()
    square = deviation * deviation
    second, third, fourth = square.mean(), (square * deviation).mean(), (square * square).mean()
    skewness = third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = ((n + 1) * (fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return float(skewness), float(kurtosis)


def _ranks(scores: np.ndarray) -> np.ndarray:
    order = np.argsort(-scores, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1)[None, :, None], axis=1)
    return ranks
