"""Indicators that are in no index are measured all the same."""

from dataclasses import replace

import pytest

from regional_index.facts import Facts
from tests.computed import build_facts


@pytest.fixture(scope="module")
def outside_the_tree(second_facts: Facts) -> Facts:
    """The second index with its divided indicator taken out of the tree."""
    framework = second_facts.framework
    index = next(node for node in framework.walk() if "cargo_per_resident" in node.indicators)

    def without(node):
        children = tuple(without(child) for child in node.children)
        if node.code == index.code:
            return replace(node, indicators={"cargo": 1.0})
        return replace(node, children=children)

    changed = replace(framework, indices=tuple(without(node) for node in framework.indices))
    return build_facts(replace(second_facts.declared, framework=changed))


def test_a_divided_indicator_is_divided_outside_the_tree_too(second_facts: Facts, outside_the_tree: Facts) -> None:
    """Its unit says so."""
    assert "cargo_per_resident" not in outside_the_tree.framework.used_indicators
    expected = second_facts.values.values("cargo_per_resident")
    assert outside_the_tree.values.values("cargo_per_resident").round(9).equals(expected.round(9))


def test_whole_numbers_have_no_decimals_in_a_year_of_them_alone(second_facts: Facts) -> None:
    """Declared with one decimal, a year of whole numbers was counted so; the other year has its decimal everywhere."""
    values = second_facts.declared.values.copy()
    cargo = values["indicator"] == "cargo"
    values.loc[cargo & (values["year"] == 2030) & (values["region"] == "A1"), "value"] = 60.5
    indicators = second_facts.framework.indicators
    indicators = {**indicators, "cargo": replace(indicators["cargo"], decimals=1)}
    framework = replace(second_facts.framework, indicators=indicators)
    facts = build_facts(replace(second_facts.declared, framework=framework, values=values))
    assert [facts.values.decimals("cargo", year) for year in (2030, 2031)] == [1, 0]
    assert facts.values.decimals("waiting_time", 2031) == 0


def test_a_quotient_is_as_published_as_its_denominator(second_facts: Facts) -> None:
    """Where the denominator is excluded the quotient is missing, and its status says why."""
    values = second_facts.declared.values.copy()
    gone = (values["indicator"] == "residents") & (values["region"] == "A1") & (values["year"] == 2031)
    values.loc[gone, ["value", "status"]] = [float("nan"), "excluded"]
    facts = build_facts(replace(second_facts.declared, values=values))
    assert facts.values.status("cargo_per_resident")[("A1", 2031)] == "excluded"
    assert facts.values.status("cargo_per_resident")[("B2", 2031)] == "published"
    assert facts.values.status("cargo_per_resident")[("E5", 2031)] == "not_published"


def test_values_are_ranked_by_the_direction_of_the_indicator(second_facts: Facts) -> None:
    """Less waiting is better; what was left out is last and has no rank; the change is in hours and as a part."""
    frame = second_facts.values.standings("waiting_time", 2031)
    values = second_facts.values.values("waiting_time")
    assert list(frame.index) == ["E5", "D4", "B2", "A1", "C3"]
    assert frame["value_rank"].tolist()[:4] == [1, 2, 3, 4]
    assert frame.loc["C3"].isna().all()
    for region in ("E5", "D4", "B2", "A1"):
        now, before = values[region, 2031], values[region, 2030]
        assert frame.loc[region, "value_change"] == pytest.approx(now - before)
        assert frame.loc[region, "value_growth"] == pytest.approx(now / before - 1)
    assert second_facts.values.median("waiting_time", 2031) == frame["value"].median()


def test_the_first_year_has_ranks_and_no_changes(second_facts: Facts) -> None:
    frame = second_facts.values.standings("cargo", 2030)
    assert frame["value_rank"].notna().sum() == 4
    assert frame[["value_change", "value_growth"]].isna().all(axis=None)
