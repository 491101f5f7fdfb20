"""JSON of the published edition and its audit: `claims.json`, `context.json`, `audit.json`."""

from collections.abc import Iterable
from typing import Any

from regional_index.claims.findings import Conflict, EditionFindings, Verdict, WeightStudy
from regional_index.facts import Facts
from regional_index.framework import Claim, Edition
from regional_index.topics.edition.verdicts import explain_verdict_plainly

SHARE_KINDS = ("share", "count_share")


def claims_list(facts: Facts) -> list[dict[str, object]]:
    """Every claim with its verdict; `note` says why in one sentence, `remark` is what the data file notes itself."""
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


def audit_document(facts: Facts) -> dict[str, Any]:
    """Findings of the comparison of all claims with each other."""
    study, edition = facts.study, facts.edition
    lowest, highest = edition.score_range
    return {
        "edition": edition.edition,
        "year": edition.data_year,
        "score_range": {"lowest": lowest, "highest": highest},
        "verdicts": _count_verdicts(study.audit.verdicts.values()),
        "conflicts": [_conflict_entry(edition, conflict) for conflict in study.audit.conflicts],
        "self_test": _self_test(study),
        "weights": [_weights_entry(weights) for weights in study.weights],
    }


def _claim_entry(facts: Facts, claim: Claim) -> dict[str, object]:
    verdict = facts.published.verdict(claim.id)
    return {
        "id": claim.id, "index": claim.index, "kind": claim.kind, "regions": list(claim.regions),
        "value": claim.value, "details": dict(claim.details), "place": _place(facts, claim.place),
        "verdict": verdict.verdict, "set_aside": verdict.set_aside, "conflicts_with": list(verdict.conflicts_with),
        "note": explain_verdict_plainly(facts, claim.id), "tried": verdict.tried, "noticed": verdict.noticed,
        "reading": _reading(claim, verdict), "remark": claim.note,
    }  # fmt: skip


def _place(facts: Facts, place_id: str) -> dict[str, object]:
    place = facts.edition.places[place_id]
    return {"section": place.section, "paragraph": place.paragraph}


def _reading(claim: Claim, verdict: Verdict) -> str | None:
    """How a printed share was rounded from the exact one, where arithmetic tells."""
    fits = {check.fits for check in verdict.checks if check.claim == claim.id and claim.kind in SHARE_KINDS}
    return next((fit for fit in ("truncated", "rounded") if fit in fits), None)


def _count_verdicts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    found = [verdict.verdict for verdict in verdicts]
    return {verdict: found.count(verdict) for verdict in ("holds", "contradicted", "untestable")}


def _conflict_entry(edition: Edition, conflict: Conflict) -> dict[str, object]:
    decisions = [edition.set_aside[claim] for claim in conflict.claims if claim in edition.set_aside]
    return {
        "claims": list(conflict.claims),
        "overlaps": conflict.overlaps,
        "mends": [
            {"claim": mend.claim, "part": mend.part, "stated": mend.stated, "needed": mend.needed}
            for mend in conflict.mends
        ],
        "set_aside": [{"claim": decision.claim, "reason": decision.reason} for decision in decisions],
    }


def _self_test(study: EditionFindings) -> dict[str, object]:
    return {
        **_count_noticed([trial.noticed for trial in study.audit.trials]),
        "changes": [{"change": change, **_count_noticed(noticed)} for change, noticed in _by_change(study).items()],
    }


def _count_noticed(noticed: list[bool]) -> dict[str, int]:
    return {"tried": len(noticed), "noticed": sum(noticed)}


def _by_change(study: EditionFindings) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for trial in study.audit.trials:
        found.setdefault(trial.change, []).append(trial.noticed)
    return found


def _weights_entry(weights: WeightStudy) -> dict[str, object]:
    return {
        "index": weights.index, "parts": list(weights.parts), "steps": weights.steps, "tried": weights.tried,
        "fit_totals": weights.fit_totals, "vectors": [list(vector) for vector in weights.fit_all],
    }  # fmt: skip
