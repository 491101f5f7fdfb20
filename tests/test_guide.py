"""The guide for editors against the code: every macro is listed, and nothing that does not exist."""

import re
from pathlib import Path

import pytest

from regional_index.facts import Facts
from regional_index.framework.rules import RULES
from regional_index.pages import PageWriter

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide" / "index.md").read_text()


@pytest.fixture(scope="module")
def macros(real_facts: Facts) -> set[str]:
    """The names that prose may call."""
    return set(PageWriter(real_facts, {}, {}).macros)


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


METHOD_GUIDE = (ROOT / "docs" / "guide" / "method.md").read_text()


def coded(guide: str) -> set[str]:
    """Every word that stands as code in a line of the guide."""
    return {word for code in re.findall(r"`([^`\n]+)`", guide) for word in re.findall(r"[\w-]+", code)}


@pytest.mark.parametrize("step", RULES)
def test_every_rule_and_option_of_the_method_is_in_its_guide(step: str) -> None:
    """An editor finds everything that `framework.yml` may declare."""
    named = coded(METHOD_GUIDE)
    rules = RULES[step]
    wanted = {*rules, *(option for options in rules.values() for option in options)}
    assert wanted - named == set()


def test_a_rule_that_is_not_in_the_guide_is_noticed() -> None:
    assert "copeland" not in coded(METHOD_GUIDE.replace("`copeland`", "copeland"))
