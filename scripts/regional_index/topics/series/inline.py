"""Numbers and regions of the open series inside sentences.

Years default to the last one of the series, for an indicator to the last one it has. Scores print two decimals, ranks
none. Unknown names and missing numbers raise `LookupFailed`.
"""

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Region
from regional_index.render import (
    SCORE_DECIMALS,
    Links,
    drop_noise,
    element,
    fill,
    is_missing,
    join_words,
    show_change,
    show_number,
    show_quantity,
    show_years,
)
from regional_index.render.macros import macro
from regional_index.topics.edition.claim_text import list_regions
from regional_index.topics.series.changes import say_certainty


@macro()
def score(facts: Facts, links: Links, index: str, region: str, year: int | None = None) -> Markup:
    """Score of a region, linked to its receipt."""
    shown = _number(facts.open.score(index, region, year), SCORE_DECIMALS)
    return links.receipt(shown, index, facts.region(region).code, year)


@macro()
def rank(facts: Facts, index: str, region: str, year: int | None = None) -> Markup:
    """Rank of a region."""
    return _number(facts.open.rank(index, region, year), 0)


@macro()
def mean(facts: Facts, index: str, year: int | None = None) -> Markup:
    """Mean score over the regions that have one; says over how many where some have none."""
    summary = facts.open.group_summary("", "", index, year)
    return _number(summary["mean"], SCORE_DECIMALS) + over(facts, "mean", int(summary["count"]))


@macro()
def leader(facts: Facts, links: Links, index: str, place: int = 1, year: int | None = None) -> Markup:
    """Link to the region at this place of the ranking."""
    return links.region(_at(facts, index, place, year).code)


@macro()
def leader_score(facts: Facts, links: Links, index: str, place: int = 1, year: int | None = None) -> Markup:
    """Score of the region at this place of the ranking."""
    return score(facts, links, index, _at(facts, index, place, year).code, year)


@macro()
def leaders(facts: Facts, links: Links, index: str, count: int, year: int | None = None) -> Markup:
    """The regions with the best scores, linked, best first."""
    _at(facts, index, count, year)
    return _listed(facts, links, facts.open.leaders(index, count, year))


@macro()
def climber(facts: Facts, links: Links, index: str) -> Markup:
    """The region that gained most places from the first year to the last, linked; all of them where several did.

    A word says so where the change is not certain.
    """
    named = [say_certainty(facts, links.region(code), index, code) for code in _climbers(facts, index)[0]]
    return join_words(named, facts.word("list.separator"))


@macro()
def climb(facts: Facts, index: str) -> Markup:
    """Number of places that the biggest climber gained."""
    return _number(_climbers(facts, index)[1], 0)


@macro()
def has_climber(facts: Facts, index: str) -> bool:
    """Whether any region gained places, for sentences that name it."""
    return bool(_gains(facts, index).gt(0).any())


@macro()
def rank_change(facts: Facts, index: str, region: str) -> Markup:
    """Places gained (+) or lost (−) from the first year to the last, with a word where the change is not certain."""
    code = facts.evaluated_region(region).code
    change = facts.open.rank_changes(index).get(code)
    if change is None:
        raise LookupFailed(f'index "{index}" has no change of rank for "{region}"')
    return say_certainty(facts, element("span", show_change(change, 0), class_="ri-num"), index, code)


@macro()
def group_mean(facts: Facts, group: str, member: str, index: str, year: int | None = None) -> Markup:
    """Mean score of a group of regions; says over how many where some have none."""
    found = _of_group(facts, group, member, index, year)
    members = int((facts.membership(group) == member).sum())
    return _number(found["mean"], SCORE_DECIMALS) + over(facts, "mean", int(found["count"]), members)


@macro()
def group_share(facts: Facts, group: str, member: str, index: str, year: int | None = None) -> Markup:
    """Share of a group in the sum of all regions' scores, in percent; says over how many where some have none.

    Raises:
        LookupFailed: Some scores are below 0, or all are 0: there is no sum to have a share in.
    """
    scores = facts.open.scores(index, year)["score"].dropna()
    if not (scores >= 0).all() or not scores.sum() > 0:
        raise LookupFailed(f'scores of "{index}" below 0, or only of 0, have no shares; use group_mean')
    share = _of_group(facts, group, member, index, year)["share"]
    return _percent(share * 100) + over(facts, "sum", len(scores))


