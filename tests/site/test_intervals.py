"""Intervals in tables of the edition: a bar between its ends, and a dot only where a score was published."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

DRAWN = """all => all.map(e => {
  const [own, bar, dot] = [null, "::before", "::after"].map(part => getComputedStyle(e, part));
  const [low, high] = ["--ri-low", "--ri-high"].map(name => parseFloat(own.getPropertyValue(name)) / 100);
  const width = parseFloat(own.width);
  return {
    left: parseFloat(bar.left) - low * width, right: parseFloat(bar.right) - (1 - high) * width,
    dot: dot.content !== "none", published: own.getPropertyValue("--ri-at") !== "", wide: high > low,
  };
})"""


def test_bars_and_dots_are_where_their_numbers_say(page: Any, site_url: str) -> None:
    """To a pixel; a score without a number has a bar of some length and no dot."""
    page.goto(site_url + "industry/")
    page.locator("details", has=page.locator(".ri-interval")).locator("> summary").click()
    drawn = page.locator(".ri-interval").evaluate_all(DRAWN)
    assert {True, False} == {each["published"] for each in drawn}
    for each in drawn:
        assert (each["left"], each["right"]) == pytest.approx((0, 0), abs=1)
        assert each["dot"] == each["published"] != each["wide"]
