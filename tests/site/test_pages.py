"""Every kind of page in a real browser: whole without scripts, at any width, in both schemes, from nowhere else."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.site.kinds import KINDS
from tests.site.offered import Offered
from tests.site.playing import listen

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_page_fits_its_screen_and_loads_nothing_from_elsewhere(
    browser: Any, site_url: str, width: int, scheme: str
) -> None:
    """No sideways scrolling, no message in the console, no request to another host."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    elsewhere: list[str] = []
    messages = listen(page)
    page.on("request", lambda request: None if request.url.startswith(site_url) else elsewhere.append(request.url))
    too_wide = []
    for kind in KINDS:
        page.goto(site_url + kind)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(kind)
    context.close()
    assert (too_wide, elsewhere, messages) == ([], [], [])


def test_pages_are_whole_without_scripts(browser: Any, site_url: str, offered: Offered) -> None:
    """Text, charts and tables are in the page itself."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "industry/scale/")
    assert page.locator("figure svg[role=img]:visible").count() == page.locator("figure").count() == 7
    assert page.locator("article a.ri-claim").all_inner_texts()
    assert page.locator("table:has(caption:text('年得分')) tbody tr").count() == len(offered.regions)
    page.goto(site_url + "compare/")
    assert page.locator("[data-ri-compare] thead th").count() > 2
    context.close()


def test_charts_have_a_title_and_a_description(page: Any, site_url: str) -> None:
    """A screen reader hears what a chart is and what it shows; ids are its own."""
    page.goto(site_url + "industry/")
    charts = page.locator("figure svg[role=img]")
    assert charts.count() >= 5
    for number in range(charts.count()):
        chart = charts.nth(number)
        named = chart.get_attribute("aria-labelledby").split()
        assert len(named) == 2
        texts = [page.locator(f"[id='{name}']").text_content() for name in named]
        assert all(len(text.strip()) > 5 for text in texts), texts


@pytest.mark.parametrize(
    ("path", "table", "column", "best"),
    [
        ("industry/scale/", "年得分", "{year}", max),
        ("industry/scale/", "年得分", "名次", min),
        ("regions/", "得分与名次", "名次", min),
        ("robustness/", "名次有多稳", "中位名次", min),
        ("industry/", "名次变化", "{year}", min),
    ],
)
def test_the_first_click_on_a_heading_brings_the_best_to_the_top(
    page: Any, site_url: str, offered: Offered, path: str, table: str, column: str, best: Any
) -> None:
    """Rank 1 or the greatest score; the second click, here by keyboard, the worst. Missing stays last both times."""
    page.goto(site_url + path)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    found = page.locator(f"table[data-ready]:has(caption:text('{table}'))").first
    heading = found.locator("th", has_text=column.format(year=offered.years[-1])).first
    place = heading.evaluate("head => head.cellIndex") + 1

    def shown() -> list[str]:
        cells = found.locator(f"tbody td:nth-child({place})").all_inner_texts()
        return [re.sub(r"[*,]|（.*", "", cell).strip() for cell in cells]

    heading.locator("button").click()
    first = shown()
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    second = shown()
    count = next((number for number, text in enumerate(first) if text == "—"), len(first))
    numbers = [float(text) for text in first[:count]]
    assert numbers == sorted(numbers, reverse=best is max)
    assert numbers[0] != numbers[-1]
    assert [float(text) for text in second[:count]] == numbers[::-1]
    assert set(first[count:]) == set(second[count:]) <= {"—"}


def test_numbers_of_different_units_do_not_sort(page: Any, site_url: str) -> None:
    """The other columns of the table do."""
    page.goto(site_url + "data/")
    headings = page.locator("table[data-ready]:has(caption:text('核对')) th")
    sorting = headings.evaluate_all("all => all.map(each => [each.textContent, Boolean(each.querySelector('button'))])")
    assert [name for name, sorts in sorting if not sorts] == ["各地之和", "公布的全国总量", "差额"]


def regions_shown(page: Any) -> list[str]:
    """Names in the head of the table that compares."""
    page.wait_for_selector("[data-ri-compare][data-ready]")
    return page.locator("[data-ri-compare] thead [data-region]").all_inner_texts()


def test_the_address_holds_the_regions_compared(page: Any, site_url: str) -> None:
    """Chosen regions stand in the address, survive a reload, and can be added and taken away."""
    page.goto(site_url + "compare/?regions=zhejiang,guangdong")
    assert regions_shown(page) == ["浙江", "广东"]
    page.locator("[data-ri-compare] select[data-use=add]").select_option("beijing")
    assert regions_shown(page) == ["浙江", "广东", "北京"]
    page.reload()
    assert regions_shown(page) == ["浙江", "广东", "北京"]
    page.get_by_role("button", name="去掉 浙江").click()
    assert regions_shown(page) == ["广东", "北京"]
    assert page.url.endswith("?regions=guangdong,beijing")


def test_an_address_that_means_nothing_is_answered(page: Any, site_url: str) -> None:
    """An unknown region is named with the nearest one; a script in the address is text."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(site_url + "compare/?regions=guangdon,<img src=x onerror=alert(1)>," + "x" * 1000)
    message = page.locator(".ri-message").inner_text()
    assert "guangdon" in message
    assert "广东" in message
    assert page.locator("[data-ri-compare] img").count() == 0
    assert dialogs == []


