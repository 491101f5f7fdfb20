"""Block macros: charts, tables and shared parts of a page."""

from collections.abc import Callable
from functools import partial, wraps

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import Links
from regional_index.narrative import (
    explain_verdict,
    infer_weights,
    known_of_region,
    list_conflicts,
    method_steps,
    missing_scores,
    movement,
    neighbours,
    published_answer,
    say_combination,
    state_checked,
    stated_of_region,
    strengths,
    summarise_audit,
    summarise_self_test,
    verdict_word,
)
from regional_index.pages.chart_block import ChartBlock
from regional_index.pages.lists import Lists
from regional_index.pages.receipt import list_receipts
from regional_index.pages.soundness import soundness_macros
from regional_index.pages.take_along import WITHOUT_FILES, TakeAlong
from regional_index.pages.worked_example import worked_example
from regional_index.tables import (
    compare_data,
    fold_next_steps,
    table_claims,
    table_codebook,
    table_columns,
    table_compare,
    table_context,
    table_control_totals,
    table_corrections,
    table_edition,
    table_imputed,
    table_indicators,
    table_next_steps,
    table_open,
    table_region_edition,
    table_region_indices,
    table_region_years,
    table_regions,
    table_self_test,
    table_self_test_kinds,
    table_sources,
    table_steps,
    table_treated,
    table_tree,
    table_weights,
)

# The result table without which a macro has nothing to say.
NEEDED = {
    "combination": "weights",
    "compare_data": "neighbours",
    "method_steps": "weights",
    "neighbours": "neighbours",
    "next_steps": "next_steps",
    "receipts": "steps",
    "table_control_totals": "control_totals",
    "table_decomposition": "decomposition",
    "table_indicators": "cells",
    "table_next_steps": "next_steps",
    "table_steps": "steps",
    "weighing_panel": "weights",
    "worked_example": "steps",
}


class Blocks:
    """Block macros of one page; each returns HTML on one line."""

    def __init__(self, facts: Facts, links: Links, charts: ChartBlock, take_along: TakeAlong) -> None:
        self._facts = facts
        self._links = links
        self._charts = charts
        self._take_along = take_along

    def macros(self) -> dict[str, Callable[..., object]]:
        """Every block by the name that prose calls it; their tables offer files, charts do so themselves."""
        offer = self._take_along.offer_tables
        made = {name: self._answering(name, macro) for name, macro in self._blocks().items()}
        blocks = {name: macro if name in WITHOUT_FILES else offer(name, macro) for name, macro in made.items()}
        return {"chart": self._charts.chart, "has_chart": self._charts.has, **blocks}

    def _answering(self, name: str, macro: Callable[..., object]) -> Callable[..., object]:
        """The macro, but refused where the results do not hold what it needs."""
        if name not in NEEDED:
            return macro

        @wraps(macro)
        def call(*arguments: object, **named: object) -> object:
            self._facts.required_table(NEEDED[name])
            return macro(*arguments, **named)

        return call

    def _blocks(self) -> dict[str, Callable[..., object]]:
        facts, links = self._facts, self._links
        lists = Lists(facts, links)
        return {
            **self._study(),
            **soundness_macros(facts, links),
            "stated": partial(state_checked, facts, links),
            "published_answer": lambda index: published_answer(facts, links, index),
            "region_sentence": lambda region: stated_of_region(facts, links, region),
            "strengths": lambda region: strengths(facts, links, region),
            "movement": lambda region: movement(facts, links, region),
            "neighbours": lambda region: neighbours(facts, links, region),
            "missing_list": lambda: missing_scores(facts, links),
            "leaders_list": lists.leaders_list,
            "region_map": lists.region_map,
            "region_lists": lists.region_lists,
            "sources_of": lists.sources_of,
            "method_steps": lambda: method_steps(facts, links),
            "combination": lambda index: say_combination(facts, links, index),
            "worked_example": lambda region, top: worked_example(facts, links, region, top),
            "receipts": lambda region, address="": list_receipts(facts, links, region, address),
            "score_or_dash": lists.score_or_dash,
            "rank_or_dash": lists.rank_or_dash,
            "table_control_totals": lambda: table_control_totals(facts, links),
            "table_open": lambda index: table_open(facts, links, index),
            "table_indicators": lambda index: table_indicators(facts, links, index),
            "table_steps": lambda index, region, year=None: table_steps(facts, links, index, region, year),
            "table_claims": self.claims,
            "table_claims_of_region": self.claims_of_region,
            "table_context": self.context,
            "table_trend_figures": self.trend_figures,
            "table_region_indices": lambda region: table_region_indices(facts, links, region),
            "table_region_years": lambda region: table_region_years(facts, links, region),
            "table_regions": lambda: table_regions(facts, links),
            "compare_data": lambda: compare_data(facts, links),
            "next_steps": lambda region: fold_next_steps(facts, links, region),
            "table_next_steps": lambda region, index: table_next_steps(facts, links, region, index),
            "table_compare": lambda: table_compare(facts, links),
            "table_imputed": lambda: table_imputed(facts, links),
            "table_treated": lambda: table_treated(facts, links),
            "table_tree": lambda: table_tree(facts, links),
            "table_codebook": lambda: table_codebook(facts),
            "table_columns": lambda: table_columns(facts),
            "table_sources": lambda: table_sources(facts),
            "table_corrections": lambda: table_corrections(facts, links),
        }

    def _study(self) -> dict[str, Callable[..., object]]:
        """Blocks about what follows from the published edition."""
        facts, links = self._facts, self._links
        return {
            "verdict_word": lambda claim_id: verdict_word(facts, claim_id),
            "verdict_reason": lambda claim_id: explain_verdict(facts, links, claim_id),
            "audit_summary": lambda: summarise_audit(facts),
            "self_test": lambda: summarise_self_test(facts),
            "conflicts": lambda index="", overlapping=False: list_conflicts(
                facts, links, index, overlapping=overlapping
            ),
            "weights": lambda index: infer_weights(facts, links, index),
            "region_known": lambda region: known_of_region(facts, links, region),
            "table_edition": lambda index: table_edition(facts, links, index),
            "table_region_edition": lambda region: table_region_edition(facts, links, region),
            "table_self_test": lambda: table_self_test(facts),
            "table_self_test_kinds": lambda: table_self_test_kinds(facts),
            "table_weights": lambda index: table_weights(facts, links, index),
        }

    def claims(self, index: str, anchors: bool = False) -> Markup:
        """All claims about an index."""
        caption = self._facts.sentence("caption.claims", index=self._links.name(index))
        claims = list(self._facts.edition.claims_about(index=index))
        return table_claims(self._facts, self._links, claims, caption, anchors=anchors)

    def claims_of_region(self, region: str) -> Markup:
        """All claims that name a region."""
        found = self._facts.region(region)
        caption = self._facts.sentence("caption.claims_region", region=found.name)
        claims = list(self._facts.edition.claims_about(region=found.code))
        return table_claims(self._facts, self._links, claims, caption)

    def context(self) -> Markup:
        """All context figures, with anchors."""
        figures = list(self._facts.edition.context.values())
        return table_context(self._facts, figures, self._facts.word("caption.context"), anchors=True)

    def trend_figures(self, trend: str) -> Markup:
        """The context figures of a trend; nothing where there are none."""
        ids = self._facts.edition.trend(trend).context
        if not ids:
            return Markup("")
        figures = [self._facts.edition.figure(figure_id) for figure_id in ids]
        return table_context(self._facts, figures, self._facts.word("caption.context"))
