"""Verdicts of the audit of a published edition: on each claim, each contradiction, and the audit itself."""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, Decimal

from markupsafe import Markup

from regional_index.claims.findings import Check, Conflict, Mend, Verdict
from regional_index.claims.kinds import KINDS
from regional_index.claims.readings import decimals_of
from regional_index.facts import Facts
from regional_index.framework import Claim, named_indices
from regional_index.render import (
    Links,
    element,
    escape,
    fill,
    join_sentences,
    join_words,
    show_fixed,
    show_number,
    show_printed,
)
from regional_index.render.macros import macro
from regional_index.topics.edition.claim_text import name_claim, show_figure

MORE_DECIMALS = 2


@macro()
def verdict_word(facts: Facts, claim_id: str) -> str:
    """The verdict on a claim in one word.

    Raises:
        LookupFailed: There is no such claim.
    """
    return facts.word(f"verdict.{facts.published.verdict(claim_id).verdict}")


def verdict_badge(facts: Facts, claim_id: str) -> Markup:
    """A verdict as a badge; a second one where the claim is left out of what is derived, or touches a contradiction."""
    verdict = facts.published.verdict(claim_id)
    badge = element("span", verdict_word(facts, claim_id), class_=f"ri-verdict ri-verdict--{verdict.verdict}")
    key = "verdict.not_used" if verdict.set_aside else "verdict.involved"
    if not verdict.set_aside and claim_id not in involved_claims(facts):
        return badge
    return Markup("{} {}").format(badge, element("span", facts.word(key), class_="ri-tag"))


def involved_claims(facts: Facts) -> set[str]:
    """The claims in a set that cannot all hold but shares claims with a contradiction, of which they are no part."""
    conflicts = facts.study.audit.conflicts
    contradicted = {claim for conflict in conflicts if not conflict.overlaps for claim in conflict.claims}
    return {claim for conflict in conflicts for claim in conflict.claims} - contradicted


@macro("verdict_reason")
def explain_verdict(facts: Facts, links: Links, claim_id: str) -> Markup:
    """Why, in one sentence: what it contradicts; else the arithmetic; else how many wrong versions were noticed.

    Raises:
        LookupFailed: There is no such claim.
    """
    verdict = facts.published.verdict(claim_id)
    if verdict.conflicts_with:
        return _say_contradiction(facts, links, verdict)
    if verdict.checks:
        said = [_say_check(facts, links, check) for check in verdict.checks]
        return fill(facts, "verdict.computed", checks=join_words(said, facts.word("list.semicolon")))
    return _say_trials(facts, verdict)


def explain_verdict_plainly(facts: Facts, claim_id: str) -> str:
    """Explain a verdict in a sentence of plain text."""
    return explain_verdict(facts, Links(facts, lambda: ""), claim_id).striptags()


def explain_conflict(facts: Facts, links: Links, conflict: Conflict) -> Markup:
    """Why a claim of the set is left out, as a person wrote it, and the least change after which all can hold."""
    decisions = [facts.edition.set_aside[claim] for claim in conflict.claims if claim in facts.edition.set_aside]
    return join_sentences(facts, [*(escape(d.reason) for d in decisions), _say_mends(facts, links, conflict.mends)])


@macro("conflicts")
def list_conflicts(facts: Facts, links: Links, index: str = "", *, overlapping: bool = False) -> Markup:
    """The contradictions that touch an index, or all of them; nothing where there are none.

    Args:
        facts: The edition and its audit.
        links: From the page that is written.
        index: Its code.
        overlapping: Whether to name the further sets that a claim of a contradiction is in.

    Raises:
        LookupFailed: There is no such index.
    """
    wanted = facts.node(index).code if index else ""
    items = [
        _conflict_item(facts, links, group if overlapping else group[:1], named=not index)
        for group in _group_conflicts(facts.study.audit.conflicts)
        if not wanted or wanted in _touched_by(facts, group)
    ]
    return element("ul", *items, class_="ri-conflicts") if items else Markup("")


# ---- one claim


def _say_contradiction(facts: Facts, links: Links, verdict: Verdict) -> Markup:
    others = _name_all(facts, links, verdict.conflicts_with)
    if verdict.set_aside:
        return fill(facts, "verdict.set_aside", others=others)
    aside = [claim for claim in verdict.conflicts_with if claim in facts.edition.set_aside]
    return fill(facts, "verdict.used", others=others, aside=_name_all(facts, links, aside))


def _say_trials(facts: Facts, verdict: Verdict) -> Markup:
    if not verdict.tried:
        return fill(facts, "verdict.nothing_to_try")
    if verdict.tried == 1:
        return fill(facts, "verdict.one_noticed" if verdict.noticed else "verdict.one_unnoticed")
    if verdict.noticed == verdict.tried:
        return fill(facts, "verdict.all_noticed", tried=verdict.tried)
    key = "verdict.some_noticed" if verdict.noticed else "verdict.none_noticed"
    return fill(facts, key, tried=verdict.tried, noticed=verdict.noticed)


def _say_check(facts: Facts, links: Links, check: Check) -> Markup:
    stated = facts.edition.claim(check.claim)
    reading, computed = _read(facts, check, stated)
    left = _FORMULAS[check.rule](facts, links, check)
    return fill(facts, f"check.{reading}", left=left, computed=computed, stated=_quote(links, stated))


