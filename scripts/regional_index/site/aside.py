"""Placeholders for drawings and tables, which are finished HTML, while Markdown and the theme's search read a page.

Nine tenths of the pages are these, and both would parse them tag by tag only to leave them as they are.
"""

import re
from collections.abc import Sequence

_FINISHED = re.compile(r'<(svg|table)\b[^>]*\sclass="ri-(?:chart|table)\b.*?</\1>', re.DOTALL)
# What else says so: `data-aside` is written by nothing but this module.
_STAND_IN = re.compile(r'<(svg|table) data-aside="(\d+)"></\1>')
# MkDocs reads the ids of a page to check links to them.
_HAS_ANCHOR = re.compile(r'\sid="(?!chart-)')


def put_aside(markdown: str) -> tuple[str, list[str]]:
    """The text with something small in place of every drawing and of every table without anchors, and these.

    Examples:
        >>> put_aside('A <table class="ri-table"><tr></table> b <table id="c"></table>')
        ('A <table data-aside="0"></table> b <table id="c"></table>', ['<table class="ri-table"><tr></table>'])
    """
    parts: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        if _HAS_ANCHOR.search(found[0]):
            return found[0]
        parts.append(found[0])
        return f'<{found[1]} data-aside="{len(parts) - 1}"></{found[1]}>'

    return _FINISHED.sub(stand_in, markdown), parts


def put_back(html: str, parts: Sequence[str]) -> str:
    """The page with everything where it was.

    Raises:
        ValueError: Something is no longer there, or twice.
    """
    back: list[int] = []

    def restore(found: re.Match[str]) -> str:
        back.append(int(found[2]))
        return parts[back[-1]]

    whole = _STAND_IN.sub(restore, html)
    if sorted(back) != list(range(len(parts))):
        lost = [parts[number] for number in range(len(parts)) if back.count(number) != 1]
        raise ValueError(f"a chart or table is where Markdown shows it as code: {lost[0][:80] if lost else ''}…")
    return whole
