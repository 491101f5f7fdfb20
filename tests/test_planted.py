"""Text in the data that tries to be HTML, a template or Markdown is text on every page and in every file."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from regional_index.errors import DataError
from regional_index.read import read_project
from tests.editing import replace_once
from tests.planted import MARK, PLANTED, PageParts, cut_off

SCRIPT = "<script>window.hit=1</script>"
RECEIPT = "regions/arden/receipt/index.html"


@pytest.fixture(scope="module")
def pages(planted_site: Path) -> dict[str, PageParts]:
    """Every page, the one for what is not found and those for others' frames too, by its path."""
    paths = sorted(planted_site.rglob("*.html"))
    return {path.relative_to(planted_site).as_posix(): PageParts(path.read_text(encoding="utf-8")) for path in paths}


# ---- pages


@pytest.mark.slow
def test_no_text_becomes_an_element(pages: dict[str, PageParts]) -> None:
    """Neither HTML nor Markdown: no script or picture, nothing bold, no link, nothing that waits for an event."""
    assert len(pages) > 28
    for name, page in pages.items():
        texts = {(around[-1], text.strip()) for around, text in page.texts if around}
        assert not [text for tag, text in texts if tag == "script" and "window.hit" in text], name
        assert ("strong", "bold") not in texts, name
        assert ("a", "x") not in texts, name
        for tag, values in page.elements:
            assert (tag, values.get("src")) != ("img", "x"), name
            assert not values.get("href", "").strip().lower().startswith("javascript:alert"), name
            assert not [key for key in values if key.startswith("on")], name


@pytest.mark.slow
def test_text_stands_on_the_pages_as_it_was_written(pages: dict[str, PageParts]) -> None:
    """To the last letter, nothing computed; but for drawings that break lines, code that quotes it, and search keys."""
    for name, page in pages.items():
        plain = [text for around, text in page.texts if not {"text", "code", "script"} & set(around)]
        said = [
            value for _, values in page.elements for key, value in values.items() if key not in ("value", "data-names")
        ]
        assert [found for text in [*plain, *said] for found in cut_off(text)] == [], name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "element", "before"),
    [
        ("regions/arden/index.html", "title", "Arden "),
        ("regions/arden/index.html", "h1", "Arden "),
        ("regions/arden/index.html", "td", "Harbour index "),
        ("regions/arden/index.html", "span", "Inner ring "),
        ("harbour/index.html", "caption", "Harbour index "),
        ("harbour/index.html", "figcaption", "Harbour index "),
        ("harbour/index.html", "desc", "Arden "),
        ("claims/index.html", "td", "The report does not say by how much. "),
        ("data/index.html", "td", "Pilots' Log "),
        ("indicators/waiting_time/index.html", "p", "Hours that a ship waits for a berth. Less is better. "),
        ("trends/sail-to-steam/index.html", "td", "ships under sail "),
        (RECEIPT, "td", "Cargo "),
        ("embed/harbour-ranking.html", "h1", "Harbour index "),
    ],
)
def test_readers_find_the_text_where_it_belongs(
    pages: dict[str, PageParts], page: str, element: str, before: str
) -> None:
    """Or else the tests above would prove nothing."""
    found = [text for around, text in pages[page].texts if element in around]
    assert any(before + PLANTED in " ".join(text.split()) for text in found), sorted({t for t in found if MARK in t})


@pytest.mark.slow
def test_the_code_of_a_receipt_is_still_python(planted_site: Path, pages: dict[str, PageParts]) -> None:
    """The code of a region stands in it as a string."""
    listings = [text for around, text in pages[RECEIPT].texts if around[-2:] == ("pre", "code")]
    named = [text for text in listings if "window.hit" in text]
    assert named
    for listing in named:
        compile(listing, "receipt", "exec")


# ---- files


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)
    elif isinstance(content, str):
        yield content


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "api/v1/index.json", "api/v1/claims.json", "api/v1/context.json", "api/v1/compare.json",
        "api/v1/normalised.json", "search/documents.json", "charts/harbour-ranking.vg.json",
        "charts/region-arden-profile.vg.json", "charts/harbour-ranking.vl.json",
    ],
)  # fmt: skip
def test_json_files_hold_the_text_whole(planted_site: Path, path: str) -> None:
    """But for the title of a chart, which is broken into lines."""
    content = json.loads((planted_site / path).read_text(encoding="utf-8"))
    if path.endswith(".vl.json"):
        content["title"] = ""
    texts = list(_strings(content))
    assert any(PLANTED in text for text in texts)
    assert [found for text in texts for found in cut_off(text)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["api/v1/regions.csv", "api/v1/indicators.csv", "api/v1/steps.csv", "charts/harbour-ranking.csv"]
)
def test_csv_files_hold_the_text_in_one_cell(planted_site: Path, path: str) -> None:
    rows = [*csv.reader(io.StringIO((planted_site / path).read_text(encoding="utf-8"), newline=""))]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert any(PLANTED in cell for row in rows for cell in row)
    assert [found for row in rows for cell in row for found in cut_off(cell)] == []


@pytest.mark.slow
def test_drawings_are_well_formed_and_named_by_the_text(planted_site: Path) -> None:
    """Title and description are whole; no element but what drawings are made of."""
    for path in sorted((planted_site / "charts").glob("*.svg")):
        root = ET.parse(path).getroot()
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "g", "path", "rect", "circle", "line", "text", "tspan"}, path
        named = [element.text or "" for element in root.iter() if element.tag.endswith(("}title", "}desc"))]
        assert any(PLANTED in text for text in named), path
        assert [found for text in named for found in cut_off(text)] == [], path


# ---- what is refused


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("regions.csv", ",arden,", f",{SCRIPT},", "small letters, digits and hyphens"),
        ("framework.yml", "code: speed", f"code: {SCRIPT}", "a code of small letters"),
        ("framework.yml", "{en: Cargo}", '{"<b>": Cargo}', "a language code"),
        ("sources.yml", "id: league", f"id: {SCRIPT}", "an id of small letters"),
        ("published/third.yml", "id: steamers", f"id: {SCRIPT}", "an id of small letters"),
        ("published/third.yml", "{id: harbour-1,", f"{{id: {SCRIPT},", "an id of small letters"),
        ("published/third.yml", 'value: "200.0"', f"value: {SCRIPT}", "a plain decimal number"),
        ("indicators/cargo.csv", "Brill,2030,35", f"Brill,2030,{SCRIPT}", "a number"),
        ("indicators/cargo.csv", "Brill,2030,35", f"{SCRIPT},2030,35", "a region of data/regions.csv"),
        ("corrections.yml", "decision: exclude", f"decision: {SCRIPT}", "one of keep, exclude"),
    ],
)
def test_what_becomes_an_address_a_code_or_a_number_is_refused(
    second_copy: Path, file: str, old: str, new: str, expected: str
) -> None:
    """By one error that names the place, what was found and what is expected."""
    replace_once(second_copy / "data" / file, old, new)
    with pytest.raises(DataError) as error:
        read_project(second_copy)
    (problem,) = error.value.problems
    said = str(problem)
    assert said.startswith(f"data/{file}:")
    assert expected in said
    assert ("<b>" if "<b>" in new else SCRIPT) in said
