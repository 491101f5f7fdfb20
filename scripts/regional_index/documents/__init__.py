"""The results that are no tables: JSON documents, made when the results are computed."""

import json
from typing import Any

from regional_index.documents.claims import audit_document, claims_list, context_list
from regional_index.documents.compare import compare_document
from regional_index.documents.soundness import coherence_document, robustness_document
from regional_index.documents.weighting import weighting_document
from regional_index.facts import Facts


def make_documents(facts: Facts) -> dict[str, bytes]:
    """Every document by the name of its file, from the tables that were computed.

    Args:
        facts: They must be complete: computed by this package.
    """
    found: dict[str, Any] = {
        "coherence.json": coherence_document(facts),
        "normalised.json": weighting_document(facts),
        "compare.json": compare_document(facts),
    }
    if facts.has_edition:
        found |= {
            "claims.json": claims_list(facts),
            "context.json": context_list(facts),
            "audit.json": audit_document(facts),
        }
    if facts.soundness.is_declared:
        found["robustness.json"] = robustness_document(facts)
    return {name: _encode(content, dense=name == "compare.json") for name, content in found.items()}


def _encode(content: object, *, dense: bool) -> bytes:
    """Readable in an editor, or without a space too many for a page that loads it; a missing number is refused."""
    layout: dict[str, Any] = {"separators": (",", ":")} if dense else {"indent": 1}
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, **layout) + "\n").encode()
