"""What moved scores and ranks from one year to another: contributions of indicators, against those of the overtaken."""

import numpy as np
import pandas as pd

from regional_index.framework import Framework
from regional_index.method.describe import base_years
from regional_index.method.rank import DECIMALS_OF_NOISE
from regional_index.model import TABLES

ROW = ["region", "year"]


def drivers(steps: pd.DataFrame, scores: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """By how much the contribution of every indicator to a score changed up to the last year.

    Args:
        steps: The table of steps.
        scores: Long frame with `index, region, year, score`.
        framework: Tree and years.

    Returns:
        Rows `index, region, base_year, year, indicator, points, points_relative` (see `model.TABLES`) of the regions
        that have a score in both years; none where scores are not sums of contributions. `points` of a region add up
        to the change of its score. `points_relative` are less the mean of the regions that it overtook where its rank
        rose (that overtook it where it fell), so that some indicator always explains the rise; missing where it stays.
    """
    last, frames = framework.years[-1], []
    scored = scores.dropna(subset="score")
    for code, points in _contributions(steps, framework).items():
        own = scored.loc[scored["index"] == code, ROW].merge(points, on=ROW)
        # Where an indicator is missing it contributes nothing, and the others more.
        panel = own.pivot(index=ROW, columns="indicator", values="points").fillna(0.0).unstack("year")
        for base in base_years(framework.years):
            if not {base, last} <= set(panel.columns.get_level_values("year")):
                continue
            change = (panel.xs(last, axis=1, level="year") - panel.xs(base, axis=1, level="year")).dropna()
            before = panel.xs(base, axis=1, level="year").loc[change.index].sum(axis=1)
            relative = change - _mean_of_passed(change, before)
            both = {"points": change.stack(), "points_relative": relative.stack()}
            frames.append(pd.DataFrame(both).reset_index().assign(index=code, base_year=base, year=last))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(TABLES["drivers"].columns))


def _mean_of_passed(change: pd.DataFrame, before: pd.Series) -> pd.DataFrame:
    """For every region the mean change of those whose order with it made its rank rise or fall; same shape.

    Args:
        change: Of contributions; rows regions, columns indicators.
        before: Scores in the base year.
    """
    ends = np.array([before, before + change.sum(axis=1)]).round(DECIMALS_OF_NOISE)
    ahead = ends[:, None, :] > ends[:, :, None]  # [year, region, other]: the other is ahead
    gained = ahead[0].sum(axis=1) - ahead[1].sum(axis=1)
    left = np.where(gained[:, None] > 0, ahead[0] & ~ahead[1], ~ahead[0] & ahead[1]) & (gained != 0)[:, None]
    means = [change[passed].mean() for passed in left]
    return pd.DataFrame(means, index=change.index)


def _contributions(steps: pd.DataFrame, framework: Framework) -> dict[str, pd.DataFrame]:
    """By node, `region, year, indicator, points`: what each indicator below it contributes to its score."""
    found: dict[str, pd.DataFrame] = {}
    for code in reversed(list(framework.nodes)):
        rows = steps[(steps["index"] == code) & steps["contribution"].notna()]
        is_node = rows["part"].isin(list(framework.nodes))
        parts = [rows[~is_node].rename(columns={"part": "indicator", "contribution": "points"})]
        for part, share in rows[is_node].groupby("part"):
            below = share[[*ROW, "weight"]].merge(found[str(part)], on=ROW)
            parts.append(below.assign(points=below["weight"] * below["points"]))
        if any(below.empty for below in parts[1:]):  # a score below is no sum
            parts = [part.iloc[:0] for part in parts]
        joined = pd.concat([part[[*ROW, "indicator", "points"]] for part in parts], ignore_index=True)
        found[code] = joined.groupby([*ROW, "indicator"], as_index=False)["points"].sum()
    return dict(reversed(found.items()))
