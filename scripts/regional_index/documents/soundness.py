"""JSON of robustness and of the coherence of indices: `robustness.json`, `coherence.json`."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.framework import COHERENCE_LIMITS, QUANTILES, Robustness, Rule
from regional_index.model import cut_number
from regional_index.render import is_missing

WEIGHT = "weight_"


def robustness_document(facts: Facts) -> dict[str, Any]:
    """Ranks of the last year when the declared choices are varied.

    Raises:
        LookupFailed: The framework does not say which choices are varied.
    """
    return {
        "year": facts.last_year,
        "declared": _declared(facts.soundness.declared),
        "quantiles": list(QUANTILES),
        "indices": [_index_entry(facts, code) for code in facts.open.ranked_nodes],
    }


def coherence_document(facts: Facts) -> dict[str, Any]:
    """Correlations, alpha, first component and influence of the parts of every index in the last year."""
    return {
        "year": facts.last_year,
        "limits": COHERENCE_LIMITS,
        "indices": [_coherence_entry(facts, code) for code in facts.open.ranked_nodes],
    }


def _declared(declared: Robustness) -> dict[str, Any]:
    steps = {step: [_rule(rule) for rule in getattr(declared, step)] for step in ("impute", "treat", "normalise")}
    return {
        "draws": declared.draws,
        "seed": declared.seed,
        "weights": {"noise": declared.noise, "levels": list(declared.noise_levels)},
        **steps,
        "aggregate": [[_rule(rule) for rule in rules] for rules in declared.aggregate],
        "leave_out": declared.leave_out,
        "incomplete": declared.incomplete,
        "tiers": list(declared.tiers),
        "range_width": declared.range_width,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {"rule": rule.name, **rule.options}


def _index_entry(facts: Facts, code: str) -> dict[str, Any]:
    study, year = facts.soundness.robustness, facts.last_year
    order = [str(region) for region in facts.open.scores(code)["rank"].dropna().index]
    chances = study.ahead[code, year].reindex(index=order, columns=order)
    return {
        "index": code,
        "regions": [_region_entry(facts, code, region) for region in order],
        "ahead": {"order": order, "shares": [_numbers(row) for row in chances.to_numpy().tolist()]},
        "neighbours": [_flip_entry(flip) for flip in _rows(study.flips.get(code))],
    }


def _region_entry(facts: Facts, code: str, region: str) -> dict[str, Any]:
    study, year = facts.soundness.robustness, facts.last_year
    ends = study.ranges.loc[(code, year, region)]
    tiers = study.tiers.loc[(code, year, region)].tolist() if len(study.tiers.columns) else []
    limits = study.limits.get(code)
    return {
        "region": region,
        "rank": int(facts.open.rank_or_nan(code, region, year)),
        **{name: _number(ends[name]) for name in ("rank_lower", "rank_median", "rank_upper")},
        "first_place": _number(study.first_place.loc[(code, region)]),
        "tiers": _numbers(tiers),
        "changes": [
            {name: _number(line[name]) for name in ("base_year", "rank_change", "rose", "fell")}
            for line in _rows(facts.soundness.rank_changes(code))
            if line["region"] == region
        ],
        "any_weights": None if limits is None else _limits_entry(limits.loc[region]),
    }


def _limits_entry(row: pd.Series) -> dict[str, Any]:
    return {"best": _number(row["best"]), "worst": _number(row["worst"]), "exact": bool(row["exact"])}


def _flip_entry(flip: dict[str, Any]) -> dict[str, Any]:
    possible = bool(flip["possible"])
    weights = {name.removeprefix(WEIGHT): _number(flip[name]) for name in flip if name.startswith(WEIGHT)}
    return {
        "first": flip["first"],
        "second": flip["second"],
        "gap": _number(flip["gap"]),
        "possible": possible,
        "weights": weights if possible else None,
        "exact": bool(flip["exact"]),
    }


def _coherence_entry(facts: Facts, code: str) -> dict[str, Any]:
    row = facts.soundness.coherence.loc[code]
    return {
        "index": code,
        "rows": int(row["rows"]),
        "alpha": _number(row["alpha"]),
        "explained": _number(row["explained"]),
        "correlations": _correlations(facts.soundness.correlations(code)),
        "flags": [
            {"first": flag["part"], "second": flag["other"], "flag": flag["flag"]}
            for flag in _rows(facts.soundness.correlation_flags(code))
        ],
        "importance": [
            {"child": child, "weight": _number(facts.results.weights[code].get(child)), **_importance(line)}
            for child, line in facts.soundness.importance(code).iterrows()
        ],
    }  # fmt: skip


def _correlations(within: pd.DataFrame) -> list[dict[str, Any]]:
    codes = list(within.columns)
    pairs = [(first, second) for place, first in enumerate(codes) for second in codes[place + 1 :]]
    return [{"first": a, "second": b, "correlation": _number(within.loc[a, b])} for a, b in pairs]


def _importance(line: pd.Series) -> dict[str, Any]:
    return {name: _number(line[name]) for name in ("linear", "nonlinear", "share")}


def _rows(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    return [] if frame is None else [dict(row) for row in frame.rename(columns=str).to_dict("records")]


def _numbers(values: Sequence[float]) -> list[float | int | None]:
    return [_number(value) for value in values]


def _number(value: Any) -> float | int | None:
    """A number with 15 significant digits; nothing where it is missing."""
    return None if is_missing(value) else cut_number(float(value))
