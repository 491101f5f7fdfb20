"""A screen of 1280 × 1024 enlarged to 400 % has 320 × 256 CSS pixels: all is there without scrolling sideways."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.budget import all_pages
from tests.site.playing import open_charts, open_comparison, try_weights, unfold

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 320, 256

# Wide tables and lines of code scroll in boxes of their own, which is not the page; nothing else may stick out of the
# screen, be cut by the box it stands in, or run out of it over its neighbour.
FAULTS = """
(width) => {
  const found = [], root = document.scrollingElement;
  const say = (what, element) => found.push(`${what}: ${element.tagName} ${element.getAttribute("class") ?? ""} `
    + element.textContent.trim().slice(0, 30));
  if (root.scrollWidth > width) found.push(`scrolls sideways: ${root.scrollWidth}`);
  const inBoxes = new Set();
  for (const one of document.querySelectorAll("article, article *")) {
    // What is written in a field moves with the cursor.
    if (one.ownerSVGElement || one.matches(".ri-hidden, .ri-hidden *, input")) continue;
    const { overflowX, overflowY, display } = getComputedStyle(one);
    const inBox = inBoxes.has(one.parentElement);
    if (inBox || overflowX === "auto" || overflowX === "scroll") inBoxes.add(one);
    if (inBox || !one.checkVisibility({ visibilityProperty: true })) continue;
    const { left, right, width: wide } = one.getBoundingClientRect();
    if (wide > 1 && (right > width + 1 || left < -1)) say("beyond the screen", one);
    if (display === "inline") continue;
    if (["hidden", "clip"].includes(overflowX) && one.scrollWidth > one.clientWidth + 1) say("cut off", one);
    if (["hidden", "clip"].includes(overflowY) && one.scrollHeight > one.clientHeight + 1) say("cut off", one);
  }
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), range = new Range();
  while (texts.nextNode()) {
    let block = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || block.closest("svg, option, script, code, .ri-hidden")) continue;
    if (!block.checkVisibility()) continue;
    while (["inline", "contents"].includes(getComputedStyle(block).display)) block = block.parentElement;
    range.selectNodeContents(texts.currentNode);
    if (range.getBoundingClientRect().right > block.getBoundingClientRect().right + 2) say("spills over", block);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def narrow(browser: Any) -> Iterator[Any]:
    """A page of a screen enlarged to 400 %."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    yield context.new_page()
    context.close()


def test_no_page_scrolls_sideways(narrow: Any, site_url: str, site_folder: Path) -> None:
    """As it opens and with everything unfolded; none has text that is cut off. Of regions, the one with the longest."""
    regions = [path for path in all_pages(site_folder) if path.startswith("regions/") and path != "regions/"]
    others = [path for path in all_pages(site_folder) if path not in regions]
    longest = [max(found, key=lambda path: (site_folder / path / "index.html").stat().st_size)
               for found in (regions, [path for path in regions if "receipt" not in path])]  # fmt: skip
    found = []
    for address in [*others, *longest, "404.html"]:
        narrow.goto(site_url + address, wait_until="domcontentloaded")
        if narrow.evaluate("document.scrollingElement.scrollWidth") > WIDTH:
            found.append((address, "scrolls sideways"))
        unfold(narrow)
        found += [(address, fault) for fault in narrow.evaluate(FAULTS, WIDTH)]
    assert len(others) > 20
    assert found == []


def use_charts(page: Any) -> None:
    """The tools of every chart of the page, with a region chosen."""
    open_charts(page)
    page.locator("[data-ri-highlight]").first.select_option(index=3)


def open_columns(page: Any) -> None:
    unfold(page)
    page.locator("[data-ranking][data-ready] label:has(input[type=checkbox])").first.wait_for()


OPENED = [
    ("industry/", use_charts),
    ("regions/", use_charts),
    ("regions/guangdong/", use_charts),
    ("robustness/", use_charts),
    ("regions/?find=nowhere&sort=foo", open_columns),
    ("industry/scale/", open_columns),
    ("weights/?w=sclae:3,key:60", try_weights),
    ("compare/?regions=neimenggu,heilongjiang,guangdon,xizang", open_comparison),
]


@pytest.mark.parametrize(("address", "use"), OPENED)
def test_nothing_sticks_out_when_tools_are_open(
    narrow: Any, site_url: str, address: str, use: Callable[[Any], None]
) -> None:
    narrow.goto(site_url + address)
    use(narrow)
    assert narrow.evaluate(FAULTS, WIDTH) == []


INSIDE = """(width) => {
  const { left, right } = document.querySelector(".md-search-result__item").getBoundingClientRect();
  return left >= 0 && right <= width + 1;
}"""


def test_the_search_fits_as_well(narrow: Any, site_url: str) -> None:
    """The theme's search takes the whole screen; its results stay inside."""
    narrow.goto(site_url)
    narrow.keyboard.press("f")
    narrow.locator("[data-md-component=search-query]").fill("广东")
    narrow.locator(".md-search-result__item").first.wait_for()
    narrow.wait_for_function(INSIDE, arg=WIDTH)  # once the box has come to rest


PLANTED = {
    "scrolls sideways": "<p style='width: 400px'>wide</p>",
    "beyond the screen": "<p style='width: 400px'>wide</p>",
    "spills over": "<p style='width: 1em; white-space: nowrap'>one two</p>",
    "cut off": "<p style='height: 1em; overflow: hidden'>one<br>two</p>",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_faults_are_noticed(narrow: Any, site_url: str, fault: str) -> None:
    """The guard itself, seen to fail; what is wide inside a box that scrolls is none."""
    narrow.goto(site_url + "about/")
    add = "html => document.querySelector('article').insertAdjacentHTML('beforeend', html)"
    narrow.evaluate(add, f"<div style='overflow-x: auto'>{PLANTED['beyond the screen']}</div>")
    assert narrow.evaluate(FAULTS, WIDTH) == []
    narrow.evaluate(add, PLANTED[fault])
    assert fault in {text.split(":")[0] for text in narrow.evaluate(FAULTS, WIDTH)}
