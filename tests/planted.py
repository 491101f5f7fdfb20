"""The second index with text in it that tries to be HTML, a template, Markdown, a formula or a path."""

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from tests.editing import edit_yaml, replace_once

PLANTED = (
    "\"'></title><script>window.hit=1</script> {{ 7*7 }} {% raw %} **bold** [x](javascript:alert(1)) | `code` "
    "<img src=x onerror=window.hit=1> \\ end"
)
MARK = "<script>window.hit"
REGION_COLUMNS = ("code", "iso", "name", "full_name", "name_en", "ring", "treaty")
VOID = {"br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "rect"}


def plant(root: Path) -> None:
    """Put the text beside every name, note, unit, title, reason and code that somebody writes freely in `data/`.

    The theme does all that it does for the first index, so that none of its templates is left out.
    """
    # A page without a title of its own takes that of its heading, which holds a name.
    replace_once(root / "docs" / "trends" / "sail-to-steam.md", "title: From sail to steam\n", "")
    replace_once(root / "mkdocs.yml", "  name: material\n", f"  name: material\n  features: {_features()}\n")
    edit_yaml(root / "data" / "framework.yml", _plant_in_framework)
    edit_yaml(root / "data" / "sources.yml", _plant_in_sources)
    edit_yaml(root / "data" / "corrections.yml", lambda read: _beside(read["corrections"], "reason", "until"))
    edit_yaml(root / "data" / "published" / "third.yml", _plant_in_edition)
    _plant_in_columns(root / "data" / "regions.csv", *REGION_COLUMNS)
    _plant_in_columns(root / "data" / "indicators" / "clean_beaches.csv", "unit")


def _features() -> str:
    with (Path(__file__).parents[1] / "mkdocs.yml").open(encoding="utf-8") as file:
        return json.dumps(yaml_load(file)["theme"]["features"])


def _beside(entries: list[dict[str, Any]], *keys: str) -> None:
    for entry in entries:
        for key in keys:
            entry[key] = f"{entry.get(key, '')} {PLANTED}".strip()


def _in_name(entry: dict[str, Any], key: str = "name") -> None:
    entry[key] = {language: f"{text} {PLANTED}" for language, text in entry[key].items()}


def _plant_in_framework(read: dict[str, Any]) -> None:
    _in_name(read, "title")
    _beside([read["series"]["published"]], "edition")
    _in_name(read["series"]["published"])
    for group in read["groups"]:
        _in_name(group)
        group["order"] = [f"{name} {PLANTED}" for name in group["order"]]
    for node in read["indices"]:
        _plant_in_node(node)
    for indicator in read["indicators"]:
        _in_name(indicator)
    _beside(read["indicators"], "unit", "measures", "limits")


def _plant_in_sources(read: dict[str, Any]) -> None:
    _beside(read["sources"], "publisher", "title", "years", "terms")
    _beside(read["control_totals"][1:], "note")


def _plant_in_node(node: dict[str, Any]) -> None:
    _in_name(node)
    _beside([node], "short", "definition")
    node["aliases"] = [*node.get("aliases", []), f"{node['code']} {PLANTED}"]
    for child in node.get("children", []):
        _plant_in_node(child)


def _plant_in_edition(read: dict[str, Any]) -> None:
    _beside([read], "edition")
    _beside(read["places"], "section", "summary")
    _beside(read["claims"], "note")
    _beside(read["context"], "about", "unit", "attributed_to", "note")
    _beside(read["trends"], "from", "to")


def _plant_in_columns(path: Path, *columns: str) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    for row in rows:
        row |= {name: f"{row[name]} {PLANTED}" for name in columns if row[name]}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def cut_off(text: str) -> Iterator[str]:
    """Every place where the text is not whole: where its mark stands without all that belongs around it."""
    flat = " ".join(text.split())
    before = PLANTED.index(MARK)
    start = flat.find(MARK)
    while start >= 0:
        if flat[max(0, start - before) :][: len(PLANTED)] != PLANTED:
            yield flat[max(0, start - 30) : start + 140]
        start = flat.find(MARK, start + 1)


class PageParts(HTMLParser):
    """Elements of a page with their attributes, and its texts with the elements around them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self._open), data))
