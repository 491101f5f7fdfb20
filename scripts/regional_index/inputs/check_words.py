"""Checks of `data/words.yml`: each sentence has the gaps that the code fills, and no others."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter

from regional_index.errors import Problem
from regional_index.files import read_bytes
from regional_index.inputs.yaml_files import Document, load_yaml

_DECLARED = Path(__file__).parent / "schemas" / "sentences.yml"


def check_words(document: Document) -> Iterator[Problem]:
    """A problem for each sentence that lacks a gap it must have, or has one that nothing fills.

    Two sentences with the same gaps cannot be told apart: that they were exchanged is not noticed.
    """
    declared = declared_gaps()
    for key, sentence in document.data.items():
        wanted = declared.get(key, frozenset())
        try:
            found = find_gaps(sentence)
        except ValueError:
            remedy = "close every brace; write {{ and }} for braces that are printed"
            yield document.problem((key,), sentence, "braces in pairs, with the name of a gap in them", remedy)
            continue
        if found != wanted:
            expected = f"the gaps {_list(wanted)}" if wanted else "no gaps"
            yield document.problem((key,), sentence, expected, "; ".join(_remedies(found, wanted)))


@cache
def declared_gaps() -> dict[str, frozenset[str]]:
    """The gaps of every sentence that has any, by its key."""
    declared = load_yaml(_DECLARED.name, read_bytes(_DECLARED)).data
    return {key: frozenset(gaps.split()) for key, gaps in declared.items()}


def find_gaps(sentence: str) -> frozenset[str]:
    """The gaps of a sentence, each as it is written between its braces.

    Raises:
        ValueError: A brace is not closed, or not opened.

    Examples:
        >>> sorted(find_gaps("{region}: {value:.2f} of {value}"))
        ['region', 'value', 'value:.2f']
    """
    gaps = set()
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is not None:
            gaps.add(name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else ""))
    return frozenset(gaps)


def _remedies(found: frozenset[str], wanted: frozenset[str]) -> Iterator[str]:
    missing = sorted(wanted - found)
    for gap in sorted(found - wanted):
        near = get_close_matches(gap, missing, 1)
        yield f"write {{{near[0]}}} for {{{gap}}}" if near else f"remove {{{gap}}}"
        missing = [name for name in missing if name not in near]
    if missing:
        yield f"write {_list(missing)} where the data belong"


def _list(gaps: frozenset[str] | list[str]) -> str:
    return ", ".join(f"{{{gap}}}" for gap in sorted(gaps))
