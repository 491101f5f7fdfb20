"""The steps of one region: whatever the rule, the printed formula gives the printed score."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.method.rules import RULES
from regional_index.render import Links
from regional_index.topics.receipts.steps import table_steps
from regional_index.topics.series.indicators import table_indicators
from tests.changed_facts import with_tables
from tests.methods import as_text, compute, evaluate
from tests.reading import html_of

FORMULA, SCORE = "Formula", "Normalised score"
ROUNDING = 0.0100001
ALL_UP = {"waiting_time": {"direction": 1}}
BELOW_ZERO = {"waiting_time": {"direction": -1}}
GOALPOSTS = {
    code: {"normalise": {"rule": "goalposts", "worst": worst, "best": best}}
    for code, worst, best in [("cargo", 20, 100), ("waiting_time", 40, 7), ("clean_beaches", 45, 89.5)]
}
TABLE = {"rule": "categorical", "scores": {str(value): value / 3 for value in (40, 50, 60, 70, 80, 90)}}

# Every rule, with what it takes to be carried out on the second index.
DECLARED: dict[str, dict[str, Any]] = {
    "none": {"normalise": "none"},
    "min-max": {"normalise": "min-max"},
    "min-max from 1": {"normalise": {"rule": "min-max", "lower": 1, "upper": 10}},
    "min-max by year": {"normalise": {"rule": "min-max", "over": "year"}},
    "min-max from below 0": {"normalise": {"rule": "min-max", "lower": -50, "upper": 50}},
    "z-score": {"normalise": {"rule": "z-score", "mean": 100, "sd": 15}},
    "z-score by year": {"normalise": {"rule": "z-score", "over": "year"}},
    "rank": {"normalise": "rank"},
    "rank with means of ties": {"normalise": {"rule": "rank", "ties": "average"}},
    "borda": {"normalise": "borda"},
    "percentile-rank": {"normalise": {"rule": "percentile-rank", "ties": "average"}},
    "fraction-of-maximum": {"normalise": "fraction-of-maximum", "indicators": ALL_UP},
    "distance-to-maximum": {"normalise": {"rule": "distance-to-maximum", "times": 1}},
    "distance-to-reference": {"normalise": {"rule": "distance-to-reference", "region": "B2"}},
    "distance-to-reference, capped": {
        "normalise": {"rule": "distance-to-reference", "region": "B2", "year": 2030, "cap": True}
    },
    "distance-to-reference of its own": {"normalise": {"rule": "distance-to-reference", "year": 2030}},
    "distance-to-target": {
        "normalise": {"rule": "distance-to-target", "target": 130},
        "indicators": {"waiting_time": {"normalise": {"rule": "distance-to-target", "target": 8, "cap": True}}},
    },
    "goalposts": {"indicators": GOALPOSTS},
    "goalposts of logarithms": {
        "normalise": {"rule": "goalposts", "worst": 15, "best": 100, "log": True},
        "indicators": {
            "waiting_time": {"normalise": {"rule": "goalposts", "worst": 50, "best": 6, "log": True, "times": 1}}
        },
    },
    "categorical": {"indicators": {"clean_beaches": {"normalise": TABLE}}},
    "after logarithms": {"treat": "log"},
    "after Box-Cox": {"treat": "box-cox", "normalise": "z-score"},
    "after filling": {"impute": "mean"},
}


def links(facts: Facts) -> Links:
    """Links from the method's page."""
    return Links(facts, lambda: "methodology.md")


def read_rows(html: str) -> list[dict[str, str]]:
    """The rows of a table by the titles of its columns."""
    rows = [
        [as_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row.replace("<br>", " "))]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def all_rows(facts: Facts) -> Iterator[dict[str, str]]:
    """Every row of every region, year and sub-index."""
    for index in ("goods", "density", "speed", "shore"):
        for region in facts.regions.evaluated:
            for year in facts.framework.years:
                yield from read_rows(html_of(table_steps(facts, links(facts), index, region, year)))


