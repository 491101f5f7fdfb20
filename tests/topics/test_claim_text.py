"""Every claim has a sentence, in any language, with all of its gaps filled."""

import re

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Claim
from regional_index.render import Links, fill
from regional_index.topics.edition.claim_text import describe_claim, describe_place
from tests.changed_facts import with_declared

HIGHEST, ELM = {"index": "shore", "highest": True}, {"index": "shore", "regions": ("E5",)}
ABOVE_MEAN = {"relation": "above", "threshold": "mean"}


def with_words(facts: Facts, **words: str) -> Facts:
    """The same facts with other words; `__` in a key stands for the dot."""
    changed = {key.replace("__", "."): text for key, text in words.items()}
    return with_declared(facts, words={**facts.words, **changed})


def plain(markup: str) -> str:
    """Text without elements."""
    return re.sub(r"<[^>]+>", "", markup)


def say(facts: Facts, claim: Claim) -> str:
    """The claim in words, without its links."""
    return plain(describe_claim(claim, facts, Links(facts, lambda: "claims.md")))


@pytest.mark.parametrize(
    ("claim_id", "sentence"),
    [
        ("harbour-total", "All islands together have 200.0 in the Harbour index"),
        ("harbour-mean", "The mean of the Harbour index is 40.0"),
        ("harbour-score-arden", "Score of Arden in the Harbour index: 72.50"),
        ("harbour-rank-arden", "Rank of Arden in the Harbour index: 1"),
        ("harbour-top", "First 3 of the Harbour index, in this order: Arden, Brill, Dunmore"),
        ("speed-top", "First 2 of the Speed, in no particular order: Elm, Dunmore"),
        ("harbour-above", "Above the mean in the Harbour index: Arden, Brill"),
        ("harbour-count", "2 islands are above the mean in the Harbour index"),
        ("harbour-tiers", "Tiers of the Harbour index: tier 1: Arden, Brill; tier 2: Dunmore; tier 3: all others"),
        ("traffic-band", "Score of Dunmore in the Traffic: between 20 and 40"),
        ("shore-comparison", "Elm in the Shore index is above the mean of the Shore index"),
    ],
)
def test_a_claim_of_the_second_index_reads_in_english(second_facts: Facts, claim_id: str, sentence: str) -> None:
    """Figures as printed, regions by their names."""
    assert say(second_facts, second_facts.edition.claim(claim_id)) == sentence


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (Claim("x", "shore", "order", "p", regions=("E5", "C3")), "Shore index, best first: Elm, Corsa"),
        (
            Claim("x", "shore", "order", "p", regions=("E5", "C3"), details={"starts_at": "2"}),
            "Shore index, best first from rank 2: Elm, Corsa",
        ),
        (
            Claim("x", "shore", "below", "p", regions=("A1",), details={"threshold": "40", "exhaustive": False}),
            "Below 40 in the Shore index: Arden",
        ),
        (
            Claim("x", "shore", "count_share", "p", "40.0", details={"relation": "at_most", "threshold": "9"}),
            "40.0% of the islands are at most 9 in the Shore index",
        ),
        (
            Claim("x", "shore", "sum", "p", "1234.5", details={"group": {"relation": "above", "threshold": "mean"}}),
            "the islands above the mean have 1,234.5 together in the Shore index",
        ),
        (
            Claim("x", "shore", "share", "p", "60", regions=("E5", "C3")),
            "Elm, Corsa have 60% of the total of the Shore index",
        ),
        (Claim("x", "shore", "group_mean", "p", "7", regions=("E5",)), "The mean of Elm in the Shore index is 7"),
        (
            Claim("x", "shore", "band", "p", regions=("E5",), details={"lower": "9"}),
            "Score of Elm in the Shore index: at least 9",
        ),
        (
            Claim("x", "shore", "band", "p", regions=("E5",), details={"upper": "9"}),
            "Score of Elm in the Shore index: at most 9",
        ),
        (
            Claim("x", "shore", "group_count", "p", "1", ("E5",), {"within": "3", "group_name": "outer"}),
            "1 of the first 3 of the Shore index are in outer: Elm",
        ),
        (
            Claim("x", "shore", "group_count", "p", "1", details={"within": "3", "group_name": "outer"}),
            "1 of the first 3 of the Shore index is in outer",
        ),
        (
            Claim("x", "shore", "share", "p", "60", details={"within": "3", "of": "total"}),
            "the first 3 have 60% of the total of the Shore index",
        ),
        (
            Claim("x", "shore", "sum", "p", "60", details={"group_name": "outer"}),
            "outer have 60 together in the Shore index",
        ),
        (
            Claim("x", "shore", "ratio", "p", "2.5", details={"greater": HIGHEST, "less": ELM}),
            "the highest score of the Shore index: 2.5 times Elm in the Shore index",
        ),
        (
            Claim("x", "shore", "growth", "p", "-4.5", ("E5",), {"year": 2020}),
            "Score of Elm in the Shore index: 4.5% less than in 2020",
        ),
        (
            Claim("x", "shore", "place_change", "p", "1", ("E5",), {"year": 2020}),
            "Elm in the Shore index: 1 place further up than in 2020",
        ),
        (
            Claim("x", "shore", "count", "p", "2", details={**ABOVE_MEAN, "group_name": "outer"}),
            "2 regions of outer are above the mean in the Shore index",
        ),
    ],
)  # fmt: skip
def test_the_other_kinds_and_variants_read_in_english_too(second_facts: Facts, claim: Claim, sentence: str) -> None:
    """Those that the third report has no example of."""
    assert say(second_facts, claim) == sentence


def test_regions_and_index_of_a_claim_are_linked(second_facts: Facts) -> None:
    """From the page being written."""
    links = Links(second_facts, lambda: "claims.md")
    said = describe_claim(second_facts.edition.claim("harbour-score-arden"), second_facts, links)
    assert said.startswith('Score of <a href="../regions/arden/">Arden</a> in')
    assert '<a href="../harbour/">Harbour index</a>' in said


def test_a_kind_without_a_sentence_is_an_error(second_facts: Facts) -> None:
    """That names the kind."""
    with pytest.raises(LookupFailed, match=r'unknown word "claim\.guess"'):
        say(second_facts, Claim("x", "shore", "guess", "p"))


def test_a_place_is_section_and_paragraph(second_facts: Facts) -> None:
    """In the words of the site's language."""
    assert describe_place("shore-1", second_facts) == "Shores, paragraph 5"


def test_what_fills_a_gap_stays_text(second_facts: Facts) -> None:
    """Also when it looks like a gap itself."""
    facts = with_words(second_facts, x="<b>{gap}</b>")
    assert fill(facts, "x", gap="<i>{gap}</i>") == "&lt;b&gt;&lt;i&gt;&#123;gap&#125;&lt;/i&gt;&lt;/b&gt;"


def test_a_sentence_that_is_not_there_is_named(second_facts: Facts) -> None:
    """With one that is there."""
    with pytest.raises(LookupFailed, match=r'unknown word "table.notes"; write table.note'):
        fill(second_facts, "table.notes")


def test_a_sentence_with_a_gap_that_nothing_fills_is_named(second_facts: Facts) -> None:
    """The words have {points}, and the code gives something else."""
    facts = with_words(second_facts, answer__score="{region} {points}")
    with pytest.raises(LookupFailed, match=r"answer\.score.*points"):
        fill(facts, "answer.score", region="Elm", score="1")
