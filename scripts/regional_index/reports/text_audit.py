"""The report on a text: each sentence that states figures, and whether what could be read in it is right."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd
from rich.console import Group
from rich.text import Text

from regional_index.claims.against import Finding, check_against
from regional_index.claims.edition_check import check_with_edition
from regional_index.claims.universe import Universe, in_year
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.read.text import ReadClaim, Sentence
from regional_index.topics.edition.claim_text import name_claim
from regional_index.topics.edition.findings import open_table, say_finding

WRONG, RIGHT, UNTESTED, UNREAD = "wrong", "right", "untested", "unread"
_STYLES = {WRONG: "bold red", RIGHT: "green", UNTESTED: "yellow", UNREAD: "dim"}


@dataclass(frozen=True)
class Checked:
    """A sentence, and what the results say of each claim that was read in it."""

    sentence: Sentence
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """`wrong` where any claim is; else `right` where any is; else `untested`, or `unread` where none was read."""
        found = {finding.holds for finding in self.findings}
        if not found:
            return UNREAD
        return WRONG if False in found else RIGHT if True in found else UNTESTED


def check_with_series(sentences: Sequence[Sentence], facts: Facts, universe: Universe, year: int) -> list[Checked]:
    """Compare sentences with the open series.

    Args:
        sentences: As they were read.
        facts: The results.
        universe: What claims speak about.
        year: That of sentences that name none.
    """
    tables = cache(lambda of: _table(facts, of))

    def check(read: ReadClaim, of: int) -> Finding:
        claim = _dated(read.claim, of)
        if of not in facts.framework.years:
            return Finding(claim, holds=None)
        table = tables(of)
        if read.factor != 1:
            table = {**table, claim.index: table[claim.index] / read.factor}
        return check_against([claim], table, universe)[0]

    return [
        Checked(sentence, tuple(check(read, sentence.year or year) for read in sentence.claims))
        for sentence in sentences
    ]


def check_with_published(sentences: Sequence[Sentence], facts: Facts, universe: Universe) -> list[Checked]:
    """Compare sentences with the claims of the published edition; those about another year are not tested."""
    edition = facts.edition

    def check(read: ReadClaim, of: int) -> Finding:
        claim = _dated(read.claim, of)
        if of != edition.data_year or claim.index not in facts.framework.nodes:
            return Finding(claim, holds=None)
        return check_with_edition([claim], edition, universe)[0]

    return [
        Checked(sentence, tuple(check(read, sentence.year or edition.data_year) for read in sentence.claims))
        for sentence in sentences
    ]


def report_text(checked: Sequence[Checked], facts: Facts, against: str) -> Group:
    """Every sentence with its verdict and place, those not read at the end, and how many there are of each."""
    head = Text.assemble((facts.word("draft.against"), "dim"), "  ", against)
    lines = [_line(one, facts) for one in checked if one.verdict != UNREAD]
    unread = [_line(one, facts) for one in checked if one.verdict == UNREAD]
    counts = Counter(one.verdict for one in checked)
    totals = [(f"{facts.word(f'audited.{verdict}')} {counts[verdict]}", style) for verdict, style in _STYLES.items()]
    numbers = sum(one.sentence.unread for one in checked if one.verdict != UNREAD)
    rest = [Text(facts.sentence("audited.partly", count=numbers), "dim")] if numbers else []
    return Group(
        head, Text(), *lines, Text(), *unread, Text(), Text("  ").join(Text(*total) for total in totals), *rest
    )


def _line(checked: Checked, facts: Facts) -> Text:
    verdict, sentence = checked.verdict, checked.sentence
    said = facts.word(f"audited.{verdict}")
    if verdict == WRONG:
        needed = facts.word("list.semicolon").join(_correct(checked.findings, facts))
        said = facts.sentence("audited.wrong_because", needed=needed)
    paragraph = sentence.paragraph
    key, gaps = "audited.paragraph", {"number": paragraph.number}
    if paragraph.cell:
        key, gaps = "audited.cell", {**gaps, "row": paragraph.cell[0], "column": paragraph.cell[1]}
    return Text.assemble((said, _STYLES[verdict]), "  ", facts.sentence(key, **gaps), "  ", sentence.text)


def _correct(findings: Sequence[Finding], facts: Facts) -> Iterator[str]:
    for finding in findings:
        if finding.holds is False:
            claim, said = finding.claim, say_finding(finding, facts)
            named = facts.word("list.separator").join(facts.regions[code].name for code in claim.regions)
            what = " ".join(part for part in (named, name_claim(claim, facts)) if part)
            other = said.get("computed") if finding.number is not None or finding.regions else ""
            key = "audited.needed" if other else "audited.not_so"
            yield facts.sentence(key, claim=what, **({"computed": other} if other else {}))


def _dated(claim: Claim, year: int) -> Claim:
    """A claim about a change on the year before, which its sentence does not name."""
    return replace(claim, details={**claim.details, "year": year - 1}) if claim.details.get("year") == 0 else claim


def _table(facts: Facts, year: int) -> Mapping[str, pd.Series]:
    """Scores of the open series and values of indicators in a year, those of other years by the name of the year."""
    values = {}
    for code in facts.framework.indicators:
        series = facts.values.values(code)
        for past in series.index.unique("year"):
            values[code if past == year else in_year(code, past)] = series.xs(past, level="year")
    return {**open_table(facts, year), **values}
