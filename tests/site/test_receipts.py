"""From every open score one click to its receipt, which shows the same score; its code runs as printed."""

import csv
import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.receipts import run_code
from tests.site.offered import Offered

MOST_BYTES = 60_000
PAGE = "regions/guangdong/receipt/"
LINK = re.compile(
    r'<a class="ri-receipt" href="([^"]+)"[^>]*>(.*?)</a>|<a href="([^"]+)" class="ri-receipt"[^>]*>(.*?)</a>'
)
CODE = re.compile(r'<pre class="ri-code".*?<code>(.*?)</code>', re.DOTALL)


def links(html: str) -> Iterator[tuple[str, str]]:
    """Address and text of every link to a receipt."""
    for match in LINK.finditer(html):
        address, text = (match[1], match[2]) if match[1] else (match[3], match[4])
        yield unescape(address), unescape(re.sub(r"<[^>]+>", "", text))


def receipt_at(site: Path, page: Path, address: str) -> str:
    """What follows the anchor of a link up to the next receipt."""
    path, _, anchor = address.partition("#")
    target = (page.parent / path / "index.html").resolve() if path else page
    assert target.is_relative_to(site.resolve())
    html = target.read_text(encoding="utf-8")
    start = html.index(f'id="{anchor}"')
    return html[start : html.index('class="ri-formula"', start) + 4000]


def shown_score(receipt: str) -> str:
    """The score in the line in which the parts make it."""
    line = re.sub(r"<[^>]+>", "", receipt[receipt.index('class="ri-formula"') :].split("</p>")[0])
    return unescape(line).rsplit("=", 1)[1].split("，")[0].strip()


@pytest.mark.parametrize(
    "kind",
    ["", "industry/", "industry/scale/", "application/key/", "regions/guangdong/", "regions/xizang/", "compare/"],
)
def test_scores_lead_to_a_receipt_that_shows_the_same(site_folder: Path, kind: str) -> None:
    """Whatever the table, list or sentence."""
    page = site_folder / kind / "index.html"
    found = list(links(page.read_text(encoding="utf-8")))
    assert len(found) >= 10
    wrong = [(at, text) for at, text in found if shown_score(receipt_at(site_folder, page, at)) != text]
    assert wrong == []


@pytest.mark.parametrize("kind", ["industry/", "industry/scale/", "application/key/"])
def test_every_score_of_the_table_of_an_index_has_one(site_folder: Path, kind: str) -> None:
    """All regions, all years; dashes have none."""
    html = (site_folder / kind / "index.html").read_text(encoding="utf-8")
    table = html[html.index('id="open"') :]
    index = kind.strip("/").split("/")[-1]
    with (site_folder / "api" / "v1" / "scores.csv").open(encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file) if (row["series"], row["index"]) == ("open", index) and row["score"]
        ]
    addresses = {address for address, _ in links(table) if re.search(rf"#{index}(-\d+)?$", address)}
    assert len(addresses) == len(rows)


def test_every_receipt_page_is_small(site_folder: Path, offered: Offered) -> None:
    """All years stand in the page, so it works without scripts; it is light all the same."""
    pages = sorted(site_folder.glob("regions/*/receipt/index.html"))
    assert len(pages) == len(offered.regions)
    assert max(len(gzip.compress(page.read_bytes())) for page in pages) < MOST_BYTES


def test_the_code_on_the_page_prints_the_score(site_folder: Path) -> None:
    """Taken from the built page, with nothing changed but the address of the site."""
    with (site_folder / "api" / "v1" / "scores.csv").open(encoding="utf-8") as file:
        scores = {
            (row["index"], row["region"], row["year"]): row["score"]
            for row in csv.DictReader(file)
            if row["series"] == "open"
        }
    checked = 0
    for slug, region in (("guangdong", "440000"), ("xizang", "540000")):
        html = (site_folder / "regions" / slug / "receipt" / "index.html").read_text(encoding="utf-8")
        for match in CODE.finditer(html):
            code = re.sub(
                r'^BASE = ".*"( +#.*)?$', f'BASE = "{site_folder.as_posix()}/"', unescape(match[1]), flags=re.MULTILINE
            )
            assert f'REGION, YEAR = "{region}", ' in code
            year = re.search(r'REGION, YEAR = "\d+", (\d+)', code)
            index = re.search(r'(?:print\(score\(|steps\["index"\] == )"(\w+)"', code)
            assert year
            assert index
            assert run_code(code) == pytest.approx(float(scores[index[1], region, year[1]]), abs=1e-6)
            checked += 1
    assert checked >= 15


@pytest.mark.browser
def test_one_click_on_an_earlier_score_unfolds_its_receipt(page: Any, site_url: str, offered: Offered) -> None:
    """As a reader does it, by pointer and by keyboard."""
    anchor = f"scale-{offered.years[1]}"
    page.goto(site_url + "industry/scale/")
    link = page.locator(f"a.ri-receipt[href$='guangdong/receipt/#{anchor}']").first
    text = link.text_content()
    assert link.get_attribute("title")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/regions/guangdong/receipt/#{anchor}")
    receipt = page.locator(f"[id='{anchor}']")
    receipt.wait_for(state="visible")
    assert f"= {text}，" in receipt.inner_text()


@pytest.mark.browser
def test_a_receipt_is_whole_without_scripts(browser: Any, site_url: str, offered: Offered) -> None:
    """The browser itself unfolds what a link leads to."""
    anchor = f"industry-{offered.years[1]}"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + f"{PAGE}#{anchor}")
    assert page.locator(f"[id='{anchor}'] table").is_visible()
    assert page.locator(f"[id='{anchor}'] tfoot").is_visible()
    context.close()


@pytest.mark.browser
def test_receipts_are_not_found_by_the_search(site_folder: Path) -> None:
    """They say again what other pages say; the index has no room for them."""
    assert "/receipt/" not in (site_folder / "search" / "documents.json").read_text(encoding="utf-8")
