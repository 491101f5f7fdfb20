"""Figures and names of the published edition inside sentences."""

from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.render import Links, element, show_printed, show_quantity
from regional_index.render.macros import macro
from regional_index.topics.edition.claim_text import list_regions, show_figure


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


@macro()
def context(facts: Facts, links: Links, figure_id: str) -> Markup:
    """A figure that the publication quotes, with its unit, linked to its row in the list."""
    figure = facts.edition.figure(figure_id)
    number = show_printed(figure.value) + (f"–{show_printed(figure.upper)}" if figure.upper else "")
    return links.claim(figure_id, show_quantity(number, figure.unit))


@macro()
def trend(facts: Facts, links: Links, trend_id: str) -> Markup:
    """Link to the page of a trend."""
    trend = facts.edition.trend(trend_id)
    title = facts.sentence("trend.title", start=trend.shift_from, end=trend.shift_to)
    return element("a", title, href=links.to(f"trends/{trend_id}/"))
