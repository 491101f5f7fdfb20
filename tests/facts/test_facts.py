"""Questions about the second index, each with one answer worked out by hand or an error that names what is unknown."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.facts.build import NAMES_SERIES
from regional_index.framework import site_name
from tests.changed_facts import with_declared
from tests.computed import build_facts
from tests.methods import compute

ARDEN, BRILL, CORSA, DUNMORE, ELM = "A1", "B2", "C3", "D4", "E5"


def test_years_default_to_the_last_one(second_facts: Facts) -> None:
    """Arden has 71.67 in 2031 and 31.67 in 2030."""
    assert (second_facts.first_year, second_facts.last_year) == (2030, 2031)
    assert second_facts.open.score("harbour", "Arden") == pytest.approx(215 / 3)
    assert second_facts.open.score("harbour", "Arden", 2030) == pytest.approx(95 / 3)
    assert second_facts.open.rank("harbour", "Arden", 2030) == 3


@pytest.mark.parametrize("name", ["Dunmore", "dunmore", "D4", "IS-DU", "Dunmore and Skerries", " SKERRIES "])
def test_a_region_goes_by_any_of_its_names(second_facts: Facts, name: str) -> None:
    """Name, slug, codes, full name, alias; case and spaces do not matter."""
    assert second_facts.region(name).code == DUNMORE


def test_scores_stand_best_first_and_missing_ones_last(second_facts: Facts) -> None:
    """Elm has no cargo and so no harbour score; equal scores keep the order of the table."""
    assert list(second_facts.open.scores("harbour").index) == [ARDEN, BRILL, DUNMORE, CORSA, ELM]
    assert list(second_facts.open.scores("shore").index) == [CORSA, ELM, DUNMORE, BRILL, ARDEN]
    assert [region.name for region in second_facts.open.leaders("harbour", 9)] == ["Arden", "Brill", "Dunmore", "Corsa"]


def test_a_mean_is_over_the_regions_that_have_a_score(second_facts: Facts) -> None:
    """(215 + 185 + 125) / 3 + 12.5, over four islands; 0 for Elm would give 37.5."""
    assert second_facts.open.mean("harbour") == pytest.approx(46.875)


def test_movement_counts_places_gained(second_facts: Facts) -> None:
    """Arden from 3 to 1, Brill from 1 to 2, Elm from nowhere to nowhere."""
    gained = second_facts.open.movement.loc["harbour"]["rank_change"]
    assert gained.drop(ELM).to_dict() == {ARDEN: 2, BRILL: -1, CORSA: 0, DUNMORE: -1}
    assert pd.isna(gained[ELM])


def test_groups_have_mean_and_share(second_facts: Facts) -> None:
    """On the shore in 2031 the inner ring has 20, 45 and 100 of 330 points."""
    found = second_facts.open.group_summary("ring", "Inner ring", "shore", 2031)
    assert (found["mean"], found["count"]) == (55, 3)
    assert found["share"] == pytest.approx(165 / 330)


def test_a_region_may_be_in_no_group(second_facts: Facts) -> None:
    """Only Arden and Elm signed the old treaty."""
    assert second_facts.membership("treaty").to_dict() == {ARDEN: "Old treaty", ELM: "Old treaty"}


def test_only_the_leaves_of_the_tree_make_a_profile(second_facts: Facts) -> None:
    """At whatever depth: the shore has nothing below it."""
    assert list(second_facts.open.sub_index_table().columns) == ["goods", "density", "speed", "shore"]


def test_neighbours_compare_what_both_have(second_facts: Facts) -> None:
    """Dunmore and Brill: root of the mean of 25², 85², 20², 20²; Elm shares speed and shore only: 20² and 35²."""
    found = {region.code: distance for region, distance in second_facts.open.neighbours("Dunmore", 4)}
    assert found[BRILL] == pytest.approx(((25**2 + 85**2 + 20**2 + 20**2) / 4) ** 0.5)
    assert found[ELM] == pytest.approx(((20**2 + 35**2) / 2) ** 0.5)
    assert list(found.values()) == sorted(found.values())
    assert DUNMORE not in found


def test_values_are_in_their_own_unit_after_division(second_facts: Facts) -> None:
    """110 thousand tonnes for 100 thousand residents; the last year of an indicator is the default."""
    assert second_facts.values.value("cargo_per_resident", "Arden") == pytest.approx(110)
    assert second_facts.values.value("residents", "Elm", 2030) == 10
    assert second_facts.values.in_year("cargo").to_dict() == {ARDEN: 110, BRILL: 60, CORSA: 20, DUNMORE: 35}


def test_an_indicator_of_fewer_years_has_its_own_last_one(second_facts: Facts) -> None:
    """Beaches that were inspected in 2030 only."""
    facts = compute(second_facts.declared, indicators={"clean_beaches": {"years": (2030,)}})
    whole = second_facts.values.values("clean_beaches")
    assert facts.values.in_year("clean_beaches").to_dict() == whole.xs(2030, level="year").to_dict()


def test_the_published_series_stands_beside_in_the_order_of_the_table(second_facts: Facts) -> None:
    """Arden 72.5, Brill 61; Dunmore only has a rank."""
    frame = second_facts.published.scores("harbour")
    assert list(frame.index) == [ARDEN, BRILL, CORSA, DUNMORE, ELM]
    assert frame["rank"].dropna().to_dict() == {ARDEN: 1, BRILL: 2, DUNMORE: 3}


UNKNOWN: list[tuple[Callable[[Facts], object], str]] = [
    (lambda f: f.open.score("harbor", "Arden"), 'unknown index "harbor"; there are harbour, traffic, goods'),
    (lambda f: f.published.scores("harbor"), 'unknown index "harbor"; there are'),
    (lambda f: f.node("harbor"), 'unknown index "harbor"; there are'),
    (lambda f: f.indicator("gold"), 'unknown indicator "gold"; there are cargo, cargo_per_resident'),
    (lambda f: f.values.values("gold"), 'unknown indicator "gold"; there are'),
    (lambda f: f.membership("colour"), 'unknown group "colour"; there are ring, treaty'),
    (lambda f: f.open.score("harbour", "Arden", 2029), r"no year 2029; it has \(2030, 2031\)"),
    (lambda f: f.open.score("harbour", "Atlantis"), 'unknown region "Atlantis"'),
    (lambda f: f.open.neighbours("Atlantis"), 'unknown region "Atlantis"'),
    (lambda f: f.word("no.such"), r'unknown word "no.such"; no language pack has it'),
    (lambda f: f.edition.claim("harbour-score-elm"), 'unknown claim .*similar: .*harbour-score-arden'),
    (lambda f: f.edition.figure("steam"), 'unknown context figure "steam"; similar: steamers'),
    (lambda f: f.edition.trend("01"), 'unknown trend "01"'),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "message"), UNKNOWN)
def test_the_unknown_is_named_and_what_there_is_too(
    second_facts: Facts, ask: Callable[[Facts], object], message: str
) -> None:
    """So that a typing error is mended from the message alone."""
    with pytest.raises(LookupFailed, match=message):
        ask(second_facts)


def test_an_unknown_region_comes_with_a_suggestion(second_facts: Facts) -> None:
    """As an unknown index does."""
    with pytest.raises(LookupFailed, match="Dunmore"):
        second_facts.region("Dunmoor")


MISSING: list[tuple[Callable[[Facts], object], str]] = [
    (lambda f: f.open.score("harbour", "Elm"), 'no score of "harbour" for "Elm" in 2031'),
    (lambda f: f.open.rank("harbour", "Elm", 2030), 'no rank of "harbour" for "Elm" in 2030'),
    (lambda f: f.open.score("harbour", "Fogholm"), 'no score of "harbour" for "Fogholm"'),
    (lambda f: f.values.value("cargo", "Elm"), 'indicator "cargo" has no value for "Elm" in 2031'),
    (lambda f: f.values.value("waiting_time", "Corsa"), 'indicator "waiting_time" has no value for "Corsa" in 2031'),
    (lambda f: f.values.value("cargo", "Arden", 2029), 'no value for "Arden" in 2029'),
    (lambda f: f.values.in_year("cargo", 2029), 'indicator "cargo" has no values in 2029'),
]


@pytest.mark.parametrize(("ask", "message"), MISSING)
def test_a_missing_number_is_an_error_and_never_a_zero(
    second_facts: Facts, ask: Callable[[Facts], object], message: str
) -> None:
    """Not published, excluded, not evaluated, or another year."""
    with pytest.raises(LookupFailed, match=message):
        ask(second_facts)


@pytest.mark.parametrize("code", ["clean_beaches", "waiting_time", "cargo_per_resident"])
def test_what_has_no_meaningful_sum_is_not_summed(second_facts: Facts, code: str) -> None:
    """A share, an index and a ratio; their values can be asked for all the same."""
    assert len(second_facts.values.in_year(code)) > 0
    with pytest.raises(LookupFailed, match=f'indicator "{code}" cannot be summed over regions'):
        second_facts.values.in_year(code, additive=True)


def test_a_divided_amount_is_not_summed_either(second_facts: Facts) -> None:
    """Whatever kind it declares, so that `kind: amount` by mistake does no harm."""
    framework = second_facts.framework
    mistaken = replace(framework.indicator("cargo_per_resident"), kind="amount")
    changed = replace(framework, indicators={**framework.indicators, "cargo_per_resident": mistaken})
    facts = with_declared(second_facts, framework=changed)
    with pytest.raises(LookupFailed, match="cannot be summed"):
        facts.values.in_year("cargo_per_resident", additive=True)


@pytest.mark.parametrize("code", ["cargo", "residents"])
def test_counts_and_amounts_are_summed(second_facts: Facts, code: str) -> None:
    """225 thousand tonnes, 310 thousand residents."""
    assert second_facts.values.in_year(code, additive=True).sum() == {"cargo": 225, "residents": 310}[code]


def test_what_is_never_computed_is_not_among_the_computed(bare_facts: Facts) -> None:
    """A shore without indicators."""
    assert set(bare_facts.framework.nodes) - set(bare_facts.open.computed_nodes) == {"shore"}
    assert "shore" not in bare_facts.open.sub_index_table()


def test_a_denominator_of_zero_gives_no_value(second_facts: Facts) -> None:
    """Nobody lived on Corsa in 2030: its density is missing, and Arden's 60 of 20-120 still scores 40."""
    values = second_facts.declared.values.copy()
    nobody = (values["indicator"] == "residents") & (values["region"] == CORSA) & (values["year"] == 2030)
    values.loc[nobody, "value"] = 0.0
    facts = build_facts(replace(second_facts.declared, values=values))
    assert pd.isna(facts.values.values("cargo_per_resident")[(CORSA, 2030)])
    assert facts.open.score("density", "Brill", 2031) == pytest.approx(100)


def test_words_name_the_lens_once_and_leave_no_space_after_a_wide_bracket(
    real_facts: Facts, second_facts: Facts
) -> None:
    """The name of the series is part of its name with a lens, and must not be replaced in it again."""
    for facts in (real_facts, second_facts):
        texts = "\n".join(text for key, text in facts.words.items() if key.startswith(NAMES_SERIES))
        reading = facts.framework.reading
        assert reading is not None
        named = facts.words["series.by_lens"].split("{series}")[1].format(lens=site_name(reading.name))
        assert named.strip() in texts
        assert named.strip() * 2 not in texts.replace(" ", "")
        assert "\uff09 " not in texts