def score_of(formula: str) -> float | None:
    """What a formula evaluates to; `beyond the end` is taken by its word, and places of ranks are scores."""
    formula, _, limit = formula.partition(", beyond the end, counted as ")
    if limit:
        assert not 0 <= evaluate(formula) <= float(limit) or float(limit) == 0
        return float(limit)
    if formula.startswith("place "):
        return float(formula.split(" ")[1])
    if " scores " in formula:
        return float(formula.split(" scores ")[1])
    return evaluate(formula) if formula != "—" else None


def number(text: str) -> float:
    """A printed number."""
    return float(text.replace(",", "").replace("\u2212", "-"))


@pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED.keys())
def test_the_printed_formula_gives_the_printed_score(second_facts: Facts, declared: dict[str, Any]) -> None:
    """In every row of every region and year, within rounding; where there is no score there is no formula."""
    rows = list(all_rows(compute(second_facts.declared, **declared)))
    scored = [row for row in rows if row[SCORE] != "—"]
    assert len(scored) > len(rows) / 2
    for row in scored:
        assert score_of(row[FORMULA]) == pytest.approx(number(row[SCORE]), abs=ROUNDING), row
    assert [row for row in rows if (row[FORMULA] == "—") != (row[SCORE] == "—")] == []


def test_every_rule_of_normalisation_is_tried_above() -> None:
    """A new one needs a line there."""
    tried = {name.split(",")[0] for name in DECLARED}
    assert {rule for rule in RULES["normalise"] if not any(name.startswith(rule) for name in tried)} == set()


def test_small_and_large_values_are_printed_with_what_it_takes(second_facts: Facts) -> None:
    """Declared decimals hide the differences of an indicator that hardly varies, and say all of a large one."""
    values = second_facts.declared.values.copy()
    values["value"] = values["value"].where(values["indicator"] != "clean_beaches", 50 + values["value"] / 1e5)
    values["value"] = values["value"].where(values["indicator"] != "waiting_time", values["value"] * 1e6)
    facts = compute(replace(second_facts.declared, values=values))
    for row in all_rows(facts):
        if row[SCORE] != "—":
            assert score_of(row[FORMULA]) == pytest.approx(number(row[SCORE]), abs=ROUNDING), row
    (waiting,) = read_rows(html_of(table_steps(facts, links(facts), "speed", "Brill")))
    assert waiting[FORMULA] == "(21,000,000 − 45,000,000) ÷ (5,000,000 − 45,000,000) × 100"


def test_a_value_that_is_divided_shows_what_by_what(second_facts: Facts) -> None:
    """Cargo per 100 residents: 60 of 50."""
    row = read_rows(html_of(table_steps(second_facts, links(second_facts), "density", "Brill", 2031)))[0]
    assert row["Value"] == "120.0  60 ÷ 50 × 100"


def test_columns_for_filled_and_treated_values_are_there_where_there_are_any(second_facts: Facts) -> None:
    """Corsa's waiting time of 2031 takes that of 2030; nobody else's is filled."""
    facts = compute(second_facts.declared, impute="last-observation")
    row = read_rows(html_of(table_steps(facts, links(facts), "speed", "Corsa", 2031)))[0]
    assert (row["Value"], row["Imputed"]) == ("—", "35†")
    assert 'title="imputed, not published"' in html_of(table_steps(facts, links(facts), "speed", "Corsa", 2031))
    assert "Imputed" not in read_rows(html_of(table_steps(facts, links(facts), "speed", "Brill", 2031)))[0]
    facts = compute(second_facts.declared, indicators={"clean_beaches": {"treat": "log"}})
    beaches, waiting = read_rows(html_of(table_steps(facts, links(facts), "shore", "Brill", 2031)))
    # ln(60 - 40 + 0.01 x 50)
    assert (beaches["Value"], beaches["Treated"]) == ("60.0", "3.0204")
    assert (waiting["Value"], waiting["Treated"]) == ("21", "")


