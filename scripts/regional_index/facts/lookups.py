"""What the project consists of, by name: regions, nodes, indicators, years, words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from regional_index.claims import Study
from regional_index.compute import Results
from regional_index.errors import LookupFailed
from regional_index.facts.robustness import RobustnessStudy
from regional_index.framework import Edition, Framework, Indicator, Node, Project, Region, Regions


def fill_gaps(key: str, template: str, gaps: Mapping[str, object]) -> str:
    """The template with its gaps filled; a gap that is not given is an error that names the key."""
    try:
        return template.format(**gaps)
    except (KeyError, IndexError, ValueError) as error:
        raise LookupFailed(f'data/words.yml: "{key}" has a gap {error}; there are {", ".join(gaps)}') from error


@dataclass(frozen=True, eq=False)
class Lookups:
    """The checked input, the open series and the published series, and what is asked for by its name.

    Regions are given by any name people call them, years default to the last one, and every question about
    something unknown raises `LookupFailed`.
    """

    project: Project
    results: Results
    published: pd.DataFrame
    make_study: Callable[[], Study]
    make_robustness: Callable[[], RobustnessStudy]
    make_next_steps: Callable[[], pd.DataFrame]

    @property
    def framework(self) -> Framework:
        """The tree, the indicators and the method."""
        return self.project.framework

    @property
    def regions(self) -> Regions:
        """All regions, evaluated or not."""
        return self.project.regions

    @property
    def edition(self) -> Edition:
        """The claims of the published edition."""
        return self.project.edition

    @property
    def words(self) -> Mapping[str, str]:
        """Words that charts and tables print."""
        return self.project.words

    @property
    def first_year(self) -> int:
        """First year of the open series."""
        return self.framework.years[0]

    @property
    def last_year(self) -> int:
        """Last year of the open series."""
        return self.framework.years[-1]

    def word(self, key: str) -> str:
        """A word of the site's language.

        Raises:
            LookupFailed: `data/words.yml` has no such key.
        """
        if key not in self.words:
            raise LookupFailed(f'unknown word "{key}"; add it to data/words.yml')
        return self.words[key]

    def sentence(self, key: str, **gaps: object) -> str:
        """A sentence of the site's language, its gaps filled as they are given.

        Raises:
            LookupFailed: There is no such sentence, or it has a gap that is not given.
        """
        return fill_gaps(key, self.word(key), gaps)

    def region(self, name: str) -> Region:
        """The region that people call by this name."""
        return self.regions.find(name)

    def evaluated_region(self, name: str) -> Region:
        """The region that people call by this name, if the index ranks it.

        Raises:
            LookupFailed: Nobody calls a region so, or it is only shown.
        """
        region = self.region(name)
        if not region.evaluated:
            raise LookupFailed(f'region "{name}" is not evaluated')
        return region

    def year(self, year: int | None) -> int:
        """This year, or the last one of the open series.

        Raises:
            LookupFailed: The open series has no such year.
        """
        if year is None:
            return self.last_year
        if year not in self.framework.years:
            raise LookupFailed(f"the open series has no year {year}; it has {self.framework.years}")
        return year

    def node(self, code: str) -> Node:
        """The index or sub-index with this code."""
        return self.framework.node(code)

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code."""
        return self.framework.indicator(code)
