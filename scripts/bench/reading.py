"""The part of `make bench` about reading: how long a touched chart, a moved slider and a typed word take in a browser.

The built site is served as its host would, and a browser keeps what it has loaded, as a reader's does.
"""

import re
from collections import defaultdict
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from rich.console import Console
from rich.table import Table

from bench.browsing import ROOT, browser_path, open_browser, serve
from bench.budget import all_pages, verdict

QUERIES = ROOT / "tests" / "site" / "search_queries.yml"
CHART_MILLISECONDS, SLIDER_MILLISECONDS, SEARCH_MILLISECONDS = 250, 16, 100
CHARTS, MOVES, SEARCHES = 20, 200, 20
BUNDLE = "assets/js/vega.js"
VIEW: ViewportSize = {"width": 1280, "height": 800}

_FIGURE = re.compile(r'<figure class="ri-figure" id="chart-([^"]+)"')
# From the touch itself to the frame that shows the live chart; a message is only taken after painting.
_WATCH_CHART = """
(selector) => {
  const figure = document.querySelector(selector);
  let start;
  const begin = ({ timeStamp }) => { start ??= timeStamp; };
  for (const kind of ["pointerover", "touchstart"]) addEventListener(kind, begin, { capture: true });
  const observer = new MutationObserver(() => {
    if (!figure.querySelector(".ri-chart--live")) return;
    observer.disconnect();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { window.measured = performance.now() - start; };
    requestAnimationFrame(() => painted.port2.postMessage(null));
  });
  observer.observe(figure, { childList: true, subtree: true });
}"""
_LOADED_AGAIN = """
(name) => performance.getEntriesByType("resource").some((entry) => entry.name.endsWith(name) && entry.transferSize > 0)
"""
# The slider is moved as a hand moves it: an event for each step. Reading a height makes the browser lay out the table.
_MOVE_SLIDER = """
async (moves) => {
  const slider = document.querySelector(".ri-weighing--live input[type=range]");
  const table = slider.closest(".ri-weighing").querySelector("table");
  const times = [];
  for (let move = 0; move < moves; move += 1) {
    slider.value = String((move * 37) % 101);
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    table.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}"""
# From the event by which a word comes into the empty box to the frame that shows a result.
_WATCH_RESULTS = """
() => {
  const shown = () => document.querySelector(".md-search-result__item")?.checkVisibility();
  let start;
  delete window.measured;
  addEventListener("input", ({ timeStamp }) => { start = timeStamp; }, { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (start === undefined || !shown()) return;
    observer.disconnect();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { window.measured = performance.now() - start; };
    requestAnimationFrame(() => painted.port2.postMessage(null));
  });
  observer.observe(document.querySelector("[data-md-component=search-result]"), { childList: true, subtree: true });
}"""
_MEASURED = "() => window.measured !== undefined"


class Chart(NamedTuple):
    """A chart that a page shows: the address of the page, and the id of the chart."""

    page: str
    name: str

    @property
    def kind(self) -> str:
        """Kind of the chart, as its id says: see docs/guide."""
        return "indicator" if self.name.startswith("indicator-") else self.name.rpartition("-")[2]


def report_reading(console: Console, site: Path) -> list[str]:
    """Print what was measured on a built site, and return what took too long."""
    chromium = browser_path()
    if not chromium:
        return ["no browser to measure reading with: install chromium, or name one in CHROMIUM"]
    charts = choose_charts(site)
    with open_browser(chromium) as browser, serve(site) as url:
        woken = time_charts(browser, url, charts)
        moved = time_slider(browser, url, _page_with(site, "data-ri-weights"))
        found = time_search(browser, url, choose_queries())
    kinds = len({chart.kind for chart in charts})
    rows = [
        (f"chart, from the touch to its first frame; {kinds} kinds, script cached", woken, CHART_MILLISECONDS),
        ("slider, scores and ranks computed, table written and laid out", moved, SLIDER_MILLISECONDS),
        ("search, from the key to the first results", found, SEARCH_MILLISECONDS),
    ]
    table = Table("what a reader waits for", "times", "median, ms", "longest", "at most", "", title="Reading")
    failures = []
    for what, times, most in rows:
        middle = median(times)
        shown = f"{middle:.1f}", f"{max(times):.1f}", str(most)
        table.add_row(what, str(len(times)), *shown, verdict(middle <= most))
        failures += [f"{what}: {middle:.1f} ms, more than {most}"] if middle > most else []
    console.print(table)
    return failures


