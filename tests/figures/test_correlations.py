"""Correlations of indicators: cells in classes, groups under their sub-index, negative ones hollow."""

import inspect
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.facts import Facts
from regional_index.figures import Drawing, catalogue, correlations, draw
from regional_index.figures.correlation_layout import PART, WHOLE, break_evenly, place_columns
from regional_index.figures.correlations import STEPS, correlations_of, groups_below
from regional_index.framework import Node
from regional_index.soundness.coherence import flag_correlations
from tests.changed_facts import with_declared
from tests.methods import compute

from .labels import read_labels
from .marks import Mark, count_cells, read_marks, texts

FILLS = ("class0", "class1", "class2", "class3", "class4")


def drawn(facts: Facts, cache: Cache, index: str) -> tuple[Drawing, list[Mark]]:
    """A chart and its marks."""
    drawing = draw(catalogue(facts)[f"{index}-correlations"](), cache)
    return drawing, read_marks(drawing.inline_svg)


def instead(monkeypatch: pytest.MonkeyPatch, facts: Facts, index: str, sizes: Sequence[Sequence[float]]) -> None:
    """Let the correlations of an index be these."""
    names = [name for members in groups_below(facts, index).values() for name in members]
    columns = [*names, PART, WHOLE][: len(sizes[0])]
    frame = pd.DataFrame(sizes, index=names, columns=columns, dtype=float)
    monkeypatch.setattr(correlations, "correlations_of", lambda *_: frame)


def test_correlations_are_those_of_the_scores_of_the_last_year(second_facts: Facts) -> None:
    """Over the islands that have both, by the formula."""
    scores = second_facts.results.normalised.xs(2031, level="year")
    both = scores[["cargo", "waiting_time"]].dropna()
    found = correlations_of(second_facts, "harbour")
    assert found.loc["cargo", "waiting_time"] == pytest.approx(np.corrcoef(both["cargo"], both["waiting_time"])[0, 1])
    harbour = second_facts.open.scores("harbour")["score"].astype(float).dropna()
    cargo = scores["cargo"].reindex(harbour.index)
    assert found.loc["cargo", WHOLE] == pytest.approx(np.corrcoef(cargo, harbour)[0, 1])
    assert found.loc["cargo", PART] == pytest.approx(1)  # it is all of its sub-index


def test_indicators_stand_under_the_node_directly_above_them(second_facts: Facts) -> None:
    """However deep the tree is; directly under the index there is no sub-index to correlate with."""
    assert groups_below(second_facts, "harbour") == {
        "goods": ["cargo"], "density": ["cargo_per_resident"], "speed": ["waiting_time"],
    }  # fmt: skip
    assert groups_below(second_facts, "shore") == {"shore": ["clean_beaches", "waiting_time"]}
    assert list(correlations_of(second_facts, "shore").columns) == ["clean_beaches", "waiting_time", WHOLE]


def test_headings_name_the_sub_indices(second_facts: Facts, cache: Cache) -> None:
    """In bold; there are none where there is no sub-index."""
    for index, headings in (("harbour", ["Goods", "Density", "Speed"]), ("shore", [])):
        _, marks = drawn(second_facts, cache, index)
        assert texts([mark for mark in marks if mark.style.get("font-weight") == "bold"]) == headings


def test_an_indicator_under_two_sub_indices_is_shown_once(second_facts: Facts) -> None:
    """Under the first."""
    parts = [Node(code, {"en": code}, code, "", indicators={"cargo": 1.0}) for code in ("one", "two")]
    top = Node("top", {"en": "Top"}, "Top", "", children=tuple(parts))
    framework = replace(second_facts.framework, indices=(top,))
    facts = with_declared(second_facts, framework=framework)
    assert groups_below(facts, "top") == {"one": ["cargo"]}


def test_the_thresholds_are_those_of_the_flags() -> None:
    """What is called weak or the same twice in tables is so in the chart."""
    flags = inspect.signature(flag_correlations).parameters
    assert (STEPS[0], STEPS[-1]) == (flags["weak"].default, flags["collinear"].default)


