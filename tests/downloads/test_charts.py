"""Each chart as files."""

from collections.abc import Mapping
from io import BytesIO

import altair as alt
import pandas as pd
import pytest

from regional_index.charts import Drawing
from regional_index.charts.figure import Figure
from regional_index.downloads import chart_files
from regional_index.facts import Facts
from regional_index.topics.all import catalogue
from tests.computed import undrawn


@pytest.fixture(scope="module")
def drawings(second_facts: Facts) -> Mapping[str, Drawing]:
    """The ranking of the harbours with its real data; the drawing itself does not matter here."""
    figure: Figure = catalogue(second_facts)["harbour-ranking"]()
    return {"harbour-ranking": Drawing(figure, "<svg>é</svg>", {}, 0, '{"mark": "bar"}', '{"marks": []}')}


def test_a_chart_comes_in_four_formats(drawings: Mapping[str, Drawing]) -> None:
    """By its id; text is UTF-8."""
    files = chart_files(drawings)
    assert set(files) == {f"charts/harbour-ranking.{form}" for form in ("svg", "csv", "vl.json", "vg.json")}
    assert files["charts/harbour-ranking.svg"] == "<svg>é</svg>".encode()
    assert files["charts/harbour-ranking.vl.json"] == b'{"mark": "bar"}'
    assert files["charts/harbour-ranking.vg.json"] == b'{"marks": []}'


def test_the_data_of_a_chart_are_those_behind_it(drawings: Mapping[str, Drawing]) -> None:
    """Under titles in the site's language."""
    table = pd.read_csv(BytesIO(chart_files(drawings)["charts/harbour-ranking.csv"]))
    assert list(table.columns) == ["Rank", "Island", "Score", "Best rank in range", "Worst rank in range"]
    assert table["Island"].tolist() == ["Arden", "Brill", "Dunmore", "Corsa", "Elm"]
    assert table["Score"].round(2).tolist()[:4] == [71.67, 61.67, 41.67, 12.5]


def test_the_data_of_a_chart_are_written_as_the_interface_writes_them(drawings: Mapping[str, Drawing]) -> None:
    """Whole ranks, numbers with 15 significant digits."""
    lines = chart_files(drawings)["charts/harbour-ranking.csv"].decode("utf-8-sig").splitlines()
    assert lines[1] == "1,Arden,71.6666666666667,1,2"
    assert lines[4] == "4,Corsa,12.5,4,4"


def test_no_chart_no_files() -> None:
    """The folder is then not made."""
    assert chart_files({}) == {}


def test_a_table_with_commas_and_quotes_is_still_csv() -> None:
    """Names are what people write."""
    frame = pd.DataFrame({'A, "B"': ["x,y", 'say "z"']})
    figure = Figure("x", "X", "X.", alt.layer(), frame, (), decimals={"x": 0, "y": 2})
    content = chart_files({"x": undrawn(figure)})["charts/x.csv"]
    pd.testing.assert_frame_equal(pd.read_csv(BytesIO(content)), frame)


def test_whole_numbers_stay_whole_where_one_is_missing() -> None:
    """Also where the column is of floats, and a little off for the noise of the machine."""
    frame = pd.DataFrame({"x": [1.0, None, 11.999999999999998], "y": [12.499999999999998, None, 3.0], "z": "a"})
    figure = Figure("x", "X", "X.", alt.layer(), frame, (), decimals={"x": 0, "y": 2})
    content = chart_files({"x": undrawn(figure)})["charts/x.csv"].decode("utf-8-sig")
    assert content.splitlines() == ["x,y,z", "1,12.5,a", ",,a", "12,3,a"]


def test_no_rank_has_a_decimal(second_facts: Facts) -> None:
    """In any chart of the second index, where Elm has no rank."""
    for name, make in catalogue(second_facts).items():
        figure = make()
        lines = chart_files({name: undrawn(figure)})[f"charts/{name}.csv"].decode("utf-8-sig")
        table = pd.read_csv(BytesIO(lines.encode()), dtype=str)
        ranks = [title for title, decimals in figure.decimals.items() if decimals == 0 and "years" in name]
        ranks += ["Rank"] if "Rank" in table else []
        assert not any(table[title].str.contains(".", regex=False, na=False).any() for title in ranks), name
