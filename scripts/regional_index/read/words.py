"""The words of a site: the pack of its language, and what an index words otherwise in `data/words.yml`.

A pack is a file of this package, `words/<language>.yml`: every word and sentence by its key. All packs have the same
keys with the same gaps.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from string import Formatter

from regional_index.cache import PACKAGE, PACKS
from regional_index.errors import DataError, Problem
from regional_index.files import list_files, read_bytes
from regional_index.read.yaml_files import Document, load_yaml


def languages() -> list[str]:
    """Codes of the languages that there is a pack for."""
    return [path.stem for path in list_files(PACKS, "*.yml")]


def pack_name(language: str) -> str:
    """Path of the pack of a language for messages, with the folders of the package."""
    return f"{PACKAGE.parent.name}/{PACKAGE.name}/{PACKS.name}/{language}.yml"


@cache
def read_pack(language: str) -> Mapping[str, str]:
    """Every word and sentence of a language, by key.

    Raises:
        DataError: The pack is no sound YAML.
    """
    document = load_yaml(pack_name(language), read_bytes(PACKS / f"{language}.yml"))
    if document.problems:
        raise DataError(document.problems)
    return document.data


def check_language(framework: Document) -> Iterator[Problem]:
    """A problem where the site's language has no pack."""
    language, known = framework.data["language"], languages()
    if language not in known:
        remedy = f"write one of them, or add the pack {pack_name(language)}"
        yield framework.problem(("language",), language, f"a language with a pack: {', '.join(known)}", remedy)


def check_words(document: Document, language: str) -> Iterator[Problem]:
    """A problem for each word that the pack does not have, and for each sentence whose gaps differ from the pack's.

    Nothing is checked where the language has no pack. Two sentences with the same gaps cannot be told apart: that they
    were exchanged is not noticed.
    """
    pack = read_pack(language) if language in languages() else {}
    for key, sentence in document.data.items() if pack else ():
        if key not in pack:
            near = get_close_matches(key, pack, 1)
            remedy = f"write {near[0]}" if near else "remove it"
            yield document.problem((key,), key, f"a key of {pack_name(language)}", remedy)
            continue
        try:
            found = find_gaps(sentence)
        except ValueError:
            remedy = "close every brace; write {{ and }} for braces that are printed"
            yield document.problem((key,), sentence, "braces in pairs, with the name of a gap in them", remedy)
            continue
        wanted = find_gaps(pack[key])
        if found != wanted:
            expected = f"the gaps {_list(wanted)}" if wanted else "no gaps"
            yield document.problem((key,), sentence, expected, "; ".join(_remedies(found, wanted)))


def find_gaps(sentence: str) -> frozenset[str]:
    """The gaps of a sentence, each as it is written between its braces.

    Forms of a word that the number in a gap decides, `{count:region|regions}`, are no gap of their own.

    Raises:
        ValueError: A brace is not closed, or not opened.

    Examples:
        >>> sorted(find_gaps("{region}: {value:.2f} of {value}"))
        ['region', 'value', 'value:.2f']
        >>> sorted(find_gaps("{count} {count:region|regions}"))
        ['count']
    """
    fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
    names = {name for _, name, form, conversion in fields if not (form or conversion)}
    return frozenset(
        f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
        for _, name, form, conversion in fields
        if not (name in names and "|" in (form or "") and not conversion)
    )


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
