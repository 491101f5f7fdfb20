"""What people decide. Frozen, and without any knowledge of files; `inputs` makes it from `data/`."""

from regional_index.framework.edition import (
    Claim,
    ContextFigure,
    Decision,
    Edition,
    Place,
    Trend,
    named_indices,
    named_regions,
)
from regional_index.framework.method import Method, Robustness, Rule, at_depth, group_by_rule
from regional_index.framework.project import ControlTotal, Correction, Project, Source
from regional_index.framework.publication import Publication, edition_package, edition_page
from regional_index.framework.regions import Region, Regions, fold
from regional_index.framework.rules import REQUIRED, RULES, Option, make_rule
from regional_index.framework.tree import Denominator, Framework, Gap, Group, Indicator, Node, site_name

__all__ = [
    "REQUIRED",
    "RULES",
    "Claim",
    "ContextFigure",
    "ControlTotal",
    "Correction",
    "Decision",
    "Denominator",
    "Edition",
    "Framework",
    "Gap",
    "Group",
    "Indicator",
    "Method",
    "Node",
    "Option",
    "Place",
    "Project",
    "Publication",
    "Region",
    "Regions",
    "Robustness",
    "Rule",
    "Source",
    "Trend",
    "at_depth",
    "edition_package",
    "edition_page",
    "fold",
    "group_by_rule",
    "make_rule",
    "named_indices",
    "named_regions",
    "site_name",
]  # fmt: skip
