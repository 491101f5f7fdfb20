"""Whether what is put together belongs together: a look at the results; no score depends on it.

OECD/JRC Handbook 2008, steps 4 and 8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from regional_index.framework import COHERENCE_LIMITS as LIMITS
from regional_index.framework import Framework
from regional_index.soundness.association import (
    LEAST_ROWS,
    constant_columns,
    correlations,
    cronbach_alpha,
    principal_components,
)


@dataclass(frozen=True)
class Coherence:
    """How the children of every node go together.

    Attributes:
        within: For every node with children, the correlations between them.
        parents: Long frame `child, index, top, with_index, with_top`: correlation of every child with its node and
            with the index at the top above it.
        summary: A row for every node with children: `children` (how many have scores), `rows` (how many have all),
            `alpha`, `explained` (share of the variance in the first component).
        flags: Pairs of children that go together too little or too much; see `flag_correlations`.
        notes: Long frame `index, child, note`: why a number is missing (`child` is empty where it is about the node).
    """

    within: dict[str, pd.DataFrame]
    parents: pd.DataFrame
    summary: pd.DataFrame
    flags: pd.DataFrame
    notes: pd.DataFrame


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
        Long frame `index, first, second, correlation, flag`, each pair once and only where there is a flag.
    """
    found = []
    for first, second in combinations(within.columns, 2):
        size = within.loc[first, second]
        flags = [("negative", size <= negative), ("weak", size <= weak), ("collinear", size >= collinear)]
        flag = next((name for name, holds in flags if holds), "")
        if flag:
            found.append((index, first, second, size, flag))
    return pd.DataFrame(found, columns=["index", "first", "second", "correlation", "flag"])


def describe_coherence(
    normalised: pd.DataFrame,
    scores_wide: pd.DataFrame,
    framework: Framework,
    *,
    year: int | None = None,
    pooled: bool = False,
    method: str = "pearson",
) -> Coherence:
    """Correlations, alpha and components of the children of every node.

    Args:
        normalised: Panel of indicator scores; rows (region, year).
        scores_wide: Scores of the nodes on the same rows, a column each.
        framework: The tree.
        year: The year to look at; the last one where not given.
        pooled: All years at once instead of one.
        method: As for `correlations`.

    Raises:
        KeyError: The panel has no such year.
    """
    table = pd.concat([normalised, scores_wide], axis=1)
    if not pooled:
        table = table.xs(table.index.get_level_values("year").max() if year is None else year, level="year")
    families = {code: list(node.child_weights) for code, node in framework.nodes.items() if node.child_weights}
    within = {code: correlations(table[children], method=method) for code, children in families.items()}
    flags = [flag_correlations(matrix, code) for code, matrix in within.items()]
    return Coherence(
        within,
        _with_parents(table, families, framework, method),
        pd.DataFrame({code: _summary(table[children]) for code, children in families.items()}).T.rename_axis("index"),
        pd.concat(flags, ignore_index=True),
        pd.DataFrame(_notes(table, families), columns=["index", "child", "note"]),
    )


def _with_parents(
    table: pd.DataFrame, families: dict[str, list[str]], framework: Framework, method: str
) -> pd.DataFrame:
    rows = []
    for code, children in families.items():
        top = code
        while top in framework.parents:
            top = framework.parents[top]
        found = correlations(table[children], table[list(dict.fromkeys([code, top]))], method=method)
        rows += [(child, code, top, found.loc[child, code], found.loc[child, top]) for child in children]
    return pd.DataFrame(rows, columns=["child", "index", "top", "with_index", "with_top"])


def _with_scores(children: pd.DataFrame) -> pd.DataFrame:
    """Children that have any score: one that is not computed at all must not empty every row."""
    return children.dropna(axis=1, how="all")


def _summary(children: pd.DataFrame) -> dict[str, float]:
    there = _with_scores(children)
    explained = principal_components(there).explained
    return {
        "children": there.shape[1],
        "rows": len(there.dropna()),
        "alpha": cronbach_alpha(there),
        "explained": explained.iloc[0] if len(explained) else np.nan,
    }


def _notes(table: pd.DataFrame, families: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    notes = []
    for code, children in families.items():
        for child in constant_columns(table[children]):
            notes.append((code, child, "no values" if table[child].isna().all() else "constant"))
        notes += [(code, "", note) for note in _notes_of_node(_with_scores(table[children]), children)]
    return notes


def _notes_of_node(there: pd.DataFrame, children: Sequence[str]) -> list[str]:
    complete = there.dropna()
    few = [f"{there.shape[1]} of {len(children)} children have scores; alpha takes two"] if there.shape[1] < 2 else []
    if len(complete) < LEAST_ROWS:
        few.append(f"{len(complete)} rows have all children; alpha and components take three")
    elif not few and np.isnan(cronbach_alpha(there)):
        few.append("the children cancel each other out, or are all constant; no alpha")
    return few
