"""Checks of the framework that a schema cannot make: codes, references, the shape of the tree."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from regional_index.errors import Problem
from regional_index.framework import SIGNED, Framework, Regions
from regional_index.read.indicator_files import declare_files, indicator_path
from regional_index.read.project_files import MORE_REGION_COLUMNS, REGION_COLUMNS
from regional_index.read.references import check_known, check_once, find_region, value_at
from regional_index.read.yaml_files import Document, KeyPath


def check_framework(
    document: Document, framework: Framework, regions: Regions | None, sources: Mapping[str, Any] | None
) -> list[Problem]:
    """Every problem inside the framework, or with what it refers to.

    Args:
        document: `framework.yml`, fit for its schema.
        framework: The same, built.
        regions: `None` when they could not be read; then names of regions are not checked.
        sources: By id; `None` when they could not be read.
    """
    nodes = list(_walk(document.data["indices"], ("indices",)))
    problems = [
        *_check_codes(document, [path for path, _ in nodes]),
        *_check_names(document, nodes),
        *_check_nodes(document, nodes, framework),
        *_check_indicators(document, framework, sources),
        *_check_bands(document),
    ]
    if not problems:  # A misspelt code leaves an indicator without a parent, too; one message is enough.
        problems += _check_parents(document, framework)
    if not problems:
        problems += [*_check_lenses(document, framework), *_check_expectation(document, framework)]
    return problems if regions is None else [*problems, *_check_not_published(document, regions)]


def check_files(framework: Framework, present: set[str]) -> list[Problem]:
    """Problems where the files in `indicators/` are not those that the framework names.

    Args:
        framework: It names the files.
        present: Names of the files there are, without `.csv`.
    """
    named = {indicator.file: indicator.code for indicator in reversed(list(framework.indicators.values()))}
    expected = "a CSV file with the columns region,year,value"
    problems = [
        Problem(indicator_path(file), "", "no such file", expected, f"add it; indicator {code} needs it")
        for file, code in named.items()
        if file not in present
    ]
    remedy = "declare an indicator for it in data/framework.yml, or remove the file"
    for file in present - named.keys():
        problems.append(Problem(indicator_path(file), "", "a file no indicator uses", "files in use only", remedy))
    return problems


def _walk(nodes: list[Any], path: KeyPath) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    for i, node in enumerate(nodes):
        yield (*path, i), node
        yield from _walk(node.get("children", []), (*path, i, "children"))


def _check_codes(document: Document, nodes: list[KeyPath]) -> Iterator[Problem]:
    """Indices, sub-indices and indicators share one set of codes, for a parent is looked up by it."""
    indicators = [("indicators", i) for i in range(len(document.data["indicators"]))]
    groups = [("groups", i) for i in range(len(document.data["groups"]))]
    yield from check_once(document, [(*path, "code") for path in [*nodes, *indicators]])
    yield from check_once(document, [(*path, "code") for path in groups])
    for path in groups:
        code = document.data["groups"][path[1]]["code"]
        if code in (*REGION_COLUMNS, *MORE_REGION_COLUMNS):
            remedy = "rename the group and its column"
            yield document.problem((*path, "code"), code, "no fixed column of data/regions.csv", remedy)


def _check_names(document: Document, nodes: list[tuple[KeyPath, Mapping[str, Any]]]) -> Iterator[Problem]:
    """The first name is in the site's language; in it no two nodes and no two indicators are called the same."""
    data = document.data
    indicators = [(("indicators", i), indicator) for i, indicator in enumerate(data["indicators"])]
    for named in (nodes, indicators):
        paths = [(*path, "name", next(iter(entry["name"]))) for path, entry in named]
        yield from check_once(document, paths, "name")
    groups = [(("groups", i), group) for i, group in enumerate(data["groups"])]
    published = [(("series", "published"), entry) for entry in [data["series"].get("published", {})] if "name" in entry]
    names = [(("title",), data["title"])]
    names += [((*path, "name"), entry["name"]) for path, entry in [*nodes, *indicators, *groups, *published]]
    for path, name in names:
        first = next(iter(name))
        if first != data["language"]:
            remedy = f"write the name for {data['language']} first"
            yield document.problem((*path, first), first, f"first the language of the site, {data['language']}", remedy)


