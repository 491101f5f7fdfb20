"""A rule is added in one place: checked, computed, varied, said on the page and written into the receipt from there."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from regional_index.errors import DataError
from regional_index.facts import Facts
from regional_index.framework import Robustness
from regional_index.method.rules import AGGREGATE, NORMALISE, Aggregation, Code, Normalisation, Option, make_rule
from regional_index.method.rules.definition import register
from regional_index.read import read_project
from regional_index.render import Links
from regional_index.topics.method.steps import method_steps
from regional_index.topics.receipts.worked_index import show_worked_index
from regional_index.topics.receipts.worked_score import show_worked_score
from tests.changed_facts import with_declared
from tests.changed_methods import Change, lay_out
from tests.methods import as_text, compute
from tests.receipts import run_receipt, write_files
from tests.test_guide import METHOD_GUIDE, coded

STRETCH, TOP = "made-up-stretch", "made-up-top"
WORDS = {
    f"method.normalise.{STRETCH}": "The score is the value stretched {factor} times.",
    f"method.formula.normalise.{STRETCH}": "score = {factor} × value",
    f"method.apply.{STRETCH}": "{factor} × {value}",
    f"method.aggregate.{TOP}": "The score is the greatest of the parts.",
    f"method.formula.aggregate.{TOP}": "score = max(parts)",
    f"method.combine.{TOP}": "max({terms})",
}


@pytest.fixture(autouse=True)
def _added() -> Iterator[None]:
    """Two rules more, for the time of a test."""
    register(
        Normalisation(
            name=STRETCH,
            options={"factor": Option("number", 2.0, least=0)},
            function=lambda values, direction, numbers, options: values * direction * options["factor"],
            slope=lambda options, numbers: options["factor"],
            code=lambda options, own: Code(f"@ * {options['factor']}"),
        ),
        Aggregation(
            name=TOP,
            function=lambda children, weights, years: np.fmax.reduce(np.array(children)),
            uses_weights=False,
            term="{score}",
            code=lambda options: Code("part.max()"),
        ),
    )
    yield
    del NORMALISE[STRETCH], AGGREGATE[TOP]


@pytest.fixture
def facts(second_facts: Facts) -> Facts:
    """The second index by both rules, in which more is always better."""
    upwards = {code: {"direction": 1} for code in second_facts.framework.used_indicators}
    made = compute(
        second_facts.declared,
        normalise={"rule": STRETCH, "factor": 3},
        aggregate=TOP,
        indicators=upwards,
        extra={"robustness": Robustness(draws=20, seed=1, normalise=(make_rule("normalise", STRETCH),))},
    )
    return with_declared(made, words={**made.words, **WORDS})


def test_it_makes_scores_and_is_said_on_the_page(facts: Facts) -> None:
    links = Links(facts, lambda: "methodology.md")
    said = as_text(method_steps(facts, links))
    assert "The score is the value stretched 3 times." in said
    assert "score = 3 × value" in said
    assert "The score is the greatest of the parts." in said
    value = facts.values.cell("value", "cargo", "A1", 2031)
    assert facts.values.cell("normalised", "cargo", "A1", 2031) == 3 * value
    assert as_text(show_worked_score(facts, "cargo", "A1", 2031)).startswith("3 × ")
    assert "max(" in as_text(show_worked_index(facts, links, "harbour", "A1", 2031)[1])


def test_its_code_is_in_the_receipt_and_prints_the_score(facts: Facts, tmp_path: Path) -> None:
    written, found = run_receipt(facts, "harbour", "A1", 2031, write_files(facts, tmp_path))
    assert written.from_raw
    assert "s = x * 3" in written.lines
    assert found == pytest.approx(facts.open.score("harbour", "A1", 2031), abs=1e-6)


def test_files_that_declare_it_are_checked(tmp_path: Path) -> None:
    """Its options are those of the object, its limits too; it may be varied."""
    good = {"normalise": {"rule": STRETCH, "factor": 3}, "aggregate": TOP}
    project = read_project(lay_out(Change(good), tmp_path / "good"))
    assert project.framework.method.normalise == make_rule("normalise", {"rule": STRETCH, "factor": 3})
    root = lay_out(Change({"normalise": {"rule": STRETCH, "factor": -1}}), tmp_path / "bad")
    with pytest.raises(DataError, match="found -1; expected a number of at least 0"):
        read_project(root)


def test_the_guide_is_known_to_lack_it() -> None:
    """Until a line is written there, the test of the guide fails."""
    assert {STRETCH, TOP, "factor"} & coded(METHOD_GUIDE) == set()
