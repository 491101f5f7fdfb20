"""The guide for editors against the code: every macro is listed, and nothing that does not exist."""

import re
from pathlib import Path

import pytest

from regional_index.facts import build_facts
from regional_index.inputs import read_project
from regional_index.pages import PageWriter

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide" / "index.md").read_text()


@pytest.fixture(scope="module")
def macros() -> set[str]:
    """The names that prose may call."""
    return set(PageWriter(build_facts(read_project(ROOT)), {}, {}).macros)


def listed(guide: str) -> set[str]:
    """The names in the first column of the guide's tables of macros."""
    return set(re.findall(r"^\| `(\w+)` \|", guide, flags=re.MULTILINE))


def test_every_macro_is_in_the_guide(macros: set[str]) -> None:
    """An editor finds everything that a page may call."""
    assert macros - listed(GUIDE) == set()


def test_the_guide_names_no_macro_that_does_not_exist(macros: set[str]) -> None:
    """What is called in its examples exists."""
    called = set(re.findall(r"\{\{ (\w+)\(", GUIDE))
    assert called - macros == set()


def test_a_planted_macro_is_noticed(macros: set[str]) -> None:
    """The guard itself, seen to fail."""
    assert macros - listed(GUIDE.replace("| `score` |", "| score |")) == {"score"}
