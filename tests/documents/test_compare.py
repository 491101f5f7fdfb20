"""`compare.json`, which the page that compares regions loads: compared with the facts it was made from."""

import numpy as np
import pandas as pd
import pytest

from regional_index.documents.compare import compare_document
from regional_index.facts import Facts
from regional_index.method.describe import find_marks
from tests.computed import build_facts
from tests.methods import declare


@pytest.fixture(scope="module")
def document(second_facts: Facts) -> dict:
    """That of the second index."""
    return compare_document(second_facts)


def test_lists_are_in_the_order_of_the_regions(second_facts: Facts, document: dict) -> None:
    """Scores, ranks and values of all years; missing ones are null."""
    assert document["regions"] == ["arden", "brill", "corsa", "dunmore", "elm"]
    for year in second_facts.framework.years:
        for code, found in document["indices"].items():
            scores = second_facts.open.scores(code, year)
            for region, value, rank in zip(
                second_facts.regions.evaluated, found[str(year)]["value"], found[str(year)]["rank"], strict=True
            ):
                assert (value is None) == bool(np.isnan(scores.loc[region, "score"])) == (rank is None)
                assert value is None or value == pytest.approx(scores.loc[region, "score"], abs=1e-6)


def test_an_indicator_of_which_less_is_better_is_led_by_the_least(document: dict) -> None:
    """Elm's ships wait five hours."""
    assert document["indicators"]["waiting_time"]["2031"]["leader"] == 5


def test_the_mean_of_a_group_is_unweighted_and_of_those_that_have_a_value(document: dict) -> None:
    """Inner ring: 37 and 21 hours, Corsa's are excluded; outer ring: 13 and 5."""
    assert document["indicators"]["waiting_time"]["2031"]["means"] == {"Inner ring": 29, "Outer ring": 9}


def test_marks_of_nothing_are_missing() -> None:
    """A column without values has no leader."""
    marks = find_marks(pd.Series({"a": np.nan}), pd.Series({"a": "g"}))
    assert np.isnan(marks.best)
    assert np.isnan(marks.means["g"])


def test_a_next_step_names_whose_place_it_gains(document: dict) -> None:
    """Brill is behind Arden by 10 points; 20 thousand tonnes more are a third more."""
    step = document["next_steps"]["brill"]["harbour"]
    assert (step["above"], step["gap"]) == ("arden", 10)
    assert step["steps"]["cargo"] == [20, pytest.approx(33.33333)]
    assert step["steps"]["cargo_per_resident"] == "limit"
    assert "harbour" not in document["next_steps"].get("arden", {})


def test_neighbours_are_the_nearest_profiles(second_facts: Facts, document: dict) -> None:
    """By the root of the mean squared difference."""
    expected = [(region.slug, distance) for region, distance in second_facts.open.neighbours("Brill")]
    assert [(slug, pytest.approx(distance, abs=1e-5)) for slug, distance in document["neighbours"]["brill"]] == expected


def test_a_value_that_fills_a_gap_says_of_which_year_it_is(second_facts: Facts) -> None:
    """Corsa's waiting time of 2031 is that of 2030; what another rule fills in is of no year."""
    for rule, year in (("last-observation", 2030), ("mean", None)):
        project = declare(second_facts.declared, indicators={"waiting_time": {"impute": rule}})
        facts = build_facts(project)
        found = compare_document(facts)["indicators"]["waiting_time"]
        place = compare_document(facts)["regions"].index("corsa")
        assert found["2031"]["filled"] == {"corsa": year}
        assert found["2031"]["value"][place] is not None
        assert "filled" not in found["2030"]
