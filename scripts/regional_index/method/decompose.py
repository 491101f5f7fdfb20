"""Why a score and a rank moved: a region's own figures, the others' figures, the method, who has which figures."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import factorial

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.aggregate import aggregate_tree
from regional_index.method.index import Results
from regional_index.method.normalise import fit
from regional_index.method.rank import DECIMALS_OF_NOISE
from regional_index.method.rules import AGGREGATE
from regional_index.method.scale import Scale

OWN, OTHERS, METHOD, COVERAGE = range(4)
SWITCHES = ("own", "others", "method", "coverage")
COLUMNS = ["rank_change", *SWITCHES, "score_change", "score_own", "score_method", "score_coverage", "note"]


@dataclass(frozen=True)
class YearState:
    """All that makes the scores of one year.

    Attributes:
        figures: What is normalised: regions as rows, indicators as columns.
        missing: Which figures count as missing, on the same rows and columns; where not given, those that are.
        score: Gives the scores (regions as rows, nodes as columns) of figures like these: the scale, the weights and
            the aggregation of the year. The score of a region must depend on its own row only: no ranks among the
            rows given, no Copeland. Where nothing of this changes between two states, give both the same function.
    """

    figures: pd.DataFrame
    score: Callable[[pd.DataFrame], pd.DataFrame]
    missing: pd.DataFrame | None = None


def decompose_movement(before: YearState, after: YearState) -> pd.DataFrame:
    """Take apart the change of every rank and score into what it came from; the parts add up to it.

    Each part is a Shapley value (Shapley 1953): the change that a switch from before to after makes, on average over
    all orders in which the four switches can be thrown. They are the region's own figures, the figures of all
    others, the method, and the coverage (which figures are missing, of all regions). A figure that is there by the
    coverage of one state and missing among the figures of the other is taken from the first.

    Args:
        before: The earlier state.
        after: The later state; it may have other regions and indicators.

    Returns:
        Frame `region, index, rank_change, own, others, method, coverage, score_change, score_own, score_method,
        score_coverage, note`. Ranks are positive where the region climbed, and compared after rounding scores to nine
        decimals. Other regions' figures move no score. All is missing where a region has no score before or after;
        the parts are missing where it has none at a step between: `note` says so.
    """
    tables, regions, nodes = _score_tables(before, after)
    ranks, scores = np.empty((2, 2, 2, 2, *tables.shape[3:])), np.empty((2, 2, 2, 2, *tables.shape[3:]))
    for own, others, method, coverage in product((0, 1), repeat=4):
        mine, theirs = tables[own, method, coverage], tables[others, method, coverage]
        ranks[own, others, method, coverage], scores[own, others, method, coverage] = rank_among(mine, theirs), mine
    of_ranks, of_scores = shapley_values(-ranks, len(SWITCHES)), shapley_values(scores, len(SWITCHES))
    parts = {"rank_change": ranks[0, 0, 0, 0] - ranks[1, 1, 1, 1], **dict(zip(SWITCHES, of_ranks, strict=True))}
    parts["score_change"] = scores[1, 1, 1, 1] - scores[0, 0, 0, 0]
    parts |= {f"score_{SWITCHES[switch]}": of_scores[switch] for switch in (OWN, METHOD, COVERAGE)}
    table = pd.DataFrame({name: values.ravel() for name, values in parts.items()})
    table.insert(0, "region", np.repeat(regions, len(nodes)))
    table.insert(1, "index", np.tile(nodes, len(regions)))
    return table.assign(note=_notes(scores).ravel())


def _score_tables(before: YearState, after: YearState) -> tuple[np.ndarray, pd.Index, pd.Index]:
    """Scores by figures, method and coverage, shape (2, 2, 2, regions, nodes)."""
    states = (before, after)
    regions = before.figures.index.append(after.figures.index.difference(before.figures.index, sort=False))
    codes = before.figures.columns.append(after.figures.columns.difference(before.figures.columns, sort=False))
    figures = [state.figures.reindex(index=regions, columns=codes).astype(float) for state in states]
    # What a state does not know is missing there, like what it says is missing.
    missing = [
        (state.figures.isna() if state.missing is None else state.missing | state.figures.isna())
        .reindex(index=regions, columns=codes, fill_value=True)
        .astype(bool)
        for state in states
    ]
    made = {}
    for source, pattern in product((0, 1), repeat=2):
        mixed = figures[source].where(figures[source].notna(), figures[pattern]).mask(missing[pattern])
        for method in (0, 1) if after.score is not before.score else (0,):
            made[source, method, pattern] = states[method].score(mixed[states[method].figures.columns])
    first, last = made[0, 0, 0].columns, made[0, max(key[1] for key in made), 0].columns
    nodes = first[first.isin(last)]
    tables = np.empty((2, 2, 2, len(regions), len(nodes)))
    for place in product((0, 1), repeat=3):
        scores = made[place] if place in made else made[place[0], 0, place[2]]
        tables[place] = scores.reindex(index=regions, columns=nodes)
    return tables, regions, nodes


def rank_among(mine: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Rank of every region with its own score among the scores of all others, shape (regions, nodes)."""
    mine, theirs = mine.round(DECIMALS_OF_NOISE), theirs.round(DECIMALS_OF_NOISE)
    ranks = np.full(mine.shape, np.nan)
    for node in range(mine.shape[1]):
        there = ~np.isnan(mine[:, node])
        ordered = np.sort(theirs[:, node][~np.isnan(theirs[:, node])])
        higher = len(ordered) - np.searchsorted(ordered, mine[there, node], side="right")
        ranks[there, node] = 1 + higher - (theirs[there, node] > mine[there, node])
    return ranks


