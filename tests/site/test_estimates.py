"""The switch that hides estimates: what it hides, what it leaves, and how long it remembers.

Most tests use a few invented pages with the site's own script and style sheet; the last ones look at the built site.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regional_index.figures import palette_css
from tests.site.axe import violations

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
HOST = "http://site.test/"
SWITCH = "[data-estimates-switch]"
BUTTON = """<button class="ri-switch" data-estimates-switch hidden aria-pressed="false"
 data-label-hide="Hide estimates" data-label-show="Show estimates">Hide estimates</button>"""
BODY = f"""
<h1>Scores</h1>
{BUTTON}
<svg role="img" aria-label="Scores" viewBox="0 0 40 20" width="40">
  <g id="bar"><path d="M0,5h40"/></g><g class="ri-estimate" id="dot"><circle cx="9" cy="5" r="3"/></g>
</svg>
<table class="ri-table ri-table--sortable"><caption>Scores</caption>
<thead><tr><th scope="col">Region</th><th scope="col">Score</th></tr></thead><tbody>
<tr><td>North</td><td id="published"><b>9.00</b>
<span class="ri-interval" id="known" style="--ri-low:9%;--ri-high:9%;--ri-at:9%"></span></td></tr>
<tr><td>South</td><td><span class="ri-estimate" id="estimate"><b>c. 4.2</b></span>
<span class="ri-interval ri-interval--estimated" id="guess" style="--ri-low:0%;--ri-high:8%;--ri-at:4%"></span></td>
</tr></tbody></table>
<p><span class="ri-verdict ri-verdict--holds">holds</span>
<span class="ri-verdict ri-verdict--contradicted">contradicted</span>
<span class="ri-verdict ri-verdict--untestable">cannot be tested</span></p>
{BUTTON}
<p><a id="next" href="../second/#part">next</a> <a id="query" href="../second/?regions=a,b">compare</a>
<a id="part" href="#here">here</a> <a id="file" href="../scores.csv">file</a>
<a id="load" href="../third/" download>load</a>
<a id="away" href="http://elsewhere.test/page/">away</a> <a id="tab" href="../second/" target="_blank">new tab</a></p>
<h2 id="here">Here</h2>
"""


def document(scheme: str) -> str:
    """One page as the theme would lay it out."""
    colours = {"default": "#fff;color:#222", "slate": "#1e2129;color:#e2e4e9"}[scheme]
    return (
        '<!doctype html><html lang="en"><head><title>Page</title><meta name="viewport" content="width=device-width">'
        '<style>a { color: inherit }</style><link rel="stylesheet" href="/palette.css">'
        '<link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/site.css">'
        '<link rel="stylesheet" href="/print.css" media="print">'
        '<script src="/site.js" type="module"></script></head>'
        f'<body data-md-color-scheme="{scheme}" style="background:{colours}">'
        f'<main class="md-typeset">{BODY}</main></body></html>'
    )


def serve_invented(context: Any, scheme: str = "default") -> None:
    """Answer every request of a browser context: pages at any address with a slash, the site's own assets."""
    assets = ROOT / "docs" / "assets"
    paths = [*assets.glob("*.css"), assets / "site.js", *assets.glob("js/*.js")]
    files = {path.name: path.read_text() for path in paths}
    files["palette.css"] = palette_css()

    def answer(route: Any) -> None:
        name = route.request.url.split("?")[0].rsplit("/", 1)[1]
        kind = {"css": "text/css", "js": "text/javascript", "csv": "text/csv"}.get(name.rsplit(".")[-1], "text/html")
        route.fulfill(body=files.get(name, document(scheme)), content_type=f"{kind}; charset=utf-8")

    context.route("**/*", answer)


