"""Language packs say the same things; what an index words otherwise are words of its pack, with the same gaps."""

import ast

import pytest

from regional_index.cache import PACKAGE, PACKS
from regional_index.read import read_project
from regional_index.read.schemas import check_schema
from regional_index.read.words import find_gaps, languages, read_pack
from regional_index.read.yaml_files import load_yaml

SCORE = "claim.score: '{regions} scored {value} in {index}'"


@pytest.mark.parametrize(
    ("sentence", "expected", "remedy"),
    [
        (
            "claim.score: '{regions} scored in {index}'",
            "the gaps {index}, {regions}, {value}",
            "write {value} where the data belong",
        ),
        ("claim.score: Scored", "the gaps {index}, {regions}, {value}", "write {index}, {regions}, {value} where"),
        ("claim.score: ''", "the gaps {index}, {regions}, {value}", "write {index}, {regions}, {value} where"),
        (SCORE.replace("{value}", "{vale}"), "the gaps {index}, {regions}, {value}", "write {value} for {vale}"),
        (SCORE.replace("{value}", "{value:.1f}"), "the gaps {index}, {regions}, {value}", "write {value} for"),
        (SCORE.replace("{value}", "{value.real}"), "the gaps {index}, {regions}, {value}", "write {value} for"),
        (SCORE.replace("{value}", "{value!r}"), "the gaps {index}, {regions}, {value}", "write {value} for"),
        (SCORE.replace("{value}", "{value} of {year}"), "the gaps {index}, {regions}, {value}", "remove {year}"),
        (SCORE.replace("{value}", "{value:point|points}"), "the gaps {index}, {regions}, {value}", "remove {value:"),
        ("table.note: 'New: {value}'", "no gaps", "remove {value}"),
        ("table.note: 'New: {}'", "no gaps", "remove {}"),
        ("table.note: '{value:point|points}'", "no gaps", "remove {value:point|points}"),
        (SCORE.replace("{value}", "{value"), "braces in pairs, with the name of a gap in them", "close every brace"),
        (SCORE.replace("{value}", "value}"), "braces in pairs, with the name of a gap in them", "close every brace"),
    ],
)
def test_a_sentence_has_the_gaps_of_the_pack_and_no_others(tiny, sentence, expected, remedy):
    tiny.append("words.yml", f"{sentence}\n")
    problem = tiny.problem()
    key = sentence.partition(":")[0]
    assert (problem.file, problem.place) == ("data/words.yml", f"{key}, line {tiny.line('words.yml', sentence)}")
    assert problem.expected == expected
    assert problem.remedy.startswith(remedy)


def test_two_sentences_exchanged_are_both_refused(tiny):
    tiny.append("words.yml", "claim.total: '{regions} is number {value} in {index}'\nclaim.rank: '{index}: {value}'\n")
    assert {problem.place for problem in tiny.problems()} == {
        f"{key}, line {tiny.line('words.yml', key)}" for key in ("claim.total", "claim.rank")
    }


@pytest.mark.parametrize(
    "sentence",
    [SCORE, SCORE.replace("{index}", "{{{index}}}, again {index}"), f"{SCORE[:-1]} {{value:point|points}}'"],
)
def test_gaps_may_be_in_any_order_and_more_than_once(tiny, sentence):
    tiny.append("words.yml", f"{sentence}\n")
    assert tiny.problems() == ()


@pytest.mark.parametrize(("key", "remedy"), [("table.notes", "write table.note"), ("x", "remove it")])
def test_a_word_that_the_pack_does_not_have_is_refused(tiny, key, remedy):
    tiny.append("words.yml", f"{key}: New\n")
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/words.yml", f"{key}, line {tiny.line('words.yml', key)}")
    assert (problem.expected, problem.remedy) == ("a key of scripts/regional_index/words/en.yml", remedy)


def test_an_index_words_otherwise_what_it_wants_to(tiny):
    """And nothing, if it has no file of words."""
    pack = read_pack("en")
    tiny.append("words.yml", "table.note: Remark\n")
    assert {**pack, "table.note": "Remark", "status.partial": "incomplete"} == read_project(tiny.root).words
    tiny.remove("words.yml")
    assert read_project(tiny.root).words == pack


def test_a_language_without_a_pack_is_refused(tiny):
    """Alone: what an index words otherwise cannot be compared."""
    tiny.edit("framework.yml", "language: en", "language: la")
    tiny.edit("framework.yml", "title: {en: Tiny index}", "title: {la: Parvus}")
    problem = next(problem for problem in tiny.problems() if problem.place == "language, line 3")
    assert problem.expected == f"a language with a pack: {', '.join(languages())}"
    assert problem.remedy == "write one of them, or add the pack scripts/regional_index/words/la.yml"
    assert {problem.file for problem in tiny.problems()} == {"data/framework.yml"}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("title: {en: Tiny index}", "title: {fr: Petit, en: Tiny index}", "title.fr, line 2"),
        (
            "{code: coast, name: {en: Coast}",
            "{code: coast, name: {fr: Littoral}",
            "groups[0] (code coast).name.fr",
        ),
    ],
)
def test_the_first_name_is_in_the_language_of_the_site(tiny, old, new, place):
    tiny.edit("framework.yml", old, new)
    problem = tiny.problem()
    assert problem.place.startswith(place)
    assert (problem.expected, problem.remedy) == (
        "first the language of the site, en",
        "write the name for en first",
    )


@pytest.mark.parametrize("language", languages())
def test_every_pack_has_the_same_words_with_the_same_gaps(language):
    """A pack is text by key; that of the first language is as good a measure as any. Docstrings describe macros."""
    path = PACKS / f"{language}.yml"
    assert check_schema(load_yaml(path.name, path.read_bytes()), "words") == []
    first, pack = (
        {key: text for key, text in read_pack(name).items() if not key.startswith("macro.")}
        for name in (languages()[0], language)
    )
    assert list(pack) == list(first)
    assert {key: find_gaps(pack[key]) for key in pack} == {key: find_gaps(first[key]) for key in first}


def asked_for(source):
    """Keys that a module asks for by name, each with the gaps that it fills; `None` where these are not in the call."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        keys = [part.value for part in call.args[:2] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if keys and name in ("word", "sentence", "fill"):
            gaps = {given.arg for given in call.keywords}
            yield keys[0], None if name == "word" or None in gaps else gaps


def test_code_asks_for_words_of_the_packs_and_fills_their_gaps():
    pack = read_pack("en")
    asked = [found for path in PACKAGE.rglob("*.py") for found in asked_for(path.read_text(encoding="utf-8"))]
    assert len(asked) > 300
    wrong = [(key, gaps) for key, gaps in asked if key not in pack or gaps not in (None, find_gaps(pack[key]))]
    assert wrong == []


def test_what_code_asks_for_is_found():
    source = 'facts.word("a.b")\nfacts.sentence("c.d", e=1)\nfill(facts, "f.g", **h)\n'
    assert list(asked_for(source)) == [("a.b", None), ("c.d", {"e"}), ("f.g", None)]
