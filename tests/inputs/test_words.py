"""Sentences have the gaps that the code fills, and no others."""

import pytest
import yaml

from regional_index.inputs.check_words import declared_gaps, find_gaps
from tests.conftest import SECOND

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
        ("status.new: 'New: {value}'", "no gaps", "remove {value}"),
        ("status.new: 'New: {}'", "no gaps", "remove {}"),
        (SCORE.replace("{value}", "{value"), "braces in pairs, with the name of a gap in them", "close every brace"),
        (SCORE.replace("{value}", "value}"), "braces in pairs, with the name of a gap in them", "close every brace"),
    ],
)
def test_a_sentence_has_the_gaps_that_are_filled_and_no_others(tiny, sentence, expected, remedy):
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


@pytest.mark.parametrize("sentence", [SCORE, SCORE.replace("{index}", "{{{index}}}, again {index}")])
def test_gaps_may_be_in_any_order_and_more_than_once(tiny, sentence):
    tiny.append("words.yml", f"{sentence}\n")
    assert tiny.problems() == ()


def test_nothing_is_declared_that_an_index_does_not_say():
    """An index in another language has every sentence: what is left of one that went is noticed here."""
    words = yaml.safe_load((SECOND / "data" / "words.yml").read_text(encoding="utf-8"))
    assert declared_gaps() == {key: find_gaps(said) for key, said in words.items() if find_gaps(said)}
