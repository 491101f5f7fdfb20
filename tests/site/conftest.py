"""The built site behind a web server, and a real browser to look at it with.

Environment: SITE_FOLDER is the built site (`site/` by default), CHROMIUM the browser (`/usr/bin/chromium` by default).
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
BELOW = "/a/sub/path"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, as a project page of a code host is, without a word."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, below: str = "", **named: object) -> None:
        self.below = below
        super().__init__(*arguments, **named)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; addresses outside of the path have none."""
        if not path.startswith(self.below + "/"):
            return str(Path(self.directory) / "no-such-file")
        return super().translate_path(path.removeprefix(self.below))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serve(folder: Path, below: str = "") -> Iterator[str]:
    """The address of a folder, served on a free port from a thread."""
    handler = partial(Handler, directory=str(folder), below=below)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{below}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """The built site."""
    folder = Path(os.environ.get("SITE_FOLDER") or ROOT / "site")
    if not (folder / "index.html").is_file():
        pytest.fail(f"no built site in {folder}; run `make site`, or set SITE_FOLDER", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """Address of the site, at the root of a host."""
    with serve(site_folder) as url:
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
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page of 1280×800 with nothing stored."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
