"""The site's text: Chinese punctuation, no figure typed by hand, no word kept that nothing prints."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
HAN = r"\u3400-\u9fff"
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "generated" not in path.parts)
COUNTED = [path for path in PAGES if path.parent.name in ("docs", "industry", "application", "trends", "regions")]
MARKUP = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}|\{#.*?#\}|<[^<>]*>|`[^`]*`|\]\([^)]*\)|\{\w*\}|^---\n.*?\n---\n|```.*?```",
    re.DOTALL,
)
HALF_WIDTH = re.compile(rf"[{HAN}][,;:?!](?!\S*//)|[,;?!][{HAN}]|[{HAN}]\(|\)[{HAN}]")
FIGURE = re.compile(r"\d+\.\d|\d\s*[%分位名家亿万个]")


def prose_of(path: Path) -> str:
    """The text of a page without markup, macros and code."""
    return MARKUP.sub(" ", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_chinese_text_has_chinese_punctuation(path: Path) -> None:
    """Commas, colons and brackets beside Han characters are full-width."""
    found = [match.group() for match in HALF_WIDTH.finditer(prose_of(path))]
    assert found == []


@pytest.mark.parametrize("path", COUNTED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_figure_is_typed_by_hand(path: Path) -> None:
    """Every number on these pages comes from a macro, so that it follows the data."""
    found = [match.group() for match in FIGURE.finditer(prose_of(path))]
    assert found == []


def test_the_guards_notice_what_they_are_for() -> None:
    """Planted: a half-width comma, a typed score, a typed share."""
    assert HALF_WIDTH.search("广东,北京")
    assert HALF_WIDTH.search("得分(见下)")
    assert FIGURE.search("得 68.96 分")
    assert FIGURE.search("占 85%")
    assert not FIGURE.search("2020 版和 2018—2022 年")


def test_no_word_is_kept_that_nothing_prints() -> None:
    """Each key stands in the code or a page, whole or as the end of a key that is put together."""
    words = yaml.safe_load((ROOT / "data" / "words.yml").read_text())
    sources = [path.read_text() for path in (ROOT / "scripts").rglob("*.py")] + [path.read_text() for path in PAGES]
    everything = "\n".join(sources)
    literal = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)*)["']""", everything))
    put_together = set(re.findall(r"""f["']([a-z_.]+\.)\{""", everything))
    unused = [key for key in words if key not in literal and not any(key.startswith(prefix) for prefix in put_together)]
    assert unused == []