def test_contributions_are_shown_where_scores_are_sums(second_facts: Facts) -> None:
    """Not of products and minima; a minimum has no weights either."""
    titles = {}
    for rule in ("arithmetic", "geometric", "weakest-link"):
        facts = compute(second_facts.declared, aggregate=rule)
        titles[rule] = read_rows(html_of(table_steps(facts, links(facts), "shore", "Brill")))[0]
    assert "Contribution" in titles["arithmetic"]
    assert "Contribution" not in titles["geometric"]
    assert "Weight" in titles["geometric"]
    assert "Weight" not in titles["weakest-link"]


def test_contributions_add_up_to_the_score(second_facts: Facts) -> None:
    """With weights that are declared, scaled up, and a region's own."""
    own = {"rule": "benefit-of-the-doubt", "least_share": 0.2}
    for weight, regions in (("declared", ("Arden", "Brill", "Corsa")), (own, ("Arden", "Brill", "Elm"))):
        facts = compute(second_facts.declared, weight=weight)
        for region in regions:
            rows = read_rows(html_of(table_steps(facts, links(facts), "shore", region)))
            total = sum(number(row["Contribution"]) for row in rows if row["Contribution"] != "—")
            assert total == pytest.approx(facts.open.score("shore", region), abs=0.011)


def test_weights_are_scaled_up_where_an_indicator_is_missing(second_facts: Facts) -> None:
    """Corsa's waiting time is excluded: clean beaches count whole."""
    beaches, waiting = read_rows(html_of(table_steps(second_facts, links(second_facts), "shore", "Corsa", 2031)))
    assert (beaches["Weight"], beaches["Contribution"]) == ("1.0000", "100.00")
    assert [waiting[title] for title in ("Value", FORMULA, SCORE, "Weight", "Contribution")] == ["—"] * 5


def test_an_indicator_of_weight_0_is_as_good_as_absent(second_facts: Facts) -> None:
    """It has a score and no weight, and takes no part in what is scaled up."""
    framework = second_facts.framework
    shore = replace(framework.node("shore"), indicators={"clean_beaches": 3, "waiting_time": 0})
    harbour = framework.node("harbour")
    facts = compute(second_facts.declared, extra={"indices": (harbour, shore)})
    beaches, waiting = read_rows(html_of(table_steps(facts, links(facts), "shore", "Brill", 2031)))
    assert (beaches["Weight"], waiting["Weight"]) == ("1.0000", "—")


def test_an_index_of_indices_has_no_steps_of_its_own(second_facts: Facts) -> None:
    """Its parts have."""
    with pytest.raises(LookupFailed, match='index "traffic" has no indicators of its own'):
        html_of(table_steps(second_facts, links(second_facts), "traffic", "Brill"))


def test_values_that_were_filled_in_are_marked_among_the_published_ones(second_facts: Facts) -> None:
    """In the table of an index, so that nobody takes them for published ones."""
    facts = compute(second_facts.declared, impute="last-observation")
    rows = {row["Island"]: row for row in read_rows(html_of(table_indicators(facts, links(facts), "speed")))}
    (title,) = [title for title in rows["Corsa"] if title.startswith("Waiting time")]
    assert rows["Corsa"][title] == "35†"
    assert rows["Brill"][title] == "21"
    plain = {
        row["Island"]: row for row in read_rows(html_of(table_indicators(second_facts, links(second_facts), "speed")))
    }
    assert plain["Corsa"][title] == "—"


def test_a_wrong_number_in_a_formula_would_be_noticed(second_facts: Facts) -> None:
    """Planted: a worst value that is 1 off."""
    parameters = second_facts.tables["parameters"].assign(worst_value=lambda table: table["worst_value"] + 1)
    planted = with_tables(second_facts, parameters=parameters)
    row = read_rows(html_of(table_steps(planted, links(planted), "speed", "Brill", 2031)))[0]
    assert score_of(row[FORMULA]) != pytest.approx(number(row[SCORE]), abs=ROUNDING)
