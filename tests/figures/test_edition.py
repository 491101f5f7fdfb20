"""The completed table of the edition: what is drawn filled, hollow and as a bar, and what a reader can hide."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from regional_index.facts import Facts, build_facts
from regional_index.figures import Drawing, catalogue, draw
from regional_index.figures.canvas import Canvas
from regional_index.figures.svg import slim_marks
from regional_index.framework import Decision

from .marks import Mark, read_marks, texts

NORTH, SOUTH, EAST = "1", "2", "3"
COLUMNS = ("score", "rank", "lower", "upper", "rank_lower", "rank_upper", "decimals", "status")
Line = tuple[float | None, int | None, float | None, float | None, int | None, int | None, int | None, str]
WHOLE = ("rank", "rank_lower", "rank_upper", "decimals")


def with_lines(facts: Facts, lines: Mapping[str, Line], index: str = "supply") -> Facts:
    """The same facts where the study says this of an index, and nothing of other regions."""
    frame = pd.DataFrame([dict(zip(COLUMNS, line, strict=True)) for line in lines.values()])
    frame = frame.astype(dict.fromkeys(WHOLE, "Int64") | {"score": float, "lower": float, "upper": float})
    study = replace(facts.study, scores=frame.assign(region=list(lines), index=index, claim=""))
    return replace(facts, make_study=lambda: study)


def drawn(facts: Facts, cache: Path) -> tuple[Drawing, list[Mark]]:
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
HOLLOW: dict[str, Any] = {"fill": "surface", "stroke": "class3"}


def test_published_is_filled_and_estimated_hollow(tiny_drawings: Mapping[str, Drawing]) -> None:
    """The score of East is published; South and North lie in intervals."""
    marks = read_marks(tiny_drawings["supply-edition"].inline_svg)
    assert len(of_rows(marks, **FILLED)) == 1
    assert len(of_rows(marks, **HOLLOW)) == 2
    assert len(bars(marks)) == 2


def test_a_published_score_stands_as_printed_and_an_estimate_as_about(tiny_drawings: Mapping[str, Drawing]) -> None:
    """In bold with its decimals; muted with one."""
    marks = read_marks(tiny_drawings["supply-edition"].inline_svg)
    bold = [mark for mark in marks if mark.style.get("font-weight") == "bold"]
    assert texts(bold) == ["90.00"]
    about = [mark for mark in marks if mark.text.startswith("c. ")]
    assert texts(about) == ["c. 40.0", "c. 20.0"]
    assert all(mark.has(fill="muted") for mark in about)


def test_rows_stand_best_first(tiny_facts: Facts, tiny_drawings: Mapping[str, Drawing]) -> None:
    """In the order of the completed table, from top to bottom."""
    marks = read_marks(tiny_drawings["supply-edition"].inline_svg)
    names = {tiny_facts.regions[code].name for code in tiny_facts.regions.evaluated}
    rows = sorted((float(mark.style["y"]), mark.text) for mark in marks if mark.text in names)
    expected = [tiny_facts.regions[str(code)].name for code in tiny_facts.edition_scores("supply").index]
    assert [name for _, name in rows] == expected == ["East", "South", "North"]


def test_what_can_be_hidden_are_the_estimates_and_nothing_else(tiny_drawings: Mapping[str, Drawing]) -> None:
    """Hollow dots and their numbers; bars, names and places that follow from the claims stay. In files as in pages."""
    drawing = tiny_drawings["supply-edition"]
    for svg in (drawing.svg, drawing.inline_svg):
        marks = read_marks(svg)
        hidden = [mark for mark in marks if mark.is_estimate]
        assert [mark.kind for mark in hidden].count("circle") == 3
        assert texts(hidden) == ["our estimate", "c. 40.0", "c. 20.0"]
    marks = read_marks(drawing.inline_svg)
    assert [mark for mark in of_rows(marks, **HOLLOW) + bars(marks) if mark.is_estimate] == of_rows(marks, **HOLLOW)
    assert {"East", "South", "North", "1", "2", "3"} <= {mark.text for mark in marks if not mark.is_estimate}


def test_a_rank_that_the_claims_leave_open_is_an_estimate(tiny_drawings: Mapping[str, Drawing]) -> None:
    """Of size only the total is known: any region can have any place, which stands beside it and stays."""
    marks = read_marks(tiny_drawings["size-edition"].inline_svg)
    ranks = [mark for mark in marks if mark.text == "1"]
    assert [mark.is_estimate for mark in ranks] == [True] * 3
    places = [mark for mark in marks if mark.text == "1–3"]
    assert [mark.is_estimate for mark in places] == [False] * 3


def test_the_mean_stands_where_a_claim_states_it(tiny_drawings: Mapping[str, Drawing]) -> None:
    """That of supply is stated, that of size is not."""
    assert "mean 50.00" in texts(read_marks(tiny_drawings["supply-edition"].inline_svg))
    assert "mean" not in tiny_drawings["size-edition"].inline_svg


def test_a_mean_that_is_set_aside_is_not_drawn(tiny_facts: Facts, cache: Path) -> None:
    """Nothing that is derived uses it."""
    edition = replace(tiny_facts.edition, set_aside={"supply-mean": Decision("supply-mean", "invented")})
    facts = replace(tiny_facts, project=replace(tiny_facts.project, edition=edition))
    assert not [text for text in texts(drawn(facts, cache)[1]) if text.startswith("mean")]


def test_the_description_says_who_leads_and_what_is_least_certain(tiny_facts: Facts) -> None:
    """A reader who sees nothing learns the numbers, and whose they are."""
    figure = catalogue(tiny_facts)["supply-edition"]()
    assert figure.description.startswith(
        "3 regions in the Supply of 2022. Published scores: 1; our estimates: 2. East comes first with 90.00. "
        "The widest range is that of South, North, 20.00 from end to end. Hollow dots"
    )
    assert "not the publisher's" in figure.credit
    assert tiny_facts.project.sources[tiny_facts.edition.source].publisher in figure.credit
    assert "Computed" not in figure.credit
    unsure = catalogue(tiny_facts)["size-edition"]().description
    assert "First can only be North, South, East." in unsure


def test_the_table_keeps_published_scores_and_estimates_apart(tiny_facts: Facts) -> None:
    """In columns of their own, with ranks only where they are certain."""
    table = catalogue(tiny_facts)["supply-edition"]().table
    assert table["Score"].tolist()[0] == 90
    assert table["Score"].isna().tolist() == [False, True, True]
    assert table["Estimated score"].isna().tolist() == [True, False, False]
    assert table["Status"].tolist() == ["published", "our estimate", "our estimate"]
    exact = tiny_facts.edition_scores("supply")
    assert table["Lower bound"].tolist() == exact["lower"].tolist()
    assert table["Upper bound"].tolist() == exact["upper"].tolist()


def test_where_everything_is_published_nothing_can_be_hidden(tiny_facts: Facts, cache: Path) -> None:
    """No bar, no note on estimates, nothing in the legend but what is there. Equal scores share their rank."""
    facts = with_lines(
        tiny_facts,
        {
            NORTH: (50.0, 1, 50.0, 50.0, 1, 1, 1, "published"),
            SOUTH: (50.0, 1, 50.0, 50.0, 1, 1, 1, "published"),
            EAST: (8.25, 3, 8.25, 8.25, 3, 3, 2, "published"),
        },
    )
    drawing, marks = drawn(facts, cache)
    assert "ri-estimate" not in drawing.svg + drawing.inline_svg
    assert len(of_rows(marks, **FILLED)) == 3
    assert of_rows(marks, **HOLLOW) == bars(marks) == []
    assert {"50.0", "8.25"} <= set(texts(marks))
    assert drawing.figure.description.endswith("our estimates: 0. North, South comes first with 50.0.")
    assert "Hollow" not in drawing.figure.credit


def test_an_estimated_leader_is_named_without_a_number(tiny_facts: Facts) -> None:
    """What stands in words cannot be hidden."""
    facts = with_lines(
        tiny_facts,
        {
            NORTH: (70.0, 1, 60.0, 80.0, 1, 1, None, "estimated"),
            SOUTH: (50.0, 2, 50.0, 50.0, 2, 2, 1, "published"),
        },
    )
    description = catalogue(facts)["supply-edition"]().description
    assert "North comes first, with a score that is not published." in description
    assert "70" not in description


def test_one_region_is_a_chart_too(tiny_facts: Facts, cache: Path) -> None:
    """At 0, published or not: a scale without length divides by nothing."""
    for status in ("published", "estimated"):
        facts = with_lines(tiny_facts, {EAST: (0.0, 1, 0.0, 0.0, 1, 1, 0, status)})
        _, marks = drawn(facts, cache)
        assert len(of_rows(marks, **(FILLED if status == "published" else HOLLOW))) == 1
        assert bars(marks) == []


def test_regions_without_a_score_stand_last_by_the_best_place_they_can_have(tiny_facts: Facts, cache: Path) -> None:
    """With a bar where the claims give one, with a word instead of a number."""
    facts = with_lines(
        tiny_facts,
        {
            NORTH: (None, None, 0.0, 60.0, 2, 3, None, "not_published"),
            SOUTH: (None, 1, None, None, 1, 1, None, "not_published"),
            EAST: (40.0, None, 40.0, 40.0, None, None, 1, "published"),
        },
    )
    drawing, marks = drawn(facts, cache)
    assert drawing.figure.table["Region"].tolist() == ["East", "South", "North"]
    assert texts(marks).count("not published") == 2
    assert len(bars(marks)) == 1
    assert "—" in texts(marks)
    assert not any(mark.is_estimate for mark in marks)


def test_scores_below_zero_stand_within_the_scale(tiny_facts: Facts, cache: Path) -> None:
    """The axis starts at the least score then."""
    facts = with_lines(tiny_facts, {EAST: (-5.0, 1, -20.0, 10.0, 1, 1, None, "estimated")})
    _, marks = drawn(facts, cache)
    dot = of_rows(marks, **HOLLOW)[0]
    tick = next(mark for mark in marks if mark.text == "0")
    assert float(dot.style["cx"]) < float(tick.style["x"])


def test_the_catalogue_asks_for_no_study(tiny_facts: Facts) -> None:
    """Which charts there are follows from the claims; what they show is worked out when one is made."""

    def fail() -> Any:
        pytest.fail("studied")

    figures = catalogue(replace(tiny_facts, make_study=fail))
    assert {"supply-edition", "size-edition", "skill-edition", "supply-weights"} <= set(figures)
    assert figures["supply-ranking"]().id == "supply-ranking"


def test_there_is_a_chart_for_every_index_with_a_score_and_no_other(tiny_facts: Facts, second_facts: Facts) -> None:
    """As the study has it."""
    for facts in (tiny_facts, second_facts):
        scored = facts.study.scores.loc[facts.study.scores["status"] != "not_published", "index"]
        charts = {name for name in catalogue(facts) if name.endswith("-edition")}
        assert charts == {f"{code}-edition" for code in scored}


def test_an_index_whose_level_is_set_aside_has_no_chart(tiny_facts: Facts) -> None:
    """Of the size of markets only its total is stated."""
    edition = replace(tiny_facts.edition, set_aside={"size-total": Decision("size-total", "invented")})
    assert "size-edition" not in catalogue(build_facts(replace(tiny_facts.project, edition=edition)))


def test_the_second_index_says_it_in_its_own_words(second_facts: Facts, cache: Path) -> None:
    """Two published scores, with different decimals."""
    drawing = draw(catalogue(second_facts)["harbour-edition"](), cache)
    assert {"72.50", "61"} <= set(texts(read_marks(drawing.inline_svg)))
    assert drawing.figure.table["Island"].tolist() == [
        second_facts.regions[str(code)].name for code in second_facts.edition_scores("harbour").index
    ]


def test_the_same_chart_is_made_twice(tiny_facts: Facts) -> None:
    """Byte by byte."""
    first, second = (catalogue(tiny_facts)["supply-edition"]() for _ in range(2))
    assert first.chart.to_dict(validate=False) == second.chart.to_dict(validate=False)
    assert (first.description, first.credit) == (second.description, second.credit)


def test_only_layers_of_estimates_get_the_class() -> None:
    """A layer by its name, whatever Vega makes of it; other charts have none."""
    import vl_convert

    canvas = Canvas(50, 50)
    canvas.add("point", x=10, y=10, fill="ink")
    canvas.add("text", text="about", x=10, y=30, estimate=True)
    groups = slim_marks(vl_convert.vegalite_to_svg(canvas.chart().to_dict()))
    assert [group.get("class") for group in groups] == [None, "ri-estimate"]
