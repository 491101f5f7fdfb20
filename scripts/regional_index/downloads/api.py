"""`api/v1/`: everything computed and quoted, in the columns that `index.json` lists."""

import json

import pandas as pd

from regional_index.downloads.csv_text import csv_bytes
from regional_index.facts import Facts
from regional_index.framework import Claim

API_FOLDER = "api/v1"
SCORE_COLUMNS = [
    "series", "year", "index", "region", "score", "rank", "lower", "upper", "rank_lower", "rank_upper", "status",
]  # fmt: skip
INDICATOR_COLUMNS = ["indicator", "region", "year", "value", "unit", "status", "source"]
COVERAGE_COLUMNS = ["series", "year", "index", "region", "weight_present", "partial"]
REGION_COLUMNS = ["code", "iso", "name", "full_name", "name_en", "slug", "evaluated"]


def make_api(facts: Facts) -> dict[str, bytes]:
    """Every file of the interface, by its path below the site's root."""
    files = {
        "scores.csv": csv_bytes(scores_frame(facts)),
        "coverage.csv": csv_bytes(coverage_frame(facts)),
        "indicators.csv": csv_bytes(indicators_frame(facts)),
        "regions.csv": csv_bytes(regions_frame(facts)),
        "claims.json": _json(claims_list(facts)),
        "context.json": _json(context_list(facts)),
    }
    files["index.json"] = _json(_describe(facts, sorted(files)))
    return {f"{API_FOLDER}/{name}": content for name, content in files.items()}


def scores_frame(facts: Facts) -> pd.DataFrame:
    """Both series below each other.

    `lower` and `upper` equal the score where it was published and are empty where no interval is known; the
    same holds for ranks. A score that the open series cannot compute has status `not_published`, because what
    it would be computed from is not published.
    """
    published = facts.published.assign(series="published")
    for bound, of in [("lower", "score"), ("upper", "score"), ("rank_lower", "rank"), ("rank_upper", "rank")]:
        published[bound] = published[of]
    status = facts.results.scores["score"].notna().map({True: "computed", False: "not_published"})
    computed = facts.results.scores.assign(
        series="open", lower=float("nan"), upper=float("nan"), rank_lower=pd.NA, rank_upper=pd.NA, status=status
    )
    both = [
        frame[SCORE_COLUMNS].astype({"rank_lower": "Int64", "rank_upper": "Int64"}) for frame in (published, computed)
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


def claims_list(facts: Facts) -> list[dict[str, object]]:
    """Every claim; `verdict` is `unchecked` for all: nothing has been derived from them."""
    return [_claim_entry(facts, claim) for claim in facts.edition.claims.values()]


def context_list(facts: Facts) -> list[dict[str, object]]:
    """Every context figure of the publication."""
    return [
        {
            "id": figure.id, "about": figure.about, "relation": figure.relation, "value": figure.value,
            "upper": figure.upper, "unit": figure.unit, "year": figure.year, "regions": list(figure.regions),
            "attributed_to": figure.attributed_to, "place": _place(facts, figure.place), "note": figure.note,
        }
        for figure in facts.edition.context.values()
    ]  # fmt: skip


def _claim_entry(facts: Facts, claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id, "index": claim.index, "kind": claim.kind, "regions": list(claim.regions),
        "value": claim.value, "details": dict(claim.details), "place": _place(facts, claim.place),
        "verdict": "unchecked", "note": claim.note,
    }  # fmt: skip


def _place(facts: Facts, place_id: str) -> dict[str, object]:
    place = facts.edition.places[place_id]
    return {"section": place.section, "paragraph": place.paragraph}


def _describe(facts: Facts, files: list[str]) -> dict[str, object]:
    framework = facts.framework
    return {
        "version": 1,
        "title": dict(framework.title),
        "series": {
            "published": {"edition": framework.edition, "years": [framework.edition_year]},
            "open": {"years": list(framework.years)},
        },
        "indices": [
            {"code": code, "name": dict(node.name), "parent": framework.parents.get(code)}
            for code, node in framework.nodes.items()
        ],
        "indicators": [
            {"code": code, "name": dict(indicator.name), "unit": indicator.unit, "source": indicator.source}
            for code, indicator in framework.indicators.items()
        ],
        "regions": [
            {"code": code, "name": region.name, "slug": region.slug, "evaluated": region.evaluated}
            for code, region in facts.regions.items()
        ],
        "sources": [
            {"id": name, "publisher": s.publisher, "title": s.title, "years": s.years, "terms": s.terms}
            for name, s in facts.project.sources.items()
        ],
        "files": {
            "scores.csv": SCORE_COLUMNS,
            "coverage.csv": COVERAGE_COLUMNS,
            "indicators.csv": INDICATOR_COLUMNS,
            "regions.csv": [*REGION_COLUMNS, *(group.code for group in framework.groups)],
            **{name: None for name in files if name.endswith(".json")},
        },
    }


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
