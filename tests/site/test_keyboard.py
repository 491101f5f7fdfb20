"""The site by keyboard alone: a visit from the home page to the comparison, and every stop of several pages."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

# What is wrong with the place of the focus: not marked, not told from its ground, outside of the screen, or covered.
FOCUS = """
() => {
  const focused = document.activeElement;
  if (focused === document.body) return { name: "BODY", faults: [] };
  const shown = focused.matches(".md-option") ? focused.nextElementSibling : focused;
  const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(shown);
  const [box] = shown.getClientRects(), faults = [];
  const lightness = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (Number(backgroundColor.match(/[\\d.]+/g)[3] ?? 1) > .5) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push("no outline");
  else {
    const behind = ground(parseFloat(outlineOffset) < 0 ? shown : shown.parentElement);
    const [pale, dark] = [lightness(outlineColor), lightness(behind)].sort((a, b) => b - a);
    if ((pale + .05) / (dark + .05) < 3) faults.push(`outline ${outlineColor} on ${behind}`);
  }
  if (!box || box.width < 1 || box.height < 1) faults.push("no size");
  else {
    const inside = (value, most) => Math.min(Math.max(value, 1), most - 2);
    const x = inside(box.x + box.width / 2, innerWidth), y = inside(box.y + box.height / 2, innerHeight);
    const there = document.elementFromPoint(x, y);
    const isOut = box.right < 1 || box.bottom < 1 || box.x > innerWidth - 1 || box.y > innerHeight - 1;
    if (isOut) faults.push("off the screen");
    else if (!there || !(shown.contains(there) || there.contains(shown))) faults.push(`under ${there?.className}`);
  }
  const text = (focused.getAttribute("aria-label") ?? focused.textContent).trim().slice(0, 20);
  return { name: `${focused.tagName} ${focused.className} ${text}`, faults };
}
"""
REACHABLE = """
() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex]";
  const found = [...document.querySelectorAll(all)].filter((one) => one.tabIndex >= 0 && !one.disabled
    && (one.matches(".md-option") ? one.checked : one.checkVisibility({ visibilityProperty: true }))
    && !one.hidden && !one.closest("svg"));
  found.forEach((one, number) => { one.dataset.stop = number; });
  return found.length;
}
"""


class Visit:
    """A page of the browser and a keyboard; remembers where the focus was not to be seen."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[tuple[str, str]] = []

    def press(self, *keys: str) -> None:
        """Press keys one after the other, and look where the focus is."""
        for key in keys:
            self.page.keyboard.press(key)
        focus = self.page.evaluate(FOCUS)
        self.faults += [(focus["name"], fault) for fault in focus["faults"]]

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def is_at(self, selector: str) -> bool:
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def tab_to(self, selector: str, most: int = 250) -> None:
        """Press Tab until the focus is there."""
        for _ in range(most):
            self.press("Tab")
            if self.is_at(selector):
                return
        pytest.fail(f"{selector} is not reached by Tab; the focus is at {self.page.evaluate(FOCUS)['name']}")

    def follow(self, selector: str, address: str) -> None:
        """Go to a link and press Enter; the page has arrived when its scripts ask for nothing more."""
        self.tab_to(selector)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{address}")
        self.page.wait_for_load_state("networkidle")


