"""A browser that refuses to keep anything: the site keeps nothing it needs, and all of it works."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

REFUSED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    configurable: true, get() { throw new DOMException("refused", "SecurityError"); },
  });
}
"""


@pytest.fixture
def refusing(page: Any) -> Any:
    """A page of such a browser."""
    page.add_init_script(REFUSED)
    return page


def test_charts_tables_and_weights_work(refusing: Any, site_url: str) -> None:
    """Whatever stands in the address needs no store."""
    refusing.goto(site_url + "industry/")
    refusing.locator("#chart-industry-ranking .ri-picture").hover()
    refusing.locator("#chart-industry-ranking .ri-chart--live").wait_for()
    refusing.goto(site_url + "regions/?sort=industry")
    refusing.locator("table.ri-table--sortable[data-ready] th button").first.wait_for()
    refusing.goto(site_url + "weights/")
    slider = refusing.locator(".ri-weighing--live input[type=range]").first
    slider.wait_for()
    slider.press("End")
    refusing.wait_for_function("() => location.search.length > 1")
    refusing.goto(site_url + "compare/?regions=beijing,hebei")
    refusing.locator(".ri-chooser button").first.wait_for()


def test_readers_can_search(refusing: Any, site_url: str) -> None:
    """The theme's own script goes on, too."""
    refusing.goto(site_url)
    refusing.locator("[data-md-component=search-query]").click()
    refusing.keyboard.type("广东")
    refusing.locator(".md-search-result__item").first.wait_for()
