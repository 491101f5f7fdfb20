"""The published specification of every chart: valid, without colours or places in its data, and the page's picture."""

import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest
import vl_convert
from jsonschema import ValidationError

from regional_index.cache import Cache
from regional_index.charts import PALETTE, Drawing
from regional_index.charts.metrics import register_metrics

from .marks import marks_of, read_marks, texts

WORDS = "left|right|top|bottom|width|height|size|x|y|x2|y2|dx|dy|color|colour|fill|stroke"
PLACE = re.compile(rf"({WORDS}|.*({'|'.join(word.capitalize() for word in WORDS.split('|'))}))")
# Scores by the axes that they are on, not places.
AXES = {"x", "y"}


@pytest.fixture(scope="session")
def specifications(tiny_drawings: dict[str, Drawing], second_drawings: dict[str, Drawing]) -> dict[str, dict[str, Any]]:
    """The published specification of every kind of chart of two indices, by id."""
    return {name: json.loads(drawn.vega_lite) for name, drawn in {**second_drawings, **tiny_drawings}.items()}


def test_it_is_sorted_json(tiny_drawings: dict[str, Drawing]) -> None:
    """So that a download changes only when the chart does."""
    for drawn in tiny_drawings.values():
        spec = json.loads(drawn.vega_lite)
        assert json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == drawn.vega_lite
        assert spec["usermeta"] == {"credit": drawn.figure.credit}
        assert spec["description"] == drawn.figure.description


def test_it_validates_against_the_schema_of_vega_lite(specifications: dict[str, dict[str, Any]]) -> None:
    """In every detail, as others read it."""
    for name, spec in specifications.items():
        assert re.fullmatch(r"https://vega.github.io/schema/vega-lite/v\d[\d.]*\.json", spec["$schema"]), name
        alt.Chart.from_dict(spec, validate=True)


def test_an_invalid_specification_is_noticed(specifications: dict[str, dict[str, Any]]) -> None:
    """Planted: a mark that does not exist."""
    spec = specifications["supply-ranking"] | {"layer": [{"mark": "baar"}]}
    with pytest.raises(ValidationError):
        alt.Chart.from_dict(spec, validate=True)


def test_its_data_say_no_colour_and_no_place(specifications: dict[str, dict[str, Any]]) -> None:
    """Both are in the encodings, where others can change them."""
    assert {name: found for name, spec in specifications.items() if (found := set(drawn_fields(spec)))} == {}


@pytest.mark.parametrize(
    "field", [{"region": "#2268ae"}, {"state": "class3"}, {"left": 12.5}, {"barWidth": 3}, {"labelY": 2}, {"y2": 2}]
)
def test_drawing_in_the_data_is_noticed(field: dict[str, Any]) -> None:
    """Planted: colours by their code and by their token, and pixels."""
    assert set(drawn_fields({"datasets": {"one": [{"region": "North", **field}]}})) == set(field)


def drawn_fields(spec: dict[str, Any]) -> Iterator[str]:
    """Fields of the data that hold a colour, or are named as one or as a place in the picture."""
    for row in (row for rows in spec["datasets"].values() for row in rows):
        for field, value in row.items():
            colour = isinstance(value, str) and (value in PALETTE or re.fullmatch(r"#[0-9a-fA-F]{3,8}", value))
            if colour or (PLACE.fullmatch(field) and field not in AXES):
                yield field


def test_another_renderer_writes_what_the_page_shows(
    specifications: dict[str, dict[str, Any]], tiny_drawings: dict[str, Drawing], second_drawings: dict[str, Drawing],
    cache: Cache,
) -> None:  # fmt: skip
    """The file as it is, by vl-convert alone: every text of the page, and its title."""
    register_metrics(cache)
    for name, drawn in {**second_drawings, **tiny_drawings}.items():
        written = texts(read_marks(vl_convert.vegalite_to_svg(specifications[name])))
        assert set(texts(marks_of(drawn))) - set(written) == set(), name
        assert "".join(specifications[name]["title"]) in "".join(written), name
