"""What scores look like by group of regions, such as areas."""

import pandas as pd


def summarise_groups(scores: pd.DataFrame, membership: pd.Series) -> pd.DataFrame:
    """Mean, share of the total and spread of every index in every group and year.

    Args:
        scores: Long frame with `region, year, index, score`.
        membership: Group of each region, indexed by region; regions that are not in it are left out.

    Returns:
        Long frame `group, year, index, count, mean, share, least, greatest`: `count` of regions with a score,
        `share` of the sum of all regions' scores (0-1; missing where that sum is 0), `least` and `greatest` score in
        the group.
    """
    grouped = (
        scores.assign(group=scores["region"].map(membership))
        .dropna(subset=["group", "score"])
        .groupby(["index", "year", "group"], sort=False)["score"]
        .agg(count="count", mean="mean", total="sum", least="min", greatest="max")
        .reset_index()
    )
    everything = scores.groupby(["index", "year"])["score"].sum().rename("everything").reset_index()
    joined = grouped.merge(everything, on=["index", "year"], how="left")
    joined["share"] = joined["total"] / joined["everything"].where(joined["everything"] != 0)
    return joined[["group", "year", "index", "count", "mean", "share", "least", "greatest"]]
