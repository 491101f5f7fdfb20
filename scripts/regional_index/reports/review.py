"""The report of a review: what is strange in a year's figures, indicator by indicator, and what is confirmed of it."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regional_index.errors import Problem
from regional_index.framework import Declarations
from regional_index.model import write_number
from regional_index.read.review import Finding, Namer, Panel, Review, growth_of, order_regions, ranks_of
from regional_index.render import Cell, Column, Table, number_cell, rows_of, show_change
from regional_index.reports.writing import Report, Section


def report_review(declared: Declarations, review: Review, problems: Sequence[Problem], year: int) -> Report:
    """What is strange in a year, the strangest indicator first, and in it the strangest region.

    Args:
        declared: Names and words.
        review: What was found.
        problems: What else is wrong with the figures.
        year: The year.
    """
    writer = _Writer(declared, review, year)
    say = writer.namer.sentence
    found = review.find(year)
    open_now = [finding for finding in found if writer.is_open(finding)]
    confirmed = sum(review.confirmation(finding) is not None for finding in found)
    grave = [finding for finding in found if finding.is_grave]
    columns = sum(year in panel.years for panel in review.panels.values())
    summary = [say("review.counted", columns=columns, open=len(open_now), grave=len(grave), confirmed=confirmed)]
    summary += [f"{writer.namer.file(finding.file)}{say('review.colon')}{writer.say(finding)}" for finding in grave]
    summary += [say("review.problems", count=len(problems))] if problems else []
    summary += [say("review.remedy", year=year)] if open_now else []
    strength = {file: max([f.strength for f in found if f.file == file], default=0.0) for file in review.panels}
    files = sorted((file for file in review.panels if year in review.panels[file].years), key=lambda f: -strength[f])
    sections = [Section(say("review.refused"), tuple(map(str, problems)))] if problems else []
    sections += [
        writer.section(review.panels[file], [finding for finding in found if finding.file == file]) for file in files
    ]
    return Report(
        say("review.title", year=year),
        declared.framework.language,
        tuple(summary),
        tuple(sections),
        say("review.rest", count="{count}"),
    )


def shorten(report: Report) -> Report:
    """The report for a terminal: without its tables, and without the indicators of which nothing is said."""
    sections = [replace(section, tables=()) for section in report.sections if section.lines]
    return replace(report, sections=tuple(sections))


class _Writer:
    """Writes the parts of the report of one year."""

    def __init__(self, declared: Declarations, review: Review, year: int) -> None:
        self.declared, self.review, self.year = declared, review, year
        self.namer = Namer(declared.words, declared.regions, declared.framework)

    def is_open(self, finding: Finding) -> bool:
        """Whether somebody has still to confirm it."""
        return self.review.must_confirm(finding) and not self.review.confirmation(finding)

    def say(self, finding: Finding) -> str:
        """A finding as a sentence, and who confirmed it."""
        return self.namer.say(finding) + self._state(finding)

    def _state(self, finding: Finding) -> str:
        known = self.review.confirmation(finding)
        if known:
            key = "review.confirmed" if known.reason else "review.confirmed_plain"
            return self.namer.sentence(key, by=known.by, date=known.date, reason=known.reason)
        return self.namer.sentence("review.open") if self.is_open(finding) else ""

    def section(self, panel: Panel, found: list[Finding]) -> Section:
        """An indicator: what is found, its sum and the total it should have, and all regions."""
        unit = panel.declared.unit
        title = f"{self.namer.file(panel.file)}{self.namer.sentence('review.unit_of', unit=unit) if unit else ''}"
        lines = [self.say(finding) for finding in found]
        column = panel.values[:, panel.years.index(self.year)]
        totals = [t for t in self.declared.control_totals if (t.indicator, t.year) == (panel.file, self.year)]
        lines += [
            self.namer.sentence(
                "review.total", sum=write_number(float(np.nansum(column))), total=write_number(total.total)
            )
            for total in totals
        ]
        return Section(title, tuple(lines), (self._table(panel, found),))

    def _table(self, panel: Panel, found: list[Finding]) -> Table:
        here = panel.years.index(self.year)
        say, decimals = self.namer.sentence, max(0, round(-math.log10(panel.step)))
        now, then = ranks_of(panel, here), ranks_of(panel, here - 1) if here else np.full(len(panel.regions), np.nan)
        before = str(panel.years[here - 1]) if here else say("review.none_before")
        ranked = (Column(say("review.rank_of", year=when), numeric=True, best="low") for when in (before, self.year))
        numbers = (Column(title, numeric=True) for title in (before, str(self.year), say("review.growth_percent")))
        columns = (Column(say("review.region")), *numbers, *ranked, Column(say("review.flag"), wide=True))
        rows = []
        for code in order_regions(panel, self.year, found):
            row = panel.regions.index(code)
            last = panel.values[row, here - 1] if here else math.nan
            change = round(100 * (growth_of(panel, here, row)["ratio"] - 1), 1) if here else math.nan
            growth = Cell() if math.isnan(change) else Cell(change, show_change(change, 1))
            values = [number_cell(value, decimals) for value in (last, panel.values[row, here])]
            ranks = [number_cell(rank, 0) for rank in (then[row], now[row])]
            rows.append([self.namer.region(code), *values, growth, *ranks, self._flag(panel, code, found)])
        return Table(
            "", say("review.caption", name=self.namer.file(panel.file), year=self.year), columns, rows_of(rows)
        )

    def _flag(self, panel: Panel, code: str, found: list[Finding]) -> str:
        own = [finding for finding in found if code in finding.regions]
        said = [
            (self.namer.words[f"review.kind_{f.kind}"] if len(f.regions) == 1 else self.namer.say(f)) + self._state(f)
            for f in own
        ]
        is_decided = panel.decided[panel.regions.index(code), panel.years.index(self.year)]
        return self.namer.join([*said, *([self.namer.sentence("review.decided")] if is_decided else [])])
