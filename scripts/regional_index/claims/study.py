"""Everything that follows from the claims of an edition: verdicts, intervals, weights, estimates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from regional_index.claims.audit import Audit, audit_edition, claims_in_force
from regional_index.claims.bounds import find_bounds
from regional_index.claims.conflicts import claims_for, find_components
from regional_index.claims.estimate import RULES, LeftOut, estimate, find_known, leave_one_out, share_kept
from regional_index.claims.published import published_scores
from regional_index.claims.universe import Universe, universe_of
from regional_index.claims.weights import COARSE, FINE, WeightStudy, study_weights
from regional_index.framework import Claim, Edition, Framework, Regions

# Decimals kept of what a solver computed: more would differ from machine to machine.
KEPT_DECIMALS = 4


@dataclass(frozen=True, eq=False)
class Study:
    """What follows from an edition.

    Attributes:
        scores: Long frame `region, year, index, score, rank, lower, upper, rank_lower, rank_upper, decimals, status,
            claim`, a row for every index and evaluated region. `status` is `published`, `estimated`, or
            `not_published` where nothing says how high the scores of an index are.
        audit: Verdicts, contradictions and the self-test.
        weights: For each index with sub-indices, in coarse and in fine steps.
        left_out: Every published score estimated from all other claims, by every rule.
        rule: The rule whose mean absolute error is least; estimates are made by it.
    """

    scores: pd.DataFrame
    audit: Audit
    weights: tuple[WeightStudy, ...]
    left_out: tuple[LeftOut, ...]
    rule: str

    def errors(self) -> pd.DataFrame:
        """How far each rule was off, best first: `rule, count, mean_absolute, root_mean_square, largest`."""
        frame = pd.DataFrame(self.left_out, columns=[field.name for field in fields(LeftOut)])
        frame["error"] = (frame["estimated"] - frame["published"]).abs()
        grouped = frame.groupby("rule")["error"]
        table = pd.DataFrame(
            {
                "count": grouped.size(),
                "mean_absolute": grouped.mean(),
                "root_mean_square": grouped.apply(lambda errors: (errors**2).mean() ** 0.5),
                "largest": grouped.max(),
            }
        )
        return table.sort_values("mean_absolute", kind="stable").reset_index()


def study_edition(edition: Edition, framework: Framework, regions: Regions, predictors: pd.DataFrame) -> Study:
    """Derive everything from the claims.

    Args:
        edition: The claims and the decisions on them.
        framework: Which indices there are.
        regions: Which regions there are.
        predictors: Scores of another series of the same year, regions as rows, indices as columns.

    Raises:
        DataError: Claims contradict each other and no decision says which is left out.
        SolverError: A solver failed.
    """
    universe = universe_of(edition, framework, regions)
    audit = audit_edition(edition, universe)
    in_force = claims_in_force(edition)
    expected = {index: _predictor(predictors, framework, index) for index in universe.indices}
    left_out = leave_one_out(in_force, universe, expected)
    rule = _best_rule(left_out)
    completed = _complete(in_force, universe, expected, rule)
    stated = published_scores(edition, framework, regions)
    return Study(
        scores=_lay_together(stated, completed),
        audit=audit,
        weights=tuple(_weights(in_force, universe, framework)),
        left_out=tuple(left_out),
        rule=rule,
    )


def _predictor(predictors: pd.DataFrame, framework: Framework, index: str) -> pd.Series:
    """The scores of the index itself, or of the nearest index above it that has any."""
    code: str | None = index
    while code:
        if code in predictors and predictors[code].notna().any():
            return predictors[code]
        code = framework.parents.get(code)
    return pd.Series(float("nan"), index=predictors.index)


def _best_rule(left_out: Sequence[LeftOut]) -> str:
    """The rule with the least mean absolute error; the first one where no score is published to judge by."""
    if not left_out:
        return next(iter(RULES))
    errors = pd.DataFrame(left_out).assign(error=lambda f: (f["estimated"] - f["published"]).abs())
    return str(errors.groupby("rule", sort=False)["error"].mean().idxmin())


def _complete(
    claims: Sequence[Claim], universe: Universe, predictors: Mapping[str, pd.Series], rule: str
) -> dict[str, pd.DataFrame]:
    """Bounds and estimates by index, indexed by region; estimates are missing where no claim gives a level."""
    kept = share_kept(claims)
    completed = {}
    for own in find_components(claims):
        known = find_known(own, universe, predictors, kept)
        estimates = estimate(own, universe, known, rule) if known else {}
        completed |= {index: _beside(known[index].bounds, scores) for index, scores in estimates.items()}
    for index in universe.indices:
        if index not in completed:
            completed[index] = _beside(find_bounds(claims_for(index, claims), universe, index), None)
    return completed


def _beside(bounds: pd.DataFrame, scores: pd.Series | None) -> pd.DataFrame:
    lower, upper = _outwards(bounds["lower"], np.floor), _outwards(bounds["upper"], np.ceil)
    bounds = bounds.assign(lower=lower, upper=upper)
    if scores is None:
        return bounds.assign(estimate=float("nan"), place=pd.NA)
    kept = scores.round(KEPT_DECIMALS + 1) + 0.0
    places = kept.rank(method="min", ascending=False)
    return bounds.assign(estimate=kept.round(KEPT_DECIMALS).clip(lower, upper), place=places)


def _outwards(bounds: pd.Series, away: np.ufunc) -> pd.Series:
    """Bounds with the decimals that are kept, rounded away from what they enclose; never a minus zero."""
    units = 10.0**KEPT_DECIMALS
    return away((bounds * units).round(2)) / units + 0.0


def _lay_together(stated: pd.DataFrame, completed: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The published scores with their own value as interval; all others with bounds and estimate."""
    rows = pd.concat(completed, names=["index", "region"]).reset_index()
    frame = stated.merge(rows, on=["index", "region"], how="left", validate="one_to_one")
    published = frame["status"] == "published"
    estimated = ~published & frame["estimate"].notna()
    frame["lower"] = frame["score"].where(published, frame["lower"])
    frame["upper"] = frame["score"].where(published, frame["upper"])
    frame["score"] = frame["score"].where(published, frame["estimate"])
    frame["rank"] = frame["rank"].fillna(frame["place"].astype("Int64"))
    frame["status"] = frame["status"].mask(estimated, "estimated")
    ranks = {"rank_lower": "Int64", "rank_upper": "Int64"}
    columns = [
        "region", "year", "index", "score", "rank", "lower", "upper", "rank_lower", "rank_upper", "decimals", "status",
        "claim",
    ]  # fmt: skip
    return frame.astype(ranks)[columns]


def _weights(claims: Sequence[Claim], universe: Universe, framework: Framework) -> list[WeightStudy]:
    studies = [
        study_weights(claims, universe, node.code, tuple(child.code for child in node.children), steps)
        for node in framework.walk()
        if node.children
        for steps in (COARSE, FINE)
    ]
    return [study for study in studies if study is not None]
