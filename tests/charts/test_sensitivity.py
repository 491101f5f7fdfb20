"""What every choice explains of the shift of ranks: a filled bar alone, a hollow one in all, a line each for doubt."""

from dataclasses import replace

import pytest

from regional_index.cache import Cache
from regional_index.charts import Figure, draw
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from regional_index.topics.series.charts.sensitivity import chart_sensitivity

from .marks import Mark, marks_of, rows_with, texts
from .studies import sensitivity_frame, with_study

NAN = float("nan")


def found(facts: Facts, lines: dict[str, tuple[float, float]]) -> Figure:
    """The chart where the study finds these first-order and total indices for supply."""
    return chart_sensitivity(with_study(facts, sensitivity=sensitivity_frame("supply", lines)), "supply")


@pytest.fixture(scope="module")
def uneven(tiny_facts: Facts) -> Figure:
    """Estimates beyond both ends, as small samples give them."""
    return found(tiny_facts, {"weights": (-0.02, 0.1), "normalise": (0.5, 1.04), "leave_out": (0.25, 0.5)})


def lengths(marks: list[Mark], **tokens: str) -> list[float]:
    """Lengths of the bars of these colours, from top to bottom before that of the legend."""
    bars = [mark.style["d"] for mark in marks if mark.kind == "path" and mark.has(**tokens)]
    return [float(path.split("h")[1].split("v")[0]) for path in bars][:3]


def test_bars_are_as_long_as_their_share_and_end_with_the_axis(uneven: Figure, cache: Cache) -> None:
    """The largest total first. What is below 0 has no bar, above 100 % a full one, and so the numbers."""
    marks = marks_of(draw(uneven, cache))
    ends = [mark for mark in marks if mark.text in ("0%", "100%")]  # those of the axis are behind the shares
    axis = {mark.text: float(mark.style["x"]) for mark in ends[:2]}
    whole = axis["100%"] - axis["0%"]
    assert lengths(marks, fill="class3") == pytest.approx([0.5 * whole, 0.25 * whole, 0], abs=0.6)
    assert lengths(marks, fill="surface", stroke="class3") == pytest.approx([whole, 0.5 * whole, 0.1 * whole], abs=0.6)
    assert [mark.text for mark in ends[2:]] == ["100%", "0%"]
    assert not {"−2%", "104%"} & set(texts(marks))
    names = ["rule of normalisation", "indicator left out", "weights"]
    assert [text for text in texts(marks) if text in names] == uneven.table["Choice"].tolist() == names


def test_every_bar_has_an_interval(uneven: Figure) -> None:
    """Of the same choice, a tenth long."""
    rows = rows_with(uneven, "share", "low", "high")
    assert len(rows) == 6
    for row in rows:
        assert (row["low"], row["high"]) == pytest.approx((row["share"] - 5, row["share"] + 5))


def test_the_table_is_in_percent_and_not_clipped(uneven: Figure) -> None:
    """Each share with its interval."""
    assert uneven.table.iloc[0].drop("Choice").tolist() == pytest.approx([50, 45, 55, 104, 99, 109])


def test_the_description_names_the_choice_with_the_largest_total(uneven: Figure, tiny_facts: Facts) -> None:
    """Alone and together with others; where no choice moves a rank it says that, and explains no bars."""
    assert (
        "depends most on the rule of normalisation: alone it explains 50% of the variance, together with others 100%"
        in uneven.description
    )
    still = found(tiny_facts, {"weights": (0, 0), "normalise": (0, 0)})
    assert still.description == "No choice moves the ranks by Supply in 2022."


def test_indices_of_single_regions_are_left_out(tiny_facts: Facts) -> None:
    """They are in the same frame."""
    assert set(sensitivity_frame("supply", {"weights": (0.4, 0.5)})["output"]) == {"mean", "1"}
    assert len(found(tiny_facts, {"weights": (0.4, 0.5)}).table) == 1


def test_what_could_not_be_estimated_is_a_dash(tiny_facts: Facts, cache: Cache) -> None:
    """And comes last, without bars."""
    figure = found(tiny_facts, {"weights": (0.4, 0.5), "treat": (NAN, NAN)})
    assert texts(marks_of(draw(figure, cache))).count("—") == 2
    assert figure.table["Choice"].tolist() == ["weights", "treatment of outliers"]
    assert [row["share"] for row in rows_with(figure, "share")] == [40, 50, None, None]


def test_only_an_index_of_several_indicators_has_the_chart(tiny_facts: Facts) -> None:
    """With one there is nothing to weigh, to scale against or to leave out; nor without a table, as `base: 0` asks."""
    names = {name for name in catalogue(tiny_facts) if name.endswith("-sensitivity")}
    assert names == {"supply-sensitivity", "use-sensitivity", "spread-sensitivity"}
    tables = {name: table for name, table in tiny_facts.tables.items() if name != "sensitivity"}
    assert not [name for name in catalogue(replace(tiny_facts, tables=tables)) if name.endswith("-sensitivity")]


def test_an_index_that_was_not_analysed_is_refused(tiny_facts: Facts) -> None:
    """Also where nothing was analysed."""
    empty = sensitivity_frame("supply", {"weights": (0.4, 0.5)}).iloc[:0]
    for frame in (empty, sensitivity_frame("use", {"weights": (0.4, 0.5)})):
        with pytest.raises(LookupFailed, match='on the ranks of "supply" was not analysed'):
            chart_sensitivity(with_study(tiny_facts, sensitivity=frame), "supply")
