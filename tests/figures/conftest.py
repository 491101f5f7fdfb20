"""Facts of the tiny project with English words for charts, and one drawing of every kind."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from regional_index.facts import Facts, build_facts
from regional_index.figures import Drawing, catalogue, draw
from regional_index.framework import Claim, Project

from .studies import with_study

WORDS = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
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
    return with_study(build_facts(replace(tiny_project, edition=edition, words={**tiny_project.words, **WORDS})))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests."""
    return tmp_path_factory.mktemp("drawings")


@pytest.fixture(scope="session")
def tiny_drawings(tiny_facts: Facts, cache: Path) -> dict[str, Drawing]:
    """One drawing of every kind, of the tiny project."""
    figures = catalogue(tiny_facts)
    return {name: draw(figures[name](), cache) for name in TINY_NAMES}


@pytest.fixture(scope="session")
def drawings(real_facts: Facts, cache: Path) -> dict[str, Drawing]:
    """One drawing of every kind, of the real project; those with the longest and the missing."""
    figures = catalogue(real_facts)
    last = real_facts.regions[real_facts.regions.evaluated[-1]].slug
    first_index = real_facts.framework.indices[0].code
    leaf = real_facts.framework.indices[0].children[0].code
    indicator = real_facts.framework.used_indicators[0]
    wanted = [f"{leaf}-ranking", f"{leaf}-map", f"{first_index}-years", f"{first_index}-areas", "heat-map", "quadrants"]
    wanted += ["quadrants-narrow", f"region-{last}-profile", f"region-{last}-years", f"indicator-{indicator}"]
    wanted += [f"{leaf}-edition", *(name for name in figures if name.endswith(("-weights", "-correlations")))]
    robust = (f"{first_index}-{kind}" for kind in ("ranges", "sensitivity", "ahead"))
    wanted += [name for name in robust if name in figures]
    return {name: draw(figures[name](), cache) for name in wanted}
