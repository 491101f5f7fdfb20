"""What editors decide about an edition: the range of its scores, and which claims are set aside."""

import pytest

from regional_index.errors import DataError
from regional_index.framework import Decision
from regional_index.read import read_project
from regional_index.read.draft import read_claim

PATH = "data/published/2022.yml"
FILE = "published/2022.yml"
CLAIMS = (
    "supply-total, supply-mean, supply-score-east, supply-rank-east, supply-order, supply-above-mean, supply-count, "
    "supply-share, supply-sum, supply-tiers, supply-comparison"
)


def test_without_score_range_scores_go_from_0_to_100(tiny_project):
    assert tiny_project.edition.score_range == (0.0, 100.0)


def test_the_score_range_is_that_of_the_edition(tiny):
    tiny.edit(FILE, "source: report\n", 'source: report\nscore_range: {lower: "5", upper: "90.5", note: Guessed.}\n')
    assert read_project(tiny.root).edition.score_range == (5.0, 90.5)


def test_a_share_is_refused_where_scores_may_be_negative(tiny):
    tiny.edit(FILE, "source: report\n", 'source: report\nscore_range: {lower: "-5", upper: "100"}\n')
    problem = tiny.problem()
    assert "supply-share" in problem.place
    assert problem.expected == "a share only where no score is below 0"


@pytest.mark.parametrize(
    ("score_range", "place", "expected"),
    [
        ('{lower: "100", upper: "10"}', "score_range.lower", 'less than "10", the upper end'),
        ('{lower: "7.0", upper: "7"}', "score_range.lower", 'less than "7", the upper end'),
        ('{lower: "0"}', "score_range", "`upper`"),
        (
            '{lower: "0", upper: "1000"}',
            "score_range",
            "a range of at most 500, beyond which the solver cannot tell neighbours apart",
        ),
        ('{lower: "0", upper: 100}', "score_range.upper", 'a plain decimal number in quotes, such as "68.96"'),
        ('{lower: "0", upper: "1", unit: points}', "score_range.unit", "one of the keys lower, upper, note"),
    ],
)
def test_a_score_range_has_two_ends_in_order(tiny, score_range, place, expected):
    tiny.edit(FILE, "source: report\n", f"source: report\nscore_range: {score_range}\n")
    problem = tiny.problem()
    assert (problem.file, problem.place, problem.expected) == (PATH, f"{place}, line 5", expected)


@pytest.mark.parametrize(("ends", "expected"), [(("0", "80"), "from 0 to 80"), (("90.01", "95"), "from 90.01 to 95")])
def test_a_score_outside_the_range_is_refused(tiny, ends, expected):
    """East has 90.00."""
    lower, upper = ends
    tiny.edit(FILE, "source: report\n", f'source: report\nscore_range: {{lower: "{lower}", upper: "{upper}"}}\n')
    problem = tiny.problem()
    assert problem.place == f"claims[2] (id supply-score-east).value, line {tiny.line(FILE, 'supply-score-east')}"
    assert (problem.found, problem.expected) == ('"90.00"', f"a score {expected}")
    assert problem.remedy == "correct the score, or the score_range of the edition"


def test_the_ends_of_the_range_are_scores(tiny):
    tiny.edit(FILE, "source: report\n", 'source: report\nscore_range: {lower: "90", upper: "90.5"}\n')
    assert tiny.problems() == ()


def test_a_claim_of_a_draft_keeps_to_the_range_too(tiny_project):
    claim = {"kind": "score", "index": "use", "regions": ["East"], "value": "100.5"}
    with pytest.raises(DataError, match="expected a score from 0 to 100"):
        read_claim(claim, tiny_project)
    assert read_claim(claim, tiny_project, (0.0, 100.5)).value == "100.5"


def test_a_decision_names_its_claim_and_the_reason(tiny):
    tiny.append(FILE, "set_aside:\n  - {claim: supply-share, reason: The report gives another sum.}\n")
    decision = Decision("supply-share", "The report gives another sum.")
    assert read_project(tiny.root).edition.set_aside == {"supply-share": decision}


@pytest.mark.parametrize(
    ("decisions", "place", "found", "expected", "remedy"),
    [
        (
            "{claim: supply-shares, reason: r}",
            "set_aside[0].claim",
            '"supply-shares"',
            "an id under claims",
            "write supply-share",
        ),
        (
            "{claim: wires, reason: r}",
            "set_aside[0].claim",
            '"wires"',
            "an id under claims",
            f"choose from: {CLAIMS}",
        ),
        (
            "{claim: supply-share, reason: r}, {claim: supply-share, reason: s}",
            "set_aside[1].claim",
            '"supply-share"',
            "each claim once",
            "rename it, or remove one; the other is in line 35",
        ),
        ("{claim: supply-share}", "set_aside[0]", "", "`reason`", "add what is missing"),
        ('{claim: supply-share, reason: ""}', "set_aside[0].reason", '""', "some text", "fill it in"),
    ],
)
def test_a_decision_is_about_a_claim_of_the_edition(tiny, decisions, place, found, expected, remedy):
    tiny.append(FILE, f"set_aside: [{decisions}]\n")
    problem = tiny.problem()
    assert (problem.file, problem.place.split(",")[0], problem.found) == (PATH, place, found)
    assert (problem.expected, problem.remedy) == (expected, remedy)
