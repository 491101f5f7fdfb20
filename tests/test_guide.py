"""The guide for editors against the code: every macro is listed, and nothing that does not exist."""

import re
from pathlib import Path

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.method.rules import RULES
from regional_index.read.words import languages, read_pack
from regional_index.topics.all import MACROS
from regional_index.topics.guide import list_macros, topic_of

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide" / "index.md").read_text()


def listed(guide: str) -> set[str]:
    """Macros that the guide lists: those of the topics it asks for, and those in its own tables."""
    topics = set(re.findall(r"\{\{ list_macros\('(\w+)'\) \}\}", guide))
    return {name for name, macro in MACROS.items() if topic_of(macro) in topics}


def test_every_macro_is_in_the_guide() -> None:
    """An editor finds everything that a page may call."""
    assert set(MACROS) - listed(GUIDE) == set()


def test_a_topic_that_is_not_listed_is_noticed() -> None:
    """The guard itself, seen to fail."""
    assert "region" in set(MACROS) - listed(GUIDE.replace("list_macros('names')", "list_macros('charts')"))


def test_the_guide_names_no_macro_that_does_not_exist() -> None:
    """What is called in its examples exists."""
    called = set(re.findall(r"\{\{ (\w+)\(", GUIDE))
    assert called - set(MACROS) == {"part"}


@pytest.mark.parametrize("language", sorted(set(languages()) - {"en"}))
def test_every_macro_is_described_in_every_language(language: str) -> None:
    """In English by its docstring."""
    described = {key.removeprefix("macro.") for key in read_pack(language) if key.startswith("macro.")}
    assert described == set(MACROS)


def test_a_macro_is_listed_with_its_parameters_and_what_it_writes(second_facts: Facts) -> None:
    """What may be left out is in brackets; what the writer of the page supplies is not there."""
    rows = {row[0].value: row[1].value for row in list_macros(second_facts, "series").rows}
    assert rows["rank(index, region[, year])"] == "Rank of a region."
    with pytest.raises(LookupFailed, match='no macros of "indices"; there are those of'):
        list_macros(second_facts, "indices")


METHOD_GUIDE = (ROOT / "docs" / "guide" / "method.md").read_text()


def coded(guide: str) -> set[str]:
    """Every word that stands as code in a line of the guide."""
    return {word for code in re.findall(r"`([^`\n]+)`", guide) for word in re.findall(r"[\w-]+", code)}


@pytest.mark.parametrize("step", RULES)
def test_every_rule_and_option_of_the_method_is_in_its_guide(step: str) -> None:
    """An editor finds everything that `framework.yml` may declare."""
    named = coded(METHOD_GUIDE)
    rules = RULES[step]
    wanted = {*rules, *(option for rule in rules.values() for option in rule.options)}
    assert wanted - named == set()


def test_a_rule_that_is_not_in_the_guide_is_noticed() -> None:
    assert "copeland" not in coded(METHOD_GUIDE.replace("`copeland`", "copeland"))
