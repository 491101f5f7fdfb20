"""Every kind of page on paper, sent there by a reader in the dark: light, whole, with addresses, nothing to press."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.site.kinds import KINDS
from tests.site.offered import Offered

pytestmark = pytest.mark.browser

# A4 between the margins of @page, in CSS pixels.
WIDTH, HEIGHT = 695, 1008

FAULTS = """
([width, height]) => {
  const found = [], article = document.querySelector("article");
  const say = (what, element) => found.push(`${what}: ${element.tagName} ${element.getAttribute("class") ?? ""} `
    + element.textContent.trim().slice(0, 30));
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const inDrawing = (element) => element.ownerSVGElement !== undefined && element.ownerSVGElement !== null;

  const theme = ".headerlink, .md-header, .md-footer, .md-tabs, .md-sidebar, .md-top";
  const pressed = "button, input, select, nav, dialog, label, " + theme;
  for (const one of document.querySelectorAll(pressed)) if (visible(one)) say("to press", one);

  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => { const [r, g, b, a = 1] = channels(colour); return a === 0 || Math.min(r, g, b) > 200; };
  const dark = (colour) => { const [r, g, b, a = 1] = channels(colour); return a > .8 && r + 2 * g + b < 500; };
  for (const one of [document.documentElement, ...document.querySelectorAll("body, body *")]) {
    if (inDrawing(one) || !visible(one)) continue;
    if (!light(getComputedStyle(one).backgroundColor)) say("dark ground", one);
    const hasText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (hasText && one.namespaceURI.endsWith("xhtml") && !dark(getComputedStyle(one).color)) say("pale text", one);
  }

  for (const one of article.querySelectorAll("*")) {
    if (inDrawing(one) || !visible(one) || one.matches(".ri-hidden")) continue;
    const { left, right, width: wide } = one.getBoundingClientRect();
    if (wide > 1 && (right > width + 1 || left < -1)) say("beyond the paper", one);
    const { overflowX, display } = getComputedStyle(one);
    if (overflowX !== "visible" && display !== "inline" && one.scrollWidth > one.clientWidth + 1) say("cut off", one);
  }

  for (const figure of article.querySelectorAll("figure.ri-figure")) {
    const drawings = [...figure.querySelectorAll("svg.ri-chart")].filter(visible);
    if (drawings.length !== 1) say(`${drawings.length} drawings`, figure);
    if (figure.getBoundingClientRect().height > height) say("higher than the paper", figure);
    if (getComputedStyle(figure).breakInside !== "avoid") say("may be split", figure);
    for (const text of drawings.flatMap((drawing) => [...drawing.querySelectorAll("text")]).slice(0, 3)) {
      const ink = getComputedStyle(text).getPropertyValue("--ri-ink");
      if (ink !== "#1b1f24") say(`ink ${ink}`, figure);
    }
  }
  for (const one of article.querySelectorAll("tr")) {
    if (getComputedStyle(one).breakInside !== "avoid") say("may be split", one);
  }
  for (const one of article.querySelectorAll("h1, h2, h3, h4")) {
    if (getComputedStyle(one).breakAfter !== "avoid") say("may stand alone", one);
  }
  const unfolded = (one) => one.localName !== "summary" && visible(one);
  for (const one of article.querySelectorAll("details")) {
    if (visible(one) && one.children.length > 1 && ![...one.children].some(unfolded)) say("folded", one);
  }
  return found;
}
"""

# A link in running text leads to an address that the end of the page spells out; quoted figures and scores, too many
# for that, have a line of their own there or a page named on theirs.
UNSPELLED = """
() => {
  const home = location.pathname;
  const inFull = (link) => new URL(link.getAttribute("href"), location.href).href.replace(location.origin, "");
  const spelled = [...document.querySelectorAll(".ri-paper li")].map((item) => item.textContent.trim());
  const found = [], plain = "article :is(p, li, dd, h2) > a[href]:not(.headerlink, .ri-claim, .ri-receipt, [download])";
  for (const link of document.querySelectorAll(plain)) {
    if (link.closest("figure, table, .ri-tiles, .ri-leaders, [data-compare-part]")) continue;
    const address = inFull(link), { note } = link.dataset;
    if (address.split("#")[0] === home.split("#")[0]) continue;
    if (!spelled.includes(address)) found.push(address);
    if (note === undefined) continue;
    if (spelled[note - 1] !== address) found.push(`${note} is not ${address}`);
    const { content } = getComputedStyle(link, "::after");
    if (content !== `"[${note}]"`) found.push(`${note} is not shown`);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def paper(browser: Any) -> Iterator[Any]:
    """A page as wide as the paper, in a dark scheme, on its way to the printer."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark")
    yield context.new_page()
    context.close()


def printed(page: Any, url: str) -> Any:
    """The page once its scripts have run, as it goes to paper; the browser says so to scripts as for a real printer."""
    page.emulate_media(media="screen")
    page.goto(url, wait_until="networkidle")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints_whole_and_light_and_with_its_addresses(
    paper: Any, site_url: str, offered: Offered, kind: str
) -> None:
    """Nothing to press, nothing cut off; it says what it is and where it stands. The screen shows nothing of that."""
    printed(paper, site_url + kind)
    assert paper.evaluate(FAULTS, [WIDTH, HEIGHT]) == []
    assert paper.evaluate(UNSPELLED) == []
    end = paper.locator(".ri-paper")
    said = end.locator(".ri-paper__source").inner_text()
    assert said.endswith(f"/{kind.partition('?')[0]}")
    title, edition = next(iter(offered.document("index")["title"].values())), offered.edition
    assert f"{title} · {edition}" in said
    quotes = paper.locator("article a.ri-claim").count()
    assert end.get_by_text("加点线").count() == bool(quotes)
    paper.emulate_media(media="screen")
    assert not end.is_visible()
    assert paper.evaluate("getComputedStyle(document.querySelector('article a'), '::after').content") == "none"


def test_an_address_elsewhere_is_spelled_out_where_it_stands(paper: Any, site_url: str) -> None:
    printed(paper, site_url + "about/")
    paper.evaluate(
        "link => document.querySelector('article p').insertAdjacentHTML('beforeend', link)",
        '<a id="x" href="https://example.org/y">z</a>',
    )
    shown = paper.evaluate("getComputedStyle(document.querySelector('#x'), '::after').content")
    assert "https://example.org/y" in shown


@pytest.mark.parametrize("kind", ["industry/scale/", "regions/xizang/receipt/", "compare/"])
def test_without_scripts_too(browser: Any, site_url: str, kind: str) -> None:
    """What is folded is unfolded by the style sheet alone."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(site_url + kind)
    page.emulate_media(media="print")
    assert page.evaluate(FAULTS, [WIDTH, HEIGHT]) == []
    assert page.evaluate(UNSPELLED) == []
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_chart_that_answers_prints_light_and_whole(browser: Any, site_url: str, width: int) -> None:
    """With its tools open and a region pinned, from a phone or a desk."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.goto(site_url + "industry/")
    figure = page.locator("#chart-industry-ranking")
    figure.locator(".ri-chart-open").click()
    figure.locator("select").first.select_option("广东")
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.emulate_media(media="print")
    assert figure.locator(".ri-chart--live").is_visible()
    assert page.evaluate(FAULTS, [WIDTH, HEIGHT]) == []
    context.close()


def test_a_search_left_open_is_not_printed(paper: Any, site_url: str) -> None:
    paper.emulate_media(media="screen")
    paper.goto(site_url)
    paper.keyboard.press("f")
    paper.locator("[data-md-component=search-query]").fill("广东")
    paper.locator(".md-search-result__item").first.wait_for()
    paper.emulate_media(media="print")
    assert paper.evaluate(FAULTS, [WIDTH, HEIGHT]) == []


PLANTED = {
    "to press": "@media print { .md-header { display: block } }",
    "dark ground": "@media print { article { background: #222 } }",
    "pale text": "@media print { article p { color: #bbb } }",
    "beyond the paper": "@media print { .md-typeset .ri-table td { padding: 0 5rem } }",
    "cut off": "@media print { .ri-scroll { overflow: hidden; width: 5rem } }",
    "2 drawings": "@media print { .ri-picture--narrow { display: block !important } }",
    "higher than the paper": "@media print { figure { padding-bottom: 1000px } }",
    "may be split": "@media print { .ri-figure { break-inside: auto } }",
    "may stand alone": "@media print { .md-typeset h2 { break-after: auto !important } }",
    "folded": "@media print { details > :not(summary) { display: none } }",
    "ink": "body { --ri-ink: #e8eaee !important }",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_faults_are_noticed(paper: Any, site_url: str, fault: str) -> None:
    """The guard itself, seen to fail."""
    address = site_url + ("regions/" if fault == "2 drawings" else "industry/scale/")
    page = paper if paper.url == address else printed(paper, address)
    style = page.add_style_tag(content=PLANTED[fault])
    assert {text.split(":")[0].split(" #")[0] for text in page.evaluate(FAULTS, [WIDTH, HEIGHT])} >= {fault}
    style.evaluate("(style) => style.remove()")


def test_a_link_without_its_address_is_noticed(paper: Any, site_url: str) -> None:
    printed(paper, site_url + "about/").evaluate("document.querySelector('.ri-paper ol').firstElementChild.remove()")
    assert paper.evaluate(UNSPELLED) != []