def _check_nodes(
    document: Document, nodes: list[tuple[KeyPath, Mapping[str, Any]]], framework: Framework
) -> Iterator[Problem]:
    for path, node in nodes:
        children, indicators = node.get("children"), node.get("indicators")
        if children and indicators:
            expected, remedy = (
                "children or indicators, not both",
                "move the indicators to a sub-index of their own",
            )
            yield Problem(document.file, document.place(path), "children and indicators", expected, remedy)
        elif not (children or indicators or node.get("not_computed")):
            remedy = "add what it is made of, or say under not_computed why it is not computed"
            yield Problem(document.file, document.place(path), "", "children, indicators or not_computed", remedy)
        elif not any(_weights(node) or [1]):
            where = (*path, "children" if children else "indicators")
            remedy = "give at least one a weight above 0"
            yield Problem(document.file, document.place(where), "weights all 0", "a weight above 0", remedy)
        if (children or indicators) and "not_computed" in node:
            remedy = "remove it, or what the node is made of"
            where = document.place((*path, "not_computed"))
            yield Problem(document.file, where, "a reason", "no reason where there is something to compute", remedy)
        paths = [(*path, "indicators", code) for code in indicators or ()]
        yield from check_known(document, paths, framework.indicators, "an indicator of this file", of_keys=True)


def _weights(node: Mapping[str, Any]) -> list[float]:
    children = [child.get("weight", 1) for child in node.get("children", ())]
    return children or list(node.get("indicators", {}).values())


def _check_indicators(document: Document, framework: Framework, sources: Mapping[str, Any] | None) -> Iterator[Problem]:
    described = declare_files(framework)
    for i, indicator in enumerate(document.data["indicators"]):
        path: KeyPath = ("indicators", i)
        if sources is not None:
            yield from check_known(document, [(*path, "source")], sources, "an id of data/sources.yml")
        if indicator["kind"] == SIGNED and "max_ratio" in indicator:
            expected = f"no max_ratio where kind is {SIGNED}, for a ratio across 0 says nothing"
            yield document.problem((*path, "max_ratio"), indicator["max_ratio"], expected, "remove it")
        if "per" in indicator:
            yield from _check_denominator(document, (*path, "per", "indicator"), framework)
        file = framework.indicators[indicator["code"]].file
        if "per" in indicator and "file" in indicator:
            remedy = f"write per: {{file: {file}, …}}"
            yield document.problem((*path, "file"), file, "the undivided file under `per`", remedy)
        elif file not in described:
            remedy = "add `unit` and `kind` of the undivided values under `per`, or an indicator that shows them"
            expected = "a file whose undivided values are described"
            yield document.problem((*path, "per", "file"), file, expected, remedy)


def _check_parents(document: Document, framework: Framework) -> Iterator[Problem]:
    """An indicator is in an index, divides another, or says that it is only shown."""
    dividing = {user.per.indicator for user in framework.indicators.values() if user.per}
    for i, indicator in enumerate(document.data["indicators"]):
        code, is_context = indicator["code"], indicator.get("context", False)
        path = ("indicators", i, "context") if is_context else ("indicators", i)
        used = code in framework.used_indicators
        if used and is_context:
            expected = "no context: true where the indicator is in an index"
            yield document.problem(path, True, expected, "remove it, or take the indicator out of the index")
        elif not (used or is_context or code in dividing):
            expected = "an indicator that is in an index, or divides another"
            remedy = f"give {code} a weight under an index, or write context: true if it is only to be shown"
            yield Problem(document.file, document.place(path), "no parent", expected, remedy)


