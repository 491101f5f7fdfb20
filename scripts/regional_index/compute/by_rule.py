"""Which columns share a rule, so that a rule is carried out once for all of them; and where a rule stands."""

from collections.abc import Iterable

from regional_index.framework import Framework, Rule

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
    found: list[tuple[Rule, list[int]]] = []
    for position, code in enumerate(columns):
        rule = framework.rule_of(step, code)
        same = [positions for known, positions in found if known == rule]
        if same:
            same[0].append(position)
        else:
            found.append((rule, [position]))
    return found


def places_of_rule(framework: Framework, step: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Where in `data/framework.yml` the rule of some indicators stands: under the method, or under each of them."""
    own = {code: getattr(framework.indicator(code), step) is not None for code in codes}
    return tuple(dict.fromkeys(f"indicators.{code}.{step}" if own[code] else f"method.{step}" for code in own))
