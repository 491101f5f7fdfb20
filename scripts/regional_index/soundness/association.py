"""How columns go together: correlations, Cronbach's alpha, principal components."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_ROWS = 3
# Scores that are equal but for the last bits of their sums.
NO_SPREAD = 1e-12


@dataclass(frozen=True)
class Components:
    """Principal components, the most important first.

    Attributes:
        explained: Share of the variance by component (1, 2, ...); the shares sum to 1.
        loadings: Rows are columns of the data, columns are components; each component has length 1 and the sum of
            its loadings is positive. Missing for what is constant.
        eigenvalues: Variance by component of the standardised data.
    """

    explained: pd.Series
    loadings: pd.DataFrame
    eigenvalues: pd.Series


def constant_columns(columns: pd.DataFrame) -> list[str]:
    """Columns that are the same in every row, or have no value at all: nothing correlates with them.

    Examples:
        >>> constant_columns(pd.DataFrame({"a": [1.0, 2.0], "b": [5.0, 5.0], "c": [None, 1.0]}))
        ['b', 'c']
    """
    spread = columns.max() - columns.min()
    moves = spread > NO_SPREAD * columns.abs().max()
    return [code for code, moving in moves.items() if not moving]


def correlations(columns: pd.DataFrame, others: pd.DataFrame | None = None, *, method: str = "pearson") -> pd.DataFrame:
    """Correlation of every column with every other, over the rows that have both.

    Args:
        columns: One row for each region (and year).
        others: Columns on the same rows to correlate with; the same columns where not given.
        method: `pearson`, or `spearman` (of ranks among the rows that have both, ties sharing their mean).

    Returns:
        Rows are `columns`, columns are `others`. Missing where one of the two is constant (`constant_columns` names
        them) or where fewer than three rows have both.
    """
    second = columns if others is None else others
    pair = {"first": columns, "second": second}
    moving = {side: frame.drop(columns=constant_columns(frame)) for side, frame in pair.items()}
    matrix = pd.concat(moving, axis=1).astype(float).corr(method=method, min_periods=LEAST_ROWS)
    rows = [("first", code) for code in columns.columns]
    against = [("second", code) for code in second.columns]
    found = matrix.reindex(index=pd.MultiIndex.from_tuples(rows), columns=pd.MultiIndex.from_tuples(against))
    return pd.DataFrame(found.to_numpy(), index=columns.columns, columns=second.columns)


def cronbach_alpha(columns: pd.DataFrame) -> float:
    """Cronbach's alpha: k² x mean covariance of two columns / sum of the whole covariance matrix.

    Args:
        columns: One column for each child; only rows without a gap count.

    Returns:
        At most 1; missing for fewer than two columns or three complete rows, and where the sum of the columns is
        the same in every row.
    """
    rows = columns.dropna().to_numpy(dtype=float)
    count = rows.shape[1]
    if count < 2 or len(rows) < LEAST_ROWS:
        return float("nan")
    covariances = np.cov(rows, rowvar=False)
    own, total = np.trace(covariances), covariances.sum()
    if total <= NO_SPREAD * own or own <= (NO_SPREAD * np.abs(rows).max()) ** 2:
        return float("nan")
    return float(count / (count - 1) * (total - own) / total)


def principal_components(columns: pd.DataFrame) -> Components:
    """Principal components of centred and scaled columns, over the rows without a gap.

    Args:
        columns: One column for each child. What is constant over the complete rows takes no part.

    Returns:
        As many components as columns take part; none for fewer than three complete rows.
    """
    rows = columns.dropna().astype(float)
    constant = constant_columns(rows)
    moving = rows.drop(columns=constant) if len(rows) >= LEAST_ROWS else rows.iloc[:, :0]
    count = moving.shape[1]
    standard = ((moving - moving.mean()) / moving.std()).to_numpy()
    # Of the correlations rather than of the rows, for there may be fewer rows than columns.
    values, vectors = np.linalg.eigh(standard.T @ standard / max(len(rows) - 1, 1))
    values, vectors = np.clip(values[::-1], 0, None), vectors[:, ::-1]
    names = pd.RangeIndex(1, count + 1, name="component")
    loadings = pd.DataFrame(vectors * _signs(vectors), index=moving.columns, columns=names).reindex(columns.columns)
    return Components(pd.Series(values / max(count, 1), names), loadings, pd.Series(values, names))


def _signs(vectors: np.ndarray) -> np.ndarray:
    """+1 or -1 for every column, so that its sum is positive; where the sum is 0, so that its largest entry is."""
    if not vectors.size:
        return np.ones(vectors.shape[1])
    sums = vectors.sum(axis=0)
    largest = np.take_along_axis(vectors, _first_largest(np.abs(vectors))[None, :], axis=0)[0]
    return np.sign(np.where(np.abs(sums) > 1e-9, sums, largest))


def _first_largest(sizes: np.ndarray) -> np.ndarray:
    return (sizes >= sizes.max(axis=0) - 1e-9).argmax(axis=0)
