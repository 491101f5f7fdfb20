"""The edition drawn: published scores as dots, intervals as bars, in the order of their middle."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from regional_index.cache import Cache
from regional_index.facts import Facts
from regional_index.figures import Drawing, catalogue, draw
from regional_index.framework import Decision
from tests.changed_facts import with_findings, with_tables

from .marks import Mark, read_marks, texts

NORTH, SOUTH, EAST = "1", "2", "3"
COLUMNS = ("score", "rank", "lower", "upper", "rank_lower", "rank_upper", "decimals", "status")
Line = tuple[float | None, int | None, float | None, float | None, int | None, int | None, int | None, str]
WHOLE = ("rank", "rank_lower", "rank_upper", "decimals")


def with_lines(facts: Facts, lines: Mapping[str, Line], index: str = "supply") -> Facts:
    """The same facts where the study says this of an index, and nothing of other regions."""
    frame = pd.DataFrame([dict(zip(COLUMNS, line, strict=True)) for line in lines.values()])
    frame = frame.astype(dict.fromkeys(WHOLE, "Int64") | {"score": float, "lower": float, "upper": float})
    year = facts.edition.data_year
    rows = frame.assign(series="published", year=year, index=index, region=list(lines))
    stated = rows[["index", "region", "decimals"]].assign(claim="")
    scores = facts.tables["scores"]
    others = scores[(scores["series"] != "published") | (scores["index"] != index)]
    return with_tables(facts, scores=pd.concat([others, rows[scores.columns]]), stated=stated)


def drawn(facts: Facts, cache: Cache) -> tuple[Drawing, list[Mark]]:
    """The chart of supply and its marks."""
    drawing = draw(catalogue(facts)["supply-edition"](), cache)
    return drawing, read_marks(drawing.inline_svg)


def of_rows(marks: list[Mark], **tokens: str) -> list[Mark]:
    """Dots of these colours, without that of the legend."""
    return [mark for mark in marks if mark.kind == "circle" and mark.has(**tokens)][1:]


def bars(marks: list[Mark]) -> list[Mark]:
    """Intervals, without that of the legend."""
    return [mark for mark in marks if mark.kind == "line" and mark.has(stroke="other")][1:]


FILLED: dict[str, Any] = {"fill": "class3", "stroke": "surface"}


def test_a_published_score_is_a_dot_and_any_other_a_bar(tiny_drawings: Mapping[str, Drawing]) -> None:
    """The score of East is published; South and North lie in intervals, without any mark inside."""
    marks = read_marks(tiny_drawings["supply-edition"].inline_svg)
    assert len(of_rows(marks, **FILLED)) == 1
    assert len([mark for mark in marks if mark.kind == "circle"]) == 2
    assert len(bars(marks)) == 2


def test_a_published_score_is_written_as_printed_and_any_other_by_its_ends(
    tiny_drawings: Mapping[str, Drawing],
) -> None:
    """In bold with its decimals; muted."""
    marks = read_marks(tiny_drawings["supply-edition"].inline_svg)
    bold = [mark for mark in marks if mark.style.get("font-weight") == "bold"]
    assert texts(bold) == ["90.00"]
    ends = [mark for mark in marks if "–" in mark.text]
    assert texts(ends) == ["30.00–50.00", "10.00–30.00"]
    assert all(mark.has(fill="muted") for mark in ends)


def test_rows_are_best_first(tiny_facts: Facts, tiny_drawings: Mapping[str, Drawing]) -> None:
    """In the order of the middle of the interval, from top to bottom."""
    marks = read_marks(tiny_drawings["supply-edition"].inline_svg)
    names = {tiny_facts.regions[code].name for code in tiny_facts.regions.evaluated}
    rows = sorted((float(mark.style["y"]), mark.text) for mark in marks if mark.text in names)
    expected = [tiny_facts.regions[str(code)].name for code in tiny_facts.published.ranking("supply").index]
    assert [name for _, name in rows] == expected == ["East", "South", "North"]


def test_a_rank_that_the_claims_leave_open_is_written_by_its_ends(tiny_drawings: Mapping[str, Drawing]) -> None:
    """Of size only the total is known: any region can have any rank. Those of supply are certain."""
    assert texts(read_marks(tiny_drawings["size-edition"].inline_svg)).count("1–3") == 3
    assert {"1", "2", "3"} <= set(texts(read_marks(tiny_drawings["supply-edition"].inline_svg)))


def test_the_mean_stands_where_a_claim_states_it(tiny_drawings: Mapping[str, Drawing]) -> None:
    """That of supply is stated, that of size is not."""
    assert "mean 50.00" in texts(read_marks(tiny_drawings["supply-edition"].inline_svg))
    assert "mean" not in tiny_drawings["size-edition"].inline_svg


def test_a_mean_that_is_set_aside_is_not_drawn(tiny_facts: Facts, cache: Cache) -> None:
    """Nothing that is derived uses it."""
    edition = replace(tiny_facts.edition, set_aside={"supply-mean": Decision("supply-mean", "invented")})
    facts = with_findings(tiny_facts, edition=edition)
    assert not [text for text in texts(drawn(facts, cache)[1]) if text.startswith("mean")]


def test_the_description_says_who_leads_and_what_is_least_certain(tiny_facts: Facts) -> None:
    """A reader who sees nothing learns the numbers, and whose they are."""
    figure = catalogue(tiny_facts)["supply-edition"]()
    assert figure.description.startswith("3 regions in the Supply of the 2022. Published scores: 1; not published: 2, ")
    assert (
        "In first place: East (90.00). The widest range is that of South, North, 20.00 from end to end. Lines are"
    ) in figure.description
    assert "not the publisher's" in figure.credit
    assert tiny_facts.declared.sources[tiny_facts.edition.source].publisher in figure.credit
    assert "Computed" not in figure.credit
    unsure = catalogue(tiny_facts)["size-edition"]().description
    assert "First is one of North, South, East." in unsure


def test_the_table_has_scores_and_ranks_only_where_they_are_stated(tiny_facts: Facts) -> None:
    """And the ends of every interval, in full."""
    table = catalogue(tiny_facts)["supply-edition"]().table
    exact = tiny_facts.published.ranking("supply")
    assert table["Score"].tolist()[0] == 90
    assert table["Score"].isna().tolist() == [False, True, True]
    assert table["Rank"].tolist() == exact["rank"].tolist()
    assert table["Status"].tolist() == ["published", "not published", "not published"]
    assert table["Lower bound"].tolist() == exact["lower"].tolist()
    assert table["Upper bound"].tolist() == exact["upper"].tolist()


def test_where_everything_is_published_there_are_only_dots(tiny_facts: Facts, cache: Cache) -> None:
    """No bar, no note on intervals, nothing in the legend but what is there. Equal scores share their rank."""
    facts = with_lines(
        tiny_facts,
        {
            NORTH: (50.0, 1, 50.0, 50.0, 1, 1, 1, "published"),
            SOUTH: (50.0, 1, 50.0, 50.0, 1, 1, 1, "published"),
            EAST: (8.25, 3, 8.25, 8.25, 3, 3, 2, "published"),
        },
    )
    drawing, marks = drawn(facts, cache)
    assert len(of_rows(marks, **FILLED)) == 3
    assert bars(marks) == []
    assert {"50.0", "8.25"} <= set(texts(marks))
    assert drawing.figure.description.endswith(
        "of which only an interval is known. In first place: North, South (50.0)."
    )
    assert "intervals" not in drawing.figure.credit


def test_a_leader_without_a_score_is_named_without_a_number(tiny_facts: Facts) -> None:
    """Nothing inside its interval is more likely than anything else."""
    facts = with_lines(
        tiny_facts,
        {
            NORTH: (None, 1, 60.0, 80.0, 1, 1, None, "not_published"),
            SOUTH: (50.0, 2, 50.0, 50.0, 2, 2, 1, "published"),
        },
    )
    description = catalogue(facts)["supply-edition"]().description
    assert "In first place, with a score that is not published: North." in description
    assert "70" not in description


def test_one_region_is_a_chart_too(tiny_facts: Facts, cache: Cache) -> None:
    """At 0, published or not: a scale without length divides by nothing."""
    for score, decimals, status in ((0.0, 0, "published"), (None, None, "not_published")):
        facts = with_lines(tiny_facts, {EAST: (score, 1, 0.0, 0.0, 1, 1, decimals, status)})
        _, marks = drawn(facts, cache)
        assert len(of_rows(marks, **FILLED)) == (status == "published")


def test_an_interval_without_length_is_one_number(tiny_facts: Facts, cache: Cache) -> None:
    """Nobody reads from 12.50 to 12.50; it is still not a published score."""
    facts = with_lines(tiny_facts, {EAST: (None, None, 12.501, 12.5049, 1, 1, None, "not_published")})
    _, marks = drawn(facts, cache)
    assert texts(marks).count("12.50") == 1
    assert not [mark for mark in marks if mark.style.get("font-weight") == "bold"]


def test_intervals_below_zero_stay_within_the_scale(tiny_facts: Facts, cache: Cache) -> None:
    """The axis starts at the least end then."""
    facts = with_lines(tiny_facts, {EAST: (None, 1, -20.0, 10.0, 1, 1, None, "not_published")})
    _, marks = drawn(facts, cache)
    (bar,) = bars(marks)
    tick = next(mark for mark in marks if mark.text == "0")
    assert float(re.findall(r"[-\d.]+", bar.style["transform"])[0]) < float(tick.style["x"])


def test_there_is_a_chart_for_every_index_that_claims_are_about(tiny_facts: Facts, second_facts: Facts) -> None:
    """And for no other: nothing would be known of any region."""
    for facts in (tiny_facts, second_facts):
        told = {claim.index for claim in facts.edition.claims.values()}
        charts = {name for name in catalogue(facts) if name.endswith("-edition")}
        assert charts == {f"{code}-edition" for code in told}


def test_an_index_whose_only_claim_is_set_aside_has_no_chart(tiny_facts: Facts) -> None:
    """Of the size of markets only its total is stated."""
    edition = replace(tiny_facts.edition, set_aside={"size-total": Decision("size-total", "invented")})
    assert "size-edition" not in catalogue(with_findings(tiny_facts, edition=edition))


def test_the_second_index_says_it_in_its_own_words(second_facts: Facts, cache: Cache) -> None:
    """Two published scores, with different decimals."""
    drawing = draw(catalogue(second_facts)["harbour-edition"](), cache)
    assert {"72.50", "61"} <= set(texts(read_marks(drawing.inline_svg)))
    assert drawing.figure.table["Island"].tolist() == [
        second_facts.regions[str(code)].name for code in second_facts.published.ranking("harbour").index
    ]


def test_the_same_chart_is_made_twice(tiny_facts: Facts) -> None:
    """Byte by byte."""
    first, second = (catalogue(tiny_facts)["supply-edition"]() for _ in range(2))
    assert first.chart.to_dict(validate=False) == second.chart.to_dict(validate=False)
    assert (first.description, first.credit) == (second.description, second.credit)
