"""Facts of the tiny project with English words for charts, and one drawing of every kind."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from regional_index.facts import Facts, build_facts
from regional_index.figures import Drawing, catalogue, draw
from regional_index.framework import Project
from regional_index.inputs import read_project

ROOT = Path(__file__).parents[2]
WORDS = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
TINY_KINDS = (
    "supply-ranking", "skill-map", "supply-years", "use-areas", "heat-map", "quadrants", "region-north-profile",
    "region-east-profile", "region-east-years", "indicator-patents", "indicator-coverage",
)  # fmt: skip


@pytest.fixture(scope="session")
def tiny_facts(tiny_project: Project) -> Facts:
    """Three regions that one can work out by hand, in English."""
    return build_facts(replace(tiny_project, words={**tiny_project.words, **WORDS}))


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The project of this site."""
    return build_facts(read_project(ROOT))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests."""
    return tmp_path_factory.mktemp("drawings")


@pytest.fixture(scope="session")
def tiny_drawings(tiny_facts: Facts, cache: Path) -> dict[str, Drawing]:
    """One drawing of every kind, of the tiny project."""
    figures = catalogue(tiny_facts)
    return {name: draw(figures[name](), cache) for name in TINY_KINDS}


@pytest.fixture(scope="session")
def drawings(facts: Facts, cache: Path) -> dict[str, Drawing]:
    """One drawing of every kind, of the real project; those with the longest and the missing."""
    figures = catalogue(facts)
    last = facts.regions[facts.regions.evaluated[-1]].slug
    first_index = facts.framework.indices[0].code
    leaf = facts.framework.indices[0].children[0].code
    indicator = facts.framework.used_indicators[0]
    wanted = [f"{leaf}-ranking", f"{leaf}-map", f"{first_index}-years", f"{first_index}-areas", "heat-map", "quadrants"]
    wanted += ["quadrants-narrow", f"region-{last}-profile", f"region-{last}-years", f"indicator-{indicator}"]
    return {name: draw(figures[name](), cache) for name in wanted}
