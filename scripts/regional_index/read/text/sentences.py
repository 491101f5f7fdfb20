"""Claims out of sentences, by the patterns of a language."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from regional_index.framework import Claim
from regional_index.read.text.documents import Paragraph
from regional_index.read.text.mentions import (
    ANY,
    CLOSE,
    GROUP,
    INDEX,
    INDICATOR,
    NUMBER,
    OPEN,
    OTHER,
    REGION,
    YEAR,
    Marked,
    Phrases,
)

# Kinds that say one number of one region: of several, they are as many claims.
_EACH = ("score", "rank", "growth", "place_change")
_OF_REGIONS = (*_EACH, "among", "band", "above", "below")
_OF_THRESHOLDS = ("above", "below", "count", "count_share", "group_mean")
_PLACES = ("size", "within")
_WHOLE_VALUES = ("rank", "count", "group_count", "place_change")
# Kinds whose number has the unit of what it is about.
_IN_UNITS = ("score", "total", "mean", "median", "sum", "group_mean", "difference", "band")


@dataclass(frozen=True)
class ReadClaim:
    """A claim that a sentence makes.

    Attributes:
        claim: Its index may be an indicator; a growth without year is on the year before.
        factor: What its number is multiplied by, to be in the unit of the indicator.
    """

    claim: Claim
    factor: float = 1.0


@dataclass(frozen=True)
class Sentence:
    """A sentence about a region, an index or an indicator.

    Attributes:
        paragraph: Where it is.
        text: As written.
        year: The year that it speaks of; `None` where it names none.
        claims: Those that were read.
        unread: How many of its numbers are in none of them.
    """

    paragraph: Paragraph
    text: str
    year: int | None
    claims: tuple[ReadClaim, ...]
    unread: int


@dataclass(frozen=True)
class _Pattern:
    regex: re.Pattern[str]
    constants: Mapping[str, Any]


class Reader:
    """Reads the sentences of one document, in their order: what one is about may be said before."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._index = ""

    def read(self, paragraph: Paragraph) -> Iterator[Sentence]:
        """The sentences of a paragraph that have a number and something that it may be about, or a claim."""
        if paragraph.is_heading:
            self._index = ""
        for text in self._phrases.split(paragraph.text):
            marked = self._phrases.mark(text)
            claims, used = self._claims(marked)
            numbers = marked.marks(NUMBER)
            if indices := marked.marks(INDEX):
                self._index = marked.said[indices[-1]]
            if claims or (numbers and marked.marks(REGION + INDEX + INDICATOR + GROUP)):
                years = [int(marked.said[place]) for place in marked.marks(YEAR) if place not in used]
                unread = len([place for place in numbers if place not in used])
                yield Sentence(paragraph, text, years[0] if years else None, tuple(claims), unread)

    def _claims(self, marked: Marked) -> tuple[list[ReadClaim], set[int]]:
        """The claims of a sentence, and the numbers and years that are in them."""
        claims: list[ReadClaim] = []
        used: set[int] = set()
        taken: list[tuple[int, int]] = []
        for pattern in self._patterns:
            for found in pattern.regex.finditer(marked.text):
                start, end = found.span()
                if any(start < last and first < end for first, last in taken):
                    continue
                read = list(self._read(pattern.constants, found, marked))
                if read:
                    claims += read
                    used.update(marked.marks(NUMBER + YEAR, found[0]))
                    taken.append((start, end))
        return claims, used

    def _read(self, constants: Mapping[str, Any], found: re.Match[str], marked: Marked) -> Iterator[ReadClaim]:
        """The claims of one match; none where it is not known what it is about."""
        slots = {name.rstrip("2"): text for name, text in found.groupdict().items() if text}
        said = {name: [marked.said[place] for place in marked.marks(ANY, text)] for name, text in slots.items()}
        index = said["index"][0] if "index" in said else self._spoken_of(found, marked)
        regions = said.get("regions") or self._subject(found, marked, has_index="index" in said)
        fields = {name: values for name, values in said.items() if values and name not in ("index", "regions")}
        for entry in (constants, *constants.get("also", ())):
            value = said.get(entry.get("value", "value"), [])
            has_value = entry.get("value", "value") in found.groupdict()
            if index and (value or (entry is constants and not has_value)):
                yield from self._build({**constants, **entry}, index, regions, value, fields, slots)

    def _build(
        self, entry: Mapping[str, Any], index: str, regions: list[str], values: list[str],
        fields: Mapping[str, list[str]], slots: Mapping[str, str],
    ) -> Iterator[ReadClaim]:  # fmt: skip
        """The claims of one entry of a pattern; none where they would not be what its kind is."""
        kind = entry["kind"]
        details = self._details(entry, index, fields, slots)
        factor = self._factor(kind, index, slots.get("unit", ""))
        needs_regions = self._names_regions(entry, slots)
        if details is None or factor is None or (needs_regions and not regions):
            return
        numbers = [f"-{value}" if entry.get("falls") else value for value in values]
        if any(not number.removeprefix("-").isdigit() for number in numbers) and kind in _WHOLE_VALUES:
            return
        claim = Claim("", index, kind, "", details=details)
        if kind in _EACH:
            if len(numbers) == len(regions):
                for region, number in zip(regions, numbers, strict=True):
                    yield ReadClaim(replace(claim, value=number, regions=(region,)), factor)
            return
        named = tuple(dict.fromkeys(regions)) if needs_regions else ()
        if len(numbers) > 1 or (kind == "top" and len(named) != int(details["size"])):
            return
        yield ReadClaim(replace(claim, value="".join(numbers), regions=named), factor)

    @staticmethod
    def _names_regions(entry: Mapping[str, Any], slots: Mapping[str, str]) -> bool:
        """Whether the regions are part of the claim: it is about them, and not about a group or all."""
        kind = entry["kind"]
        return kind in _OF_REGIONS or (kind in ("top", "sum", "share") and ("regions" in slots or "subject" in entry))

    def _details(
        self, entry: Mapping[str, Any], index: str, fields: Mapping[str, list[str]], slots: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """What a claim says besides its number; `None` where a number in it cannot be."""
        kind = entry["kind"]
        details = {key: entry[key] for key in ("of", "exhaustive", "ordered") if key in entry}
        details |= {key: fields[key][0] for key in (*_PLACES, "lower", "upper", "group_name") if key in fields}
        places = [details[key] for key in _PLACES if key in details]
        if any(not place.isdigit() or not 0 < int(place) <= self._phrases.regions for place in places):
            return None
        if kind in ("growth", "place_change"):
            details["year"] = int(fields["year"][0]) if "year" in fields else 0
        if kind == "band":
            last = max(len(details[end].partition(".")[2]) for end in ("lower", "upper") if end in details)
            details |= {"wording": "approximate", "tolerance": f"{0.5 * 10**-last:f}"}
        if kind in _OF_THRESHOLDS:
            details |= self._threshold(entry, fields, slots)
        for side in ("greater", "less"):
            if side in entry:
                details[side] = {"index": index, entry[side]: True}
            elif side in fields:
                details[side] = {"index": index, "regions": tuple(fields[side])}
                if kind != "comparison" and len(fields[side]) > 1:
                    return None
        return details

    def _threshold(
        self, entry: Mapping[str, Any], fields: Mapping[str, list[str]], slots: Mapping[str, str]
    ) -> dict[str, Any]:
        """The threshold of a claim, by default the mean, and on which side of it regions are."""
        said = " ".join(slots.get("relation", "").split()).casefold()
        side = {"threshold": fields.get("threshold", ["mean"])[0]}
        if relation := entry.get("relation") or self._phrases.data["relations"].get(said):
            side["relation"] = relation
        if entry["kind"] != "group_mean":
            return side
        return {"group": side} if relation else {}

    def _factor(self, kind: str, index: str, unit: str) -> float | None:
        """What the number is multiplied by; `None` where it has no unit and should have one, or another one."""
        is_indicator = index in self._phrases.units
        if unit:
            return self._phrases.factor(unit, index) if is_indicator else None
        return None if is_indicator and kind in _IN_UNITS else 1.0

    def _spoken_of(self, found: re.Match[str], marked: Marked) -> str:
        """The index or indicator last mentioned before a match, in an earlier sentence only an index.

        Empty where anything else is between them, for that may be what the sentence is about.
        """
        mentions = list(re.finditer(_mark(INDEX + INDICATOR), marked.text[: found.start()]))
        between = marked.text[mentions[-1].end() if mentions else 0 : found.start()]
        if not self._said.fullmatch(between):
            return ""
        return marked.said[marked.marks(INDEX + INDICATOR, mentions[-1][0])[0]] if mentions else self._index

    def _subject(self, found: re.Match[str], marked: Marked, *, has_index: bool) -> list[str]:
        """The regions last mentioned before a match, if only what is known is between, and they are no object."""
        lists = list(self._lists.finditer(marked.text, 0, found.start()))
        if not lists or self._object.search(marked.text, 0, lists[-1].start()):
            return []
        between = marked.text[lists[-1].end() : found.start()]
        is_known = has_index and f"{OPEN}{OTHER}" not in between
        if not is_known and not self._gap.fullmatch(between):
            return []
        return [marked.said[place] for place in marked.marks(REGION, lists[-1][0])]

    @cached_property
    def _lists(self) -> re.Pattern[str]:
        return re.compile(_list_of(REGION, self._phrases.data["separator"]))

    @cached_property
    def _gap(self) -> re.Pattern[str]:
        data = self._phrases.data
        known = f"{OPEN}[{INDEX}{INDICATOR}{NUMBER}{YEAR}{REGION}{GROUP}]\\d+{CLOSE}"
        units = self._phrases.unit_pattern
        return re.compile(f"(?:{data['filler']}|{data['gap']}|{known}(?:{units})?)*", re.IGNORECASE)

    @cached_property
    def _said(self) -> re.Pattern[str]:
        """What may be between an index and what is said of it: other things that are said of it, too."""
        known = self._gap.pattern.removesuffix(")*")
        return re.compile(f"{known}|{self._phrases.data['said']})*", re.IGNORECASE)

    @cached_property
    def _object(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self._phrases.data['object']})$", re.IGNORECASE)

    @cached_property
    def _patterns(self) -> list[_Pattern]:
        return [_Pattern(self._compile(entry["says"]), entry) for entry in self._phrases.data["patterns"]]

    def _compile(self, says: str) -> re.Pattern[str]:
        data = self._phrases.data
        relations = "|".join(sorted(data["relations"], key=len, reverse=True))
        regions, numbers = (_list_of(kind, data["separator"]) for kind in (REGION, NUMBER))
        side, one = _list_of(REGION, data["side_separator"]), _mark(NUMBER)
        gaps = {
            "regions": regions, "greater": side, "less": side, "index": _mark(INDEX + INDICATOR),
            "group_name": _mark(GROUP), "year": _mark(YEAR), "relation": relations, "unit": self._phrases.unit_pattern,
            "value": numbers,
        }  # fmt: skip
        fixed = {"end": data["number_end"], "start": "^"}

        def fill(found: re.Match[str]) -> str:
            name = found[1]
            return (
                fixed.get(name)
                or f"(?P<{name}>{gaps.get(name.rstrip('2'), numbers if name.startswith('of_') else one)})"
            )

        filled = re.sub(r"\{(\w+)\}", fill, says.replace(" ", f"(?:{data['filler']})*"))
        return re.compile(filled, re.IGNORECASE)


def read_sentences(paragraphs: Iterable[Paragraph], phrases: Phrases) -> list[Sentence]:
    """The sentences of a document that say something in figures of a region, an index or an indicator."""
    reader = Reader(phrases)
    return [sentence for paragraph in paragraphs for sentence in reader.read(paragraph)]


def first_year(paragraphs: Iterable[Paragraph], phrases: Phrases, years: Collection[int]) -> int | None:
    """The first of some years that a document names; `None` where it names none of them."""
    marked = (phrases.mark(paragraph.text) for paragraph in paragraphs)
    named = (int(one.said[place]) for one in marked for place in one.marks(YEAR))
    return next((year for year in named if year in years), None)


def _mark(kinds: str) -> str:
    return f"{OPEN}[{kinds}]\\d+{CLOSE}"


def _list_of(kind: str, separator: str) -> str:
    return f"{_mark(kind)}(?:(?:{separator}){_mark(kind)})*"
