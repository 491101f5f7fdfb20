"""The compare page, played as a reader does: choose regions and a year, read gaps, neighbours and next steps."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

PAIR = "?regions=guangdong,guizhou"
SCRIPT = "<script>window.planted=1</script>"
SHIFT = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shift += entry.value; })).observe({type: 'layout-shift', buffered: true})"""


def opened(page: Any, url: str, query: str = PAIR) -> Any:
    """The page, once its data are there."""
    page.goto(url + "compare/" + query)
    page.wait_for_selector("[data-ri-compare][data-ready]")
    page.wait_for_load_state("networkidle")
    return page


def heads(page: Any) -> list[str]:
    return page.locator(".ri-compare thead th").all_inner_texts()


def texts(page: Any, chart: str) -> list[str]:
    return page.locator(f"#chart-{chart} .ri-picture svg text").all_text_contents()


def wait_for_charts(page: Any, *regions: str) -> None:
    """Until the legend of the strips ends with these regions, and only their lines have names."""
    page.wait_for_function(
        """regions => {
          const texts = (chart) => [...document.querySelectorAll(`${chart} .ri-picture svg text`)]
            .map((text) => text.textContent);
          const lines = [...document.querySelectorAll("[id$=compare-years]")].map((figure) => texts("#" + figure.id)
            .filter((text) => text.includes(" ")).map((text) => text.split(" ")[1]).sort().join());
          const legend = texts("#chart-compare").slice(-regions.length || Infinity);
          return legend.join() === regions.join() && lines.every((names) => names === [...regions].sort().join());
        }""",
        arg=list(regions),
    )


def row(page: Any, code: str) -> list[str]:
    return [text.replace("\n", " ") for text in page.locator(f"tr[data-code={code}] td").all_inner_texts()]


@pytest.fixture(scope="module")
def data(site_folder: Path) -> dict[str, Any]:
    """What the page loads."""
    return json.loads((site_folder / "api/v1/compare.json").read_text())


def test_it_opens_on_the_two_leaders(page: Any, site_url: str, data: Any) -> None:
    """As if chosen by hand, but not in the address; the drawings show them, and nothing is loaded for that."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, site_url, "?other=here")
    ranks = next(iter(data["indices"].values()))[str(data["years"][-1])]["rank"]
    leaders = sorted(zip(ranks, data["regions"], strict=True))[:2]
    shown = page.locator(".ri-compare thead [data-region]")
    assert [each.get_attribute("data-region") for each in shown.all()] == [slug for _, slug in leaders]
    assert page.locator("[data-ri-compare] > [role=status]").inner_text() == ""
    assert page.url.endswith("?other=here")
    wait_for_charts(page, *heads(page)[1:])
    assert page.locator(".ri-chart--live").count() == 0
    assert [url for url in asked if "vega" in url or ".vg.json" in url] == []


def test_the_charts_show_what_is_chosen(page: Any, site_url: str) -> None:
    """By the address, added, taken away, and after the way back; every mark of a region has its shape and colour."""
    opened(page, site_url, "?regions=guizhou,xizang")
    wait_for_charts(page, "贵州", "西藏")
    page.select_option("select[data-use=add]", "shanghai")
    wait_for_charts(page, "贵州", "西藏", "上海")
    page.locator(".ri-chooser button").first.click()
    wait_for_charts(page, "西藏", "上海")
    page.go_back()
    wait_for_charts(page, "贵州", "西藏", "上海")
    marks = page.locator("#chart-compare .ri-chart--live g.mark-symbol.role-mark").last
    looks = marks.locator("path").evaluate_all("each => each.map((e) => e.getAttribute('fill'))")
    assert len(set(looks)) == 3
    assert page.locator("[aria-busy=true]").count() == 0


def test_without_their_script_the_drawings_stay_and_say_so(page: Any, site_url: str) -> None:
    page.route("**/vega.js", lambda route: route.abort())
    opened(page, site_url)
    assert page.locator("#chart-compare .ri-message").inner_text()
    assert page.locator("#chart-compare svg.ri-chart:not(.ri-chart--live)").is_visible()
    assert page.locator("[aria-busy=true]").count() == 0


def test_another_year_shows_its_scores_and_the_last_one_comes_back(page: Any, site_url: str, data: Any) -> None:
    """In the table and the gaps; the address says it, and back undoes it."""
    opened(page, site_url)
    last = row(page, "industry")
    year = str(data["years"][1])
    page.select_option("select[data-use=year]", year)
    assert f"year={year}" in page.url
    place = data["regions"].index("guizhou")
    shown = data["indices"]["industry"][year]
    assert row(page, "industry")[2].startswith(f"{shown['value'][place]:.2f} 第 {shown['rank'][place]} 名（")
    assert year in page.locator("[data-compare-part=gaps] caption").inner_text()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("select[data-use=year]").input_value() == year
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert row(page, "industry") == last


def test_every_year_prints_what_the_index_pages_print(page: Any, site_url: str, data: Any) -> None:
    """The last year's table is made by Python, and the script makes the same of its data."""
    opened(page, site_url)
    python = [row(page, code) for code in (*data["indices"], *data["indicators"])]
    made = page.evaluate(
        """async () => {
          const parts = await import('../assets/js/compare-parts.js');
          const data = await (await fetch('../api/v1/compare.json')).json();
          const words = document.querySelector('[data-compare-data]').dataset;
          const places = new Map(data.regions.map((slug, place) => [slug, place]));
          return [...Object.keys(data.indices), ...Object.keys(data.indicators)].map(code =>
            ['guangdong', 'guizhou'].map(slug => parts.yearCell(
              {data, words, places, year: data.years.at(-1)}, code, slug, document.createElement('td')).textContent));
        }"""
    )
    assert [cells[1:] for cells in python] == made


