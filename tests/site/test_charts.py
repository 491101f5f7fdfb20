"""Charts that answer: what a reader sees who points at them, touches them or uses the keyboard, and when it fails."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.site.playing import listen

pytestmark = pytest.mark.browser

PAGE = "industry/"
RANKING = "#chart-industry-ranking"
LIVE = " .ri-chart--live"


@pytest.fixture
def charts(page: Any, site_url: str) -> Any:
    """A page with several charts, its scripts ready, and a list of what a policy or a script complained of."""
    page.complaints = listen(page)
    return opened(page, site_url + PAGE)


def opened(page: Any, url: str) -> Any:
    page.goto(url)
    page.locator(".ri-chart-open").first.wait_for()
    return page


def mark_of(page: Any, chart: str, region: str) -> Any:
    """The bar of a region: the mark whose label stands in the same row."""
    index = page.locator(chart + LIVE + " text").all_text_contents()
    names = [text for text in index if text and not re.search(r"\d", text)]
    return page.locator(chart + LIVE + " g.mark-rect.role-mark > path").nth(names.index(region))


def wake(page: Any, chart: str = RANKING) -> Any:
    page.locator(chart + " .ri-picture").hover()
    page.locator(chart + LIVE).wait_for()
    return page.locator(chart)


def opacity(page: Any, chart: str, region: str) -> float:
    """Of the label of a region in a live chart."""
    label = page.locator(chart + LIVE + " text", has_text=re.compile(f"^{region}$")).first
    return float(label.get_attribute("opacity") or 1)


def test_nothing_is_loaded_before_a_chart_is_touched(page: Any, site_url: str) -> None:
    """Neither the bundle nor a specification; a mouse beside the drawing loads none either."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, site_url + PAGE)
    page.locator("h1").hover()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "vega" in url or ".vg.json" in url] == []
    wake(page)
    assert sum("assets/js/vega.js" in url for url in asked) == 1
    assert sum(".vg.json" in url for url in asked) == 1


@pytest.mark.parametrize("how", ["hover", "focus", "touch"])
def test_a_chart_wakes_in_place(browser: Any, site_url: str, how: str) -> None:
    """Whatever the reader uses; the figure keeps its height, and the drawing stays until the other is there."""
    context = browser.new_context(has_touch=True, viewport={"width": 900, "height": 800})
    page = opened(context.new_page(), site_url + PAGE)
    figure = page.locator(RANKING)
    figure.scroll_into_view_if_needed()
    before = figure.bounding_box()
    page.evaluate(
        """selector => { window.gaps = 0; const picture = document.querySelector(selector + " .ri-picture");
        new MutationObserver(() => { if (!picture.querySelector("svg")) gaps += 1; })
          .observe(picture, { childList: true, subtree: true }); }""",
        RANKING,
    )
    picture = figure.locator(".ri-picture")
    {"hover": picture.hover, "touch": picture.tap, "focus": figure.locator(".ri-chart-open").focus}[how]()
    figure.locator(".ri-chart--live").wait_for()
    after = figure.bounding_box()
    assert (after["width"], after["height"]) == pytest.approx((before["width"], before["height"]), abs=1)
    assert page.evaluate("gaps") == 0
    context.close()


def test_pointing_at_a_mark_tells_its_numbers_status_and_source(charts: Any, real_facts: Any) -> None:
    """And the number is that of the index; Escape takes it away."""
    wake(charts)
    mark_of(charts, RANKING, "广东").hover()
    tip = charts.locator(".ri-tip")
    said = tip.inner_text()
    code = next(code for code, region in real_facts.regions.items() if region.name == "广东")
    score = real_facts.open.score("industry", code)
    assert f"{score:.2f}" in said
    assert "名次" in said
    assert "复算" in said
    assert "来源" in said
    charts.keyboard.press("Escape")
    assert not tip.is_visible()
    assert charts.complaints == []


def test_a_click_lets_a_region_stand_out_in_all_charts(charts: Any) -> None:
    """Until the same is clicked again."""
    wake(charts)
    mark_of(charts, RANKING, "广东").click()
    charts.locator("#chart-industry-map" + LIVE).wait_for()
    charts.mouse.move(0, 0)
    for chart in (RANKING, "#chart-industry-map"):
        charts.wait_for_function(
            "([selector]) => [...document.querySelectorAll(selector)].some((e) => e.getAttribute('opacity') < 0.5)",
            arg=[chart + LIVE + " text"],
        )
        assert opacity(charts, chart, "广东") == 1
        assert opacity(charts, chart, "北京") < 0.5
    mark_of(charts, RANKING, "广东").click()
    charts.mouse.move(0, 0)
    charts.wait_for_function(
        "s => [...document.querySelectorAll(s)].every((e) => (e.getAttribute('opacity') ?? 1) == 1)",
        arg=RANKING + LIVE + " text",
    )


