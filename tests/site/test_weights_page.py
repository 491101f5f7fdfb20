"""The page on weights as a reader plays with it: by mouse, by keyboard, from an address, without scripts."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from regional_index.documents.weighting import weighting_document
from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.render import show_change, show_number, show_score
from tests.computed import Undrawn
from tests.methods import compute
from tests.site.offered import Offered
from tests.site.weighings import compute_again, of_last_year

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
SECOND = ROOT / "tests" / "second_index"
PANEL = "[data-ri-index={}]"
SLIDER = "[data-key={}] input"
TRIED = "[data-ri-index=industry] [role=status]:not(:empty)"


def open_page(page: Any, site_url: str, query: str = "") -> Any:
    """The page, once its sliders work."""
    page.goto(f"{site_url}weights/{query}")
    page.wait_for_selector(".ri-weighing--live")
    return page


@pytest.fixture
def weights(page: Any, site_url: str) -> Any:
    return open_page(page, site_url)


def shown(page: Any, index: str = "industry") -> list[list[str]]:
    """Rank, name, score and change of rank of every region, from the top."""
    rows = page.locator(f"{PANEL.format(index)} tbody tr")
    return rows.evaluate_all("rows => rows.map((row) => [...row.cells].slice(0, 4).map((cell) => cell.textContent))")


def expected(facts: Facts, index: str, **chosen: Sequence[float]) -> list[list[str]]:
    """The same by our engine, with these weights of the children of nodes."""
    found = of_last_year(facts, compute_again(facts, chosen), index)
    declared = facts.open.scores(index)["rank"]
    ordered = found.sort_values("rank", kind="stable", na_position="last")
    marked = facts.open.partly_scored(index)
    return [
        [
            show_number(row["rank"], 0), facts.region(str(code)).name,
            show_score(row["score"]) + ("*" if code in marked and row["rank"] is not pd.NA else ""),
            show_change(declared[code] - row["rank"], 0),
        ]
        for code, row in ordered.iterrows()
    ]  # fmt: skip


def slide(page: Any, key: str, value: int) -> None:
    """Move a slider as the mouse does."""
    page.locator(SLIDER.format(key)).evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }",
        value,
    )


def press(page: Any, act: str, index: str = "industry") -> None:
    page.locator(f"{PANEL.format(index)} [data-act={act}]").click()


def wait_for_address(page: Any, query: str) -> None:
    page.wait_for_function("query => location.search === query", arg=query, timeout=5000)


def test_without_scripts_the_declared_weights_and_scores_are_there(
    browser: Any, site_url: str, real_facts: Facts
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "weights/")
    for node in real_facts.framework.indices:
        panel = page.locator(PANEL.format(node.code))
        assert panel.locator("> .ri-weighing__weights > ul > li").count() == len(node.child_weights)
        declared = next(iter(node.child_weights.values())) / sum(node.child_weights.values())
        assert panel.locator("output").first.inner_text() == f"{show_number(100 * declared, 1)}%"
        assert panel.locator("tbody tr").count() == len(real_facts.regions.evaluated)
        assert not panel.locator("input, button").first.is_visible()
    assert [row[:3] for row in shown(page)] == [row[:3] for row in expected(real_facts, "industry")]
    context.close()


def test_the_page_starts_with_the_declared_weights(weights: Any, real_facts: Facts) -> None:
    """Nothing has moved, and nothing stands in the address."""
    for node in real_facts.framework.indices:
        assert shown(weights, node.code) == expected(real_facts, node.code)
    assert weights.evaluate("location.search") == ""


def test_a_slider_changes_ranks_scores_and_shares(weights: Any, real_facts: Facts) -> None:
    """A sub-index, then an indicator below it; the other index stays as it is."""
    slide(weights, "scale", 60)
    assert shown(weights) == expected(real_facts, "industry", industry=[60, 25, 25, 25])
    shares = weights.locator(PANEL.format("industry") + " .ri-weighing__weights > ul > li > .ri-weight output")
    assert shares.all_inner_texts() == ["44.4%", "18.5%", "18.5%", "18.5%"]
    slide(weights, "ict_employment", 0)
    chosen = {"industry": [60, 25, 25, 25], "scale": [50, 0]}
    assert shown(weights) == expected(real_facts, "industry", **chosen)
    assert shown(weights, "application") == expected(real_facts, "application")
    wait_for_address(weights, "?w=scale:60,ict_employment:0")
    said = weights.locator(TRIED).inner_text()
    moved = sum(row[3] != "0" for row in expected(real_facts, "industry", **chosen))
    assert f"{moved} 个地区" in said


def test_what_nobody_has_can_weigh_too_much(weights: Any, real_facts: Facts) -> None:
    """Government application has no data: above a third of the weight it leaves no score, and the page says so."""
    slide(weights, "government", 30)
    assert shown(weights, "application") == expected(real_facts, "application", application=[30, 25, 25, 25])
    slide(weights, "government", 100)
    assert {(row[0], *row[2:]) for row in shown(weights, "application")} == {("—", "—", "—")}
    said = weights.locator(PANEL.format("application") + " [role=status]")
    said.filter(has_text="没有地区有得分").wait_for()
    weights.reload()
    said.filter(has_text="没有地区有得分").wait_for()
    assert weights.locator(PANEL.format("industry") + " [role=status]").inner_text() == ""


def test_buttons_set_all_weights(weights: Any, real_facts: Facts) -> None:
    """The declared ones of one index, equal ones, and all from the start."""
    slide(weights, "firms", 90)
    slide(weights, "key", 0)
    wait_for_address(weights, "?w=firms:90,key:0")
    press(weights, "declared")
    assert shown(weights) == expected(real_facts, "industry")
    wait_for_address(weights, "?w=key:0")
    slide(weights, "firms", 90)
    press(weights, "equal")
    assert shown(weights) == expected(real_facts, "industry")  # equal weights are what this index declares
    press(weights, "reset")
    wait_for_address(weights, "")
    assert shown(weights, "application") == expected(real_facts, "application")


def test_sliders_stay_where_they_were_put(weights: Any, real_facts: Facts) -> None:
    """Also where the shares come to the declared ones: the next move starts from what is seen."""
    for key in ("scale", "firms", "innovation", "data"):
        slide(weights, key, 50)
    wait_for_address(weights, "?w=scale:50,firms:50,innovation:50,data:50")
    assert shown(weights) == expected(real_facts, "industry")
    slide(weights, "scale", 60)
    assert weights.locator(SLIDER.format("firms")).input_value() == "50"
    assert shown(weights) == expected(real_facts, "industry", industry=[60, 50, 50, 50])


def test_an_address_brings_everything_back(page: Any, site_url: str, real_facts: Facts) -> None:
    """After a reload, after going back, and for somebody else; other parts of the address stay."""
    chosen = expected(real_facts, "industry", industry=[25, 25, 25, 70], scale=[10, 50])
    open_page(page, site_url, "?other=here#how")
    slide(page, "data", 70)
    slide(page, "software_revenue", 10)
    wait_for_address(page, "?other=here&w=data:70,software_revenue:10")
    assert page.url.endswith("#how")
    page.reload()
    page.wait_for_selector(".ri-weighing--live")
    assert shown(page) == chosen
    page.goto(site_url + "about/")
    page.go_back()
    page.wait_for_selector(".ri-weighing--live")
    assert shown(page) == chosen
    open_page(page, site_url, "?w=software_revenue:10,data:70")
    assert shown(page) == chosen
    assert page.locator(SLIDER.format("data")).input_value() == "70"
    page.evaluate("history.pushState(null, '', '?w=data:1')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    assert page.locator(SLIDER.format("data")).input_value() == "1"


BAD = [
    ("sclae:3", ["sclae", "产业规模"]),
    ("scale:NaN", ["scale:NaN"]),
    ("scale:101,firms:-1", ["scale:101", "firms:-1"]),
    ("<img src=x onerror=alert(1)>:3", ["<img"]),
    ("scale:<script>alert(1)</script>", ["scale:<script>"]),
    ("x" * 1000, ["x" * 20]),
    ("scale:3%00,javascript:alert(1)", ["javascript"]),
]


@pytest.mark.parametrize(("query", "named"), BAD, ids=lambda value: str(value)[:24])
def test_an_address_that_means_nothing_is_answered(
    page: Any, site_url: str, real_facts: Facts, query: str, named: list[str]
) -> None:
    """What is not understood is named, nothing is run, and the table is that of the declared weights."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_page(page, site_url, "?w=" + query)
    said = page.locator("[data-ri-weights] > [role=status]").inner_text()
    assert [name for name in named if name not in said] == []
    assert page.locator("[data-ri-weights] :is(img, script)").count() == 0
    assert dialogs == []
    assert shown(page) == expected(real_facts, "industry")


