"""Marks that style sheets draw stand out from the page in both schemes; those in drawings have tests/charts."""

import re
from typing import Any

import pytest

from tests.charts.test_palette import MARK, contrast

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.body).backgroundColor"
# Where a mark is drawn, and the property that holds its colours; one of them has to stand out.
MARKS = [
    ("regions/", "td.ri-bar", None, "backgroundImage"),
    ("", ".ri-leaders li", None, "backgroundImage"),
    ("regions/", ".ri-tiles__outside > span", None, "backgroundImage"),
    ("industry/", ".ri-interval", "::before", "borderTopColor"),
    ("industry/", ".ri-interval[style*='--ri-at']", "::after", "borderTopColor"),
    ("regions/", ".ri-tools input[type=search]", None, "borderTopColor"),
    ("regions/", ".ri-tools select", None, "borderTopColor"),
    ("industry/", ".ri-tag--computed", None, "borderTopColor"),
    ("industry/", ".ri-verdict", None, "borderTopColor"),
]


def colours_of(value: str) -> list[str]:
    """The colours of a computed value as #rrggbb, without those that are not seen."""
    found = re.findall(r"rgba?\(([^)]*)\)", value)
    parts = [[float(part) for part in text.replace("/", ",").split(",")] for text in found]
    return ["#" + "".join(f"{round(part):02x}" for part in each[:3]) for each in parts if each[3:] != [0]]


def best_contrast(page: Any, selector: str, pseudo: str | None, name: str) -> float:
    """Of the colours of a mark, that of the one which is seen best on the page."""
    read = "([selector, pseudo, name]) => getComputedStyle(document.querySelector(selector), pseudo)[name]"
    (ground,) = colours_of(page.evaluate(GROUND))
    return max(contrast(ours, ground) for ours in colours_of(page.evaluate(read, [selector, pseudo, name])))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_of_style_sheets_stand_out(browser: Any, site_url: str, scheme: Any) -> None:
    """Bars in tables, hatching, intervals, dots, the edges of fields, tags and verdicts."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    found = {}
    for address in dict.fromkeys(address for address, *_ in MARKS):
        page.goto(site_url + address)
        for _, *mark in (mark for mark in MARKS if mark[0] == address):
            found[(address, *mark)] = best_contrast(page, *mark)
    context.close()
    assert {mark: value for mark, value in found.items() if value < MARK} == {}
    assert len(found) == len(MARKS)


def test_a_faint_mark_is_noticed(page: Any, site_url: str) -> None:
    page.goto(site_url + "regions/")
    page.add_style_tag(content="body { --ri-edge: #cfe0ee !important }")
    assert best_contrast(page, "td.ri-bar", None, "backgroundImage") < MARK