def _check_denominator(document: Document, path: KeyPath, framework: Framework) -> Iterator[Problem]:
    divided = document.data["indicators"][path[1]]
    code = divided["per"]["indicator"]
    yield from check_known(document, [path], framework.indicators, "an indicator of this file")
    if code not in framework.indicators:
        return
    denominator = framework.indicators[code]
    if denominator.kind == SIGNED:
        yield document.problem(path, code, f"an indicator that is not {SIGNED}", "name one that is above 0")
    if denominator.per is not None:
        yield document.problem(path, code, "an indicator that is not itself divided", "name one without per")
    years = set(divided.get("years", framework.years)) - set(denominator.years or framework.years)
    if years:
        expected = f"an indicator that covers {', '.join(str(year) for year in sorted(years))}"
        yield document.problem(path, code, expected, f"add the years to {code}, or give this one fewer `years`")


def _check_lenses(document: Document, framework: Framework) -> Iterator[Problem]:
    """A lens divides counts and amounts in an index by what covers their years; the first one may divide nothing."""
    lenses = document.data.get("lenses", [])
    yield from check_once(document, [("lenses", i, "code") for i in range(len(lenses))])
    for i, lens in enumerate(lenses):
        divided = lens.get("indicators", {})
        if bool(divided) != bool(i):
            expected = "indicators that it divides" if i else "no `indicators`: the first lens shows them as declared"
            remedy = "name at least one, or remove the lens" if i else "remove `indicators`, or put another lens first"
            yield document.problem(("lenses", i, "indicators"), ", ".join(divided), expected, remedy)
            continue
        for code, how in divided.items():
            path, per = ("lenses", i, "indicators", code), how["per"]
            yield from check_known(document, [(*path, "per")], framework.indicators, "an indicator of this file")
            if code not in framework.used_indicators or not framework.is_additive(code):
                expected = "an indicator in an index that is a count or an amount, and not divided already"
                yield document.problem(path, code, expected, "remove it from the lens")
            elif per in framework.indicators and not framework.is_additive(per):
                expected = "a count or an amount that is not itself divided"
                yield document.problem((*path, "per"), per, expected, "name another one")


def _check_expectation(document: Document, framework: Framework) -> Iterator[Problem]:
    """Regions are compared by indicators of which there are logarithms in the last year of the series."""
    declared = document.data.get("expectation", {"by": []})
    by: list[KeyPath] = [("expectation", "by", i) for i in range(len(declared["by"]))]
    yield from check_once(document, by, "indicator")
    paths = [("expectation", "peers"), *by] if by else []
    yield from check_known(document, paths, framework.indicators, "an indicator of this file")
    for path in paths:
        indicator = framework.indicators.get(value_at(document, path))
        if indicator is None:
            continue
        if indicator.kind == SIGNED:
            expected = f"an indicator that is not {SIGNED}"
            yield document.problem(path, indicator.code, expected, "name one that is above 0")
        elif indicator.years and framework.years[-1] not in indicator.years:
            expected = f"an indicator that covers {framework.years[-1]}"
            yield document.problem(path, indicator.code, expected, "name another one")


def _check_bands(document: Document) -> Iterator[Problem]:
    bands = document.data["bands"]
    if any(later <= earlier for earlier, later in pairwise(bands)):
        found = ", ".join(str(band) for band in bands)
        yield Problem(document.file, document.place(("bands",)), found, "bounds that ascend", "put them in order")


def _check_not_published(document: Document, regions: Regions) -> Iterator[Problem]:
    for i, indicator in enumerate(document.data["indicators"]):
        for k, entry in enumerate(indicator.get("not_published", ())):
            path = ("indicators", i, "not_published", k)
            name = entry if isinstance(entry, str) else entry["region"]
            _, wrong = find_region(regions, name, evaluated=True)
            if wrong:
                yield document.problem(path, name, *wrong)
