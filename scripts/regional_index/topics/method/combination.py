"""Weighting and aggregation in words: weights, the rule, and what is done where a part is missing."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Rule, at_depth
from regional_index.method.rules import WEIGH
from regional_index.render import Links, drop_noise, fill, join_sentences, join_words, show_number
from regional_index.render.macros import macro
from regional_index.topics.method.rule_text import describe_rule, show_formula, show_share
from regional_index.topics.method.rules_in_use import indices_with_parts, rescales, rule_of_level, rules_of_levels

PARTIAL_MARK = "*"


# Two judgements cannot contradict each other.
ALWAYS_CONSISTENT = 2


class Passage(NamedTuple):
    """Sentences about a step, and the formula they lead to, if any."""

    text: Markup
    formula: Markup = Markup("")


@macro("combination", needs="weights")
def say_combination(facts: Facts, links: Links, index: str) -> Markup:
    """Say how the parts of one index make its score: weights, the rule, and what is done where a part is missing."""
    code = facts.node(index).code
    rule = rule_of_level(facts, "weight", code)
    sentences = [
        _say_weights(facts, links, rule, [code]),
        _say_aggregate(facts, links, rule_of_level(facts, "aggregate", code), [code]),
        fill(facts, "method.rescaled_plain") if rescales(facts, code) else "",
    ]
    return join_sentences(facts, sentences)


def say_weighting(facts: Facts, links: Links) -> list[Passage]:
    """Say where weights come from, for each level."""
    return _say_levels(facts, links, "weight", _say_weights)


def say_aggregation(facts: Facts, links: Links) -> list[Passage]:
    """Say how scores are aggregated, for each level, and what is done where a part is missing."""
    missing = join_sentences(facts, _say_what_is_missing(facts, links))
    return [*_say_levels(facts, links, "aggregate", _say_aggregate), Passage(missing)]


def list_indices(facts: Facts, links: Links, codes: Sequence[str]) -> Markup:
    """Some indices, linked."""
    return join_words(map(links.index, codes), facts.word("list.separator"))


def _say_levels(
    facts: Facts, links: Links, step: str, say: Callable[[Facts, Links, Rule, Sequence[str]], Markup]
) -> list[Passage]:
    found = rules_of_levels(facts, step)
    passages = []
    for rule, codes in found:
        said = say(facts, links, rule, codes)
        if len(found) > 1:
            said = fill(facts, "method.for", indices=list_indices(facts, links, codes), text=said)
        passages.append(Passage(said, show_formula(facts, links, step, rule)))
    return passages


def _say_aggregate(facts: Facts, links: Links, rule: Rule, codes: Sequence[str]) -> Markup:
    return describe_rule(facts, links, "aggregate", rule)


def _say_weights(facts: Facts, links: Links, rule: Rule, codes: Sequence[str]) -> Markup:
    equal = all(len(set(facts.node(code).child_weights.values())) == 1 for code in codes)
    if WEIGH[rule.name].is_declared and equal:
        return fill(facts, f"method.weight.{rule.name}-equal")
    said = describe_rule(facts, links, "weight", rule)
    pairwise = facts.framework.pairwise if WEIGH[rule.name].file == "comparisons" else {}
    compared = {code: pairwise.get(code, ()) for code in codes}
    ratios = {
        code: show_number(drop_noise(facts.results.consistency[code]), 3)
        for code, matrix in compared.items()
        if len(matrix) > ALWAYS_CONSISTENT
    }
    agreeing = [
        fill(facts, "method.weight.consistency", index=links.index(code), ratio=ratio) for code, ratio in ratios.items()
    ]
    return join_sentences(facts, [said, *agreeing])


def _say_what_is_missing(facts: Facts, links: Links) -> Iterator[Markup]:
    shares: dict[float, list[str]] = {}
    for code in indices_with_parts(facts):
        share = at_depth(facts.framework.method.minimum_weight_share, facts.framework.depths[code])
        shares.setdefault(share, []).append(code)
    for share, codes in shares.items():
        key = "method.share" if len(shares) == 1 else "method.share_of"
        yield fill(facts, key, share=show_share(share), indices=list_indices(facts, links, codes))
    rescaled = any(rescales(facts, code) for code in indices_with_parts(facts))
    yield fill(facts, "method.rescaled" if rescaled else "method.not_rescaled", mark=PARTIAL_MARK)
    without = [code for code, node in facts.framework.nodes.items() if not node.child_weights]
    if without:
        yield fill(facts, "method.not_computed", indices=list_indices(facts, links, without))
