"""Tables of what follows from the published edition: scores and intervals, verdicts, the self-test, weights."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from regional_index.claims.findings import WeightStudy
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import Decision
from regional_index.render import Links
from regional_index.topics.edition.audit import table_self_test, table_self_test_kinds
from regional_index.topics.edition.claims import list_claims
from regional_index.topics.edition.scores import table_edition, table_region_edition
from regional_index.topics.edition.weights import table_weights
from tests.changed_facts import with_findings
from tests.reading import html_of


def links_of(facts: Facts) -> Links:
    """From a page below an index."""
    return Links(facts, lambda: "harbour/index.md")


def rows_of(table: str) -> list[list[str]]:
    """Texts of the cells below the heading."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table)[1:]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


# ---- scores and intervals


def test_every_region_stands_in_the_table_with_what_is_known(second_facts: Facts) -> None:
    """Arden and Brill as printed; Dunmore's place is stated and its score is not; Corsa and Elm share two places."""
    assert rows_of(html_of(table_edition(second_facts, links_of(second_facts), "harbour"))) == [
        ["1", "Arden", "72.50", ""],
        ["2", "Brill", "61", ""],
        ["3", "Dunmore", "not published", "between 21.98 and 40.01"],
        ["4–5", "Corsa", "not published", "between 0.00 and 33.53"],
        ["4–5", "Elm", "not published", "between 0.00 and 33.53"],
    ]


def test_regions_are_in_the_order_of_the_middle_then_of_ranks_then_of_the_regions_table(second_facts: Facts) -> None:
    """Of traffic the report says only that Dunmore has 20 to 40; of the others nothing, so that the middle is 50."""
    table = html_of(table_edition(second_facts, links_of(second_facts), "traffic"))
    rows = rows_of(table)
    assert [row[1] for row in rows] == ["Arden", "Brill", "Corsa", "Elm", "Dunmore"]
    assert rows[0] == ["1–5", "Arden", "not published", "between 0.00 and 100.00"]
    assert rows[4] == ["1–5", "Dunmore", "not published", "between 20.00 and 40.00"]
    assert "--ri-at" not in table
    speed = rows_of(html_of(table_edition(second_facts, links_of(second_facts), "speed")))
    assert [(row[1], row[0]) for row in speed] == [
        ("Dunmore", "1–2"), ("Elm", "1–2"), ("Arden", "3–5"), ("Brill", "3–5"), ("Corsa", "3–5"),
    ]  # fmt: skip


def test_a_region_stands_in_every_index(second_facts: Facts) -> None:
    """Those below another are set off."""
    table = html_of(table_region_edition(second_facts, links_of(second_facts), "Skerries"))
    rows = rows_of(table)
    assert [row[0] for row in rows] == ["Harbour index", "Traffic", "Goods", "Density", "Speed", "Shore index"]
    assert rows[0][1:] == ["3", "not published", "between 21.98 and 40.01"]
    assert rows[4][1] == "1–2"
    assert table.count('class="ri-top"') == 2


def test_published_scores_lead_to_their_claims(second_facts: Facts) -> None:
    """A number that can be quoted has its place in the source."""
    table = html_of(table_edition(second_facts, links_of(second_facts), "harbour"))
    assert re.findall(r'href="(\.\./claims/#[^"]+)"[^>]*>([^<]+)', table) == [
        ("../claims/#harbour-score-arden", "72.50"),
        ("../claims/#harbour-score-brill", "61"),
    ]


def test_bars_say_where_interval_and_score_lie(second_facts: Facts) -> None:
    """In percent of the range of scores; a dot where the score is published; not read aloud."""
    table = html_of(table_edition(second_facts, links_of(second_facts), "harbour"))
    bars = re.findall(r'<span class="([^"]*)" style="([^"]+)" aria-hidden="true"></span>', table)
    assert bars[0] == ("ri-interval", "--ri-low:72.5%;--ri-high:72.5%;--ri-at:72.5%")
    assert bars[2] == ("ri-interval", "--ri-low:22.0%;--ri-high:40.0%")
    assert len(bars) == 5


def test_bars_keep_to_the_range_that_the_edition_declares(second_facts: Facts) -> None:
    """Of scores from 50 to 100, 72.5 lies at 45 percent."""
    edition = replace(second_facts.edition, score_range=(50.0, 100.0))
    facts = with_findings(second_facts, edition=edition)
    assert "--ri-at:45.0%" in html_of(table_edition(facts, links_of(facts), "harbour"))


