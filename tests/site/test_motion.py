"""Nothing glides, fades or scrolls smoothly for a reader who prefers reduced motion."""

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGES = ["", "industry/", "regions/guangdong/", "weights/", "compare/?regions=beijing,hebei", "regions/"]
LONGEST = 0.01  # seconds

# Elements, with ours marked, whose style would let them move longer than that.
MOVING = """
(longest) => {
  const most = (times) => Math.max(...times.split(",").map(parseFloat));  // browsers give all times in seconds
  const found = new Set();
  for (const one of document.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(one, part);
      const fades = most(style.transitionDuration) > longest || most(style.transitionDelay) > 0;
      const plays = style.animationName !== "none" && most(style.animationDuration) > longest;
      const glides = style.scrollBehavior === "smooth";
      if (fades || plays || glides) found.add(`${one.localName}.${one.getAttribute("class")}${part}`);
    }
  }
  return [...found];
}
"""
# How far a list has come in the first frame after it was asked to scroll smoothly.
SCROLLED = """
async () => {
  const list = document.createElement("div");
  list.style.cssText = "height: 100px; overflow: auto";
  list.innerHTML = "<div style='height: 3000px'></div>";
  document.body.append(list);
  list.scrollTo({ top: 2000, behavior: "smooth" });
  await new Promise((done) => requestAnimationFrame(done));
  return list.scrollTop;
}
"""


@pytest.fixture
def moving(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of a reader with this preference."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion=request.param)
    yield context.new_page()
    context.close()


def opened(page: Any, url: str) -> Any:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("moving", ["reduce"], indirect=True)
def test_no_style_lets_anything_move(moving: Any, site_url: str) -> None:
    """Neither of our own elements nor of the theme's, also once charts have woken and tools are open."""
    for address in PAGES:
        opened(moving, site_url + address)
        if moving.locator(".ri-chart-open").count():
            moving.locator(".ri-chart-open").first.click()
            moving.locator(".ri-chart--live").first.wait_for()
        assert (address, moving.evaluate(MOVING, LONGEST)) == (address, [])


@pytest.mark.parametrize("moving", ["reduce"], indirect=True)
def test_nothing_is_seen_to_move(moving: Any, site_url: str) -> None:
    """A switched scheme, an opened search, a moved slider."""
    opened(moving, site_url + "weights/")
    moving.wait_for_selector(".ri-weighing--live")
    moving.locator("#weight-industry-scale-slider").press("End")
    moving.evaluate("document.querySelector('#__palette_1').click()")
    moving.keyboard.press("f")
    assert moving.evaluate("document.getAnimations().filter((one) => one.effect.getTiming().duration > 10).length") == 0


@pytest.mark.parametrize(("moving", "at_once"), [("reduce", True), ("no-preference", False)], indirect=["moving"])
def test_lists_follow_the_page_at_once(moving: Any, site_url: str, at_once: bool) -> None:
    """Where the theme asks for a smooth scroll, the reader's preference comes first."""
    opened(moving, site_url + "about/")
    assert (moving.evaluate(SCROLLED) == 2000) is at_once


@pytest.mark.parametrize("moving", ["no-preference"], indirect=True)
def test_the_guards_notice_what_moves(moving: Any, site_url: str) -> None:
    """Without the preference the theme moves, and so would a planted fault of ours."""
    opened(moving, site_url + "weights/")
    moving.add_style_tag(content=".ri-weighing { transition: opacity 1s } .ri-tag { animation: pulse 1s }")
    found = moving.evaluate(MOVING, LONGEST)
    assert any("ri-weighing" in name for name in found)
    assert any(name.startswith("a.md-") for name in found)
