"""`compare.json`: what the page that compares regions shows of the few that a reader chooses, in all years."""

from math import floor, log10
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.method.describe import find_marks
from regional_index.render import is_missing

SCORE_DECIMALS = 2
MORE_DECIMALS = 4
# Of a number so small that these decimals would cut off what it is.
LEAST_DIGITS = 6


def compare_document(facts: Facts) -> dict[str, Any]:
    """Scores, ranks and values with their gaps, nearest profiles and next steps; lists are in the order of `regions`.

    A cell that is missing is null.
    """
    groups = facts.framework.groups
    membership = facts.membership(groups[0].code) if groups else pd.Series(dtype=object)
    return {
        "years": list(facts.framework.years),
        "regions": [facts.regions[code].slug for code in facts.regions.evaluated],
        "group": groups[0].code if groups else None,
        "groups": [membership.get(code) for code in facts.regions.evaluated],
        "indices": {code: _index(facts, code, membership) for code in facts.open.computed_nodes},
        "indicators": {code: _indicator(facts, code, membership) for code in facts.framework.used_indicators},
        "neighbours": {facts.regions[code].slug: _neighbours(facts, code) for code in facts.regions.evaluated},
        "next_steps": _next_steps(facts),
    }


def _index(facts: Facts, code: str, membership: pd.Series) -> dict[str, Any]:
    """Scores of an index with ranks and gaps, by year."""
    by_year = {str(year): _scores(facts, code, year, membership) for year in facts.framework.years}
    return {"decimals": SCORE_DECIMALS} | by_year


def _scores(facts: Facts, code: str, year: int, membership: pd.Series) -> dict[str, Any]:
    table = facts.open.scores(code, year).loc[list(facts.regions.evaluated)]
    ranges = [facts.soundness.rank_range(code, region, year) for region in table.index]
    partial = facts.open.partly_scored(code, year)
    return {
        **_values(table["score"], membership, 1, SCORE_DECIMALS),
        "rank": [None if is_missing(rank) else int(rank) for rank in table["rank"]],
        "range": [None if ends is None else list(ends) for ends in ranges],
        "partial": [facts.regions[region].slug for region in table.index if region in partial],
    }


def _indicator(facts: Facts, code: str, membership: pd.Series) -> dict[str, Any]:
    """Values of an indicator in its unit, by year; where they fill a gap, the year that they are of, if it is one."""
    declared, regions = facts.indicator(code), list(facts.regions.evaluated)
    found: dict[str, Any] = {"decimals": declared.decimals, "unit": declared.unit}
    for year in facts.framework.years:
        values = facts.values.used(code, year).loc[regions]
        found[str(year)] = _values(values, membership, declared.direction, declared.decimals)
        filled = {
            facts.regions[region].slug: facts.values.filled_from(code, region, year)
            for region in regions
            if facts.values.cell("filled", code, region, year)
        }
        if filled:
            found[str(year)]["filled"] = filled
    return found


def _values(values: pd.Series, membership: pd.Series, direction: int, decimals: int) -> dict[str, Any]:
    """The values, and what they are compared with: the best one, and the mean of each group."""
    marks = find_marks(values.astype(float), membership, direction)
    return {
        "value": [_rounded(value, decimals) for value in values],
        "leader": _rounded(marks.best, decimals),
        "means": {str(group): _rounded(mean, decimals) for group, mean in marks.means.items()},
    }


def _rounded(value: object, decimals: int) -> float | None:
    """Round to more decimals than are shown, so that rounding once more shows the same, and to six digits at least."""
    if is_missing(value):
        return None
    number = float(value)  # type: ignore[arg-type]
    digits = LEAST_DIGITS - 1 - floor(log10(abs(number))) if number else 0
    return round(number, max(decimals + MORE_DECIMALS, digits)) + 0.0


def _neighbours(facts: Facts, code: str) -> list[list[Any]]:
    return [[region.slug, _rounded(distance, SCORE_DECIMALS)] for region, distance in facts.open.neighbours(code)]


def _next_steps(facts: Facts) -> dict[str, dict[str, Any]]:
    """Next steps by region and index: whose place is next, how far it is, and how each indicator alone would change."""
    found: dict[str, dict[str, Any]] = {}
    for (region, index), rows in facts.open.next_steps.groupby(["region", "index"], sort=False):
        first = rows.iloc[0]
        entry = {
            "above": facts.regions[first["above"]].slug,
            "gap": _rounded(first["gap"], SCORE_DECIMALS),
            "steps": {row["indicator"]: _step(facts, row) for _, row in rows.iterrows()},
        }
        found.setdefault(facts.regions[str(region)].slug, {})[str(index)] = entry
    return found


def _step(facts: Facts, row: pd.Series) -> str | list[float | None]:
    """The change, in the unit and in percent; or why there is none."""
    if row["outcome"] != "reached":
        return row["outcome"]
    decimals = facts.indicator(row["indicator"]).decimals
    return [_rounded(row["change"], decimals), _rounded(row["percent"], 1)]