def test_what_is_understood_of_a_bad_address_counts(page: Any, site_url: str, real_facts: Facts) -> None:
    open_page(page, site_url, "?w=scale:60,nothing:3")
    assert shown(page) == expected(real_facts, "industry", industry=[60, 25, 25, 25])


def test_all_works_by_keyboard_alone(weights: Any, real_facts: Facts) -> None:
    """Tab from button to button to the first slider, arrows and End move it, Enter presses; focus is seen."""
    page = weights
    page.locator(PANEL.format("industry") + " [data-act=declared]").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # the name of the sub-index is a link before its slider
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.id") == "weight-industry-scale-slider"
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    assert shown(page) == expected(real_facts, "industry", industry=[26, 25, 25, 25])
    page.keyboard.press("End")
    assert shown(page) == expected(real_facts, "industry", industry=[100, 25, 25, 25])
    assert page.evaluate(f"{focused}.getAttribute('aria-valuetext')") == "57.1%"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#weight-industry-software_revenue-slider").is_visible()
    page.locator(PANEL.format("industry") + " [data-act=reset]").focus()
    page.keyboard.press("Enter")
    assert shown(page) == expected(real_facts, "industry")


def test_every_slider_has_a_name_and_everything_is_large_enough(weights: Any, real_facts: Facts) -> None:
    """Names of their own, among the sliders of all indices; 24 pixels high."""
    weights.locator("details").evaluate_all("all => all.forEach((details) => { details.open = true; })")
    sliders = weights.get_by_role("slider")
    children = [len(node.child_weights) for node in real_facts.framework.nodes.values()]
    assert sliders.count() == sum(count for count in children if count > 1)
    names = [sliders.nth(k).evaluate("e => document.getElementById(e.getAttribute('aria-labelledby')).textContent") for k in range(sliders.count())]  # fmt: skip  # noqa: E501
    assert len(set(names)) == len(names)
    boxes = [one.bounding_box() for one in weights.locator(".ri-weighing :is(input, button, summary)").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


@pytest.fixture
def moving(browser: Any, site_url: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion=request.param)
    yield open_page(context.new_page(), site_url)
    context.close()


@pytest.mark.parametrize(("moving", "glides"), [("no-preference", True), ("reduce", False)], indirect=["moving"])
def test_rows_glide_unless_the_reader_prefers_less_motion(moving: Any, glides: bool) -> None:
    """For 200 ms; in either case the table is the new one at once."""
    slide(moving, "firms", 100)
    found = moving.evaluate(
        "document.getAnimations().map((one) => [one.effect.target.tagName, one.effect.getTiming().duration])"
    )
    rows = [duration for tag, duration in found if tag == "TR"]
    assert bool(rows) is glides
    assert set(rows) <= {200}


def test_random_weightings_say_who_keeps_its_tier(weights: Any, site_url: str, offered: Offered) -> None:
    """For every region, the same each time, whatever the sliders say; the page answers meanwhile."""
    press(weights, "try")
    weights.locator(TRIED).wait_for()
    column = f"{PANEL.format('industry')} tbody td:nth-child(5)"
    first = dict(zip([row[1] for row in shown(weights)], weights.locator(column).all_inner_texts(), strict=True))
    assert len(first) == len(offered.regions)
    assert all("第" in text for text in first.values())
    assert first["广东"].split()[0] == "10,000"
    open_page(weights, site_url, "?w=scale:100,software_revenue:0")
    press(weights, "try")
    weights.locator(column).first.wait_for()
    again = dict(zip([row[1] for row in shown(weights)], weights.locator(column).all_inner_texts(), strict=True))
    assert again == first
    press(weights, "reset")
    assert weights.locator(column).count() == 0


def test_data_that_do_not_arrive_leave_the_page_as_it_is(page: Any, site_url: str, real_facts: Facts) -> None:
    """The page says so; no slider that does nothing is seen."""
    page.route("**/normalised.json", lambda route: route.abort())
    page.goto(site_url + "weights/?w=scale:60")
    page.locator("[data-ri-weights] > [role=status]", has_text="没有取到").wait_for()
    assert shown(page) == expected(real_facts, "industry")
    assert not page.locator("input[type=range]").first.is_visible()


def test_nothing_jumps_while_the_page_loads(page: Any, site_url: str) -> None:
    """The controls keep their place before they are there."""
    page.add_init_script(
        "window.shift = 0; const add = (list) => list.getEntries().forEach((one) => { window.shift += one.value; });"
        "new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true })"
    )
    open_page(page, site_url)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") <= 0.02


def serve_second(page: Any, facts: Facts) -> None:
    """Answer every request with the second index's page on weights, as its folder has it, or what the page asks for."""
    assets = ROOT / "docs" / "assets"
    files = {path.name: path.read_text() for path in [assets / "site.css", assets / "site.js", *assets.glob("js/*.js")]}
    text = PageWriter(facts, Undrawn(facts), {}).fill("weights.md", (SECOND / "docs" / "weights.md").read_text())
    files["normalised.json"] = json.dumps(weighting_document(facts))
    files[""] = (
        '<!doctype html><html lang="en"><head><title>Weights</title><link rel="stylesheet" href="/assets/site.css">'
        f'<script src="/assets/site.js" type="module"></script></head><body class="md-typeset">{text}</body></html>'
    )

    def answer(route: Any) -> None:
        name = route.request.url.split("?")[0].rsplit("/", 1)[1]
        kind = {"css": "text/css", "js": "text/javascript", "json": "application/json"}.get(name.rsplit(".")[-1])
        route.fulfill(body=files.get(name, ""), content_type=f"{kind or 'text/html'}; charset=utf-8")

    page.route("**/*", answer)


@pytest.fixture
def second_page(page: Any, second_facts: Facts) -> Any:
    serve_second(page, second_facts)
    return open_page(page, "http://site.test/", "?w=goods:10,shore.waiting_time:90,speed:50")


def test_the_second_index_has_the_page_too(second_page: Any, second_facts: Facts) -> None:
    """Three levels, missing values, another language; an indicator under two indices has a weight in each."""
    chosen = {"harbour": [200 / 3, 50], "traffic": [10, 25], "shore": [75, 90]}
    for index in ("harbour", "shore"):
        assert shown(second_page, index) == expected(second_facts, index, **chosen)
    press(second_page, "try", "harbour")
    second_page.locator(PANEL.format("harbour") + " [role=status]", has_text="10,000 weightings").wait_for()
    assert second_page.evaluate("location.search") == "?w=goods:10,shore.waiting_time:90,speed:50"


def test_an_index_that_weights_cannot_go_through_says_so(page: Any, second_facts: Facts) -> None:
    """One index by Copeland's rule has a sentence and no sliders; its table is there."""
    serve_second(page, compute(second_facts.declared, aggregate=["copeland", "arithmetic"]))
    page.goto("http://site.test/weights/")
    page.wait_for_selector("[data-ri-weights][data-ready]")
    assert page.get_by_text("by another rule than the weighted mean").count() == len(second_facts.framework.indices)
    assert page.get_by_role("slider").count() == page.get_by_role("button").count() == 0
    assert page.locator("tbody tr").count() == 10
