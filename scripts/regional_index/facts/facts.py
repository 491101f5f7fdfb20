"""All that pages, charts, tables and files may ask for."""

from dataclasses import dataclass
from functools import cached_property

from regional_index.facts.expectation import Expectations
from regional_index.facts.lookups import Lookups
from regional_index.facts.published import Published
from regional_index.facts.readings import Readings
from regional_index.facts.scores import OpenScores
from regional_index.facts.soundness import Soundness
from regional_index.facts.steps import Steps
from regional_index.facts.values import Values


@dataclass(frozen=True, eq=False)
class Facts(Lookups):
    """Declarations looked up by name, and a reader for each part of the results.

    Regions are given by any name people call them, and every question about something unknown raises `LookupFailed`.
    """

    @cached_property
    def results(self) -> Steps:
        """Every step of the open series, as panels."""
        return Steps(self.tables, self.framework, self.regions.evaluated)

    @cached_property
    def open(self) -> OpenScores:
        """Scores and ranks of the open series."""
        return OpenScores(self, self.results)

    @cached_property
    def values(self) -> Values:
        """Values of indicators."""
        return Values(self, self.results)

    @cached_property
    def published(self) -> Published:
        """Scores of the published edition."""
        return Published(self)

    @cached_property
    def readings(self) -> Readings:
        """Scores and ranks of the open series by every lens."""
        return Readings(self)

    @cached_property
    def expectation(self) -> Expectations:
        """What regions are compared with."""
        return Expectations(self)

    @cached_property
    def soundness(self) -> Soundness:
        """Robustness of scores and ranks, and coherence of indices."""
        return Soundness(self)
