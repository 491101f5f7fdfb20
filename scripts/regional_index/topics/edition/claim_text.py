"""A claim of the published edition as one sentence in the site's language."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from regional_index.claims.kinds import KINDS
from regional_index.claims.kinds.sides import SIDES, statistic_of
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.render import Links, escape, fill, join_words, show_printed

_FALLING = ("growth", "place_change")
"""Kinds whose number may be below 0, for which they have a sentence of their own."""
_LISTS = ("above", "below")
"""Kinds that list regions on one side of a threshold, which tells one list from another."""


def describe_claim(claim: Claim, facts: Facts, links: Links) -> Markup:
    """The claim in words, its regions linked.

    Raises:
        LookupFailed: The language pack has no sentence for its kind.
    """
    return _DESCRIBE.get(claim.kind, _plain)(claim, facts, links)


def name_claim(claim: Claim, facts: Facts) -> str:
    """Name a claim by its kind and figure, if it has one: enough to tell the claims about an index apart."""
    kind = facts.word(f"kind.{claim.kind}")
    if claim.kind in _LISTS and claim.details.get("threshold"):
        kind = facts.sentence(f"claim.list_{claim.kind}", threshold=_threshold(claim.details["threshold"], facts))
    bounds = [show_printed(claim.details[end]) for end in ("lower", "upper") if claim.details.get(end)]
    figure = show_figure(claim) or facts.word("list.to").join(bounds)
    return facts.sentence("claim.name", kind=kind, figure=figure) if figure else kind


def show_figure(claim: Claim, number: str = "") -> str:
    """The figure of a claim, or another in its place, as printed; shares with their sign. Nothing where it has none."""
    number = number or claim.value
    return show_printed(number) + ("%" if KINDS[claim.kind].is_share else "") if number else ""


def describe_place(place_id: str, facts: Facts) -> Markup:
    """Section and paragraph of the source in words."""
    place = facts.edition.places[place_id]
    return fill(facts, "claim.place", section=place.section, paragraph=place.paragraph)


def list_regions(names: Iterable[str], facts: Facts, links: Links) -> Markup:
    """Linked names, as a list in a sentence."""
    return join_words([links.region(name) for name in names], facts.word("list.separator"))


def _plain(claim: Claim, facts: Facts, links: Links) -> Markup:
    details = {name: claim.details.get(name, "") for name in ("size", "within", "group_name", "lower", "upper", "year")}
    gaps = {
        **details,
        "start": claim.details.get("starts_at", ""),
        "base": "" if _base(claim) == "total" else list_regions(_base(claim), facts, links),
        "index": links.index(claim.index),
        "regions": list_regions(claim.regions, facts, links),
        "value": show_printed(claim.value.removeprefix("-") if claim.kind in _FALLING else claim.value)
        if claim.value
        else "",
        "group": _group(claim, facts, links),
        "threshold": _threshold(claim.details.get("threshold", ""), facts),
        "relation": _relation(claim.details.get("relation"), facts),
    }
    return fill(facts, f"claim.{_variant(claim)}", **gaps)


def _variant(claim: Claim) -> str:
    if claim.kind == "band" and not (claim.details.get("lower") and claim.details.get("upper")):
        return "band_from" if claim.details.get("lower") else "band_to"
    if claim.kind == "top" and len(claim.regions) == int(claim.details["size"]) == 1:
        return "top_one"
    if claim.kind == "top" and claim.details.get("ordered"):
        return "top_ordered"
    if claim.kind == "order" and claim.details.get("starts_at"):
        return "order_from"
    if claim.kind == "share" and _base(claim) != "total":
        return "share_of"
    if claim.kind in _FALLING and claim.value.startswith("-"):
        return f"{claim.kind}_down"
    if claim.kind in ("count", "count_share") and claim.details.get("group_name"):
        return f"{claim.kind}_of"
    if claim.kind == "group_count" and not claim.regions:
        return "group_count_only"
    return claim.kind


def _base(claim: Claim) -> str | tuple[str, ...]:
    """The whole of which a share is stated: the `total`, or the regions listed."""
    return claim.details.get("of", "total")


def _tiers(claim: Claim, facts: Facts, links: Links) -> Markup:
    tiers = [
        fill(facts, "claim.tier", number=number, regions=list_regions(tier, facts, links))
        for number, tier in enumerate(claim.details["tiers"], start=1)
    ]
    if claim.details.get("rest"):
        tiers.append(fill(facts, "claim.tier_rest", number=len(tiers) + 1))
    return fill(
        facts, "claim.tiers", index=links.index(claim.index), tiers=join_words(tiers, facts.word("list.semicolon"))
    )


def _sides(claim: Claim, facts: Facts, links: Links) -> Markup:
    sides: dict[str, object] = {side: _side(claim, side, facts, links) for side in SIDES}
    if claim.value:
        sides["value"] = show_printed(claim.value)
    return fill(facts, f"claim.{claim.kind}", **sides)


def _side(claim: Claim, side: str, facts: Facts, links: Links) -> Markup:
    said = claim.details[side]
    index = links.index(said.get("index", claim.index))
    if statistic := statistic_of(said):
        return fill(facts, f"claim.side_{statistic}", index=index)
    return fill(facts, "claim.side_regions", index=index, regions=list_regions(said["regions"], facts, links))


def _group(claim: Claim, facts: Facts, links: Links) -> Markup:
    if claim.details.get("group_name"):
        return escape(claim.details["group_name"])
    if claim.kind != "group_count" and claim.details.get("within"):
        return fill(facts, "claim.group_first", within=claim.details["within"])
    if "group" not in claim.details:
        return list_regions(claim.regions, facts, links)
    relation, threshold = (claim.details["group"][part] for part in ("relation", "threshold"))
    return fill(facts, "claim.group", relation=_relation(relation, facts), threshold=_threshold(threshold, facts))


def _relation(relation: str | None, facts: Facts) -> str:
    return facts.word(f"relation.{relation}") if relation else ""


def _threshold(threshold: str, facts: Facts) -> str:
    if threshold == "mean":
        return facts.word("claim.mean_word")
    return facts.sentence("claim.number", value=threshold) if threshold else ""


_DESCRIBE: dict[str, Callable[[Claim, Facts, Links], Markup]] = {
    "tiers": _tiers, "comparison": _sides, "ratio": _sides, "difference": _sides,
}  # fmt: skip
"""Kinds whose sentence is made of several; that of any other has gaps only."""
