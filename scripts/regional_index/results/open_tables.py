"""Result tables of the open series: figures, steps, scores, and summaries of them."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from regional_index.framework import Framework, Project, Regions
from regional_index.method.decompose import decompose_years
from regional_index.method.denominate import in_own_unit
from regional_index.method.describe import (
    change_between,
    effective_weights,
    nearest_profiles,
    strengths_and_weaknesses,
    summarise_groups,
)
from regional_index.method.index import Results
from regional_index.method.rules import aggregation_by, aggregation_of
from regional_index.method.rules.ahp import consistency_ratio
from regional_index.results.expectation import expectation_tables
from regional_index.soundness import next_steps

CELL = ["region", "year"]
# A fifth of the indicators or so, as many as a sentence can name.
NAMED_INDICATORS = 3
NEIGHBOURS = 3
ALL = ""
"""The group of all evaluated regions."""


def open_tables(project: Project, results: Results, membership: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table about figures and scores, by name; see `model.TABLES` for what their columns mean.

    Args:
        project: The checked input.
        results: What was computed from it.
        membership: The group of every evaluated region; rows regions, a column for each grouping.
    """
    framework, scores = project.framework, results.scores
    last = framework.years[-1]
    treatment, numbers = results.treatment, results.normalisation
    known = indicators(project)
    profiles = strengths_and_weaknesses(results.normalised.xs(last, level="year"), NAMED_INDICATORS)
    return {
        "coverage": scores.assign(series="open"),
        "indicators": known,
        "regions": regions_table(project.regions, [group.code for group in framework.groups]),
        "steps": steps(results, framework),
        "cells": _cells(results),
        "screening": pd.concat([results.screening.available, results.screening.enough], axis=1).reset_index(),
        "parameters": numbers.parameters.rename(
            columns={"worst": "worst_value", "best": "best_value", "lower": "scale_lower", "upper": "scale_upper"}
        ).reset_index(),
        "unscored": numbers.notes,
        "imputation": pd.DataFrame(results.imputation.rules.items(), columns=["indicator", "rule"]),
        "treatment": treatment.log.assign(year=treatment.log["year"].fillna(0)),
        "weights": _long_weights(results),
        "own_weights": _own_weights(results),
        "effective_weights": effective_weights(results.weights, framework).rename_axis("part").reset_index(),
        "consistency": _consistency(framework),
        "duels": _duels(results, framework),
        **_changes(results, framework),
        "groups": _groups(scores, membership),
        **_sums(known, framework),
        **_standings(known, framework),
        "control_totals": pd.DataFrame(
            [(total.indicator, total.year, total.found) for total in project.control_totals],
            columns=["indicator", "year", "sum"],
        ),
        "neighbours": _neighbours(scores, framework, project.regions),
        "profiles": profiles,
        **expectation_tables(known, scores, framework),
    }


def next_step_table(project: Project, results: Results, membership: pd.DataFrame) -> pd.DataFrame:
    """Changes that would gain each region a place in the last year."""
    last = project.framework.years[-1]
    return next_steps(results, project.framework, last, membership).rename(columns={"status": "outcome"})


