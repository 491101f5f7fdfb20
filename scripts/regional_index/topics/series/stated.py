"""A sentence about the open series that is printed only where the series agrees with what it states."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.claims.against import Finding, check_against
from regional_index.claims.universe import universe_of
from regional_index.errors import DataError, LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.read.draft import read_claim
from regional_index.render import Links, escape, show_printed
from regional_index.render.macros import macro
from regional_index.topics.edition.claim_text import list_regions
from regional_index.topics.edition.findings import open_table, say_claim, say_finding


class Disagreement(LookupFailed):
    """The open series does not agree with a sentence.

    Attributes:
        sentence: As it would be printed, without links.
        found: What the series has instead, in the language of the site.
    """

    def __init__(self, message: str, sentence: str, found: str) -> None:
        super().__init__(message)
        self.sentence = sentence
        self.found = found


NUMBERS = ("threshold", "lower", "upper", "tolerance", "size", "within", "starts_at")


@macro("stated")
def state_checked(
    facts: Facts, links: Links, kind: str, index: str, sentence: str, year: int | None = None, **details: object
) -> Markup:
    """The sentence, if the open series agrees with the claim that it makes.

    Args:
        facts: The open series.
        links: From the page that is written.
        kind: Of the claim.
        index: Code of the index that it is about.
        sentence: Markdown; gaps such as `{regions}` and `{value}` are filled with what is claimed.
        year: Of the open series; the last one by default.
        details: The other keys of the claim language.

    Raises:
        LookupFailed: The claim is none, or the series does not agree, or lacks a score that is needed.
    """
    claim = _read({"kind": kind, "index": index, **details}, facts)
    written = _fill_gaps(sentence, claim, facts, links, facts.year(year))
    universe = universe_of(facts.findings.edition if facts.findings else None, facts.framework, facts.regions)
    (finding,) = check_against([claim], open_table(facts, year), universe)
    if not finding.holds:
        raise _refuse(written, finding, facts, facts.year(year))
    return written


def _read(fields: Mapping[str, Any], facts: Facts) -> Claim:
    try:
        return read_claim(fields, facts.declared, facts.score_range)
    except DataError as error:
        raise LookupFailed(" | ".join(map(str, error.problems))) from error


def _fill_gaps(sentence: str, claim: Claim, facts: Facts, links: Links, year: int) -> Markup:
    gaps = {"index": links.index(claim.index), "year": escape(year), **_gaps(claim, facts, links)}
    try:
        return Markup(escape_html(sentence)).format(**gaps)
    except (KeyError, IndexError, ValueError) as error:
        raise LookupFailed(f'"{sentence}" has a gap {error}; there are {", ".join(gaps)}') from error


def _gaps(claim: Claim, facts: Facts, links: Links) -> dict[str, Markup]:
    """Data for the sentence of a claim: its numbers as printed, its regions linked."""
    numbers = {"value": claim.value, **{name: claim.details.get(name, "") for name in NUMBERS}}
    regions = {"regions": claim.regions}
    regions |= {side: claim.details.get(side, {}).get("regions", ()) for side in ("greater", "less")}
    return {
        **{name: escape(show_printed(number)) for name, number in numbers.items() if number not in ("", "mean")},
        **{name: list_regions(codes, facts, links) for name, codes in regions.items() if codes},
    }


def _refuse(written: Markup, finding: Finding, facts: Facts, year: int) -> Disagreement:
    parts = say_finding(finding, facts)
    said = "; ".join(f"{what}: {text}" for what, text in parts.items())
    verdict = "cannot be compared with" if finding.holds is None else "disagrees with"
    sentence = str(written.striptags())
    message = f'"{sentence}" {verdict} the open series of {year}: {say_claim(finding.claim, facts)}; {said}'
    found = facts.word("list.semicolon").join(f"{facts.word(f'draft.{what}')} {text}" for what, text in parts.items())
    return Disagreement(message, sentence, found)
