"""The built site behind a web server, and a real browser to look at it with.

Environment: SITE_FOLDER is the built site (`site/` by default), CHROMIUM the browser (`/usr/bin/chromium` by default).
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bench.browsing import open_browser, serve
from tests.site.offered import Offered

ROOT = Path(__file__).parent.parent.parent
BELOW = "/a/sub/path"


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """The built site."""
    folder = Path(os.environ.get("SITE_FOLDER") or ROOT / "site")
    if not (folder / "index.html").is_file():
        pytest.fail(f"no built site in {folder}; run `make site`, or set SITE_FOLDER", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def offered(site_folder: Path) -> Offered:
    """What the site offers for download."""
    return Offered(site_folder)


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """Address of the site: at the root of a host, or below the path of the address that it was built for."""
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', (site_folder / "index.html").read_text())
    with serve(site_folder, urlsplit(canonical[1]).path.rstrip("/") if canonical else "") as url:
        yield url


@pytest.fixture(scope="session")
def site_under_path(site_folder: Path) -> Iterator[str]:
    """Address of the same site below a path of a host."""
    with serve(site_folder, BELOW) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once. Without one the tests are skipped, but in continuous integration they fail."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    if not Path(path).is_file():
        missing = f"no browser at {path}; install chromium, or set CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with open_browser(path) as started:
        yield started


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """What the pages of most tests share, such as files that were loaded before; to begin anew takes a while."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(desk: BrowserContext) -> Iterator[Page]:
    """A fresh page of 1280×800 with nothing stored."""
    page = desk.new_page()
    yield page
    page.evaluate("() => { try { localStorage.clear(); } catch {} }")
    for opened in desk.pages:
        opened.close()
