"""Facts of the tiny project, and one drawing of every kind."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.facts import Facts
from regional_index.figures import Drawing, catalogue, draw
from regional_index.framework import Claim, Project, Regions
from tests.computed import CACHE, build_facts
from tests.methods import compute

from .studies import with_study

TINY_KINDS = {
    "ranking": ["supply-ranking"],
    "map": ["skill-map"],
    "years": ["supply-years"],
    "areas": ["use-areas"],
    "edition": ["supply-edition", "size-edition"],
    "weights": ["supply-weights"],
    "heat_map": ["heat-map"],
    "quadrants": ["quadrants"],
    "profile": ["region-north-profile", "region-east-profile"],
    "region_years": ["region-east-years"],
    "indicator": ["indicator-patents", "indicator-coverage", "indicator-turnover_per_head"],
    "ranges": ["supply-ranges", "skill-ranges"],
    "sensitivity": ["supply-sensitivity"],
    "ahead": ["supply-ahead"],
    "correlations": ["supply-correlations", "use-correlations"],
}
# With them the weights of supply can be inferred: 0.75 · 160 + 0.25 · 120 = 150, which is its total.
MORE_CLAIMS = {
    f"{index}-total": Claim(f"{index}-total", index, "total", "supply-1", total)
    for index, total in {"size": "160.00", "skill": "120.00"}.items()
}
TINY_NAMES = [name for names in TINY_KINDS.values() for name in names]


@pytest.fixture(scope="session")
def tiny_facts(tiny_project: Project) -> Facts:
    """Three regions that one can work out by hand, in English."""
    edition = replace(tiny_project.edition, claims={**tiny_project.edition.claims, **MORE_CLAIMS})
    return with_study(build_facts(replace(tiny_project, edition=edition)))


@pytest.fixture(scope="session")
def crowded_facts(tiny_facts: Facts) -> Facts:
    """The tiny project with 33 regions: each of the three eleven times, with other figures."""
    project = tiny_facts.declared
    originals = [project.regions[code] for code in project.regions.evaluated]
    copies = [
        replace(region, code=f"{region.code}{n:02}", name=f"{region.name[0]}{n:02}", slug=f"{region.slug}-{n}",
                iso=f"{region.iso}{n}", full_name=f"{region.full_name} {n}", name_en=f"{region.name_en} {n}",
                aliases=(), tile=((11 * k + n) % 7 + 1, (11 * k + n) // 7 + 1))
        for k, region in enumerate(originals) for n in range(11)
    ]  # fmt: skip
    values = [project.values.assign(region=project.values["region"] + f"{n:02}") for n in range(11)]
    grown = [frame.assign(value=frame["value"] * (1 + n * n / 40)) for n, frame in enumerate(values)]
    some = replace(project, regions=Regions(copies), values=pd.concat(grown, ignore_index=True), control_totals=())
    edition = replace(project.edition, claims={}, set_aside={})
    return with_study(compute(replace(some, edition=edition)))


@pytest.fixture(scope="session")
def cache() -> Cache:
    """The cache of all tests: a drawing is made again where its code, its data, or a font changes."""
    return Cache(CACHE)


@pytest.fixture(scope="session")
def tiny_drawings(tiny_facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """One drawing of every kind, of the tiny project."""
    figures = catalogue(tiny_facts)
    return {name: draw(figures[name](), cache) for name in TINY_NAMES}


@pytest.fixture(scope="session")
def crowded_drawings(crowded_facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """One drawing of every kind that many regions have."""
    return draw_some(crowded_facts, cache)


def draw_some(facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """One drawing of every kind of chart that there is."""
    figures = catalogue(facts)
    first, leaf = (
        facts.open.ranked_nodes[0],
        next(code for code in facts.open.ranked_nodes if not facts.node(code).children),
    )
    last = facts.regions[facts.regions.evaluated[-1]].slug
    wanted = [f"{leaf}-ranking", f"{leaf}-map", f"{leaf}-edition", f"{first}-years", f"{first}-areas", "heat-map"]
    wanted += ["quadrants", "quadrants-narrow", f"region-{last}-profile", f"region-{last}-years"]
    wanted += [f"indicator-{facts.framework.used_indicators[0]}", *(n for n in figures if n.endswith("-weights"))]
    wanted += [f"{first}-{kind}" for kind in ("ranges", "sensitivity", "ahead", "correlations")]
    return {name: draw(figures[name](), cache) for name in wanted if name in figures}
