"""Differences between claims and a table of scores, side by side, as plain text."""

from collections.abc import Collection

from regional_index.claims.against import Finding
from regional_index.claims.kinds import KINDS, Table
from regional_index.claims.readings import decimals_of
from regional_index.claims.universe import in_year
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.render import Links, show_number
from regional_index.topics.edition.claim_text import describe_claim, show_figure

MORE_DECIMALS = 2


COUNTED_KINDS = ("rank", "count", "group_count", "place_change")


MISPLACED_KINDS = ("band", "tiers", "comparison", "among")
"""Kinds of which a table tells the regions that are out of place, not those that would be right."""


def open_table(facts: Facts, year: int | None = None) -> Table:
    """The scores of the open series in one year, the last one by default, to compare claims with.

    Those of every other year are there by the name that `in_year` gives.
    """
    shown = facts.year(year)
    return {
        code if past == shown else in_year(code, past): facts.open.scores(code, past)["score"]
        for code in facts.framework.nodes
        for past in facts.framework.years
    }


def say_claim(claim: Claim, facts: Facts) -> str:
    """The claim in words, without links."""
    return describe_claim(claim, facts, Links(facts, lambda: "")).striptags()


def say_finding(finding: Finding, facts: Facts) -> dict[str, str]:
    """Say what is stated and what the table has, where they differ; what is missing, where they cannot be compared.

    Returns:
        Text by what it is: `stated`, `computed`, `counted` (the regions behind a computed number), `misplaced` (those
        that are not where the claim has them), or `missing` (those without a score).
    """
    if finding.holds:
        return {}
    claim, names = finding.claim, _list_names(finding.regions, facts)
    if finding.holds is None:
        return {"missing": names}
    if claim.kind in MISPLACED_KINDS:
        return {"misplaced": names} if finding.regions else {}
    if finding.number is None:
        return {"stated": _show_stated(claim, facts), "computed": names}
    counted = {"counted": f"{_show_count(len(finding.regions), facts)} · {names}"} if finding.regions else {}
    return {"stated": _show_stated(claim, facts), "computed": _show_computed(claim, finding.number), **counted}


def _show_stated(claim: Claim, facts: Facts) -> str:
    if not claim.value:
        return _list_names(claim.regions, facts)
    parts = [show_figure(claim)]
    if "size" in claim.details:
        parts.append(_show_count(int(claim.details["size"]), facts))
    if claim.kind == "group_count":
        parts.append(_list_names(claim.regions, facts))
    return " · ".join(parts)


def _show_count(count: int, facts: Facts) -> str:
    return facts.sentence("chart.count_short", count=count)


def _show_computed(claim: Claim, number: float) -> str:
    decimals = 0 if claim.kind in COUNTED_KINDS else decimals_of(claim.value) + MORE_DECIMALS
    return show_number(number, decimals) + ("%" if KINDS[claim.kind].is_share else "")


def _list_names(regions: Collection[str], facts: Facts) -> str:
    if not regions or len(regions) == len(facts.regions.evaluated):
        return facts.word("draft.all" if regions else "draft.no_region")
    return facts.word("list.separator").join(facts.regions[code].name for code in regions)
