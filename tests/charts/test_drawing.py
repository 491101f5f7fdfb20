"""From specification to SVG."""

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from regional_index.cache import Cache
from regional_index.charts import HALF, PALETTE, WIDE, Drawing, Drawings, Figure, draw, drawing
from regional_index.facts import Facts
from regional_index.processes import processes
from regional_index.topics.all import catalogue

from .marks import marks_of, read_marks, texts


def drawn_bytes(drawn: Drawing) -> tuple[Any, ...]:
    """All that is drawn of a figure."""
    return drawn.svg, drawn.inline, drawn.height, drawn.vega_lite, drawn.vega


def test_colours_of_a_page_are_variables(tiny_drawings: dict[str, Drawing]) -> None:
    """No colour is left that could not follow the reader's scheme; no letter is smaller than 11 pixels, unscaled."""
    for name, drawn in tiny_drawings.items():
        for svg in drawn.inline.values():
            bare = re.sub(r"var\(--ri-[a-z0-9-]+,#[0-9a-f]{6}\)", "", svg)
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", bare), name
            assert set(re.findall(r"var\(--ri-([a-z0-9-]+),", svg)) <= set(PALETTE)
            assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 11, name


def test_a_picture_is_named_for_screen_readers(tiny_drawings: dict[str, Drawing]) -> None:
    """One image with a title and a description, nothing read out mark by mark."""
    for drawn in tiny_drawings.values():
        for svg in (drawn.svg, *drawn.inline.values()):
            root = ET.fromstring(svg)
            named = [root.find(f".//*[@id='{name}']") for name in root.attrib["aria-labelledby"].split()]
            assert [element.text for element in named if element is not None] == [
                drawn.figure.title,
                drawn.figure.description,
            ]
            assert root.attrib["role"] == "img"
            assert (svg.count("aria-"), svg.count("role="), svg.count("class=")) == (1, 1, int(svg != drawn.svg))


def test_ids_are_unique_across_drawings(tiny_drawings: dict[str, Drawing]) -> None:
    """Several pictures can be on one page, each at two widths."""
    every = [svg for drawn in tiny_drawings.values() for svg in drawn.inline.values()]
    ids = [name for svg in every for name in re.findall(r'\bid="([^"]+)"', svg)]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("chart-") for name in ids)
    for svg in every:
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


def test_a_chart_is_as_wide_as_its_column_and_says_the_same_in_both(tiny_drawings: dict[str, Drawing]) -> None:
    """Marks too: only labels that have no room may be missing in the narrow one."""
    for name, drawn in tiny_drawings.items():
        for width, svg in drawn.inline.items():
            assert ET.fromstring(svg).attrib["viewBox"].split()[2] == f"{width}", name
        wide, half = (read_marks(drawn.inline[width]) for width in (WIDE, HALF))
        assert [m.kind for m in wide if m.kind == "circle"] == [m.kind for m in half if m.kind == "circle"], name
        assert drawn.height == max(float(ET.fromstring(s).attrib["viewBox"].split()[3]) for s in drawn.inline.values())


def test_no_text_is_empty_or_cut(tiny_drawings: dict[str, Drawing], second_drawings: dict[str, Drawing]) -> None:
    """Where names are short there is room for each, and what is empty is not written."""
    for name, drawn in {**second_drawings, **tiny_drawings}.items():
        assert "" not in texts(marks_of(drawn)), name
        assert not [text for text in texts(marks_of(drawn)) if text.endswith("…")], name


def test_a_file_is_complete_by_itself(tiny_drawings: dict[str, Drawing]) -> None:
    """With title and source in the picture, no variables, on white."""
    drawn = tiny_drawings["supply-ranking"]
    text = "".join(texts(read_marks(drawn.svg)))
    assert drawn.figure.title in text
    assert drawn.figure.credit.replace(" ", "") in text.replace(" ", "")
    assert "var(" not in drawn.svg


def test_a_second_drawing_comes_from_the_cache(
    tiny_facts: Facts, cache: Cache, tiny_drawings: dict[str, Drawing], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same bytes, and without starting the converter."""
    monkeypatch.setattr(drawing, "_make", lambda *_: pytest.fail("drawn again"))
    again = draw(catalogue(tiny_facts)["supply-ranking"](), cache)
    assert drawn_bytes(again) == drawn_bytes(tiny_drawings["supply-ranking"])


def test_drawing_twice_gives_the_same_bytes(
    tiny_facts: Facts, tmp_path: Path, tiny_drawings: dict[str, Drawing]
) -> None:
    """Of every kind, without the cache: not even the order of keys changes."""
    figures = catalogue(tiny_facts)
    for name, drawn in tiny_drawings.items():
        assert drawn_bytes(draw(figures[name](), Cache(tmp_path))) == drawn_bytes(drawn), name


def test_figures_are_drawn_when_they_are_asked_for(tmp_path: Path, second_facts: Facts) -> None:
    """Once each; counting and looking one up draws nothing."""
    makers, made = catalogue(second_facts), []

    def make(name: str) -> Figure:
        made.append(name)
        return makers[name]()

    gallery = Drawings({name: partial(make, name) for name in makers}, Cache(tmp_path))
    assert "harbour-ranking" in gallery
    assert "harbour-rose" not in gallery
    assert (list(gallery), len(gallery), made) == (list(makers), len(makers), [])
    assert gallery.figure("harbour-ranking") is gallery.figure("harbour-ranking")
    assert made == ["harbour-ranking"]


def test_other_processes_draw_the_same(tmp_path: Path, second_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last byte; here none is drawn twice."""
    makers = dict(itertools.islice(catalogue(second_facts).items(), 3))
    here = dict(Drawings(makers, Cache(tmp_path / "here")).draw_all())
    monkeypatch.setattr(drawing, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(drawing, "_make", lambda *_: pytest.fail("drawn again"))
    with processes() as run:
        elsewhere = dict(Drawings(makers, Cache(tmp_path / "elsewhere")).draw_all(run))
    assert [*elsewhere] == [*here] == [*makers]
    for name, drawn in here.items():
        assert drawn_bytes(elsewhere[name]) == drawn_bytes(drawn)


def test_what_another_process_cannot_draw_is_said(
    tmp_path: Path, second_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it would be said here."""
    monkeypatch.setattr(drawing, "WORTH_PROCESSES", 1)
    order = drawing._order
    monkeypatch.setattr(drawing, "_order", lambda figure: replace(order(figure), vega_lite="no JSON"))
    makers = dict(itertools.islice(catalogue(second_facts).items(), 1))
    with processes() as run, pytest.raises(ValueError, match="Expecting value"):
        dict(Drawings(makers, Cache(tmp_path)).draw_all(run))