@macro()
def value(facts: Facts, indicator: str, region: str, year: int | None = None) -> Markup:
    """Value of an indicator with its unit."""
    return _measured(facts, indicator, facts.values.value(indicator, region, year))


@macro()
def total(facts: Facts, indicator: str, year: int | None = None) -> Markup:
    """Sum of an indicator over the regions that have it, with its unit; says over how many where some do not."""
    facts.values.in_year(indicator, year, additive=True)
    total = facts.values.total(indicator, year)
    return _measured(facts, indicator, total["sum"]) + over(facts, "sum", int(total["count"]))


@macro()
def growth(facts: Facts, indicator: str, first: int, last: int) -> Markup:
    """Change of that sum between two years in percent, over the regions that have both; says if it crosses a break."""
    if first == last:
        raise LookupFailed(f"{first} is compared with itself; name two years")
    growth, count = facts.values.growth(indicator, first, last)
    _refuse_missing(growth)
    shown = element("span", show_change(100 * growth, 1) + "%", class_="ri-num") + over(facts, "sum", count)
    breaks = facts.indicator(indicator).breaks_between(first, last)
    return shown + fill(facts, "prose.across_break", years=show_years(facts, list(breaks))) if breaks else shown


@macro()
def indicator_mean(facts: Facts, indicator: str, year: int | None = None) -> Markup:
    """Plain mean of an indicator over the regions that have it, with its unit; says over how many."""
    total = facts.values.total(indicator, year)
    return _measured(facts, indicator, total["mean"]) + over(facts, "mean", int(total["count"]))


@macro()
def top(facts: Facts, links: Links, indicator: str, count: int, year: int | None = None) -> Markup:
    """The regions with the largest values of an indicator, linked."""
    values = _largest(facts.values.in_year(indicator, year), count)
    return _listed(facts, links, [facts.regions[str(code)] for code in values.index])


@macro()
def top_share(facts: Facts, indicator: str, count: int, year: int | None = None) -> Markup:
    """Share of those regions in the sum of all, in percent."""
    values = facts.values.in_year(indicator, year, additive=True)
    _largest(values, count)
    return _percent(100 * facts.values.largest(indicator, count, year)[1]) + over(facts, "sum", len(values))


def _at(facts: Facts, index: str, place: int, year: int | None) -> Region:
    ranked = facts.open.leaders(index, max(place, 0), year)
    if not 1 <= place <= len(ranked):
        raise LookupFailed(f'index "{index}" has no region at place {place}')
    return ranked[place - 1]


def _climbers(facts: Facts, index: str) -> tuple[list[str], int]:
    gains = _gains(facts, index)
    if gains.empty or gains.max() <= 0:
        raise LookupFailed(f'no region has gained a place in index "{index}"')
    return [str(code) for code in gains.index[gains == gains.max()]], int(gains.max())


def _gains(facts: Facts, index: str) -> pd.Series:
    return facts.open.rank_changes(index).astype(int)


def _of_group(facts: Facts, group: str, member: str, index: str, year: int | None) -> dict[str, float]:
    facts.framework.group(group)
    return facts.open.group_summary(group, member, index, year)


def _largest(values: pd.Series, count: int) -> pd.Series:
    if not 1 <= count <= len(values):
        raise LookupFailed(f"there are {len(values)} regions with a value, not {count}")
    return values.nlargest(count)


def _listed(facts: Facts, links: Links, regions: Iterable[Region]) -> Markup:
    return list_regions([region.code for region in regions], facts, links)


def over(facts: Facts, what: str, count: int, all_of_them: int | None = None) -> Markup:
    """Over how many regions a sum or mean is; nothing where it is over all."""
    whole = len(facts.regions.evaluated) if all_of_them is None else all_of_them
    return Markup("") if count == whole else fill(facts, f"prose.over_{what}", count=count)


def _measured(facts: Facts, indicator: str, value: float) -> Markup:
    declared = facts.indicator(indicator)
    text = show_quantity(show_number(value, declared.decimals), declared.unit)
    return element("span", text, class_="ri-num")


def _number(value: float, decimals: int) -> Markup:
    _refuse_missing(value)
    return element("span", show_number(drop_noise(value), decimals), class_="ri-num")


def _percent(value: float) -> Markup:
    _refuse_missing(value)
    return element("span", show_number(value, 1) + "%", class_="ri-num")


def _refuse_missing(value: float) -> None:
    if is_missing(value):
        raise LookupFailed("there is no number to print")
