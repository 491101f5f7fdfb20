"""Correlations of indicators: cells in classes, groups under their sub-index, negative ones hollow."""

import inspect
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.charts import draw
from regional_index.facts import Facts
from regional_index.framework import Node
from regional_index.soundness.coherence import flag_correlations
from regional_index.topics.all import catalogue
from regional_index.topics.series.charts import correlations
from regional_index.topics.series.charts.correlations import PART, STEPS, WHOLE, correlations_of, groups_below
from tests.changed_facts import with_declared
from tests.methods import compute

from .marks import count_cells, marks_of, rows_with, texts

FILLS = ("class0", "class1", "class2", "class3", "class4")


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


def test_indicators_are_under_the_node_directly_above_them(second_facts: Facts, cache: Cache) -> None:
    """However deep the tree is; directly under the index there is no sub-index to correlate with, and no heading."""
    assert groups_below(second_facts, "harbour") == {
        "goods": ["cargo"], "density": ["cargo_per_resident"], "speed": ["waiting_time"],
    }  # fmt: skip
    assert groups_below(second_facts, "shore") == {"shore": ["clean_beaches", "waiting_time"]}
    assert list(correlations_of(second_facts, "shore").columns) == ["clean_beaches", "waiting_time", WHOLE]
    for index, headings in (("harbour", ["Goods", "Density", "Speed"]), ("shore", [])):
        marks = marks_of(draw(catalogue(second_facts)[f"{index}-correlations"](), cache))
        assert texts([mark for mark in marks if mark.style.get("font-weight") == "bold"]) == headings


def test_an_indicator_under_two_sub_indices_is_shown_once(second_facts: Facts) -> None:
    """Under the first."""
    parts = [Node(code, {"en": code}, code, "", indicators={"cargo": 1.0}) for code in ("one", "two")]
    top = Node("top", {"en": "Top"}, "Top", "", children=tuple(parts))
    facts = with_declared(second_facts, framework=replace(second_facts.framework, indices=(top,)))
    assert groups_below(facts, "top") == {"one": ["cargo"]}


def test_the_thresholds_are_those_of_the_flags() -> None:
    """What is called weak or the same twice in tables is so in the chart."""
    flags = inspect.signature(flag_correlations).parameters
    assert (STEPS[0], STEPS[-1]) == (flags["weak"].default, flags["collinear"].default)


def test_classes_follow_what_is_shown(tiny_facts: Facts, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """0.896 reads 0.90 and counts as such; -0.004 reads 0.00 and is not negative."""
    instead(monkeypatch, tiny_facts, "supply", [[1, 0.896, 0.894, -0.004], [0.896, 1, -0.006, 0.5]])
    figure = catalogue(tiny_facts)["supply-correlations"]()
    marks = marks_of(draw(figure, cache))
    assert count_cells(marks, FILLS) == {"class4": 2, "class3": 1, "class0": 1, "reverse": 1, "class2": 1}
    assert "thing twice" not in figure.description  # there is only one pair
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
    """Coverage the same everywhere: a dash, and missing in the table."""
    values = tiny_facts.declared.values
    same = values["value"].mask((values["indicator"] == "coverage") & (values["year"] == 2022), 60.0)
    facts = compute(replace(tiny_facts.declared, values=values.assign(value=same)))
    figure = catalogue(facts)["use-correlations"]()
    assert figure.table["2"].isna().tolist() == [True, False]
    assert {"—", "not known"} <= set(texts(marks_of(draw(figure, cache))))
    assert "(pairs: 0)" in figure.description


def test_the_table_is_the_matrix_with_numbered_indicators(second_facts: Facts) -> None:
    """Columns by number, then sub-index and index."""
    table = catalogue(second_facts)["harbour-correlations"]().table
    assert list(table.columns) == ["Indicator", "1", "2", "3", "Sub-index", "Harbour"]
    assert table["Indicator"].tolist() == ["1 Cargo", "2 Cargo per 100 residents", "3 Waiting time"]
    assert table["1"].iloc[0] == pytest.approx(1)


def with_many_indicators(facts: Facts, count: int) -> Facts:
    """Facts where Supply consists of so many indicators with a long name."""
    longest = "Turnover of all firms of a region including those that moved"
    codes = [f"more{number}" for number in range(count)]
    made = {code: replace(facts.indicator("turnover"), code=code, name={"en": longest}) for code in codes}
    top = facts.node("supply")
    parts = tuple(replace(part, indicators=dict.fromkeys(codes[k::2], 1.0)) for k, part in enumerate(top.children))
    framework = replace(facts.framework, indicators={**facts.framework.indicators, **made},
                        indices=(replace(top, children=parts), *facts.framework.indices[1:]))  # fmt: skip
    return with_declared(facts, framework=framework)


@pytest.mark.parametrize(("count", "shown"), [(4, {".87", "−.42"}), (18, {".9", "−.4"})])
def test_numbers_have_as_many_decimals_as_there_is_room_for(
    tiny_facts: Facts, cache: Cache, monkeypatch: pytest.MonkeyPatch, count: int, shown: set[str]
) -> None:
    """In narrow cells one, in the narrowest of a phone none."""
    facts = with_many_indicators(tiny_facts, count)
    sizes = np.full((count, count + 2), 0.87)
    sizes[0, 1] = sizes[1, 0] = -0.42
    instead(monkeypatch, facts, "supply", sizes.tolist())
    drawn = texts(marks_of(draw(catalogue(facts)["supply-correlations"](), cache)))
    assert {text for text in drawn if text.lstrip("−").startswith(".")} == shown


def test_a_matrix_of_many_indicators_is_drawn_by_sub_index(tiny_facts: Facts) -> None:
    """Above twenty; an index of one indicator has no chart, and sub-indices else are in that of their index."""
    for facts, expected in (
        (tiny_facts, {"supply-correlations", "use-correlations"}),
        (with_many_indicators(tiny_facts, 22), {"size-correlations", "skill-correlations", "use-correlations"}),
        (with_many_indicators(tiny_facts, 1), {"use-correlations"}),
    ):
        assert {name for name in catalogue(facts) if name.endswith("-correlations")} == expected


def test_no_pair_is_shown_with_itself(second_facts: Facts) -> None:
    """Its correlation is 1 whatever the data."""
    rows = rows_with(catalogue(second_facts)["harbour-correlations"](), "with")
    assert len(rows) == 3 * 4
    assert not [row for row in rows if row["indicator"].split()[0] == row["with"]]
