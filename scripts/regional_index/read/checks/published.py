"""Checks of a published edition against the framework, the regions, the sources and itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from regional_index.errors import Problem
from regional_index.framework import Framework, Regions
from regional_index.read.build import build_score_range
from regional_index.read.checks.claims import check_groups, check_lists, check_numbers
from regional_index.read.references import check_known, check_once, find_region
from regional_index.read.yaml_files import Document, KeyPath

# Scores are compared to 0.0001, and the solver's tolerance grows with the range.
WIDEST = 500
_LISTS = ("places", "claims", "context", "trends")


def check_published(
    document: Document,
    framework: Framework | None,
    regions: Regions | None,
    sources: Mapping[str, Any] | None,
) -> list[Problem]:
    """Every problem of an edition with itself and with what it refers to.

    Args:
        document: The edition, fit for its schema.
        framework: `None`, like the next two, if it could not be read; what refers to it is then not checked.
        regions: All regions.
        sources: By id.
    """
    problems = [*_check_ids(document), *_check_score_range(document), *check_numbers(document)]
    if framework is not None:
        problems += [*_check_edition(document, framework), *_check_indices(document, framework)]
    if sources is not None:
        problems += check_known(document, [("source",)], sources, "an id of data/sources.yml")
    if regions is not None:
        problems += [*_check_regions(document, regions), *check_lists(document, regions)]
    if framework is not None and regions is not None:
        problems += check_groups(document, regions)
    return problems


def _items(document: Document, name: str) -> list[tuple[KeyPath, Mapping[str, Any]]]:
    return [((name, i), item) for i, item in enumerate(document.data[name])]


def _check_ids(document: Document) -> Iterator[Problem]:
    # Claims and context figures are cited on the same page by anchors made of their ids.
    for names in (("places",), ("claims", "context"), ("trends",)):
        yield from check_once(document, [(*path, "id") for name in names for path, _ in _items(document, name)])
    places = {place["id"] for place in document.data["places"]}
    for name in _LISTS[1:]:
        paths = [(*path, "place") for path, _ in _items(document, name)]
        yield from check_known(document, paths, places, "an id under places")
    figures = {figure["id"] for figure in document.data["context"]}
    for path, trend in _items(document, "trends"):
        paths = [(*path, "context", i) for i in range(len(trend["context"]))]
        yield from check_known(document, paths, figures, "an id under context")
    set_aside = [("set_aside", i, "claim") for i in range(len(document.data.get("set_aside", ())))]
    claims = {claim["id"]: claim for claim in document.data["claims"]}
    yield from check_known(document, set_aside, claims, "an id under claims")
    yield from check_once(document, set_aside)


def _check_score_range(document: Document) -> Iterator[Problem]:
    lowest, highest = build_score_range(document.data)
    if lowest >= highest:
        ends = document.data["score_range"]
        expected = f'less than "{ends["upper"]}", the upper end'
        yield document.problem(("score_range", "lower"), ends["lower"], expected, "exchange them, or correct one")
    elif highest - lowest > WIDEST:
        expected = f"a range of at most {WIDEST}, beyond which the solver cannot tell neighbours apart"
        yield document.problem(("score_range",), f"{lowest:g} to {highest:g}", expected, "divide all scores by ten")


def _check_edition(document: Document, framework: Framework) -> Iterator[Problem]:
    if not framework.edition:  # a draft, where nothing is published
        return
    declared = {"edition": framework.edition, "data_year": framework.edition_year}
    for key, value in declared.items():
        if document.data[key] != value:
            remedy = "correct it here or there"
            expected = f"{value}, as under series.published in data/framework.yml"
            yield document.problem((key,), document.data[key], expected, remedy)


def _check_indices(document: Document, framework: Framework) -> Iterator[Problem]:
    what = "the code of an index in data/framework.yml"
    for path, claim in _items(document, "claims"):
        paths = [(*path, "index"), *((*path, side, "index") for side in ("greater", "less") if side in claim)]
        yield from check_known(document, paths, framework.nodes, what)


def _check_regions(document: Document, regions: Regions) -> Iterator[Problem]:
    """Claims are about regions that the index ranks; a context figure may be about any."""
    for path, claim in _items(document, "claims"):
        lists = {(*path, "regions"): claim.get("regions", ())}
        lists[(*path, "of")] = claim["of"] if isinstance(claim.get("of"), list) else ()
        lists |= {(*path, "tiers", i): tier for i, tier in enumerate(claim.get("tiers", ()))}
        lists |= {(*path, side, "regions"): claim.get(side, {}).get("regions", ()) for side in ("greater", "less")}
        for where, names in lists.items():
            yield from _check_names(document, where, names, regions, evaluated=True)
    for path, figure in _items(document, "context"):
        yield from _check_names(document, (*path, "regions"), figure.get("regions", ()), regions, evaluated=False)


def _check_names(
    document: Document, path: KeyPath, names: Any, regions: Regions, *, evaluated: bool
) -> Iterator[Problem]:
    """A problem for each name that is unknown, or the second one of the same region in the list."""
    seen: dict[str, str] = {}
    for i, name in enumerate(names):
        code, wrong = find_region(regions, name, evaluated=evaluated)
        if wrong:
            yield document.problem((*path, i), name, *wrong)
        elif code in seen:
            remedy = f"remove it, or write the region meant; {seen[code]} is the same region"
            yield document.problem((*path, i), name, "each region once", remedy)
        seen.setdefault(code, name)
