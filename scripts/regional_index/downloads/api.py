"""`api/v1/`: everything computed, quoted and derived, in the columns that `index.json` lists."""

import json

import pandas as pd

from regional_index.downloads.claims_api import audit_document, claims_list, context_list
from regional_index.downloads.compare_api import compare_document
from regional_index.downloads.csv_text import csv_bytes
from regional_index.downloads.description import describe
from regional_index.downloads.soundness_api import coherence_document, robustness_document, sensitivity_frame
from regional_index.downloads.weighting_api import weighting_document
from regional_index.facts import Facts
from regional_index.facts.robustness import BY_CELL
from regional_index.narrative import steps_frame
from regional_index.tables import COVERAGE_COLUMNS, INDICATOR_COLUMNS, REGION_COLUMNS, SCORE_COLUMNS

API_FOLDER = "api/v1"
# Steps are computed with; scores must be found again to more digits than they are printed with.
STEP_DECIMALS = 12
INTERVALS = ["lower", "upper", "rank_lower", "rank_upper"]


def make_api(facts: Facts) -> dict[str, bytes]:
    """Every file of the interface, by its path below the site's root."""
    files = {
        "scores.csv": csv_bytes(scores_frame(facts)),
        "coverage.csv": csv_bytes(coverage_frame(facts)),
        "indicators.csv": csv_bytes(indicators_frame(facts)),
        "steps.csv": csv_bytes(steps_frame(facts), STEP_DECIMALS),
        "regions.csv": csv_bytes(regions_frame(facts)),
        "claims.json": _json(claims_list(facts)),
        "context.json": _json(context_list(facts)),
        "audit.json": _json(audit_document(facts)),
        "coherence.json": _json(coherence_document(facts)),
        "normalised.json": _json(weighting_document(facts)),
        "compare.json": _dense(compare_document(facts)),
    }
    if facts.robustness_declared:
        files["robustness.json"] = _json(robustness_document(facts))
        files["sensitivity.csv"] = csv_bytes(sensitivity_frame(facts))
    files["index.json"] = _json(describe(facts, sorted(files)))
    return {f"{API_FOLDER}/{name}": content for name, content in files.items()}


def scores_frame(facts: Facts) -> pd.DataFrame:
    """Both series below each other.

    In the published series `lower` and `upper` are the interval that the claims of the edition allow, equal to the
    score where it was published; see `Study.scores`. In the open series they are what the declared
    choices of method do; see `RobustnessStudy.ranges`. A score that it cannot compute has status `not_published`,
    because what it would be computed from is not published.
    """
    published = facts.study.scores.assign(series="published")
    status = facts.results.scores["score"].notna().map({True: "computed", False: "not_published"})
    computed = facts.results.scores.assign(series="open", status=status)
    if facts.robustness_declared:
        computed = computed.join(facts.robustness.ranges[INTERVALS], on=BY_CELL)
    both = [
        frame[SCORE_COLUMNS].astype({"rank_lower": "Int64", "rank_upper": "Int64"})
        for frame in (published, computed.reindex(columns=SCORE_COLUMNS))
    ]
    return pd.concat(both, ignore_index=True)


def coverage_frame(facts: Facts) -> pd.DataFrame:
    """How complete each computed score is: the share of its weight that has data, and whether any is missing."""
    scores = facts.results.scores.assign(series="open")
    return scores[COVERAGE_COLUMNS].assign(partial=scores["partial"].map({True: "yes", False: "no"}))


def indicators_frame(facts: Facts) -> pd.DataFrame:
    """Every indicator in its own unit, for all regions and years it is declared for."""
    parts = []
    for code, indicator in facts.framework.indicators.items():
        values = facts.indicator_values(code)
        status = facts.indicator_status(code)
        parts.append(
            pd.DataFrame(
                {
                    "indicator": code,
                    "value": values,
                    "unit": indicator.unit,
                    "status": status,
                    "source": indicator.source,
                }
            ).reset_index()
        )
    return pd.concat(parts, ignore_index=True)[INDICATOR_COLUMNS]


def regions_frame(facts: Facts) -> pd.DataFrame:
    """All regions, those that are not evaluated too, with the groups they belong to."""
    groups = [group.code for group in facts.framework.groups]
    rows = []
    for region in facts.regions.values():
        row = {name: getattr(region, name) for name in REGION_COLUMNS}
        row["evaluated"] = "yes" if region.evaluated else "no"
        rows.append(row | {group: region.groups.get(group, "") for group in groups})
    return pd.DataFrame(rows, columns=[*REGION_COLUMNS, *groups])


def _dense(content: object) -> bytes:
    """For a page that loads it: without a space too many."""
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n").encode()


def _json(content: object) -> bytes:
    """Readable in an editor; a number that is missing is refused, for JSON has no word for it."""
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
