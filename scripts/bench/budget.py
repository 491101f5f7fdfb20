"""Budget of a page's cost to its reader, measured in a browser on the built site: above it, `make budget` fails.

Everything here but Lighthouse comes out the same on any machine; tests/site/test_budget.py asks for it as well.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from bench.browsing import browser_path, open_browser, sent_bytes, serve
from bench.lighthouse import report_lighthouse

FIRST_VIEW, SCRIPTS, SEARCH, CHARTS = 165_000, 60_000, 85_000, 200_000  # bytes as they are sent
SHIFT = 0.02
WIDTHS = (360, 1280)
SEARCH_FILES = ("assets/search-worker.js", "search/documents.json")
CHART_BUNDLE = "assets/js/vega.js"
# Lighthouse calls a page of 360 × 800 a phone; what is taller than the screen cannot be seen to move.
HEIGHT = 800

_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value; })
  .observe({ type: "layout-shift", buffered: true });
"""
# Tools that only work with scripts, and what they make of numbers that are elsewhere, are not asked for.
_VISIBLE = """
() => {
  const texts = [], parts = "p, li, dt, dd, th, td, caption, figcaption, summary, h1, h2, h3, h4, svg text";
  for (const part of document.querySelectorAll("article :is(" + parts + ")")) {
    const tool = part.closest(".ri-tools, .ri-count, [data-compare-part], .ri-weighing tr > :last-child");
    if (tool || !part.checkVisibility({ visibilityProperty: true })) continue;
    texts.push(part.textContent.replace(/\\s+/g, " ").trim());
  }
  return texts;
}
"""


@dataclass(frozen=True)
class Cost:
    """Cost of one page before it is touched.

    Attributes:
        total: Bytes of all that is loaded, as they are sent.
        scripts: Those of scripts among them.
        elsewhere: What is loaded from another host.
        early: What belongs to the search and should wait for the first focus of its box.
        shift: How far what is on the screen moves, the most of all widths; a sum of layout shifts.
        missing: Text that is only there with scripts.
    """

    total: int
    scripts: int
    elsewhere: tuple[str, ...]
    early: tuple[str, ...]
    shift: float
    missing: tuple[str, ...]


def all_pages(site: Path) -> list[str]:
    """The addresses of all pages, below that of the site; each with the slash without which it is asked for twice."""
    found = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted("" if address == "." else f"{address}/" for address in found)


def measure_page(browser: Browser, url: str, site: Path, address: str) -> Cost:
    """Load a page on a phone and on a desk, and without scripts.

    Args:
        browser: The browser.
        url: Where the site is served.
        site: The folder that is served there.
        address: The page, below `url`.
    """
    views = [_view(browser, url, address, width) for width in WIDTHS]
    requests = {request for asked, _, _ in views for request in asked}
    ours = {unquote(urlsplit(request).path).lstrip("/") for request in requests if request.startswith(url)}
    sizes = {name: _size(site, name) for name in ours}
    return Cost(
        total=sum(sizes.values()),
        scripts=sum(size for name, size in sizes.items() if name.endswith(".js")),
        elsewhere=tuple(sorted(request for request in requests if not request.startswith((url, "data:", "blob:")))),
        early=tuple(sorted(name for name in ours if name in SEARCH_FILES or name.startswith("search/"))),
        shift=max(shift for _, shift, _ in views),
        missing=_missing_without_scripts(browser, url, site, address, views[-1][2]),
    )


def problems_of(address: str, cost: Cost) -> list[str]:
    """Costs above the budget, as sentences."""
    found = [
        *over(f"/{address}: the first view", cost.total, FIRST_VIEW),
        *over(f"/{address}: scripts of the first view", cost.scripts, SCRIPTS),
        *(f"/{address}: loads {request} from elsewhere" for request in cost.elsewhere),
        *(f"/{address}: loads {name} before anybody searches" for name in cost.early),
        *(f"/{address}: only with scripts: {text}" for text in cost.missing),
    ]
    return [*found, *([f"/{address}: layout shift {cost.shift:.3f} of {SHIFT}"] if cost.shift > SHIFT else [])]


