"""Charts while somebody is editing: each is drawn when a page that shows it, or a file of it, is asked for."""

import re
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from regional_index.charts import draw_interactive, vega_bundle
from regional_index.downloads import chart_files, interactive_files
from regional_index.downloads.charts import BUNDLE, CHART_FOLDER
from regional_index.files import read_bytes, write_if_changed
from regional_index.site.current import CURRENT
from regional_index.site.late import write_late_files
from regional_index.topics.all import variants
from regional_index.topics.charts import put_in_drawings

_BODY = re.compile(rb"<body[^>]*>")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def draw_on_demand(application: Application, folder: Path, below: str) -> Application:
    """A web application that completes the files of a served site before it answers.

    Args:
        application: Answers from the files.
        folder: Where these are.
        below: Path of the address that the site is served at, such as `/`.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode()
        if path.startswith(below):
            _complete(folder, unquote(path.removeprefix(below)).strip("/"))
        return application(environ, start_response)

    return answer


def show_messages(application: Application) -> Application:
    """A web application that puts what is wrong at the moment at the top of every page."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started: list[Any] = []
        body = b"".join(application(environ, lambda *given: started.extend(given)))
        status, headers, *rest = started
        if CURRENT.messages and ("Content-Type", "text/html") in [(name, kind.split(";")[0]) for name, kind in headers]:
            said = escape("\n".join(CURRENT.messages))
            bar = f'<div class="ri-problems" role="alert">{said}</div>'.encode()
            body = _BODY.sub(lambda found: found[0] + bar, body, count=1)
            headers = [(name, str(len(body)) if name == "Content-Length" else value) for name, value in headers]
        start_response(status, headers, *rest)
        return [body]

    return answer


def _complete(folder: Path, path: str) -> None:
    """Draw what a page or a file of a chart lacks."""
    site = CURRENT.rendered.of(path)
    below = path.removeprefix(site.writer.home.folder)
    name = path.rpartition("/")[2].partition(".")[0]
    if below.startswith(f"{CHART_FOLDER}/") and name in site.drawings:
        write_late_files(folder / site.writer.home.folder, chart_files({name: site.drawings[name]}))
    elif below.startswith(f"{CHART_FOLDER}/") and name in (others := variants(site.facts)):
        specification = draw_interactive(others[name](), site.cache).encode()
        write_late_files(folder / site.writer.home.folder, {f"{CHART_FOLDER}/{name}.vg.json": specification})
    elif path == BUNDLE:
        write_late_files(folder, interactive_files({}, vega_bundle(site.cache)))
    page = folder / path / "index.html"
    if page.is_file():
        html = read_bytes(page).decode()
        write_if_changed(page, put_in_drawings(html, site.inline_svg).encode())