def test_places_sort_by_where_a_region_stands(second_facts: Facts) -> None:
    """Not by the text of a range."""
    table = html_of(table_edition(second_facts, links_of(second_facts), "harbour"))
    places = [int(place) for place in re.findall(r'<tr[^>]*><td class="ri-n" data-sort="(\d+)"', table)]
    assert all(first <= second for first, second in pairwise(places))
    assert len(places) == 5


@pytest.mark.parametrize("table", [table_edition, table_weights])
def test_an_unknown_index_is_refused(second_facts: Facts, table) -> None:
    """By name."""
    with pytest.raises(LookupFailed, match="harbor"):
        table(second_facts, links_of(second_facts), "harbor")


@pytest.mark.parametrize("name", ["Atlantis", "Fogholm"])
def test_a_region_that_is_unknown_or_takes_no_part_is_refused(second_facts: Facts, name: str) -> None:
    """There is nothing of it in the edition."""
    with pytest.raises(LookupFailed, match=name):
        html_of(table_region_edition(second_facts, links_of(second_facts), name))


# ---- claims with their verdicts


def test_claims_stand_with_place_verdict_and_reasoning(second_facts: Facts) -> None:
    """One row each; what a person noticed follows in small print."""
    claims = [second_facts.edition.claim(name) for name in ("harbour-mean", "shore-comparison")]
    table = html_of(list_claims(second_facts, links_of(second_facts), claims, "Claims", "claims"))
    first, second = rows_of(table)
    assert first[1] == "holds 200.0 ÷ 5 = 40.000, rounded 40.0."
    assert second[2] == "Shores, paragraph 5"
    assert "<br><small>Note: The report does not say by how much.</small></td>" in table
    assert table.count("<small>") == 1


def test_a_claim_that_is_not_used_says_so(second_facts: Facts) -> None:
    """Beside its verdict."""
    study = second_facts.study
    verdict = replace(
        study.audit.verdicts["speed-top"], verdict="contradicted", set_aside=True, conflicts_with=("harbour-top",)
    )
    audit = replace(study.audit, verdicts={**study.audit.verdicts, "speed-top": verdict})
    edition = replace(second_facts.edition, set_aside={"speed-top": Decision("speed-top", "Why.")})
    facts = with_findings(second_facts, edition=edition, audit=audit)
    (row,) = rows_of(
        html_of(list_claims(facts, links_of(facts), [facts.edition.claim("speed-top")], "Claims", "claims"))
    )
    assert row[1].startswith("contradicted not used It cannot be true together with: list of the first")


# ---- the study


def test_the_self_test_counts_every_trial_once(second_facts: Facts) -> None:
    """By change and by kind the same sums; the last row by change is the sum."""
    trials = second_facts.study.audit.trials
    by_change, by_kind = (rows_of(html_of(table(second_facts))) for table in (table_self_test, table_self_test_kinds))
    every = [len(trials), sum(trial.noticed for trial in trials)]
    assert [int(number) for number in by_change[-1][1:3]] == every
    for rows in (by_change[:-1], by_kind):
        assert [sum(int(row[place]) for row in rows) for place in (1, 2)] == every


def test_a_change_that_was_not_tried_has_no_share(second_facts: Facts) -> None:
    """Rather than a share of nothing."""
    study = second_facts.study
    trials = tuple(trial for trial in study.audit.trials if trial.change != "sides")
    facts = with_findings(second_facts, audit=replace(study.audit, trials=trials))
    rows = {row[0]: row[1:] for row in rows_of(html_of(table_self_test(facts)))}
    assert rows["sides of a comparison swapped"] == ["0", "0", "—"]


@pytest.mark.parametrize(
    ("fitting", "shown"),
    [
        (((15, 5), (14, 6)), ["5%", "19", "3", "2", "70%–75%", "25%–30%"]),
        (((15, 5),), ["5%", "19", "3", "1", "75%", "25%"]),
        ((), ["5%", "19", "3", "0", "—", "—"]),
    ],
)
def test_weights_are_shown_by_their_least_and_greatest(
    second_facts: Facts, fitting: tuple[tuple[int, ...], ...], shown: list[str]
) -> None:
    """Of the weightings with which all claims can hold."""
    study = WeightStudy("harbour", ("traffic", "speed"), 20, 19, 3, fitting)
    facts = with_findings(second_facts, weights=(study,))
    assert rows_of(html_of(table_weights(facts, links_of(facts), "harbour"))) == [shown]


def test_weights_of_which_nothing_can_be_inferred_are_refused(second_facts: Facts) -> None:
    """The second index states no totals of its sub-indices."""
    with pytest.raises(LookupFailed, match="nothing can be inferred"):
        html_of(table_weights(second_facts, links_of(second_facts), "harbour"))
