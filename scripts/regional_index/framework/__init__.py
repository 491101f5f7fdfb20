"""Decisions of people, as frozen objects that know no files; `read` makes them from `data/`."""

from regional_index.framework.edition import (
    SCORE_RANGE,
    Claim,
    ContextFigure,
    Decision,
    Edition,
    Place,
    Trend,
    named_indices,
    named_regions,
)
from regional_index.framework.method import (
    COHERENCE_LIMITS,
    OWN_WEIGHTS,
    QUANTILES,
    SHARE_TOLERANCE,
    Method,
    Robustness,
    Rule,
    at_depth,
    group_by_rule,
)
from regional_index.framework.project import ControlTotal, Correction, Declarations, Project, Revision, Source
from regional_index.framework.publication import Publication, edition_package, edition_page
from regional_index.framework.regions import Region, Regions, fold
from regional_index.framework.release import RELEASE_NAME, Release
from regional_index.framework.tree import SIGNED, Denominator, Framework, Gap, Group, Indicator, Node, site_name

__all__ = [
    "COHERENCE_LIMITS",
    "OWN_WEIGHTS",
    "QUANTILES",
    "RELEASE_NAME",
    "SCORE_RANGE",
    "SHARE_TOLERANCE",
    "SIGNED",
    "Claim",
    "ContextFigure",
    "ControlTotal",
    "Correction",
    "Decision",
    "Declarations",
    "Denominator",
    "Edition",
    "Framework",
    "Gap",
    "Group",
    "Indicator",
    "Method",
    "Node",
    "Place",
    "Project",
    "Publication",
    "Region",
    "Regions",
    "Release",
    "Revision",
    "Robustness",
    "Rule",
    "Source",
    "Trend",
    "at_depth",
    "edition_package",
    "edition_page",
    "fold",
    "group_by_rule",
    "named_indices",
    "named_regions",
    "site_name",
]  # fmt: skip
