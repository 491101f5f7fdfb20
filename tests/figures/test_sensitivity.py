"""What every choice explains of the shift of ranks: a filled bar alone, a hollow one in all, a line each for doubt."""

from dataclasses import replace

import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.figures import catalogue, draw
from regional_index.figures.sensitivity import chart_sensitivity

from .marks import Mark, read_marks, texts
from .studies import sensitivity_frame, with_study


def found(facts: Facts, lines: dict[str, tuple[float, float]]) -> Facts:
    """The same facts where the study finds these first-order and total indices for supply."""
    return with_study(facts, sensitivity=sensitivity_frame("supply", lines))


@pytest.fixture(scope="module")
def uneven(tiny_facts: Facts) -> Facts:
    """Estimates beyond both ends, as small samples give them."""
    return found(tiny_facts, {"weights": (-0.02, 0.1), "normalise": (0.5, 1.04), "leave_out": (0.25, 0.5)})


@pytest.fixture(scope="module")
def marks(uneven: Facts, cache: Cache) -> list[Mark]:
    """What is drawn of them."""
    return read_marks(draw(catalogue(uneven)["supply-sensitivity"](), cache).inline_svg)


def axis(marks: list[Mark]) -> dict[str, float]:
    """Where each percentage stands: numbers of the axis are muted and in the middle."""
    shown = ("0%", "25%", "50%", "75%", "100%")
    ticks = [mark for mark in marks if mark.text in shown and mark.style.get("text-anchor") == "middle"]
    return {mark.text: float(mark.style["x"]) for mark in ticks}


def widths(marks: list[Mark], **tokens: str) -> list[float]:
    """Widths of the bars of these colours, from top to bottom, without that of the legend."""
    bars = [mark for mark in marks if mark.kind == "path" and mark.has(**tokens)]
    return [float(mark.style["d"].split("h")[1].split("v")[0]) for mark in bars][1:]


def test_the_largest_total_comes_first(uneven: Facts, marks: list[Mark]) -> None:
    """In the picture and in the table."""
    names = ["rule of normalisation", "indicator left out", "weights"]
    rows = sorted((float(mark.style["y"]), mark.text) for mark in marks if mark.text in names)
    assert [name for _, name in rows] == names
    assert catalogue(uneven)["supply-sensitivity"]().table["Choice"].tolist() == names


def test_bars_are_as_long_as_their_share_and_end_with_the_axis(marks: list[Mark]) -> None:
    """An estimate below 0 has no bar, one above 100 % a full one; the numbers say what was found."""
    whole = axis(marks)["100%"] - axis(marks)["0%"]
    assert widths(marks, fill="class3") == pytest.approx([0.5 * whole, 0.25 * whole, 0], abs=0.2)
    assert widths(marks, fill="surface", stroke="class3") == pytest.approx([whole, 0.5 * whole, 0.1 * whole], abs=0.2)
    assert {"−2%", "104%"} <= set(texts(marks))


def test_every_bar_has_an_interval_with_two_ends(marks: list[Mark]) -> None:
    """A line and two caps, besides the line of the legend."""
    assert len([mark for mark in marks if mark.kind == "line" and mark.has(stroke="ink")]) == 1 + 6 * 3


def test_the_table_is_in_percent_and_not_clipped(uneven: Facts) -> None:
    """Each share with its interval."""
    row = catalogue(uneven)["supply-sensitivity"]().table.iloc[0]
    assert row.drop("Choice").tolist() == pytest.approx([50, 45, 55, 104, 99, 109])


def test_the_description_names_the_choice_with_the_largest_total(uneven: Facts) -> None:
    """Alone and together with others."""
    said = catalogue(uneven)["supply-sensitivity"]().description
    assert (
        "depends most on the rule of normalisation: alone it explains 50% of the variance, together with others 104%"
        in said
    )


def test_indices_of_single_regions_are_left_out(tiny_facts: Facts) -> None:
    """They are in the same frame."""
    frame = sensitivity_frame("supply", {"weights": (0.4, 0.5)})
    assert set(frame["output"]) == {"mean", "1"}
    assert len(catalogue(with_study(tiny_facts, sensitivity=frame))["supply-sensitivity"]().table) == 1


def test_where_no_choice_moves_a_rank_the_chart_says_so(tiny_facts: Facts) -> None:
    """And does not explain bars that are not there."""
    still = found(tiny_facts, {"weights": (0, 0), "normalise": (0, 0)})
    assert catalogue(still)["supply-sensitivity"]().description == "No choice moves the ranks by Supply in 2022."


def test_what_could_not_be_estimated_is_a_dash(tiny_facts: Facts, cache: Cache) -> None:
    """And stands last, without bars."""
    frame = sensitivity_frame("supply", {"weights": (0.4, 0.5), "treat": (float("nan"), float("nan"))})
    figure = catalogue(with_study(tiny_facts, sensitivity=frame))["supply-sensitivity"]()
    marks = read_marks(draw(figure, cache).inline_svg)
    assert texts(marks).count("—") == 2
    assert figure.table["Choice"].tolist() == ["weights", "treatment of outliers"]
    assert len(widths(marks, fill="class3")) == 1


def test_only_an_index_of_several_indicators_has_the_chart(tiny_facts: Facts) -> None:
    """With one there is nothing to weigh, to scale against or to leave out."""
    names = {name for name in catalogue(tiny_facts) if name.endswith("-sensitivity")}
    assert names == {"supply-sensitivity", "use-sensitivity", "spread-sensitivity"}


def test_an_index_that_was_not_analysed_is_refused(tiny_facts: Facts) -> None:
    """Also where nothing was analysed."""
    empty = sensitivity_frame("supply", {"weights": (0.4, 0.5)}).iloc[:0]
    for frame in (empty, sensitivity_frame("use", {"weights": (0.4, 0.5)})):
        assert isinstance(frame, pd.DataFrame)
        with pytest.raises(LookupFailed, match='on the ranks of "supply" was not analysed'):
            chart_sensitivity(with_study(tiny_facts, sensitivity=frame), "supply")


def test_without_a_table_there_is_no_chart(tiny_facts: Facts) -> None:
    """`base: 0` asks for none, and results made elsewhere may have none."""
    facts = with_study(tiny_facts)
    facts = replace(facts, tables={name: table for name, table in facts.tables.items() if name != "sensitivity"})
    assert not [name for name in catalogue(facts) if name.endswith("-sensitivity")]
