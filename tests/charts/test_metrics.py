"""The font that text is measured with, and lines of text."""

import json
from fractions import Fraction
from math import ceil
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import vl_convert

from regional_index.cache import Cache
from regional_index.charts.metrics import MEASURED, break_lines, register_metrics, text_width

WIDE_TEXT = "\u5317\u4eac\uff0c\u4e0a\u6d77"


@pytest.mark.parametrize("text", [WIDE_TEXT, "Kaohsiung 3.14%", "iiiiiiiiiiii", "Äž Ωж 1–2", "WwMm@"])
def test_a_text_is_as_wide_as_the_converter_measures_it(cache: Cache, text: str) -> None:
    """In any script: were the font not found, another one would be used without a word."""
    register_metrics(cache)
    assert room_for(text, MEASURED) == ceil(text_width(text, 10))


def test_a_font_that_is_not_found_is_noticed(cache: Cache) -> None:
    """Planted: by another name the same texts have other widths."""
    register_metrics(cache)
    assert room_for("iiiiiiiiiiii", "No Such Font") != ceil(text_width("iiiiiiiiiiii", 10))


def room_for(text: str, font: str) -> float:
    """The width in pixels that the converter gives the labels of an axis with this text, whole pixels."""
    spec: dict[str, Any] = {
        "width": 100, "height": 20, "padding": 0, "config": {"font": font, "view": {"stroke": None}},
        "data": {"values": [{"name": text}]}, "mark": {"type": "point", "opacity": 0},
        "encoding": {"y": {"field": "name", "type": "nominal", "title": None,
                           "axis": {"domain": False, "ticks": False, "labelPadding": 0, "labelFontSize": 10,
                                    "labelLimit": 0}}},
    }  # fmt: skip
    wide = ET.fromstring(vl_convert.vegalite_to_svg(json.dumps(spec))).get("width", "")
    return float(wide) - 100


@pytest.mark.parametrize("text", ["iiiiiiiiii", "0000000", "Kaohsiung 3.14", "WwMm%@ 2031"])
def test_a_width_has_the_same_bits_by_any_python(text: str) -> None:
    """From 3.12 on `sum` of floats is more exact than before; the width is the exact sum, rounded once."""
    exact = sum(Fraction(text_width(character, 1000)) for character in text)
    assert text_width(text, 1000) == float(exact)


def test_lines_break_between_words_and_not_before_punctuation() -> None:
    """Latin words stay whole; a full stop never starts a line."""
    assert break_lines("one two three", text_width("one two", 10) + 1, 10) == ["one two", "three"]
    lines = break_lines("\u5317\u4eac\uff0c\u4e0a\u6d77\u3002", 31, 10)
    assert lines == ["\u5317\u4eac\uff0c", "\u4e0a\u6d77\u3002"]
