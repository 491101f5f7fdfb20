"""What is printed in the place of a number that is missing: only what a publisher left out is called not published."""

import json

import pytest

from regional_index.facts import Facts
from regional_index.render import Links
from regional_index.topics.all import MACROS, catalogue, variants
from regional_index.topics.chart_words import no_score
from regional_index.topics.receipts.steps import table_steps
from regional_index.topics.series.charts import tile_map
from tests.changed_facts import with_declared
from tests.methods import compute
from tests.reading import html_of

PLANTED = "@@not-published@@"
OPEN_TABLES = {
    "table_open": "harbour", "table_years": "harbour", "table_region_years": "Elm", "score_or_dash": ("harbour", "E5"),
    "rank_or_dash": ("harbour", "E5"), "strengths": "Elm", "movement": "Elm", "missing_list": (), "table_regions": (),
}  # fmt: skip


def planted(facts: Facts) -> Facts:
    """The same facts in a language in which the words for what was not published are easily found."""
    words = {key: PLANTED if key.endswith(".not_published") else text for key, text in facts.words.items()}
    return with_declared(facts, words=words)


def charts_with_the_word(facts: Facts) -> set[str]:
    """Ids of the charts of the open series that print it, in their marks or in their description."""
    found = set()
    for name, make in {**catalogue(facts), **variants(facts)}.items():
        figure = make()
        text = json.dumps(figure.chart.to_dict(validate=False), ensure_ascii=False) + figure.description + figure.credit
        if PLANTED in text and not name.endswith("-edition"):
            found.add(name)
    return found


def test_no_chart_calls_a_score_that_is_not_computed_not_published(second_facts: Facts) -> None:
    """Elm has no cargo, so no score of traffic and of the harbour: every chart of these leaves it out or says why."""
    facts = planted(second_facts)
    assert facts.open.scores("harbour")["score"].isna().any()
    assert not charts_with_the_word(facts)


def test_the_search_for_the_word_finds_it(second_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The map as it would be if it printed the word for a published figure."""
    monkeypatch.setattr(tile_map, "no_score", lambda facts, *_: facts.word("chart.not_published"))
    assert "harbour-map" in charts_with_the_word(planted(second_facts))


@pytest.mark.parametrize("macro", OPEN_TABLES)
def test_no_table_or_sentence_of_the_open_series_does_either(second_facts: Facts, macro: str) -> None:
    facts, given = planted(second_facts), OPEN_TABLES[macro]
    known = {"facts": facts, "links": Links(facts, lambda: "index.md"), "show": html_of}
    written = str(MACROS[macro].bind(known)(*([given] if isinstance(given, str) else given)))
    assert PLANTED not in written


def test_a_score_says_what_it_lacks(second_facts: Facts) -> None:
    """Its own indicator, or the sub-index below it; nothing of parts that no region has."""
    assert no_score(second_facts, "harbour", "E5") == "not computable without Traffic"
    assert no_score(second_facts, "goods", "E5") == "not computable without Cargo"
    assert no_score(second_facts, "goods", "E5", brief=True) == "not computable"


def test_a_profile_says_in_words_which_scores_are_missing(second_facts: Facts) -> None:
    said = catalogue(second_facts)["region-elm-profile"]().description
    assert "Without a score: Harbour index (not computable without Traffic), Traffic (" in said
    assert "Without a score" not in catalogue(second_facts)["region-brill-profile"]().description


def test_a_year_that_is_not_out_yet_and_one_that_nobody_counted_are_told_apart(second_facts: Facts) -> None:
    """Waiting times of 2030 alone: 2031 is to come. Of 2031 alone: there are none of 2030."""
    for years, year, said in (((2030,), 2031, "not published yet"), ((2031,), 2030, "no figure of this year")):
        facts = compute(second_facts.declared, indicators={"waiting_time": {"years": years}})
        links = Links(facts, lambda: "index.md")
        assert said in html_of(table_steps(facts, links, "shore", "Brill", year, receipt=True))
        assert said not in html_of(table_steps(facts, links, "shore", "Brill", years[0], receipt=True))
