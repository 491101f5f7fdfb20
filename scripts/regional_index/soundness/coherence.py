"""Whether what is put together belongs together: a look at the results; no score depends on it.

OECD/JRC Handbook 2008, steps 4 and 8.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from regional_index.framework import COHERENCE_LIMITS as LIMITS
from regional_index.framework import Framework
from regional_index.soundness.importance import implied_importance

LEAST_ROWS = 3
# Scores that are equal but for the last bits of their sums.
NO_SPREAD = 1e-12
Families = Mapping[str, pd.DataFrame]


def describe_coherence(table: pd.DataFrame, framework: Framework) -> dict[str, pd.DataFrame]:
    """Correlations, alpha, components and importance of the children of every node, as result tables.

    Args:
        table: Scores of indicators and nodes in one year; regions as rows, a column each.
        framework: The tree.

    Returns:
        By name of the table:
        - `coherence`: a row for every node with children: how many `children` have scores, how many `rows` have all,
          `alpha`, `explained` (share of the variance in the first component of the children).
        - `correlations`: of the children of a node with each other; `parent_correlations`: with their node and with
          the index at the top; `indicator_correlations`: of all indicators below an index with each other, with the
          node above them and with the index.
        - `correlation_flags`: pairs that go together too little or too much; see `flag_correlations`.
        - `coherence_notes`: why a number is missing (`part` is empty where it is about the node).
        - `importance`: see `implied_importance`.
    """
    families = {code: table[list(node.child_weights)] for code, node in framework.nodes.items() if node.child_weights}
    matrix = correlations(table)
    within = {code: matrix.loc[children.columns, children.columns] for code, children in families.items()}
    importance = [implied_importance(table[code], children).assign(index=code) for code, children in families.items()]
    return {
        "coherence": pd.DataFrame([{"index": code, **_summarise(children)} for code, children in families.items()]),
        "correlations": pd.concat([_lengthen(part).assign(index=code) for code, part in within.items()]),
        "parent_correlations": _with_parents(matrix, families, framework),
        "indicator_correlations": _of_indicators(matrix, framework),
        "correlation_flags": pd.concat([flag_correlations(part, code) for code, part in within.items()]),
        "coherence_notes": _notes(table, families),
        "importance": pd.concat(importance),
    }


def flag_correlations(
    within: pd.DataFrame,
    index: str,
    *,
    negative: float = LIMITS["negative"],
    weak: float = LIMITS["weak"],
    collinear: float = LIMITS["collinear"],
) -> pd.DataFrame:
    """Pairs of children of a node that pull apart, have little to do with each other, or say the same twice.

    Args:
        within: Correlations between the children.
        index: Code of the node, for the first column.
        negative: At or below it a pair is `negative`.
        weak: Above `negative`, and at or below it, a pair is `weak`.
        collinear: At or above it a pair is `collinear`.

    Returns:
        Long frame `index, part, other, correlation, flag`, each pair once and only where there is a flag.
    """
    found = []
    for part, other in combinations(within.columns, 2):
        size = within.loc[part, other]
        flags = [("negative", size <= negative), ("weak", size <= weak), ("collinear", size >= collinear)]
        found += [(index, part, other, size, flag) for flag, holds in flags if holds][:1]
    return pd.DataFrame(found, columns=["index", "part", "other", "correlation", "flag"])


def constant_columns(columns: pd.DataFrame) -> list[str]:
    """Columns that are the same in every row, or have no value at all: nothing correlates with them.

    Examples:
        >>> constant_columns(pd.DataFrame({"a": [1.0, 2.0], "b": [5.0, 5.0], "c": [None, 1.0]}))
        ['b', 'c']
    """
    spread = columns.max() - columns.min()
    moves = spread > NO_SPREAD * columns.abs().max()
    return [code for code, moving in moves.items() if not moving]


def correlations(columns: pd.DataFrame) -> pd.DataFrame:
    """Pearson's correlation of every column with every other, over the rows that have both.

    Missing where one of the two is constant or where fewer than three rows have both.
    """
    moving = columns.drop(columns=constant_columns(columns)).astype(float)
    found = moving.corr(min_periods=LEAST_ROWS)
    return found.reindex(index=columns.columns, columns=columns.columns)


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


def explained_variance(columns: pd.DataFrame) -> float:
    """Share of the variance in the first principal component of the standardised columns, over rows without a gap.

    Constant columns take no part; missing for fewer than three rows or where all are constant.
    """
    rows = columns.dropna().astype(float)
    moving = rows.drop(columns=constant_columns(rows)) if len(rows) >= LEAST_ROWS else rows.iloc[:, :0]
    if moving.empty:
        return float("nan")
    return float(np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(moving, rowvar=False)))[-1] / moving.shape[1])


def _summarise(children: pd.DataFrame) -> dict[str, float]:
    there = _with_scores(children)
    return {
        "children": there.shape[1],
        "rows": len(there.dropna()),
        "alpha": cronbach_alpha(there),
        "explained": explained_variance(there),
    }


def _with_scores(children: pd.DataFrame) -> pd.DataFrame:
    """Children that have any score: one that is not computed at all must not empty every row."""
    return children.dropna(axis=1, how="all")


def _lengthen(matrix: pd.DataFrame) -> pd.DataFrame:
    """A row for every cell of a matrix of correlations."""
    named = matrix.rename_axis(index="part", columns="other")
    return named.stack(future_stack=True).rename("correlation").reset_index()


def _with_parents(matrix: pd.DataFrame, families: Families, framework: Framework) -> pd.DataFrame:
    rows = []
    for code, children in families.items():
        top = code
        while top in framework.parents:
            top = framework.parents[top]
        rows += [(code, child, top, matrix.loc[child, code], matrix.loc[child, top]) for child in children]
    return pd.DataFrame(rows, columns=["index", "part", "top", "with_index", "with_top"])


def _of_indicators(matrix: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    rows = []
    for index in framework.nodes:
        parents = framework.indicators_by_parent(index)
        indicators = [code for codes in parents.values() for code in codes]
        for parent, codes in parents.items():
            others = dict.fromkeys([*indicators, parent, index])
            rows += [(index, code, other, matrix.loc[code, other]) for code in codes for other in others]
    return pd.DataFrame(rows, columns=["index", "indicator", "other", "correlation"])


def _notes(table: pd.DataFrame, families: Families) -> pd.DataFrame:
    notes = []
    for code, children in families.items():
        for child in constant_columns(children):
            notes.append((code, child, "no values" if table[child].isna().all() else "constant"))
        there = _with_scores(children)
        complete, count = len(there.dropna()), there.shape[1]
        if count < 2:
            notes.append((code, "", f"{count} of {children.shape[1]} children have scores; alpha takes two"))
        if complete < LEAST_ROWS:
            notes.append((code, "", f"{complete} rows have all children; alpha and components take three"))
        elif count >= 2 and np.isnan(cronbach_alpha(there)):
            notes.append((code, "", "the children cancel each other out, or are all constant; no alpha"))
    return pd.DataFrame(notes, columns=["index", "part", "note"])
