"""Lookups by name: regions, nodes, indicators, years, words, result tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from string import Formatter

import pandas as pd

from regional_index.claims.findings import EditionFindings
from regional_index.errors import LookupFailed
from regional_index.facts.steps import Tables, table_of
from regional_index.framework import (
    SCORE_RANGE,
    ControlTotal,
    Declarations,
    Edition,
    Framework,
    Indicator,
    Node,
    Region,
    Regions,
)

# A table with more columns of years is on a page of its own, and a receipt older than these in a file.
MOST_YEARS = 12


class _Filler(Formatter):
    """Fills gaps; of two forms of a word, `{count:region|regions}`, it takes the first where the number is 1."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, parted, other = format_spec.partition("|")
        if parted:
            return one if str(value) == "1" else other
        return super().format_field(value, format_spec)


def fill_gaps(key: str, template: str, gaps: Mapping[str, object]) -> str:
    """The template with its gaps filled; a gap that is not given is an error that names the key.

    Examples:
        >>> [fill_gaps("x", "{count} {count:region|regions}", {"count": count}) for count in (1, "31")]
        ['1 region', '31 regions']
    """
    try:
        return _Filler().vformat(str(template), (), gaps)
    except (KeyError, IndexError, ValueError) as error:
        raise LookupFailed(f'the words of "{key}" have a gap {error}; there are {", ".join(gaps)}') from error


@dataclass(frozen=True, eq=False)
class Lookups:
    """Declarations and result tables, looked up by name.

    Regions are given by any name people call them, years default to the last one, and every question about
    something unknown raises `LookupFailed`.
    """

    declared: Declarations
    tables: Tables
    findings: EditionFindings | None = None

    @property
    def framework(self) -> Framework:
        """The tree, the indicators and the method."""
        return self.declared.framework

    @property
    def regions(self) -> Regions:
        """All regions, evaluated or not."""
        return self.declared.regions

    def has_table(self, name: str) -> bool:
        """Whether the results hold anything of a table: those that somebody else computed may be scores alone."""
        return not table_of(self.tables, name).empty

    def required_table(self, name: str) -> pd.DataFrame:
        """A result table that there is no answer without.

        Raises:
            LookupFailed: The results do not hold it.
        """
        if name not in self.tables:
            raise LookupFailed(f"the results hold no {name}.csv; add it to them, or take this out")
        return self.tables[name]

    @property
    def has_edition(self) -> bool:
        """Whether there is a published edition, besides the open series."""
        return self.findings is not None

    @property
    def study(self) -> EditionFindings:
        """The published edition, and what its claims say of each other.

        Raises:
            LookupFailed: There is no edition.
        """
        if self.findings is None:
            raise LookupFailed(
                "there is no published edition; declare series.published in data/framework.yml, or take this out"
            )
        return self.findings

    @property
    def edition(self) -> Edition:
        """The claims of the published edition.

        Raises:
            LookupFailed: There is no edition.
        """
        return self.study.edition

    @cached_property
    def control_totals(self) -> tuple[ControlTotal, ...]:
        """National totals published elsewhere, with what the regions add up to."""
        table = table_of(self.tables, "control_totals").set_index(["indicator", "year"])["sum"]
        declared = self.declared.control_totals
        return tuple(replace(total, found=float(table.loc[total.indicator, total.year])) for total in declared)

    @property
    def score_range(self) -> tuple[float, float]:
        """Between which the scores of the edition are."""
        return self.findings.edition.score_range if self.findings else SCORE_RANGE

    @property
    def words(self) -> Mapping[str, str]:
        """Words that charts and tables print."""
        return self.declared.words

    @property
    def first_year(self) -> int:
        """First year of the open series."""
        return self.framework.years[0]

    @property
    def last_year(self) -> int:
        """Last year of the open series."""
        return self.framework.years[-1]

    @property
    def recent_years(self) -> tuple[int, ...]:
        """The years that pages show in full: the last `MOST_YEARS` of the open series."""
        return self.framework.years[-MOST_YEARS:]

    def word(self, key: str) -> str:
        """A word of the site's language.

        Raises:
            LookupFailed: There is no such word.
        """
        if key not in self.words:
            near = get_close_matches(key, self.words, 1)
            raise LookupFailed(f'unknown word "{key}"; {f"write {near[0]}" if near else "no language pack has it"}')
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
            LookupFailed: No region has this name, or it is only shown.
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

    def membership(self, group: str) -> pd.Series:
        """The group of each evaluated region that belongs to one, indexed by region code."""
        self.framework.group(group)
        evaluated = {code: self.regions[code].groups.get(group) for code in self.regions.evaluated}
        return pd.Series({code: name for code, name in evaluated.items() if name}, dtype=object)
