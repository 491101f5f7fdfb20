"""Lists of regions and sources, and the map that leads to the region pages."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, Source
from regional_index.markup import Links, element, escape, join_words, show_number
from regional_index.narrative import show_place, show_range
from regional_index.tables.grid import bar_style
from regional_index.tables.series import score_cell


class Lists:
    """Block macros that list regions or sources."""

    def __init__(self, facts: Facts, links: Links) -> None:
        self._facts = facts
        self._links = links

    def leaders_list(self, index: str, count: int) -> Markup:
        """The best regions of an index with the ranges of their ranks, their scores and bars."""
        scores, scale = self._facts.scores(index)["score"], self._facts.score_scale(index)
        items = [
            element("li", *self._leader(index, region), style=bar_style(scale.bar(scores[region.code])))
            for region in self._facts.leaders(index, count)
        ]
        return element("ol", *items, class_="ri-leaders")

    def _leader(self, index: str, region: Region) -> list[Markup]:
        between = show_range(self._facts, index, region.code)
        span = [element("small", between, class_="ri-num")] if between else []
        score = element("span", score_cell(self._facts, self._links, index, region.code).content, class_="ri-num")
        return [self._links.region(region.code), *span, score]

    def region_map(self) -> Markup:
        """All regions as tiles in their place, each leading to its page, with its ranks in the top indices."""
        tiles = [self._tile(region) for region in self._facts.regions.values()]
        columns = max(region.tile[0] for region in self._facts.regions.values())
        label = self._facts.word("block.map_label")
        return element("ul", *tiles, class_="ri-tiles", aria_label=label, style=f"--ri-columns:{columns}")

    def region_lists(self, group: str) -> Markup:
        """The regions of every member of a grouping, linked."""
        membership = self._facts.membership(group)
        rows = []
        for member in self._facts.framework.group(group).order:
            regions = [self._links.region(str(code)) for code, name in membership.items() if name == member]
            rows.append(element("dt", member) + element("dd", join_words(regions, self._facts.word("list.separator"))))
        return element("dl", *rows, class_="ri-lists")

    def sources_of(self, index: str) -> list[Source]:
        """The sources of all indicators below an index, each once, what they are divided by included."""
        return [self._facts.declared.sources[name] for name in self._facts.framework.sources_below(index)]

    def score_or_dash(self, index: str, region: str) -> Markup:
        """Score of the last year, marked where it is partial, or a dash."""
        return escape(score_cell(self._facts, self._links, index, self._facts.evaluated_region(region).code).content)

    def rank_or_dash(self, index: str, region: str) -> Markup:
        """Rank of the last year in words with its range, or nothing."""
        return escape(show_place(self._facts, index, self._facts.evaluated_region(region).code))

    def _tile(self, region: Region) -> Markup:
        place = f"grid-column:{region.tile[0]};grid-row:{region.tile[1]}"
        if not region.evaluated:
            word = self._facts.word("block.not_evaluated")
            label = element("span", word, class_="ri-hidden")
            return element(
                "li", element("span", region.name, " ", label), style=place, class_="ri-tiles__outside", title=word
            )
        ranks = [self._facts.scores(top.code).loc[region.code, "rank"] for top in self._facts.framework.indices]
        shown = " · ".join(show_number(rank, 0) for rank in ranks)
        link = element("a", region.name, " ", element("small", shown), href=self._links.to(f"regions/{region.slug}/"))
        return element("li", link, style=place)
