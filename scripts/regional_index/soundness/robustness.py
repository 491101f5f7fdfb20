"""How sure scores and ranks are: everything that follows from varying the method, computed once and kept."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from regional_index.framework import Framework, at_depth
from regional_index.method import Results
from regional_index.soundness import analyse_sensitivity, analyse_uncertainty, flip_neighbours, rank_limits
from regional_index.soundness.uncertainty import Progress

BY_CELL = ["index", "year", "region"]
MEANS = ("arithmetic", "geometric", "harmonic", "generalised-mean")
WORKERS = 2


@dataclass(frozen=True, eq=False)
class RobustnessStudy:
    """What the declared choices do to scores and ranks.

    Attributes:
        ranges: Indexed by (index, year, region); columns `rank_lower, rank_median, rank_upper, lower, median, upper`:
            5, 50 and 95 % of the draws. Scores are those of the draws with the declared normalisation.
        first_place: Indexed by (index, region): the probability of being first in the last year.
        tiers: Indexed by (index, year, region); a column for each tier with the probability that a region is in it.
        ahead: For (index, last year), regions x regions: the probability that the row is ahead of the column.
        sensitivity: Long frame `index, output, factor, first, total` with the ends of their intervals; `output` is
            `mean` or a region.
        flips: By index, neighbours in the ranking and the smallest change of weights that swaps them.
        limits: By index, the best and the worst rank of each region with any weights near the declared ones.
    """

    ranges: pd.DataFrame
    first_place: pd.Series
    tiers: pd.DataFrame
    ahead: dict[tuple[str, int], pd.DataFrame]
    sensitivity: pd.DataFrame
    flips: dict[str, pd.DataFrame]
    limits: dict[str, pd.DataFrame]

    def rank_range(self, index: str, year: int, region: str) -> tuple[int, int] | None:
        """Lower and upper rank (5 and 95 % of the draws); nothing where there is none."""
        return self._rank_ranges.get((index, year, region))

    @cached_property
    def _rank_ranges(self) -> dict[tuple[str, int, str], tuple[int, int]]:
        ends = self.ranges[["rank_lower", "rank_upper"]].dropna().astype(int)
        return dict(zip(ends.index, ends.itertuples(index=False, name=None), strict=True))


def study_robustness(
    results: Results, framework: Framework, membership: pd.DataFrame, progress: Progress = lambda steps, _: steps
) -> RobustnessStudy:
    """Vary everything that the framework declares to be varied.

    Args:
        results: The scores by the declared method.
        framework: It must have `robustness`.
        membership: The group of every region.
        progress: Wraps the steps of the draws and takes their number, to show how far they are.
    """
    year = framework.years[-1]
    nodes = _scored(results, year)
    varied = framework.robustness
    assert varied is not None, "asked only where it is declared"
    panel = results.screening.panel
    with_first = replace(framework, robustness=replace(varied, tiers=tuple(sorted({1, *varied.tiers}))))
    uncertainty = analyse_uncertainty(panel, with_first, membership, nodes=nodes, workers=WORKERS, progress=progress)
    chances = uncertainty.tiers.pivot(index=BY_CELL, columns="tier", values="probability")
    means = [code for code in nodes if _is_mean(framework, code)]
    return RobustnessStudy(
        ranges=uncertainty.ranges.set_index(BY_CELL).sort_index(),
        first_place=chances[1].xs(year, level="year"),
        tiers=_declared_tiers(chances, varied.tiers),
        ahead=uncertainty.ahead,
        sensitivity=analyse_sensitivity(panel, framework, membership, nodes=nodes, year=year),
        flips={code: _flips(results, framework, code, year) for code in means},
        limits={code: _limits(results, framework, code, year) for code in means},
    )


def _is_mean(framework: Framework, code: str) -> bool:
    """Whether weights put regions in a linear order: only those of means that all regions share."""
    method, depth = framework.method, framework.depths[code]
    shared = at_depth(method.weight, depth).name != "benefit-of-the-doubt"
    return shared and at_depth(method.aggregate, depth).name in MEANS


def _flips(results: Results, framework: Framework, code: str, year: int) -> pd.DataFrame:
    normalised, scores = _of_year(results, year)
    children = pd.concat([normalised, scores], axis=1)[list(results.weights[code].index)].dropna(axis=1, how="all")
    rule = at_depth(framework.method.aggregate, framework.depths[code])
    return flip_neighbours(children, results.weights[code][children.columns], rule, scores[code])


def _limits(results: Results, framework: Framework, code: str, year: int) -> pd.DataFrame:
    normalised, scores = _of_year(results, year)
    assert framework.robustness is not None
    width = framework.robustness.range_width
    found = rank_limits(normalised, scores, results.weights, framework, code, width=width)
    return found.set_index("region")


def _of_year(results: Results, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores of indicators and of nodes, regions as rows."""
    normalised = results.normalised.xs(year, level="year")
    scores = results.scores[results.scores["year"] == year].pivot(index="region", columns="index", values="score")
    return normalised, scores.reindex(normalised.index)


def _declared_tiers(chances: pd.DataFrame, declared: tuple[int, ...]) -> pd.DataFrame:
    """The first place, put back into the tier that it is part of."""
    if 1 in declared:
        return chances
    if not declared:
        return chances.iloc[:, :0]
    merged = chances.drop(columns=1)
    merged[2] = merged[2] + chances[1]
    return merged.set_axis(range(1, len(merged.columns) + 1), axis="columns")


def _scored(results: Results, year: int) -> list[str]:
    scored = results.scores[results.scores["score"].notna() & (results.scores["year"] == year)]
    return list(scored["index"].unique())
