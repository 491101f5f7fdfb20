"""Setting for measuring in a browser: the built site behind a server that compresses, and Chromium."""

import gzip
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
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
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".csv", ".xml", ".txt"}


def sent_bytes(path: Path) -> bytes:
    """A file as a web server sends it: text compressed, pictures and archives as they are."""
    return _compressed(path, path.stat().st_mtime_ns) if path.suffix in TEXTS else path.read_bytes()


@cache
def _compressed(path: Path, _changed: int) -> bytes:
    """The compressed content, cached, so that what is timed does not wait for it."""
    return gzip.compress(path.read_bytes(), mtime=0)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, compressed to clients that accept it, as hosts of such sites do; logs nothing."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, below: str = "", **named: object) -> None:
        self.below = below
        super().__init__(*arguments, **named)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; addresses outside of the path have none."""
        if not path.startswith(self.below + "/"):
            return str(Path(self.directory) / "no-such-file")
        return super().translate_path(path.removeprefix(self.below))

    def handle(self) -> None:
        """Answer until the browser leaves, even in the middle of an answer: it may close a page at any time."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Send a text compressed, anything else as the base class does."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if not path.is_file() or path.suffix not in TEXTS or "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        body = sent_bytes(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """A browser may cache what it is sent for some minutes, as hosts of such sites say."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serve(folder: Path, below: str = "") -> Iterator[str]:
    """The address of a folder, served on a free port from threads."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), below=below))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{below}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def browser_path() -> str:
    """Path of the browser, or nothing: the one in CHROMIUM, or what `ensure_system.sh` finds."""
    command = [str(ROOT / "scripts" / "ensure_system.sh"), "browser-path"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return found or os.environ.get("CHROMIUM", "")


@contextmanager
def open_browser(path: str) -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