def measure_bundles(site: Path) -> dict[str, tuple[int, int]]:
    """Bytes of what is loaded on demand, and how many it may have."""
    found = {"search, with its index": (sum(_size(site, name) for name in SEARCH_FILES), SEARCH)}
    if (site / CHART_BUNDLE).is_file():
        found["interactive charts"] = (_size(site, CHART_BUNDLE), CHARTS)
    return found


def over(what: str, size: int, most: int) -> list[str]:
    """A sentence when something is too large."""
    return [f"{what}: {size / 1000:.1f} kB of {most / 1000:.0f}"] if size > most else []


def _view(browser: Browser, url: str, address: str, width: int) -> tuple[list[str], float, list[str]]:
    """Requests, layout shift and visible texts of a page that is not touched."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(_SHIFTS)
    page.goto(url + address, wait_until="networkidle")
    found = asked, float(page.evaluate("shifts")), page.evaluate(_VISIBLE)
    context.close()
    return found


def _missing_without_scripts(
    browser: Browser, url: str, site: Path, address: str, with_scripts: Iterable[str]
) -> tuple[str, ...]:
    """Visible texts that are in the page as it is sent, but are not to be seen unless scripts run.

    What a script makes, such as the words on a button that only works with it, is not asked for.
    """
    context = browser.new_context(viewport={"width": WIDTHS[-1], "height": HEIGHT}, java_script_enabled=False)
    page = context.new_page()
    page.goto(url + address)
    missing = Counter(with_scripts) - Counter(page.evaluate(_VISIBLE))
    context.close()
    source = _plain((site / urlsplit(address).path / "index.html").read_text(encoding="utf-8"))
    return tuple(text for text in missing if text and text in source)


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _size(site: Path, name: str) -> int:
    path = site / name
    return len(sent_bytes(path / "index.html" if path.is_dir() else path))


def report_budget(console: Console, site: Path, *, lighthouse: bool) -> list[str]:
    """Measure every page, what is loaded on demand, and what Lighthouse says; return what costs too much."""
    chromium = browser_path()
    if not chromium:
        return ["no browser: install chromium, or name one in the environment variable CHROMIUM"]
    with open_browser(chromium) as browser, serve(site) as url:
        costs = {page: measure_page(browser, url, site, page) for page in all_pages(site)}
    failures = [problem for page, cost in costs.items() for problem in problems_of(page, cost)]
    _report_pages(console, costs)
    table = Table("loaded on demand", "kB gzip", "of at most", "", title="Bundles")
    for name, (size, most) in measure_bundles(site).items():
        table.add_row(name, f"{size / 1000:.1f}", f"{most / 1000:.0f}", verdict(size <= most))
        failures += over(name, size, most)
    console.print(table)
    return [*failures, *(report_lighthouse(console, site, chromium) if lighthouse else [])]


def verdict(holds: bool) -> str:
    """Last cell of a row: whether it is within the budget."""
    return "ok" if holds else "EXCEEDED"


def _report_pages(console: Console, costs: dict[str, Cost]) -> None:
    """The ten dearest pages and the home page; all of them have been measured."""
    dearest = sorted(costs, key=lambda page: costs[page].total, reverse=True)[:10]
    table = Table("page", "kB gzip", "scripts", "layout shift", "only with scripts", "", title=f"{len(costs)} pages")
    for page in dict.fromkeys(["", *dearest]):
        cost = costs[page]
        sizes = f"{cost.total / 1000:.1f}", f"{cost.scripts / 1000:.1f}"
        holds = verdict(not problems_of(page, cost))
        table.add_row(f"/{page}", *sizes, f"{cost.shift:.3f}", str(len(cost.missing)), holds)
    console.print(table)
    console.print(f"at most: {FIRST_VIEW / 1000:.0f} kB, {SCRIPTS / 1000:.0f} kB of scripts, layout shift {SHIFT}")
