"""What pages say of the ranges of ranks and of the choices that move them."""

import pytest

from regional_index.facts import Facts
from regional_index.render import Links
from regional_index.topics.series import robustness
from tests.charts.studies import with_study
from tests.methods import as_text
from tests.topics.test_tables import written

RANGES = {"harbour": {"A1": (1, 1, 2), "B2": (1, 2, 4), "D4": (2, 3, 3), "C3": (1, 4, 4)}}


def said(facts: Facts, name: str) -> str:
    return as_text(written(name, facts, Links(facts, lambda: "robustness.md"), "harbour"))


def test_all_that_are_equally_wide_are_named(second_facts: Facts) -> None:
    """In the unit of the caption of the chart: from end to end."""
    answer = said(with_study(second_facts, ranges=RANGES), "robustness_answer")
    assert "2 have a range of at most 2 from end to end" in answer
    assert "the widest have Brill (1–4), Corsa (1–4): 3 from end to end" in answer


def test_many_that_are_equally_wide_are_counted(second_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robustness, "MOST_NAMED", 1)
    answer = said(with_study(second_facts, ranges=RANGES), "robustness_answer")
    assert "the widest have 2 regions: 3 from end to end" in answer
