"""The list of all figures there are. Nothing is made before it is asked for."""

from collections.abc import Callable
from functools import partial
from typing import Any

from regional_index.facts import Facts
from regional_index.figures.common import has_edition, variant_id
from regional_index.figures.model import Figure

# Half a matrix of more regions is no longer legible, and its cells would outweigh the page.
MOST_COMPARED = 60


def catalogue(facts: Facts) -> dict[str, Callable[[], Figure]]:
    """Every figure by its id, each made when called.

    Adding a kind: write its module with a function `chart_…(facts, …) -> Figure` and enter its ids here.
    """
    return {
        **_of_nodes(facts),
        **_of_edition(facts),
        **_of_method(facts),
        **_of_all(facts),
        **_of_regions(facts),
        **_of_indicators(facts),
    }


def variants(facts: Facts) -> dict[str, Callable[[], Figure]]:
    """Figures that only take the place of another when a reader asks for it: earlier years."""
    return {
        variant_id(facts, f"{code}-{kind}", year): _maker(kind, facts, code, year)
        for code in facts.open.ranked_nodes
        for kind in ["ranking", *(["map"] if facts.regions.has_map else [])]
        for year in facts.open.scored_years(code)
        if year != facts.last_year
    }


def _of_nodes(facts: Facts) -> dict[str, Callable[[], Figure]]:
    kinds = ["ranking", *(["map"] if facts.regions.has_map else []), *(["areas"] if facts.framework.groups else [])]
    found = {f"{code}-{kind}": _maker(kind, facts, code) for code in facts.open.ranked_nodes for kind in kinds}
    several = [code for code in facts.open.ranked_nodes if len(facts.open.scored_years(code)) > 1]
    return {**found, **{f"{code}-years": _maker("years", facts, code) for code in several}}


def _of_edition(facts: Facts) -> dict[str, Callable[[], Figure]]:
    """Figures of the indices about which there are claims, and of those with weights that can be inferred.

    The claims alone decide which these are; the study of them, which takes its time, waits for the first chart.
    """
    if not facts.has_edition:
        return {}
    in_force = [claim for claim in facts.edition.claims.values() if claim.id not in facts.edition.set_aside]
    totals = {claim.index for claim in in_force if claim.kind == "total"}
    tops = [node for node in facts.framework.walk() if node.children]
    known = [node.code for node in tops if {node.code, *(child.code for child in node.children)} <= totals]
    return {
        **{
            f"{code}-edition": _maker("edition", facts, code)
            for code in facts.framework.nodes
            if has_edition(facts, code)
        },
        **{f"{code}-weights": _maker("weights", facts, code) for code in known},
    }


def _of_method(facts: Facts) -> dict[str, Callable[[], Figure]]:
    """Figures of robustness and correlations, as far as the results have them."""
    tops = [node.code for node in facts.framework.indices if node.code in facts.open.ranked_nodes]
    several = [code for code in facts.open.ranked_nodes if len(facts.framework.indicators_below(code)) > 1]
    wanted = [("correlations", code) for code in tops if code in several and facts.has_table("indicator_correlations")]
    if facts.soundness.is_declared:
        wanted += [("ranges", code) for code in facts.open.ranked_nodes]
        is_studied = facts.soundness.declared.base and facts.has_table("sensitivity")
        wanted += [("sensitivity", code) for code in several if is_studied]
        compared = [code for code in tops if 2 <= facts.open.scores(code)["rank"].count() <= MOST_COMPARED]
        wanted += [("ahead", code) for code in compared if facts.has_table("ahead")]
    return {f"{code}-{kind}": _maker(kind, facts, code) for kind, code in wanted}


def _of_all(facts: Facts) -> dict[str, Callable[[], Figure]]:
    scored = [node.code in facts.open.ranked_nodes for node in facts.framework.indices]
    found = {"heat-map": _maker("heat_map", facts)} if scored[0] else {}
    if len(scored) > 1 and all(scored[:2]) and _anybody_in_both(facts):
        found["quadrants"] = _maker("quadrants", facts)
        found["quadrants-narrow"] = _maker("quadrants", facts, narrow=True)
    return found


def _anybody_in_both(facts: Facts) -> bool:
    first, second = (facts.open.scores(node.code)["score"].dropna().index for node in facts.framework.indices[:2])
    return not first.intersection(second).empty


def _of_regions(facts: Facts) -> dict[str, Callable[[], Figure]]:
    regions = [facts.regions[code] for code in facts.regions.evaluated]
    kinds = {"profile": "profile", **({"years": "region_years"} if len(facts.framework.years) > 1 else {})}
    return {
        f"region-{region.slug}-{suffix}": _maker(kind, facts, region)
        for region in regions
        for suffix, kind in kinds.items()
    }


def _of_indicators(facts: Facts) -> dict[str, Callable[[], Figure]]:
    codes = [code for code in facts.framework.indicators if facts.values.values(code).notna().any()]
    return {f"indicator-{code}": _maker("indicator", facts, code) for code in codes}


def _maker(kind: str, *arguments: Any, **options: Any) -> Callable[[], Figure]:
    return partial(_make, kind, *arguments, **options)


def _make(kind: str, *arguments: Any, **options: Any) -> Figure:
    """Make a figure; Altair is first imported here, and its check of every single value is left to the tests."""
    from altair.utils.schemapi import debug_mode

    from regional_index.figures.kinds import KINDS

    with debug_mode(False):
        return KINDS[kind](*arguments, **options)