def test_gaps_are_differences_to_the_leader_and_the_mean_of_the_area(page: Any, site_url: str, data: Any) -> None:
    """Computed here from the values of all regions."""
    opened(page, site_url)
    scores = data["indices"]["industry"][str(data["years"][-1])]["value"]
    place = data["regions"].index("guizhou")
    area = [s for s, g in zip(scores, data["groups"], strict=True) if g == data["groups"][place]]
    cell = page.locator("[data-compare-part=gaps] tbody tr").first.locator("td").nth(2).inner_text()
    leader, mean = scores[place] - max(scores), scores[place] - sum(area) / len(area)
    assert f"{leader:+.2f}".replace("-", "\u2212") in cell
    assert f"{mean:+.2f}".replace("-", "\u2212") in cell
    assert data["groups"][place] in page.locator("[data-compare-part=gaps] thead th").nth(2).inner_text()


def test_neighbours_and_next_steps_are_those_of_the_region_pages(page: Any, site_url: str) -> None:
    """The same three regions, and the same change."""
    opened(page, site_url)
    shown = page.locator("[data-compare-part=neighbours] tbody tr").nth(1).locator("td").nth(1).text_content()
    change = page.locator("[data-compare-part=steps] tbody tr").nth(1).locator("td").nth(2).text_content()
    page.goto(site_url + "regions/guizhou/")
    assert shown in page.locator("#neighbours ~ p").first.inner_text()
    page.locator("#next ~ div details summary").first.click()
    cells = page.locator("#next ~ div details tbody tr").first.locator("td").all_inner_texts()
    assert change == f"{cells[3]}（{cells[4]}%）"


def test_regions_are_chosen_by_keyboard_and_taken_away_again(page: Any, site_url: str, data: Any) -> None:
    """The focus stays in the tools; when none is left the table has all regions, and back brings the last again."""
    opened(page, site_url, "?other=here&regions=guangdong")
    page.locator("select[data-use=add]").focus()
    page.keyboard.type("贵州")
    page.keyboard.press("Enter")
    page.select_option("select[data-use=add]", "guizhou") if len(heads(page)) < 3 else None
    assert heads(page)[1:] == ["广东", "贵州"]
    assert "other=here" in page.url
    assert page.evaluate("document.activeElement.dataset.use") == "add"
    for _ in range(2):
        page.locator(".ri-chooser button").first.focus()
        page.keyboard.press("Enter")
    assert len(heads(page)) == len(data["regions"]) + 1
    wait_for_charts(page)
    page.go_back()
    assert heads(page)[1:] == ["贵州"]
    wait_for_charts(page, "贵州")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?regions=guangdng,beijing", "是不是：广东"),
        ("?regions=" + "x" * 1000, "不认识"),
        ("?regions=" + quote(SCRIPT), "不认识"),
        ("?regions=beijing,hebei,henan,hunan,hubei", "最多选四个"),
        (PAIR + "&year=1999", "没有 1999 年"),
        (PAIR + "&year=" + "9" * 1000, "没有 999"),
        (PAIR + "&year=" + quote(SCRIPT), "<script>"),
    ],
)
def test_what_is_not_known_is_said_and_nothing_runs(page: Any, site_url: str, query: str, said: str) -> None:
    opened(page, site_url, query)
    message = page.locator("[data-ri-compare] > [role=status]").inner_text()
    assert said in message
    assert len(message) < 200
    assert 1 <= len(heads(page)[1:]) <= 4
    assert page.evaluate("window.planted") is None


def test_data_that_do_not_come_leave_the_table_and_say_so(page: Any, site_url: str) -> None:
    page.route("**/compare.json", lambda route: route.abort())
    opened(page, site_url)
    assert heads(page)[1:] == ["广东", "贵州"]
    assert "没有取到" in page.locator("[data-compare-part=gaps]").inner_text()


def test_without_scripts_all_regions_of_the_last_year_stand_there(browser: Any, site_url: str, data: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "compare/" + PAIR)
    assert len(heads(page)) == len(data["regions"]) + 1
    assert page.locator(".ri-compare table").is_visible()
    assert set(texts(page, "compare")[-2:]) < set(heads(page))
    assert page.locator("#chart-compare svg").is_visible()
    assert page.locator("[data-compare-part=gaps] a").get_attribute("href").endswith("compare.json")
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("query", ["", PAIR])
def test_nothing_moves_and_nothing_sticks_out(browser: Any, site_url: str, width: int, query: str) -> None:
    """Layout shift of at most 0.02, with and without a choice in the address."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFT)
    opened(page, site_url, query)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.02
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