def test_classes_follow_what_is_shown(tiny_facts: Facts, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """0.896 reads 0.90 and counts as such; -0.004 reads 0.00 and is not negative."""
    instead(monkeypatch, tiny_facts, "supply", [[1, 0.896, 0.894, -0.004], [0.896, 1, -0.006, 0.5]])
    drawing, marks = drawn(tiny_facts, cache, "supply")
    assert count_cells(marks, FILLS) == {"class4": 2, "class3": 1, "class0": 1, "reverse": 1, "class2": 1}
    assert "thing twice" not in drawing.figure.description  # there is only one pair
    assert {".90", ".89", ".00", "−.01", ".50"} <= set(texts(marks))


def test_the_description_names_the_ends_and_counts_what_calls_for_attention(
    second_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three pairs: one nearly the same twice, one negative."""
    instead(monkeypatch, second_facts, "harbour", [[1, 0.95, -0.3, 1, 1], [0.95, 1, 0.2, 1, 1], [-0.3, 0.2, 1, 1, 1]])
    said = catalogue(second_facts)["harbour-correlations"]().description
    assert "The highest is Cargo and Cargo per 100 residents (0.95), the lowest Cargo and Waiting time (−0.30)." in said
    assert "Negative pairs: 1." in said
    assert "nearly the same thing twice: 1." in said


def test_a_single_pair_is_the_only_one(tiny_facts: Facts) -> None:
    """It is not called highest and lowest."""
    said = catalogue(tiny_facts)["use-correlations"]().description
    assert "The only pair: Coverage and Turnover per head (" in said
    assert "highest" not in said


def test_what_does_not_vary_has_no_correlation(tiny_facts: Facts, cache: Cache) -> None:
    """Coverage the same everywhere: an outline with a dash, and missing in the table."""
    values = tiny_facts.declared.values
    same = values["value"].mask((values["indicator"] == "coverage") & (values["year"] == 2022), 60.0)
    facts = compute(replace(tiny_facts.declared, values=values.assign(value=same)))
    drawing, marks = drawn(facts, cache, "use")
    assert drawing.figure.table["2"].isna().tolist() == [True, False]
    assert "—" in texts(marks)
    assert "not known" in texts(marks)
    assert "(pairs: 0)" in drawing.figure.description


def test_the_table_is_the_matrix_with_numbered_indicators(second_facts: Facts) -> None:
    """Columns by number, then sub-index and index."""
    table = catalogue(second_facts)["harbour-correlations"]().table
    assert list(table.columns) == ["Indicator", "1", "2", "3", "Sub-index", "Harbour"]
    assert table["Indicator"].tolist() == ["1 Cargo", "2 Cargo per 100 residents", "3 Waiting time"]
    assert table["1"].iloc[0] == pytest.approx(1)


def with_many_indicators(facts: Facts, count: int) -> Facts:
    """The same facts where Supply consists of so many indicators with a long name."""
    longest = "Turnover of all firms of a region including those that moved"
    codes = [f"more{number}" for number in range(count)]
    made = {code: replace(facts.indicator("turnover"), code=code, name={"en": longest}) for code in codes}
    top = facts.node("supply")
    parts = tuple(replace(part, indicators=dict.fromkeys(codes[k::2], 1.0)) for k, part in enumerate(top.children))
    framework = replace(facts.framework, indicators={**facts.framework.indicators, **made},
                        indices=(replace(top, children=parts), *facts.framework.indices[1:]))  # fmt: skip
    return with_declared(facts, framework=framework)


@pytest.mark.parametrize(("count", "shows"), [(4, "two"), (8, "one"), (30, "none")])
def test_numbers_have_as_many_decimals_as_there_is_room_for(
    tiny_facts: Facts, cache: Cache, monkeypatch: pytest.MonkeyPatch, count: int, shows: str
) -> None:
    """In the narrowest cells a negative one keeps its minus; no name is cut or covers another."""
    facts = with_many_indicators(tiny_facts, count)
    sizes = np.full((count, count + 2), 0.87)
    sizes[0, 1] = sizes[1, 0] = -0.42
    instead(monkeypatch, facts, "supply", sizes.tolist())
    drawing, marks = drawn(facts, cache, "supply")
    expected = {"two": {".87", "−.42"}, "one": {".9", "−.4"}, "none": set()}[shows]
    assert {mark.text for mark in marks if mark.text.lstrip("−").startswith(".")} == expected
    minus = [mark for mark in marks if mark.kind == "path" and mark.has(fill="ink")]
    assert len(minus) == (2 if shows == "none" else 0)
    frame, labels = read_labels(drawing.inline_svg)
    assert all(box.left >= -1 and box.right <= frame.right + 1 and box.bottom <= frame.bottom + 1 for _, box in labels)
    if shows != "none":  # there, numbers of columns stand closer than they are wide
        assert [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.overlaps(b.box)] == []


def test_cells_fill_the_canvas_and_groups_stand_apart() -> None:
    """Three indicators in two groups, then two more columns."""
    places, width = place_columns({"a": ["x", "y"], "b": ["z"]}, ["x", "y", "z", PART, WHOLE], 100)
    gaps = [right - left - width for left, right in zip(list(places.values()), list(places.values())[1:], strict=False)]
    assert gaps == pytest.approx([0, 4, 8, 0])
    assert places[WHOLE] + width == pytest.approx(339)


def test_long_names_break_into_lines_of_about_the_same_length() -> None:
    """No single character is left for the last line."""
    assert break_evenly("企业每百人使用计算机数") == ["企业每百人使", "用计算机数"]
    assert break_evenly("Cargo") == ["Cargo"]


def test_an_index_of_one_indicator_has_no_chart(tiny_facts: Facts) -> None:
    """There is nothing to correlate; sub-indices are in the chart of their index."""
    names = {name for name in catalogue(tiny_facts) if name.endswith("-correlations")}
    assert names == {"supply-correlations", "use-correlations"}
    few = with_many_indicators(tiny_facts, 1)
    assert "supply-correlations" not in catalogue(few)