def open_scores(scores: pd.DataFrame, ranges: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of the open series in the table of scores; without ranges where nothing is varied."""
    status = scores["score"].notna().map({True: "computed", False: "not_published"})
    frame = scores.assign(series="open", status=status)
    if ranges is None:
        return frame.assign(lower=np.nan, upper=np.nan, rank_lower=pd.NA, rank_upper=pd.NA)
    ends = ranges[["lower", "upper", "rank_lower", "rank_upper"]]
    return frame.join(ends, on=["index", "year", "region"])


def indicators(project: Project) -> pd.DataFrame:
    """Every indicator in its own unit, for all regions and years, also outside the series, and why values are missing.

    What an indicator is divided by counts as well: `excluded` where either is, else `not_published` where either is.
    `calculated`: the publisher gives only what the value is calculated from.
    """
    framework = project.framework
    values = project.values.pivot(index=CELL, columns="indicator", values="value")
    statuses = project.values.pivot(index=CELL, columns="indicator", values="status")
    years_of = {str(file): set(rows["year"]) for file, rows in project.values.groupby("indicator")}
    parts = []
    for code, declared in framework.indicators.items():
        files = list(framework.files_of(code))
        years = declared.years or {*framework.years, *set.intersection(*(years_of[file] for file in files))}
        own = in_own_unit(values, framework, code)
        own = own[own.index.get_level_values("year").isin(years)]
        found = statuses.loc[own.index, files]
        is_calculated = own.index.get_level_values("year").isin(declared.calculated)
        status = pd.Series(np.where(is_calculated, "calculated", "published"), index=own.index)
        for worse in ("not_published", "excluded"):
            status = status.mask((found == worse).any(axis=1), worse)
        named = {"indicator": code, "value": own, "unit": declared.unit, "status": status, "source": declared.source}
        parts.append(pd.DataFrame(named).reset_index())
    return pd.concat(parts, ignore_index=True)


def regions_table(regions: Regions, groups: list[str]) -> pd.DataFrame:
    """All regions, those that are not evaluated too, with the groups they belong to."""
    names = ["code", "iso", "name", "full_name", "name_en", "slug", "evaluated"]
    rows = [
        {name: getattr(region, name) for name in names} | {group: region.groups.get(group, "") for group in groups}
        for region in regions.values()
    ]
    return pd.DataFrame(rows, columns=[*names, *groups])


def steps(results: Results, framework: Framework) -> pd.DataFrame:
    """Contribution of every part of every index to each score, parts in tree order.

    `raw` and `treated` are missing for a sub-index; `weight` is the one used: scaled up to 1 where the rule does so,
    missing where the part has no score; `contribution` is weight x score where scores are sums of these, else missing.
    """
    by_node = {str(code): frame.set_index(CELL)["score"] for code, frame in results.scores.groupby("index", sort=False)}
    blocks = [
        part
        for code, node in framework.nodes.items()
        if node.child_weights
        for part in _steps_of(results, framework, code, by_node)
    ]
    return pd.concat(blocks, ignore_index=True).assign(series="open")


def _steps_of(
    results: Results, framework: Framework, index: str, by_node: Mapping[str, pd.Series]
) -> Iterator[pd.DataFrame]:
    weights = results.weights[index]
    used = [str(code) for code, weight in weights.items() if weight > 0]
    columns = {code: by_node[code] if code in framework.nodes else results.normalised[code] for code in used}
    scores = pd.DataFrame(columns, index=results.values.index)
    rule = aggregation_by(aggregation_of(framework, index))
    shares = scores.notna() * weights[used]
    if index in results.own_weights:
        shares = results.own_weights[index][used].reindex(scores.index)
    elif rule.rescales:
        shares = shares.div(shares.sum(axis=1), axis=0)
    shares = shares.where(scores.notna())
    for code in used:
        is_indicator = code not in framework.nodes
        numbers = {
            "raw": results.values[code] if is_indicator else np.nan,
            "treated": results.treatment.panel[code] if is_indicator else np.nan,
            "normalised": scores[code],
            "weight": shares[code],
            "contribution": shares[code] * scores[code] if rule.is_sum else np.nan,
        }
        yield pd.DataFrame(numbers, index=scores.index).reset_index().assign(index=index, part=code)


def _cells(results: Results) -> pd.DataFrame:
    """Values of the indicators in the tree after every step."""
    panels = {
        "raw": results.values,
        "imputed": results.imputation.panel,
        "filled": results.imputation.filled,
        "treated": results.treatment.panel,
        "changed": results.treatment.changed,
        "normalised": results.normalised,
    }
    rows, indicators = results.values.index, results.values.columns
    place = {name: np.tile(rows.get_level_values(name), len(indicators)) for name in CELL}
    cells = {step: panel.to_numpy().ravel(order="F") for step, panel in panels.items()}
    return pd.DataFrame({"indicator": np.repeat(indicators, len(rows)), **place, **cells})


def _long_weights(results: Results) -> pd.DataFrame:
    rows = [(index, part, weight) for index, weights in results.weights.items() for part, weight in weights.items()]
    return pd.DataFrame(rows, columns=["index", "part", "weight"])


def _own_weights(results: Results) -> pd.DataFrame:
    frames = [
        frame.reset_index().melt(CELL, var_name="part", value_name="weight").assign(index=index)
        for index, frame in results.own_weights.items()
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["index", *CELL, "part", "weight"])


def _consistency(framework: Framework) -> pd.DataFrame:
    rows = [(code, consistency_ratio(matrix)) for code, matrix in framework.pairwise.items()]
    return pd.DataFrame(rows, columns=["index", "ratio"])


def _duels(results: Results, framework: Framework) -> pd.DataFrame:
    """Over how many others a region is ahead, where an index is combined by a rule that compares regions in pairs.

    Regions that have some part take part, also where they have too little for a score of their own.
    """
    rows = []
    for index in framework.nodes:
        rule = aggregation_of(framework, index)
        definition = aggregation_by(rule)
        if not definition.compares:
            continue
        weights = results.weights[index][results.weights[index] > 0]
        by_node = results.scores.pivot(index=CELL, columns="index", values="score")
        table = pd.concat([results.normalised, by_node], axis=1)[list(weights.index)]
        for year, scores in table.groupby(level="year"):
            there = scores.droplevel("year").dropna(how="all")
            outcomes = pd.DataFrame(0.0, index=there.index, columns=there.index)
            for one, other in combinations(there.index, 2):
                pair = [np.array([[there.loc[one, code], there.loc[other, code]]]) for code in there]
                outcome = definition.function(pair, weights.to_numpy(dtype=float)[None], years=1, **rule.options)[0, 0]
                outcomes.loc[one, other], outcomes.loc[other, one] = outcome, -outcome
            counts = {"wins": (outcomes > 0).sum(axis=1), "losses": (outcomes < 0).sum(axis=1)}
            counts["ties"] = len(there) - 1 - counts["wins"] - counts["losses"]
            rows.append(pd.DataFrame(counts).rename_axis("region").reset_index().assign(index=index, year=year))
    names = ["index", *CELL, "wins", "losses", "ties"]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=names)


def _changes(results: Results, framework: Framework) -> dict[str, pd.DataFrame]:
    """Changes of scores and ranks from the first year to the last, and their causes; empty for one year."""
    first, last = framework.years[0], framework.years[-1]
    if first == last:
        return {}
    moved = change_between(results.scores, first, last)
    return {"movement": moved, "decomposition": decompose_years(results, framework, first, last)}


def _groups(scores: pd.DataFrame, membership: pd.DataFrame) -> pd.DataFrame:
    """Means and spread of every index: over all evaluated regions first, then by group of every grouping."""
    everybody = pd.Series(ALL, index=membership.index, dtype=object)
    groupings = {ALL: everybody, **{code: membership[code].dropna() for code in membership}}
    frames = [summarise_groups(scores, members).assign(grouping=code) for code, members in groupings.items()]
    return pd.concat(frames, ignore_index=True)


def _sums(table: pd.DataFrame, framework: Framework) -> dict[str, pd.DataFrame]:
    """Sums and means of every indicator; where a sum has a meaning, its growth and the share of the largest regions."""
    known = table.dropna(subset=["value"])
    by_year = known.groupby(["indicator", "year"], sort=False)["value"]
    totals = by_year.agg(count="count", sum="sum", mean="mean").reset_index()
    summed = [code for code in framework.indicators if framework.is_additive(code)]
    growth, largest = [], []
    for code in summed:
        wide = known[known["indicator"] == code].pivot(index="region", columns="year", values="value")
        for base, year in combinations(wide.columns, 2):
            both = wide[[base, year]].dropna().sum()
            count = len(wide[[base, year]].dropna())
            growth.append((code, base, year, count, both[year] / both[base] - 1 if both[base] else np.nan))
        for year in wide.columns:
            ordered = wide[year].dropna().sort_values(ascending=False, kind="stable")
            shares = ordered.cumsum() / ordered.sum() if ordered.sum() else ordered * np.nan
            largest += [(code, year, place, region, share) for place, (region, share) in enumerate(shares.items(), 1)]
    return {
        "totals": totals.assign(sum=totals["sum"].where(totals["indicator"].isin(summed))),
        "growth": pd.DataFrame(growth, columns=["indicator", "base_year", "year", "count", "growth"]),
        "concentration": pd.DataFrame(largest, columns=["indicator", "year", "place", "region", "share"]),
    }


def _standings(table: pd.DataFrame, framework: Framework) -> dict[str, pd.DataFrame]:
    """The median of every indicator and year; the rank of every value, and how it changed from the year before."""
    known = table.dropna(subset=["value"])
    by_year = known.groupby(["indicator", "year"], sort=False)["value"]
    directions = {code: declared.direction for code, declared in framework.indicators.items()}
    better = known["value"] * known["indicator"].map(directions).astype(float)
    ranks = better.groupby([known["indicator"], known["year"]]).rank(method="min", ascending=False)
    earlier = known[["indicator", "region", "year", "value"]].assign(year=known["year"] + 1)
    joined = known.assign(value_rank=ranks).merge(
        earlier, how="left", on=["indicator", "region", "year"], suffixes=("", "_before"), validate="one_to_one"
    )
    change, before = joined["value"] - joined["value_before"], joined["value_before"]
    return {
        "indicator_medians": by_year.median().rename("median").reset_index(),
        "indicator_ranks": joined.assign(value_change=change, value_growth=change / before.where(before > 0)),
    }


def _neighbours(scores: pd.DataFrame, framework: Framework, regions: Regions) -> pd.DataFrame:
    """The regions with the most similar scores of sub-indices in the last year, nearest first."""
    wide = scores[scores["year"] == framework.years[-1]].pivot(index="region", columns="index", values="score")
    leaves = [
        code for code, node in framework.nodes.items() if not node.children and code in wide.dropna(axis=1, how="all")
    ]
    wide = wide.reindex(index=list(regions.evaluated))[leaves]
    rows = [
        (region, other, distance)
        for region in wide.index
        for other, distance in nearest_profiles(wide, region, count=NEIGHBOURS).items()
    ]
    return pd.DataFrame(rows, columns=["region", "other", "distance"])
