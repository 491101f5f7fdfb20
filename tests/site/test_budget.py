"""What a page costs its reader, by the measures of `make budget`."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.browsing import serve
from bench.budget import FIRST_VIEW, SEARCH_FILES, measure_bundles, measure_page, over, problems_of

pytestmark = pytest.mark.browser

# Those with the most on them; `make budget` measures all pages. Live charts, as a choice in the address asks for them,
# have a budget of their own.
DEAREST = ["", "regions/", "regions/guangdong/", "compare/"]


@pytest.mark.parametrize("address", DEAREST)
def test_a_page_keeps_to_its_budget(browser: Any, site_url: str, site_folder: Path, address: str) -> None:
    """Little is loaded, from here alone; nothing jumps; everything is there without scripts."""
    assert problems_of(address, measure_page(browser, site_url, site_folder, address)) == []


def test_what_is_loaded_on_demand_keeps_to_its_budget(site_folder: Path) -> None:
    """The search with its index, and the bundle of the charts."""
    bundles = measure_bundles(site_folder)
    assert len(bundles) == 2
    assert [problem for name, sizes in bundles.items() for problem in over(name, *sizes)] == []


def test_planted_faults_are_noticed(browser: Any, site_url: str, site_folder: Path, tmp_path: Path) -> None:
    """The guard itself, seen to fail: by size, scripts, another host, a jump, an early index, text behind a script."""
    faults = """<article><p id="moved">Moved down.</p><p class="late">Only with scripts.</p></article>
    <style>.late { visibility: hidden } .js .late { visibility: visible }</style>
    <script src="large.js"></script><script>
      document.documentElement.className = "js";
      fetch("search/documents.json"); fetch("http://elsewhere.invalid/").catch(() => {});
      const pushing = Object.assign(document.createElement("div"), { style: "height: 300px" });
      setTimeout(() => document.body.prepend(pushing), 300);
    </script>"""
    (tmp_path / "index.html").write_text(f"<!doctype html><body>{faults}")
    (tmp_path / "large.js").write_text(f'"{json.dumps([n * n * 7919 % 100003 for n in range(60_000)])}"')
    for name in SEARCH_FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    with serve(tmp_path) as url:
        cost = measure_page(browser, url, tmp_path, "")
    assert cost.total > FIRST_VIEW
    assert cost.elsewhere == ("http://elsewhere.invalid/",)
    assert cost.early == ("search/documents.json",)
    assert cost.missing == ("Only with scripts.",)
    assert len(problems_of("", cost)) == 6