@pytest.fixture
def invented(browser: Any) -> Iterator[Any]:
    """A page of the invented site."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    serve_invented(context)
    page = context.new_page()
    page.goto(HOST + "first/")
    yield page
    context.close()


def is_hidden(page: Any) -> bool:
    """Whether the page hides its estimates, after looking at everything that must agree on it."""
    hidden = page.evaluate("document.documentElement.dataset.estimates") == "hidden"
    seen = [page.locator(name).evaluate("e => getComputedStyle(e).visibility") for name in ("#estimate", "#dot")]
    dot = page.locator("#guess").evaluate("e => getComputedStyle(e, '::after').visibility")
    assert {*seen, dot} == {"hidden" if hidden else "visible"}
    assert page.locator(SWITCH).all_inner_texts() == ["Show estimates" if hidden else "Hide estimates"] * 2
    assert ("estimates=hidden" in page.url) is hidden
    return hidden


def test_without_scripts_there_is_no_switch(browser: Any) -> None:
    """A button that does nothing would be worse than none; the estimates are there."""
    context = browser.new_context(java_script_enabled=False)
    serve_invented(context)
    page = context.new_page()
    page.goto(HOST + "first/")
    assert not page.locator(SWITCH).first.is_visible()
    assert page.locator("#estimate").is_visible()
    context.close()


def test_a_click_hides_the_estimates_and_another_shows_them(invented: Any) -> None:
    """Everything else stays, and all switches of the page agree."""
    assert invented.locator(SWITCH).first.is_visible()
    assert not is_hidden(invented)
    invented.locator(SWITCH).first.click()
    assert is_hidden(invented)
    for name in ("#published", "#bar", "#known", "#guess"):
        assert invented.locator(name).evaluate("e => getComputedStyle(e).visibility") == "visible"
    assert invented.locator("#known").evaluate("e => getComputedStyle(e, '::after').visibility") == "visible"
    invented.locator(SWITCH).last.click()
    assert not is_hidden(invented)


def test_the_switch_works_by_keyboard_and_is_large_enough(invented: Any) -> None:
    """24 pixels at the least; a ring shows where the focus is; it says what the next press does, and only that."""
    switch = invented.locator(SWITCH).first
    box = switch.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    invented.keyboard.press("Tab")
    assert switch.evaluate("e => e === document.activeElement")
    assert switch.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    invented.keyboard.press("Space")
    assert is_hidden(invented)
    assert switch.get_attribute("aria-pressed") is None


def test_the_address_remembers_and_keeps_all_else(invented: Any) -> None:
    """Other parameters and the fragment; it survives a reload."""
    invented.goto(HOST + "first/?regions=a,b&q=%20#here")
    invented.locator(SWITCH).first.click()
    assert invented.url == HOST + "first/?regions=a,b&q=%20&estimates=hidden#here"
    invented.reload()
    assert is_hidden(invented)
    invented.locator(SWITCH).first.click()
    assert invented.url == HOST + "first/?regions=a,b&q=%20#here"
    invented.reload()
    assert not is_hidden(invented)


def test_the_choice_goes_along_to_other_pages_and_back(invented: Any) -> None:
    """In the same tab, with the fragment and the parameters of the link."""
    invented.locator("#next").click()
    invented.wait_for_url(HOST + "second/#part")
    assert not is_hidden(invented)
    invented.locator(SWITCH).first.click()
    invented.locator("#query").click()
    invented.wait_for_url(HOST + "second/?regions=a,b&estimates=hidden")
    assert is_hidden(invented)
    invented.go_back()
    assert invented.url == HOST + "second/?estimates=hidden#part"
    assert is_hidden(invented)
    invented.go_back()
    assert not is_hidden(invented)


def test_back_within_a_page_follows_the_address(invented: Any) -> None:
    """Hidden at one place of the page, shown again at another."""
    invented.locator(SWITCH).first.click()
    invented.locator("#part").click()
    assert invented.url == HOST + "first/?estimates=hidden#here"
    invented.locator(SWITCH).first.click()
    assert not is_hidden(invented)
    invented.go_back()
    assert is_hidden(invented)


def test_links_stay_as_they_are_written(invented: Any) -> None:
    """A click changes its own way only: not the link that one copies, no files, no other sites, no new tabs."""
    invented.locator(SWITCH).first.click()
    names = ("next", "query", "part", "file", "load", "away", "tab")
    written = {name: invented.locator(f"#{name}").get_attribute("href") for name in names}
    invented.evaluate("addEventListener('click', event => { window.way = event.target.href; event.preventDefault(); })")
    ways = {}
    for name in names:
        invented.locator(f"#{name}").click()
        invented.wait_for_timeout(20)
        ways[name] = invented.evaluate("window.way")
    assert ways.pop("next") == HOST + "second/?estimates=hidden#part"
    assert ways.pop("query") == HOST + "second/?regions=a,b&estimates=hidden"
    assert ways == {
        "part": HOST + "first/?estimates=hidden#here",
        "file": HOST + "scores.csv",
        "load": HOST + "third/",
        "away": "http://elsewhere.test/page/",
        "tab": HOST + "second/",
    }
    assert {name: invented.locator(f"#{name}").get_attribute("href") for name in names} == written


def test_a_click_with_a_key_held_goes_its_own_way(invented: Any) -> None:
    """To a new tab or window, which the choice does not follow."""
    invented.locator(SWITCH).first.click()
    invented.evaluate("addEventListener('click', event => { window.way = event.target.href; event.preventDefault(); })")
    invented.locator("#next").click(modifiers=["Control"])
    assert invented.evaluate("window.way") == HOST + "second/#part"


def test_paper_shows_what_the_screen_shows(invented: Any) -> None:
    """Estimates with their hollow marks, or none of them where they are hidden; a switch is of no use there."""
    seen = "e => getComputedStyle(e).visibility"
    invented.emulate_media(media="print")
    assert invented.locator("#estimate").evaluate(seen) == "visible"
    invented.emulate_media(media="screen")
    invented.locator(SWITCH).first.click()
    invented.emulate_media(media="print")
    assert invented.locator("#estimate").evaluate(seen) == "hidden"
    assert invented.locator("#estimate").evaluate("e => getComputedStyle(e, '::before').borderRadius") == "50%"
    assert not invented.locator(SWITCH).first.is_visible()


def test_an_interval_stands_where_its_numbers_say(invented: Any) -> None:
    """The bar from the least to the greatest, the dot between, hollow where it is estimated."""
    box = invented.locator("#guess").bounding_box()
    bar, dot = (
        invented.locator("#guess").evaluate(f"e => parseFloat(getComputedStyle(e, '{part}').left)")
        for part in ("::before", "::after")
    )
    right = invented.locator("#guess").evaluate("e => parseFloat(getComputedStyle(e, '::before').right)")
    assert (bar, dot, right) == pytest.approx((0, 0.04 * box["width"], 0.92 * box["width"]), abs=0.6)
    fills = [
        invented.locator(name).evaluate("e => getComputedStyle(e, '::after').backgroundColor")
        for name in ("#guess", "#known")
    ]
    assert fills[0] == "rgb(255, 255, 255)" != fills[1]


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_switch_badges_and_estimates_can_be_read(browser: Any, scheme: str) -> None:
    """Contrast and names, in both schemes, shown and hidden."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    serve_invented(context, scheme)
    page = context.new_page()
    found = []
    for query in ("", "?estimates=hidden"):
        page.goto(HOST + "first/" + query)
        found += [(query, *violation) for violation in violations(page)]
    context.close()
    assert found == []


