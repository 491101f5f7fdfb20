"""Tables of regions, played as a reader does: find, filter, choose columns, sort, go back, share, print."""

from typing import Any
from urllib.parse import parse_qs, quote

import pytest

from tests.site.offered import Offered

pytestmark = pytest.mark.browser

PAGE = "regions/"
TOOLS = "fieldset[data-ranking=regions]"
LONG = "x" * 1000
SCRIPT = "<script>window.planted=1</script>"
SHIFT = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shift += entry.value; })).observe({type: 'layout-shift', buffered: true})"""


def opened(page: Any, url: str, query: str = "", path: str = PAGE) -> Any:
    """The page, once the tools are alive."""
    page.goto(url + path + query)
    page.wait_for_selector("fieldset[data-ranking][data-ready]", state="attached")
    return page


def shown(page: Any, tools: str = TOOLS) -> list[str]:
    """Slugs of the rows that can be seen, from the top."""
    rows = page.locator(f"{tools} ~ .ri-scroll").first.locator("tbody tr")
    return rows.evaluate_all("rows => rows.filter(row => row.checkVisibility()).map(row => row.dataset.region)")


def status(page: Any) -> str:
    return page.locator(f"{TOOLS} + [role=status]").inner_text()


def asked(page: Any) -> dict[str, list[str]]:
    """The parameters of the address."""
    return parse_qs(page.evaluate("location.search.slice(1)"))


@pytest.mark.parametrize("name", ["广东", "Guangdong", "guangdong", "440000", "guang dong"])
def test_a_region_is_found_by_every_name(page: Any, site_url: str, name: str) -> None:
    """Chinese, English, pinyin and code; the row leads to its page."""
    opened(page, site_url).locator(f"{TOOLS} input[type=search]").fill(name)
    assert shown(page) == ["guangdong"]
    page.locator("tr[data-region=guangdong] a").first.click()
    page.wait_for_url("**/regions/guangdong/**")


def test_choices_survive_reload_back_and_sharing(browser: Any, page: Any, site_url: str) -> None:
    """Each discrete choice is a step of the way back; typing is not. Other parameters stay."""
    opened(page, site_url, "?other=here")
    page.select_option(f"{TOOLS} select[name=area]", "西部")
    page.locator("th[data-column=industry] button").click()
    page.locator(f"{TOOLS} summary").click()
    page.locator(f"{TOOLS} input[value=application]").uncheck()
    page.locator(f"{TOOLS} input[type=search]").fill("uizhou")
    assert asked(page) == {
        "other": ["here"], "area": ["西部"], "sort": ["-industry"], "hide": ["application"], "find": ["uizhou"],
    }  # fmt: skip
    assert shown(page) == ["guizhou"]
    page.reload()
    page.wait_for_selector(f"{TOOLS}[data-ready]")
    assert shown(page) == ["guizhou"]
    other = browser.new_context().new_page()
    opened(other, page.url, path="")
    assert shown(other) == ["guizhou"]
    assert not other.locator("[data-md-toggle=search]").is_checked()  # which the theme would open for ?q=
    assert other.locator("th[data-column=industry]").get_attribute("aria-sort") == "descending"
    assert not other.locator("th[data-column=application]").is_visible()
    other.context.close()


def test_back_undoes_one_choice_after_the_other(page: Any, site_url: str, offered: Offered) -> None:
    """To the table as it was."""
    opened(page, site_url)
    west, scores = offered.members("area", "西部"), offered.scores("industry", offered.years[-1])
    before = shown(page)
    page.select_option(f"{TOOLS} select[name=area]", "西部")
    page.locator("th[data-column=industry] button").click()
    assert shown(page)[0] == max(west, key=lambda slug: scores.get(slug, 0))
    page.go_back()
    assert shown(page) == [slug for slug in before if slug in west]
    assert page.locator("th[aria-sort]").count() == 0
    page.go_back()
    assert shown(page) == before
    page.go_forward()
    assert len(shown(page)) < len(before)


def test_a_pilot_zone_filters_and_nothing_found_is_said(page: Any, site_url: str, offered: Offered) -> None:
    """And the reset button brings all back."""
    opened(page, site_url)
    page.select_option(f"{TOOLS} select[name=pilot_zone]", "京津冀")
    members = offered.members("pilot_zone", "京津冀")
    assert sorted(shown(page)) == sorted(members)
    assert str(len(members)) in status(page)
    page.locator(f"{TOOLS} input[type=search]").fill("guangdong")
    assert shown(page) == []
    assert "没有符合条件" in status(page)
    page.locator(f"{TOOLS} button").click()
    assert len(shown(page)) == len(offered.regions)
    assert asked(page) == {}


def test_it_works_by_keyboard_alone(page: Any, site_url: str) -> None:
    """Tab through the tools, type, choose, open the list of columns, sort."""
    opened(page, site_url)
    page.locator(f"{TOOLS} input[type=search]").focus()
    page.keyboard.type("shan")
    assert "shandong" in shown(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert asked(page)["area"] == ["东部"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert asked(page)["hide"] == ["industry"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.locator("th[data-column=application] button").focus()
    page.keyboard.press("Enter")
    assert asked(page)["sort"] == ["-application"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?sort=indus", "是不是：产业发展指数"),
        ("?hide=applica", "是不是：行业应用指数"),
        ("?area=" + quote("西"), "是不是"),
        ("?pilot_zone=nowhere", "nowhere"),
        ("?sort=" + LONG, "xxxxxxxxxx"),
        ("?area=" + quote(SCRIPT), "<script>"),
        ("?hide=" + quote(SCRIPT) + "&sort=%zz%", "不认识"),
    ],
)
def test_what_is_not_known_is_said_and_nothing_runs(
    page: Any, site_url: str, offered: Offered, query: str, said: str
) -> None:
    """With the nearest name; the table stands whole."""
    opened(page, site_url, query)
    assert said in status(page)
    assert len(status(page)) < 300
    assert len(shown(page)) == len(offered.regions)
    assert page.evaluate("window.planted") is None


def test_a_query_of_a_script_or_a_thousand_characters_finds_nothing(page: Any, site_url: str) -> None:
    for query in (quote(SCRIPT), LONG):
        opened(page, site_url, f"?find={query}")
        assert shown(page) == []
        assert page.evaluate("window.planted") is None


def test_several_tables_of_a_page_keep_apart(page: Any, site_url: str, offered: Offered) -> None:
    """Each has its name before its parameters."""
    opened(page, site_url, "?open.find=guang&values.sort=software_revenue", "industry/scale/")
    assert sorted(shown(page, "[data-ranking=open]")) == sorted(slug for slug in offered.regions if "guang" in slug)
    year = str(offered.years[-1])
    values = {
        row["region"]: row["value"]
        for row in offered.table("indicators")
        if row["indicator"] == "software_revenue" and row["year"] == year
    }
    known = {slug: float(values[region["code"]]) for slug, region in offered.regions.items() if values[region["code"]]}
    rows = shown(page, "[data-ranking=values]")
    assert rows[: len(known)] == sorted(known, key=known.__getitem__)
    assert len(rows) == len(offered.regions)
    assert page.locator("th[data-column=software_revenue]").get_attribute("aria-sort") == "ascending"


def test_paper_shows_what_is_chosen_and_says_so(page: Any, site_url: str, offered: Offered) -> None:
    """The tools are gone, the note of the filter is there."""
    opened(page, site_url, f"?area={quote('西部')}&hide=application")
    page.emulate_media(media="print")
    assert not page.locator(TOOLS).is_visible()
    assert "区域：西部" in status(page)
    assert "行业应用指数" in status(page)
    assert sorted(shown(page)) == sorted(offered.members("area", "西部"))


def test_without_scripts_the_table_stands_alone(browser: Any, site_url: str, offered: Offered) -> None:
    """No dead tools."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PAGE)
    assert not page.locator(TOOLS).is_visible()
    assert len(shown(page)) == len(offered.regions)
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_and_nothing_sticks_out(browser: Any, site_url: str, width: int) -> None:
    """Layout shift of at most 0.02; targets of at least 24 pixels."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFT)
    opened(page, site_url, "#list")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.02
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("input[type=search]", "select[name=area]", "summary", "button"):
        box = page.locator(f"{TOOLS} {name}").bounding_box()
        assert min(box["width"], box["height"]) >= 24
    context.close()
