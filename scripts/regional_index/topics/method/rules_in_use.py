"""Which rules the framework uses where: by indicator, and by level of the tree."""

from regional_index.facts import Facts
from regional_index.framework import Rule, at_depth, group_by_rule
from regional_index.method.rules import Aggregation, aggregation_by, aggregation_of, own_options


def rules_of_indicators(facts: Facts, step: str) -> list[tuple[Rule, list[str]]]:
    """Rules with the indicators that follow them, that of the method first.

    Rules that are alike but for what every indicator has for itself are one.

    Args:
        facts: Says the rules.
        step: `impute`, `treat` or `normalise`.
    """
    declared: Rule = getattr(facts.framework.method, step)
    found: list[tuple[Rule, list[str]]] = [(declared, [])]
    for code in facts.framework.used_indicators:
        rule = facts.framework.rule_of(step, code)
        same = [codes for known, codes in found if _shared_part(step, known) == _shared_part(step, rule)]
        if same:
            same[0].append(code)
        else:
            found.append((rule, [code]))
    return [(rule, codes) for rule, codes in found if codes] or found


def rules_of_levels(facts: Facts, step: str) -> list[tuple[Rule, list[str]]]:
    """Rules with the indices whose parts are weighed or put together by them, from the top down.

    Args:
        facts: Says the rules.
        step: `weight` or `aggregate`.
    """
    return group_by_rule(indices_with_parts(facts), lambda code: rule_of_level(facts, step, code))


def rule_of_level(facts: Facts, step: str, index: str) -> Rule:
    """The rule by which the parts of an index are weighed or put together; `OWN_WEIGHTS` where regions have their own.

    Args:
        facts: Says the rules.
        step: `weight` or `aggregate`.
        index: Its code.
    """
    if step == "aggregate":
        return aggregation_of(facts.framework, index)
    return at_depth(facts.framework.method.weight, facts.framework.depths[index])


def rescales(facts: Facts, index: str) -> bool:
    """Whether the weights of what is there are scaled up where a part of the index is missing."""
    return aggregation_at(facts, index).rescales


def aggregation_at(facts: Facts, index: str) -> Aggregation:
    """The rule of aggregation of an index."""
    return aggregation_by(rule_of_level(facts, "aggregate", index))


def indices_with_parts(facts: Facts) -> list[str]:
    """Codes of the indices that are made of something, parents before their children."""
    return [code for code, node in facts.framework.nodes.items() if node.child_weights]


def _shared_part(step: str, rule: Rule) -> Rule:
    """A rule without the options of which every indicator has its own value."""
    own = own_options(step, rule)
    return Rule(rule.name, {name: value for name, value in rule.options.items() if name not in own})
