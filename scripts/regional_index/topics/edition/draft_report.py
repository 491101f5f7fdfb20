"""The report on a draft: what it claims, and whether the scores agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Group
from rich.text import Text

from regional_index.claims.against import Finding
from regional_index.claims.findings import Conflict
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.topics.edition.findings import say_claim, say_finding

_VERDICTS = {
    True: ("draft.agrees", "green"),
    False: ("draft.disagrees", "bold red"),
    None: ("draft.untested", "yellow"),
}


def report_findings(findings: Iterable[Finding], facts: Facts, scores: str) -> Group:
    """Every claim with its verdict, and how many there are of each.

    Args:
        findings: In the order to print them.
        facts: Names and words.
        scores: What the claims were compared with.
    """
    findings = list(findings)
    head = _line(facts.word("draft.against"), scores)
    counts = Counter(finding.holds for finding in findings)
    totals = Text("  ").join(
        Text(f"{facts.word(key)} {counts[holds]}", style) for holds, (key, style) in _VERDICTS.items()
    )
    blocks = (line for finding in findings for line in _report(finding, facts))
    return Group(head, Text(), *blocks, Text(), totals)


def report_conflicts(conflicts: Iterable[Conflict], claims: Mapping[str, Claim], facts: Facts) -> Group:
    """The sets of claims that cannot all hold, each with the changes that would fix it.

    Args:
        conflicts: As `claims.find_conflicts` gives them.
        claims: The claims they were found among, by id.
        facts: Names and words.
    """
    conflicts = list(conflicts)
    blocks = [line for conflict in conflicts for line in _report_conflict(conflict, claims, facts)]
    key, style = ("draft.contradicts", "bold red") if conflicts else ("draft.consistent", "green")
    return Group(*blocks, Text(f"{facts.word(key)} {len(conflicts) or len(claims)}", style))


def _report_conflict(conflict: Conflict, claims: Mapping[str, Claim], facts: Facts) -> Iterator[Text]:
    yield Text(facts.word("draft.contradicts"), "bold red")
    for name in conflict.claims:
        place = f" · {claims[name].place}" if claims[name].place else ""
        yield Text(f"    {name}{place}  {say_claim(claims[name], facts)}")
    for mend in conflict.mends:
        change = [facts.regions[code].name if mend.part == "regions" else code for code in (mend.stated, mend.needed)]
        yield Text("    ") + _line(facts.word("draft.fix"), f"{mend.claim}: {' → '.join(change)}")
    yield Text()


def _report(finding: Finding, facts: Facts) -> Iterator[Text]:
    key, style = _VERDICTS[finding.holds]
    claim = finding.claim
    name = claim.id + (f" · {claim.place}" if claim.place else "")
    yield Text.assemble((facts.word(key), style), f"  {name}  {say_claim(claim, facts)}")
    for what, text in say_finding(finding, facts).items():
        yield Text("    ") + _line(facts.word(f"draft.{what}"), text)


def _line(label: str, text: str) -> Text:
    return Text.assemble((label, "dim"), "  ", text)
