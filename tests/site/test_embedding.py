"""Charts on other sites, and text to be copied, as readers use them."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bench.browsing import serve
from tests.conftest import build
from tests.site.axe import violations

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
ADDRESS = "https://harbour.islands/index/"
CHART = "goods-ranking"
PAGE = "harbour/traffic/goods/"


@contextmanager
def elsewhere(folder: Path, *frames: str) -> Iterator[str]:
    """Address of a page of another site that shows these frames."""
    folder.mkdir(exist_ok=True)
    html = f"<!doctype html><link rel=icon href=data:,><title>Elsewhere</title><body>{''.join(frames)}"
    (folder / "index.html").write_text(html, encoding="utf-8")
    with serve(folder) as url:
        yield url


@pytest.fixture(scope="module")
def addressed(second_built: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the second index, built for an address, as only such a site offers code to embed its charts."""
    root, said = second_built
    assert said.endswith("exit 0"), said
    folder = tmp_path_factory.mktemp("addressed")
    shutil.copytree(root.parent.parent, folder, symlinks=True, dirs_exist_ok=True)
    assert build(folder / "tests" / root.name, ADDRESS).endswith("exit 0")
    return folder / "tests" / root.name / "site"


@pytest.fixture(scope="module")
def addressed_url(addressed: Path) -> Iterator[str]:
    """Where it is served."""
    with serve(addressed) as url:
        yield url


def offered(site_folder: Path, chart: str) -> str:
    """The code that the page offers for a chart."""
    html = (site_folder / PAGE / "index.html").read_text(encoding="utf-8")
    found = re.search(rf'<input readonly value="([^"]*embed/{chart}\.html[^"]*)"', html)
    assert found
    return unescape(found[1])


