"""The method in words, step by step, as the framework declares it."""

from collections.abc import Callable, Iterable

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.method.rules import NORMALISE, own_options
from regional_index.render import Links, element, fill, join_sentences, join_words, show_number, show_years
from regional_index.render.macros import macro
from regional_index.topics.method.combination import Passage, say_aggregation, say_weighting
from regional_index.topics.method.rule_text import (
    describe_rule,
    name_with_options,
    show_formula,
    show_plain,
)
from regional_index.topics.method.rules_in_use import rules_of_indicators
from regional_index.topics.method.treatment import FILLED_MARK
from regional_index.topics.names import list_regions_and_years

NOTES = {
    "constant": "constant",
    "no reference value": "no-reference",
    "the reference is not better than the worst value": "reference-is-worst",
}


@macro(needs="weights")
def method_steps(facts: Facts, links: Links) -> Markup:
    """Every step that the framework declares, in order: what is done, with its options, and the formula."""
    blocks: list[Markup] = []
    steps = [(step, say(facts, links)) for step, say in STEPS.items()]
    for number, (step, passages) in enumerate([(step, found) for step, found in steps if found], start=1):
        title = fill(facts, "method.heading", number=number, step=facts.word(f"method.step.{step}"))
        for position, passage in enumerate(passages):
            heading = [element("strong", title), " "] if position == 0 else []
            blocks.append(element("p", *heading, passage.text))
            if passage.formula:
                blocks.append(element("p", passage.formula, class_="ri-formula"))
    return Markup("\n\n").join(blocks)


def _say_denominators(facts: Facts, links: Links) -> list[Passage]:
    """Which indicators are divided by which other one; nothing where none is."""
    groups: dict[tuple[str, float], list[str]] = {}
    for code in facts.framework.used_indicators:
        per = facts.indicator(code).per
        if per:
            groups.setdefault((per.indicator, per.scale), []).append(code)
    sentences = [
        fill(
            facts,
            "method.per" if scale == 1 else "method.per_scaled",
            indicators=_list(facts, map(links.indicator, codes)),
            denominator=site_name(facts.indicator(denominator).name),
            scale=show_plain(scale),
        )
        for (denominator, scale), codes in groups.items()
    ]
    return [Passage(join_sentences(facts, sentences))] if sentences else []


def _say_screening(facts: Facts, links: Links) -> list[Passage]:
    rule = facts.framework.method.screen
    said = describe_rule(facts, links, "screen", rule)
    if rule.name == "none":
        return [Passage(said)]
    enough = facts.results.screening["enough"]
    rows = enough[~enough].index.to_frame(index=False)
    found = fill(facts, "method.screen.all_enough")
    if len(rows):
        found = fill(facts, "method.screen.not_enough", regions=list_regions_and_years(facts, links, rows))
    return [Passage(join_sentences(facts, [said, found]))]


def _say_imputation(facts: Facts, links: Links) -> list[Passage]:
    passages = _say_by_indicator(facts, links, "impute")
    about_gaps = [fill(facts, "method.missing")]
    if any(name != "none" for name in facts.results.imputation_rules.values()):
        count = show_number(int(facts.results.filled.to_numpy().sum()), 0)
        about_gaps.append(fill(facts, "method.filled", count=count, mark=FILLED_MARK))
    if len(passages) > 1:
        return [*passages, Passage(join_sentences(facts, about_gaps))]
    return [Passage(join_sentences(facts, [passages[0].text, *about_gaps]))]


def _say_treatment(facts: Facts, links: Links) -> list[Passage]:
    return _say_by_indicator(facts, links, "treat")


def _say_normalisation(facts: Facts, links: Links) -> list[Passage]:
    passages = _say_by_indicator(facts, links, "normalise")
    notes = facts.results.unscored
    unscored = []
    for note, rows in notes[notes["note"].isin(list(NOTES))].groupby("note", sort=False):
        named = [_where_noted(facts, links, str(code), of) for code, of in rows.groupby("indicator", sort=False)]
        unscored.append(fill(facts, f"method.note.{NOTES[str(note)]}", indicators=_list(facts, named)))
    return [*passages, Passage(join_sentences(facts, unscored))] if unscored else passages


def _say_ranks(facts: Facts, links: Links) -> list[Passage]:
    return [Passage(fill(facts, "method.rank"))]


STEPS: dict[str, Callable[[Facts, Links], list[Passage]]] = {
    "denominate": _say_denominators,
    "screen": _say_screening,
    "impute": _say_imputation,
    "treat": _say_treatment,
    "normalise": _say_normalisation,
    "weight": say_weighting,
    "aggregate": say_aggregation,
    "rank": _say_ranks,
}


def _say_by_indicator(facts: Facts, links: Links, step: str) -> list[Passage]:
    """The rule of the method first, then those of indicators with a rule of their own, with their names."""
    passages = []
    for position, (rule, codes) in enumerate(rules_of_indicators(facts, step)):
        named = _list(facts, [name_with_options(facts, links, step, code) for code in codes])
        sentences = [describe_rule(facts, links, step, rule)]
        if position == 0 and codes and own_options(step, rule):
            sentences.append(fill(facts, "method.items", items=named))
        turned = [code for code in codes if facts.indicator(code).direction < 0]
        if step == "normalise" and turned and NORMALISE[rule.name].turned:
            listed = _list(facts, map(links.indicator, turned))
            sentences.append(fill(facts, "method.normalise.turned", indicators=listed))
        text = join_sentences(facts, sentences)
        if position:
            text = fill(facts, "method.except", things=named, text=text)
        passages.append(Passage(text, show_formula(facts, links, step, rule)))
    return passages


def _where_noted(facts: Facts, links: Links, code: str, notes: pd.DataFrame) -> Markup:
    """An indicator with the regions or the years that its notes are about, unless they are about all."""
    regions = [links.region(region) for region in notes["region"].unique() if region]
    years = show_years(facts, {int(year) for year in notes["year"] if year})
    if not regions and not years:
        return links.indicator(code)
    where = _list(facts, [*regions, *([years] if years else [])])
    return fill(facts, "method.noted", indicator=links.indicator(code), where=where)


def _list(facts: Facts, items: Iterable[object]) -> Markup:
    return join_words(items, facts.word("list.separator"))
