"""A rule of the method in words: what it does with its options filled in, and its formula."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Rule, site_name
from regional_index.method.rules import NORMALISE, RULES, own_options
from regional_index.render import (
    MINUS,
    Links,
    decimals_to_show,
    fill,
    join_sentences,
    join_words,
    show_fixed,
    show_quantity,
    show_years,
)

PLAIN_DIGITS = 12


def describe_rule(facts: Facts, links: Links, step: str, rule: Rule) -> Markup:
    """Describe a rule in a sentence or two; options that indicators have for themselves are left out.

    Raises:
        LookupFailed: There are no words for the rule.
    """
    gaps = fill_options(facts, links, step, rule)
    sentences = [fill(facts, f"method.{step}.{rule.name}", **gaps)]
    sentences += [fill(facts, f"method.{step}.{key}", **gaps) for key in _keys_of_options(step, rule)]
    return join_sentences(facts, sentences)


def show_formula(facts: Facts, links: Links, step: str, rule: Rule) -> Markup:
    """The formula of a rule; nothing for a rule that is said in words alone."""
    options = rule.options
    key = f"method.formula.{step}.{words_of_formula(rule)}"
    if key not in facts.words:
        return Markup("")
    gaps = fill_options(facts, links, step, rule) | show_scale(rule)
    if "penalty" in options:
        gaps["sign"] = MINUS if options["penalty"] == "downward" else "+"
    return fill(facts, key, **gaps)


def words_of_formula(rule: Rule) -> str:
    """The last part of the keys of words for the formula of a rule."""
    return f"{rule.name}-log" if rule.options.get("log") else rule.name


def show_scale(rule: Rule) -> dict[str, object]:
    """The gaps `lead` and `times` of a formula: what is added in front, and the factor at its end."""
    options = rule.options
    if "lower" in options:
        lead = f"{show_plain(options['lower'])} + " if options["lower"] else ""
        return {"lead": lead, "times": show_times(options["upper"] - options["lower"])}
    return {"lead": "", "times": show_times(options.get("times", 1))}


def name_with_options(facts: Facts, links: Links, step: str, indicator: str) -> Markup:
    """An indicator, linked, with the options of its rule that are its own."""
    rule = facts.framework.rule_of(step, indicator)
    own = own_options(step, rule)
    if not own:
        return links.indicator(indicator)
    gaps = fill_options(facts, links, step, rule)
    # The last of them carries the unit: 20 to 85 years.
    last = own[-1]
    if RULES[step][rule.name].options[last].kind == "number":
        gaps[last] = show_quantity(str(gaps[last]), facts.indicator(indicator).unit)
    return fill(facts, f"method.item.{step}.{rule.name}", indicator=links.indicator(indicator), **gaps)


def fill_options(facts: Facts, links: Links, step: str, rule: Rule) -> dict[str, object]:
    """Data for the sentences of a rule, by the name of the gap: its options, and what it rests on."""
    numbers = f"method.numbers.{rule.name}"
    return {
        "years": show_years(facts, facts.framework.years),
        "numbers": facts.word(numbers) if numbers in facts.words else "",
        **{name: _show_option(facts, links, step, rule, name) for name in rule.options},
    }


def show_plain(number: float) -> str:
    """A number with the decimals that it needs.

    Examples:
        >>> show_plain(50.0), show_plain(-0.25), show_plain(20000)
        ('50', '−0.25', '20,000')
    """
    text = f"{Decimal(f'{abs(number):.{PLAIN_DIGITS}g}'):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return (MINUS if number < 0 else "") + text


def show_exactly(number: float, least: int, most: int) -> str:
    """A number with as many decimals as it needs, but no fewer than `least` and no more than `most`.

    A number that `most` decimals would show as 0 has two digits.

    Examples:
        >>> show_exactly(20, 1, 4), show_exactly(1 / 3, 1, 4), show_exactly(-2.5, 0, 4), show_exactly(5e-8, 1, 4)
        ('20.0', '0.3333', '−2.5', '0.00000005')
    """
    whole, _, fraction = show_fixed(number, decimals_to_show(number, most)).partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}.{fraction}" if fraction else whole


def show_times(factor: float) -> str:
    """The end of a formula that multiplies by a factor; nothing for 1."""
    return "" if factor == 1 else f" × {show_plain(factor)}"


def show_share(share: float) -> str:
    """A share of 1 in percent, with one decimal where it needs one.

    Examples:
        >>> show_share(2 / 3), show_share(0.5)
        ('66.7', '50')
    """
    return show_exactly(share * 100, 0, 1)


def _show_option(facts: Facts, links: Links, step: str, rule: Rule, name: str) -> object:
    value, definitions = rule.options[name], RULES[step]
    if rule.name in definitions and definitions[rule.name].options[name].is_share:
        return show_share(value)
    if name == "group":
        return site_name(facts.framework.group(value).name)
    if name == "region":
        return links.region(value) if value else ""
    if name == "scores":
        return _list_scores(facts, value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return show_plain(value) if is_number and name != "year" else str(value)


def _list_scores(facts: Facts, scores: Mapping[Any, float]) -> Markup:
    pairs = sorted((float(value), float(score)) for value, score in scores.items())
    listed = [fill(facts, "method.category", value=show_plain(v), score=show_plain(s)) for v, s in pairs]
    return join_words(listed, facts.word("list.separator"))


def _keys_of_options(step: str, rule: Rule) -> Iterator[str]:
    """Words of the options that have a sentence of their own, in their order, without `method.<step>.`."""
    definition = RULES[step].get(rule.name)
    if definition is None:
        return
    for name, option in definition.options.items():
        value = rule.options[name]
        if option.kind == "choice":
            moving = name == "over" and step == "normalise" and NORMALISE[rule.name].has_yearly_reference(rule.options)
            yield f"{name}.{value}{'-moving' if moving else ''}"
        elif option.kind == "yes-no" and value:
            yield f"{name}.yes"
    yield from definition.sentences(rule.options)
