"""How sure ranks are, as pages ask for it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts, build_facts


def test_the_draws_say_how_far_they_are(second_facts: Facts) -> None:
    """Once for every step, of the number that was announced."""
    seen: list[tuple[int, int]] = []

    def watch(steps: Iterable[Any], total: int) -> Iterable[Any]:
        for number, step in enumerate(steps, start=1):
            seen.append((number, total))
            yield step

    _ = build_facts(second_facts.project, progress=watch).robustness
    assert seen
    assert seen[-1][0] == seen[-1][1] == len(seen)


def test_a_range_is_asked_for_by_any_name_of_a_region(second_facts: Facts) -> None:
    """And in any year; nothing where there is no rank."""
    code = second_facts.framework.indices[0].code
    assert second_facts.rank_range(code, "Brill") == second_facts.rank_range(code, "B2", second_facts.last_year)
    assert second_facts.rank_range(code, "Elm") is None


def test_without_declared_choices_there_is_no_range_and_no_study(second_facts: Facts) -> None:
    framework = replace(second_facts.framework, robustness=None)
    facts = build_facts(replace(second_facts.project, framework=framework))
    assert facts.rank_range(framework.indices[0].code, "Brill") is None
    with pytest.raises(LookupFailed, match="declares no `robustness`"):
        _ = facts.robustness


def test_every_rank_has_a_range_of_ranks(real_facts: Facts) -> None:
    for index in real_facts.ranked_nodes:
        ranks = real_facts.scores(index)["rank"].dropna()
        for region in ranks.index:
            ends = real_facts.rank_range(index, str(region))
            assert ends is not None
            assert 1 <= ends[0] <= ends[1] <= len(ranks)
