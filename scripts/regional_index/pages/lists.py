"""Lists, the map that leads to the region pages, and the worked example."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, Source
from regional_index.markup import Links, element, escape, show_number
from regional_index.markup.numbers import is_missing
from regional_index.narrative import fill
from regional_index.tables import Column, render_table, table_steps
from regional_index.tables.grid import Cell, number_cell
from regional_index.tables.series import score_cell

SCORE_DECIMALS = 2


class Lists:
    """Block macros that list regions, sources or steps."""

    def __init__(self, facts: Facts, links: Links) -> None:
        self._facts = facts
        self._links = links

    def leaders_list(self, index: str, count: int) -> Markup:
        """The best regions of an index with bars."""
        scores = self._facts.scores(index)
        items = [
            element(
                "li",
                self._links.region(region.code),
                element("span", score_cell(self._facts, index, region.code).content, class_="ri-num"),
                style=f"--ri-share:{scores.loc[region.code, 'score']:.1f}%",
            )
            for region in self._facts.leaders(index, count)
        ]
        return element("ol", *items, class_="ri-leaders")

    def region_map(self) -> Markup:
        """All regions as tiles in their place, each leading to its page, with its ranks in the top indices."""
        tiles = [self._tile(region) for region in self._facts.regions.values()]
        return element("ul", *tiles, class_="ri-tiles", aria_label=self._facts.word("block.map_label"))

    def region_lists(self, group: str) -> Markup:
        """The regions of every member of a grouping, linked."""
        membership = self._facts.membership(group)
        rows = []
        for member in self._facts.framework.group(group).order:
            regions = [self._links.region(str(code)) for code, name in membership.items() if name == member]
            rows.append(element("dt", member) + element("dd", Markup(self._facts.word("list.separator")).join(regions)))
        return element("dl", *rows, class_="ri-lists")

    def sources_of(self, index: str) -> list[Source]:
        """The sources of all indicators below an index, each once."""
        nodes = [self._facts.node(index)]
        names: dict[str, None] = {}
        while nodes:
            node = nodes.pop(0)
            nodes += node.children
            names |= dict.fromkeys(self._facts.indicator(code).source for code in node.indicators)
        return [self._facts.project.sources[name] for name in names]

    def worked_example(self, region: str, top: str) -> Markup:
        """One region from raw figures to the top index, every step with its numbers."""
        facts, year = self._facts, self._facts.last_year
        name = facts.region(region).name
        parts: list[Markup] = [element("p", fill(facts, "block.example_values", region=name, year=year))]
        return Markup("\n\n").join(parts + self._steps_below(top, region))

    def _steps_below(self, index: str, region: str) -> list[Markup]:
        facts, node = self._facts, self._facts.node(index)
        if node.indicators:
            return [table_steps(facts, self._links, index, region), self._sum(index, region)]
        below = [self._steps_below(child.code, region) for child in node.children if child.code in facts.computed_nodes]
        last = element("p", fill(facts, "block.example_top", index=self._links.index(index)))
        return [step for steps in below for step in steps] + [last, self._sum(index, region)]

    def table_control_totals(self) -> Markup:
        """The sum of the regions beside the national total published elsewhere."""
        facts, word = self._facts, self._facts.word
        columns = [
            Column(word("table.indicator")),
            Column(word("table.year")),
            Column(word("block.sum"), numeric=True),
            Column(word("block.control"), numeric=True),
            Column(word("block.gap"), numeric=True),
            Column(word("table.note"), wide=True),
        ]
        rows = []
        for control in facts.project.control_totals:
            summed = float(facts.indicator_year(control.indicator, control.year, additive=True).sum())
            gap = summed - control.total
            cells = [number_cell(value, 2) for value in (summed, control.total, gap)]
            year = Cell(str(control.year), sort=control.year)
            rows.append([self._links.indicator(control.indicator), year, *cells, control.note])
        return render_table(columns, rows, caption=word("block.control_totals"))

    def score_or_dash(self, index: str, region: str) -> Markup:
        """Score of the last year, marked where it is partial, or a dash."""
        return escape(score_cell(self._facts, index, self._facts.evaluated_region(region).code).content)

    def rank_or_dash(self, index: str, region: str) -> Markup:
        """Rank of the last year in words, or nothing."""
        rank = self._facts.scores(index).loc[self._facts.evaluated_region(region).code, "rank"]
        return Markup("") if is_missing(rank) else fill(self._facts, "block.rank_short", rank=show_number(rank, 0))

    def _sum(self, index: str, region: str) -> Markup:
        facts, code = self._facts, self._facts.region(region).code
        weights = facts.results.weights[index]
        scores = {str(child): self._child_score(str(child), code) for child in weights.index}
        present = {child: score for child, score in scores.items() if not is_missing(score)}
        whole = sum(weights[child] for child in present)
        terms = " + ".join(
            f"{show_number(weights[child] / whole, 4)} × {show_number(score, SCORE_DECIMALS)}"
            for child, score in present.items()
        )
        return element(
            "p",
            fill(
                facts,
                "block.example_sum",
                index=self._links.index(index),
                terms=terms,
                score=show_number(facts.score(index, region), SCORE_DECIMALS),
                rank=facts.rank(index, region),
            ),
            class_="ri-formula",
        )

    def _child_score(self, child: str, region: str) -> float:
        facts = self._facts
        if child in facts.framework.nodes:
            return float(facts.scores(child).loc[region, "score"])
        return float(facts.results.normalised.loc[(region, facts.last_year), child])

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
