"""How sure ranks are, as pages ask for it."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import QUANTILES
from regional_index.model import TABLES
from tests.computed import build_facts

CHANGES = list(TABLES["rank_changes"].columns)


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


def with_changes(facts: Facts, *rows: tuple[int, float, float]) -> Facts:
    """The facts with these changes of rank and shares of draws, of the islands in order."""
    regions = facts.regions.evaluated[: len(rows)]
    named = [("harbour", region, 2030, 2031, *row) for region, row in zip(regions, rows, strict=True)]
    return replace(facts, tables={**facts.tables, "rank_changes": pd.DataFrame(named, columns=CHANGES)})


def test_a_change_is_certain_from_the_upper_quantile_on(second_facts: Facts) -> None:
    """In the direction of the change; draws without a change, or with the other, count against it."""
    certain = QUANTILES[-1]
    below = certain - 1e-9
    facts = with_changes(second_facts, (1, certain, 0.0), (1, below, 0.0), (-2, 1 - certain, certain), (-2, 1.0, 0.0))
    found = [facts.soundness.is_certain("harbour", region, 2030) for region in ("A1", "B2", "C3", "D4")]
    assert found == [True, False, True, False]


def test_what_did_not_move_is_neither_certain_nor_uncertain(second_facts: Facts) -> None:
    """Nor what cannot be compared, or where the draws say nothing."""
    nan = float("nan")
    facts = with_changes(second_facts, (0, 0.0, 0.0), (nan, nan, nan), (2, nan, nan))
    assert [facts.soundness.is_certain("harbour", region) for region in ("A1", "B2", "C3", "D4")] == [None] * 4


def test_without_declared_choices_no_change_is_uncertain(second_facts: Facts) -> None:
    """The changes themselves are known all the same."""
    framework = replace(second_facts.framework, robustness=None)
    facts = build_facts(replace(second_facts.declared, framework=framework))
    assert second_facts.soundness.is_certain("harbour", "A1") is False
    assert facts.soundness.is_certain("harbour", "A1") is None
    changes = facts.soundness.rank_changes("harbour").set_index("region")
    assert changes["rank_change"].dropna().to_dict() == {"A1": 2, "B2": -1, "C3": 0, "D4": -1}
    assert changes[["rose", "fell"]].isna().all(axis=None)


def test_changes_are_those_of_the_movement(second_facts: Facts) -> None:
    """From the first year: both tables say the same."""
    for index in second_facts.framework.nodes:
        changes = second_facts.soundness.rank_changes(index)
        own = changes[changes["base_year"] == second_facts.first_year].set_index("region")["rank_change"].dropna()
        assert own.to_dict() == second_facts.open.rank_changes(index).to_dict()
