"""What a page may load and run, said in the page itself, for the host of a static site sets no headers.

Scripts come from the site's own files; the theme's few inline ones are known by their hashes. Text is never evaluated
as code. Styles may stand in attributes, for charts and bars in cells set sizes there.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from regional_index.files import list_files, read_bytes, write_if_changed

_HEAD = re.compile(r"<head[^>]*>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA_ONLY = re.compile(r"type=[\"']?application/(?:ld\+)?json", re.IGNORECASE)


def write_policies(folder: Path) -> None:
    """Put the same policy into every page of a built site; the same, because instant navigation mixes their heads."""
    pages = {path: read_bytes(path).decode() for path in list_files(folder, "**/*.html")}
    policy = make_policy(script for text in pages.values() for script in inline_scripts(text))
    for path, text in pages.items():
        write_if_changed(path, insert_policy(text, policy).encode())


def inline_scripts(page: str) -> list[str]:
    """The text of every script that stands in a page and would run."""
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
