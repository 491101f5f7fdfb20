"""When scores give no weights, and why."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regional_index.errors import Problem
from regional_index.framework import Framework

LEAST_ROWS = 3
# Of the largest value: a spread below it is left by rounding.
NO_SPREAD = 1e-12
ANOTHER_RULE = "choose another rule for this level, such as equal"


def weight_problem(found: str, expected: str, remedy: str) -> Problem:
    """A problem that stands where the rules for weights are declared."""
    return Problem("data/framework.yml", "method.weight", found, expected, remedy)


def check_declared(framework: Framework) -> list[Problem]:
    """One problem for each node all of whose declared weights are 0."""
    weights = {code: node.child_weights for code, node in framework.nodes.items()}
    bad = [code for code, declared in weights.items() if declared and not sum(declared.values()) > 0]
    remedy = "give a child a weight above 0"
    return [weight_problem(f"{code}: weights that sum to 0", "a sum above 0", remedy) for code in bad]


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


def check_scores(rule: str, code: str, children: pd.DataFrame) -> Iterator[Problem]:
    """Everything because of which a rule finds no weights in these scores.

    Args:
        rule: Its name, one of those that take weights from scores.
        code: The node.
        children: Scores of its children, a row for every region and year; each child has one at least.
    """
    complete = children.dropna()
    if len(complete) < LEAST_ROWS:
        found = f"{code}: {len(complete)} of {len(children)} rows have a score of each of {', '.join(children)}"
        remedy = f"impute what is missing, or {ANOTHER_RULE}"
        yield weight_problem(found, f"at least {LEAST_ROWS} such rows for {rule}", remedy)
        return
    rows = children if rule == "benefit-of-the-doubt" else complete
    constant = is_constant(rows.to_numpy())
    if constant.all() if rule == "entropy" else constant.any():
        named = ", ".join(f"{child} {rows[child].max():g}" for child in children.columns[constant])
        expected = "a child whose scores differ" if rule == "entropy" else "scores that differ"
        yield weight_problem(
            f"{code}: the same score everywhere: {named}", f"{expected} for {rule}", f"leave it out, or {ANOTHER_RULE}"
        )
    if rule in ("entropy", "benefit-of-the-doubt"):
        yield from _check_sign(rule, code, rows)
    if rule == "critic" and not constant.any() and np.corrcoef(complete.T).min() > 1 - NO_SPREAD:
        found = f"{code}: {', '.join(children)} move exactly together"
        yield weight_problem(found, "a child that tells more than another for critic", ANOTHER_RULE)


def _check_sign(rule: str, code: str, rows: pd.DataFrame) -> Iterator[Problem]:
    for child in rows:
        least = rows[child].min()
        if least < 0:
            remedy = "normalise to scores that begin at 0, such as min-max, or choose another rule for this level"
            yield weight_problem(f"{code}: {child} goes down to {least:g}", f"scores of at least 0 for {rule}", remedy)
