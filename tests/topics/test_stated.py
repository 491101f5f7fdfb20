"""Sentences about the open series: printed where it agrees, refused with both sides where it does not."""

import re
from typing import Any

import pytest

from regional_index.claims.against import check_against
from regional_index.claims.universe import universe_of
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.read.draft import read_claim
from regional_index.render import Links
from regional_index.topics.edition.findings import open_table, say_finding
from regional_index.topics.series.stated import state_checked

# Shore 2031: Corsa 100, Elm 100, Dunmore 65, Brill 45, Arden 20; mean 66. Harbour 2031: Elm has no score.
LEADING = {"kind": "above", "index": "shore", "regions": ["Elm", "Corsa"], "threshold": "mean", "exhaustive": True}
SPEED_MEAN = {"index": "speed", "mean": True}


def state(facts: Facts, sentence: str, year: int | None = None, **fields: Any) -> str:
    """What the macro writes on the front page."""
    return str(state_checked(facts, Links(facts, lambda: "index.md"), sentence=sentence, year=year, **fields))


def refuse(facts: Facts, sentence: str, year: int | None = None, **fields: Any) -> str:
    """What is said of a sentence that is not printed."""
    with pytest.raises(LookupFailed) as caught:
        state(facts, sentence, year, **fields)
    return str(caught.value)


def compare(facts: Facts, **fields: Any) -> dict[str, str]:
    """The two sides of a claim about the last year."""
    claim = read_claim(fields, facts.declared)
    universe = universe_of(facts.edition, facts.framework, facts.regions)
    (finding,) = check_against([claim], open_table(facts), universe)
    return say_finding(finding, facts)


def test_a_true_sentence_is_printed_as_it_stands(second_facts: Facts) -> None:
    """Markdown in it stays Markdown, HTML becomes text."""
    written = state(second_facts, "Two *islands* are > the [mean](shore.md).", **LEADING)
    assert written == "Two *islands* are &gt; the [mean](shore.md)."


def test_gaps_are_filled_with_what_is_stated(second_facts: Facts) -> None:
    """So that a sentence cannot say another thing than what is checked."""
    written = state(second_facts, "{index} {year}: {regions}", **LEADING)
    assert re.sub(r"<[^>]+>", "", written) == "Shore index 2031: Elm, Corsa"
    assert '<a href="regions/elm/">Elm</a>' in written
    assert state(second_facts, "{value}", kind="mean", index="shore", value="66.00") == "66.00"
    said = {"kind": "count", "index": "shore", "relation": "at_least", "threshold": "65", "value": "3"}
    assert state(second_facts, "{value} from {threshold} up", **said) == "3 from 65 up"


def test_another_year_may_be_asked_for(second_facts: Facts) -> None:
    """2030: Elm 97.5, Corsa 66.25, mean 51; the list is the same, the mean is not."""
    assert state(second_facts, "Both.", 2030, **LEADING) == "Both."
    assert state(second_facts, "{year}", 2030, kind="mean", index="shore", value="51") == "2030"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"kind": "mean", "index": "shore", "value": "66.01"},
            "The mean of the Shore index is 66.01; stated: 66.01; computed: 66.0000",
        ),
        (
            {"kind": "order", "index": "shore", "regions": ["Brill", "Dunmore"]},
            "Shore index, best first: Brill, Dunmore; stated: Brill, Dunmore; computed: Dunmore, Brill",
        ),
        (
            {**LEADING, "regions": ["Elm"]},
            "Above the mean in the Shore index: Elm; stated: Elm; computed: Corsa, Elm",
        ),
        (
            {"kind": "mean", "index": "harbour", "value": "46.88"},
            "The mean of the Harbour index is 46.88; missing: Elm",
        ),
    ],
)
def test_a_false_sentence_is_refused_with_both_sides(second_facts: Facts, fields: Any, message: str) -> None:
    """The sentence, the year, what is claimed, and what the series has instead."""
    verdict = "cannot be compared with" if "missing" in message else "disagrees with"
    assert refuse(second_facts, "So.", **fields) == f'"So." {verdict} the open series of 2031: {message}'


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {**LEADING, "regions": ["Elm", "Atlantis"]},
            'regions.1: found "Atlantis"; expected a region of data/regions.csv; correct the name, or add it to',
        ),
        (
            {**LEADING, "threshold": 40},
            'threshold: found 40; expected mean, or a plain decimal number in quotes, such as "40"; put it in quotes: ',
        ),
        ({**LEADING, "index": "shroe"}, 'index: found "shroe"; expected the code of an index'),
        ({"kind": "mean", "index": "shore"}, "claim: expected `value`; add what is missing"),
        ({**LEADING, "treshold": "40"}, 'treshold: found "treshold"; expected one of the keys'),
    ],
)
def test_what_is_no_claim_is_refused_by_its_key(second_facts: Facts, fields: Any, message: str) -> None:
    """By the rules of data/published."""
    assert message in refuse(second_facts, "So.", **fields)


