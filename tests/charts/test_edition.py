"""The edition drawn: published scores as dots, intervals as bars, in the order of their middle."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from regional_index.cache import Cache
from regional_index.charts import WIDE, Drawing, Figure, draw
from regional_index.facts import Facts
from regional_index.framework import Decision
from regional_index.topics.all import catalogue
from tests.changed_facts import with_findings, with_tables

from .marks import Mark, marks_of, rows_with, texts

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


def found(facts: Facts, lines: Mapping[str, Line]) -> Figure:
    """The chart of supply where the study says this of it."""
    return catalogue(with_lines(facts, lines))["supply-edition"]()


def signs(marks: list[Mark]) -> tuple[int, int]:
    """How many dots and lines there are, without those of the legend."""
    dots = [mark for mark in marks if mark.kind == "circle" and mark.has(fill="class3", stroke="surface")]
    lines = [mark for mark in marks if mark.kind == "line" and mark.has(stroke="other")]
    return len(dots), len(lines)


def test_a_published_score_is_a_dot_and_any_other_a_line(tiny_drawings: Mapping[str, Drawing]) -> None:
    """Best first: East in bold with its decimals; South and North in intervals, written by their ends."""
    marks = marks_of(tiny_drawings["supply-edition"])
    assert signs(marks) == (1, 2)
    assert texts([mark for mark in marks if mark.style.get("font-weight") == "bold"]) == ["90.00"]
    ends = [mark for mark in marks if "–" in mark.text]
    assert texts(ends) == ["30.00–50.00", "10.00–30.00"]
    assert all(mark.has(fill="muted") for mark in ends)
    assert {"published", "not published, between both ends"} <= set(texts(marks))
    assert [text for text in texts(marks) if text in ("East", "South", "North")] == ["East", "South", "North"]


def test_a_rank_that_the_claims_leave_open_is_written_by_its_ends(tiny_drawings: Mapping[str, Drawing]) -> None:
    """Of size only the total is known: any region can have any rank. Those of supply are certain."""
    assert texts(marks_of(tiny_drawings["size-edition"])).count("1–3") == 3
    assert {"1", "2", "3"} <= set(texts(marks_of(tiny_drawings["supply-edition"])))


def test_the_mean_is_shown_where_a_claim_states_it(tiny_facts: Facts, tiny_drawings: Mapping[str, Drawing]) -> None:
    """That of supply is stated, that of size is not; one that is set aside is not drawn, as nothing derived uses it."""
    assert "mean 50.00" in texts(marks_of(tiny_drawings["supply-edition"]))
    edition = replace(tiny_facts.edition, set_aside={"supply-mean": Decision("supply-mean", "invented")})
    without = catalogue(with_findings(tiny_facts, edition=edition))["supply-edition"]()
    for figure in (tiny_drawings["size-edition"].figure, without):
        assert rows_with(figure, "mean") == []


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
    """No line, no note on intervals, nothing in the legend but what is there. Equal scores share their rank."""
    figure = found(
        tiny_facts,
        {
            NORTH: (50.0, 1, 50.0, 50.0, 1, 1, 1, "published"),
            SOUTH: (50.0, 1, 50.0, 50.0, 1, 1, 1, "published"),
            EAST: (8.25, 3, 8.25, 8.25, 3, 3, 2, "published"),
        },
    )
    marks = marks_of(draw(figure, cache))
    assert signs(marks) == (3, 0)
    assert {"50.0", "8.25"} <= set(texts(marks))
    assert not [text for text in texts(marks) if text.startswith("not published")]
    assert figure.description.endswith("of which only an interval is known. In first place: North, South (50.0).")
    assert "intervals" not in figure.credit


def test_a_leader_without_a_score_is_named_without_a_number(tiny_facts: Facts) -> None:
    """Nothing inside its interval is more likely than anything else."""
    description = found(
        tiny_facts,
        {
            NORTH: (None, 1, 60.0, 80.0, 1, 1, None, "not_published"),
            SOUTH: (50.0, 2, 50.0, 50.0, 2, 2, 1, "published"),
        },
    ).description
    assert "In first place, with a score that is not published: North." in description
    assert "70" not in description


def test_one_region_is_a_chart_too(tiny_facts: Facts, cache: Cache) -> None:
    """At 0, published or not: a scale without length divides by nothing."""
    for score, decimals, status in ((0.0, 0, "published"), (None, None, "not_published")):
        drawing = draw(found(tiny_facts, {EAST: (score, 1, 0.0, 0.0, 1, 1, decimals, status)}), cache)
        assert signs(marks_of(drawing))[0] == (status == "published")
        assert "NaN" not in drawing.svg


def test_an_interval_without_length_is_one_number(tiny_facts: Facts) -> None:
    """It reads 12.50, not from 12.50 to 12.50; it is still not a published score."""
    (row,) = rows_with(
        found(tiny_facts, {EAST: (None, None, 12.501, 12.5049, 1, 1, None, "not_published")}), "lower", "upper"
    )
    assert (row["shown"], row["state"]) == ("12.50", "not published")


def test_intervals_below_zero_stay_within_the_scale(tiny_facts: Facts, cache: Cache) -> None:
    """The axis starts at the least end then."""
    figure = found(tiny_facts, {EAST: (None, 1, -20.0, 10.0, 1, 1, None, "not_published")})
    (line,) = [m for m in marks_of(draw(figure, cache)) if m.kind == "line" and m.has(stroke="other")]
    start = float(re.findall(r"[-\d.]+", line.style["transform"])[0])
    assert 0 <= start < start + float(line.style["x2"]) <= WIDE


def test_there_is_a_chart_for_every_index_that_claims_are_about(tiny_facts: Facts, second_facts: Facts) -> None:
    """And for no other, of which nothing would be known: of the size of markets only its total is stated."""
    for facts in (tiny_facts, second_facts):
        told = {claim.index for claim in facts.edition.claims.values()}
        charts = {name for name in catalogue(facts) if name.endswith("-edition")}
        assert charts == {f"{code}-edition" for code in told}
    edition = replace(tiny_facts.edition, set_aside={"size-total": Decision("size-total", "invented")})
    assert "size-edition" not in catalogue(with_findings(tiny_facts, edition=edition))


def test_the_second_index_says_it_in_its_own_words(second_facts: Facts, cache: Cache) -> None:
    """Two published scores, with different decimals."""
    drawing = draw(catalogue(second_facts)["harbour-edition"](), cache)
    assert {"72.50", "61"} <= set(texts(marks_of(drawing)))
    assert drawing.figure.table["Island"].tolist() == [
        second_facts.regions[str(code)].name for code in second_facts.published.ranking("harbour").index
    ]
