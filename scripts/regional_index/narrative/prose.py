"""What prose may call: each method is a macro, and writes one number, name or list inline."""

from collections.abc import Callable, Iterable

import pandas as pd
from markupsafe import Markup
from markupsafe import escape as escape_html

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Region
from regional_index.markup import (
    SCORE_DECIMALS,
    Links,
    drop_noise,
    element,
    escape,
    is_missing,
    show_change,
    show_number,
    show_printed,
    show_quantity,
)
from regional_index.narrative.claim_text import list_regions, show_figure
from regional_index.narrative.sentences import fill


class Prose:
    """Inline macros of one page. Unknown names and missing numbers raise `LookupFailed`.

    Years default to the last one of the open series, for an indicator to the last one it has. Scores print two
    decimals, ranks none.
    """

    def __init__(self, facts: Facts, links: Links) -> None:
        self._facts = facts
        self._links = links

    def macros(self) -> dict[str, Callable[..., object]]:
        """Every public method by its name, as prose calls it."""
        return {name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name != "macros"}

    # ---- the published edition

    def claim(self, claim_id: str) -> Markup:
        """The figure that a claim states, as printed, linked to its row in the list of claims."""
        claim = self._facts.edition.claim(claim_id)
        if not claim.value:
            raise LookupFailed(f'claim "{claim_id}" of kind "{claim.kind}" states no figure; use claim_regions')
        return self._links.claim(claim_id, show_figure(claim))

    def claim_regions(self, claim_id: str) -> Markup:
        """The regions that a claim names, linked, in its order."""
        claim = self._facts.edition.claim(claim_id)
        if not claim.regions:
            raise LookupFailed(f'claim "{claim_id}" of kind "{claim.kind}" names no regions directly')
        return list_regions(claim.regions, self._facts, self._links)

    def claim_tier(self, claim_id: str, tier: int) -> Markup:
        """The regions of one tier of a claim about tiers, linked; the first tier is 1."""
        tiers = self._facts.edition.claim(claim_id).details.get("tiers", ())
        if not 1 <= tier <= len(tiers):
            raise LookupFailed(f'claim "{claim_id}" has no tier {tier}; it has {len(tiers)}')
        return list_regions(tiers[tier - 1], self._facts, self._links)

    def claim_bound(self, claim_id: str, bound: str) -> Markup:
        """The `threshold`, `lower` or `upper` bound that a claim names, linked to its row."""
        value = self._facts.edition.claim(claim_id).details.get(bound, "")
        if not value or value == "mean":
            raise LookupFailed(f'claim "{claim_id}" names no figure as {bound}')
        return self._links.claim(claim_id, show_printed(value))

    def context(self, figure_id: str) -> Markup:
        """A figure that the publication quotes, with its unit, linked to its row in the list."""
        figure = self._facts.edition.figure(figure_id)
        number = show_printed(figure.value) + (f"–{show_printed(figure.upper)}" if figure.upper else "")
        return self._links.claim(figure_id, show_quantity(number, figure.unit))

    # ---- the open series

    def score(self, index: str, region: str, year: int | None = None) -> Markup:
        """Score of a region, linked to its receipt."""
        shown = _number(self._facts.score(index, region, year), SCORE_DECIMALS)
        return self._links.receipt(shown, index, self._facts.region(region).code, year)

    def rank(self, index: str, region: str, year: int | None = None) -> Markup:
        """Rank of a region."""
        return _number(self._facts.rank(index, region, year), 0)

    def mean(self, index: str, year: int | None = None) -> Markup:
        """Mean score over the regions that have one; says over how many where some have none."""
        summary = self._facts.group_summary("", "", index, year)
        return _number(summary["mean"], SCORE_DECIMALS) + self._over("mean", int(summary["count"]))

    def leader(self, index: str, place: int = 1, year: int | None = None) -> Markup:
        """Link to the region at this place of the ranking."""
        return self._links.region(self._at(index, place, year).code)

    def leader_score(self, index: str, place: int = 1, year: int | None = None) -> Markup:
        """Score of the region at this place of the ranking."""
        return self.score(index, self._at(index, place, year).code, year)

    def leaders(self, index: str, count: int, year: int | None = None) -> Markup:
        """The regions with the best scores, linked, best first."""
        self._at(index, count, year)
        return self._listed(self._facts.leaders(index, count, year))

    def climber(self, index: str) -> Markup:
        """The region that gained most places from the first year to the last, linked; all of them where several did."""
        return self._listed([self._facts.regions[code] for code in self._climbers(index)[0]])

    def climb(self, index: str) -> Markup:
        """How many places it gained."""
        return _number(self._climbers(index)[1], 0)

    def has_climber(self, index: str) -> bool:
        """Whether any region gained places, for sentences that name it."""
        return bool(self._gains(index).gt(0).any())

    def rank_change(self, index: str, region: str) -> Markup:
        """Places gained (+) or lost (−) from the first year to the last."""
        change = self._facts.rank_changes(index).get(self._facts.evaluated_region(region).code)
        if change is None:
            raise LookupFailed(f'index "{index}" has no change of rank for "{region}"')
        return element("span", show_change(change, 0), class_="ri-num")

    def group_mean(self, group: str, member: str, index: str, year: int | None = None) -> Markup:
        """Mean score of a group of regions; says over how many where some have none."""
        found = self._of_group(group, member, index, year)
        members = int((self._facts.membership(group) == member).sum())
        return _number(found["mean"], SCORE_DECIMALS) + self._over("mean", int(found["count"]), members)

    def group_share(self, group: str, member: str, index: str, year: int | None = None) -> Markup:
        """Share of a group in the sum of all regions' scores, in percent; says over how many where some have none.

        Raises:
            LookupFailed: Some scores are below 0, or all are 0: there is no sum to have a share in.
        """
        scores = self._facts.scores(index, year)["score"].dropna()
        if not (scores >= 0).all() or not scores.sum() > 0:
            raise LookupFailed(f'scores of "{index}" below 0, or only of 0, have no shares; use group_mean')
        share = self._of_group(group, member, index, year)["share"]
        return _percent(share * 100) + self._over("sum", len(scores))

    # ---- indicators

    def value(self, indicator: str, region: str, year: int | None = None) -> Markup:
        """Value of an indicator with its unit."""
        return self._measured(indicator, self._facts.value(indicator, region, year))

    def total(self, indicator: str, year: int | None = None) -> Markup:
        """Sum of an indicator over the regions that have it, with its unit; says over how many where some do not."""
        self._facts.indicator_year(indicator, year, additive=True)
        total = self._facts.indicator_total(indicator, year)
        return self._measured(indicator, total["sum"]) + self._over("sum", int(total["count"]))

    def growth(self, indicator: str, first: int, last: int) -> Markup:
        """Change of that sum between two years in percent, over the regions that have both."""
        if first == last:
            raise LookupFailed(f"{first} is compared with itself; name two years")
        growth, count = self._facts.indicator_growth(indicator, first, last)
        _refuse_missing(growth)
        return element("span", show_change(100 * growth, 1) + "%", class_="ri-num") + self._over("sum", count)

    def indicator_mean(self, indicator: str, year: int | None = None) -> Markup:
        """Plain mean of an indicator over the regions that have it, with its unit; says over how many."""
        total = self._facts.indicator_total(indicator, year)
        return self._measured(indicator, total["mean"]) + self._over("mean", int(total["count"]))

    def top(self, indicator: str, count: int, year: int | None = None) -> Markup:
        """The regions with the largest values of an indicator, linked."""
        values = self._largest(self._facts.indicator_year(indicator, year), count)
        return self._listed([self._facts.regions[str(code)] for code in values.index])

    def top_share(self, indicator: str, count: int, year: int | None = None) -> Markup:
        """Share of those regions in the sum of all, in percent."""
        values = self._facts.indicator_year(indicator, year, additive=True)
        self._largest(values, count)
        return _percent(100 * self._facts.largest(indicator, count, year)[1]) + self._over("sum", len(values))

    # ---- names and links

    def region(self, name: str) -> Markup:
        """Link to the page of a region."""
        return self._links.region(name)

    def index(self, code: str) -> Markup:
        """Link to the page of an index."""
        return self._links.index(code)

    def indicator(self, code: str) -> Markup:
        """Link to an indicator in the codebook."""
        return self._links.indicator(code)

    def trend(self, trend_id: str) -> Markup:
        """Link to the page of a trend."""
        trend = self._facts.edition.trend(trend_id)
        title = self._facts.sentence("trend.title", start=trend.shift_from, end=trend.shift_to)
        return element("a", title, href=self._links.to(f"trends/{trend_id}/"))

    def word(self, key: str) -> Markup:
        """A word of the site's language."""
        return escape(self._facts.word(key))

    def link(self, target: str) -> Markup:
        """Relative address of a page or file of the site, given from its root."""
        return Markup(escape_html(self._links.to(target)))

    def _at(self, index: str, place: int, year: int | None) -> Region:
        ranked = self._facts.leaders(index, max(place, 0), year)
        if not 1 <= place <= len(ranked):
            raise LookupFailed(f'index "{index}" has no region at place {place}')
        return ranked[place - 1]

    def _climbers(self, index: str) -> tuple[list[str], int]:
        gains = self._gains(index)
        if gains.empty or gains.max() <= 0:
            raise LookupFailed(f'no region has gained a place in index "{index}"')
        return [str(code) for code in gains.index[gains == gains.max()]], int(gains.max())

    def _gains(self, index: str) -> pd.Series:
        return self._facts.rank_changes(index).astype(int)

    def _of_group(self, group: str, member: str, index: str, year: int | None) -> dict[str, float]:
        self._facts.framework.group(group)
        return self._facts.group_summary(group, member, index, year)

    def _largest(self, values: pd.Series, count: int) -> pd.Series:
        if not 1 <= count <= len(values):
            raise LookupFailed(f"there are {len(values)} regions with a value, not {count}")
        return values.nlargest(count)

    def _listed(self, regions: Iterable[Region]) -> Markup:
        return list_regions([region.code for region in regions], self._facts, self._links)

    def _over(self, what: str, count: int, all_of_them: int | None = None) -> Markup:
        """Over how many regions a sum or mean is; nothing where it is over all."""
        whole = len(self._facts.regions.evaluated) if all_of_them is None else all_of_them
        return Markup("") if count == whole else fill(self._facts, f"prose.over_{what}", count=count)

    def _measured(self, indicator: str, value: float) -> Markup:
        declared = self._facts.indicator(indicator)
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
