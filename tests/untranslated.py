"""What a message in another language than English still has in English."""

import json
import re
from functools import cache
from typing import Any

from regional_index.errors import Problem
from regional_index.messages import ENGLISH, MESSAGES, message_languages, read_messages, say

SCHEMAS = MESSAGES.parent.parent / "read" / "schemas"
OTHERS = [language for language in message_languages() if language != ENGLISH]
# What an editor finds as it is written.
LITERAL = re.compile(
    r"""
    "[^"]*" | '[^']*' | `[^`]*` | \{[^{}]*\}+   # values as they are typed, code, gaps
    | make\ [a-z-]+(\ [A-Z]+=\S*)* | (--[a-z]+)   # commands
    | [\w.-]*[/_.\[\]][\w./\[\]-]* | \(\w+\ [\w-]+\)   # paths, codes with _, places in a file
    | \w+(,\w+)+ | \*\w | 0x\w+   # columns, an alias, a byte
    | \uff08[ -~]*\uff09   # words of other software, in brackets
    """,
    re.ASCII | re.VERBOSE,
)
WORD = re.compile(r"(?<![\w-])[a-z][a-z-]*(?![\w-])", re.ASCII)
GRAMMAR = {
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "is",
    "it",
    "for",
    "or",
    "and",
    "not",
    "with",
    "that",
    "at",
    "by",
    "from",
    "as",
    "on",
}
# By reason. Words that begin with a capital letter are names: North, CSV, Excel.
EXCEPTIONS = {
    "codes of the tiny project": (
        "turnover patents coverage residents use supply size skill spread sales inventions office survey report coast"
        " seaside inland wires turnovers tiny la inputs x sizes suply"
    ),
    "ids of claims there": (
        "supply-total supply-mean supply-score-east supply-rank-east supply-order supply-above-mean supply-count"
        " supply-share supply-sum supply-tiers supply-comparison"
    ),
    "codes of languages": " ".join(message_languages()),
    "its unit, crowns and million crowns": "million crowns",
    "keys and values of files that no schema lists": "ignore unallocated code coast claim region value unit year",
    "names of rules and of kinds of claims, which are written so in data/": (
        "none min-max z-score fraction-of-maximum distance-to-maximum goalposts categorical rank borda percentile-rank"
        " distance-to-reference distance-to-target winsorise log box-cox mean median constant group-mean group-median"
        " last-observation linear em most skewness kurtosis then over"
    ),
}
EXCEPTED = {word for words in EXCEPTIONS.values() for word in words.split()}


def left_in_english(problem: Problem, language: str) -> list[str]:
    """English words in a message in another language, but for what is written so in data/ or is in its templates."""
    words = WORD.findall(LITERAL.sub(" ", say(problem, language)))
    # Keys and columns in a place, and a value that is one word.
    copied = (set(WORD.findall(problem.place)) - {"line", "column"}) | {problem.found}
    return [word for word in words if word not in known_words(language) | copied]


@cache
def known_words(language: str) -> set[str]:
    """Latin words that a message in this language may have."""
    pack = read_messages(language)
    texts = [*pack.exact.values(), *(translation for _, translation in pack.templates)]
    said = {word for text in texts for word in WORD.findall(LITERAL.sub(" ", text))}
    keys = {key for path in SCHEMAS.glob("*.json") for key in keys_of(json.loads(path.read_text(encoding="utf-8")))}
    return said | ((keys | EXCEPTED) - GRAMMAR)


def keys_of(schema: Any) -> set[str]:
    """Keys and fixed values that a schema names."""
    if isinstance(schema, list):
        return set().union(*map(keys_of, schema))
    if not isinstance(schema, dict):
        return set()
    listed = [value for value in schema.get("enum", ()) if isinstance(value, str)]
    return set(schema.get("properties", {})).union(listed, *map(keys_of, schema.values()))
