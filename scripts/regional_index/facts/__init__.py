"""Everything that a page, chart or table may ask for, in one place and by name. Unknown names are errors."""

from regional_index.facts.build import read_facts, read_findings
from regional_index.facts.facts import Facts
from regional_index.facts.kept import Kept
from regional_index.facts.lookups import fill_gaps
from regional_index.facts.scales import ScoreScale

__all__ = ["Facts", "Kept", "ScoreScale", "fill_gaps", "read_facts", "read_findings"]
