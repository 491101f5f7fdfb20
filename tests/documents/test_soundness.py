"""How sure ranks are and how parts go together, as files: the numbers of the facts, by names that are explained."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from regional_index.documents import make_documents
from regional_index.facts import Facts
from regional_index.framework import COHERENCE_LIMITS
from tests.reading import document, table

ENDS = ["lower", "upper", "rank_lower", "rank_upper"]


@pytest.fixture(scope="module")
def robustness(second_results: dict[str, bytes]) -> Any:
    return document(second_results, "robustness.json")


@pytest.fixture(scope="module")
def coherence(second_results: dict[str, bytes]) -> Any:
    return document(second_results, "coherence.json")


def test_open_scores_have_an_interval_and_missing_ones_have_none(second_results: dict[str, bytes]) -> None:
    rows = table(second_results, "scores.csv")
    rows = rows[rows["series"] == "open"]
    scored, missing = rows[rows["score"].notna()], rows[rows["score"].isna()]
    assert len(scored)
    assert len(missing)
    assert (scored["rank_lower"] <= scored["rank_upper"]).all()
    assert (scored["lower"] <= scored["upper"]).all()
    assert missing[ENDS].isna().all(axis=None)


def test_ranges_are_the_same_in_both_files(second_results: dict[str, bytes], robustness: Any) -> None:
    rows = table(second_results, "scores.csv")
    rows = rows[(rows["series"] == "open") & (rows["year"] == robustness["year"])].set_index(["index", "region"])
    for entry in robustness["indices"]:
        for region in entry["regions"]:
            line = rows.loc[(entry["index"], region["region"])]
            names = ("rank", "rank_lower", "rank_upper")
            assert [region[name] for name in names] == [line[name] for name in names]


def test_changes_are_the_same_in_both_files(second_results: dict[str, bytes], robustness: Any) -> None:
    rows = table(second_results, "rank_changes.csv").set_index(["index", "region", "base_year"])
    compared = 0
    for entry in robustness["indices"]:
        for region in entry["regions"]:
            for change in region["changes"]:
                line = rows.loc[(entry["index"], region["region"], change["base_year"])]
                written = [change[name] for name in ("rank_change", "rose", "fell")]
                assert written == [
                    None if pd.isna(line[name]) else line[name] for name in ("rank_change", "rose", "fell")
                ]
                compared += 1
    assert compared


def test_probabilities_add_up(robustness: Any) -> None:
    """Of the tiers to 1, of each pair to 1, of first places to at least 1 (the draws may tie)."""
    for entry in robustness["indices"]:
        assert all(sum(region["tiers"]) == pytest.approx(1, abs=1e-5) for region in entry["regions"])
        shares = entry["ahead"]["shares"]
        assert len(shares) == len(entry["regions"]) == len(shares[0])
        pairs = [(a, b) for a in range(len(shares)) for b in range(a)]
        assert all(shares[a][b] + shares[b][a] <= 1 + 1e-5 for a, b in pairs)
        assert sum(region["first_place"] for region in entry["regions"]) >= 1 - 1e-5


def test_what_is_varied_is_said_as_it_is_declared(second_facts: Facts, robustness: Any) -> None:
    declared = second_facts.soundness.declared
    assert (robustness["declared"]["draws"], robustness["declared"]["seed"]) == (declared.draws, declared.seed)
    assert [rule["rule"] for rule in robustness["declared"]["normalise"]] == [rule.name for rule in declared.normalise]


def test_weights_that_swap_neighbours_sum_to_one(robustness: Any) -> None:
    pairs = [pair for entry in robustness["indices"] for pair in entry["neighbours"]]
    assert {pair["possible"] for pair in pairs} == {True, False}
    for pair in pairs:
        assert (pair["weights"] is not None) == pair["possible"]
        if pair["possible"]:
            assert sum(pair["weights"].values()) == pytest.approx(1, abs=1e-5)
            assert min(pair["weights"].values()) >= 0


def test_no_weights_nearby_do_better_than_the_best_rank(robustness: Any) -> None:
    for entry in robustness["indices"]:
        for region in entry["regions"]:
            assert region["any_weights"]["best"] <= region["rank"] <= region["any_weights"]["worst"]


def test_sensitivity_is_of_the_declared_choices(second_results: dict[str, bytes]) -> None:
    """Not of those that the second index does not vary."""
    rows = table(second_results, "sensitivity.csv")
    assert set(rows["factor"]) == {"weights", "normalise", "aggregate", "leave_out"}
    assert not rows.duplicated(["index", "output", "factor"]).any()


def test_coherence_is_that_of_the_facts(second_facts: Facts, coherence: Any) -> None:
    entry = {entry["index"]: entry for entry in coherence["indices"]}["harbour"]
    assert entry["alpha"] == pytest.approx(second_facts.soundness.coherence.loc["harbour", "alpha"], abs=1e-6)
    (pair,) = entry["correlations"]
    assert (pair["first"], pair["second"]) == ("traffic", "speed")
    assert [part["child"] for part in entry["importance"]] == ["traffic", "speed"]


def test_pairs_are_flagged_from_the_declared_limits(coherence: Any) -> None:
    assert coherence["limits"] == COHERENCE_LIMITS
    flagged = [flag["flag"] for entry in coherence["indices"] for flag in entry["flags"]]
    assert flagged
    for entry in coherence["indices"]:
        strong = {
            (pair["first"], pair["second"])
            for pair in entry["correlations"]
            if pair["correlation"] is not None and pair["correlation"] >= COHERENCE_LIMITS["collinear"]
        }
        assert strong == {(flag["first"], flag["second"]) for flag in entry["flags"] if flag["flag"] == "collinear"}


def test_without_declared_choices_there_is_no_robustness(second_facts: Facts) -> None:
    """All else stays."""
    framework = replace(second_facts.framework, robustness=None)
    facts = replace(second_facts, declared=replace(second_facts.declared, framework=framework))
    assert set(make_documents(second_facts)) - set(make_documents(facts)) == {"robustness.json"}
