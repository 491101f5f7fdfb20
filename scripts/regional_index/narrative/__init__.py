"""Numbers, names and sentences for prose. Every number that a page prints inline comes from here."""

from regional_index.narrative.answers import (
    infer_weights,
    judge_estimates,
    known_of_region,
    published_answer,
    stated_of_region,
    summarise_audit,
    summarise_self_test,
)
from regional_index.narrative.claim_text import describe_claim, describe_place, list_regions
from regional_index.narrative.draft_report import report_conflicts, report_findings
from regional_index.narrative.findings import open_table, say_claim, say_finding
from regional_index.narrative.portrait import missing_scores, movement, neighbours, strengths
from regional_index.narrative.prose import Prose
from regional_index.narrative.sentences import cite, fill, show_years
from regional_index.narrative.stated import state_checked
from regional_index.narrative.verdicts import (
    explain_conflict,
    explain_verdict,
    explain_verdict_plainly,
    list_conflicts,
    verdict_badge,
    verdict_word,
)

__all__ = [
    "Prose", "cite", "describe_claim", "describe_place", "explain_conflict", "explain_verdict",
    "explain_verdict_plainly", "fill", "infer_weights", "judge_estimates", "known_of_region", "list_conflicts",
    "list_regions", "missing_scores", "movement", "neighbours", "open_table", "published_answer", "report_conflicts",
    "report_findings",
    "say_claim", "say_finding", "show_years", "state_checked", "stated_of_region", "strengths", "summarise_audit",
    "summarise_self_test", "verdict_badge", "verdict_word",
]  # fmt: skip