def choose_charts(site: Path) -> list[Chart]:
    """Charts of all kinds: the first of every kind, then the second, and so on."""
    kinds = defaultdict[str, list[Chart]](list)
    for page in all_pages(site):
        for name in _FIGURE.findall((site / page / "index.html").read_text(encoding="utf-8")):
            kinds[Chart(page, name).kind].append(Chart(page, name))
    in_turn = chain.from_iterable(zip_longest(*kinds.values()))
    return [chart for chart in in_turn if chart][:CHARTS]


def choose_queries() -> list[str]:
    """Queries that the tests of the search know an answer to, from all parts of their list."""
    parts = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    queries = [case["query"] for cases in parts.values() for case in cases]
    return queries[:: len(queries) // SEARCHES][:SEARCHES]


def time_charts(browser: Browser, url: str, charts: list[Chart]) -> list[float]:
    """Milliseconds from a touch to the first frame, each on a page loaded afresh; the first one loads the script.

    Raises:
        RuntimeError: The script was not cached.
    """
    context = browser.new_context(viewport=VIEW, has_touch=True)
    _wake(context, url, charts[0])
    times = [_wake(context, url, chart, cached=True) for chart in charts]
    context.close()
    return times


def _wake(context: BrowserContext, url: str, chart: Chart, *, cached: bool = False) -> float:
    page = context.new_page()
    page.goto(url + chart.page)
    figure = page.locator(f"#chart-{chart.name}")
    figure.locator(".ri-chart-open").wait_for()
    page.evaluate(_WATCH_CHART, f"#chart-{chart.name}")
    figure.locator(".ri-picture:visible").tap()
    milliseconds = _measured(page)
    if cached and page.evaluate(_LOADED_AGAIN, BUNDLE):
        raise RuntimeError(f"{BUNDLE} was loaded again, so what was measured is not a cached script")
    page.close()
    return milliseconds


def time_slider(browser: Browser, url: str, address: str) -> list[float]:
    """Milliseconds of each move of the first slider of the page on weights."""
    page = browser.new_page(viewport=VIEW)
    page.goto(url + address)
    page.locator(".ri-weighing--live input[type=range]").first.wait_for()
    times = page.evaluate(_MOVE_SLIDER, MOVES)
    page.close()
    return times


def time_search(browser: Browser, url: str, queries: list[str]) -> list[float]:
    """Milliseconds from a word to the first results, once the first word has loaded what is searched."""
    page = browser.new_page(viewport=VIEW)
    page.goto(url)
    page.locator("[data-md-component=search-query]").click()
    times = [_search(page, query) for query in [queries[0], *queries]]
    page.close()
    return times[1:]


def _search(page: Page, query: str) -> float:
    page.locator("[data-md-component=search-query]").fill("")
    page.locator(".md-search-result__item").first.wait_for(state="detached")
    page.evaluate(_WATCH_RESULTS)
    page.keyboard.insert_text(query)
    return _measured(page)


def _measured(page: Page) -> float:
    page.wait_for_function(_MEASURED)
    return page.evaluate("measured")


def _page_with(site: Path, attribute: str) -> str:
    """The first page on which something has this attribute."""
    pages = all_pages(site)
    return next(page for page in pages if attribute in (site / page / "index.html").read_text(encoding="utf-8"))
