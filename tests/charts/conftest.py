"""Facts of the tiny project, and one drawing of every kind."""

from dataclasses import replace

import pytest

from regional_index.cache import Cache
from regional_index.charts import KINDS, Drawing, draw
from regional_index.facts import Facts
from regional_index.framework import Claim, Denominator, Divided, Lens, Project
from regional_index.topics.all import catalogue
from tests.computed import CACHE, build_facts

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
    "lenses": ["supply-per-head"],
    "profile": ["region-north-profile", "region-east-profile"],
    "region_years": ["region-east-years"],
    "indicator": ["indicator-patents", "indicator-coverage", "indicator-turnover_per_head"],
    "indicator_map": ["indicator-patents-map"],
    "indicator_years": [],  # of three years and more, which these do not have
    "ranges": ["supply-ranges", "skill-ranges"],
    "sensitivity": ["supply-sensitivity"],
    "ahead": ["supply-ahead"],
    "correlations": ["supply-correlations", "use-correlations"],
    "compare": ["compare"],
    "compare_years": ["supply-compare-years"],
}
# With them the weights of supply can be inferred: 0.75 · 160 + 0.25 · 120 = 150, which is its total.
MORE_CLAIMS = {
    f"{index}-total": Claim(f"{index}-total", index, "total", "supply-1", total)
    for index, total in {"size": "160.00", "skill": "120.00"}.items()
}
DIVIDED = Divided(Denominator("residents", 1000.0), "crowns", 1)
LENSES = (
    Lens("whole", {"en": "Totals"}, "Turnover as it is."),
    Lens("per-head", {"en": "Per head"}, "Turnover for each resident.", {"turnover": DIVIDED}),
)
TINY_NAMES = [name for names in TINY_KINDS.values() for name in names]


@pytest.fixture(scope="session")
def tiny_facts(tiny_project: Project) -> Facts:
    """Three regions that one can work out by hand, in English."""
    edition = replace(tiny_project.edition, claims={**tiny_project.edition.claims, **MORE_CLAIMS})
    framework = replace(tiny_project.framework, lenses=LENSES, lens=LENSES[0].code)
    return with_study(build_facts(replace(tiny_project, edition=edition, framework=framework)))


@pytest.fixture(scope="session")
def cache() -> Cache:
    """The cache of all tests: a drawing is made again where its code or its data change."""
    return Cache(CACHE)


@pytest.fixture(scope="session")
def tiny_drawings(tiny_facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """Drawings of every kind, of the tiny project."""
    figures = catalogue(tiny_facts)
    return {name: draw(figures[name](), cache) for name in TINY_NAMES}


@pytest.fixture(scope="session")
def second_drawings(second_facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """One drawing of every kind, of the second index."""
    return draw_some(second_facts, cache)


def draw_some(facts: Facts, cache: Cache) -> dict[str, Drawing]:
    """The first chart of every kind that there is."""
    figures = catalogue(facts)
    names = [next(iter(kind.subjects(facts)), "") for kind in KINDS]
    return {name: draw(figures[name](), cache) for name in names if name}