def shapley_values(values: np.ndarray, switches: int) -> list[np.ndarray]:
    """Mean addition of every switch over all orders in which they can be thrown; they add up to the whole change.

    Args:
        values: What comes out; its first axes are the switches, each of length 2: before and after.
        switches: How many there are.

    Returns:
        One array for each switch, with the other axes of the values.

    Examples:
        >>> [float(part) for part in shapley_values(np.array([[1.0, 3.0], [4.0, 10.0]]), 2)]
        [5.0, 4.0]
    """
    parts = []
    for switch in range(switches):
        part = np.zeros(values.shape[switches:])
        for rest in product((0, 1), repeat=switches - 1):
            thrown = sum(rest)
            orders = factorial(thrown) * factorial(switches - 1 - thrown)
            off, on = (*rest[:switch], 0, *rest[switch:]), (*rest[:switch], 1, *rest[switch:])
            part += orders * (values[on] - values[off])
        parts.append(part / factorial(switches))
    return parts


def _notes(scores: np.ndarray) -> np.ndarray:
    between = np.isnan(scores).any(axis=(0, 1, 2, 3))
    notes = np.where(between, "no score at a step between, so no parts", "")
    notes = np.where(np.isnan(scores[1, 1, 1, 1]), "no score after", notes)
    return np.where(np.isnan(scores[0, 0, 0, 0]), "no score before", notes).astype(object)


def decompose_years(results: Results, framework: Framework, first: int, last: int) -> pd.DataFrame:
    """Take apart the change of every rank and score from one year to another; see `decompose_movement`.

    The method's part is what the scale moved: nothing where it is that of the whole panel. Weights are those of the
    series. Where a region's score is not its own affair (Copeland's rule, weights of its own), there are no parts; nor
    where a step between the years has no score, as where the scale of one year gives figures of the other scores below
    0 and the rule is a geometric mean.

    Args:
        results: Every step of the computation.
        framework: Tree and method.
        first: The earlier year.
        last: The later year.

    Returns:
        As `decompose_movement`; no rows where there are no parts, or where both years are the same.
    """
    treated = results.treatment.panel
    scale = fit(treated, framework)
    yearly = (results.normalisation.parameters.index.get_level_values("year") != 0).any()
    score_first = _scorer(results, framework, scale, first)
    states = [
        YearState(_of_year(treated, year), _scorer(results, framework, scale, year) if yearly else score_first)
        for year in (first, last)
    ]
    moved = decompose_movement(*states)
    depends = results.own_weights or any(AGGREGATE[rule.name].compares for rule in framework.method.aggregate)
    return moved.iloc[:0] if depends or first == last else moved


def _of_year(panel: pd.DataFrame, year: int) -> pd.DataFrame:
    return panel.xs(year, level="year")


def _scorer(results: Results, framework: Framework, scale: Scale, year: int) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Scores figures of one year by the scale of a year and the weights of the series."""

    def score(figures: pd.DataFrame) -> pd.DataFrame:
        panel = pd.concat({year: figures}, names=["year"]).swaplevel().rename_axis(["region", "year"])
        scored = aggregate_tree(scale.apply(panel, year), results.weights, framework, refuse=False).scores
        wide = scored.pivot(index="region", columns="index", values="score")
        return wide.reindex(index=figures.index, columns=list(framework.nodes))

    return score