def pages_with_switch(site_folder: Path) -> list[str]:
    """Addresses of the built pages that have the switch."""
    found = [path for path in sorted(site_folder.rglob("index.html")) if "data-estimates-switch" in path.read_text()]
    return [path.parent.relative_to(site_folder).as_posix() + "/" for path in found]


def test_a_built_page_hides_its_estimates(page: Any, site_url: str, site_folder: Path) -> None:
    """Those of its charts and of its tables, and no other mark; on the next page, too."""
    paths = pages_with_switch(site_folder)
    assert paths
    page.goto(site_url + paths[0])
    estimates = page.locator("article .ri-estimate")
    assert estimates.count() > 0
    page.locator(SWITCH).first.click()
    seen = estimates.evaluate_all("all => all.map(e => getComputedStyle(e).visibility)")
    assert set(seen) == {"hidden"}
    assert page.locator("article svg g:not(.ri-estimate) > text").first.is_visible()
    page.goto(site_url + paths[-1] + "?estimates=hidden")
    page.locator(".md-header a.md-logo").click()
    page.wait_for_url(site_url + "?estimates=hidden")


def test_every_switch_has_both_its_labels(page: Any, site_url: str, site_folder: Path) -> None:
    """In the page's own words."""
    for path in pages_with_switch(site_folder)[:3]:
        page.goto(site_url + path)
        switch = page.locator(SWITCH).first
        before = switch.inner_text()
        switch.click()
        after = switch.inner_text()
        assert before
        assert after
        assert before != after
