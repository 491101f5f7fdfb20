"""What a sentence mentions, each put in its text as a mark: regions, indices, indicators, groups, numbers, years."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from regional_index.cache import PACKS
from regional_index.files import read_bytes
from regional_index.framework import Declarations
from regional_index.read.words import pack_name
from regional_index.read.yaml_files import load_yaml

OPEN, CLOSE = "\ue000", "\ue001"
"""Ends of a mark, letters for private use: between them its kind and its place in the list of mentions."""
ANY = "RIDGNYX"
REGION, INDEX, INDICATOR, GROUP, NUMBER, YEAR, OTHER = ANY
_NUMBER = r"(?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<=[^\W\d_a-zA-Z])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


@dataclass(frozen=True)
class Marked:
    """A sentence with marks in place of what it mentions.

    Attributes:
        text: In half width.
        said: By the place in a mark: the code of a region, index or indicator, the name of a group, a number or a year.
    """

    text: str
    said: tuple[str, ...]

    def marks(self, kinds: str, text: str | None = None) -> list[int]:
        """Places of the mentions of some kinds, in the order of the text or of a part of it."""
        return [
            int(place) for place in re.findall(f"{OPEN}[{kinds}](\\d+){CLOSE}", self.text if text is None else text)
        ]


@dataclass(frozen=True)
class Phrases:
    """How a language says what claims say, and the names of an index: what `read_sentences` reads with."""

    data: Mapping[str, Any]
    names: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    regions: int

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return re.compile("|".join(_bounded(name) for name in sorted(self.names, key=len, reverse=True)), re.IGNORECASE)

    @cached_property
    def _words(self) -> str:
        return "|".join(sorted(self.data["numerals"], key=len, reverse=True))

    @cached_property
    def _numerals(self) -> re.Pattern[str]:
        return re.compile(self.data["numeral_places"].replace("{numeral}", self._words), re.IGNORECASE)

    def mark(self, sentence: str) -> Marked:
        """A sentence with its mentions marked."""
        said: list[str] = []

        def put(kind: str, what: str) -> str:
            said.append(what)
            return f"{OPEN}{kind}{len(said) - 1}{CLOSE}"

        def name(found: re.Match[str]) -> str:
            return put(*self.names[found[0].casefold()])

        def numerals(found: re.Match[str]) -> str:
            number = self.data["numerals"]
            return re.sub(self._words, lambda word: put(NUMBER, str(number[word[0].casefold()])), found[0], flags=re.I)

        plain = re.sub(f"[{OPEN}{CLOSE}]", "", half_width(sentence))
        text = re.sub(self.data["ignored"], "", " ".join(plain.split()))
        text = self._names.sub(name, text)
        text = _outside(self.data["year"], lambda found: put(YEAR, found[0]), text)
        text = _outside(_NUMBER, lambda found: put(NUMBER, found[0].replace(",", "")), text)
        text = _outside(self._numerals, numerals, text)
        return Marked(text, tuple(said))

    def split(self, text: str) -> list[str]:
        """The sentences of a paragraph."""
        ends = [found.end() for found in re.finditer(self.data["sentence_end"], half_width(text))]
        edges = [0, *ends, len(text)]
        return [text[start:end].strip() for start, end in pairwise(edges) if text[start:end].strip()]

    def factor(self, unit: str, indicator: str) -> float | None:
        """What a number in a unit is multiplied by, to be in that of an indicator; `None` where they do not agree."""
        (own, own_base), (other, other_base) = (self._parts(text) for text in (self.units[indicator], unit))
        return other / own if own_base == other_base else None

    @cached_property
    def unit_pattern(self) -> str:
        """Matches any unit of an indicator, with any multiplier before it."""
        bases = sorted({re.escape(self._parts(unit)[1]) for unit in self.units.values()}, key=len, reverse=True)
        multipliers = "|".join(sorted(self.data["multipliers"], key=len, reverse=True))
        return rf"\s*(?:(?:{multipliers})\s*)*(?:{'|'.join(bases)})"

    def _parts(self, unit: str) -> tuple[float, str]:
        factor, rest = 1.0, half_width(unit).strip()
        multipliers = sorted(self.data["multipliers"], key=len, reverse=True)
        while known := next((word for word in multipliers if rest.startswith(word) and rest != word), ""):
            factor, rest = factor * float(self.data["multipliers"][known]), rest[len(known) :].strip()
        return factor, rest


def half_width(text: str) -> str:
    """Text with full-width letters, digits and punctuation in half width.

    Examples:
        >>> half_width("６８．９６％，")
        '68.96%,'
    """
    return "".join(unicodedata.normalize("NFKC", sign) if "\uff00" < sign < "\uff60" else sign for sign in text)


@cache
def _language(language: str) -> Mapping[str, Any]:
    path = PACKS / "sentences" / f"{language}.yml"
    return load_yaml(pack_name(f"sentences/{language}"), read_bytes(path)).data


def read_phrases(declared: Declarations) -> Phrases:
    """The phrases of the site's language, with the names of its regions, indices, indicators and groups.

    Where several things have a name, it is that of a region, else of an index, an indicator, a group.
    """
    framework, data = declared.framework, _language(declared.framework.language)
    names = {half_width(mask): (OTHER, mask) for mask in data["masks"]}

    def add(kind: str, code: str, given: Iterable[str]) -> None:
        for name in given:
            # One letter of Chinese is in too many words to be a region.
            if len(name) > 1 and not name.isdigit():
                names.setdefault(half_width(name).casefold(), (kind, code))

    endings = data["index_endings"]
    for region in declared.regions.values():
        add(REGION if region.evaluated else OTHER, region.code, region.all_names)
    for node in framework.nodes.values():
        stems = [_stem(name, endings) for name in node.name.values()]
        with_ending = [stem + ending for stem in [*stems, *node.aliases] for ending in endings]
        whole = [name for name in node.aliases if _stem(name, endings) != name]
        short = [stem for stem in stems if len(stem) >= data["shortest_stem"]]
        add(INDEX, node.code, [*node.name.values(), *whole, *with_ending, *short])
    for code, indicator in framework.indicators.items():
        add(INDICATOR, code, indicator.name.values())
    for group in framework.groups:
        for name in group.order:
            add(GROUP, name, [name])
    units = {code: indicator.unit for code, indicator in framework.indicators.items()}
    return Phrases(data, names, units, len(declared.regions.evaluated))


def _stem(name: str, endings: Iterable[str]) -> str:
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


def _bounded(name: str) -> str:
    return rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" if name.isascii() else re.escape(name)


def _outside(pattern: str | re.Pattern[str], put: Callable[[re.Match[str]], str], text: str) -> str:
    """Substitute what matches, but for what begins inside a mark."""
    marks = [found.span() for found in re.finditer(f"{OPEN}\\w+{CLOSE}", text)]

    def put_outside(found: re.Match[str]) -> str:
        is_inside = any(first <= found.start() < last for first, last in marks)
        return found[0] if is_inside else put(found)

    return re.sub(pattern, put_outside, text)
