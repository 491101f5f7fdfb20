"""What the choice of a lens does to an index, on the second index, where one indicator of the harbour is divided."""

import pytest

from regional_index.facts import Facts
from regional_index.facts.readings import Readings
from regional_index.render import Links
from tests.methods import as_text
from tests.topics.test_tables import written


def said(facts: Facts, macro: str, *of: str) -> str:
    return as_text(written(macro, facts, Links(facts, lambda: "robustness.md"), *of))


def put_outside(monkeypatch: pytest.MonkeyPatch, regions: list[str]) -> None:
    """Plant which regions leave their ranges in every index."""
    monkeypatch.setattr(Readings, "outside", lambda self, index, base, lens: regions)


def test_one_sentence_compares_all_indices(second_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many ranks leave their ranges, and of how many indicators, which is why."""
    put_outside(monkeypatch, [])
    below = len(second_facts.framework.indicators_below("harbour"))
    ranked = int(second_facts.open.scores("harbour")["rank"].count())
    found = said(second_facts, "lens_effect")
    assert found.startswith("From Totals to Per resident: all ")
    assert f"all {ranked} ranks of the Harbour index stay within their ranges (1 of {below} indicators" in found


@pytest.mark.parametrize("macro", ["lens_effect", "lens_answer"])
def test_few_regions_outside_are_named_and_many_are_counted(
    second_facts: Facts, monkeypatch: pytest.MonkeyPatch, macro: str
) -> None:
    """A count of one leaves the reader to search for it."""
    of = ("harbour",) if macro == "lens_answer" else ()
    codes = [str(code) for code in second_facts.open.scores("harbour").index]
    name = second_facts.regions[codes[0]].name
    put_outside(monkeypatch, codes[:1])
    assert f"ranks of the Harbour index ({name})" in said(second_facts, macro, *of)
    put_outside(monkeypatch, codes[:4])
    assert f"Harbour index ({name}" not in said(second_facts, macro, *of)


def test_moves_are_from_this_lens_to_the_others(second_facts: Facts) -> None:
    """In both directions, and nothing where no lens divides an indicator below the index."""
    moves = said(second_facts, "lens_moves", "harbour")
    assert "Most places gained" in moves
    assert said(second_facts, "lens_moves", "speed") == ""
