"""Numbers, names and sentences for prose. Every number that a page prints inline comes from here."""

from regional_index.narrative.answers import (
    infer_weights,
    known_of_region,
    published_answer,
    stated_of_region,
    summarise_audit,
    summarise_self_test,
)
from regional_index.narrative.citation import STYLES, cite_edition, edition_address
from regional_index.narrative.claim_text import describe_claim, describe_place, list_regions
from regional_index.narrative.coherence import answer_coherence
from regional_index.narrative.combination import say_combination
from regional_index.narrative.draft_report import report_conflicts, report_findings
from regional_index.narrative.findings import open_table, say_claim, say_finding
from regional_index.narrative.method import FILLED_MARK, method_steps
from regional_index.narrative.portrait import indicator_strengths, missing_scores, movement, neighbours, strengths
from regional_index.narrative.prose import Prose
from regional_index.narrative.receipt_code import ReceiptCode, write_receipt_code
from regional_index.narrative.robustness import (
    answer_flips,
    answer_robustness,
    answer_sensitivity,
    list_varied,
    name_child,
    say_flip,
    scored_indices,
    show_place,
    show_range,
    show_rank_range,
    summarise_robustness,
)
from regional_index.narrative.rule_text import describe_rule, show_exactly, show_formula, show_plain, show_share
from regional_index.narrative.rules_in_use import rule_of_level
from regional_index.narrative.sentences import cite, fill, name_edition, open_years, show_years
from regional_index.narrative.stated import state_checked
from regional_index.narrative.verdicts import (
    explain_conflict,
    explain_verdict,
    explain_verdict_plainly,
    list_conflicts,
    verdict_badge,
    verdict_word,
)
from regional_index.narrative.worked_index import Parts, find_parts, show_weight, show_worked_index
from regional_index.narrative.worked_score import show_worked_score

__all__ = [
    "FILLED_MARK",
    "STYLES",
    "Parts",
    "Prose",
    "ReceiptCode",
    "answer_coherence",
    "answer_flips",
    "answer_robustness",
    "answer_sensitivity",
    "cite",
    "cite_edition",
    "describe_claim",
    "describe_place",
    "describe_rule",
    "edition_address",
    "explain_conflict",
    "explain_verdict",
    "explain_verdict_plainly",
    "fill",
    "find_parts",
    "indicator_strengths",
    "infer_weights",
    "known_of_region",
    "list_conflicts",
    "list_regions",
    "list_varied",
    "method_steps",
    "missing_scores",
    "movement",
    "name_child",
    "name_edition",
    "neighbours",
    "open_table",
    "open_years",
    "published_answer",
    "report_conflicts",
    "report_findings",
    "rule_of_level",
    "say_claim",
    "say_combination",
    "say_finding",
    "say_flip",
    "scored_indices",
    "show_exactly",
    "show_formula",
    "show_place",
    "show_plain",
    "show_range",
    "show_rank_range",
    "show_share",
    "show_weight",
    "show_worked_index",
    "show_worked_score",
    "show_years",
    "state_checked",
    "stated_of_region",
    "strengths",
    "summarise_audit",
    "summarise_robustness",
    "summarise_self_test",
    "verdict_badge",
    "verdict_word",
    "write_receipt_code",
]  # fmt: skip
