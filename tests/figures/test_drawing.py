"""From specification to SVG."""

import itertools
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from regional_index.cache import Cache
from regional_index.facts import Facts
from regional_index.figures import PALETTE, Drawing, Drawings, Figure, catalogue, draw, drawing
from regional_index.processes import processes

from .labels import read_labels

ROOMY = 1.0  # pixels by which estimates of widths may be wrong


def test_no_label_is_cut(crowded_drawings: dict[str, Drawing], tiny_drawings: dict[str, Drawing]) -> None:
    """Every label stands inside its picture."""
    for name, drawn in {**crowded_drawings, **tiny_drawings}.items():
        frame, labels = read_labels(drawn.inline_svg)
        assert labels, name
        for text, box in labels:
            assert box.left >= frame.left - ROOMY, (name, text)
            assert box.top >= frame.top - ROOMY, (name, text)
            assert box.right <= frame.right + ROOMY, (name, text)
            assert box.bottom <= frame.bottom + ROOMY, (name, text)


def test_no_two_labels_overlap(crowded_drawings: dict[str, Drawing], tiny_drawings: dict[str, Drawing]) -> None:
    """Not even for the regions with the longest names."""
    for name, drawn in {**crowded_drawings, **tiny_drawings}.items():
        _, labels = read_labels(drawn.inline_svg)
        crossing = [(a.text, b.text) for a, b in itertools.combinations(labels, 2) if a.box.overlaps(b.box)]
        assert crossing == [], name


def test_no_letter_is_too_small(tiny_drawings: dict[str, Drawing]) -> None:
    """11 pixels, unscaled, at the least."""
    for name, drawn in tiny_drawings.items():
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', drawn.inline_svg)) >= 11, name


def test_colours_of_a_page_are_variables(tiny_drawings: dict[str, Drawing]) -> None:
    """No colour is left that could not follow the reader's scheme."""
    for name, drawn in tiny_drawings.items():
        bare = re.sub(r"var\(--ri-[a-z0-9-]+,#[0-9a-f]{6}\)", "", drawn.inline_svg)
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", bare), name
        assert set(re.findall(r"var\(--ri-([a-z0-9-]+),", drawn.inline_svg)) <= set(PALETTE)


def test_a_picture_is_named_for_screen_readers(tiny_drawings: dict[str, Drawing]) -> None:
    """One image with a title and a description, nothing read out mark by mark."""
    for drawn in tiny_drawings.values():
        for svg in (drawn.svg, drawn.inline_svg):
            root = ET.fromstring(svg)
            named = [root.find(f".//*[@id='{name}']") for name in root.attrib["aria-labelledby"].split()]
            assert [element.text for element in named if element is not None] == [
                drawn.figure.title,
                drawn.figure.description,
            ]
            assert root.attrib["role"] == "img"
            assert svg.count("aria-") == 1


def test_ids_are_unique_across_drawings(tiny_drawings: dict[str, Drawing]) -> None:
    """Two pictures may stand on one page."""
    ids = [name for drawn in tiny_drawings.values() for name in re.findall(r'\bid="([^"]+)"', drawn.inline_svg)]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("chart-") for name in ids)


def test_a_file_stands_alone(tiny_drawings: dict[str, Drawing]) -> None:
    """With title and source in the picture, no variables, on white."""
    drawn = tiny_drawings["supply-ranking"]
    texts = "".join(element.text or "" for element in ET.fromstring(drawn.svg).iter() if element.tag.endswith("text"))
    assert drawn.figure.title in texts
    assert drawn.figure.credit.replace(" ", "") in texts.replace(" ", "")
    assert "var(" not in drawn.svg


def test_the_specification_is_stable_json(tiny_drawings: dict[str, Drawing]) -> None:
    """Sorted keys, so that a download changes only when the chart does."""
    for drawn in tiny_drawings.values():
        spec = json.loads(drawn.vega_lite)
        assert json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == drawn.vega_lite
        assert "vega-lite" in spec["$schema"]


def test_a_second_drawing_comes_from_the_cache(
    tiny_facts: Facts, cache: Cache, tiny_drawings: dict[str, Drawing], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same bytes, and without starting the converter."""
    monkeypatch.setattr(drawing, "_make", lambda _: pytest.fail("drawn again"))
    again = draw(catalogue(tiny_facts)["supply-ranking"](), cache)
    first = tiny_drawings["supply-ranking"]
    assert (again.svg, again.inline_svg) == (first.svg, first.inline_svg)


def test_drawing_twice_gives_the_same_bytes(
    tiny_facts: Facts, tmp_path: Path, tiny_drawings: dict[str, Drawing]
) -> None:
    """Without the cache, too."""
    again = draw(catalogue(tiny_facts)["region-north-profile"](), Cache(tmp_path))
    first = tiny_drawings["region-north-profile"]
    assert (again.svg, again.inline_svg) == (first.svg, first.inline_svg)


def test_fonts_are_sought_where_the_system_check_seeks_them() -> None:
    """The same folders and names as in scripts/ensure_system.sh."""
    script = (Path(__file__).parents[2] / "scripts" / "ensure_system.sh").read_text(encoding="utf-8")
    body = script[script.index("has_fonts()") : script.index("has_node()")]
    line = next(line for line in body.splitlines() if "for folder in" in line)
    folders = re.sub(r'"?\$\{HOME:-/\}([^"]*)"?', r"~\1", line.split(" in ")[1].split(";")[0]).split()
    assert folders == list(drawing.FONT_FOLDERS)
    assert [name.lower() for name in re.findall(r"-iname '([^']+)\*'", body)] == list(drawing.FONT_NAMES)


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
    monkeypatch.setattr(drawing, "_make", lambda _: pytest.fail("drawn again"))
    with processes() as run:
        elsewhere = dict(Drawings(makers, Cache(tmp_path / "elsewhere")).draw_all(run))
    assert [*elsewhere] == [*here] == [*makers]
    for name, drawn in here.items():
        again = elsewhere[name]
        assert (again.svg, again.inline_svg, again.vega) == (drawn.svg, drawn.inline_svg, drawn.vega)


def test_what_another_process_cannot_draw_is_said(
    tmp_path: Path, second_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it would be said here."""
    monkeypatch.setattr(drawing, "WORTH_PROCESSES", 1)
    order = drawing._order
    monkeypatch.setattr(drawing, "_order", lambda figure: replace(order(figure), vega_lite="no JSON"))
    makers = dict(itertools.islice(catalogue(second_facts).items(), 1))
    with processes() as run, pytest.raises(ValueError, match="JSON"):
        dict(Drawings(makers, Cache(tmp_path)).draw_all(run))