def test_an_unknown_gap_is_named_with_those_there_are(second_facts: Facts) -> None:
    message = refuse(second_facts, "{points} points", kind="mean", index="shore", value="66")
    assert message == "\"{points} points\" has a gap 'points'; there are index, year, value"


def test_a_year_that_the_series_has_not_is_refused(second_facts: Facts) -> None:
    assert "the open series has no year 2019" in refuse(second_facts, "So.", 2019, **LEADING)


@pytest.mark.parametrize(
    ("fields", "sides"),
    [
        ({"kind": "rank", "regions": ["Arden"], "value": "4"}, {"stated": "4", "computed": "5"}),
        (
            {"kind": "count_share", "relation": "above", "threshold": "mean", "value": "50.0"},
            {"stated": "50.0%", "computed": "40.000%", "counted": "2 islands · Corsa, Elm"},
        ),
        (
            {"kind": "group_mean", "group": {"relation": "below", "threshold": "50"}, "value": "32.5", "size": "3"},
            {"stated": "32.5 · 3 islands", "computed": "32.500", "counted": "2 islands · Brill, Arden"},
        ),
        (
            {"kind": "group_mean", "group": {"relation": "below", "threshold": "9"}, "value": "3"},
            {"stated": "3", "computed": "none"},
        ),
        (
            {"kind": "above", "threshold": "10", "regions": ["Elm"], "exhaustive": True},
            {"stated": "Elm", "computed": "all islands"},
        ),
        ({"kind": "tiers", "tiers": [["Elm", "Brill"], ["Corsa"]]}, {"misplaced": "Elm, Brill, Corsa"}),
        ({"kind": "comparison", "greater": SPEED_MEAN, "less": {"index": "shore", "mean": True}}, {"missing": "Corsa"}),
    ],
)  # fmt: skip
def test_the_two_sides_are_said_as_each_kind_needs(
    second_facts: Facts, fields: dict[str, Any], sides: dict[str, str]
) -> None:
    """Counts without decimals, other numbers with two more than were stated, regions by name."""
    assert compare(second_facts, index="shore", **fields) == sides


def test_of_a_true_claim_nothing_is_said(second_facts: Facts) -> None:
    assert compare(second_facts, **LEADING) == {}


def test_a_share_of_some_regions_is_not_said_to_be_one_of_all(second_facts: Facts) -> None:
    """Elm has 100 of 165 with Dunmore, of 330 in all."""
    said = {"kind": "share", "index": "shore", "regions": ["Elm"], "value": "60.6"}
    assert state(second_facts, "{regions}: {value}%", of=["Elm", "Dunmore"], **said).endswith(": 60.6%")
    assert "Elm have 60.6% of the total of the Shore index" in refuse(second_facts, "So.", of="total", **said)
    wrong = refuse(second_facts, "So.", of=["Elm", "Corsa"], **said)
    assert "Elm have 60.6% of what Elm, Corsa have together in the Shore index; stated: 60.6%; computed: 50" in wrong