def test_the_offered_code_shows_a_chart_that_answers_on_another_origin(
    page: Any, addressed_url: str, addressed: Path, tmp_path: Path
) -> None:
    """Drawing, source, the way back; pointed at, it tells its numbers; nothing is refused and nothing comes from us."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    code = re.sub(r'src="[^"]*/embed/', f'src="{addressed_url}embed/', offered(addressed, CHART))
    with elsewhere(tmp_path / "other", code) as other:
        assert other.split("/")[2] != addressed_url.split("/")[2]
        page.goto(other)
        frame = page.frame_locator("iframe")
        assert "Island Bureau" in frame.locator(".ri-sources").inner_text()
        back = frame.locator("footer a")
        assert back.get_attribute("href").endswith(f"/{PAGE}#chart-{CHART}")
        assert back.get_attribute("target") == "_blank"
        frame.locator(".ri-picture svg:visible").hover()
        frame.locator(".ri-chart--live").wait_for()
        frame.locator(".ri-chart--live g.mark-rect.role-mark > path").first.hover()
        assert "Island Bureau" in frame.locator(".ri-tip").inner_text()
        assert page.frames[1].evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    assert said == []


def test_a_frame_tells_its_height_to_the_page_around_it(page: Any, addressed_url: str, tmp_path: Path) -> None:
    """Which gives it that height with the lines that the site shows; again when its width changes."""
    lines = re.search(r"```html\n(.*?)```", (ROOT / "docs/about.md").read_text(encoding="utf-8"), re.DOTALL)
    assert lines
    log = "<script>addEventListener('message', ({data}) => { (window.told ??= []).push(data); });</script>"
    frame = f'<iframe src="{addressed_url}embed/{CHART}.html" width="100%" height="1200"></iframe>'
    with elsewhere(tmp_path / "tall", log, lines[1], frame) as other:
        page.goto(other)
        heights = []
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 700})
            page.wait_for_function("count => window.told?.length > count", arg=len(heights))
            page.wait_for_timeout(200)
            told = page.evaluate("told.at(-1)")
            assert (told["type"], told["id"]) == ("regional-index:height", CHART)
            assert page.evaluate("Number(document.querySelector('iframe').height)") == told["height"]
            scroll, inner = page.frames[1].evaluate("[document.scrollingElement.scrollHeight, innerHeight]")
            assert scroll == inner == told["height"]
            heights.append(told["height"])
    assert len(set(heights)) == 2


def test_an_embedded_chart_fits_any_width(page: Any, site_url: str, site_folder: Path) -> None:
    """One of every kind: no sideways scroll, also when its frame becomes narrower."""
    wide = []
    for path in one_of_each_kind(site_folder / "embed"):
        page.set_viewport_size({"width": 1280, "height": 700})
        page.goto(f"{site_url}embed/{path.name}")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 700})
            if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
                wide.append((path.name, width))
    assert wide == []


def one_of_each_kind(folder: Path) -> Iterable[Path]:
    """Charts of one kind end alike, such as `-ranking`."""
    return {path.stem.rpartition("-")[2]: path for path in sorted(folder.glob("*.html"))}.values()


@pytest.mark.parametrize(
    ("asked", "system", "dark"),
    [
        ("", "dark", False),
        ("?scheme=dark", "light", True),
        ("?scheme=auto", "dark", True),
        ("?scheme=%3Cscript%3E", "dark", False),
    ],
)
def test_its_colours_are_light_unless_the_address_asks(
    browser: Any, addressed_url: str, asked: str, system: str, dark: bool
) -> None:
    """The page around it is not ours and mostly light."""
    page = browser.new_page(color_scheme=system)
    page.goto(f"{addressed_url}embed/{CHART}.html{asked}")
    page.wait_for_selector("body[data-md-color-scheme]")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground != "rgb(255, 255, 255)") is dark
    assert violations(page) == []
    page.close()


def test_every_chart_that_a_page_shows_can_be_embedded(site_folder: Path) -> None:
    """Its page leads to the one for frames."""
    offers = set()
    for path in site_folder.rglob("index.html"):
        offers |= set(re.findall(r'href="[^"]*\bembed/([\w-]+\.html)"', path.read_text(encoding="utf-8")))
    assert offers == {path.name for path in (site_folder / "embed").iterdir()}
    assert len(offers) > 50


def test_the_code_is_copied(browser: Any, addressed_url: str, addressed: Path) -> None:
    """With one press, and the page says so."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(addressed_url + PAGE)
    holder = open_details(page)
    holder.locator("button").click()
    assert holder.locator("[role=status]").inner_text().strip() == "Copied"
    assert page.evaluate("navigator.clipboard.readText()") == offered(addressed, CHART)
    context.close()


def test_a_refused_clipboard_leaves_the_code_selected(page: Any, addressed_url: str, addressed: Path) -> None:
    """And the page says which key copies it."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(addressed_url + PAGE)
    holder = open_details(page)
    holder.locator("button").click()
    assert "Ctrl+C" in holder.locator("[role=status]").inner_text()
    assert page.evaluate("getSelection().toString()") == offered(addressed, CHART)


def open_details(page: Any) -> Any:
    """The row with the code of the chart, its folded part opened."""
    figure = page.locator(f"#chart-{CHART}")
    figure.locator("summary").first.click()
    return figure.locator(".ri-copy")


def test_a_citation_has_the_day_of_reading(browser: Any, addressed_url: str) -> None:
    """Filled in where the reader is, and copied with it; the address is the edition's own."""
    page = browser.new_page()
    page.clock.set_fixed_time("2031-05-06T12:00:00")
    page.add_init_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.goto(addressed_url + "editions/third/")
    page.wait_for_function("() => !document.querySelector('[data-ri-today]')")
    citations: list[str] = []
    for citation in page.locator(".ri-citation").all():
        citation.locator("button").click()
        citation.locator("[role=status]").wait_for()
        copied = page.evaluate("window.copied")
        assert copied == citation.locator("[data-ri-text]").inner_text()
        citations.append(copied)
        assert "date of access" not in copied
    *own, original = citations  # the last is of the publication itself, which has no address here
    assert all(ADDRESS + "editions/third/" in citation for citation in own)
    assert ADDRESS not in original
    assert "  urldate = {2031-05-06},\n}" in own[-1]
    page.close()