def test_by_keyboard_alone_a_region_and_a_year_are_chosen(charts: Any, real_facts: Any) -> None:
    """The button beside the caption opens the menus; what the marks say is written for everybody."""
    figure = charts.locator(RANKING)
    figure.locator(".ri-chart-open").focus()
    charts.keyboard.press("Enter")
    region, year = (figure.locator("select").nth(number) for number in (0, 1))
    region.wait_for()
    assert region.evaluate("e => e === document.activeElement")
    region.select_option("广东")
    message = figure.locator("[role=status]")
    assert "广东" in message.inner_text()
    title = figure.locator("figcaption").inner_text()
    year.select_option(index=1)
    earlier = str(real_facts.framework.years[-2])
    charts.wait_for_function(
        "([s, t]) => document.querySelector(s).innerText.includes(t)", arg=[RANKING + " figcaption", earlier]
    )
    assert title in message.inner_text()
    year.select_option(index=0)
    charts.wait_for_function(
        "([s, t]) => document.querySelector(s).innerText === t", arg=[RANKING + " figcaption", title]
    )
    charts.keyboard.press("Escape")
    figure.locator(".ri-chart-open").click()
    assert figure.locator("select").count() == 0
    assert charts.complaints == []


@pytest.mark.parametrize("lost", ["assets/js/vega.js", "charts/industry-ranking.vg.json"])
def test_when_something_does_not_arrive_the_drawing_stays_and_says_so(page: Any, site_url: str, lost: str) -> None:
    page.route(f"**/{lost}", lambda route: route.abort())
    opened(page, site_url + PAGE)
    figure = page.locator(RANKING)
    figure.locator(".ri-picture").hover()
    figure.locator("[role=status]").wait_for()
    assert "没有载入" in figure.locator("[role=status]").inner_text()
    assert figure.locator(".ri-picture svg.ri-chart:not(.ri-chart--live)").is_visible()


def test_colours_follow_the_scheme(charts: Any) -> None:
    """Also after it is switched: the marks name the page's variables."""
    wake(charts)
    label = charts.locator(RANKING + LIVE + " text").first
    colours = []
    for scheme in ("default", "slate"):
        charts.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        colours.append(label.evaluate("e => getComputedStyle(e).fill"))
    assert colours[0] != colours[1]


PROBE = """
window.found = [];
document.addEventListener("securitypolicyviolation", (event) => found.push(event.violatedDirective));
try { (0, eval)("1"); found.push("eval ran"); } catch {}
try { new Function("return 1")(); found.push("Function ran"); } catch {}
const script = document.createElement("script");
script.textContent = "window.ran = true";
document.body.append(script);
fetch("https://elsewhere.invalid/").catch(() => {}).then(() => setTimeout(() => { window.probed = true; }, 100));
"""


def test_no_page_may_evaluate_text_or_load_from_elsewhere(page: Any, site_url: str) -> None:
    """Seen from a script of the site's own, for what a debugger evaluates stands above the policy."""
    page.route("**/probe.js", lambda route: route.fulfill(body=PROBE, content_type="text/javascript"))
    opened(page, site_url + PAGE)
    page.evaluate(
        "url => document.body.append(Object.assign(document.createElement('script'), { src: url }))", "/probe.js"
    )
    page.wait_for_function("() => window.probed")
    assert page.evaluate("window.ran") is None
    found = page.evaluate("found")
    assert not {"eval ran", "Function ran"} & set(found)
    assert {"script-src", "script-src-elem", "connect-src"} <= set(found)


def test_a_picture_is_made_where_it_is_read(charts: Any, site_folder: Path, tmp_path: Path) -> None:
    """Of the drawing with title and source, twice its size, under the name of the chart; no policy forbids it."""
    figure = charts.locator(RANKING)
    figure.locator("summary").first.click()
    with charts.expect_download() as download:
        figure.locator(".ri-downloads button", has_text="PNG").click()
    assert download.value.suggested_filename == "industry-ranking.png"
    download.value.save_as(tmp_path / "chart.png")
    picture = (tmp_path / "chart.png").read_bytes()
    drawing = ET.fromstring((site_folder / "charts" / "industry-ranking.svg").read_bytes())
    sides = [2 * float(drawing.attrib[name]) for name in ("width", "height")]
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == sides
    assert charts.complaints == []


def test_a_picture_that_cannot_be_made_is_said(charts: Any) -> None:
    """And the drawing is offered in its place."""
    figure = charts.locator(RANKING)
    charts.route("**/charts/industry-ranking.svg", lambda route: route.abort())
    figure.locator("summary").first.click()
    figure.locator(".ri-downloads button", has_text="PNG").click()
    figure.locator(".ri-message:not(:empty)").wait_for()
    assert "SVG" in figure.locator(".ri-message").inner_text()
