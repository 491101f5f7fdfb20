"""Content Security Policy of a page, in the page itself, for the host of a static site sets no headers.

Scripts come from the site's own files; the theme's few inline ones are known by their hashes. An inline script that
no template of the theme holds stops the build, for it may have come in with a name or a note. Text is never evaluated
as code. Styles may be in attributes, for charts and bars in cells set sizes there.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from regional_index.files import list_files, read_bytes, write_if_changed

_HEAD = re.compile(r"<head[^>]*>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_TEMPLATES = ("*.html", "partials/**/*.html")
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_DATA_ONLY = re.compile(r"type=[\"']?application/(?:ld\+)?json", re.IGNORECASE)


def write_policies(folder: Path, themes: Iterable[Path]) -> list[str]:
    """Put the same policy into every page of a built site; the same, because instant navigation mixes their heads.

    Args:
        folder: The built site.
        themes: Folders with the templates that its pages are made from.

    Returns:
        Pages with an inline script that no template holds, as sentences; if there are any, nothing is written.
    """
    known = template_scripts(themes)
    pages = {path: read_bytes(path).decode() for path in list_files(folder, "**/*.html")}
    scripts = {path: inline_scripts(text) for path, text in pages.items()}
    problems = [
        f"{path.relative_to(folder).as_posix()}: an inline script: {script[:60]}; move it to a file below docs/assets"
        for path, found in scripts.items()
        for script in found
        if not any(pattern.fullmatch(script) for pattern in known)
    ]
    if not problems:
        policy = make_policy(script for found in scripts.values() for script in found)
        for path, text in pages.items():
            write_if_changed(path, insert_policy(text, policy).encode())
    return problems


def template_scripts(themes: Iterable[Path]) -> list[re.Pattern[str]]:
    """The inline scripts of all templates; where one fills something in, it can be no more than an address."""
    files = [path for theme in themes for pattern in _TEMPLATES for path in list_files(theme, pattern)]
    scripts = {script for path in files for script in inline_scripts(read_bytes(path).decode())}
    return [re.compile(r"[\w./:-]*".join(map(re.escape, _FILLED_IN.split(script)))) for script in sorted(scripts)]


def inline_scripts(page: str) -> list[str]:
    """The text of every script that is in a page and would run."""
    return [body for attributes, body in _INLINE.findall(page) if not _DATA_ONLY.search(attributes)]


def make_policy(scripts: Iterable[str]) -> str:
    """The policy that lets these inline scripts run, and no others.

    Examples:
        >>> make_policy(["run()"]).split("; ")[1]
        "script-src 'self' 'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='"
    """
    hashes = sorted({b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts})
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *(f"'sha256-{name}'" for name in hashes)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
        ]
    )


def insert_policy(page: str, policy: str) -> str:
    """The page with its policy at the beginning of its head, before anything that it is about.

    Raises:
        ValueError: The page has no head.
    """
    head = _HEAD.search(page)
    if head is None:
        raise ValueError("a page without <head> cannot say its policy")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page[: head.end()] + meta + page[head.end() :]