@pytest.fixture
def visit(page: Any, site_url: str) -> Visit:
    """At the home page, nothing touched; nothing moves, so that what is looked at is there."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(site_url)
    page.wait_for_load_state("networkidle")
    return Visit(page)


def test_the_skip_link_leads_to_the_text(visit: Visit) -> None:
    """It is the first stop; the next stop after it stands in the article."""
    visit.press("Tab")
    assert visit.is_at("a.md-skip")
    visit.press("Enter", "Tab")
    assert visit.is_at("article *")
    assert visit.faults == []


def test_a_region_is_searched_and_opened(visit: Visit) -> None:
    visit.tab_to("[data-md-component=search-query]")
    visit.type("guizhou")
    visit.page.locator(".md-search-result__item").first.wait_for()
    visit.press("ArrowDown")
    assert visit.is_at(".md-search-result__link")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/regions/guizhou/**")
    assert visit.page.locator("h1").inner_text().startswith("贵州")
    assert visit.faults == []


def test_escape_leaves_the_search(visit: Visit) -> None:
    """The box closes, and the next stop is behind it."""
    visit.tab_to("[data-md-component=search-query]")
    visit.type("guizhou")
    visit.page.locator(".md-search-result__item").first.wait_for()
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator(".md-search-result__item").first.is_visible()
    visit.press("Tab")
    assert visit.is_at(".md-tabs__link")
    assert visit.faults == []


def test_the_scheme_is_switched(visit: Visit) -> None:
    visit.tab_to(".md-option")
    visit.press("ArrowRight")
    assert visit.page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    visit.press("ArrowLeft")
    assert visit.page.evaluate("document.body.dataset.mdColorScheme") == "default"
    assert visit.faults == []


def test_a_table_is_filtered_sorted_and_its_columns_chosen(visit: Visit) -> None:
    page = visit.page
    visit.follow("a.md-tabs__link[href='regions/']", "/regions/")
    visit.tab_to("[data-ranking=regions] input[type=search]")
    visit.type("shan")
    rows = page.locator("[data-ranking=regions] ~ .ri-scroll").first.locator("tbody tr")
    assert 2 < rows.locator("visible=true").count() < rows.count()
    visit.tab_to("select[name=area]")
    visit.press("ArrowDown")
    assert "area=" in page.url
    visit.tab_to(".ri-columns > summary")
    visit.press("Enter")
    visit.tab_to(".ri-columns input[value=application]")
    visit.press("Space")
    assert not page.locator("th[data-column=application]").is_visible()
    visit.press("Escape")
    visit.tab_to("[data-ranking=regions] button")
    visit.tab_to("th[data-column=industry] button")
    visit.press("Enter")
    assert page.locator("th[data-column=industry]").get_attribute("aria-sort") == "descending"
    visit.press("Enter")
    assert page.locator("th[data-column=industry]").get_attribute("aria-sort") == "ascending"
    assert visit.faults == []


def test_a_region_stands_out_in_a_chart(visit: Visit) -> None:
    """The data are met before the drawing; the tools say what a pointer would be told."""
    page = visit.page
    visit.follow("a.md-tabs__link[href='industry/']", "/industry/")
    visit.tab_to("#chart-industry-ranking .ri-chart-open")
    visit.press("Enter")
    page.locator("#chart-industry-ranking select").first.wait_for()
    assert visit.is_at("#chart-industry-ranking select")
    visit.press("ArrowDown")
    chosen = page.locator("#chart-industry-ranking select").first.input_value()
    assert chosen in page.locator("#chart-industry-ranking [role=status]").inner_text()
    visit.tab_to("#chart-industry-ranking summary")
    visit.press("Enter")
    assert page.locator("#chart-industry-ranking table").is_visible()
    visit.tab_to("#chart-industry-ranking .ri-scroll")
    visit.press("ArrowDown")
    visit.tab_to("#chart-industry-ranking .ri-downloads a")
    assert visit.faults == []


def test_a_weight_is_moved_and_reset(visit: Visit) -> None:
    page = visit.page
    visit.follow("article a[href='weights/']", "/weights/")
    page.wait_for_selector(".ri-weighing--live")
    visit.tab_to("#weight-industry-scale-slider")
    visit.press("End")
    page.wait_for_function("() => location.search === '?w=scale:100'")
    visit.tab_to(".ri-weights summary")
    visit.press("Enter")
    visit.tab_to("#weight-industry-software_revenue-slider")
    visit.press("ArrowLeft", "ArrowLeft")
    page.wait_for_function("() => location.search.includes('software_revenue')")
    for _ in range(20):
        if visit.is_at("[data-ri-index=industry] [data-act=reset]"):
            break
        visit.press("Shift+Tab")
    visit.press("Enter")
    page.wait_for_function("() => location.search === ''")
    assert visit.faults == []


def test_regions_are_added_to_a_comparison_and_taken_away(visit: Visit) -> None:
    page = visit.page
    visit.follow("a.md-tabs__link[href='compare/']", "/compare/")
    page.wait_for_selector("[data-ri-compare][data-ready]")
    visit.tab_to("select[data-use=add]")
    shown = page.locator("[data-ri-compare] thead [data-region]")
    visit.press("ArrowDown")
    assert shown.count() == 3
    assert visit.is_at("select[data-use=add]")
    visit.press("ArrowDown")
    assert shown.count() == 4
    assert visit.is_at(".ri-chooser button:last-of-type")
    visit.press("Enter")
    assert shown.count() == 3
    assert visit.is_at("select[data-use=add]")
    assert visit.faults == []


def test_the_drawer_of_a_narrow_screen(page: Any, site_url: str) -> None:
    """It opens, goes up a level and down again, and Escape closes it; closed, it is out of reach."""
    page.set_viewport_size({"width": 320, "height": 512})
    page.emulate_media(reduced_motion="reduce")
    visit = Visit(page)
    visit.page.goto(site_url + "regions/guangdong/")
    visit.page.wait_for_load_state("networkidle")
    visit.tab_to("button.ri-drawer")
    visit.press("Enter")
    assert visit.is_at(".md-sidebar--primary label.md-nav__title")
    visit.press("Enter")
    assert visit.is_at(".md-sidebar--primary label.md-nav__link")
    visit.press("Enter")
    visit.tab_to(".md-sidebar--primary a[href='../beijing/']")
    visit.press("Escape")
    assert visit.is_at("button.ri-drawer[aria-expanded=false]")
    visit.tab_to("article *")
    assert visit.faults == []
    visit.page.keyboard.press("Shift+Tab")


@pytest.mark.parametrize(
    ("address", "width"),
    [
        ("", 1280), ("", 320), ("regions/guangdong/", 1280), ("weights/", 320),
        ("compare/?regions=beijing,hebei", 1280),
    ],
)  # fmt: skip
def test_every_stop_is_reached_and_seen(page: Any, site_url: str, address: str, width: int) -> None:
    """Tab leads through the whole page and out of it at the end, so nothing holds the focus."""
    page.set_viewport_size({"width": width, "height": 600})
    page.emulate_media(reduced_motion="reduce")
    visit = Visit(page)
    visit.page.goto(site_url + address)
    visit.page.wait_for_load_state("networkidle")
    expected = visit.page.evaluate(REACHABLE)
    seen = set()
    for _ in range(expected + 20):
        visit.press("Tab")
        if visit.is_at("body"):
            break
        seen.add(visit.page.evaluate("document.activeElement.dataset.stop"))
    else:
        pytest.fail("the focus never leaves the page")
    assert visit.faults == []
    assert {str(number) for number in range(expected)} - seen == set()


PLANTED = {
    "no outline": ":focus-visible { outline: none !important }",
    "outline rgb": "article a { outline-color: #eee !important }",
    "off the screen": "article h2 a { position: fixed; left: -999px }",
    "under": ".md-header { height: 100vh }",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_faults_are_noticed(visit: Visit, fault: str) -> None:
    """The guard itself, seen to fail."""
    visit.page.add_style_tag(content=PLANTED[fault])
    visit.tab_to("article .ri-claim")
    assert [said for _, said in visit.faults if said.startswith(fault)] != []


def test_a_trap_is_noticed(visit: Visit) -> None:
    visit.page.evaluate("document.querySelector('h1 a').addEventListener('blur', (event) => event.target.focus())")
    with pytest.raises(pytest.fail.Exception):
        visit.tab_to("article .ri-claim", most=40)