def test_the_compare_page_takes_four_regions_at_most(page: Any, site_url: str) -> None:
    """Six in the address show four, and the page says so."""
    page.goto(site_url + "compare/?regions=beijing,tianjin,hebei,shanxi,shaanxi,guangdong")
    assert regions_shown(page) == ["北京", "天津", "河北", "山西"]
    assert "四个" in page.locator(".ri-message").inner_text()
    assert page.locator("[data-ri-compare] select[data-use=add]").is_disabled()


def test_the_site_works_below_any_address(browser: Any, site_under_path: str) -> None:
    """Below /a/sub/path/ pages, styles, scripts, charts and links work as at the root."""
    context = browser.new_context()
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.goto(site_under_path)
    page.get_by_role("link", name="广东").first.click()
    page.wait_for_url("**/a/sub/path/regions/guangdong/")
    assert page.locator("h1").inner_text().startswith("广东")
    page.goto(site_under_path + "industry/scale/")
    page.locator("figure details summary").first.click()
    link = page.locator("figure details a", has_text="SVG").first
    assert page.request.get(page.evaluate("link => link.href", link.element_handle())).status == 200
    context.close()
    assert failed == []


def test_the_map_leads_to_every_region(page: Any, site_url: str, offered: Offered) -> None:
    """A tile of every region leads somewhere; those that are not evaluated are shown as such."""
    page.goto(site_url + "regions/")
    assert page.locator(".ri-tiles a").count() == len(offered.regions)
    assert page.locator(".ri-tiles__outside").count() == offered.outside
    page.locator(".ri-tiles a", has_text="陕西").click()
    page.wait_for_url("**/regions/shaanxi/")


def test_a_figure_leads_to_its_row_among_the_claims(page: Any, site_url: str, offered: Offered) -> None:
    """From a quoted number to what the publication says and where."""
    (total,) = offered.claims("scale", "total")
    page.goto(site_url + "industry/scale/")
    page.locator("a.ri-claim", has_text=printed(total["value"])).first.click()
    page.wait_for_url(f"**/claims/#{total['id']}")
    row = page.locator(f"[id='{total['id']}']")
    assert printed(total["value"]) in row.inner_text()
    assert re.search(r"第 \d+ 段", row.inner_text())


def printed(value: str) -> str:
    """A figure as pages print it, with the decimals of the publication."""
    return f"{Decimal(value):,}"


def test_published_scores_totals_and_means_are_on_their_pages(site_folder: Path, offered: Offered) -> None:
    """All that the edition states of each index, on the page of that index."""
    pages = {entry["code"]: entry["parent"] for entry in offered.document("index")["indices"]}
    found = 0
    for code, parent in pages.items():
        text = (site_folder / (parent or "") / code / "index.html").read_text(encoding="utf-8")
        links = set(re.findall(r'<a href="[^"]*claims/#[^"]*" class="ri-claim">([^<]*)</a>', text))
        figures = {printed(claim["value"]) for claim in offered.claims(code, "score", "total", "mean")}
        assert figures - links == set(), code
        found += len(figures)
    assert found


def test_no_page_has_an_unfilled_gap(site_folder: Path) -> None:
    """No macro, missing number or unknown word is left in a built page."""
    for path in sorted(site_folder.rglob("index.html")):
        if "guide" in path.parts:
            continue
        body = re.sub(r"<(script|style|code)\b.*?</\1>", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", body)
        assert not re.search(r"\{\{|\}\}|\{%|\bnan\b|\bNone\b|&lt;NA&gt;|undefined", text), path
