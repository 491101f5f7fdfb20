"""Weights from the scores themselves: principal component, correlation, entropy, CRITIC.

Each is a function from scores, shape (rows, children), without gaps, to weights that sum to 1.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from regional_index.framework import Framework
from regional_index.method.rules.correlation import correlations_with_index, weigh_correlation
from regional_index.method.rules.definition import NodeWeights, Weighting, register
from regional_index.method.rules.findings import Finding
from regional_index.method.rules.weigh import ANOTHER_RULE

LEAST_ROWS = 3
# Of the largest value: a spread below it is left by rounding.
NO_SPREAD = 1e-12
# Correlations are known to about 1e-15; components nearer to each other than this explain the same.
SAME_VARIANCE = 1e-9


@dataclass(frozen=True)
class FirstComponent:
    """First principal component of centred and scaled scores.

    Attributes:
        loadings: Of each child, as a vector of length 1; their sum is positive.
        explained: Its share of the variance of all children (0-1).
        squared: Squared loadings, which sum to 1. Where several components explain the same, there is no first
            one among them, and this is their mean.
    """

    loadings: np.ndarray
    explained: float
    squared: np.ndarray


def first_component(scores: np.ndarray) -> FirstComponent:
    """The first principal component of the scores, centred and scaled.

    Args:
        scores: Shape (rows, children), no gaps, no constant child.
    """
    variances, vectors = np.linalg.eigh(np.corrcoef(scores, rowvar=False))
    loadings = vectors[:, -1]
    # The largest one decides where they add up to 0.
    sign = loadings.sum() if abs(loadings.sum()) > SAME_VARIANCE else loadings[np.argmax(np.abs(loadings).round(9))]
    alike = variances > variances[-1] - SAME_VARIANCE
    return FirstComponent(
        loadings * np.sign(sign), float(variances[-1] / len(variances)), (vectors[:, alike] ** 2).mean(axis=1)
    )


def weigh_pca(scores: np.ndarray) -> np.ndarray:
    """Squared loadings of the first principal component.

    A squared loading is the part of the component's variance that a child accounts for (Nicoletti et al. 2000;
    OECD/JRC Handbook 2008, step 6), so it is never negative, as a loading itself can be.

    Examples:
        >>> weigh_pca(np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0]])).round(9).tolist()
        [0.5, 0.5]
    """
    return first_component(scores).squared


def weigh_entropy(scores: np.ndarray) -> np.ndarray:
    """Weights in proportion to 1 - e; e = -sum(p ln p) / ln n is the entropy of a child's shares p of its own total.

    The more a child's scores differ in proportion, the more it weighs; a constant one weighs nothing. (Shannon 1948;
    Zeleny 1982.)

    Args:
        scores: None below 0; a child that is not constant is needed.

    Examples:
        >>> weigh_entropy(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])).tolist()
        [1.0, 0.0]
    """
    constant = is_constant(scores)
    mean = np.where(constant, 1.0, scores.mean(axis=0))
    # With d = n p - 1, (1 - e) ln n is the mean of (1 + d) ln(1 + d) - d: no difference of nearly equal numbers.
    distance = (scores - mean) / mean
    told = (special.xlog1py(scores / mean, distance) - distance).mean(axis=0)
    return _rescale(np.where(constant, 0.0, told))


def weigh_critic(scores: np.ndarray) -> np.ndarray:
    """Weights in proportion to sd x sum(1 - r): how much a child differs, and how little others say the same.

    Scores are first rescaled so that each child runs from 0 to 1, as in the original; standard deviations are with
    n - 1, r are Pearson's correlations with the other children. (Diakoulaki, Mavrotas and Papayannakis 1995.)

    Args:
        scores: No constant child; not all moving exactly together.

    Examples:
        >>> weigh_critic(np.array([[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]])).tolist()
        [0.5, 0.5]
    """
    least, greatest = scores.min(axis=0), scores.max(axis=0)
    deviation = ((scores - least) / (greatest - least)).std(axis=0, ddof=1)
    conflict = np.maximum(1 - np.corrcoef(scores, rowvar=False), 0)
    np.fill_diagonal(conflict, 0.0)
    return _rescale(deviation * conflict.sum(axis=1))


def is_constant(scores: np.ndarray) -> np.ndarray:
    """Which columns have the same number in all rows, but for rounding; missing cells are skipped.

    Args:
        scores: Shape (rows, columns), a number at least in every column.

    Examples:
        >>> is_constant(np.array([[5.0, 1.0], [5.0, 2.0]])).tolist()
        [True, False]
    """
    spread = np.nanmax(scores, axis=0) - np.nanmin(scores, axis=0)
    return spread <= NO_SPREAD * np.nanmax(np.abs(scores), axis=0)


def check_complete(
    rule: str, *, all_constant: bool = False, not_negative: bool = False, alike: bool = False
) -> Callable[[str, pd.DataFrame], Iterator[Finding]]:
    """Why a rule finds no weights in scores: too few rows with every child, or children that do not differ.

    Args:
        rule: Its name.
        all_constant: Whether only children that are all constant are too few.
        not_negative: Whether negative scores are refused.
        alike: Whether children that all move exactly together are refused.
    """

    def check(code: str, scores: pd.DataFrame) -> Iterator[Finding]:
        rows = scores.dropna()
        if len(rows) < LEAST_ROWS:
            yield too_few_rows(rule, code, scores, len(rows))
            return
        constant = is_constant(rows.to_numpy())
        if constant.all() if all_constant else constant.any():
            expected = "a child whose scores differ" if all_constant else "scores that differ"
            yield same_everywhere(code, rows.loc[:, constant], f"{expected} for {rule}")
        if not_negative:
            yield from check_sign(rule, code, rows)
        if alike and not constant.any() and np.corrcoef(rows.T).min() > 1 - NO_SPREAD:
            found = f"{code}: {', '.join(scores)} move exactly together"
            yield Finding(found, f"a child that tells more than another for {rule}", ANOTHER_RULE)

    return check


def too_few_rows(rule: str, code: str, scores: pd.DataFrame, complete: int) -> Finding:
    """Finding that too few rows have a score of every child."""
    found = f"{code}: {complete} of {len(scores)} rows have a score of each of {', '.join(scores)}"
    return Finding(found, f"at least {LEAST_ROWS} such rows for {rule}", f"impute what is missing, or {ANOTHER_RULE}")


def same_everywhere(code: str, constant: pd.DataFrame, expected: str) -> Finding:
    """Finding that children do not differ."""
    named = ", ".join(f"{child} {constant[child].max():g}" for child in constant)
    return Finding(f"{code}: the same score everywhere: {named}", expected, f"leave it out, or {ANOTHER_RULE}")


def check_sign(rule: str, code: str, rows: pd.DataFrame) -> Iterator[Finding]:
    """Children with a score below 0."""
    for child, least in rows.min().items():
        if least < 0:
            remedy = "normalise to scores that begin at 0, such as min-max, or choose another rule for this level"
            yield Finding(f"{code}: {child} goes down to {least:g}", f"scores of at least 0 for {rule}", remedy)


def _of_complete_rows(
    kernel: Callable[[np.ndarray], np.ndarray], note: Callable[[np.ndarray, np.ndarray], str] | None = None
) -> Callable[..., NodeWeights]:
    """A rule that calls a kernel with the rows that have every child, and notes what it gave."""

    def weigh(_framework: Framework, code: str, children: pd.DataFrame) -> NodeWeights:
        complete = children.dropna()
        scores = complete.to_numpy()
        weights = kernel(scores)
        notes = [note(scores, weights)] if note else []
        if len(complete) < len(children):
            notes.append(f"From the {len(complete)} of {len(children)} rows that have every child of {code}.")
        return NodeWeights(pd.Series(weights, index=children.columns), None, tuple(notes))

    return weigh


def _note_component(scores: np.ndarray, _weights: np.ndarray) -> str:
    component = first_component(scores)
    against = int((component.loadings < 0).sum())
    opposed = f"; {against} of {len(component.loadings)} children run against it" if against else ""
    return f"The first principal component explains {component.explained:.1%} of the variance{opposed}."


def _note_correlations(scores: np.ndarray, weights: np.ndarray) -> str:
    found = correlations_with_index(scores, weights)
    if np.ptp(found) < 1e-9:
        return f"Each child correlates {found.mean():.3f} with the index."
    reach = f"{found.min():.3f} to {found.max():.3f}"
    return f"No weights make the correlations with the index equal; they run from {reach}, as near as can be."


def _rescale(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()


register(
    Weighting(
        name="pca",
        function=_of_complete_rows(weigh_pca, _note_component),
        check_scores=check_complete("pca"),
        from_scores=True,
    ),
    Weighting(
        name="correlation",
        function=_of_complete_rows(weigh_correlation, _note_correlations),
        check_scores=check_complete("correlation"),
        from_scores=True,
    ),
    Weighting(
        name="entropy",
        function=_of_complete_rows(weigh_entropy),
        check_scores=check_complete("entropy", all_constant=True, not_negative=True),
        from_scores=True,
    ),
    Weighting(
        name="critic",
        function=_of_complete_rows(weigh_critic),
        check_scores=check_complete("critic", alike=True),
        from_scores=True,
    ),
)
