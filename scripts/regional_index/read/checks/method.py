"""Checks of the method that need more than the rule itself: groups, regions, levels, files of weights."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from regional_index.errors import Problem
from regional_index.framework import Framework, Regions, Rule, at_depth
from regional_index.method.rules import AGGREGATE, RULES, TREAT, WEIGH, Finding, make_rule
from regional_index.read.references import check_known, find_region
from regional_index.read.rules import as_levels, find_rules
from regional_index.read.yaml_files import Document, KeyPath


def check_method(document: Document, framework: Framework, regions: Regions | None) -> Iterator[Problem]:
    """Every choice of method that cannot be carried out, before anything is computed.

    Args:
        document: `framework.yml`, fit for its schema and its rules.
        framework: The same, built.
        regions: `None` when they could not be read; then names of regions are not checked.
    """
    for step, path, given in find_rules(document.data):
        rule = make_rule(step, given)
        yield from _check_group(document, path, rule, framework)
        yield from _check_options(document, path, step, rule)
        yield from _check_reference(document, path, rule, framework, regions)
    yield from _check_years_apart(document, framework)
    yield from _check_levels(document, framework)
    yield from _check_shares(document, framework)
    yield from _check_own_weights(document, framework)
    if framework.robustness:
        yield from _check_robustness(document, framework)


def _check_group(document: Document, path: KeyPath, rule: Rule, framework: Framework) -> Iterator[Problem]:
    if "group" in rule.options:
        known = [group.code for group in framework.groups]
        yield from check_known(document, [(*path, "group")], known, "the code of one of `groups`")


def _check_options(document: Document, path: KeyPath, step: str, rule: Rule) -> Iterator[Problem]:
    """Options that the rule cannot have together, or with the direction of the indicator."""
    direction = document.data["indicators"][path[1]]["direction"] if path[0] == "indicators" else 0
    for finding in RULES[step][rule.name].check(rule.options, direction):
        yield Problem(document.file, document.place(path), finding.found, finding.expected, finding.remedy)


def _check_reference(
    document: Document, path: KeyPath, rule: Rule, framework: Framework, regions: Regions | None
) -> Iterator[Problem]:
    """A region and a year to compare with: both must be there."""
    region, year = rule.options.get("region"), rule.options.get("year")
    if year and year not in framework.years:
        known = ", ".join(str(known) for known in framework.years)
        yield document.problem((*path, "year"), year, f"a year of the series: {known}", "choose one of them")
    if region and regions is not None:
        _, wrong = find_region(regions, region, evaluated=True)
        if wrong:
            yield document.problem((*path, "region"), region, *wrong)


def _check_years_apart(document: Document, framework: Framework) -> Iterator[Problem]:
    """Check that indicators transformed by year are normalised by year too, for their years share no scale."""
    known = [code for code in framework.used_indicators if code in framework.indicators]
    wrong = [code for code in known if _mixes_years(framework, code)]
    if wrong:
        found = f"over: year, with years normalised together: {', '.join(wrong)}"
        expected = "over: panel, where values are transformed and years then normalised together"
        remedy = "write over: panel here, or over: year in normalise"
        yield Problem(document.file, document.place(("method", "treat")), found, expected, remedy)


def _mixes_years(framework: Framework, code: str) -> bool:
    treat, normalise = (framework.rule_of(step, code) for step in ("treat", "normalise"))
    over = treat.options.get("over"), normalise.options.get("over")
    return TREAT[treat.name].transforms(treat.options) and over == ("year", "panel")


def _check_levels(document: Document, framework: Framework) -> Iterator[Problem]:
    """A list by level is no longer than the tree is deep."""
    deepest = max(framework.depths.values())
    for key in ("weight", "aggregate", "minimum_weight_share"):
        given = as_levels(document.data["method"].get(key, []))
        if len(given) > deepest:
            expected = f"at most {deepest}, a rule for each level of the tree from the top down"
            yield Problem(
                document.file, document.place(("method", key)), f"{len(given)} entries", expected, "remove some"
            )


def _check_shares(document: Document, framework: Framework) -> Iterator[Problem]:
    """Shares that each row's own weights may have must leave room for weights, and go with a sum."""
    sums = " or ".join(name for name, rule in AGGREGATE.items() if rule.is_sum)
    for code, node in framework.nodes.items():
        rule = at_depth(framework.method.weight, framework.depths[code])
        count = len(node.child_weights)
        if not WEIGH[rule.name].of_each_row or not count:
            continue
        place = document.place(("method", "weight"))
        least, most = rule.options.get("least_share", 0), rule.options.get("most_share", 1)
        if least * count > 1 or most * count < 1:
            found = f"least_share {least:g}, most_share {most:g}, {count} children of {code}"
            expected = "shares that can add up to 1"
            yield Problem(document.file, place, found, expected, f"keep 1/{count} between them")
        aggregate = at_depth(framework.method.aggregate, framework.depths[code]).name
        if not AGGREGATE[aggregate].is_sum:
            expected = f"{sums}, with which {rule.name} is defined"
            yield Problem(document.file, document.place(("method", "aggregate")), aggregate, expected, "change either")


def _check_own_weights(document: Document, framework: Framework) -> Iterator[Problem]:
    """Weights from a file: every node of the level that has more than one child must be in it."""
    read: Mapping[str, Mapping[str, Any]] = {"weights": framework.expert_weights, "comparisons": framework.pairwise}
    for code, node in framework.nodes.items():
        rule = at_depth(framework.method.weight, framework.depths[code])
        file = WEIGH[rule.name].file
        if file and len(node.child_weights) > 1 and code not in read[file]:
            place, found = document.place(("method", "weight")), f"no weights for {code}"
            remedy = f"add {code} to data/{rule.options['file']}"
            yield Problem(document.file, place, found, "weights for every index with children", remedy)


def _check_robustness(document: Document, framework: Framework) -> Iterator[Problem]:
    data = document.data["robustness"]
    tiers, base = data.get("tiers", []), data.get("base", 0)
    if any(later <= earlier for earlier, later in pairwise(tiers)):
        found = ", ".join(str(tier) for tier in tiers)
        place = document.place(("robustness", "tiers"))
        yield Problem(document.file, place, found, "last ranks that ascend", "put them in order")
    if base & (base - 1):
        expected = "a power of two, such as 512, for which the design is balanced"
        yield document.problem(("robustness", "base"), base, expected, f"write {1 << base.bit_length() - 1}")
    deepest = max(framework.depths.values())
    for k, level in enumerate(data["vary"].get("weights", {}).get("levels", [])):
        if level > deepest:
            path = ("robustness", "vary", "weights", "levels", k)
            yield document.problem(path, level, f"a level of the tree, 1 to {deepest}", "remove it")


def locate(findings: Iterable[Finding], framework: Framework) -> list[Problem]:
    """Findings of the method as problems of the file that declares its rules: under the method, or an indicator."""
    file = "data/framework.yml"
    return [Problem(file, _place(each, framework), each.found, each.expected, each.remedy) for each in findings]


def _place(finding: Finding, framework: Framework) -> str:
    step, code = finding.step, finding.indicator
    if code and getattr(framework.indicator(code), step) is not None:
        return f"indicators.{code}.{step}"
    return f"robustness.vary.{step}" if finding.is_varied else f"method.{step}"
