"""How sure ranks are, as pages ask for it."""

from dataclasses import replace

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from tests.computed import build_facts


def test_a_range_is_asked_for_by_any_name_of_a_region(second_facts: Facts) -> None:
    """And in any year; nothing where there is no rank."""
    code = second_facts.framework.indices[0].code
    assert second_facts.soundness.rank_range(code, "Brill") == second_facts.soundness.rank_range(
        code, "B2", second_facts.last_year
    )
    assert second_facts.soundness.rank_range(code, "Elm") is None


def test_without_declared_choices_there_is_no_range_and_no_study(second_facts: Facts) -> None:
    framework = replace(second_facts.framework, robustness=None)
    facts = build_facts(replace(second_facts.declared, framework=framework))
    assert facts.soundness.rank_range(framework.indices[0].code, "Brill") is None
    with pytest.raises(LookupFailed, match="declares no `robustness`"):
        _ = facts.soundness.robustness


def test_every_rank_has_a_range_of_ranks(second_facts: Facts) -> None:
    for index in second_facts.open.ranked_nodes:
        ranks = second_facts.open.scores(index)["rank"].dropna()
        ends = [second_facts.soundness.rank_range(index, str(region)) for region in ranks.index]
        assert all(found is not None and 1 <= found[0] <= found[1] <= len(ranks) for found in ends)
