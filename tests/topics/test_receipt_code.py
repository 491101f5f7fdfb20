"""The code on receipts is run as a reader would run it, and prints the score."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from regional_index.facts import Facts
from regional_index.method.rules import AGGREGATE, NORMALISE
from regional_index.read import read_project
from regional_index.render import is_missing
from regional_index.topics.method.rules_in_use import rule_of_level
from regional_index.topics.receipts.receipt_code import MOST_LINES
from tests.changed_methods import CHANGED, Change, lay_out
from tests.computed import build_scores
from tests.methods import compute
from tests.receipts import run_code, run_receipt, write_files

CLOSE = 1e-6
# Rules whose scores need something that few lines cannot find: the value of another region or year.
FROM_PARTS = {"distance-to-reference"}


def scored(facts: Facts, regions: list[str]) -> list[tuple[str, str, int]]:
    """Every index, region and year with a score."""
    cells = itertools.product(facts.open.computed_nodes, regions, facts.framework.years)
    return [cell for cell in cells if not is_missing(facts.open.score_or_nan(*cell))]


def check_all(facts: Facts, regions: list[str], address: str) -> dict[str, bool]:
    """Run every receipt; say by index whether all of them start from raw figures."""
    raw: dict[str, bool] = {}
    for index, region, year in scored(facts, regions):
        written, found = run_receipt(facts, index, region, year, address)
        assert found == pytest.approx(facts.open.score(index, region, year), abs=CLOSE), (index, region, year)
        assert len([line for line in written.lines if line]) <= MOST_LINES
        raw[index] = raw.get(index, True) and written.from_raw
    assert raw
    return raw


def test_the_second_index_is_found_again_from_raw_figures(second_facts: Facts, tmp_path: Path) -> None:
    """Three levels, less is better, a division, and what is missing; all regions."""
    raw = check_all(second_facts, list(second_facts.regions.evaluated), write_files(second_facts, tmp_path))
    assert all(raw.values())


@pytest.mark.parametrize("change", CHANGED.values(), ids=list(CHANGED))
def test_it_follows_the_declared_method(change: Change, tmp_path: Path) -> None:
    """Every rule of every step: from raw figures where that is possible, else from the parts."""
    facts = build_scores(read_project(lay_out(change, tmp_path)))
    check_all(facts, list(facts.regions.evaluated), write_files(facts, tmp_path / "site"))


NORMALISED: dict[str, dict[str, Any]] = {
    "none": {},
    "min-max": {"lower": -5, "upper": 7, "over": "year"},
    "z-score": {"mean": -3, "over": "year"},
    "rank": {"ties": "average"},
    "borda": {},
    "percentile-rank": {"times": 1},
    "distance-to-maximum": {"over": "year"},
}


@pytest.mark.parametrize("name", NORMALISED)
def test_scales_are_written_out(second_facts: Facts, tmp_path: Path, name: str) -> None:
    """Scores of single indicators by the rules that need nothing of an indicator's own."""
    facts = compute(second_facts.declared, normalise={"rule": name, **NORMALISED[name]})
    assert all(check_all(facts, list(facts.regions.evaluated), write_files(facts, tmp_path)).values())


def test_every_rule_is_written_out_or_known_not_to_be() -> None:
    """A new rule needs a formula here, or a reason."""
    assert {name for name, rule in NORMALISE.items() if rule.code is None} == FROM_PARTS
    assert all(rule.code or rule.code_from_steps for rule in AGGREGATE.values())


def test_what_was_filled_in_is_taken_from_the_parts(second_facts: Facts, tmp_path: Path) -> None:
    """Raw figures do not have it; the code says so by starting elsewhere."""
    facts = compute(second_facts.declared, impute="mean")
    raw = check_all(facts, list(facts.regions.evaluated), write_files(facts, tmp_path))
    assert not raw["goods"]
    assert raw["shore"] is False or "cargo" not in facts.framework.indicators_below("shore")


def test_another_year_in_the_code_is_another_score(second_facts: Facts, tmp_path: Path) -> None:
    """As the page says: change YEAR."""
    written, _ = run_receipt(second_facts, "harbour", "A1", 2031, write_files(second_facts, tmp_path))
    changed = "\n".join(written.lines).replace('"A1", 2031', '"A1", 2030')
    assert run_code(changed) == pytest.approx(second_facts.open.score("harbour", "A1", 2030), abs=CLOSE)


def test_a_wrong_figure_in_the_file_is_noticed(second_facts: Facts, tmp_path: Path) -> None:
    """The code does start from the raw figures: with one changed it prints another score."""
    address = write_files(second_facts, tmp_path)
    path = tmp_path / "api" / "v1" / "indicators.csv"
    lines = path.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("cargo,A1,2031,"))
    cells = lines[at].split(",")
    lines[at] = ",".join([*cells[:3], "1.0", *cells[4:]])
    path.write_text("\n".join(lines))
    _, found = run_receipt(second_facts, "goods", "A1", 2031, address)
    assert found < second_facts.open.score("goods", "A1", 2031) - 1


def test_contributions_in_the_table_of_steps_add_up_to_the_scores(second_facts: Facts) -> None:
    """Of every index, region and year, and weights are shares of 1."""
    check_steps(second_facts)


def check_steps(facts: Facts) -> None:
    """The parts of every score add up to it."""
    steps = facts.tables["steps"]
    assert not steps.duplicated(["year", "index", "region", "part"]).any()
    sums = steps.groupby(["index", "region", "year"])[["weight", "contribution"]].sum()
    for index, region, year in scored(facts, list(facts.regions.evaluated)):
        assert rule_of_level(facts, "aggregate", index).name == "arithmetic"
        found = sums.loc[(index, region, year)]
        assert found["contribution"] == pytest.approx(facts.open.score(index, region, year), abs=1e-9)
        assert found["weight"] == pytest.approx(1)
