"""A reader of a site whose names and notes try to be HTML, templates or Markdown: nothing runs, all is text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.browsing import serve
from bench.budget import all_pages
from tests.planted import PLANTED
from tests.site.playing import listen, open_charts, open_comparison, open_weights

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TAKEN_IN = """() => [
  ...window.hit === undefined ? [] : ["a script ran"],
  ...[...document.querySelectorAll("strong, b, img[src=x], a[href^='javascript:alert'], [onerror]")]
    .filter((one) => one.matches("img, a, [onerror]") || one.textContent.trim() === "bold")
    .map((one) => one.outerHTML.slice(0, 80)),
  ...[...document.scripts].filter((one) => one.text.startsWith("window.hit")).map(() => "a script was put in"),
]"""

# Labels as long as these leave no room for a mouse.
TIPS = """() => [...document.querySelectorAll(".ri-chart--live .role-mark > path")].map((mark) => {
  mark.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerType: "mouse" }));
  return document.querySelector(".ri-tip:not([hidden])")?.textContent ?? "";
})"""


@pytest.fixture
def reader(browser: Any, planted_site: Path) -> Iterator[Any]:
    """A page at the site's front; what a script, the policy or a dialog complains of is in its list."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.complaints = listen(page)
    page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
    with serve(planted_site) as page.root:
        yield page
    context.close()


def texts(page: Any, selector: str) -> list[str]:
    """What stands in these elements, without line breaks."""
    return [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]


def wake_charts(page: Any) -> None:
    """Every chart of the page live, with one region brought out and a mark pointed at."""
    open_charts(page)
    for choice in page.locator("[data-ri-highlight]").all():
        choice.select_option(index=2)
    tips = [" ".join(tip.split()) for tip in page.evaluate(TIPS)]
    assert any(PLANTED in tip for tip in tips)


def search(page: Any) -> None:
    page.locator("[data-md-component=search-query]").press_sequentially("script")
    page.locator(".md-search-result__item").first.wait_for()
    assert any("<script>window.hit=1</script>" in text for text in texts(page, ".md-search-result__item"))


def find_a_row(page: Any) -> None:
    page.wait_for_selector("[data-ranking][data-ready]")
    page.locator("[data-ranking] input[type=search]").fill("brill")
    page.locator("[data-ranking] select").first.select_option(index=1)
    assert PLANTED in texts(page, "[data-ranking] + [role=status]")[0]


def compare(page: Any) -> None:
    page.wait_for_selector("[data-ri-compare][data-ready]")
    page.wait_for_load_state("networkidle")
    assert PLANTED in texts(page, ".ri-compare thead")[0]
    open_comparison(page)


def weigh(page: Any) -> None:
    open_weights(page)
    page.locator("[data-key] input[type=range]").first.press("ArrowRight")
    page.locator("[data-act=try]").first.click()
    page.locator("[role=status]:not(:empty)", has_text="weightings").first.wait_for()
    assert any(PLANTED in text for text in texts(page, "[role=status]"))


PLAYED = [
    ("harbour/", wake_charts),
    ("regions/arden/", wake_charts),
    ("robustness/", wake_charts),
    ("", search),
    ("regions/", find_a_row),
    ("compare/?regions=arden,brill", compare),
    ("weights/", weigh),
    ("?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E", lambda page: page.wait_for_load_state("networkidle")),
]


def test_nothing_runs_wherever_a_reader_goes(reader: Any, planted_site: Path) -> None:
    """On no page as it opens, nor when its charts, its search, its lists and its sliders are used."""
    pages = all_pages(planted_site)
    assert len(pages) > 25
    found = {}
    for address, play in [*((page, lambda _: None) for page in pages), *PLAYED]:
        reader.goto(reader.root + address)
        play(reader)
        found[address, play.__name__] = [*reader.evaluate(TAKEN_IN), *reader.complaints]
        reader.complaints.clear()
    assert {key: value for key, value in found.items() if value} == {}


def test_the_look_for_what_was_taken_in_finds_each(page: Any) -> None:
    """Or else the test above would prove nothing."""
    page.set_content("<b>bold</b><p onerror=''></p><img src=x><a href='javascript:alert(1)'>x</a>")
    page.evaluate("const one = document.createElement('script'); one.text = 'window.hit=1'; document.body.append(one)")
    assert len(page.evaluate(TAKEN_IN)) == 6
