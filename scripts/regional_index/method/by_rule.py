"""Which columns share a rule, so that a rule is carried out once for all of them; and where a rule stands."""

from collections.abc import Iterable

from regional_index.framework import Framework, Rule, group_by_rule

FILE = "data/framework.yml"


def columns_by_rule(framework: Framework, step: str, columns: Iterable[str]) -> list[tuple[Rule, list[int]]]:
    """Every rule of a step with the positions of the columns that it is for.

    Args:
        framework: Says which rule an indicator has.
        step: `impute`, `treat` or `normalise`.
        columns: Codes of indicators.

    Returns:
        Rules in the order in which columns first ask for them; rules with equal options are one rule.
    """
    codes = list(columns)
    return group_by_rule(range(len(codes)), lambda position: framework.rule_of(step, codes[position]))


def places_of_rule(framework: Framework, step: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Where in `data/framework.yml` the rule of some indicators stands: under the method, or under each of them."""
    own = {code: getattr(framework.indicator(code), step) is not None for code in codes}
    return tuple(dict.fromkeys(f"indicators.{code}.{step}" if own[code] else f"method.{step}" for code in own))
