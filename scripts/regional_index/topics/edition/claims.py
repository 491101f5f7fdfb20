"""Claims in tables, with the verdict on each and its place in the source; their figures and names in sentences."""

from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.render import Column, Links, Table, element, fill, lines, of_edition, rows_of, show_printed
from regional_index.render.macros import macro
from regional_index.topics.edition.claim_text import describe_claim, describe_place, list_regions, show_figure
from regional_index.topics.edition.verdicts import explain_verdict, verdict_badge


def list_claims(
    facts: Facts, links: Links, claims: list[Claim], caption: str, name: str, *, anchors: bool = False
) -> Table:
    """Claims in words, with the verdict on them and why, below it what a person noticed, and their place."""
    word = facts.word
    columns = tuple(Column(word(f"table.{title}"), wide=True) for title in ("statement", "verdict", "place"))
    rows = [
        [describe_claim(claim, facts, links), _judged(facts, links, claim), describe_place(claim.place, facts)]
        for claim in claims
    ]
    ids = tuple(claim.id for claim in claims) if anchors else ()
    return Table(name, caption, columns, rows_of(rows), of_edition(facts), ids, sortable=False)


def _judged(facts: Facts, links: Links, claim: Claim) -> Markup:
    explained = element("span", explain_verdict(facts, links, claim.id), data_search_exclude=True)
    reasoning = Markup("{} {}").format(verdict_badge(facts, claim.id), explained)
    if not claim.note:
        return reasoning
    return lines(reasoning, element("small", fill(facts, "claim.note", note=claim.note)))


@macro()
def table_claims(facts: Facts, links: Links, index: str, anchors: bool = False) -> Table:
    """All claims about an index; with anchors where other pages link to its rows."""
    caption, claims = facts.sentence("caption.claims", index=links.name(index)), facts.edition.claims_about(index=index)
    return list_claims(facts, links, list(claims), caption, f"claims-{index}", anchors=anchors)


@macro()
def table_claims_of_region(facts: Facts, links: Links, region: str) -> Table:
    """All claims that name a region."""
    found = facts.region(region)
    caption = facts.sentence("caption.claims_region", region=found.name)
    claims = list(facts.edition.claims_about(region=found.code))
    return list_claims(facts, links, claims, caption, f"claims-of-region-{found.slug}")


@macro()
def claim(facts: Facts, links: Links, claim_id: str) -> Markup:
    """The figure that a claim states, as printed, linked to its row in the list of claims."""
    claim = facts.edition.claim(claim_id)
    if not claim.value:
        raise LookupFailed(f'claim "{claim_id}" of kind "{claim.kind}" states no figure; use claim_regions')
    return links.claim(claim_id, show_figure(claim))


@macro()
def claim_regions(facts: Facts, links: Links, claim_id: str) -> Markup:
    """The regions that a claim names, linked, in its order."""
    claim = facts.edition.claim(claim_id)
    if not claim.regions:
        raise LookupFailed(f'claim "{claim_id}" of kind "{claim.kind}" names no regions directly')
    return list_regions(claim.regions, facts, links)


@macro()
def claim_tier(facts: Facts, links: Links, claim_id: str, tier: int) -> Markup:
    """The regions of one tier of a claim about tiers, linked; the first tier is 1."""
    tiers = facts.edition.claim(claim_id).details.get("tiers", ())
    if not 1 <= tier <= len(tiers):
        raise LookupFailed(f'claim "{claim_id}" has no tier {tier}; it has {len(tiers)}')
    return list_regions(tiers[tier - 1], facts, links)


@macro()
def claim_bound(facts: Facts, links: Links, claim_id: str, bound: str) -> Markup:
    """The `threshold`, `lower` or `upper` bound that a claim names, linked to its row."""
    value = facts.edition.claim(claim_id).details.get(bound, "")
    if not value or value == "mean":
        raise LookupFailed(f'claim "{claim_id}" names no figure as {bound}')
    return links.claim(claim_id, show_printed(value))
