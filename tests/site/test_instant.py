"""The theme's instant navigation, which a site may switch on: it changes the page without loading it anew.

It asks a sitemap which pages there are; one for the address at which the pages are served here comes with them.
"""

import json
import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.playing import listen

pytestmark = pytest.mark.browser

SWITCH = "navigation.instant"
HOME = "https://regional.index/some/where/"
FIRST, SECOND = "industry/", "industry/scale/"


@pytest.fixture
def instant(page: Any, site_folder: Path) -> Iterator[Any]:
    """A page of the site, instant navigation switched on, and what it complained of."""
    page.home, page.complaints = HOME, listen(page)
    page.route("**/*", lambda route: answer(route, HOME, site_folder))
    yield page
    assert page.complaints == []


def answer(route: Any, home: str, folder: Path) -> None:
    """What a server at the site's address would say."""
    address = route.request.url.partition("?")[0].partition("#")[0]
    path = folder / address.removeprefix(home)
    path = path / "index.html" if address.endswith("/") else path
    if address == home + "sitemap.xml":
        pages = (path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html"))
        entries = "".join(f"<url><loc>{home}{'' if page == '.' else f'{page}/'}</loc></url>" for page in pages)
        route.fulfill(body=f"<urlset>{entries}</urlset>", content_type="application/xml")
        return
    if not address.startswith(home) or not path.is_file():
        route.fulfill(status=404, body="")
        return
    content = path.read_bytes()
    if path.suffix == ".html":
        content = switched_on(content.decode()).encode()
    route.fulfill(body=content, content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream")


def switched_on(html: str) -> str:
    """The page as it would be built with the feature."""
    settings = re.search(r'(<script id="__config" type="application/json">)(.*?)(</script>)', html)
    assert settings
    changed = json.loads(settings[2])
    changed["features"] = [*changed["features"], SWITCH]
    return html.replace(settings[2], json.dumps(changed))


def go(page: Any, address: str) -> None:
    """Follow a link of the page; the document must stay the same one."""
    page.evaluate("window.stays = true")
    page.locator(f"a[href$='{address.removeprefix(FIRST)}']:visible").first.click()
    page.wait_for_url(page.home + address)
    page.wait_for_function("() => document.querySelector('article figure[data-ready]')")
    assert page.evaluate("window.stays") is True


def test_charts_wake_on_every_page_and_go_to_rest_with_it(instant: Any) -> None:
    """The view of the page that was left is finalised; the one on the next page answers; the way back works."""
    instant.goto(instant.home + FIRST)
    instant.locator("#chart-industry-ranking .ri-picture").hover()
    instant.locator("#chart-industry-ranking .ri-chart--live").wait_for()
    instant.locator("#chart-industry-ranking .ri-chart--live g.mark-rect.role-mark > path").first.hover()
    assert instant.locator(".ri-tip").is_visible()
    go(instant, SECOND)
    assert instant.locator(".ri-tip:visible").count() == 0
    assert instant.locator(".ri-chart--live").count() == 0
    instant.locator("#chart-scale-ranking .ri-picture").hover()
    instant.locator("#chart-scale-ranking .ri-chart--live").wait_for()
    instant.locator("#chart-scale-ranking .ri-chart--live g.mark-rect.role-mark > path").first.hover()
    assert instant.locator(".ri-tip").is_visible()
    instant.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    assert (
        instant.locator(".ri-chart--live text").first.evaluate("mark => getComputedStyle(mark).fill")
        != "rgb(27, 31, 36)"
    )
    instant.go_back()
    instant.wait_for_url(instant.home + FIRST)
    instant.locator("#chart-industry-ranking .ri-picture").hover()
    instant.locator("#chart-industry-ranking .ri-chart--live").wait_for()


def test_tables_sliders_and_copying_work_on_a_page_reached_by_it(instant: Any) -> None:
    """Whatever a page prepares when it is loaded, it prepares then as well."""
    instant.goto(instant.home + "methodology/")
    instant.evaluate("window.stays = true")
    instant.locator("a[href$='weights/']").first.evaluate("link => link.click()")
    instant.wait_for_url(instant.home + "weights/")
    slider = instant.locator(".ri-weighing--live input[type=range]").first
    slider.wait_for()
    slider.focus()
    instant.keyboard.press("ArrowRight")
    instant.wait_for_function("() => location.search.length > 1")
    instant.locator("a[href$='regions/']").first.evaluate("link => link.click()")
    instant.wait_for_url(instant.home + "regions/")
    instant.locator("table.ri-table--sortable[data-ready] th button").first.wait_for()
    assert instant.evaluate("window.stays") is True
