"""What the open series says of a region, and the answer at the top of a page."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.method.describe import change_between
from regional_index.method.rank import rank_scores
from regional_index.render import Links
from regional_index.topics.edition.scores import published_answer, stated_of_region
from regional_index.topics.series.notes import same_scores
from regional_index.topics.series.portrait import missing_scores, movement, neighbours, strengths
from tests.computed import build_facts


def text(facts: Facts, say: Callable[..., Markup], *arguments: str) -> str:
    """A sentence without its links."""
    return re.sub(r"<[^>]+>", "", say(facts, Links(facts, lambda: "index.md"), *arguments))


def test_strengths_are_ranks_against_all_and_points_against_the_own_group(second_facts: Facts) -> None:
    """Brill: density 1st, shore 4th. Inner ring: goods 50 - 53.33, density 100 - 70, speed 60 - 40, shore 45 - 55."""
    against_all, against_group = text(second_facts, strengths, "Brill").split("\n\n")
    assert against_all == "Best rank in 2031: Density (1). Worst rank: Shore index (4)."
    assert against_group == (
        "Compared with the mean of Inner ring: most favourable in Density, 30.00 above; "
        "least favourable in Shore index, 10.00 below."
    )


def test_a_missing_sub_index_is_neither_strong_nor_weak(second_facts: Facts) -> None:
    """Corsa has no speed in 2031: shore 1st, density 3rd, goods 4th."""
    assert text(second_facts, strengths, "Corsa").startswith(
        "Best rank in 2031: Shore index (1). Worst rank: Goods (4)."
    )


def test_one_index_is_not_both_best_and_worst(second_facts: Facts) -> None:
    """Elm is 1st in speed and on the shore, and has no other score."""
    assert "Best rank in 2031: Speed (1). Worst rank: Speed (1)." not in text(second_facts, strengths, "Elm")


def test_movement_says_the_top_indices_and_what_moved_most(second_facts: Facts) -> None:
    """Arden: 3rd to 1st. In speed it is 4th where it was 5th, for Corsa has no score any more: that is no climb."""
    said = text(second_facts, movement, "Arden")
    assert "Harbour index (Totals) from rank 3 (31.67) in 2030 to rank 1 (71.67) in 2031, up 2 (not certain)." in said
    assert said.endswith("Shore index has rank 5 in 2031 as in 2030; its score went from 0.00 to 20.00.")


def test_movement_without_a_score_says_so(second_facts: Facts) -> None:
    """Elm has no harbour score in either year, and none of its ranks changed."""
    said = text(second_facts, movement, "Elm")
    assert said.startswith("Harbour index cannot be compared")
    assert "moved most" not in said


def test_a_fall_is_a_fall(second_facts: Facts) -> None:
    """Brill from 1 to 2; Arden passes it in two thirds of the draws only."""
    assert "to rank 2 (61.67) in 2031, down 1 (not certain)." in text(second_facts, movement, "Brill")


def test_neighbours_stand_nearest_first_with_their_distance(second_facts: Facts) -> None:
    """Dunmore and Elm share speed (20 apart) and shore (35 apart): root of 812.5."""
    said = text(second_facts, neighbours, "Dunmore")
    distances = [float(found) for found in re.findall(r"\(([\d.]+) points\)", said)]
    assert len(distances) == 3
    assert distances == sorted(distances)
    assert "Elm (28.50 points)" in said


def test_every_missing_and_partial_score_is_listed(second_facts: Facts) -> None:
    """Elm has no cargo, Corsa's waiting time of 2031 is excluded."""
    listed = re.sub(r"</?a[^>]*>", "", missing_scores(second_facts, Links(second_facts, lambda: "index.md")))
    assert re.findall(r"<li>(.*?)</li>", listed) == [
        "Harbour index without a score: Elm (all years).",
        "Harbour index from part of its data: Corsa (2031).",
        "Traffic without a score: Elm (all years).",
        "Goods without a score: Elm (all years).",
        "Density without a score: Elm (all years).",
        "Speed without a score: Corsa (2031).",
        "Shore index from part of its data: Corsa (2031).",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def without_elm(second_facts: Facts) -> Facts:
    """The second index with no value of Elm at all: all of its scores are missing."""
    values = second_facts.declared.values.copy()
    values.loc[values["region"] == "E5", "value"] = float("nan")
    return build_facts(replace(second_facts.declared, values=values))


@pytest.mark.parametrize("say", [movement, neighbours])
def test_a_region_without_any_score_has_a_page_all_the_same(without_elm: Facts, say: Callable[..., Markup]) -> None:
    """It says that nothing can be compared."""
    assert re.findall(r"[{}]|nan|None|—", text(without_elm, say, "Elm")) == []


def test_a_region_without_any_score_has_no_strengths(without_elm: Facts) -> None:
    """Nothing is said, or that nothing is known."""
    assert "Speed" not in text(without_elm, strengths, "Elm")


def test_a_region_without_any_score_has_no_neighbours(without_elm: Facts) -> None:
    """A sentence without its list says nothing."""
    assert text(without_elm, neighbours, "Elm") != "The closest are ."


@pytest.mark.parametrize(
    ("index", "answer"),
    [
        ("harbour", r"Arden 72\.50, rank 1; Brill 61, rank 2; Dunmore, rank 3\. ?All islands .* 200\.0, .* 40\.0\."),
        ("speed", r"In the lead: Elm, Dunmore; the scores are not published\."),
        ("goods", r"Nothing is published here\."),
    ],
)  # fmt: skip
def test_the_answer_says_what_the_edition_says(second_facts: Facts, index: str, answer: str) -> None:
    """Scores and ranks as far as they are stated, a list without order where only that is stated, or nothing."""
    assert re.fullmatch(answer, text(second_facts, published_answer, index))


def test_the_answer_of_a_region_keeps_to_what_is_stated(second_facts: Facts) -> None:
    """Score and rank, a rank alone, or nothing."""
    assert text(second_facts, stated_of_region, "Arden") == "The Third report states: Harbour index 72.50, rank 1."
    assert text(second_facts, stated_of_region, "Dunmore") == "The Third report states: Harbour index, rank 3."
    assert text(second_facts, stated_of_region, "Elm") == "The Third report states no score and no rank of Elm."


def test_a_change_of_rank_that_is_not_the_difference_of_the_ranks_is_explained(second_facts: Facts) -> None:
    """Arden, third in the harbour in 2030, has no score any more: Corsa behind it has not climbed."""
    scores = second_facts.results.scores
    arden = (scores["index"] == "harbour") & (scores["year"] == 2031) & (scores["region"] == "A1")
    changed = rank_scores(scores.drop(columns="rank").assign(score=scores["score"].mask(arden)))
    moved = change_between(changed, 2030, 2031)
    keys, table = ["year", "index", "region"], second_facts.tables["scores"]
    opened = table[table["series"] == "open"].drop(columns=["score", "rank"])
    rescored = opened.merge(changed[[*keys, "score", "rank"]], on=keys)
    facts = replace(second_facts, tables={**second_facts.tables, "movement": moved, "scores": rescored})
    said = text(facts, movement, "Corsa")
    assert "to rank 3 (12.50) in 2031, no change. Changes of rank are among the 3 regions" in said


def test_one_year_is_compared_with_nothing(second_facts: Facts) -> None:
    """There is no sentence about a change, nor one from a year to itself."""
    project = second_facts.declared
    facts = build_facts(replace(project, framework=replace(project.framework, years=(2031,))))
    assert text(facts, movement, "Brill") == "There is only 2031, so no change to tell."
    assert facts.open.movement["rank_change"].isna().all()
    assert facts.open.decomposition.empty


def test_what_is_never_computed_is_said_once(bare_facts: Facts) -> None:
    """Not once for every island."""
    assert text(bare_facts, missing_scores).count("Shore index") == 1


@pytest.mark.parametrize("region", ["Corsa", "Elm"])
def test_every_sentence_works_for_regions_with_missing_scores(second_facts: Facts, region: str) -> None:
    """No gap, no dash and no `nan` where a number should be."""
    for say in (strengths, movement, neighbours, stated_of_region):
        assert re.findall(r"[{}]|nan|None|—", text(second_facts, say, region)) == [], say.__name__


def test_sub_indices_of_the_same_scores_are_named_together(second_facts: Facts) -> None:
    """Density is given the scores of speed; nothing is said of them as they are."""
    scores = second_facts.tables["scores"].set_index(["index", "year", "region"]).sort_index()
    opened = scores[scores["series"] == "open"].copy()
    for column in ("score", "rank"):
        opened.loc["density", column] = opened.loc["speed", column].to_numpy()
    facts = replace(second_facts, tables={**second_facts.tables, "scores": opened.reset_index()})
    assert text(second_facts, same_scores) == ""
    assert text(facts, same_scores) == "Density, Speed use the same figures, so that scores and ranks are the same."
