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
from regional_index.framework.project import ControlTotal, Correction, Project, Source
from regional_index.framework.regions import Region, Regions, fold
from regional_index.framework.tree import Denominator, Framework, Gap, Group, Indicator, Method, Node, site_name

__all__ = [
    "Claim", "ContextFigure", "ControlTotal", "Correction", "Decision", "Denominator", "Edition", "Framework", "Gap",
    "Group", "Indicator", "Method", "Node", "Place", "Project", "Region", "Regions", "Source", "Trend", "fold",
    "named_indices", "named_regions", "site_name",
]  # fmt: skip
