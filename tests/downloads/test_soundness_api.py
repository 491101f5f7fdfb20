"""How sure ranks are and how parts go together, as files: the numbers of the facts, by names that are explained."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pandas as pd
import pytest

from regional_index.downloads import make_api
from regional_index.downloads.description import COLUMNS, FIELDS
from regional_index.facts import Facts
from tests.downloads.reading import document, table


@pytest.fixture(scope="module")
def robustness(api: dict[str, bytes]) -> Any:
    return document(api, "robustness.json")


@pytest.fixture(scope="module")
def coherence(api: dict[str, bytes]) -> Any:
    return document(api, "coherence.json")


def test_open_scores_and_ranks_lie_in_their_intervals(api: dict[str, bytes]) -> None:
    rows = table(api, "scores.csv")
    rows = rows[(rows["series"] == "open") & rows["score"].notna()]
    assert (rows["rank_lower"] <= rows["rank_upper"]).all()
    assert (rows["lower"] <= rows["upper"]).all()
    assert rows[["lower", "upper", "rank_lower", "rank_upper"]].notna().all(axis=None)


def test_what_has_no_score_has_no_interval(api: dict[str, bytes]) -> None:
    rows = table(api, "scores.csv")
    rows = rows[(rows["series"] == "open") & rows["score"].isna()]
    assert len(rows)
    assert rows[["lower", "upper", "rank_lower", "rank_upper"]].isna().all(axis=None)


def test_ranges_are_the_same_in_both_files(api: dict[str, bytes], robustness: Any) -> None:
    rows = table(api, "scores.csv")
    rows = rows[(rows["series"] == "open") & (rows["year"] == robustness["year"])].set_index(["index", "region"])
    for entry in robustness["indices"]:
        for region in entry["regions"]:
            line = rows.loc[(entry["index"], region["region"])]
            assert [region[name] for name in ("rank", "rank_lower", "rank_upper")] == [
                line[name] for name in ("rank", "rank_lower", "rank_upper")
            ]


def test_chances_are_shares_that_add_up(robustness: Any) -> None:
    """Of the tiers to 1, of each pair to 1, of first places to at most 1 (the draws may tie)."""
    for entry in robustness["indices"]:
        assert all(sum(region["tiers"]) == pytest.approx(1, abs=1e-5) for region in entry["regions"])
        shares = entry["ahead"]["shares"]
        assert len(shares) == len(entry["regions"]) == len(shares[0])
        assert shares[0][1] + shares[1][0] == pytest.approx(1, abs=1e-5)
        assert sum(region["first_place"] for region in entry["regions"]) >= 1 - 1e-5


def test_what_is_varied_stands_as_it_is_declared(real_facts: Facts, robustness: Any) -> None:
    declared = real_facts.declared_robustness
    assert (robustness["declared"]["draws"], robustness["declared"]["seed"]) == (declared.draws, declared.seed)
    assert [rule["rule"] for rule in robustness["declared"]["normalise"]] == [rule.name for rule in declared.normalise]


def test_weights_that_swap_neighbours_sum_to_one(robustness: Any) -> None:
    for entry in robustness["indices"]:
        for pair in entry["neighbours"]:
            assert (pair["weights"] is not None) == pair["possible"]
            if pair["possible"]:
                assert sum(pair["weights"].values()) == pytest.approx(1, abs=1e-5)
                assert min(pair["weights"].values()) >= 0


def test_no_weights_nearby_do_better_than_the_best_rank(robustness: Any) -> None:
    for entry in robustness["indices"]:
        for region in entry["regions"]:
            assert region["any_weights"]["best"] <= region["rank"] <= region["any_weights"]["worst"]


def test_sensitivity_is_of_the_declared_choices(api: dict[str, bytes]) -> None:
    rows = table(api, "sensitivity.csv")
    assert set(rows["factor"]) == {"weights", "normalise", "treat", "impute", "aggregate", "leave_out"}
    assert not rows.duplicated(["index", "output", "factor"]).any()
    assert set(rows.columns) <= set(COLUMNS)


def test_coherence_is_that_of_the_facts(real_facts: Facts, coherence: Any) -> None:
    entry = {entry["index"]: entry for entry in coherence["indices"]}["industry"]
    assert entry["alpha"] == pytest.approx(real_facts.coherence.summary.loc["industry", "alpha"], abs=1e-6)
    assert len(entry["correlations"]) == 6
    assert sum(part["share"] for part in entry["importance"]) == pytest.approx(1, abs=1e-5)
    flagged = {(flag["first"], flag["second"]) for flag in entry["flags"]}
    limit = coherence["limits"]["collinear"]
    strong = {(pair["first"], pair["second"]) for pair in entry["correlations"] if pair["correlation"] >= limit}
    assert strong == flagged


@pytest.mark.parametrize("name", ["robustness.json", "coherence.json"])
def test_every_field_that_is_explained_is_there(api: dict[str, bytes], name: str) -> None:
    """Dots lead into what stands below."""
    for field in FIELDS[name]:
        found = document(api, name)
        for key in field.split("."):
            found = found[0] if isinstance(found, list) else found
            assert key in found, field
            found = found[key]


def test_without_declared_choices_there_is_no_robustness_and_no_interval(second_facts: Facts) -> None:
    framework = replace(second_facts.framework, robustness=None)
    facts = replace(second_facts, project=replace(second_facts.project, framework=framework))
    files = make_api(facts)
    assert {"api/v1/robustness.json", "api/v1/sensitivity.csv"}.isdisjoint(files)
    assert "api/v1/coherence.json" in files
    rows = pd.read_csv(BytesIO(files["api/v1/scores.csv"]))
    assert rows.loc[rows["series"] == "open", ["lower", "rank_upper"]].isna().all(axis=None)
