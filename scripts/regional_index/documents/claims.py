"""JSON of the published edition and its audit: `claims.json`, `context.json`, `audit.json`."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from regional_index.claims.findings import Conflict, Trial, Verdict, WeightStudy
from regional_index.claims.kinds import KINDS
from regional_index.facts import Facts
from regional_index.framework import Claim, Edition
from regional_index.topics.edition.verdicts import explain_verdict_plainly


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
        "self_test": _self_test(study.audit.trials),
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
    fits = {check.fits for check in verdict.checks if check.claim == claim.id and KINDS[claim.kind].is_share}
    return next((fit for fit in ("truncated", "rounded") if fit in fits), None)


def _count_verdicts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    found = [verdict.verdict for verdict in verdicts]
    return {verdict: found.count(verdict) for verdict in ("holds", "contradicted", "untestable")}


def _conflict_entry(edition: Edition, conflict: Conflict) -> dict[str, object]:
    decisions = [edition.set_aside[claim] for claim in conflict.claims if claim in edition.set_aside]
    return {
        "claims": list(conflict.claims),
        "overlaps": conflict.overlaps,
        "mends": [asdict(mend) for mend in conflict.mends],
        "set_aside": [asdict(decision) for decision in decisions],
    }


def _self_test(trials: Sequence[Trial]) -> dict[str, object]:
    changes = dict.fromkeys(trial.change for trial in trials)
    by_change = {change: [trial for trial in trials if trial.change == change] for change in changes}
    return {
        **_count_noticed(trials),
        "changes": [{"change": change, **_count_noticed(own)} for change, own in by_change.items()],
    }


def _count_noticed(trials: Sequence[Trial]) -> dict[str, int]:
    return {"tried": len(trials), "noticed": sum(trial.noticed for trial in trials)}


def _weights_entry(weights: WeightStudy) -> dict[str, object]:
    return {
        "index": weights.index, "parts": list(weights.parts), "steps": weights.steps, "tried": weights.tried,
        "fit_totals": weights.fit_totals, "vectors": [list(vector) for vector in weights.fit_all],
    }  # fmt: skip
