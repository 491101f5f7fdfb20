"""What follows from the claims of a published edition. Knows no files, no charts and no computed series."""

from regional_index.claims.against import Finding, check_against
from regional_index.claims.arithmetic import Check
from regional_index.claims.audit import Audit, Verdict
from regional_index.claims.conflicts import Conflict, Mend, find_conflicts
from regional_index.claims.published import published_scores, stated_ranks
from regional_index.claims.solver import SolverError
from regional_index.claims.study import Study, study_edition
from regional_index.claims.universe import Universe, universe_of
from regional_index.claims.weights import WeightStudy

__all__ = [
    "Audit", "Check", "Conflict", "Finding", "Mend", "SolverError", "Study", "Universe", "Verdict", "WeightStudy",
    "check_against", "find_conflicts", "published_scores", "stated_ranks", "study_edition", "universe_of",
]  # fmt: skip
