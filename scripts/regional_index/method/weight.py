"""Step: weights of the children of every node. A rule is a function entered in `WEIGH`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regional_index.errors import DataError
from regional_index.framework import Framework, at_depth
from regional_index.method.weight_ahp import MOST_INCONSISTENT, consistency_ratio, weigh_ahp
from regional_index.method.weight_checks import ANOTHER_RULE, check_declared, check_scores, weight_problem
from regional_index.method.weight_correlation import correlations_with_index, weigh_correlation
from regional_index.method.weight_data import first_component, weigh_critic, weigh_entropy, weigh_pca
from regional_index.method.weight_dea import weigh_benefit_of_the_doubt


@dataclass(frozen=True)
class NodeWeights:
    """How much each child of a node counts.

    Attributes:
        shared: By code of the child, in tree order; none below 0, summing to 1 (empty for a node without children).
            Where every row has weights of its own: the mean share of each child in the rows' scores.
        own: Weights that each row has for itself, rows as the scores they come from, a column for each child. With
            them a score is the sum of weight x score, not divided by anything.
        notes: What a reader of the weights should know, in sentences.
    """

    shared: pd.Series
    own: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()


def weigh_node(framework: Framework, code: str, children: pd.DataFrame) -> NodeWeights:
    """Weights of the children of one node, by the rule that the method declares for its level.

    An only child has weight 1, whatever the rule; benefit of the doubt still measures it by the best. Weights from
    scores are those of all years together, and of the rows that have every child. A child without any score has
    weight 0, and a note says so. (OECD/JRC Handbook 2008, step 6.)

    Args:
        framework: Tree, method and the weights that files give.
        code: The node.
        children: Scores of its children, a column for each; rows (region, year).

    Raises:
        DataError: The rule has no weights for this node.
    """
    codes = list(framework.node(code).child_weights)
    rule = at_depth(framework.method.weight, framework.depths[code])
    if not codes:
        return NodeWeights(pd.Series(codes, dtype=float))
    if len(codes) == 1 and rule.name not in ("declared", "benefit-of-the-doubt"):
        return NodeWeights(pd.Series(1.0, index=codes))
    if rule.name not in FROM_SCORES:
        return WEIGH[rule.name](framework, code, children, **rule.options)
    return _weigh_by_scores(framework, code, children[codes].astype(float))


def declared_weights(framework: Framework) -> dict[str, pd.Series]:
    """For every node the weights that the framework declares, rescaled to sum to 1, in the order of the framework.

    A node without children has an empty series.

    Raises:
        DataError: All weights of a node are 0.
    """
    problems = check_declared(framework)
    if problems:
        raise DataError(problems)
    return {code: _rescale(node.child_weights) for code, node in framework.nodes.items()}


def weigh_declared(framework: Framework, code: str, _children: pd.DataFrame) -> NodeWeights:
    """The weights that the framework declares, rescaled to sum to 1.

    Raises:
        DataError: All of them are 0; other nodes of which this is true are named, too.
    """
    declared = framework.node(code).child_weights
    if not sum(declared.values()) > 0:
        raise DataError(check_declared(framework))
    return NodeWeights(_rescale(declared))


def _rescale(declared: Mapping[str, float]) -> pd.Series:
    weights = pd.Series(declared, dtype=float)
    return weights / weights.sum() if len(weights) else weights


def weigh_equal(framework: Framework, code: str, _children: pd.DataFrame) -> NodeWeights:
    """The same weight for each child."""
    codes = list(framework.node(code).child_weights)
    return NodeWeights(pd.Series(1 / len(codes), index=codes))


def weigh_expert(framework: Framework, code: str, _children: pd.DataFrame, *, file: str) -> NodeWeights:
    """The weights on which experts agree, rescaled to sum to 1.

    Raises:
        DataError: They name other children than the tree, one is below 0, or all are 0.
    """
    codes, given = list(framework.node(code).child_weights), framework.expert_weights.get(code, {})
    expected = f"weights of {', '.join(codes)} in data/{file}"
    if set(given) != set(codes):
        found = f"{code}: weights of {', '.join(given) or 'no child'}"
        raise DataError([weight_problem(found, expected, f"add what is missing, or {ANOTHER_RULE}")])
    weights = pd.Series(given, dtype=float)[codes]
    if not ((weights >= 0).all() and weights.sum() > 0):
        found = f"{code}: {', '.join(f'{child} {weight:g}' for child, weight in weights.items())}"
        raise DataError([weight_problem(found, f"{expected}, none below 0, one above 0", "correct them")])
    return NodeWeights(weights / weights.sum())


def weigh_pairwise(framework: Framework, code: str, _children: pd.DataFrame, *, file: str) -> NodeWeights:
    """The principal eigenvector of the pairwise comparisons; a note says so if they do not agree with each other.

    That there is a matrix for every node, positive and reciprocal, is checked when `file` is read.
    """
    matrix = framework.pairwise[code]
    ratio = consistency_ratio(matrix)
    note = f"The pairwise comparisons of {code} contradict each other: consistency ratio {ratio:.3f}, above 0.1."
    weights = pd.Series(weigh_ahp(matrix), index=list(framework.node(code).child_weights))
    return NodeWeights(weights, None, (note,) if ratio > MOST_INCONSISTENT else ())


def _weigh_by_scores(framework: Framework, code: str, children: pd.DataFrame) -> NodeWeights:
    """A rule that takes scores, on the children that have any; the others get weight 0."""
    rule = at_depth(framework.method.weight, framework.depths[code])
    empty = children.columns[children.isna().all()]
    scored = children.drop(columns=empty)
    if scored.empty:
        found = f"{code}: no score of any of {', '.join(children)}"
        raise DataError([weight_problem(found, f"scores to take weights from by {rule.name}", ANOTHER_RULE)])
    notes = (f"No scores, so no weight in {code}: {', '.join(empty)}.",) if len(empty) else ()
    if len(scored.columns) == 1 and rule.name != "benefit-of-the-doubt":
        found = NodeWeights(pd.Series(1.0, index=scored.columns))
    else:
        problems = list(check_scores(rule.name, code, scored))
        if problems:
            raise DataError(problems)
        found = WEIGH[rule.name](framework, code, scored, **rule.options)
    own = None if found.own is None else found.own.reindex(columns=children.columns, fill_value=0.0)
    return NodeWeights(found.shared.reindex(children.columns, fill_value=0.0), own, notes + found.notes)


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


def _weigh_by_doubt(
    framework: Framework, code: str, children: pd.DataFrame, *, least_share: float, most_share: float
) -> NodeWeights:
    """Weights that each row has for itself; what is shared is the mean share of each child in a score above 0."""
    count = len(children.columns)
    if least_share * count > 1 + 1e-12 or most_share * count < 1 - 1e-12:
        found = f"least_share {least_share:g}, most_share {most_share:g}, {count} children of {code} with scores"
        raise DataError([weight_problem(found, "shares that can add up to 1", f"keep 1/{count} between them")])
    weights, shares = weigh_benefit_of_the_doubt(children.to_numpy(), least_share, most_share)
    scoring = shares.sum(axis=1) > 0
    if not scoring.any():
        found = f"{code}: every row has a child with score 0 that cannot have its share"
        remedy = "normalise to scores above 0, or set least_share to 0 and most_share to 1"
        raise DataError([weight_problem(found, "rows that can score above 0", remedy)])
    shared = pd.Series(shares[scoring].mean(axis=0), index=children.columns)
    own = pd.DataFrame(weights, index=children.index, columns=children.columns)
    return NodeWeights(shared / shared.sum(), own, _notes_of_doubt(code, children, scoring, most_share))


def _notes_of_doubt(code: str, children: pd.DataFrame, scoring: np.ndarray, most_share: float) -> tuple[str, ...]:
    present = children.notna().sum(axis=1).to_numpy()
    nothing = int((~scoring & (present > 0)).sum())
    few = int(((present > 0) & (present * most_share < 1 - 1e-12)).sum())
    zero = f"Within the limits of shares, {nothing} rows can only score 0 in {code}: a child of theirs has score 0."
    raised = f"{few} rows lack so many children of {code} that their greatest share is above {most_share:g}."
    return tuple(note for note, count in ((zero, nothing), (raised, few)) if count)


FROM_SCORES: Mapping[str, Callable[..., NodeWeights]] = {
    "pca": _of_complete_rows(weigh_pca, _note_component),
    "correlation": _of_complete_rows(weigh_correlation, _note_correlations),
    "entropy": _of_complete_rows(weigh_entropy),
    "critic": _of_complete_rows(weigh_critic),
    "benefit-of-the-doubt": _weigh_by_doubt,
}
"""The rules that take weights from scores; they get only children that have some."""

WEIGH: dict[str, Callable[..., NodeWeights]] = {
    "declared": weigh_declared,
    "equal": weigh_equal,
    "expert": weigh_expert,
    "ahp": weigh_pairwise,
    **FROM_SCORES,
}
"""Every rule by its name: a function of framework, code of the node, scores of its children, and its options."""