def _read(facts: Facts, check: Check, stated: Claim) -> tuple[str, str]:
    """Say how the number computed from the printed ones reads: rounded, truncated, or neither within its bounds."""
    decimals, number = decimals_of(stated.value), _compute(check)
    percent = "%" if KINDS[stated.kind].is_share else ""
    if not decimals and number == round(number):
        return "stated", show_number(number, 0) + percent
    shown = show_number(number, decimals + MORE_DECIMALS) + percent
    if show_fixed(number, decimals) == show_printed(stated.value):
        return "rounded", shown
    if check.fits == "truncated" and number.quantize(Decimal(stated.value), ROUND_DOWN) == Decimal(stated.value):
        return "truncated", shown
    ends = dict.fromkeys(show_number(end, decimals + MORE_DECIMALS) + percent for end in check.computed)
    return "stated", facts.word("list.to").join(ends)


def _compute(check: Check) -> Decimal:
    """Compute the number that a reader finds with the printed numbers and the formula."""
    first, *others = (sum(map(Decimal, part.split(" + ")), Decimal(0)) for part in check.parts)
    if check.rule == "both_sides":
        return first - others[0]
    if check.rule == "rest":
        return (first - others[0]) / others[1]
    quotient = first / others[0] if others else first
    return quotient * 100 if check.rule in ("share", "count_share") else quotient


def _quotient(facts: Facts, links: Links, check: Check) -> Markup:
    part = _quote(links, facts.edition.claim(check.others[0]))
    return fill(facts, "check.quotient", part=part, whole=check.parts[1])


def _share(facts: Facts, links: Links, check: Check) -> Markup:
    *terms, whole = (_quote(links, facts.edition.claim(claim)) for claim in check.others)
    summed = Markup(" + ").join(terms)
    part = summed if len(terms) == 1 else fill(facts, "check.sum", terms=summed)
    return fill(facts, "check.quotient", part=part, whole=whole)


def _members(facts: Facts, links: Links, check: Check) -> Markup:
    return fill(facts, "check.members", list=_name_all(facts, links, check.others))


def _difference(facts: Facts, links: Links, check: Check) -> Markup:
    part = _quote(links, facts.edition.claim(check.others[0]))
    return fill(facts, "check.difference", whole=check.parts[0], part=part)


def _rest(facts: Facts, links: Links, check: Check) -> Markup:
    whole, part = (_quote(links, facts.edition.claim(claim)) for claim in check.others)
    difference = fill(facts, "check.difference", whole=whole, part=part)
    return fill(facts, "check.quotient", part=fill(facts, "check.sum", terms=difference), whole=check.parts[2])


_FORMULAS: dict[str, Callable[[Facts, Links, Check], Markup]] = {
    "mean": _quotient,
    "share": _share,
    "count_share": _quotient,
    "members": _members,
    "both_sides": _difference,
    "rest": _rest,
}


def _quote(links: Links, claim: Claim) -> Markup:
    return links.claim(claim.id, show_figure(claim))


def _name_all(facts: Facts, links: Links, claims: Iterable[str]) -> Markup:
    named = [links.claim(claim, name_claim(facts.edition.claim(claim), facts)) for claim in claims]
    return join_words(named, facts.word("list.separator"))


# ---- contradictions


def _group_conflicts(conflicts: Sequence[Conflict]) -> list[list[Conflict]]:
    """Each contradiction with those that appear when one of its claims is left out."""
    groups: list[list[Conflict]] = []
    for conflict in conflicts:
        if conflict.overlaps:
            groups[-1].append(conflict)
        else:
            groups.append([conflict])
    return groups


def _touched_by(facts: Facts, group: Iterable[Conflict]) -> set[str]:
    claims = {claim for conflict in group for claim in conflict.claims}
    return {index for claim in claims for index in named_indices(facts.edition.claim(claim))}


def _conflict_item(facts: Facts, links: Links, group: Sequence[Conflict], *, named: bool) -> Markup:
    first, *others = group
    about = facts.edition.claim(first.claims[0]).index
    content: list[object] = [
        element("span", facts.word("verdict.contradicted"), class_="ri-verdict ri-verdict--contradicted"), " ",
        *([links.index(about), " · "] if named else []),
        fill(facts, "conflict.item", claims=_name_set(facts, links, first)),
        explain_conflict(facts, links, first),
    ]  # fmt: skip
    for other in others:
        also = fill(facts, "conflict.also", claims=_name_set(facts, links, other))
        content.append(Markup("<br>{}").format(element("small", also)))
    return element("li", *content)


def _name_set(facts: Facts, links: Links, conflict: Conflict) -> Markup:
    named = []
    for claim in conflict.claims:
        name = links.claim(claim, name_claim(facts.edition.claim(claim), facts))
        named.append(fill(facts, "conflict.not_used", claim=name) if claim in facts.edition.set_aside else name)
    return join_words(named, facts.word("list.separator"))


def _say_mends(facts: Facts, links: Links, mends: Iterable[Mend]) -> Markup:
    needed: dict[tuple[str, str, str], list[str]] = {}
    for mend in mends:
        needed.setdefault((mend.claim, mend.part, mend.stated), []).append(mend.needed)
    if not needed:
        return Markup("")
    said = [_say_mend(facts, links, *mended, options) for mended, options in needed.items()]
    return fill(facts, "conflict.fix", mends=join_words(said, facts.word("conflict.or")))


def _say_mend(facts: Facts, links: Links, claim_id: str, part: str, stated: str, needed: Sequence[str]) -> Markup:
    claim = facts.edition.claim(claim_id)
    kind = links.claim(claim_id, facts.word(f"kind.{claim.kind}"))
    if part == "regions":
        old, *new = (facts.regions[code].name for code in (stated, *needed))
        return fill(facts, "conflict.region", claim=kind, stated=old, needed=facts.word("conflict.or").join(new))
    figures = [show_figure(claim, number) for number in (stated, *needed)]
    return fill(facts, "conflict.number", claim=kind, stated=figures[0], needed=figures[1])
